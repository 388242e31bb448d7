"""Checks are pages: of the gradients, and of a sheet of answers."""

import pytest

from nntui.files.library import load
from nntui.lesson.display_state import OpenNudge
from nntui.training.cell import Cell
from tests.session.fake_window import FakeLesson

MAZUR = load("two-by-two")


def test_a_weight_is_chosen_by_arrows_or_by_its_name_and_h_by_tab():
    lesson = FakeLesson(MAZUR)
    lesson.do("check")
    assert lesson.workspace.tool.state == OpenNudge(Cell("weight", 1, 1, 1), 4)
    lesson.press("right", "down", "tab")
    assert lesson.workspace.tool.state == OpenNudge(Cell("weight", 1, 2, 2), 5)
    lesson.press("right", "right", "right", "right", "right", "up")
    assert lesson.workspace.tool.state == OpenNudge(Cell("weight", 2, 1, 0), 5), "the bias is the last"
    lesson.press("left", "left", "left", *["tab"] * 9)
    assert lesson.workspace.tool.state == OpenNudge(Cell("weight", 1, 1, 0), 2), "from the smallest h on to the largest"
    lesson.press("enter")
    assert "layer, neuron, from" in lesson.window.answer("2.1")
    assert lesson.window.answer("w3.1.1") == "this network has no such weight"
    assert lesson.window.answer("w¹₂₁") == ""
    assert lesson.workspace.tool.state == OpenNudge(Cell("weight", 2, 2, 1), 2)
    lesson.press("enter")
    assert lesson.window.answer("b1.2") == ""
    assert lesson.workspace.tool.cursor == Cell("weight", 1, 2, 0)
    lesson.press("escape")
    assert lesson.workspace.tool is None


def test_it_begins_at_the_weight_that_is_inspected_and_judges_all_of_them_meanwhile():
    lesson = FakeLesson(MAZUR, MAZUR.course.parse("1:1:update:1:2"))
    lesson.do("inspect")
    lesson.press("right")
    lesson.do("check")
    assert lesson.workspace.tool.cursor == Cell("weight", 1, 2, 2)
    assert any("all weights: being checked …" in line for line in lesson.paint())
    lesson.window.finish("tool")
    assert any("all weights: 12 agree, 0 disagree" in line for line in lesson.paint())


def test_the_gradient_check_is_a_page_in_the_notation_that_is_chosen():
    lesson = FakeLesson(MAZUR)
    lesson.do("check")
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


@pytest.mark.parametrize(
    ("name", "address", "sender"),
    [("xor", "1:1", 0), ("xor", "1:2", 2), ("xor", "1:3", 1), ("zero-start", "1:1", 1)],
)
def test_it_begins_at_a_weight_that_c_changes_with_where_there_is_one(name, address, sender):
    """x of xor is (0, 0), (0, 1), (1, 0); with all weights 0 nothing into the hidden layer has a gradient."""
    scenario = load(name)
    lesson = FakeLesson(scenario, scenario.course.parse(address))
    lesson.do("check")
    assert lesson.workspace.tool.cursor == Cell("weight", 1, 1, sender)


@pytest.mark.parametrize(("size", "below"), [((120, 40), True), ((80, 24), False)])
def test_where_there_is_room_the_cost_plot_stays_below_it(size, below):
    lesson = FakeLesson(load("xor"))
    lesson.do("check")
    lines = lesson.paint(*size)
    assert len(lines) == size[1] - 1, "all but the line of the keys"
    assert any(line.startswith("╭─ gradient check") for line in lines)
    assert any(line.startswith("╭─ cost") for line in lines) == below
