"""Keys that go somewhere at once, and the way back from a jump."""

from dataclasses import replace

import pytest

from nntui.files.library import load
from tests.session.fake_window import FakeLesson

XOR = replace(load("xor"), notes=())


def test_back_goes_to_the_stop_of_the_grain_before():
    lesson = FakeLesson(XOR, step=XOR.course.length + 3)
    lesson.do("back")
    assert lesson.position.step == XOR.course.length + 2
    lesson.do("grain", "point")
    lesson.do("back")
    assert lesson.position.step < XOR.course.length


@pytest.mark.parametrize(("points", "address"), [(1, "1:3:z:1:1"), (-1, "1:1:z:1:1"), (-2, "1:2:z:1:1")])
def test_point_goes_to_the_same_step_of_another_data_point_of_the_run(points, address):
    lesson = FakeLesson(XOR, step=XOR.course.parse("1:2:z:1:1"))
    lesson.do("point", points)
    assert lesson.address == address


def test_home_and_end_are_jumps_from_which_return_leads_back():
    lesson = FakeLesson(replace(XOR, epochs=3), step=5)
    lesson.do("end")
    assert lesson.position.step == lesson.navigator.course.last
    lesson.do("home")
    assert lesson.position.step == 0
    lesson.do("return")
    assert lesson.position.step == lesson.navigator.course.last
    lesson.do("return")
    assert lesson.position.step == 5
    lesson.do("return")
    assert (lesson.position.step, lesson.words) == (5, "there is nowhere to go back to")


def test_an_address_is_asked_for_and_a_wrong_one_refused():
    lesson = FakeLesson(XOR)
    lesson.do("go_to")
    assert "point 9 of '1:9'" in lesson.window.answer("1:9")
    assert lesson.position.step == 0
    assert lesson.window.answer("2:3:delta:1:2") == ""
    assert lesson.address == "2:3:delta:1:2"


def test_notes_of_the_tour_are_gone_to_and_their_end_is_said():
    lesson = FakeLesson(replace(load("xor"), questions=()))
    steps = sorted(lesson.navigator.notes.tour)
    ahead = [step for step in steps if step > 0]
    for step in ahead[:2]:
        lesson.do("note", 1)
        assert lesson.position.step == step
    lesson.do("note", -1)
    assert lesson.position.step == ahead[0]
    lesson.controllers.movement.become(lesson.navigator.to(0))
    lesson.do("note", -1)
    assert lesson.words == "no note before this step"


def test_where_there_are_no_notes_that_is_said():
    lesson = FakeLesson(XOR)
    lesson.do("note", 1)
    assert lesson.words == "there are no notes here; m types one"


def test_the_last_note_leads_into_the_next_scenario():
    lesson = FakeLesson(replace(load("lecture"), questions=()))
    for _ in range(8):
        lesson.do("note", 1)
        if "jump" in lesson.window.jobs:
            lesson.window.finish("jump")
    assert lesson.address == "100:1:a:1:1"
    assert lesson.words == "this is the last note; n again opens lecture-layers"
    assert lesson.window.opened == []
    lesson.do("note", 1)
    assert lesson.window.opened == ["lecture-layers"]


def test_beyond_the_last_note_it_is_offered_first():
    lesson = FakeLesson(replace(XOR, next="two-by-two"))
    lesson.do("note", 1)
    assert (lesson.words, lesson.window.opened) == ("no note after this step; n again opens two-by-two", [])
    lesson.do("forward")
    lesson.do("note", 1)
    assert lesson.window.opened == [], "at another step it is offered again"
    lesson.do("note", 1)
    assert lesson.window.opened == ["two-by-two"]


def test_a_stop_that_asks_is_asked_for_before_its_note_is_shown_and_once():
    lesson = FakeLesson(load("lecture"))
    lesson.do("note", 1)
    assert (lesson.address, len(lesson.window.requests)) == ("1:1:input", 1), "it is asked for before it is shown"
    assert lesson.window.answer("0.5") == ""
    assert lesson.address == "1:1:z:1:1"
    lesson.do("note", -1)
    lesson.do("note", 1)
    assert (lesson.address, len(lesson.window.requests)) == ("1:1:z:1:1", 1)
