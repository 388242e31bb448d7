"""A recorded lesson is replayed: stop by stop, in its own time, off it and back; what is shown is what was."""

import json
from dataclasses import replace

import numpy as np
import pytest

from nntui.draw.panels.timebar import Instant
from nntui.files.library import load
from nntui.files.recording.keyframe import keyframe_record
from nntui.files.recording.reader import read_recording
from nntui.lesson.events import Stop
from nntui.session.opening import of_continuing, of_file, of_recording
from nntui.training.timeline import Timeline
from tests.counting import count_iterations
from tests.recording.making import bodies, chained, recorder, small
from tests.tui.driven_app import Clock, a_session, run_story
from tests.tui.lessons import Bell, bits, click, filled, here, moves, place_of, record

TWO = replace(load("two-by-two"), notes=())
EDITED = replace(TWO, title="Edited", order="shuffled")


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    """A recording that was made in the app, and what was shown at each of its stops."""
    path, shown, clock = tmp_path_factory.mktemp("lesson") / "r.nnrec", [], Clock()

    async def story(w):
        shown.append(here(w))
        for seconds, key in (
            (1, "right"),
            (0.5, "right"),
            (60, "left"),
            (1.5, "pagedown"),
            (1, "r"),
            (1, "right"),
            (0.25, "end"),
        ):
            clock.seconds += seconds
            await w.press(key)
            shown.append(here(w))
            if key in ("left", "r"):
                await w.press("m", *f"after {key}", "enter")

    record(path, story, TWO, clock, reload=lambda: EDITED)
    return path, shown


def replayed(lesson, story, size=(120, 40), session=None, **options):
    run_story(story, opening=of_recording(read_recording(lesson[0]), **options), size=size, session=session)


def bar(w):
    """The line of the time bar."""
    return w.text().splitlines()[-2]


def test_forward_and_back_go_through_the_places_that_were_recorded(lesson):
    async def story(w):
        assert w.position.grain == "stop"
        for stop, bits_then in enumerate(lesson[1]):
            assert (w.position.stop, here(w)) == (stop, bits_then)
            await filled(w)
            assert w.text() == w.expected()
            assert f"stop {stop + 1}/8" in bar(w)
            await w.press("right")
        assert here(w) == lesson[1][-1], "one stays at the end"
        for bits_then in reversed(lesson[1]):
            assert here(w) == bits_then
            await w.press("left")
        assert here(w) == lesson[1][0]

    replayed(lesson, story)


def test_a_burst_of_keys_crosses_a_reload_and_comes_back(lesson):
    async def story(w):
        await w.press(*["right"] * 7)
        assert (here(w), "Edited" in w.text()) == (lesson[1][-1], True)
        await w.press(*["left"] * 7)
        assert (here(w), "Two by two" in w.text()) == (lesson[1][0], True)

    replayed(lesson, story)


def test_the_same_stop_shows_the_same_screen_whichever_way_one_came(lesson):
    async def story(w):
        await w.press(*["right"] * 7)
        seen = {}
        for stop in (6, 5, 4, 3, 4, 5, 6, 3, 6):
            await w.press(*["left" if w.position.stop > stop else "right"] * abs(w.position.stop - stop))
            await filled(w)
            assert seen.setdefault(stop, w.text()) == w.text()

    replayed(lesson, story)


def test_home_and_end_go_to_the_ends_of_the_lesson_or_of_the_run(lesson):
    async def story(w):
        await w.press("end")
        assert (w.position.stop, here(w)) == (7, lesson[1][7])
        await w.press("home")
        assert (w.position.stop, here(w)) == (0, lesson[1][0])
        await w.press("1", "end")
        assert w.position.step == TWO.course.last
        await w.press("6", "end")
        assert here(w) == lesson[1][7]

    replayed(lesson, story)


# --- in its own time


def test_space_plays_in_the_recorded_time_with_pauses_cut(lesson, monkeypatch):
    clock = Clock()
    bell = Bell(monkeypatch, clock)

    async def story(w):
        await w.press("space")
        waits = []
        for stop in range(1, 8):
            assert w.position.playing
            waits.append(await bell.ring(w))
            assert (w.position.stop, here(w)) == (stop, lesson[1][stop])
        assert waits == pytest.approx([1, 0.5, 2, 1.5, 1, 1, 0.25])
        assert (w.position.playing, bell.wait) == (False, None), "play ends with the lesson"
        await w.press("space")
        assert not w.position.playing

    replayed(lesson, story, session=a_session(clock))


