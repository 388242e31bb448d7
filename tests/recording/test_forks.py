"""Forks in a recording: chapters of a lesson, lines of a file, and keyframes that make a far fork cheap to open."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.files.io.errors import InputError
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import report
from nntui.files.recording.writer import Recorder, known_weights
from nntui.files.scenario.bounds import EACH_RUN
from nntui.lesson.chapters import family, timeline_of
from nntui.lesson.checks import MOST_FORKS
from nntui.lesson.events import Discard, Fork, LessonError, Reload, Rename, Score, Stop, Switch
from nntui.lesson.log import Lesson, LessonPlace
from nntui.session.recordings.replay import Replay, runs_of
from nntui.training.edits.edit import Edit, read_edits
from nntui.training.scenario import ScenarioFork
from nntui.training.timeline import Timeline
from tests.counting import count_iterations
from tests.recording.making import bodies, chained, fed, recorder, small
from tests.strategies import examples

SMALL = small()
LENGTH = SMALL.course.length
ETA, WEIGHT = read_edits("eta=0.1"), read_edits("w1.1.1=2")


def lesson(*events, scenario=SMALL):
    made = Lesson(scenario)
    for event in events:
        made.append(event)
    return made


FAMILY = (
    Stop(0.0, 0),
    Stop(1.0, 50),
    Fork(2.0, 50, 50 // LENGTH, ETA),
    Stop(3.0, 80),
    Fork(4.0, 80, 80 // LENGTH, WEIGHT),
    Switch(5.0, 0, 80),
    Rename(6.0, 1, "slower"),
    Stop(7.0, 20),
)


def test_a_fork_is_a_chapter_and_a_switch_goes_to_one():
    made = lesson(*FAMILY)
    places = [(0, 0), (0, 50), (1, 50), (1, 80), (2, 80), (0, 80), (0, 20)]
    assert [made.place(stop) for stop in range(made.stops)] == [LessonPlace(*place) for place in places]
    assert [made.scenarios[n].network.eta for n in range(3)] == [0.5, 0.1, 0.1]
    assert (made.chapter, made.names) == (0, {1: "slower"})
    assert [made.root(n) for n in range(3)] == [0, 0, 0]
    assert family(made, 2) == [0, 1, 2]
    assert [made.forks[n].chapter for n in (1, 2)] == [0, 1]


def test_what_was_visited_is_that_of_each_run():
    made = lesson(*FAMILY)
    assert [made.farthest(stop) for stop in range(made.stops)] == [0, 50, 50, 80, 80, 80, 80]


def test_what_was_visited_of_a_run_that_is_not_in_force():
    made = lesson(*FAMILY)
    assert [made.visited(0, stop) for stop in (0, 1, 2, 3, 4)] == [0, 50, 50, 50, 50]
    assert [made.visited(1, stop) for stop in (1, 2, 4, 6)] == [None, 50, 80, 80]


def test_a_fork_from_before_a_fork_is_one_of_the_original():
    made = lesson(Stop(0.0, 50), Fork(1.0, 50, 50 // LENGTH, ETA), Stop(2.0, 10), Fork(3.0, 10, 10 // LENGTH, WEIGHT))
    assert made.forks[2].chapter == 0
    assert made.scenarios[2].network.eta == 0.5


def test_forks_of_another_scenario_are_another_family():
    made = lesson(Stop(0.0, 0), Fork(1.0, 0, 0, ETA), Reload(2.0, small("Two")), Fork(3.0, 0, 0, WEIGHT), Switch(4.0, 1, 9))
    assert [family(made, n) for n in range(4)] == [[0, 1], [0, 1], [2, 3], [2, 3]]
    assert made.end == LessonPlace(1, 9)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (Fork(9.0, 0, 10**9, ETA), "expected 0 to 5999"),
        (Fork(9.0, 10**9, 0, ETA), "a step that is not in this run"),
        (Fork(9.0, 0, 0, (Edit("eta", -1.0),)), "expected a number above 0"),
        (Fork(9.0, 0, 0, (Edit("weight", 1.0, 9, 1, 1),)), "names layer 9"),
        (Switch(9.0, 3, 0), "a run of number 3; expected 0 to 2"),
        (Rename(9.0, 7, "x"), "expected 0 to 2"),
        (Discard(9.0, 0), "expected a fork that is not in force"),
    ],
)
def test_what_cannot_have_happened_is_refused(event, why):
    with pytest.raises(LessonError, match=why):
        lesson(*FAMILY).append(event)


def test_the_present_fork_cannot_be_discarded():
    made = lesson(Stop(0.0, 0), Fork(1.0, 0, 0, ETA))
    with pytest.raises(LessonError):
        made.append(Discard(2.0, 1))
    made.append(Switch(2.0, 0, 0))
    made.append(Discard(3.0, 1))
    assert made.discarded == {1}


def test_there_are_no_more_forks_than_a_reader_can_hold(monkeypatch):
    monkeypatch.setattr("nntui.lesson.checks.MOST_FORKS", 3)
    made = lesson(*(Fork(0.0, 0, 0, ETA) for _ in range(3)))
    with pytest.raises(LessonError, match="more than 3 forks"):
        made.append(Fork(0.0, 0, 0, ETA))


def test_as_many_forks_as_there_may_be_each_of_the_one_before():
    """All of them at one data point, so that each begins where the other does."""
    made = lesson(*(Fork(float(number), LENGTH, 1, ETA) for number in range(MOST_FORKS)))
    assert [made.root(number) for number in (0, 1, MOST_FORKS)] == [0, 0, 0]
    assert family(made, 7) == list(range(MOST_FORKS + 1))
    known = {}
    last = timeline_of(made, MOST_FORKS, known)
    assert len(known) == MOST_FORKS + 1
    assert last.frame(LENGTH).scenario.network.eta == 0.1
    assert last.computed == 2


# --- in a file


def seen_in(made):
    """Everything there is to know of a lesson."""
    places = [made.place(stop) for stop in range(made.stops)]
    forks = {n: (parting.chapter, parting.start, parting.edits) for n, parting in made.forks.items()}
    return places, forks, made.names, made.discarded, made.chapter, [made.farthest(stop) for stop in range(made.stops)]


class Writer:
    """Records as a session does: what is asked of weights is asked of the run in force."""

    def __init__(self, path, scenario=SMALL):
        self.timelines = {0: Timeline(scenario)}
        self.lesson = Lesson(scenario)
        self.recorder = Recorder.begin(path, scenario, self.before)

    def before(self, n):
        return known_weights(timeline_of(self.lesson, self.lesson.chapter, self.timelines), n)

    def record(self, *events):
        for event in events:
            self.lesson.append(event)
            if not isinstance(event, Rename | Discard | Score):
                timeline_of(self.lesson, self.lesson.chapter, self.timelines).frame(event.step)
            assert self.recorder.record(event), self.recorder.trouble
        return self

    def closed(self):
        self.recorder.close()
        return self


def test_what_was_recorded_is_read_again(tmp_path):
    written = Writer(tmp_path / "r").record(*FAMILY, Discard(8.0, 2)).closed()
    recording = read_recording(tmp_path / "r")
    assert seen_in(recording.lesson) == seen_in(written.lesson)
    kinds = [body.get("kind") for body in bodies((tmp_path / "r").read_bytes())[1:]]
    assert [kind for kind in kinds if kind != "keyframe"] == [
        "stop", "stop", "fork", "stop", "fork", "switch", "rename", "stop", "discard",
    ]  # fmt: skip
    fork = next(body for body in bodies((tmp_path / "r").read_bytes()) if body.get("kind") == "fork")
    assert (fork["start"], fork["edits"]) == (50 // LENGTH, "eta=0.1")
    lines, code = report(recording)
    assert (lines[-1].split(": ")[1], code) == ("9 moves, ends at 2:1:update:1:1, 2 keyframes recomputed and equal", 0)


EDITS = ("eta=0.25", "w1.1.1=-1.5", "b1.1=0.125 eta=2", "x1=0.3", "activation1=tanh", "y1=2")


@st.composite
def happenings(draw):
    """Things that can happen one after the other, forks among them."""
    events, chapters, now = [Stop(0.0, draw(st.integers(0, 400)))], 1, 0.0
    for kind in draw(st.lists(st.sampled_from("sssfwrd"), min_size=1, max_size=14)):
        now += draw(st.integers(0, 5000)) / 1000
        step = draw(st.integers(0, 1500))
        match kind:
            case "s":
                events.append(Stop(now, step))
            case "f":
                edits = draw(
                    st.sampled_from(["eta=0.25", "w1.1.1=-1.5", "b1.1=0.125 eta=2", "x1=0.3", "activation1=tanh", "y1=2"])
                )
                events.append(Fork(now, step, step // LENGTH, read_edits(edits)))
                chapters += 1
            case "w":
                events.append(Switch(now, draw(st.integers(0, chapters - 1)), step))
            case "r":
                events.append(Rename(now, draw(st.integers(0, chapters - 1)), draw(st.sampled_from(["a", "b δ"]))))
            case "d":
                events.append(Discard(now, draw(st.integers(0, chapters - 1))))
    return events


@examples(30)
@given(happenings())
def test_any_story_with_forks_round_trips_and_verifies(tmp_path_factory, events):
    path = tmp_path_factory.mktemp("forks") / "r"
    written = Writer(path)
    for event in events:
        try:
            written.record(event)
        except LessonError:
            assert isinstance(event, Discard)  # of the original, or of the run in force
    written.closed()
    recording = read_recording(path)
    assert recording.fault is None
    assert seen_in(recording.lesson) == seen_in(written.lesson)
    assert report(recording)[1] == 0
    replayed = runs_of(recording, recording.lesson.chapter)
    for chapter, timeline in replayed.items():
        plain = timeline_of(recording.lesson, chapter, {})
        for n in (0, 3, 40, 150):
            assert timeline.theta(n).tobytes() == plain.theta(n).tobytes()


def test_a_fork_far_into_a_run_is_opened_without_what_lies_before(tmp_path, monkeypatch):
    far = 5500
    Writer(tmp_path / "r").record(Stop(0.0, 0), Stop(1.0, far * LENGTH), Fork(2.0, far * LENGTH, far, WEIGHT)).closed()
    calls = count_iterations(monkeypatch)
    replay = Replay(read_recording(tmp_path / "r"))
    frame = replay.timeline(1).frame(far * LENGTH)
    assert len(calls) == 1
    assert frame.weights_before(1)[0, 1] == 2.0
    plain = Timeline(SMALL).fork(far, WEIGHT)
    assert frame.iteration.before.tobytes() == plain.theta(far).tobytes()


def test_a_recording_that_ended_in_a_fork_is_gone_on_with(tmp_path):
    first = Writer(tmp_path / "r").record(*FAMILY[:4]).closed()
    again = Writer.__new__(Writer)
    again.timelines, again.lesson = first.timelines, first.lesson
    again.recorder = Recorder.begin(tmp_path / "r", SMALL, again.before)
    assert again.recorder.continued.lesson.chapter == 1
    again.record(Stop(3.5, 81), Fork(4.0, 81, 81 // LENGTH, WEIGHT), Switch(5.0, 1, 400)).closed()
    recording = read_recording(tmp_path / "r")
    assert seen_in(recording.lesson) == seen_in(again.lesson)
    assert report(recording)[1] == 0


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"kind": "fork", "t": 1, "step": 0, "start": 0}, "`edits` is missing"),
        ({"kind": "fork", "t": 1, "step": 0, "start": 0, "edits": "eta=x"}, "'x' is no number"),
        ({"kind": "fork", "t": 1, "step": 0, "start": 0, "edits": "x1=1 " * 999}, "expected at most 2000"),
        ({"kind": "fork", "t": 1, "step": 0, "start": -1, "edits": "eta=1"}, "expected a whole number from 0 on"),
        ({"kind": "fork", "t": 1, "step": 0, "start": 6000, "edits": "eta=1"}, "expected 0 to 5999"),
        ({"kind": "fork", "t": 1, "step": 0, "start": 0, "edits": "w1.1.7=1"}, "expected 0 (the bias) to 1"),
        ({"kind": "switch", "t": 1, "run": 1, "step": 0}, "a run of number 1"),
        ({"kind": "switch", "t": 1, "run": 0, "step": 10**12}, "a step that is not in this run"),
        ({"kind": "rename", "t": 1, "run": 0, "name": 7}, "`name` is"),
        ({"kind": "discard", "t": 1, "run": 0}, "expected a fork that is not in force"),
    ],
)
def test_an_impossible_line_is_damage_and_what_is_before_it_is_kept(tmp_path, line, why):
    recorder(tmp_path / "r").close()
    sound = bodies((tmp_path / "r").read_bytes())
    recording = fed(chained([*sound, {"kind": "stop", "t": 0.5, "step": 3}, line]))
    assert recording.fault is not None
    assert why in str(recording.fault)
    assert recording.lesson.end == LessonPlace(0, 3)


def test_names_from_a_file_are_made_harmless(tmp_path):
    recorder(tmp_path / "r").close()
    sound = bodies((tmp_path / "r").read_bytes())
    recording = fed(chained([*sound, {"kind": "rename", "t": 1, "run": 0, "name": "\x1b[31m" + "é" * 200}]))
    name = recording.lesson.names[0]
    assert len(name) == 60
    assert "\x1b" not in name


def test_other_data_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr("nntui.files.scenario.bounds.MOST_NUMBERS", 12)
    recorder(tmp_path / "r").close()
    sound = bodies((tmp_path / "r").read_bytes())
    fork = {"kind": "fork", "t": 1, "step": 0, "start": 0, "edits": "x1=3"}
    recording = fed(chained([*sound, *([fork] * 9)]))
    assert "more than 12 numbers" in str(recording.fault)
    assert len(recording.lesson.forks) > 1


# --- forks that a scenario brings along

BRINGING = replace(SMALL, forks=(ScenarioFork("3:1", "eta=0.1", "slow"), ScenarioFork("1:1", "w1.1.1=2.0")))


def test_what_a_scenario_brings_along_are_the_runs_after_its_own():
    made = lesson(Stop(0.0, 0), Fork(1.0, 0, 0, ETA), Reload(2.0, BRINGING, 4), Switch(3.0, 5, 8), scenario=BRINGING)
    assert [made.root(n) for n in range(7)] == [0, 0, 0, 0, 4, 4, 4]
    assert {n: (one.chapter, one.start) for n, one in made.forks.items()} == {
        1: (0, 4),
        2: (0, 0),
        3: (0, 0),
        5: (4, 4),
        6: (4, 0),
    }
    assert made.names == {1: "slow", 5: "slow"}
    assert made.end == LessonPlace(5, 8)
    known = {}
    assert timeline_of(made, 1, known) is known[0].brought[0]
    assert timeline_of(made, 2, known) is known[0].brought[1]
    assert timeline_of(made, 3, known) not in known[0].brought


def test_forks_of_scenarios_do_not_count_as_forks_of_a_recording(monkeypatch):
    monkeypatch.setattr("nntui.lesson.checks.MOST_FORKS", 1)
    made = lesson(Fork(0.0, 0, 0, ETA), Reload(0.0, BRINGING, 0), scenario=BRINGING)
    with pytest.raises(LessonError, match="more than 1 forks"):
        made.append(Fork(0.0, 0, 0, ETA))


def test_a_recording_with_forks_of_its_scenario_reads_back_continues_and_verifies(tmp_path):
    events = (Stop(0.0, 0), Switch(1.0, 1, 60), Fork(2.0, 70, 70 // LENGTH, WEIGHT), Reload(3.0, BRINGING, 4), Switch(4.0, 6, 9))
    written = Writer(tmp_path / "r", BRINGING).record(*events).closed()
    recording = read_recording(tmp_path / "r")
    assert recording.lesson.scenarios[0].forks == BRINGING.forks
    assert seen_in(recording.lesson) == seen_in(written.lesson)
    assert {keyframe.chapter for keyframe in recording.keyframes} == {1, 3, 6}
    assert report(recording)[1] == 0
    again = recorder(tmp_path / "r", BRINGING)
    assert again.record(Switch(9.0, 5, 3)), again.trouble
    assert again.record(Switch(9.0, 2, 3)), again.trouble
    again.close()
    ended = read_recording(tmp_path / "r")
    assert (ended.fault, ended.lesson.end) == (None, LessonPlace(2, 3))


def test_forks_that_copy_the_data_count_among_the_numbers_of_a_recording(tmp_path, monkeypatch):
    copying = replace(SMALL, forks=(ScenarioFork("1:1", "x1=2"), ScenarioFork("1:1", "y1=2")))
    recorder(tmp_path / "r", copying).close()
    assert read_recording(tmp_path / "r").numbers == SMALL.theta.size + 2 * (SMALL.x.size + SMALL.y.size + EACH_RUN)
    monkeypatch.setattr("nntui.files.scenario.bounds.MOST_NUMBERS", 7)
    with pytest.raises(InputError, match="more than 7 numbers"):
        read_recording(tmp_path / "r")
