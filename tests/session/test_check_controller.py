"""Checks are pages: of the gradients, and of a sheet of answers."""

from nntui.files.library import load
from tests.session.fake_window import FakeLesson

MAZUR = load("two-by-two")


def test_the_gradient_check_is_a_page_in_the_notation_that_is_chosen():
    lesson = FakeLesson(MAZUR)
    lesson.do("check")
    lecture = "\n".join(lesson.paint(120, 40))
    lesson.press("escape")
    lesson.do("notation")
    lesson.do("check")
    common = "\n".join(lesson.paint(120, 40))
    assert "─ gradient check ─" in lecture
    assert "12 agree, 0 disagree" in lecture
    assert lecture != common


def test_a_sheet_is_marked_and_one_that_is_not_there_refused(tmp_path):
    lesson = FakeLesson(MAZUR)
    lesson.do("sheet")
    assert "missing.csv" in lesson.window.answer(str(tmp_path / "missing.csv"))
    (tmp_path / "sheet.csv").write_text("epoch,point,kind,layer,neuron,from,value\n1,1,z,1,1,,0.3775\n")
    assert lesson.window.answer(str(tmp_path / "sheet.csv")) == ""
    assert "─ your sheet ─" in "\n".join(lesson.paint())
