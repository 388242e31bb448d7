"""Every way of moving ends in one place: near positions at once, far ones in slices, each followed by one settling."""

from dataclasses import replace

import pytest

from nntui.files.library import load
from tests.scenes import long_run
from tests.session.fake_window import FakeLesson

XOR = replace(load("xor"), notes=())


def test_a_near_position_is_there_at_once_and_is_painted_soon():
    lesson = FakeLesson(XOR)
    paints = lesson.window.paints
    lesson.controllers.movement.become(lesson.navigator.to(7))
    assert (lesson.position.step, lesson.navigator.goal, lesson.window.jobs) == (7, None, {})
    assert lesson.window.paints > paints


@pytest.mark.usefixtures("numpy_alone")
@pytest.mark.parametrize("points", [4_000, pytest.param(20_000, marks=pytest.mark.sweep(usual=False))])
def test_a_far_position_is_computed_in_slices_and_reached_when_all_are_done(points):
    lesson = FakeLesson(long_run())
    there = lesson.navigator.to(lesson.navigator.course.cost(points))
    lesson.controllers.movement.become(there)
    assert (lesson.position.step, lesson.navigator.goal) == (0, there)
    assert lesson.window.slice("jump")
    assert lesson.words.startswith("computing ")
    assert f"of {points - 1:,} data points" in lesson.words
    lesson.window.finish("jump")
    assert (lesson.position.step, lesson.navigator.goal, lesson.words) == (there.step, None, "")


def test_a_near_position_ends_a_far_jump():
    lesson = FakeLesson(long_run())
    lesson.do("end")
    lesson.window.slice("jump")
    computed = lesson.navigator.timeline.computed
    lesson.controllers.movement.become(replace(lesson.navigator.to(1), farthest=0))
    assert (lesson.position.step, lesson.navigator.goal) == (1, None)
    assert "jump" not in lesson.window.jobs
    assert lesson.navigator.timeline.computed == computed, "what is computed stays"


def test_escape_gives_a_far_jump_up_and_means_nothing_where_there_is_none():
    lesson = FakeLesson(long_run())
    lesson.do("end")
    assert lesson.controllers.pressed("escape")
    assert (lesson.position.step, lesson.navigator.goal, lesson.window.jobs) == (0, None, {})
    assert not lesson.controllers.pressed("escape")


def test_a_change_of_grain_while_a_jump_is_computed_holds_for_where_it_goes():
    lesson = FakeLesson(long_run())
    lesson.do("end")
    lesson.do("grain", "epoch")
    assert lesson.navigator.goal.grain == "epoch"
    assert "jump" in lesson.window.jobs, "the jump goes on"


def test_what_was_said_is_gone_after_a_move_but_news_that_nobody_saw():
    lesson = FakeLesson(XOR)
    status = lesson.controllers.movement.status
    status.say("a word")
    lesson.do("forward")
    assert lesson.words == ""
    lesson.navigator.recorders.say("the disk is full")
    lesson.do("forward")
    lesson.do("forward")
    assert lesson.words == "the disk is full", "two keys before one paint"
    status.painted()
    lesson.do("forward")
    assert lesson.words == ""


def test_the_plot_of_a_place_far_in_the_run_is_filled_after_it_was_painted():
    lesson = FakeLesson(replace(XOR, epochs=3000))
    lesson.controllers.movement.become(replace(lesson.navigator.to(0), farthest=500))
    assert "plot" in lesson.window.jobs
    lesson.window.finish("plot")
    assert lesson.navigator.timeline.computed > 500
    assert lesson.position.step == 0
