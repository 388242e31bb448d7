"""A cursor over the panels: four arrows, always from a number to a number, and from any to any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.equations.cells import exists, known
from nntui.explain.equations.cursor import DIRECTIONS, lit_cell, neighbour
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.explain.test_inspect import all_cells
from tests.scenes import frame, scene
from tests.strategies import examples, scenarios

TWO = load("two-by-two")


def laid_out(shown):
    """The cells of the panels: a new weight only once it is known."""
    return {cell for cell in all_cells(shown) if cell.kind != "update" or known(shown, cell)}


def reachable(start, arrows):
    seen, waiting = {start}, [start]
    while waiting:
        for cell in arrows[waiting.pop()]:
            if cell not in seen:
                seen.add(cell)
                waiting.append(cell)
    return seen


@examples(60)
@given(scenarios(most_points=2, most_epochs=2), st.data())
def test_every_number_is_reached_from_every_other_and_from_the_lit_one(scenario, data):
    timeline = Timeline(scenario)
    shown = timeline.frame(data.draw(st.integers(0, timeline.course.last)))
    cells = laid_out(shown)
    start = lit_cell(shown)
    assert start in cells
    forward = {cell: [neighbour(shown, cell, direction) for direction in DIRECTIONS] for cell in cells}
    assert {cell for near in forward.values() for cell in near} <= cells
    back = {cell: [other for other in cells if cell in forward[other]] for cell in cells}
    assert reachable(start, forward) == cells, "from the lit one to all"
    assert reachable(start, back) == cells, "and from all to the lit one"


@examples(30)
@given(scenarios(most_points=1, most_epochs=1), st.data())
def test_from_a_cell_that_is_not_laid_out_too(scenario, data):
    """A step back may hide the new weight that a cursor stands on."""
    timeline = Timeline(scenario)
    shown = timeline.frame(data.draw(st.integers(0, timeline.course.last)))
    for cell in all_cells(shown):
        for direction in DIRECTIONS:
            assert exists(shown, neighbour(shown, cell, direction))


def way(shown, cell, directions):
    for direction in directions.split():
        cell = neighbour(shown, cell, direction)
    return cell


@pytest.mark.parametrize(
    ("address", "start", "directions", "end"),
    [
        ("1:1:z:1:1", Cell("z", 1, 1), "right", Cell("a", 1, 1)),
        ("1:1:z:1:1", Cell("z", 1, 1), "right right right", Cell("delta", 1, 1)),
        ("1:1:z:1:1", Cell("delta", 1, 1), "right", Cell("z", 2, 1)),
        ("1:1:z:1:1", Cell("z", 2, 2), "left", Cell("delta", 1, 2)),
        ("1:1:z:1:1", Cell("delta", 2, 2), "right", Cell("y", 2, 2)),
        ("1:1:z:1:1", Cell("y", 2, 2), "right", Cell("cost", 2)),
        ("1:1:z:1:1", Cell("cost", 2), "right up down", Cell("cost", 2)),
        ("1:1:z:1:1", Cell("cost", 2), "left", Cell("y", 2, 1)),
        ("1:1:z:1:1", Cell("z", 1, 2), "left", Cell("input", 0, 2)),
        ("1:1:z:1:1", Cell("input", 0, 2), "down left", Cell("input", 0, 2)),
        ("1:1:z:1:1", Cell("input", 0, 2), "right", Cell("z", 1, 2)),
        ("1:1:z:1:1", Cell("z", 1, 1), "up", Cell("z", 1, 1)),
        ("1:1:z:1:1", Cell("a", 1, 2), "down", Cell("weight", 1, 1, 2)),
        ("1:1:z:1:1", Cell("delta", 1, 2), "down", Cell("weight", 1, 1, 0)),
        ("1:1:z:1:1", Cell("weight", 1, 1, 2), "right", Cell("weight", 1, 1, 0)),
        ("1:1:z:1:1", Cell("weight", 1, 1, 0), "right", Cell("weight", 2, 1, 1)),
        ("1:1:z:1:1", Cell("weight", 2, 1, 1), "left", Cell("weight", 1, 1, 0)),
        ("1:1:z:1:1", Cell("weight", 1, 2, 1), "left", Cell("input", 0, 2)),
        ("1:1:z:1:1", Cell("weight", 1, 1, 1), "down", Cell("gradient", 1, 1, 1)),
        ("1:1:z:1:1", Cell("gradient", 1, 1, 1), "down", Cell("weight", 1, 2, 1)),
        ("1:1:z:1:1", Cell("weight", 1, 1, 1), "up", Cell("z", 1, 2)),
        ("1:1:z:1:1", Cell("update", 1, 1, 1), "down", Cell("gradient", 1, 1, 1)),
        ("1:1:update:1:1", Cell("weight", 1, 1, 1), "down", Cell("update", 1, 1, 1)),
        ("1:1:update:1:1", Cell("update", 1, 1, 1), "down", Cell("gradient", 1, 1, 1)),
        ("1:1:update:1:1", Cell("gradient", 1, 2, 1), "down", Cell("gradient", 1, 2, 1)),
        ("1:1:update:2:1", Cell("update", 2, 1, 1), "left", Cell("weight", 1, 1, 0)),
    ],
)
def test_where_an_arrow_leads(address, start, directions, end):
    assert way(frame(TWO, address), start, directions) == end


@pytest.mark.parametrize(
    ("address", "cell"),
    [
        ("start", Cell("input", 0, 1)),
        ("1:1:z:2:1", Cell("z", 2, 1)),
        ("1:1:cost", Cell("cost", 2)),
        ("1:1:delta:1:2", Cell("delta", 1, 2)),
        ("1:1:gradient:2:2", Cell("gradient", 2, 2, 1)),
        ("1:1:update:2:2", Cell("update", 2, 2, 1)),
    ],
)
def test_a_cursor_begins_at_the_lit_number(address, cell):
    assert lit_cell(frame(TWO, address)) == cell


def test_no_arrow_leads_to_a_bias_or_a_slope_that_is_not_there():
    softmax = scene([(2, "softmax", False)], [[[0, 1.0], [0, -1.0]]], [1.0], [1.0, 0.0], cost="cross_entropy")
    shown = frame(softmax, "start")
    assert way(shown, Cell("a", 1, 1), "right") == Cell("delta", 1, 1)
    assert way(shown, Cell("weight", 1, 1, 1), "right") == Cell("cost", 1)
