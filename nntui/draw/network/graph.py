"""The network as a graph, as in Fig. 1 and Fig. 2 of the note: neurons, and a line for each weight.

The larger |w| is in its layer, the thicker is its line; it is solid for a positive weight and dashed for a negative one.
The lines of the weights that this step computes or uses are lit, and have their numbers if there is room.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from nntui.draw.base.braille import Raster
from nntui.draw.base.numbers import number
from nntui.draw.base.spans import Block, Line, Role, Span, first_visible, framed, left, right, width
from nntui.draw.base.view import View
from nntui.explain.equations.cells import OF_WEIGHT, known, value_of
from nntui.explain.equations.equation import Cell
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import subscript
from nntui.training.steps import KIND_CARDS, Kind

LEAST_GAP = 8  # cells between two layers of neurons
LONGEST_NAME = 8
MOST_LINES = 24  # weights between two layers that are all drawn; of more, only the STRONGEST and those of this step
STRONGEST = 12
THICKEST = 3  # dots
WEIGHTS = OF_WEIGHT
_OF_NEURON: tuple[Kind, ...] = ("z", "a", "delta")


Labels = dict[int, list[tuple[int, Line]]]  # by line of the picture: x, and the text there


@dataclass(frozen=True, slots=True)
class LayerColumn:
    """The neurons of one layer: their place, which of them are shown, and the lines of each."""

    layer: int
    x: int
    size: int
    neurons: tuple[int, ...]  # 0: the constant 1 that carries the biases
    rows: tuple[int, ...]  # for each neuron the line of the picture with its name
    lines: int
    total: int


def graph_block(view: View, cells: int, height: int) -> Block:
    """The graph in a frame of cells × height; layers and neurons that do not fit scroll with the present ones."""
    inner, lines = cells - 2, height - 2
    columns = _columns(view, inner, lines)
    raster = Raster(inner, lines)
    for lower, upper in pairwise(columns):
        _edges(view, raster, lower, upper)
    labels = _labels(view, columns)
    body = [_row(view, raster, columns, labels, y, inner) for y in range(lines)]
    top = len(view.frame.course.units)
    some = [upper for lower, upper in pairwise(columns) if len(lower.neurons) * len(upper.neurons) > MOST_LINES]
    strongest = f"the {STRONGEST} strongest weights of each layer" if some else ""
    shown = f"layers {columns[0].layer}–{columns[-1].layer} of {top}" if len(columns) <= top else ""
    hidden = [f"{len(c.neurons) - (0 in c.neurons)} of {c.total} neurons of layer {c.layer}" for c in columns if _cut(c)]
    legend = [Span("  ━ w > 0  ", "past"), Span("╌ w < 0", "minus")]
    legend += [Span("  thicker: larger |w|", "dim")] if cells >= 60 else []
    feet = [" · ".join(words for words in (shown, *cut, strongest) if words) for cut in (hidden, hidden[:1])]
    foot = next((text for text in (*feet, shown) if len(text) <= inner - 4), "")
    return framed((Span("the network", "strong"), *legend), body, cells, height, foot=foot)


def graph_height(view: View) -> int:
    """The height that the graph can use: six lines for each neuron, and one for the biases."""
    return 3 + 6 * max(view.frame.scenario.network.sizes)


def _cut(column: LayerColumn) -> bool:
    return len(column.neurons) - (0 in column.neurons) < column.total


# --- places


def _columns(view: View, inner: int, lines: int) -> list[LayerColumn]:
    sizes = view.frame.scenario.network.sizes
    size = _node_width(view)
    count = min(max((inner + LEAST_GAP) // (size + LEAST_GAP), 2), len(sizes))
    present = (view.cursor or view.frame.moment).layer
    first = first_visible(present, count, len(sizes))
    gap = (inner - 2 - count * size) // max(count - 1, 1)
    return [_column(view, first + n, 1 + n * (size + gap), size, lines) for n in range(count)]


def _node_width(view: View) -> int:
    """The width of name, letter and number."""
    scenario = view.frame.scenario
    names = [name for layer in (scenario.input_names, *scenario.neuron_names) for name in layer]
    return min(max([len(name) for name in names], default=2), LONGEST_NAME) + 3 + view.cell


def _column(view: View, layer: int, x: int, size: int, lines: int) -> LayerColumn:
    network = view.frame.scenario.network
    total = network.sizes[layer]
    bias = layer < len(network.layers) and network.layers[layer].biases
    room = lines - 1 if bias else lines
    count = min(total, room)
    present = _present(view, layer)
    first = first_visible(present - 1, count, total) + 1
    each = min(max(room // count, 1), 3) if layer else 1
    rows = tuple(int((k + 0.5) * room / count) for k in range(count))
    neurons = tuple(range(first, first + count))
    return LayerColumn(layer, x, size, (*neurons, 0) if bias else neurons, (*rows, lines - 1) if bias else rows, each, total)


def _present(view: View, layer: int) -> int:
    """The neuron that must be visible: the inspected one, the sender of an inspected weight, or else that of the step."""
    cursor, moment = view.cursor, view.frame.moment
    if cursor is not None and cursor.layer == layer and cursor.neuron:
        return cursor.neuron
    if cursor is not None and cursor.kind in WEIGHTS and cursor.layer == layer + 1 and cursor.sender:
        return cursor.sender
    return moment.neuron if moment.layer == layer and moment.neuron else 1


# --- lines


def _edges(view: View, raster: Raster, lower: LayerColumn, upper: LayerColumn) -> None:
    """Draws the weights between two columns, those of this step last, so that nothing covers them."""
    matrix = view.frame.weights_before(upper.layer).tolist()
    pairs = [(k, yk, j, yj) for k, yk in _places(upper) if k for j, yj in _places(lower)]
    finite = [abs(matrix[k - 1][j]) for k, _, j, _ in pairs if abs(matrix[k - 1][j]) < inf]
    largest = max(finite, default=0.0) or 1.0
    ranks = _ranks(view, upper.layer)
    drawn = sorted(pairs, key=lambda pair: (ranks.get((pair[0], pair[2]), 0), abs(matrix[pair[0] - 1][pair[2]])))
    if len(drawn) > MOST_LINES:
        quiet = [pair for pair in drawn if (pair[0], pair[2]) not in ranks]
        drawn = [*quiet[-STRONGEST:], *drawn[len(quiet) :]]
    start, end = lower.x + lower.size + 1, upper.x - 1
    for k, yk, j, yj in drawn:
        weight = matrix[k - 1][j]
        role = _role(ranks.get((k, j), 0), weight)
        thick = 1 + min(int(abs(weight) / largest * THICKEST), THICKEST - 1) if abs(weight) < inf else THICKEST
        raster.line((start, yj + 0.5), (end, yk + 0.5), role, thick, weight < 0.0)


def _places(column: LayerColumn) -> Iterator[tuple[int, int]]:
    return zip(column.neurons, column.rows, strict=True)


def _ranks(view: View, layer: int) -> dict[tuple[int, int], int]:
    """(neuron, sender) → 1 for weights into a layer that this step uses, 2 for those it computes, 3 for the inspected one."""
    ranks: dict[tuple[int, int], int] = {}
    pointed = view.pointed(layer, *WEIGHTS)
    for rank, cells in ((1, view.sources), (2, view.lit), (3, (pointed,) if pointed else ())):
        ranks |= {(cell.neuron, cell.sender): rank for cell in cells if cell.layer == layer and cell.kind in WEIGHTS}
    return ranks


def _role(rank: int, weight: float) -> Role:
    quiet: Role = "minus" if weight < 0.0 else "past"
    return "present" if rank > 1 else "tangent" if rank else quiet


# --- numbers


def _labels(view: View, columns: list[LayerColumn]) -> Labels:
    """The numbers of the lit lines, placed so that they cover lines only."""
    labels: Labels = {}
    size = view.cell
    for lower, upper in pairwise(columns):
        gap = upper.x - 1 - lower.x - lower.size
        rows = dict(_places(upper)), dict(_places(lower))
        lit = [
            (cell, rows[1][cell.sender], rows[0][cell.neuron])
            for cell in _numbered(view, upper.layer)
            if cell.neuron in rows[0] and cell.sender in rows[1]
        ]
        if len(lit) > MOST_LINES or gap < size + 6:
            lit = [entry for entry in lit if entry[0] == view.cursor and gap >= size]
        many_receivers = len({cell.neuron for cell, _, _ in lit}) > 1
        for cell, yj, yk in lit:
            share = 0.72 if many_receivers else 0.28
            x = lower.x + lower.size + int(gap * share) - size // 2
            y = int(yj + 0.5 + (yk - yj) * share)
            spot = labels.setdefault(y, [])
            if all(abs(x - other) > size for other, _ in spot):
                spot.append((x, number(view, cell, value_of(view.frame, cell) if known(view.frame, cell) else None, size)))
    return labels


def _numbered(view: View, layer: int) -> list[Cell]:
    """The weights into a layer whose number is shown: inspected, computed or used by this step; each place once."""
    pointed = view.pointed(layer, *WEIGHTS)
    used = [cell for cell in view.sources if cell.kind == "weight"]
    found: dict[tuple[int, int], Cell] = {}
    for cell in (*((pointed,) if pointed else ()), *view.lit, *used):
        if cell.layer == layer and cell.kind in WEIGHTS:
            found.setdefault((cell.neuron, cell.sender), cell)
    return sorted(found.values(), key=lambda cell: (cell != pointed, cell.neuron, cell.sender == 0, cell.sender))


def _row(
    view: View, raster: Raster, columns: list[LayerColumn], labels: dict[int, list[tuple[int, Line]]], y: int, cells: int
) -> Line:
    """One line of the picture: nodes and labels cover the lines of the weights."""
    pieces = [(column.x, _node_line(view, column, y)) for column in columns]
    pieces = sorted([(x, piece) for x, piece in (*pieces, *labels.get(y, ())) if piece], key=lambda piece: piece[0])
    line: list[Span] = []
    at = 0
    for x, piece in pieces:
        if x < at:
            continue
        line += [*raster.spans(y, at, x), *piece]
        at = x + width(piece)
    return (*line, *raster.spans(y, at, cells))


def _node_line(view: View, column: LayerColumn, y: int) -> Line:
    """The part of a neuron in a line: its name, and a letter with its number."""
    for neuron, row in _places(column):
        offset = y - row + (column.lines - 1) // 2 if neuron else y - row
        if neuron == 0 and offset == 0:
            return (Span(right("bias 1 ", column.size), "dim"),)
        if neuron and 0 <= offset < column.lines:
            return _number_line(view, column, neuron, offset)
    return ()


def _number_line(view: View, column: LayerColumn, neuron: int, offset: int) -> Line:
    frame, layer = view.frame, column.layer
    name_room = column.size - 2 - view.cell - 1
    own = offset == (column.lines - 1) // 2
    given = given_name(frame.scenario, layer, neuron) or (f"x{subscript(neuron)}" if layer == 0 else str(neuron))
    name = Span(left(given if own else "", name_room) + " ", "strong" if _is_here(view, layer, neuron) else "plain")
    if layer == 0:
        return (name, Span("  ", "dim"), *number(view, Cell("input", 0, neuron), frame.a(0, neuron), view.cell))
    kind = _shown(view, layer, neuron, column.lines)[offset]
    value = frame.value(kind, layer, neuron) if frame.knows(kind, layer, neuron) else None
    return (name, Span(f"{KIND_CARDS[kind].letter} ", "dim"), *number(view, Cell(kind, layer, neuron), value, view.cell))


def _shown(view: View, layer: int, neuron: int, lines: int) -> tuple[Kind, ...]:
    """Which of z, a and δ are shown: all three, a and δ, or the last that is known."""
    if lines == 3:
        return _OF_NEURON
    pointed = view.pointed(layer, "z", "a", "delta")
    if pointed is not None and pointed.neuron == neuron:
        kind = next(kind for kind in _OF_NEURON if kind == pointed.kind)
        return (kind,) if lines == 1 else ("z", "delta") if kind == "z" else ("a", "delta")
    if lines == 2:
        return ("z", "a") if Cell("z", layer, neuron) in view.lit else ("a", "delta")
    reached = [kind for kind in _OF_NEURON if view.frame.knows(kind, layer, neuron)]
    return (reached[-1] if reached else "z",)


def _is_here(view: View, layer: int, neuron: int) -> bool:
    moment = view.frame.moment
    return (moment.layer, moment.neuron) == (layer, neuron)
