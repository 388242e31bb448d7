"""Running until a condition holds: searched in slices, ended by whatever moves, plays or asks."""

from dataclasses import replace

import pytest

from nntui.files.library import load
from tests.scenes import long_run
from tests.session.fake_window import FakeLesson

XOR = replace(load("xor"), notes=())


def searching(condition="C < 0", direction=1, **options):
    lesson = FakeLesson(long_run(), **options)
    lesson.do("until", direction)
    assert lesson.window.answer(condition) == ""
    lesson.window.slice("search")
    assert lesson.controllers.search.is_running
    return lesson


def test_it_goes_to_where_the_condition_holds_and_says_what_holds():
    lesson = FakeLesson(XOR)
    lesson.do("until", 1)
    assert lesson.window.answer("row 3") == ""
    lesson.window.finish("search")
    assert lesson.navigator.timeline.frame(lesson.position.step).row == 3
    assert lesson.address in lesson.words
    lesson.do("return")
    assert lesson.position.step == 0, "it is a jump"


def test_progress_is_said_while_it_searches_and_the_viewer_stays():
    lesson = searching()
    assert lesson.words.startswith("until C < 0: ")
    assert lesson.position.step == 0


@pytest.mark.parametrize("action", [("forward",), ("play",), ("go_to",), ("home",)])
def test_whatever_moves_plays_or_asks_ends_it(action):
    lesson = searching()
    lesson.do(*action)
    assert not lesson.controllers.search.is_running
    assert "search" not in lesson.window.jobs


def test_escape_stops_it_and_says_so():
    lesson = searching()
    assert lesson.controllers.pressed("escape")
    assert (lesson.controllers.search.is_running, lesson.words) == (False, "stopped looking for C < 0")


def test_other_digits_do_not_end_it():
    lesson = searching()
    lesson.do("digits", 1)
    assert lesson.controllers.search.is_running


def test_what_holds_nowhere_is_said():
    lesson = FakeLesson(replace(XOR, epochs=2))
    lesson.do("until", 1)
    lesson.window.answer("C < 0")
    lesson.window.finish("search")
    assert (lesson.position.step, lesson.words) == (0, "nowhere after this step: C < 0")


def test_a_wrong_condition_is_refused_and_a_question_mark_tells_what_there_is():
    lesson = FakeLesson(XOR)
    lesson.do("until", 1)
    assert "expected" in lesson.window.answer("weather = fine")
    assert "cost rose for 3 epochs" in lesson.window.requests[-1].help


def test_the_last_condition_is_proposed_also_one_of_the_lesson_before():
    lesson = FakeLesson(XOR, condition="row 2")
    lesson.do("until", -1)
    assert lesson.window.requests[-1].value == "row 2"
    assert lesson.window.requests[-1].label == "back until"
