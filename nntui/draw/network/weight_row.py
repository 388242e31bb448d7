"""One row of weights: the old, the new, their gradients, and what a batch and momentum keep: G and v."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from nntui.draw.base.boxes import left, right
from nntui.draw.base.numbers import number
from nntui.draw.base.spans import Line, Role, Span
from nntui.draw.base.view import View
from nntui.draw.charts.bars import strip
from nntui.engine.arithmetic import Array, quiet
from nntui.engine.network import Network
from nntui.explain.equations.cells import OF_WEIGHT
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import NumberKind

GAP = -1  # a column that tells of others between its neighbours
BLANK = -2  # a column that a layer with fewer inputs leaves empty
_LineOf = Callable[[Span, NumberKind, Array | None, Role], Line]


def rows_of(frame: Frame, layer: int, neuron: int) -> list[list[float]]:
    """Old weights, new weights and gradient of a neuron."""
    return [row.tolist() for row in arrays_of(frame, layer, neuron)]


def kept_kinds(network: Network) -> tuple[NumberKind, ...]:
    """What goes from data point to data point beside the weights: G of a batch, v of momentum."""
    kinds: tuple[NumberKind, ...] = ("sum",) if network.batched else ()
    return (*kinds, "velocity") if network.moving else kinds


def most_lines(view: View) -> int:
    """Lines of a row where there is room for all: the weights, their gradients, and G and v where there are any."""
    return 2 + len(kept_kinds(view.frame.scenario.network))


def kept_of(frame: Frame, kind: NumberKind, layer: int, neuron: int, *, before: bool = False) -> Array:
    """G or v of the weights into a neuron, the bias first, shape (1 + n_{l−1},); after the data point or before it."""
    row: Array = (frame.sums if kind == "sum" else frame.velocities)(layer, before=before)[neuron - 1]
    return row


def rows_and_kept(frame: Frame, layer: int, neuron: int) -> list[list[float]]:
    """Old weights, new weights and gradient of a neuron; G and v before the data point and after it."""
    kinds = kept_kinds(frame.scenario.network)
    kept = [kept_of(frame, kind, layer, neuron, before=before).tolist() for kind in kinds for before in (True, False)]
    return rows_of(frame, layer, neuron) + kept


def arrays_of(frame: Frame, layer: int, neuron: int) -> tuple[Array, Array, Array]:
    old, new = frame.weights_before(layer)[neuron - 1], frame.weights_after(layer)[neuron - 1]
    return old, new, frame.gradient_row(layer, neuron)


class WeightRow:
    """The weights of one neuron at one step: which of old, new, gradient, G and v are in its lines."""

    def __init__(self, view: View, layer: int, neuron: int, name: Span, label: int, each: int) -> None:
        frame = view.frame
        moment = frame.moment
        here = (moment.layer, moment.neuron) == (layer, neuron)
        self.view, self.layer, self.neuron, self.each = view, layer, neuron, each
        self.biases = frame.scenario.network.layers[layer - 1].biases
        self.updating, self.deriving = here and moment.kind == "update", here and moment.kind == "gradient"
        pointed = view.pointed(layer, *OF_WEIGHT)
        self.pointed = pointed.kind if pointed and pointed.neuron == neuron else None
        self.old = frame.weights_before(layer)[neuron - 1]
        self.new = frame.weights_after(layer)[neuron - 1] if frame.knows("update", layer, neuron) else None
        self.gradient = frame.gradient_row(layer, neuron) if frame.knows("gradient", layer, neuron) else None
        self.waiting = self.updating and not frame.iteration.batch_place.closes
        self.name, self.label = name, label
        self.partial = self._head("∂", lit=self.deriving)
        self.arrow = self._head("→", lit=True)

    def _head(self, letter: str, *, lit: bool) -> Span:
        """The label before a line under the weights; in their place, with the name of the neuron."""
        text = f" {letter}" if self.each > 1 else f"{letter}{self.name.text.strip()}"
        return Span(left(text, self.label), "accent" if lit else "dim")

    def numbers(self, senders: list[int], size: int, bias: int | None = None) -> list[Line]:
        """The row as numbers. senders: from 1, `BLANK` for an empty column, 0 for the bias. size, bias: cells of a column."""
        sizes = (size, size if bias is None else bias)
        return self._lines(lambda head, kind, values, role: self._numbers(head, kind, values, role, senders, sizes))

    def bars(self, room: int, cell: int) -> list[Line]:
        """The row as bars in `room` cells, the bias as a number in `cell`."""
        return self._lines(lambda head, kind, values, role: self._bars(head, kind, values, role, room, cell))

    def _lines(self, line: _LineOf) -> list[Line]:
        kept = {kind: self._kept_line(line, kind) for kind in kept_kinds(self.view.frame.scenario.network)}
        first, second = self._two(line)
        if self.each > 2:
            return [first, second, *kept.values()]
        asked = kept.get(self.pointed) if self.pointed else kept["sum"] if self.waiting else None
        if self.each == 2:
            return [first, second if asked is None else asked]
        if asked is not None:
            return [asked]
        if self._shows_both():
            return [first if self.pointed == "weight" else second]
        return [second if self.pointed == "gradient" or (self.deriving and not self.pointed) else first]

    def _shows_both(self) -> bool:
        """Whether new weights are below the old."""
        if self.updating and not self.waiting:
            return self.pointed not in ("gradient", "sum", "velocity")
        return self.new is not None and self.pointed in ("weight", "update")

    def _two(self, line: _LineOf) -> tuple[Line, Line]:
        """The weights, and under them the new ones or the gradients."""
        old = line(self.name, "weight", self.old, "number")
        if self._shows_both():
            return old, line(self.arrow, "update", self.new, "new")
        present = old if self.new is None else line(self.name, "update", self.new, "new")
        return present, line(self.partial, "gradient", self.gradient, "dim")

    def _kept_line(self, line: Callable[[Span, NumberKind, Array | None, Role], Line], kind: NumberKind) -> Line:
        """G or v: as the data points before left it, and from the update on with this one."""
        frame, view = self.view.frame, self.view
        head = self._head("G" if kind == "sum" else "v", lit=self.updating)
        if frame.knows("update", self.layer, self.neuron):
            return line(head, kind, kept_of(frame, kind, self.layer, self.neuron), "number")
        if view.then is not None or (kind == "sum" and frame.iteration.batch_place.begins):
            return line(head, kind, None, "dim")
        carried = line(head, kind, kept_of(frame, kind, self.layer, self.neuron, before=True), "dim")
        return tuple(replace(span, target=None) if span.role == "dim" else span for span in carried)

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
        old, new, gradient = arrays_of(then, self.layer, self.neuron)
        if kind in ("sum", "velocity"):
            known = kind in kept_kinds(then.scenario.network) and then.knows("update", self.layer, self.neuron)
            before = kept_of(then, kind, self.layer, self.neuron) if known else None
        elif kind == "gradient":
            before = gradient if then.knows("gradient", self.layer, self.neuron) else None
        else:
            kept = kind == "weight" and view.frame.knows("update", self.layer, self.neuron)
            before = old if kept or not then.knows("update", self.layer, self.neuron) else new
        if before is None:
            return values, "new"
        with quiet():
            same = (values == before) | (np.isnan(values) & np.isnan(before))
            return np.where(same, 0.0, values - before), role