def test_plus_and_minus_change_the_rate_and_space_pauses(lesson, monkeypatch):
    clock = Clock()
    bell = Bell(monkeypatch, clock)

    async def story(w):
        await w.press("+", "+", "space")
        assert "×4" in bar(w)
        assert [await bell.ring(w) for _ in range(3)] == pytest.approx([0.25, 0.125, 0.5])
        await w.press("-", "-", "-")
        assert "×0.5" in bar(w)
        assert await bell.ring(w) == pytest.approx(3)
        await w.press("space")
        assert (w.position.playing, w.position.stop, bell.wait) == (False, 4, None)
        clock.seconds += 1000
        await w.press("space")
        assert bell.wait == pytest.approx(2), "a pause takes no time of the lesson"

    replayed(lesson, story, session=a_session(clock))


def test_a_bell_that_comes_late_passes_stops_over(lesson, monkeypatch):
    clock = Clock()
    bell = Bell(monkeypatch, clock)

    async def story(w):
        await w.press("space")
        clock.seconds += 2.6  # the bell was for the first second
        await bell.ring(w)
        assert w.position.stop == 3
        assert bell.wait == pytest.approx(5 - 3.6)

    replayed(lesson, story, session=a_session(clock))


def test_a_step_pauses_and_a_replay_goes_on_from_where_one_went(lesson, monkeypatch):
    clock = Clock()
    bell = Bell(monkeypatch, clock)

    async def story(w):
        await w.press("space")
        await bell.ring(w)
        await w.press("right")
        assert (w.position.playing, w.position.stop) == (False, 2)
        await w.press("space")
        assert bell.wait == pytest.approx(2)

    replayed(lesson, story, session=a_session(clock))


def test_real_time_passes_without_anybody_ringing(lesson):
    async def story(w):
        await w.press(*["+"] * 9, "space")
        w.lesson.controllers.movement.player._since = (w.lesson.controllers.movement.player._clock() - 1000, 0.0)
        await w.until(lambda: w.position.stop == 7 and not w.position.playing)

    replayed(lesson, story)


# --- off the lesson and back


@pytest.mark.sweep
@pytest.mark.parametrize(
    "keys",
    [
        ["1", "right"],
        ["2", "left"],
        ["3", "right"],
        ["4", "right"],
        ["5", "right"],
        ["pagedown"],
        ["g", *"40:1", "enter"],
        ["1", "end"],
    ],
)
def test_another_way_explores_and_backspace_returns_with_nothing_lost(lesson, keys):
    async def story(w):
        await w.press(*["right"] * 3)
        assert w.timeline.computed == 1
        before = w.text()
        await w.press(*keys)
        assert here(w) != lesson[1][3]
        assert "Backspace returns" in bar(w)
        assert "stop 4/8" in bar(w)
        await w.press("backspace")
        assert (w.position.stop, w.position.grain, here(w)) == (3, "stop", lesson[1][3])
        assert "Backspace" not in bar(w)
        assert [line for line in w.text().splitlines() if "computed" not in line] == [
            line for line in before.splitlines() if "computed" not in line
        ]
        await w.press("right")
        assert here(w) == lesson[1][4]

    replayed(lesson, story)


def test_off_the_lesson_the_stop_keys_lead_back_into_it(lesson):
    async def story(w):
        await w.press("right", "pagedown", "left")
        assert (w.position.stop, here(w)) == (1, lesson[1][1])
        await w.press("pagedown", "right")
        assert (w.position.stop, here(w)) == (2, lesson[1][2])
        await w.press("pagedown", "space")
        assert (w.position.playing, here(w)) == (True, lesson[1][2])

    replayed(lesson, story)


def test_another_grain_while_a_lesson_plays_does_not_run_away(lesson, monkeypatch):
    Bell(monkeypatch, Clock())

    async def story(w):
        await w.press("space", "1")
        assert (w.position.playing, w.position.grain) == (False, "neuron")

    replayed(lesson, story)


@pytest.mark.usefixtures("numpy_alone")
def test_a_far_jump_while_a_lesson_plays_is_not_taken_back(lesson, monkeypatch):
    bell = Bell(monkeypatch, Clock())

    async def story(w):
        await w.press("space")
        w.lesson.controllers.movement.become(w.lesson.navigator.to(TWO.course.last))
        assert w.lesson.navigator.goal is not None
        await bell.ring(w)
        assert w.position.step == TWO.course.last

    replayed(lesson, story)


def test_it_opens_at_an_address_off_the_lesson(lesson):
    async def story(w):
        assert w.address == "2:1:cost"
        assert "Backspace returns" in bar(w)
        await w.press("backspace")
        assert here(w) == lesson[1][0]

    replayed(lesson, story, step=TWO.course.parse("2:1:cost"))


def test_n_goes_to_what_was_noted_and_shows_it(lesson):
    async def story(w):
        await w.press("n")
        assert (w.position.stop, "after left" in w.text()) == (3, True)
        await w.press("n")
        assert (w.position.stop, "after r" in w.text()) == (5, True)
        await w.press("n")
        assert "no note after this step" in w.text()
        await w.press("N")
        assert (w.position.stop, here(w)) == (3, lesson[1][3])
        await w.press("1", "right")
        assert "after left" not in w.text()

    replayed(lesson, story)


