"""The network as panels of layers, left to right as the signal flows.

A layer panel is two grids over the same neurons: z, a, δ (σ′, y where there is room) and the weights into each
neuron. A weight row has a second line where height allows: its gradient once known, and on its update step the new
weights under the old. Where there is less room the rows scroll round the neuron one is at, and wide rows of weights
become a strip of shaded cells.
"""

from dataclasses import dataclass

from rich.cells import cell_len

from nntui.draw.numbers import marked, number
from nntui.draw.spans import Block, Line, Role, Span, beside, framed, left, right
from nntui.draw.strip import strip
from nntui.draw.view import View
from nntui.engine.arithmetic import Array
from nntui.explain.equation import Cell, CellKind
from nntui.explain.names import given_name
from nntui.explain.numerals import subscript, superscript

CELL = 9  # room of one number, its space included
LABEL = 2
MOST_ROWS = 40  # where height is not limited
NARROWEST = 2 + 2 + 3 * (CELL - 1)


@dataclass(frozen=True, slots=True)
class Rows:
    """Which neurons of a layer are shown, and whether each has a line for its gradient."""

    first: int
    count: int
    total: int
    double: bool

    @property
    def neurons(self) -> range:
        """The neurons shown, from 1."""
        return range(self.first, self.first + self.count)

    @property
    def foot(self) -> str:
        """What the lower border says when rows are left out."""
        return f"{self.first}–{self.first + self.count - 1} of {self.total}" if self.count < self.total else ""


def needed_height(view: View) -> int:
    """Lines that the tallest panel takes when nothing is left out."""
    tallest = max(view.frame.course.units)
    grids = 2 + 3 * tallest if 2 + 3 * tallest <= MOST_ROWS else 2 + 2 * tallest
    return 2 + min(max(grids, 1 + view.frame.scenario.network.inputs), MOST_ROWS)


