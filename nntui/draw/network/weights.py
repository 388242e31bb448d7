"""The weights into a layer as rows of numbers with their gradients; rows of many weights as bars."""

from collections.abc import Callable, Iterable, Sequence
from itertools import product

import numpy as np
from rich.cells import cell_len

from nntui.draw.base.bars import strip
from nntui.draw.base.numbers import LEAST, changed, number, signed
from nntui.draw.base.spans import Line, Role, Span, left, right
from nntui.draw.base.view import View
from nntui.engine.arithmetic import Array, quiet
from nntui.explain.equations.equation import Cell
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import FOUR, subscript
from nntui.training.frame import Frame
from nntui.training.steps import NumberKind

MOST_COLUMNS = 8  # weights of a row that is shown as numbers with a gap if not all fit
FEWEST = 3  # numbers of a row, with the bias; if fewer fit, bars for all of them say more
GAP, GAP_WIDTH = -1, 4
BLANK = -2  # a column that a layer with fewer inputs leaves empty
LEAST_BARS = 4  # cells for bars; a bias with many digits is shortened if it would leave fewer


def weight_grid(view: View, layer: int, names: dict[int, Span], label: int, inner: int, *, double: bool) -> list[Line]:
    """Heads and rows of the neurons in `names`; `double` gives each row a second line."""
    inputs = view.frame.scenario.network.blocks[layer - 1].inputs
    cell = view.cell
    least = column_width(view, layer, names) if inputs <= MOST_COLUMNS else cell
    size = min((inner - label) // (inputs + 1), least + 4)
    senders = [*range(1, inputs + 1), 0]
    if size < least:
        shown = (inner - label - GAP_WIDTH) // least
        pointed = view.pointed(layer, "weight", "update", "gradient") is not None
        asked = pointed or view.numerals.digits > FOUR.digits  # numbers, then, and no bars
        if shown < (2 if asked else FEWEST) or (inputs > MOST_COLUMNS and not pointed):
            return _strips(view, layer, names, label, inner, double)
        senders, size = _window(view, layer, inputs, shown), least
    heads = "".join(
        right(left(head, min(cell_len(head), size - 2)), size) if head else " …" for head in _heads(view, layer, senders)
    )
    lines: list[Line] = [(Span(_with_letter(view, layer, " " * label + heads), "dim"),)]
    for k, name in names.items():
        lines += _Row(view, layer, k, name, label, double).numbers(senders, size)
    return lines


def column_width(view: View, layer: int, neurons: Iterable[int]) -> int:
    """Cells of a column of weights: a blank and the widest number of the rows, known yet or not, so that no step moves it."""
    return 1 + _widest(view, layer, tuple(neurons))


def _widest(view: View, layer: int, neurons: Sequence[int]) -> int:
    values = {value for k in neurons for row in rows_of(view.frame, layer, k) for value in row}
    widest = max(LEAST, *(len(view.numerals.write(value)) for value in values))
    if view.then is None:
        return widest
    changes = {change for k in neurons for _, change in changes_of_rows(view.frame, view.then, layer, k)}
    return max(widest, LEAST + 1, *(len(signed(view.numerals.write(change), change)) for change in changes))


def changes_of_rows(frame: Frame, then: Frame, layer: int, neuron: int) -> list[tuple[int, float]]:
    """Every change in the row of a neuron, with its sender (0: the bias); none where nothing changed."""
    *now, gradient = rows_of(frame, layer, neuron)
    *before, gradient_before = rows_of(then, layer, neuron)
    found = []
    for old, new in (*product(before, now), (gradient_before, gradient)):
        for j, pair in enumerate(zip(old, new, strict=True)):
            change = changed(*pair)
            if change:
                found.append((j, change))
    return found


def weight_rows(
    view: View, layer: int, neuron: int, name: Span, label: int, senders: list[int], sizes: tuple[int, int], *, double: bool
) -> list[Line]:
    """One line, or two, with the weights into a neuron. senders: from 1, `BLANK` for an empty column, 0 for the bias."""
    return _Row(view, layer, neuron, name, label, double).numbers(senders, *sizes)


def rows_of(frame: Frame, layer: int, neuron: int) -> list[list[float]]:
    """Old weights, new weights and gradient of a neuron."""
    return [row.tolist() for row in _arrays(frame, layer, neuron)]


def _arrays(frame: Frame, layer: int, neuron: int) -> tuple[Array, Array, Array]:
    old, new = frame.weights_before(layer)[neuron - 1], frame.weights_after(layer)[neuron - 1]
    return old, new, frame.gradient_row(layer, neuron)


def _heads(view: View, layer: int, senders: list[int]) -> list[str]:
    letter = "x" if layer == 1 else "a"
    names = {GAP: "", 0: view.notation.bias(layer)}
    return [
        names[j] if j in names else given_name(view.frame.scenario, layer - 1, j) or f"{letter}{subscript(j)}" for j in senders
    ]


def _window(view: View, layer: int, inputs: int, shown: int) -> list[int]:
    """The senders for which there is room, a gap, and the bias; those that feed the step stay visible."""
    pointed = view.pointed(layer, "weight", "update", "gradient")
    cells = [pointed] if pointed else view.sources
    feeding = [
        cell.sender for cell in cells if cell.kind in ("weight", pointed and pointed.kind) and cell.layer == layer and cell.sender
    ]
    last = max(min(feeding, default=1), shown - 1)
    first = last - shown + 2
    window = list(range(first, min(last, inputs) + 1))
    return [*([GAP] if first > 1 else []), *window, *([GAP] if last < inputs else []), 0]


def _with_letter(view: View, layer: int, heads: str) -> str:
    """The heads of the columns, with the letter of the weights in place of their first cells."""
    letter = f" {view.notation.weights(layer)}"
    return letter + heads[len(letter) :]


class _Row:
    """The weights of one neuron at one step: which of old, new and gradient are in its one or two lines."""

    def __init__(self, view: View, layer: int, neuron: int, name: Span, label: int, double: bool) -> None:
        frame = view.frame
        moment = frame.moment
        here = (moment.layer, moment.neuron) == (layer, neuron)
        self.view, self.layer, self.neuron, self.double = view, layer, neuron, double
        self.biases = frame.scenario.network.layers[layer - 1].biases
        self.updating, self.deriving = here and moment.kind == "update", here and moment.kind == "gradient"
        pointed = view.pointed(layer, "weight", "update", "gradient")
        self.pointed = pointed.kind if pointed and pointed.neuron == neuron else None
        self.old = frame.weights_before(layer)[neuron - 1]
        self.new = frame.weights_after(layer)[neuron - 1] if frame.knows("update", layer, neuron) else None
        self.gradient = frame.gradient_row(layer, neuron) if frame.knows("gradient", layer, neuron) else None
        self.name = name
        self.partial = Span(left(" ∂" if double else f"∂{name.text.strip()}", label), "accent" if self.deriving else "dim")
        self.arrow = Span(left(" →" if double else f"→{name.text.strip()}", label), "accent")

    def numbers(self, senders: list[int], size: int, bias: int | None = None) -> list[Line]:
        """The row as numbers; the bias in cells of its own."""
        sizes = (size, size if bias is None else bias)
        return self._lines(lambda head, kind, values, role: self._numbers(head, kind, values, role, senders, sizes))

    def bars(self, room: int, cell: int) -> list[Line]:
        """The row as bars in `room` cells, the bias as a number in `cell`."""
        return self._lines(lambda head, kind, values, role: self._bars(head, kind, values, role, room, cell))

    def _lines(self, line: Callable[[Span, NumberKind, Array | None, Role], Line]) -> list[Line]:
        slope = line(self.partial, "gradient", self.gradient, "dim")
        old = line(self.name, "weight", self.old, "number")
        both = self.updating and self.pointed != "gradient"
        if both or (self.new is not None and self.pointed in ("weight", "update")):
            arrow = line(self.arrow, "update", self.new, "new")
            return [old, arrow] if self.double else [old if self.pointed == "weight" else arrow]
        present = old if self.new is None else line(self.name, "update", self.new, "new")
        if self.double:
            return [present, slope]
        return [slope if self.pointed == "gradient" or (self.deriving and not self.pointed) else present]

    def _numbers(
        self, head: Span, kind: NumberKind, values: Array | None, role: Role, senders: list[int], sizes: tuple[int, int]
    ) -> Line:
        spans = [head]
        for j in senders:
            size = sizes[j == 0]
            if j == GAP:
                spans.append(Span(" …", "dim"))
            elif j == BLANK:
                spans.append(Span(" " * size))
            elif j == 0 and not self.biases:
                spans.append(Span(right("–", size), "dim"))
            else:
                cell = Cell(kind, self.layer, self.neuron, j)
                spans += number(self.view, cell, None if values is None else float(values[j]), size, role)
        return tuple(spans)

    def _bars(self, head: Span, kind: NumberKind, values: Array | None, role: Role, room: int, cell: int) -> Line:
        if values is None:
            return (head, Span(" ·" + " " * (room - 2), "dim"), Span(right("·   ", cell), "dim"))
        first = Cell(kind, self.layer, self.neuron, 1)
        signals, own = self._changes(kind, values, role)
        bars = strip(signals[1:], room - 1, self.view.role(first, own))
        if not self.biases:
            return (head, Span(" "), *bars, Span(right("–", cell), "dim"))
        return (head, Span(" "), *bars, *number(self.view, Cell(kind, self.layer, self.neuron, 0), float(values[0]), cell, role))

    def _changes(self, kind: NumberKind, values: Array, role: Role) -> tuple[Array, Role]:
        """The values of a row, or how they changed, as `View.before` has it; all of a row are known from one step on."""
        view, then = self.view, self.view.then
        if then is None:
            return values, role
        old, new, gradient = _arrays(then, self.layer, self.neuron)
        if kind == "gradient":
            before = gradient if then.knows("gradient", self.layer, self.neuron) else None
        else:
            kept = kind == "weight" and view.frame.knows("update", self.layer, self.neuron)
            before = old if kept or not then.knows("update", self.layer, self.neuron) else new
        if before is None:
            return values, "new"
        with quiet():
            same = (values == before) | (np.isnan(values) & np.isnan(before))
            return np.where(same, 0.0, values - before), role


def _strips(view: View, layer: int, names: dict[int, Span], label: int, inner: int, double: bool) -> list[Line]:
    """Each row as bars, scaled to the largest weight of the row; the bias as a number."""
    inputs = view.frame.scenario.network.blocks[layer - 1].inputs
    room = max(inner - label - view.cell, LEAST_BARS)
    cell = inner - label - room
    count = f"{inputs}" if inputs < room else f"{room - 2} of {inputs}"
    what = "  ▄+ ▀−" if view.then is None else "  changes ▄+ ▀−"
    counted = f"{what}  {count}"
    heads = left(counted if view.then is None or cell_len(counted) <= room else what, room) + right(
        view.notation.bias(layer), cell
    )
    lines: list[Line] = [(Span(_with_letter(view, layer, " " * label + heads), "dim"),)]
    for k, name in names.items():
        lines += _Row(view, layer, k, name, label, double).bars(room, cell)
    return lines