def test_a_click_on_the_bar_goes_there(lesson):
    async def story(w):
        x, y = place_of(w, lambda target: isinstance(target, Instant) and target.first == 0.0)
        spans = [span for span in w.lesson.query_one("Canvas")._block[y] if isinstance(span.target, Instant)]
        cells = sum(span.width for span in spans)
        for stop, seconds in enumerate([0, 1, 1.5, 3.5, 5, 6, 7]):
            await click(w, x + round((seconds + 0.15) / 7.25 * cells), y)
            assert (w.position.stop, here(w)) == (stop, lesson[1][stop])
        await click(w, x + cells - 1, y)
        assert w.position.stop in (6, 7)

    replayed(lesson, story)


def test_r_has_nothing_to_read_and_6_is_for_recordings_only(lesson):
    async def story(w):
        await w.press("r")
        assert "a recording is what it is" in w.text()

    replayed(lesson, story)

    async def other(w):
        await w.press("6")
        assert "this is no recording" in w.text()
        assert w.position.grain == "neuron"

    run_story(other, TWO)


def test_a_replay_can_be_recorded_and_gives_the_same_lesson(lesson, tmp_path):
    session = a_session()
    opening = of_recording(read_recording(lesson[0]))
    session.recorders.begin(tmp_path / "again", opening.timeline.scenario)

    async def story(w):
        await w.press(*["right"] * 7)

    run_story(story, opening=opening, session=session)
    session.recorders.close()
    was, now = (read_recording(path).lesson for path in (lesson[0], tmp_path / "again"))
    assert [was.place(stop) for stop in range(was.stops)] == [now.place(stop) for stop in range(now.stops)]
    assert [scenario.title for scenario in now.scenarios] == ["Two by two", "Edited"]


# --- what is shown is what was recorded


def altered(path, iteration, by):
    """The recording with other weights in a keyframe: the digest is theirs, and every checksum is right."""
    records = bodies(path.read_bytes())
    for number, record_ in enumerate(records):
        if record_.get("kind") == "keyframe" and record_["iteration"] == iteration:
            scenario = read_recording(path).lesson.scenarios[0]
            theta = Timeline(scenario).iteration(iteration).before * by
            records[number] = keyframe_record(iteration, theta)
            path.write_bytes(chained([json.dumps(line, separators=(",", ":")).encode() for line in records]))
            return theta
    raise AssertionError("no such keyframe")


def far(path, *iterations):
    """A recording of stops far apart."""
    one = recorder(path)
    for number, iteration in enumerate(iterations):
        one.record(Stop(float(number), iteration * small().course.length))
    one.close()


def test_recorded_weights_are_shown_and_that_they_differ_is_told_once(tmp_path):
    far(tmp_path / "r", 0, 2000, 2010)
    theta = altered(tmp_path / "r", 2000, 1.5)
    words = "From 1001:1:input on this machine computes other weights than were recorded: shown is what was recorded."

    async def story(w):
        await w.press("right")
        assert (w.timeline.iteration(2000).before == theta).all()
        await w.until(lambda: w.timeline.computed > 2000)
        await w.until(lambda: words in w.text())
        assert (w.timeline.iteration(2000).before == theta).all()
        assert (w.timeline.iteration(1999).after != theta).all()
        shown = w.timeline.weights(2010)
        await w.press("right")
        assert words not in w.text()
        await w.press("left", "1", "right", "backspace")
        assert words not in w.text()
        assert all(map(np.array_equal, shown, w.timeline.weights(2010)))

    run_story(story, opening=of_file(str(tmp_path / "r"), a_session()), size=(120, 40))


def test_a_sound_recording_is_not_said_to_differ(tmp_path):
    far(tmp_path / "r", 0, 2000, 2010)

    async def story(w):
        await w.press("end")
        await filled(w)
        assert w.timeline.differs is None
        assert "other weights" not in w.text()

    run_story(story, opening=of_file(str(tmp_path / "r"), a_session()), size=(120, 40))


def test_the_plot_is_filled_also_after_a_chapter_that_was_being_filled(tmp_path):
    one = recorder(tmp_path / "r")
    one.record(Stop(0.0, 3000 * small().course.length))
    one.close()
    session = a_session()
    session.recorders.begin(tmp_path / "r", small())

    async def write(w):
        await w.press("r")
        await w.press("g", *"1500:1", "enter")

    other = small("Two", "0.25")
    run_story(write, opening=replace(of_continuing(read_recording(tmp_path / "r")), reload=lambda: other), session=session)
    session.recorders.close()

    async def story(w):
        w.send("end")
        await w.until(lambda: w.timeline.scenario.title == "Two" and w.position.step > 2000)
        await filled(w)

    assert moves(tmp_path / "r")
    run_story(story, opening=of_file(str(tmp_path / "r"), a_session()))