def network_block(view: View, cells: int, height: int) -> Block:
    """All panels side by side in cells × height; layers that do not fit scroll round the present one."""
    inputs = input_width(view, cells)
    top = len(view.frame.course.units)
    present = max(view.frame.moment.layer, 1)
    shown = _fitting(view, cells - inputs)
    first = min(max(present - shown // 2, 1), top - shown + 1)
    with_input = first == 1
    room = cells - inputs if with_input else cells
    widths = _shares(view, range(first, first + shown), room)
    blocks: list[tuple[Block, int]] = []
    if with_input:
        blocks.append((input_panel(view, inputs, height), inputs))
    for layer, share in zip(range(first, first + shown), widths, strict=True):
        hidden = (first - 1 if layer == first and not with_input else 0, top - layer if layer == first + shown - 1 else 0)
        blocks.append((layer_panel(view, layer, share, height, hidden), share))
    return beside(blocks)


def _fitting(view: View, room: int) -> int:
    """How many layers stand side by side: as many as have room for their numbers, and two where two fit at all."""
    top = len(view.frame.course.units)
    widest = max(_wanted(view, layer) for layer in range(1, top + 1))
    return min(max(room // widest, min(room // NARROWEST, 2), 1), top)


def _shares(view: View, layers: range, room: int) -> list[int]:
    """Widths of the panels: each what it can use, the rest shared evenly."""
    wanted = [_wanted(view, layer) for layer in layers]
    total = sum(wanted)
    if total >= room:
        equal = [room // len(wanted)] * len(wanted)
        spare = room - sum(equal)
        return [share + (1 if index < spare else 0) for index, share in enumerate(equal)]
    extra, spare = divmod(room - total, len(wanted))
    return [share + extra + (1 if index < spare else 0) for index, share in enumerate(wanted)]


def _wanted(view: View, layer: int) -> int:
    columns = max(view.frame.scenario.network.blocks[layer - 1].inputs + 1, 4)
    return max(2 + LABEL + CELL * min(columns, 6), NARROWEST)


# --- the input


def input_width(view: View, cells: int) -> int:
    """The input panel takes what its names and numbers need, at most a quarter."""
    names = [given_name(view.frame.scenario, 0, j) for j in range(1, view.frame.scenario.network.inputs + 1)]
    return min(max(4 + max(max((len(name) for name in names), default=0), 2) + CELL - 1, 14), cells // 4)


def input_panel(view: View, cells: int, height: int) -> Block:
    """x of the data point."""
    inner = cells - 2
    values = view.frame.iteration.x.tolist()
    room = height - 3
    shown = values if len(values) <= room else values[:room]
    lines: list[Line] = [(Span(right("a⁰", inner - 1), "dim"),)]
    for j, value in enumerate(shown, start=1):
        name = given_name(view.frame.scenario, 0, j) or f"x{subscript(j)}"
        lines.append(
            (Span(" " + left(name, inner - CELL - 1), "dim"), *number(view, Cell("x", 0, j), value, CELL - 1), Span(" "))
        )
    foot = f"1–{len(shown)} of {len(values)}" if len(shown) < len(values) else ""
    return framed((Span("input", "strong"),), lines, cells, height, view.frame.moment.kind == "input", foot)


# --- a layer


def layer_panel(view: View, layer: int, cells: int, height: int, hidden: tuple[int, int] = (0, 0)) -> Block:
    """One layer in cells × height. hidden: how many layers are left out before and after it."""
    frame = view.frame
    rows = _rows(view, layer, height - 2)
    inner = cells - 2
    lines = _neuron_grid(view, layer, rows, inner)
    used = len(lines) + 1 + rows.count * (2 if rows.double else 1)
    if used < height - 2:
        lines.append(())
    lines += _weight_grid(view, layer, rows, inner)
    name = frame.scenario.network.layers[layer - 1].activation
    title: list[Span] = [Span(f"◂{hidden[0]} ", "accent")] if hidden[0] else []
    title += [Span(f"layer {layer}", "strong"), Span(f" {name}", "dim")]
    title += [Span(f" {hidden[1]}▸", "accent")] if hidden[1] else []
    moment = frame.moment
    return framed(title, lines, cells, height, layer == moment.layer and moment.kind != "input", rows.foot)


def _rows(view: View, layer: int, inner: int) -> Rows:
    total = view.frame.course.units[layer - 1]
    if 2 + 3 * total <= inner:
        return Rows(1, total, total, double=True)
    count = max(min((inner - 2) // 2, total), 1)
    moment = view.frame.moment
    present = moment.neuron if moment.layer == layer and moment.neuron else 1
    first = min(max(present - count // 2, 1), total - count + 1)
    return Rows(first, count, total, double=False)


def _label(view: View, layer: int, neuron: int, cells: int) -> Span:
    name = given_name(view.frame.scenario, layer, neuron) or str(neuron)
    return Span(" " + left(name, cells - 1), "dim")


def _label_width(view: View, layer: int, inner: int) -> int:
    """Room for the names of the neurons, if that leaves three numbers."""
    total = view.frame.course.units[layer - 1]
    longest = max(len(given_name(view.frame.scenario, layer, k) or str(k)) for k in range(1, total + 1))
    return max(min(longest + 1, inner - 3 * CELL, 12), LABEL, len(str(total)) + 1)


def _neuron_grid(view: View, layer: int, rows: Rows, inner: int) -> list[Line]:
    """z, a, σ′, δ and the target of each neuron; what there is no room for is left out, σ′ first."""
    frame = view.frame
    label = _label_width(view, layer, inner)
    columns = ["z", "a", "δ"]
    targets: list[str] = []
    size = min(CELL + 2, (inner - label) // 3)
    if layer == len(frame.course.units):
        targets = [_short(frame.y(k)) for k in rows.neurons]
        widest = max(len(text) for text in (*targets, "y"))
        size = min(CELL + 2, (inner - label - widest - 1) // 3)
        if size < CELL - 1:
            targets, size = [], min(CELL + 2, (inner - label) // 3)
    reserved = widest + 1 if targets else 0
    if frame.scenario.network.layers[layer - 1].activation != "softmax" and (inner - label - reserved) // 4 >= CELL - 1:
        columns.insert(2, "σ′")
        size = min(CELL + 2, (inner - label - reserved) // 4)
    header = "".join(right(name + (superscript(layer) if name in "zaδ" else ""), size) for name in columns)
    lines: list[Line] = [(Span(" " * label + header + (right("y", reserved) if targets else ""), "dim"),)]
    for index, k in enumerate(rows.neurons):
        line = [_label(view, layer, k, label)]
        for name in columns:
            line += _neuron_number(view, name, layer, k, size)
        if targets:
            cell = Cell("y", layer, k)
            line += marked(right(targets[index], reserved), view.role(cell, "dim"), cell)
        lines.append(tuple(line))
    return lines


def _short(value: float) -> str:
    """A target in little room."""
    text = f"{value:.2f}" if value != int(value) else f"{value:.0f}"
    return text.replace("-", "−")


def _neuron_number(view: View, name: str, layer: int, k: int, cells: int) -> Line:
    frame = view.frame
    match name:
        case "z":
            return number(view, Cell("z", layer, k), frame.z(layer, k) if frame.knows("z", layer, k) else None, cells)
        case "a":
            return number(view, Cell("a", layer, k), frame.a(layer, k) if frame.knows("a", layer, k) else None, cells)
        case "σ′":
            return number(view, Cell("slope", layer, k), frame.slope(layer, k) if frame.knows("delta", layer, k) else None, cells)
        case _:
            return number(view, Cell("delta", layer, k), frame.delta(layer, k) if frame.knows("delta", layer, k) else None, cells)


# --- the weights of a layer


def _weight_grid(view: View, layer: int, rows: Rows, inner: int) -> list[Line]:
    inputs = view.frame.scenario.network.blocks[layer - 1].inputs
    label = _label_width(view, layer, inner)
    size = min((inner - label) // (inputs + 1), CELL + 2)
    if size < CELL - 1:
        return _strip_grid(view, layer, rows, inner, label)
    senders = [*range(1, inputs + 1), 0]
    letter = "x" if layer == 1 else "a"
    names = [given_name(view.frame.scenario, layer - 1, j) or f"{letter}{subscript(j)}" if j else "bias" for j in senders]
    header = "".join(right(left(name, min(cell_len(name), size - 1)), size) for name in names)
    lines: list[Line] = [(Span(_headed(layer, " " * label + header), "dim"),)]
    for k in rows.neurons:
        lines += _weight_lines(view, layer, k, senders, size, label, rows.double)
    return lines


def _headed(layer: int, header: str) -> str:
    """The heads of the columns with the letter of the weights laid over their left end."""
    letter = f" w{superscript(layer - 1)}"
    return letter + header[len(letter) :]


def _weight_lines(view: View, layer: int, k: int, senders: list[int], size: int, label: int, double: bool) -> list[Line]:
    """The weights of neuron k; with `double`, under them what changes them."""
    frame = view.frame
    here = (frame.moment.layer, frame.moment.neuron) == (layer, k)
    updating, deriving = (here and frame.moment.kind == kind for kind in ("update", "gradient"))
    updated = frame.knows("update", layer, k)
    biases = frame.scenario.network.layers[layer - 1].biases

    def line(head: Span, kind: CellKind, values: Array | None, role: Role = "number") -> Line:
        spans = [head]
        for j in senders:
            if j == 0 and not biases:
                spans.append(Span(right("–", size), "dim"))
            else:
                spans += number(view, Cell(kind, layer, k, j), None if values is None else float(values[j]), size, role)
        return tuple(spans)

    name = _label(view, layer, k, label)
    partial = Span(left(" ∂" if double else f" ∂{k}", label), "accent" if deriving else "dim")
    old = line(name, "weight", frame.weights_before(layer)[k - 1])
    new = line(name, "new", frame.weights_after(layer)[k - 1], "new")
    arrow = line(Span(left(" →", label), "accent"), "new", frame.weights_after(layer)[k - 1])
    slope = line(partial, "gradient", frame.gradient_row(layer, k) if frame.knows("gradient", layer, k) else None, "dim")
    if not double:
        return [arrow if updating else slope if deriving else new if updated else old]
    return [old, arrow] if updating else [new if updated else old, slope]


def _strip_grid(view: View, layer: int, rows: Rows, inner: int, label: int) -> list[Line]:
    """Each row of weights as bars, scaled to the largest weight of the row; the bias as a number."""
    frame = view.frame
    inputs = frame.scenario.network.blocks[layer - 1].inputs
    room = inner - label - CELL
    count = f"{inputs}" if inputs <= room else f"{room - 1} of {inputs}"
    head = f"{count} weights ▄+ ▀−"
    lines: list[Line] = [
        (Span(" " + left(f"w{superscript(layer - 1)}", label - 1) + left(head, room) + right("bias", CELL), "dim"),)
    ]
    for k in rows.neurons:
        deriving = (frame.moment.kind, frame.moment.layer, frame.moment.neuron) == ("gradient", layer, k)
        updated = frame.knows("update", layer, k)
        weights = (frame.weights_after(layer) if updated else frame.weights_before(layer))[k - 1]
        gradient = frame.gradient_row(layer, k) if frame.knows("gradient", layer, k) else None
        name = _label(view, layer, k, label)
        partial = Span(left(" ∂" if rows.double else f" ∂{k}", label), "accent" if deriving else "dim")
        row = _strip_line(view, name, "new" if updated else "weight", (layer, k), weights, room, "new" if updated else "number")
        if rows.double:
            lines += [row, _strip_line(view, partial, "gradient", (layer, k), gradient, room, "dim")]
        else:
            lines.append(_strip_line(view, partial, "gradient", (layer, k), gradient, room, "dim") if deriving else row)
    return lines


def _strip_line(
    view: View, head: Span, kind: CellKind, place: tuple[int, int], values: Array | None, room: int, role: Role
) -> Line:
    """One row as bars and its bias; a row that is not known yet as dots."""
    layer, k = place
    if values is None:
        return (head, Span("·" + " " * (room - 1), "dim"), Span(right("·   ", CELL), "dim"))
    bars = strip(values[1:].tolist(), room, view.role(Cell(kind, layer, k, 1), role))
    if not view.frame.scenario.network.layers[layer - 1].biases:
        return (head, *bars, Span(right("–", CELL), "dim"))
    return (head, *bars, *number(view, Cell(kind, layer, k, 0), float(values[0]), CELL, role))
