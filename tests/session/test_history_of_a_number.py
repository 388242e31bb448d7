"""Questions a student asks of a number, and the few keys that answer them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from nntui.explain.equations.inspect import inspect, terms
from nntui.explain.notation.numerals import Numerals
from nntui.files.library import load
from nntui.session.display_options import DisplayOptions
from nntui.session.tools.inspector import Inspector
from nntui.session.tools.plotter import Plotter
from nntui.training.cell import Cell
from tests.session.fake_window import FakeLesson
from tests.strategies import examples, scenarios
from tests.windowless import WindowlessLesson

XOR = replace(load("xor"), notes=())
LATE = XOR.course.parse("200:2:update:1:2")


def test_x_on_a_number_opens_the_plot_of_it_and_goes_back():
    lesson = FakeLesson(XOR, step=LATE)
    lesson.do("inspect")
    inspected = lesson.workspace.tool
    assert not lesson.controllers.pressed("x")
    lesson.do("cursor")
    plotter = lesson.workspace.tool
    assert isinstance(plotter, Plotter)
    assert plotter.plot_view.followed == Cell("update", 1, 2, 1)
    chart = plotter.present_chart(lesson.navigator)
    assert chart.choice.name == "w⁰₂₁"
    list(chart.missing() or ())
    n = lesson.navigator.course.iteration(lesson.position.step)
    assert plotter.present_chart(lesson.navigator).numbers == [lesson.navigator.timeline.weights(n + 1)[0][1, 1]]
    assert lesson.controllers.pressed("x")
    assert lesson.workspace.tool is inspected


@pytest.mark.parametrize(("kind", "drawn"), [("slope", "z"), ("sum", "gradient"), ("velocity", "update"), ("weight", "update")])
def test_a_number_without_a_history_of_its_own_shows_the_one_that_goes_with_it(kind, drawn):
    lesson = FakeLesson(XOR, step=LATE)
    lesson.controllers.tools.open(Inspector(Cell(kind, 1, 2, 1), histories=lesson.workspace.kept_plot))
    lesson.do("cursor")
    assert lesson.workspace.tool.plot_view.followed == Cell(drawn, 1, 2, 1)


def test_the_history_of_the_number_fills_the_box():
    lesson = WindowlessLesson(XOR, LATE)
    lesson.inspect()
    assert "moved last by" in lesson.text()
    assert "at the start" in lesson.text()


@pytest.mark.parametrize(
    ("step", "size", "panels"), [("1:1:input", (80, 24), "cost data"), ("1:1:delta:2:1", (120, 40), "cost sigmoid data")]
)
def test_before_there_is_a_history_plot_and_data_stay_below(step, size, panels):
    lesson = FakeLesson(XOR, step=XOR.course.parse(step))
    lesson.do("inspect")
    top = next(line for line in lesson.paint(*size) if "╮╭─ data ─" in line)
    assert [word for word in ("cost", "sigmoid", "data") if word in top] == panels.split()


def test_changes_since_the_start_tell_which_weight_moved_most():
    lesson = FakeLesson(XOR, step=LATE)
    for _ in range(3):
        lesson.do("since")
    assert lesson.words == "changes since the start: w⁰₁₂ moved most, by +0.5578; c goes on"
    view = lesson.workspace.view(lesson.navigator)
    assert view.before(view.moved[0].cell) == view.moved[0].start
    lesson.do("since")
    assert lesson.workspace.view(lesson.navigator).first is None


@examples(30)
@given(scenarios(most_epochs=3), st.data())
def test_tab_and_enter_never_go_in_circles(scenario, data):
    step = data.draw(st.integers(0, scenario.course.last))
    lesson = WindowlessLesson(scenario, step)
    lesson.inspect()
    seen = {lesson.cell}
    for _ in range(12):
        left = [cell for cell in terms(inspect(lesson.frame(), lesson.cell)) if cell not in seen]
        if not left:
            return
        lesson.press("tab")
        lesson.press("enter")
        assert lesson.cell == left[0]
        seen.add(lesson.cell)


@pytest.mark.parametrize("digits", [4, 9, 13, 17])
@pytest.mark.parametrize("cells", [60, 64, 70, 79, 80, 100, 200])
def test_beside_the_weights_that_moved_most_the_plot_has_room_however_long_their_numbers_are(digits, cells):
    scenario = load("tanh-relu")
    lesson = WindowlessLesson(scenario, 2 * scenario.course.length, DisplayOptions(Numerals(digits), since="start"))
    text = lesson.text(cells, 40)
    lines = text.splitlines()
    assert {cell_len(line) for line in lines[2:-1] if line.startswith(("╭", "│", "╰"))} <= {cells}
    (top,) = (line for line in lines if "moved most since the start" in line)
    assert top.index("╭─ moved") >= 16, "the plot has a panel beside it"
    (moved,) = (line for line in lines[lines.index(top) :] if "w²₁₀" in line)
    assert moved.rstrip().endswith("│"), "no number is cut off by the border"
    change, now = moved.rpartition("│")[0].split()[-2:]
    assert float(now) == pytest.approx(float(change), rel=1e-3), "its start is 0"