LONG = replace(small(), epochs=60_000)
FAR = 20_000  # iterations; forty times as many as are computed at once


@pytest.fixture(scope="module")
def long_lesson(tmp_path_factory):
    """A recording that begins far into a run, and the run itself."""
    path, run = tmp_path_factory.mktemp("long") / "r.nnrec", Timeline(LONG)
    run.weights(FAR)
    one = recorder(path, LONG)
    one._before = lambda n: run.iteration(n).before
    one.record(Stop(0.0, FAR * LONG.course.length + 3))
    one.record(Stop(1.0, (FAR + 20) * LONG.course.length))
    one.close()
    return path, run


@pytest.mark.parametrize("opening", [of_recording, of_continuing])
def test_opening_far_into_a_long_run_is_immediate(long_lesson, monkeypatch, opening):
    path, run = long_lesson
    made = count_iterations(monkeypatch)
    counts = {}
    step = FAR * LONG.course.length + 3 if opening is of_recording else (FAR + 20) * LONG.course.length

    class Told(Exception):
        """Enough was seen."""

    async def story(w):
        assert w.position.step == step
        assert counts["painted"] <= 21 + w.timeline.stride, "the way from the keyframe, and one slice for the plot"
        assert here(w) == bits(run.frame(step))
        await w.press("left", "right")
        await filled(w)
        n = w.position.farthest
        assert w.timeline.costs_seen.exact(n - 10, n).tobytes() == run.costs(n - 10, n).tobytes()
        assert w.timeline.differs is None
        screens.append(w.text().splitlines())

    def picture(self, *size, picture=None):
        counts.setdefault("painted", len(made))
        return shown(self, *size)

    from nntui.tui.lesson.screen import LessonScreen

    shown, screens = LessonScreen.picture, []
    monkeypatch.setattr(LessonScreen, "picture", picture)
    begins = opening(read_recording(path))
    run_story(story, opening=begins)

    async def fresh(w):
        screens.append(w.text().splitlines())

    if opening is of_continuing:
        from nntui.session.opening import Opening

        run_story(fresh, opening=Opening(run, begins.position))
        assert screens[0] == screens[1]


# --- files that are not as they should be


def test_a_torn_last_line_is_told(lesson, tmp_path):
    lines = lesson[0].read_bytes().splitlines(keepends=True)
    (tmp_path / "torn.nnrec").write_bytes(b"".join(lines[:11]) + lines[11][:-5])
    session = a_session()

    async def story(w):
        assert "torn.nnrec:12: the last line is torn" in w.text().splitlines()[-1]
        assert "stop 1/7" in bar(w)
        assert "its last line is torn" in bar(w)
        await w.press("end")
        assert here(w) == lesson[1][6]

    run_story(story, opening=of_file(str(tmp_path / "torn.nnrec"), session), session=session, size=(160, 40))


def test_a_damaged_line_is_named_and_what_is_before_it_replays(lesson, tmp_path):
    lines = lesson[0].read_bytes().splitlines(keepends=True)
    lines[6] = lines[6].replace(b'"step"', b'"stop"')
    (tmp_path / "r").write_bytes(b"".join(lines))
    session = a_session()

    async def story(w):
        assert "r:7: the line is damaged" in w.text()
        await w.press("6")
        assert "damaged from line 7 on" in bar(w)
        await w.press("end")
        assert here(w) == lesson[1][3]
        await w.press("right")
        assert here(w) == lesson[1][3]

    run_story(story, opening=of_file(str(tmp_path / "r"), session), session=session, size=(160, 40))


def test_a_recording_in_which_nothing_happened_opens(tmp_path):
    recorder(tmp_path / "r").close()

    async def story(w):
        assert w.address == "1:1:input"
        assert "stop 1/1" in bar(w)
        await w.press("right", "left", "space", "end", "home", "n", "backspace")
        assert w.address == "1:1:input"
        await w.press("1", "right")
        assert w.address == "1:1:z:1:1"

    run_story(story, opening=of_file(str(tmp_path / "r"), a_session()))


def test_a_line_of_a_kind_of_tomorrow_is_passed_over(lesson, tmp_path):
    records = bodies(lesson[0].read_bytes())
    records.insert(3, {"kind": "edit", "t": 1.2, "points": 3})
    (tmp_path / "r").write_bytes(chained(records))

    async def story(w):
        await w.press("end")
        assert here(w) == lesson[1][7]

    run_story(story, opening=of_file(str(tmp_path / "r"), a_session()))
