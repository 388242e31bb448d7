"""Runs that a scenario brings along ([[fork]]): listed, drawn, computed meanwhile, gone to, recorded, and there again."""

from dataclasses import replace

import pytest

from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import report
from nntui.session.opening import of_continuing, of_recording
from nntui.session.recordings.running_recording import MARGIN
from nntui.session.runs import FIRST_OWN, MOST, RunRegistry
from nntui.session.tools.forks import Forks
from nntui.training.edits.edit import EditError, read_edits
from nntui.training.scenario import Note, ScenarioFork
from nntui.training.timeline import Timeline
from tests.session.fake_window import FakeLesson
from tests.tui.driven_app import a_session
from tests.tui.lessons import moves

FORKS = (ScenarioFork("1:1", "init=zeros", "zeros"), ScenarioFork("3:2", "eta=5.0"))
XOR = replace(load("xor"), notes=(), questions=(), forks=FORKS)
AT = XOR.course.parse("5:1:cost")


def computed(lesson):
    while lesson.window.jobs:
        lesson.window.finish(next(iter(lesson.window.jobs)))
    return lesson


def keys_at_the_foot(lesson):
    return [key.shown for key in lesson.workspace.tool.own_keys() if key.foot]


def names(lesson):
    return [(run.number, run.name, run.depth) for run in lesson.navigator.runs.family(lesson.position.chapter)]


def test_they_are_listed_with_their_numbers_in_a_recording():
    lesson = FakeLesson(XOR, AT)
    assert names(lesson) == [(0, "", 0), (1, "zeros", 1), (2, "", 1)]
    lesson.do("forks")
    assert isinstance(lesson.workspace.tool, Forks)
    text = "\n".join(computed(lesson).paint(80, 24))
    assert "zeros" in text
    assert "η = 5.0000" in text or "η = 5" in text


def test_the_plot_draws_them_beside_the_run_as_far_as_it_was_visited():
    lesson = computed(FakeLesson(XOR, AT))
    assert [run.computed for run in lesson.navigator.timeline.brought] == [4 * 4 + 1] * 2
    text = "\n".join(lesson.paint(80, 24))
    assert "a zeros" in text
    assert "b η = 5" in text


def test_no_more_of_them_are_computed_than_are_drawn_and_chosen():
    many = replace(XOR, forks=tuple(ScenarioFork("1:1", f"eta={n}.0", str(n)) for n in range(1, 21)))
    lesson = computed(FakeLesson(many, AT))
    assert sum(run.segment.begun for run in lesson.navigator.timeline.brought) == 3
    lesson.do("forks")
    lesson.press("up", "up", "up", "up", "up", "up")
    computed(lesson)
    assert sum(run.segment.begun for run in lesson.navigator.timeline.brought) == 4


def test_they_are_gone_to_and_forked_again_but_neither_renamed_nor_deleted():
    lesson = computed(FakeLesson(XOR, AT))
    lesson.do("forks")
    lesson.workspace.tool = replace(lesson.workspace.tool, chosen=1)
    for key, words in (("m", "keeps its name"), ("D", "it stays")):
        lesson.press(key)
        assert words in lesson.words
    assert not {"m", "D"} & set(keys_at_the_foot(lesson)), "what is refused is not offered"
    lesson.press("enter")
    assert (lesson.position.chapter, lesson.position.step) == (1, AT)
    lesson.do("edit")
    assert lesson.window.answer("eta=3") == ""
    assert names(lesson) == [(0, "", 0), (1, "zeros", 1), (FIRST_OWN + 1, "", 2), (2, "", 1)]


def test_a_viewers_own_forks_are_bounded_with_them():
    runs = RunRegistry.of(Timeline(XOR))
    for _ in range(MOST - len(FORKS)):
        runs.fork(0, 0, read_edits("eta=2"))
    with pytest.raises(EditError, match=f"there are {MOST} forks"):
        runs.fork(0, 0, read_edits("eta=2"))


def test_reading_the_file_again_reads_them_again_and_counts_a_viewers_own_alone():
    lesson = computed(FakeLesson(XOR, AT, reload=lambda: replace(XOR, forks=FORKS[:1])))
    lesson.do("reload")
    assert (names(lesson), lesson.words) == ([(0, "", 0), (1, "zeros", 1)], "read again, at 5:1:cost")
    lesson.do("edit")
    assert lesson.window.answer("eta=3") == ""
    lesson.do("reload")
    assert lesson.words.endswith("A fork of the run before went with it")
    assert names(lesson) == [(0, "", 0), (1, "zeros", 1)]


def recorded(path):
    """A lesson that goes to a brought fork, forks it, reads the file again, and goes to another one; with `f` open on it."""
    session = a_session()
    session.recorders.begin(path, XOR)
    lesson = computed(FakeLesson(XOR, AT, reload=lambda: replace(XOR, title="Edited"), session=session))
    lesson.paint()
    go_to(lesson, 1)
    lesson.do("edit")
    assert lesson.window.answer("eta=3") == ""
    lesson.do("reload")
    computed(lesson)
    go_to(lesson, 2)
    lesson.paint()
    session.recorders.close()
    return lesson


def go_to(lesson, number):
    lesson.do("forks")
    lesson.workspace.tool = replace(lesson.workspace.tool, chosen=number)
    lesson.press("enter")


