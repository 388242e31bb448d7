"""The data: the row one is at, and its neighbours."""

from rich.cells import cell_len

from nntui.draw.numbers import marked
from nntui.draw.spans import Block, Line, Span, framed, left, right
from nntui.draw.view import View
from nntui.explain.equation import Cell
from nntui.explain.names import given_name
from nntui.explain.numerals import brief, subscript

MOST = 8  # cells of a column
SAMPLE = 20  # rows that tell how wide the columns are


def data_panel(view: View, cells: int, height: int) -> Block:
    """Rows of x and y in cells × height, the present one marked and kept in sight."""
    scenario = view.frame.scenario
    inner, room = cells - 2, height - 3
    present = view.frame.row
    first = min(max(present - room // 2, 1), max(scenario.points - room + 1, 1))
    rows = range(first, min(first + room, scenario.points + 1))
    label = len(str(scenario.points)) + 3
    heads, table, widths = _columns(view, rows)
    top = len(scenario.network.layers)
    kept = _kept(widths, scenario.network.inputs, inner - label)
    lines: list[Line] = [(Span(left(" row", label) + "".join(_head(heads, widths, kept)), "dim"),)]
    for row, texts in zip(rows, table, strict=True):
        here = row == present
        line = [Span((" ▸ " if here else "   ") + left(str(row), label - 3), "accent" if here else "dim")]
        for column in kept:
            if column < 0:
                line.append(Span(" …", "dim"))
                continue
            number = column + 1
            is_x = column < scenario.network.inputs
            cell = Cell("x", 0, number) if is_x else Cell("y", top, number - scenario.network.inputs)
            text = right(texts[column], widths[column] + 1)
            role = view.role(cell, "plain") if here else "dim"
            line += marked(text, "source" if role == "lit" else role, cell) if here else [Span(text, role)]
        lines.append(tuple(line))
    foot = f"{first}–{rows[-1]} of {scenario.points}" if len(rows) < scenario.points else ""
    return framed((Span("data", "strong"),), lines, cells, height, foot=foot)


def _head(heads: list[str], widths: list[int], kept: list[int]) -> list[str]:
    return [" …" if column < 0 else right(heads[column], widths[column] + 1) for column in kept]


def _values(view: View, row: int) -> list[str]:
    scenario = view.frame.scenario
    return [brief(value) for value in (*scenario.x[row - 1].tolist(), *scenario.y[row - 1].tolist())]


def _kept(widths: list[int], inputs: int, room: int) -> list[int]:
    """The columns that fit: all, or the first inputs, a gap (−1), and the outputs as far as they go."""
    if sum(widths) + len(widths) <= room:
        return list(range(len(widths)))
    outputs: list[int] = []
    left_over = room - 2
    for column in range(inputs, len(widths)):
        if widths[column] + 1 > left_over // 2 and outputs:
            break
        outputs.append(column)
        left_over -= widths[column] + 1
    shown: list[int] = []
    for column in range(inputs):
        if widths[column] + 1 > left_over:
            break
        shown.append(column)
        left_over -= widths[column] + 1
    return [*shown, -1, *outputs]


def _columns(view: View, rows: range) -> tuple[list[str], list[list[str]], list[int]]:
    """Heads, texts row by row, and the room each column takes."""
    scenario = view.frame.scenario
    inputs, outputs = scenario.network.inputs, scenario.network.outputs
    heads = [given_name(scenario, 0, j) or f"x{subscript(j)}" for j in range(1, inputs + 1)]
    heads += [f"y{subscript(k)}" if outputs > 1 else "y" for k in range(1, outputs + 1)]
    table = [_values(view, row) for row in rows]
    widths = [min(max(map(cell_len, column)), MOST) for column in zip(heads, *table, strict=True)]
    return heads, table, widths


def data_width(view: View, cells: int) -> int:
    """What the panel can use, at most a third of the screen and at least 20."""
    points = view.frame.scenario.points
    widths = _columns(view, range(1, min(points, SAMPLE) + 1))[2]
    return max(min(2 + len(str(points)) + 3 + sum(widths) + len(widths) + 1, cells // 3), 20)
