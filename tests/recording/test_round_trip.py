"""What is recorded is what is replayed, whole, in pieces, continued, followed; and the fixtures of every version."""

import json
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.cli import main
from nntui.files.io.errors import InputError
from nntui.files.library import bundled, load
from nntui.files.recording import keyframe
from nntui.files.recording.follower import Follower
from nntui.files.recording.keyframe import SPACING
from nntui.files.recording.reader import read_on, read_recording
from nntui.files.recording.verify import verdict
from nntui.files.scenario.embedded import document_of, recorded_document_of, scenario_of
from nntui.lesson.events import Play, Reload, Remark, Score, Stop
from nntui.lesson.log import LessonPlace
from nntui.session.recordings.replay import learned
from nntui.training.scenario import Question
from nntui.training.timeline import Timeline
from tests.recording.making import a_lesson, bodies, chained, fed, recorder, seen, small
from tests.strategies import examples, scenarios, wild_numbers

FIXTURES = Path(__file__).parent / "fixtures"


def same(one, other):
    arrays = all(a.tobytes() == b.tobytes() for a, b in ((one.theta, other.theta), (one.x, other.x), (one.y, other.y)))
    names = ("title", "about", "next", "network", "epochs", "order", "shuffle_seed", "input_names", "neuron_names", "notes")
    names += ("questions", "sheet", "image", "held_share", "init_seed", "rows", "points")
    return arrays and all(getattr(one, name) == getattr(other, name) for name in names)


@pytest.mark.sweep
@pytest.mark.parametrize("document", [document_of, recorded_document_of])
@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_a_scenario_is_whole_in_a_recording(name, document):
    scenario = load(name)
    assert same(scenario, scenario_of(json.loads(json.dumps(document(scenario))), "x", 1))


def test_questions_with_and_without_a_hint_are_whole_in_a_recording():
    asked = (Question("1:1:cost"), Question("end", "sign", "[b]two\nlines"), Question("1:2:update", "larger", "x"))
    scenario = replace(load("xor"), questions=asked)
    assert same(scenario, scenario_of(json.loads(json.dumps(document_of(scenario))), "x", 1))


@given(scenarios(numbers=wild_numbers))
@examples(60)
def test_any_scenario_comes_back_to_the_same_bits(scenario):
    back = scenario_of(json.loads(json.dumps(document_of(scenario))), "x", 1)
    assert back.theta.tobytes() == scenario.theta.tobytes()
    assert back.x.tobytes() == scenario.x.tobytes()
    assert back.y.tobytes() == scenario.y.tobytes()
    assert back.network == scenario.network


def test_every_event_comes_back(tmp_path):
    a_lesson(tmp_path / "r.nnrec")
    recording = read_recording(tmp_path / "r.nnrec")
    lesson = recording.lesson
    assert [type(lesson.event(n)) for n in range(len(lesson))] == [Stop, Stop, Remark, Play, Play, Stop, Reload, Stop]
    assert lesson.event(2) == Remark(9.25, 1, "look here")
    assert lesson.event(4) == Play(10.5, 1, 9, 2.0, "layer")
    assert lesson.end == LessonPlace(1, 5)
    assert (recording.moves, recording.passed_over, recording.torn, recording.fault) == (8, 0, "", None)
    assert same(lesson.scenarios[1], small("Two", "0.25"))
    (key,) = recording.keyframes
    assert key.theta.tobytes() == Timeline(small()).iteration(key.iteration).before.tobytes()
    assert learned(recording, 0, {}).distance(2600) == 100
    assert learned(recording, 0, {}).distance(2499) == 2499
    assert learned(recording, 1, {}).distance(2499) == 2499


