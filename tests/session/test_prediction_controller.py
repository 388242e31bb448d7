"""Predicting: the next number is asked for before it is shown, once with p, or on the way with → where that is wished."""

from dataclasses import replace

import pytest

from nntui.files.library import load
from nntui.lesson.events import Score
from nntui.session.predictor import Predictor
from nntui.training.scenario import Question
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


def test_each_question_mark_shows_more_and_the_score_says_what_was_helped():
    lesson = FakeLesson(TWO)
    lesson.do("predict")
    hints = [lesson.window.requests[-1].hint.split(" · ")[0]]
    assert lesson.window.answer("?") == ""
    hints.append(lesson.window.requests[-1].hint.split(" · ")[0])
    assert hints == ["? shows every symbol", "? shows the numbers"]
    assert (lesson.position.step, lesson.workspace.asked.stage) == (0, "symbols")
    assert lesson.window.answer("0.3775") == ""
    assert lesson.words == "Right. 1 of 1 right (1 with help): z 1/1"
    assert lesson.workspace.asked is None
    lesson.do("predict")
    assert lesson.window.answer("0.3925") == ""
    assert lesson.words == "Right. 2 of 2 right (1 with help): z 2/2"


def test_an_answer_that_was_shown_is_not_counted_as_right():
    lesson = FakeLesson(TWO)
    lesson.do("predict")
    assert [lesson.window.answer("?") for _ in range(3)] == ["", "", ""]
    assert (lesson.position.step, lesson.words) == (1, "It is 0.3775.")
    lesson.do("predict")
    lesson.window.answer("0.3925")
    assert lesson.words == "Right. 1 of 1 right, 1 shown: z 1/1"


def test_a_wrong_answer_after_help_counts_once():
    lesson = FakeLesson(TWO)
    lesson.do("predict")
    lesson.window.answer("?")
    assert lesson.window.answer("0.2") != ""
    lesson.window.answer("?")
    assert lesson.window.answer("0.3775") == ""
    assert lesson.words == "Right. 0 of 1 right: z 0/1"


def test_the_formula_of_the_step_is_in_the_picture_while_it_is_asked_and_not_after():
    lesson = FakeLesson(TWO, step=1)
    before = lesson.paint()
    lesson.do("predict")
    assert any("z₂¹ = Σⱼ w⁰₂ⱼ aⱼ⁰ + w⁰₂₀" in line for line in lesson.paint())
    assert not any("z₁¹ = Σⱼ" in line for line in lesson.paint())
    lesson.window.requests[-1].closed()
    assert lesson.paint() == before
    lesson.do("inspect")
    lesson.do("predict")
    assert any("z₂¹ = Σⱼ w⁰₂ⱼ aⱼ⁰ + w⁰₂₀" in line for line in lesson.paint()), "also where a tool lies open"


def test_whether_c_rises_is_asked_at_every_last_update_that_is_applied():
    batch = replace(load("batch"), notes=(), questions=())
    lesson = FakeLesson(batch)
    lesson.do("predict_every")
    assert lesson.window.answer("r") == ""
    lesson.do("grain", "epoch")
    lesson.do("forward")
    assert lesson.window.requests[-1].label == "C rises or falls?"
    assert lesson.position.step == batch.course.parse("1:4:update:1:1") - 1
    assert lesson.window.answer("falls") == "This is not so."
    assert lesson.window.answer("rises") == ""
    assert lesson.words == "Right. C rises: it was 0.1250 and is now 0.1850. 0 of 1 right: C 0/1", "counted as C, not as w"


@pytest.mark.parametrize(
    ("typed", "questions", "tally"),
    [
        ("falls", {}, "1 of 1 right: C 1/1"),
        ("−", {}, "1 of 1 right: C 1/1"),
        ("-0.25", {}, "1 of 1 right: w 1/1"),
        ("−", {21: Question("1:1:update:1:2", "sign")}, "1 of 1 right: w 1/1"),
        ("0", {21: Question("1:1:update:1:2", "cost")}, "1 of 1 right: C 1/1"),
    ],
)
def test_an_answer_of_an_earlier_session_is_counted_as_it_was_there(typed, questions, tally):
    predictor = Predictor()
    assert TWO.course.parse("1:1:update:1:2") == 21
    predictor.recall((Score(1.0, 21, typed, True),), TWO.course, questions)
    assert predictor.tally() == tally
