"""Checks are pages: of the gradients, and of a sheet of answers."""

from nntui.files.library import load
from tests.session.fake_window import FakeLesson

MAZUR = load("two-by-two")


def test_the_gradient_check_is_a_page_in_the_notation_that_is_chosen():
    lesson = FakeLesson(MAZUR)
    lesson.do("check")
    lesson.do("notation")
    lesson.do("check")
    (title, lecture), (_, common) = lesson.window.pages
    assert title == "gradient check"
    assert lecture != common


def test_a_sheet_is_marked_and_one_that_is_not_there_refused(tmp_path):
    lesson = FakeLesson(MAZUR)
    lesson.do("sheet")
    assert "missing.csv" in lesson.window.answer(str(tmp_path / "missing.csv"))
    (tmp_path / "sheet.csv").write_text("epoch,point,kind,layer,neuron,from,value\n1,1,z,1,1,,0.3775\n")
    assert lesson.window.answer(str(tmp_path / "sheet.csv")) == ""
    assert [title for title, _ in lesson.window.pages] == ["your sheet"]