def test_an_hour_is_under_a_mebibyte_and_never_far_from_known_weights(tmp_path):
    scenario = load("xor")
    timeline = Timeline(scenario)
    for _ in timeline.reach(len(timeline)):
        pass
    one = recorder(tmp_path / "r", scenario)
    random = np.random.default_rng(4)
    places = random.integers(0, scenario.course.last, 3600)
    for second, step in enumerate(places):
        one.record(Play(float(second), int(step), int(step), 2.0, "neuron") if second % 2 else Stop(float(second), int(step)))
    one.close()
    assert (tmp_path / "r").stat().st_size < 1 << 20
    recording = read_recording(tmp_path / "r")
    length, run = scenario.course.length, learned(recording, 0, {})
    assert all(run.distance(n) <= SPACING for n in (int(step) // length for step in places))


def test_where_a_session_ends_is_never_far_from_known_weights(tmp_path, monkeypatch):
    monkeypatch.setattr(keyframe, "SHARE", 1)  # long taken up by others: the spacing is that of a long lesson
    one, length = recorder(tmp_path / "r"), small().course.length
    for n in (3000, 5000):
        assert one.record(Stop(0.0, n * length))
    one.close()
    recording = read_recording(tmp_path / "r")
    assert [known.iteration for known in recording.keyframes] == [3000, 5000]
    assert learned(recording, 0, {}).distance(5000) == 0


def test_continued_where_it_ended(tmp_path):
    path = tmp_path / "r"
    for _ in range(3):
        one = recorder(path)
        one.record(Stop(0.0, 3))
        one.record(Stop(5.0, 4))
        one.close()
    recording = read_recording(path)
    assert [recording.lesson.event(n).seconds for n in range(6)] == [0.0, 5.0, 5.0, 10.0, 10.0, 15.0]
    assert recording.lesson.stops == 6


def test_reading_again_goes_on_where_the_file_begins_as_before(tmp_path):
    path = tmp_path / "r.nnrec"
    for steps in ([0, 1], [2]):
        one = recorder(path)
        for step in steps:
            one.record(Stop(1.0, step))
        one.close()
        if 0 in steps:
            with path.open("ab") as file:
                file.write(b"torn")
            known = read_recording(path)
    assert (known.moves, bool(known.torn)) == (2, True)
    on = recorder(path, known=known)
    assert on.continued is known
    assert (known.moves, known.torn, on.torn) == (3, "", "")
    assert on.record(Stop(2.0, 3))
    on.close()
    assert seen(read_recording(path))[0] == [LessonPlace(0, step) for step in range(4)]
    path.unlink()
    other = recorder(path)
    assert all(other.record(Stop(float(n), n)) for n in range(9))
    other.close()
    assert recorder(path, known=known).continued is not known


def test_continued_in_its_last_scenario_only(tmp_path):
    a_lesson(tmp_path / "r")
    with pytest.raises(InputError, match="a recording of another scenario, 'Two'; expected a new file"):
        recorder(tmp_path / "r", small())
    one = recorder(tmp_path / "r", small("Two", "0.25"))
    assert one.record(Stop(0.0, 6))
    one.close()
    assert read_recording(tmp_path / "r").lesson.end == LessonPlace(1, 6)


@pytest.mark.parametrize("there", ["x = 1\n", "{}", "\n", "0" * 100])
def test_another_file_is_refused_and_left_alone(tmp_path, there):
    (tmp_path / "r").write_text(there)
    with pytest.raises(InputError, match="; expected a new file"):
        recorder(tmp_path / "r")
    assert (tmp_path / "r").read_text() == there


def test_other_places_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "no" / "r", "/dev/null", "a\0b", tmp_path / ("n" * 300)):
        with pytest.raises(InputError, match="; expected a new file"):
            recorder(path)


def test_a_private_file_is_private(tmp_path):
    recorder(tmp_path / "r", private=True).close()
    assert (tmp_path / "r").stat().st_mode & 0o777 == 0o600


def test_a_second_writer_is_refused_readers_are_not(tmp_path):
    one = recorder(tmp_path / "r")
    assert one.record(Stop(0.0, 1))
    assert read_recording(tmp_path / "r").moves == 1
    for _ in range(2):  # a refusal does not take the lock away
        with pytest.raises(InputError, match="is being recorded by another session"):
            recorder(tmp_path / "r")
    assert one.record(Stop(1.0, 2))
    one.close()
    recorder(tmp_path / "r").close()


def test_a_follower_sees_every_event_and_who_has_left(tmp_path):
    one = recorder(tmp_path / "r")
    followers = [Follower(tmp_path / "r") for _ in range(5)]
    assert {follower.state for follower in followers} == {"written"}
    for step in range(20):
        one.record(Stop(float(step), step))
        assert [follower.news() for follower in followers] == [1] * 5
        assert followers[0].recording.lesson.end == LessonPlace(0, step)
    assert followers[0].news() == 0
    one.close()
    assert (followers[0].news(), followers[0].state) == (0, "left")
    again = recorder(tmp_path / "r")
    again.record(Stop(0.0, 21))
    assert (followers[0].news(), followers[0].state) == (1, "written")
    again.close()
    (tmp_path / "r").unlink()
    assert (followers[0].news(), followers[0].state) == (0, "gone")
    for follower in followers:
        follower.close()
    assert followers[0].news() == 0


def test_a_writer_that_takes_back_a_part_of_a_line_has_cut_nothing_short(tmp_path, monkeypatch):
    path = tmp_path / "r"
    one = recorder(path)
    follower = Follower(path)

    def taken_back(*read):
        read_on(*read)
        os.truncate(path, whole)

    with closing(one), closing(follower):
        whole = path.stat().st_size
        with path.open("ab") as file:
            file.write(b"0123")
        monkeypatch.setattr("nntui.files.recording.follower.read_on", taken_back)
        assert (follower.news(), follower.state, follower.is_behind) == (0, "written", False)


def test_a_follower_tells_a_file_that_was_cut_short_from_one_that_is_gone(tmp_path):
    path = tmp_path / "r"
    one = recorder(path)
    follower = Follower(path)
    with closing(one), closing(follower):
        one.record(Stop(0.0, 3))
        assert (follower.news(), follower.state) == (1, "written")
        data = path.read_bytes()
        os.truncate(path, len(data) // 2)
        assert (follower.news(), follower.state) == (0, "cut")
        assert follower.recording.lesson.end == LessonPlace(0, 3), "what was read stays"
        path.unlink()
        path.write_bytes(data)
        assert (follower.news(), follower.state) == (0, "gone"), "another file has its name"


def test_a_follower_reads_a_half_written_line_when_it_is_whole(tmp_path):
    data = chained([*bodies((FIXTURES / "minimal-1.nnrec").read_bytes()), {"kind": "stop", "t": 1, "step": 2}])
    (tmp_path / "r").write_bytes(data[:-9])
    follower = Follower(tmp_path / "r")
    (tmp_path / "r").write_bytes(data)
    assert follower.news() == 1
    with (tmp_path / "r").open("ab") as file:
        file.write(b"0000")
        file.flush()
        assert (follower.news(), follower.state) == (0, "left")
        file.truncate(len(data))
        file.write(chained([*bodies(data), {"kind": "stop", "t": 2, "step": 3}])[len(data) :])
    assert (follower.news(), follower.recording.lesson.end) == (1, LessonPlace(0, 3))
    follower.close()


def test_a_follower_keeps_what_is_sound(tmp_path):
    data = (FIXTURES / "full-1.nnrec").read_bytes()
    (tmp_path / "r").write_bytes(data + b"0" * 20 + b"\n" + data)
    follower = Follower(tmp_path / "r")
    assert (follower.state, follower.recording.fault.line, follower.recording.lesson.end) == ("damaged", 15, LessonPlace(1, 5))
    assert follower.news() == 0
    follower.close()
    (tmp_path / "r").write_bytes(data[:100])
    with pytest.raises(InputError, match="has no whole line"):
        Follower(tmp_path / "r")


@given(st.integers(1, 200))
@examples(20)
def test_pieces_of_any_size_are_the_same_recording(piece):
    data = (FIXTURES / "full-1.nnrec").read_bytes()
    assert seen(fed(data, piece)) == seen(fed(data))


# --- fixtures: never changed, never removed


def test_the_minimal_recording_of_version_1():
    recording = read_recording(FIXTURES / "minimal-1.nnrec")
    assert same(recording.scenario, small())
    assert (recording.lesson.end, recording.moves, recording.lesson.stops) == (LessonPlace(0, 0), 0, 0)


def test_the_full_recording_of_version_1():
    recording = read_recording(FIXTURES / "full-1.nnrec")
    lesson = recording.lesson
    assert (recording.program, recording.moves, recording.passed_over) == ("0.1.0", 11, 2)
    places = [lesson.place(stop) for stop in range(lesson.stops)]
    steps = [place.step for place in places if place.chapter == 0]
    assert steps == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 17503, 8][: len(steps)]
    assert places[-4:] == [LessonPlace(0, 17503), LessonPlace(0, 8), LessonPlace(1, 4), LessonPlace(1, 5)]
    assert [mark.text for mark in lesson.marks] == ["look here", "δ₂¹ first\nthen the rest"]
    assert [(key.iteration, key.theta is None) for key in recording.keyframes] == [(2500, True), (2500, False)]
    assert [scenario.title for scenario in lesson.scenarios] == ["One", "Two"]


# --- verify, and a recording wherever a FILE is taken


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def test_verify_says_that_all_is_equal(capsys):
    path = FIXTURES / "full-1.nnrec"
    code, out, err = run(capsys, "verify", path)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == f"{path}: 11 moves, ends at 1:1:gradient:1:1, 2 keyframes recomputed and equal"


def test_verify_says_where_the_first_difference_is(tmp_path, capsys):
    records = bodies((FIXTURES / "full-1.nnrec").read_bytes())
    records[9]["digest"] = "0" * 64
    (tmp_path / "r").write_bytes(chained(records))
    code, out, _ = run(capsys, "verify", tmp_path / "r")
    assert (code, "first difference at 1251:1:input" in out.splitlines()[-1]) == (1, True)


def test_verify_of_what_is_torn_damaged_or_none(tmp_path, capsys):
    data = (FIXTURES / "full-1.nnrec").read_bytes()
    path = tmp_path / "r"
    path.write_bytes(data + b"1234")
    code, out, _ = run(capsys, "verify", path)
    assert (code, out.splitlines()[0]) == (0, f"{path}:15: the last line is torn (4 bytes) and left out")
    assert out.splitlines()[-1].endswith("2 keyframes recomputed and equal")
    path.write_bytes(data.replace(b"look", b"lock"))
    code, out, _ = run(capsys, "verify", path)
    assert code == 1
    assert out.startswith(f"{path}:4: the line is damaged")
    assert "2 moves, ends at 1:1:z:1:1, 0 keyframes recomputed and equal" in out
    path.write_bytes(b"x" + data[1:])
    assert run(capsys, "verify", path)[0] == 1
    newer = bodies(data)
    newer[0]["format"] = 2
    for content in (b"", b"format = 1\n", data[:200], chained(newer), chained([{"format": 1}]), chained([[]])):
        path.write_bytes(content)
        code, out, err = run(capsys, "verify", path)
        assert (code, out, err.count("\n")) == (2, "", 1), content[:40]
        assert err.startswith(f"nntui: {path}")
    assert run(capsys, "verify", tmp_path / "none")[0] == 2
    path.write_bytes(chained(newer))
    assert "of a newer nntui; this one reads format 1" in run(capsys, "verify", path)[2]


def test_a_recording_is_a_file_like_any_other(capsys):
    path = FIXTURES / "full-1.nnrec"
    assert same(load(path), small())
    assert run(capsys, "check", path)[0] == 0
    assert "One" in run(capsys, "show", path)[1]
    assert run(capsys, "trace", path, "--from", "2:1")[1].startswith("2:1:input")


def test_a_damaged_first_line_is_told_with_its_line(tmp_path, capsys):
    data = (FIXTURES / "full-1.nnrec").read_bytes()
    (tmp_path / "r").write_bytes(data.replace(b'"One"', b'"Onf"'))
    code, _, err = run(capsys, "show", tmp_path / "r")
    assert (code, err.startswith(f"nntui: {tmp_path / 'r'}:1: the line is damaged")) == (2, True)


def test_a_wrong_scenario_in_a_recording_is_told_as_in_a_file(tmp_path, capsys):
    record = bodies((FIXTURES / "minimal-1.nnrec").read_bytes())[0]
    record["scenario"]["training"]["eta"] = -1
    (tmp_path / "r").write_bytes(chained([record]))
    for command in ("show", "check", "verify"):
        code, _, err = run(capsys, command, tmp_path / "r")
        assert code == 2
        assert f"{tmp_path / 'r'}:1: `eta` in [training] is -1; expected a finite number greater than 0" in err


def test_no_path_in_a_recording_is_followed(tmp_path, capsys):
    (tmp_path / "d.csv").write_text("a,b\n1,1\n")
    record = bodies((FIXTURES / "minimal-1.nnrec").read_bytes())[0]
    record["scenario"]["data"] = {"file": "d.csv", "inputs": ["a"], "target": "b"}
    (tmp_path / "r").write_bytes(chained([record]))
    assert "expected x and y in place" in run(capsys, "show", tmp_path / "r")[2]


def test_what_was_predicted_is_kept_with_its_chapter(tmp_path):
    one = recorder(tmp_path / "r")
    right, wrong = Score(2.0, 1, "0.5", True), Score(3.0, 2, "-0.1", False, "forgot the bias")
    for event in (Stop(0.0, 0), right, wrong, Reload(4.0, small("Two", "0.25"), 1), Score(5.0, 2, "x", False)):
        assert one.record(event)
    one.close()
    lesson = read_recording(tmp_path / "r").lesson
    assert lesson.scores == [(0, right), (0, wrong), (1, Score(5.0, 2, "x", False))]
    assert (lesson.stops, lesson.end) == (2, LessonPlace(1, 1))
    assert (read_recording(tmp_path / "r").passed_over, verdict(read_recording(tmp_path / "r")).difference) == (0, None)
