"""Predicting: the next number is asked for before it is shown, once with p, or on the way with → where that is wished."""

from dataclasses import replace

from nntui.files.library import load
from tests.session.fake_window import FakeLesson

TWO = replace(load("two-by-two"), notes=(), questions=())


def test_the_right_answer_goes_on_to_the_step_and_counts():
    lesson = FakeLesson(load("two-by-two"))
    lesson.do("predict")
    assert lesson.window.answer("0.3775") == ""
    assert lesson.position.step == 1
    assert lesson.words.startswith("Right. 1 of 1 right")


def test_a_wrong_answer_says_why_and_nothing_moves():
    lesson = FakeLesson(load("two-by-two"))
    lesson.do("predict")
    assert "without the bias" in lesson.window.answer("0.0275")
    assert lesson.position.step == 0
    assert [lesson.window.answer("?") for _ in range(3)] == [""] * 3
    assert (lesson.position.step, lesson.words.startswith("It is 0.3775")) == (1, True)


def test_predicting_pauses_play():
    lesson = FakeLesson(TWO)
    lesson.do("play")
    lesson.do("predict")
    assert (lesson.position.playing, lesson.window.ringing) == (False, [])


def test_at_the_last_step_nothing_is_left_to_predict():
    run = replace(TWO, epochs=1)
    lesson = FakeLesson(run, step=run.course.last)
    lesson.do("predict")
    assert (lesson.window.requests, lesson.words) == ([], "this is the last step: there is nothing left to predict")


def test_forward_stops_right_before_a_step_of_a_chosen_kind_and_asks():
    lesson = FakeLesson(TWO)
    lesson.do("predict_every")
    assert "is no kind of step" in lesson.window.answer("y")
    assert lesson.window.answer("c") == ""
    lesson.do("grain", "point")
    lesson.do("forward")
    cost = TWO.course.parse("1:1:cost")
    assert lesson.position.step == cost - 1
    assert lesson.window.requests[-1].label.startswith("C")
    lesson.window.requests[-1].closed()
    lesson.do("forward")
    assert lesson.position.step > cost, "what was closed is not asked for again"


def test_forward_asks_for_nothing_where_nothing_is_wished():
    lesson = FakeLesson(TWO)
    lesson.do("forward")
    assert (lesson.position.step, lesson.window.requests) == (1, [])
