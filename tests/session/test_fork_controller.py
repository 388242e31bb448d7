"""What if: a fork is made where something is changed, listed, and saved."""

from dataclasses import replace

from nntui.engine.arithmetic import canonical
from nntui.files.library import load
from nntui.session.tools.forks import Forks
from tests.session.fake_window import FakeLesson

XOR = replace(load("xor"), notes=())


def forked(edit="eta=0.1", step=40):
    lesson = FakeLesson(XOR, step=step)
    lesson.do("edit")
    assert lesson.window.answer(edit) == ""
    return lesson


def test_a_fork_begins_at_the_present_data_point_and_backspace_leads_to_the_run_before():
    lesson = forked()
    assert lesson.navigator.timeline.origin.start == 40 // XOR.course.length
    assert lesson.navigator.timeline.scenario.network.eta == 0.1
    assert lesson.position.step == 40
    assert lesson.words.startswith("a fork: η = 0.1 from 1:3 on")
    lesson.do("return")
    assert (lesson.position.chapter, lesson.navigator.timeline.origin) == (0, None)


def test_no_two_runs_are_given_one_name():
    lesson = forked()
    lesson.do("forks")
    lesson.controllers.pressed("down")
    lesson.controllers.pressed("m")
    chosen = lesson.workspace.tool.chosen
    for name in ("original", "Original"):
        assert lesson.window.answer(name) == f"another run is called '{name}'; expected a name of its own"
        assert lesson.navigator.runs.run(chosen).name == ""
    for name in ("fast", "fast", "η = 0.1"):
        assert lesson.window.answer(name) == ""
        assert lesson.navigator.runs.run(chosen).name == name


def test_what_cannot_be_changed_is_refused_and_makes_no_fork():
    lesson = FakeLesson(XOR, step=40)
    lesson.do("edit")
    assert lesson.window.answer("w9.9.9=1") != ""
    assert len(lesson.navigator.runs.numbers) == 1


def test_editing_pauses_play():
    lesson = FakeLesson(XOR)
    lesson.do("play")
    lesson.do("edit")
    assert not lesson.position.playing


def test_of_a_number_that_is_inspected_only_the_value_is_asked_for():
    lesson = FakeLesson(XOR, step=XOR.course.parse("2:1:update:1:1"))
    lesson.do("inspect")
    before = lesson.navigator.timeline
    lesson.do("edit")
    request = lesson.window.requests[-1]
    assert request.hint.startswith("a number")
    assert float(request.value)
    assert request.accept("7") == ""
    fork = lesson.navigator.timeline
    n = fork.origin.start
    assert 7.0 in canonical(fork.theta(n))
    assert 7.0 not in canonical(before.theta(n))


def test_the_list_opens_on_the_run_that_this_one_comes_from():
    lesson = forked()
    lesson.do("forks")
    assert isinstance(lesson.workspace.tool, Forks)
    assert lesson.workspace.tool.chosen == 0


def test_the_mark_stays_on_the_run_that_was_gone_to_and_the_prompt_says_whose_name_it_asks_for():
    lesson = forked()
    fork = lesson.position.chapter
    lesson.do("forks")
    lesson.press("enter")
    assert (lesson.position.chapter, lesson.workspace.tool.chosen) == (0, 0)
    lesson.press("m")
    assert lesson.window.requests[-1].label == "name of 'original'"
    lesson.press("down", "m")
    assert lesson.window.requests[-1].label == "name of 'η = 0.1'"
    lesson.window.answer("a name that is far too long for the label")
    lesson.press("m")
    assert lesson.window.requests[-1].label == "name of 'a name that is far too…'"
    assert lesson.workspace.tool.chosen == fork


def test_the_foot_offers_only_what_the_chosen_run_does_not_refuse():
    lesson = forked()
    lesson.do("forks")

    def offered():
        return {key.shown for key in lesson.workspace.tool.own_keys() if key.foot} & {"m", "D"}

    assert offered() == {"m"}, "the original is never deleted"
    lesson.press("down")
    assert offered() == {"m"}, "nor is the run that the viewer is in"
    lesson.press("up", "enter", "down")
    assert offered() == {"m", "D"}


def test_a_fork_is_saved_as_a_scenario_that_loads(tmp_path):
    lesson = forked()
    lesson.do("forks")
    lesson.controllers.pressed("S")
    assert lesson.window.answer(str(tmp_path / "fork.toml")) == ""
    assert load(str(tmp_path / "fork.toml")).network.eta == XOR.network.eta, "the chosen run is the original"
    assert lesson.words.startswith("saved with the weights before ")
    assert "expected" in lesson.window.answer(str(tmp_path / "fork.toml")), "nothing existing is overwritten"
