"""The file is read again: the same address of the new run, and everything of the run before is gone."""

from dataclasses import replace

from nntui.files.io.errors import InputError
from nntui.files.library import load
from tests.session.fake_window import FakeLesson

XOR = replace(load("xor"), notes=())


def test_the_same_address_of_the_new_run_is_shown_and_no_jump_leads_into_the_old_one():
    lesson = FakeLesson(XOR, step=40, reload=lambda: replace(XOR, title="Edited"))
    lesson.do("home")
    lesson.do("return")
    lesson.do("inspect")
    lesson.do("home")
    lesson.do("reload")
    assert lesson.navigator.timeline.scenario.title == "Edited"
    assert lesson.workspace.tool is None, "what was open belongs to the run before"
    assert lesson.words == "read again, at 1:1:input"
    lesson.do("return")
    assert lesson.words == "there is nowhere to go back to"


def test_an_address_that_is_no_more_leads_to_the_start():
    lesson = FakeLesson(XOR, step=XOR.course.parse("5:1:z:1:1"), reload=lambda: replace(XOR, epochs=2))
    lesson.do("reload")
    assert (lesson.position.step, "is no more, so this is the start" in lesson.words) == (0, True)


def test_a_file_that_cannot_be_read_changes_nothing():
    def broken():
        raise InputError("x.toml", 3, "expected a number")

    lesson = FakeLesson(XOR, step=7, reload=broken)
    lesson.do("reload")
    assert (lesson.position.step, lesson.navigator.timeline.scenario.title) == (7, XOR.title)
    assert "expected a number" in lesson.words


def test_there_is_no_file_of_a_recording():
    lesson = FakeLesson(XOR)
    lesson.do("reload")
    assert lesson.words.startswith("a recording is what it is")
