"""The network as a graph, as in Fig. 1 and Fig. 2 of the note: neurons, and a line for each weight.

A line is the thicker the larger |w| is in its layer, whole for a weight above zero and dashed for one below; the lines
of the weights that this step makes or uses are lit, and have their numbers where there is room.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nntui.draw.numbers import number
from nntui.draw.raster import Raster
from nntui.draw.spans import Block, Line, Role, Span, framed, left, width
from nntui.draw.view import View
from nntui.explain.equation import Cell, CellKind
from nntui.explain.names import given_name
from nntui.explain.numerals import subscript
from nntui.training.steps import Kind

LEAST_GAP = 8  # cells between two layers of neurons
LONGEST_NAME = 8
MOST_LINES = 24  # weights between two layers that are all drawn; of more, the strongest and those of this step
STRONGEST = 12
_LETTERS: tuple[tuple[Kind, CellKind, str], ...] = (("z", "z", "z"), ("a", "a", "a"), ("delta", "delta", "δ"))


Labels = dict[int, list[tuple[int, Line]]]  # by line of the picture: x, and what stands there


@dataclass(frozen=True, slots=True)
class Column:
    """The neurons of one layer: where they stand, which of them are shown, and how many lines each takes."""

    layer: int
    x: int
    size: int
    neurons: tuple[int, ...]  # 0: the constant 1 that carries the biases
    rows: tuple[int, ...]  # the line on which each neuron's own line stands
    lines: int
    total: int


def graph_block(view: View, cells: int, height: int) -> Block:
    """The graph in a frame of cells × height; layers and neurons that do not fit scroll round the present ones."""
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
    legend = (Span("  ━ w > 0  ", "dim"), Span("╌ w < 0", "dim"))
    foot = " · ".join(words for words in (shown, *hidden[:1], strongest) if words)
    return framed((Span("the network", "strong"), *legend), body, cells, height, foot=foot)


def _cut(column: Column) -> bool:
    return len(column.neurons) - (0 in column.neurons) < column.total


# --- where things stand


def _columns(view: View, inner: int, lines: int) -> list[Column]:
    sizes = view.frame.scenario.network.sizes
    size = _node_width(view)
    count = min(max((inner + LEAST_GAP) // (size + LEAST_GAP), 2), len(sizes))
    present = view.frame.moment.layer
    first = min(max(present - count // 2, 0), len(sizes) - count)
    gap = (inner - 2 - count * size) // max(count - 1, 1)
    return [_column(view, first + n, 1 + n * (size + gap), size, lines) for n in range(count)]


def _node_width(view: View) -> int:
    """Name, letter and number."""
    scenario = view.frame.scenario
    names = [name for layer in (scenario.input_names, *scenario.neuron_names) for name in layer]
    return min(max([len(name) for name in names], default=2), LONGEST_NAME) + 3 + view.numerals.cell


def _column(view: View, layer: int, x: int, size: int, lines: int) -> Column:
    network = view.frame.scenario.network
    total = network.sizes[layer]
    bias = layer < len(network.layers) and network.layers[layer].biases
    room = lines - 1 if bias else lines
    count = min(total, room)
    moment = view.frame.moment
    present = moment.neuron if moment.layer == layer and moment.neuron else 1
    first = min(max(present - count // 2, 1), total - count + 1)
    each = min(max(room // count, 1), 3) if layer else 1
    rows = tuple(int((k + 0.5) * room / count) for k in range(count))
    neurons = tuple(range(first, first + count))
    return Column(layer, x, size, (*neurons, 0) if bias else neurons, (*rows, lines - 1) if bias else rows, each, total)


# --- lines


def _edges(view: View, raster: Raster, lower: Column, upper: Column) -> None:
    """The weights between two columns, those that matter to this step last, so that nothing covers them."""
    matrix = view.frame.weights_before(upper.layer)
    pairs = [(k, yk, j, yj) for k, yk in _places(upper) if k for j, yj in _places(lower)]
    finite = [abs(float(matrix[k - 1][j])) for k, _, j, _ in pairs if abs(float(matrix[k - 1][j])) < float("inf")]
    largest = max(finite, default=0.0) or 1.0
    drawn = sorted(pairs, key=lambda pair: (_rank(view, upper.layer, pair[0], pair[2]), abs(matrix[pair[0] - 1][pair[2]])))
    if len(drawn) > MOST_LINES:
        quiet = [pair for pair in drawn if not _rank(view, upper.layer, pair[0], pair[2])]
        drawn = [*quiet[-STRONGEST:], *drawn[len(quiet) :]]
    start, end = lower.x + lower.size + 1, upper.x - 1
    for k, yk, j, yj in drawn:
        weight = float(matrix[k - 1][j])
        role = _role(view, upper.layer, k, j, weight)
        thick = 1 + min(int(abs(weight) / largest * 3), 2) if abs(weight) < float("inf") else 3
        raster.line((start, yj + 0.5), (end, yk + 0.5), role, thick, weight < 0.0)


def _places(column: Column) -> Iterator[tuple[int, int]]:
    return zip(column.neurons, column.rows, strict=True)


def _rank(view: View, layer: int, neuron: int, sender: int) -> int:
    cells = _weight_cells(layer, neuron, sender)
    return 2 if any(cell in view.lit for cell in cells) else 1 if any(cell in view.sources for cell in cells) else 0


def _weight_cells(layer: int, neuron: int, sender: int) -> tuple[Cell, Cell, Cell]:
    kinds: tuple[CellKind, CellKind, CellKind] = ("new", "gradient", "weight")
    one, two, three = (Cell(kind, layer, neuron, sender) for kind in kinds)
    return one, two, three


def _role(view: View, layer: int, neuron: int, sender: int, weight: float) -> Role:
    rank = _rank(view, layer, neuron, sender)
    quiet: Role = "minus" if weight < 0.0 else "past"
    return "present" if rank == 2 else "tangent" if rank == 1 else quiet


# --- numbers


def _labels(view: View, columns: list[Column]) -> Labels:
    """The numbers of the lit lines, by row of the picture: (x, spans), where they cover nothing but lines."""
    labels: Labels = {}
    size = view.numerals.cell
    for lower, upper in pairwise(columns):
        gap = upper.x - 1 - lower.x - lower.size
        lit = [
            (cell, yj, yk)
            for k, yk in _places(upper)
            if k
            for j, yj in _places(lower)
            for cell in _weight_cells(upper.layer, k, j)
            if cell in view.lit or (cell in view.sources and cell.kind == "weight")
        ]
        if gap < size + 6 or len(lit) > MOST_LINES:
            continue
        many_receivers = len({cell.neuron for cell, _, _ in lit}) > 1
        for cell, yj, yk in lit:
            share = 0.72 if many_receivers else 0.28
            x = lower.x + lower.size + int(gap * share) - size // 2
            y = int(yj + 0.5 + (yk - yj) * share)
            spot = labels.setdefault(y, [])
            if all(abs(x - other) > size for other, _ in spot):
                spot.append((x, number(view, cell, _value(view, cell), size)))
    return labels


def _value(view: View, cell: Cell) -> float:
    frame = view.frame
    match cell.kind:
        case "new":
            row = frame.weights_after(cell.layer)[cell.neuron - 1]
        case "gradient":
            row = frame.gradient_row(cell.layer, cell.neuron)
        case _:
            row = frame.weights_before(cell.layer)[cell.neuron - 1]
    return float(row[cell.sender])


def _row(
    view: View, raster: Raster, columns: list[Column], labels: dict[int, list[tuple[int, Line]]], y: int, cells: int
) -> Line:
    """One line of the picture: nodes and labels over the lines."""
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


def _node_line(view: View, column: Column, y: int) -> Line:
    """What stands of a neuron in a line: its name and a letter with its number."""
    for neuron, row in _places(column):
        offset = y - row + (column.lines - 1) // 2 if neuron else y - row
        if neuron == 0 and offset == 0:
            return (Span(left("", column.size - 2)), Span("1 ", "dim"))
        if neuron and 0 <= offset < column.lines:
            return _number_line(view, column, neuron, offset)
    return ()


def _number_line(view: View, column: Column, neuron: int, offset: int) -> Line:
    frame, layer = view.frame, column.layer
    name_room = column.size - 2 - view.numerals.cell - 1
    own = offset == (column.lines - 1) // 2
    given = given_name(frame.scenario, layer, neuron) or (f"x{subscript(neuron)}" if layer == 0 else str(neuron))
    name = Span(left(given if own else "", name_room) + " ", "strong" if _is_here(view, layer, neuron) else "plain")
    if layer == 0:
        value = frame.a(0, neuron)
        return (name, Span("  ", "dim"), *number(view, Cell("x", 0, neuron), value, view.numerals.cell))
    kind, cell_kind, letter = _shown(view, layer, neuron, column.lines)[offset]
    read = {"z": frame.z, "a": frame.a, "delta": frame.delta}[kind]
    known = read(layer, neuron) if frame.knows(kind, layer, neuron) else None
    return (name, Span(f"{letter} ", "dim"), *number(view, Cell(cell_kind, layer, neuron), known, view.numerals.cell))


def _shown(view: View, layer: int, neuron: int, lines: int) -> tuple[tuple[Kind, CellKind, str], ...]:
    """Which of z, a and δ stand there: all three, a and δ, or the last that is known."""
    if lines == 3:
        return _LETTERS
    if lines == 2:
        return _LETTERS[1:]
    known = [entry for entry in _LETTERS if view.frame.knows(entry[0], layer, neuron)]
    return (known[-1] if known else _LETTERS[0],)


def _is_here(view: View, layer: int, neuron: int) -> bool:
    moment = view.frame.moment
    return (moment.layer, moment.neuron) == (layer, neuron)
