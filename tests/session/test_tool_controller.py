"""Tools: keys and clicks go to the open one first, and what came of them is done."""

from dataclasses import replace

import pytest

from nntui.draw.charts.axes import IterationPlace
from nntui.files.library import load
from nntui.session.tools.inspector import Inspector
from nntui.session.tools.learned import Learned
from nntui.session.tools.plotter import Plotter
from nntui.session.tools.table import RowTable
from nntui.training.cell import Cell
from tests.session.fake_window import FakeLesson

XOR = replace(load("xor"), notes=())
INNER = XOR.course.parse("2:1:delta:1:2")


def test_each_key_opens_its_tool_and_escape_closes_it():
    lesson = FakeLesson(XOR)
    for action, kind in (
        ("inspect", Inspector),
        ("open", Inspector),
        ("cursor", Plotter),
        ("data", RowTable),
        ("learned", Learned),
    ):
        lesson.do(action)
        assert isinstance(lesson.workspace.tool, kind)
        assert lesson.controllers.pressed("escape")
        assert lesson.workspace.tool is None


def test_the_open_tool_takes_its_keys_and_leaves_the_others():
    lesson = FakeLesson(XOR, step=INNER)
    lesson.do("inspect")
    cell = lesson.workspace.inspector.cell
    assert lesson.controllers.pressed("left")
    assert lesson.workspace.inspector.cell != cell
    assert not lesson.controllers.pressed("g")


def test_enter_on_a_number_goes_to_where_it_is_made_and_backspace_returns():
    lesson = FakeLesson(XOR, step=INNER)
    lesson.do("inspect")
    lesson.controllers.pressed("left")
    lesson.controllers.pressed("left")
    lesson.controllers.pressed("enter")
    assert lesson.position.step < INNER
    lesson.do("tool", "backspace")
    assert lesson.position.step == INNER


def test_backspace_at_the_foot_means_the_jump_where_the_tool_has_nothing_to_go_back_to():
    lesson = FakeLesson(XOR, step=INNER)
    lesson.do("home")
    lesson.do("inspect")
    lesson.do("tool", "backspace")
    assert lesson.position.step == INNER


def test_a_tool_says_nothing_any_more_of_what_was_said_before():
    lesson = FakeLesson(XOR)
    lesson.controllers.movement.status.say("a word")
    lesson.do("data")
    assert lesson.words == ""


def test_the_plot_opens_as_it_was_left():
    lesson = FakeLesson(XOR)
    lesson.do("cursor")
    lesson.controllers.pressed("L")
    lesson.controllers.pressed("escape")
    lesson.do("cursor")
    assert lesson.workspace.tool.plot_view.log


def test_the_plot_opens_in_the_scale_of_the_small_plot():
    lesson = FakeLesson(replace(load("linear-regression"), notes=()))
    for place, scale in (("1:1", False), ("end", True)):
        step = lesson.navigator.course.parse(place)
        lesson.controllers.movement.jump(lesson.navigator.to(step))
        assert lesson.workspace.plotter is None or not lesson.workspace.plotter.plot_view.log
        lesson.do("cursor")
        assert lesson.workspace.tool.plot_view.log == scale
        lesson.controllers.pressed("escape")


@pytest.mark.usefixtures("numpy_alone")
@pytest.mark.parametrize("epochs", [10, pytest.param(30, marks=pytest.mark.sweep(usual=False))])
def test_what_a_tool_lacks_is_computed_in_slices(epochs):
    lesson = FakeLesson(replace(load("iris"), epochs=epochs, notes=(), questions=()))
    lesson.do("data")
    lesson.do("end")
    lesson.window.finish("jump")
    assert "tool" in lesson.window.jobs
    lesson.window.finish("tool")
    assert lesson.workspace.tool.work(lesson.navigator) is None, "nothing is missing any more"


def test_clicks_go_to_steps_to_numbers_and_to_places_of_the_plot():
    lesson = FakeLesson(XOR)
    clicked = lesson.controllers.tools.clicked
    clicked(XOR.course.address(INNER), 0)
    assert lesson.position.step == INNER
    clicked(Cell("z", 1, 2), 0)
    assert lesson.workspace.inspector.cell == Cell("z", 1, 2)
    clicked(Cell("a", 1, 1), 0)
    assert lesson.workspace.inspector.cell == Cell("a", 1, 1)
    clicked(IterationPlace(0.0, 1.0), 5)
    assert lesson.position.step == XOR.course.cost(5)
    clicked("nothing that has a meaning", 0)
    assert lesson.position.step == XOR.course.cost(5)


def test_watched_rows_are_gone_to_in_turn():
    lesson = FakeLesson(XOR)
    lesson.do("watched")
    assert lesson.words.startswith("no row is watched")
    lesson.do("watch")
    assert lesson.words == "row 1 is watched; W goes to its next turn"
    lesson.do("watched")
    assert lesson.address == "2:1:input"
    lesson.do("watch")
    assert not lesson.workspace.watched.rows


@pytest.mark.parametrize(
    ("action", "key", "answer", "shown"), [("check", "enter", "b1.2", "w⁰₂₀ = 0.1"), ("forks", "m", "mine", "mine")]
)
def test_what_an_answer_changes_in_a_tool_is_painted_at_once(action, key, answer, shown):
    lesson = FakeLesson(XOR)
    lesson.do(action)
    lesson.press(key)
    before = lesson.window.paints
    assert lesson.window.answer(answer) == ""
    assert lesson.window.paints > before
    assert any(shown in line for line in lesson.paint())