def test_a_recording_holds_them_in_its_first_line_and_goes_to_them_by_their_numbers(tmp_path):
    recorded(tmp_path / "r")
    kinds = [(move["kind"], move.get("run")) for move in moves(tmp_path / "r")]
    assert kinds[-4:] == [("switch", 1), ("fork", None), ("reload", None), ("switch", 6)]
    assert {kind for kind, _ in kinds[:-4]} <= {"stop"}
    recording = read_recording(tmp_path / "r")
    assert recording.lesson.scenarios[0].forks == FORKS
    assert report(recording)[1] == 0


def test_a_replay_lists_them_and_its_last_place_is_in_one(tmp_path):
    there = recorded(tmp_path / "r")
    replayed = FakeLesson(opening=of_recording(read_recording(tmp_path / "r")))
    assert [name for _, name, _ in names(replayed)] == ["", "zeros", "", ""]
    lesson = replayed.navigator.lesson
    assert lesson.place(lesson.stops - 1).chapter == 6
    end = replayed.navigator.replay.timeline(6)
    assert end.theta(16).tobytes() == there.navigator.timeline.theta(16).tobytes()
    assert end is end.root.brought[1]


def test_a_session_that_is_continued_has_them_and_records_on(tmp_path):
    recorded(tmp_path / "r")
    session = a_session()
    continued = session.recorders.begin(tmp_path / "r", replace(XOR, title="Edited")).continued
    lesson = FakeLesson(opening=of_continuing(continued), session=session)
    assert (lesson.position.chapter, [name for _, name, _ in names(lesson)]) == (6, ["", "zeros", ""])
    before = len(moves(tmp_path / "r"))
    go_to(lesson, 5)
    assert not lesson.navigator.runs.may_change(5)
    session.recorders.close()
    assert [(move["kind"], move["run"]) for move in moves(tmp_path / "r")[before:]] == [("switch", 5)]
    assert read_recording(tmp_path / "r").fault is None


def test_a_recording_is_full_of_forks_made_in_it_and_not_of_brought_ones_and_reloads(tmp_path, monkeypatch):
    monkeypatch.setattr("nntui.session.recordings.running_recording.MOST_FORKS", MARGIN + 2)
    recorded(tmp_path / "r")
    session = a_session()
    continued = session.recorders.begin(tmp_path / "r", replace(XOR, title="Edited")).continued
    lesson = computed(FakeLesson(opening=of_continuing(continued), session=session))
    assert (len(continued.lesson.scenarios), continued.lesson.forked) == (7, 1)
    lesson.do("edit")
    assert lesson.window.answer("eta=3") == ""  # the second of two
    lesson.paint()
    lesson.do("edit")
    assert "no more forks fit into the recording" in lesson.window.answer("eta=4")
    session.recorders.close()
    assert read_recording(tmp_path / "r").lesson.forked == 2


def test_a_recording_that_begins_in_a_brought_fork_needs_no_line_for_it(tmp_path):
    session = a_session()
    lesson = computed(FakeLesson(XOR, AT, session=session))
    go_to(lesson, 1)
    session.recorders.begin(tmp_path / "r", XOR, AT)
    session.recorders.close()
    assert [(move["kind"], move.get("run")) for move in moves(tmp_path / "r")] == [("switch", 1)]


def test_a_note_of_the_scenario_says_of_which_run_it_is_where_a_fork_makes_the_step():
    """`2:1` is the original's in the fork of 3:2, too; `5:1` and what a fork of it makes are not."""
    notes = (Note("2:1", "early"), Note("5:1:cost", "late"))
    lesson = computed(FakeLesson(replace(XOR, notes=notes), AT))
    shown = {}
    for number in (0, 1, 2):
        go_to(lesson, number) if number else None
        for step in (XOR.course.parse("2:1"), AT):
            lesson.controllers.movement.become(lesson.navigator.to(step))
            computed(lesson)
            shown[number, step == AT] = lesson.workspace.view(lesson.navigator).note
    assert shown == {
        (0, False): "early",
        (0, True): "late",
        (1, False): "Original run: early",
        (1, True): "Original run: late",
        (2, False): "early",
        (2, True): "Original run: late",
    }


@pytest.mark.parametrize("opened", [of_continuing, of_recording])
def test_a_run_that_was_visited_further_than_the_present_one_is_drawn_as_far_again(tmp_path, opened):
    session = a_session()
    session.recorders.begin(tmp_path / "r.nnrec", XOR)
    lesson = FakeLesson(XOR, 0, session=session)
    become, navigator = lesson.controllers.movement.become, lesson.navigator
    become(navigator.switched(1))
    become(navigator.to(AT))
    become(navigator.to(0))
    become(navigator.switched(0))
    shown = computed(lesson).paint(80, 24)
    assert "a zeros" in "\n".join(shown)
    session.recorders.close()
    again = FakeLesson(opening=opened(read_recording(tmp_path / "r.nnrec")))
    if opened is of_recording:
        again.do("end")
    assert again.position.chapter == 0
    assert again.navigator.visited(1) == lesson.navigator.visited(1) == 16
    computed(again)
    assert again.navigator.runs.timeline(1).computed == 17
    if opened is of_continuing:
        assert again.paint(80, 24)[1:] == shown[1:]  # the head says what is recorded
