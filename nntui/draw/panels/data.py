"""The panel of the data: the present row and its neighbours."""

from dataclasses import field
from functools import lru_cache

import numpy as np
from rich.cells import cell_len

from nntui.draw.base.boxes import framed, left, right
from nntui.draw.base.numbers import marked
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Block, Line, Span
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import first_visible
from nntui.draw.panels.header import WATCHED
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import FOUR, Numerals, subscript
from nntui.training.cell import Cell
from nntui.training.kinds import NumberKind
from nntui.training.scenario import Scenario
from nntui.values import dataclass

MOST_COLUMNS = 40  # of x, and of y: no screen has room for more
SAMPLE = 20  # rows from which the widths of the columns are taken
LONGEST_HEAD = 8
GAP = " …"
HELD = "□"
"""A row that is held out."""


@dataclass(frozen=True, slots=True)
class DataColumn:
    """One input or target: its cell, its head, and its numbers as text."""

    cell: Cell
    head: str
    texts: tuple[str, ...]
    width: int = field(init=False)
    """Its width in cells, with the blank before it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", 1 + max(cell_len(self.head), *map(len, self.texts)))


def data_panel(view: View, cells: int, height: int) -> Block:
    """Rows of x and y in cells × height, with the present row among them and marked; or the weights that moved most."""
    if view.first is not None:
        from nntui.draw.panels.moved import moved_panel

        return moved_panel(view, cells, height)
    scenario = view.frame.scenario
    inner, room = cells - 2, height - 3
    present = view.frame.row
    first = first_visible(present - 1, room, scenario.rows) + 1
    rows = range(first, min(first + room, scenario.rows + 1))
    label = len(str(scenario.rows)) + 3
    columns = fitting(view, tuple(rows), inner - label)
    head = "".join(GAP if column is None else right(column.head, column.width) for column in columns)
    lines: list[Line] = [(Span(left(" row", label) + head, "dim"),)]
    for index, row in enumerate(rows):
        here = row == present
        star = WATCHED if row in view.watched else HELD if scenario.is_held(row - 1) else " "
        line = [Span((" ▸" if here else "  ") + star + left(str(row), label - 3), "accent" if here else "dim")]
        for column in columns:
            line += _number(view, column, index, here)
        lines.append(tuple(line))
    foot = f"{first}–{rows[-1]} of {scenario.rows}" if len(rows) < scenario.rows else ""
    title: Line = (Span("data", "strong"), *((Span(f"  {HELD} held out", "dim"),) if scenario.trained is not None else ()))
    return framed(title, lines, cells, height, foot=foot)


def data_width(view: View, cells: int) -> int:
    """The width that the panel can use: at most a third of the screen (half with more than four digits), at least 20."""
    if view.first is not None:
        from nntui.draw.panels.moved import moved_width

        return moved_width(view, cells)
    rows = view.frame.scenario.rows
    inputs, outputs = columns_of(view.frame.scenario, view.numerals, sample(rows))
    wanted = sum(column.width for column in (*inputs, *outputs))
    return max(min(2 + len(str(rows)) + 3 + wanted + 1, cells // (3 if view.numerals.cell == FOUR.cell else 2)), 20)


def _number(view: View, column: DataColumn | None, index: int, here: bool) -> Line:
    if column is None:
        return (Span(GAP, "dim"),)
    text = right(column.texts[index], column.width)
    if not here:
        return (Span(text, "dim"),)
    role = view.role(column.cell, "plain")
    return marked(text, "source" if role == "lit" else role, column.cell)


def fitting(view: View, rows: tuple[int, ...], room: int) -> list[DataColumn | None]:
    """The columns that fit: all, or the first inputs and the first targets, with None where some are left out."""
    inputs, outputs = columns_of(view.frame.scenario, view.numerals, rows)
    network = view.frame.scenario.network
    whole = len(inputs) == network.inputs and len(outputs) == network.outputs
    if whole and sum(column.width for column in (*inputs, *outputs)) <= room:
        return [*inputs, *outputs]
    y = first_fitting(outputs, max(room // 2, room - len(GAP) - sum(column.width for column in inputs)) - len(GAP))
    y = y or first_fitting(outputs[:1], room - 2 * len(GAP))  # rather a target than an input: inputs have a panel of their own
    last: list[DataColumn | None] = [*y] if len(y) == network.outputs else [*y, None]
    used = sum(len(GAP) if column is None else column.width for column in last)
    x = first_fitting(inputs, room - used - len(GAP))
    return [*x, *([None] if len(x) < network.inputs else []), *last]


def first_fitting(columns: list[DataColumn], room: int) -> list[DataColumn]:
    """The first columns that fit into `room` cells."""
    used = 0
    for index, column in enumerate(columns):
        used += column.width
        if used > room:
            return columns[:index]
    return columns


def sample(points: int) -> tuple[int, ...]:
    """The rows from which the widths of the columns are taken."""
    return tuple(range(1, min(points, SAMPLE) + 1))


@lru_cache(maxsize=2)  # one for the sample, one for the rows shown; the cache keeps at most two scenarios alive
def columns_of(scenario: Scenario, numerals: Numerals, rows: tuple[int, ...]) -> tuple[list[DataColumn], list[DataColumn]]:
    """The columns of x and of y for some rows, from 1."""
    top = len(scenario.network.layers)
    part = np.array(rows, np.intp) - 1
    x = scenario.x[part, :MOST_COLUMNS].T.tolist()
    y = scenario.y[part, :MOST_COLUMNS].T.tolist()
    target = "y" if scenario.network.outputs == 1 else "y{}"

    def columns(cell: NumberKind, layer: int, letter: str, rows: list[list[float]]) -> list[DataColumn]:
        names = [given_name(scenario, layer, index) or letter.format(subscript(index)) for index in range(1, len(rows) + 1)]
        heads = shortened(names, LONGEST_HEAD)
        return [
            DataColumn(Cell(cell, layer, index), head, tuple(map(numerals.brief, values)))
            for index, (head, values) in enumerate(zip(heads, rows, strict=True), start=1)
        ]

    return columns("input", 0, "x{}", x), columns("y", top, target, y)
