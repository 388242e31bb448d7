"""Where bands have room: how wide their columns are, and which layers and rows are shown.

What gives way where there is less room: lines of the gradients first, then long names, then layers far from the present one,
then decimals, then digits before a power of ten, then σ′. All widths come from all numbers of the data point, known yet or
not: nothing moves at a step.
"""

from collections.abc import Callable
from dataclasses import replace

from rich.cells import cell_len

from nntui.draw.base.numbers import signed
from nntui.draw.base.spans import page_of
from nntui.draw.base.view import View
from nntui.draw.network.neuron_columns import column_value
from nntui.draw.network.weight_row import most_lines, rows_and_kept
from nntui.draw.network.weights import changes_of_rows
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import FEWEST, FOUR, MOST, Numerals, superscript
from nntui.values import dataclass

LEAST_LABEL, MOST_LABEL = 3, 16
SHORTER = (7, 6)  # cells of the longest number where even the fewest decimals are too wide: −4e-05 has six
LEAST_NUMBER = 5  # cells of a column with the blank before it
MOST_SPARE = 3  # cells by which a column may be wider than its numbers
FRAME = 2  # cells of both borders


@dataclass(frozen=True, slots=True)
class Widths:
    """Cells of the columns, the same in every band: label, each weight, bias, and each of z, a, σ′, δ, y that is shown."""

    label: int
    weight: int
    weights: int  # how many columns of weights
    bias: int
    neuron: tuple[tuple[str, int], ...]
    digits: int

    @property
    def total(self) -> int:
        """Cells of a whole row, borders left out."""
        return self.label + self.weight * self.weights + self.bias + sum(size for _, size in self.neuron)


@dataclass(frozen=True, slots=True)
class Band:
    """Which neurons of a layer are shown, and how many lines each has: more than one for its gradient or new weights, G, v."""

    layer: int
    first: int
    count: int
    each: int

    @property
    def lines(self) -> int:
        """Lines of the band, its upper border included."""
        return 3 + self.count * self.each

    @property
    def neurons(self) -> range:
        """The neurons shown, from 1."""
        return range(self.first, self.first + self.count)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the bands are laid out in the room there is."""

    bands: tuple[Band, ...]
    widths: Widths

    @property
    def height(self) -> int:
        """Lines of all bands and the lower border."""
        return 1 + sum(band.lines for band in self.bands)


def plan(view: View, cells: int, height: int) -> Plan | None:
    """The bands in `cells` columns and at most `height` lines; None where not all numbers of a row fit."""
    widths = _widths(view, cells - FRAME)
    if widths is None:
        return None
    bands = _bands(view, height)
    return Plan(bands, _spread(view, widths, cells - FRAME)) if bands else None


# --- widths


def _widths(view: View, room: int) -> Widths | None:
    """The widest columns that fit: with all decimals and σ′, then with fewer, then with shorter numbers, then without σ′."""
    widest = max(block.inputs for block in view.frame.scenario.network.blocks)
    if (widest + 5) * LEAST_NUMBER > room:  # decided before any number is written
        return None
    fewest = FEWEST if view.numerals.digits <= FOUR.digits else view.numerals.digits  # more digits than usual were asked for
    writings = [_Writing(Numerals(digits)) for digits in range(view.numerals.digits, fewest - 1, -1)]
    if fewest == FEWEST:
        writings += [_Writing(Numerals(FEWEST), longest) for longest in SHORTER]
    numbers, too_wide = _Numbers(view), []
    for writing in writings:
        widths = numbers.widths(writing)
        if widths.total <= room:
            return widths
        too_wide.append(widths)
    return next((widths for widths in map(_without_slopes, too_wide) if widths.total <= room), None)


def _without_slopes(widths: Widths) -> Widths:
    return replace(widths, neuron=tuple(column for column in widths.neuron if column[0] != "σ′"))


@dataclass(frozen=True, slots=True)
class _Writing:
    """How the numbers of the bands are written: none is longer than `longest` cells if it can be shorter."""

    numerals: Numerals
    longest: int = Numerals(MOST).cell

    def write(self, value: float) -> str:
        return self.numerals.within(value, self.longest)


class _Numbers:
    """The numbers that the columns may hold at any step of the data point, and the changes that may be there instead.

    They are collected once, however many ways of writing them are tried.
    """

    def __init__(self, view: View) -> None:
        self._view, self._layers = view, range(1, len(view.frame.course.units) + 1)
        self._weights: tuple[set[float], set[float]] = set(), set()  # the biases, then the others
        self._changes: tuple[set[float], set[float]] = set(), set()
        for layer in self._layers:
            self._collect(layer)
        self._columns = {name: self._column(name) for name in ("z", "a", "σ′", "δ", "y")}

    def _collect(self, layer: int) -> None:
        """The numbers of the rows of weights of a layer, and those that come in."""
        frame, then = self._view.frame, self._view.then
        self._weights[1].update(frame.layer_a(layer - 1).tolist())
        for k in range(1, frame.course.units[layer - 1] + 1):
            for bias, *others in rows_and_kept(self._view, layer, k):
                self._weights[0].add(bias)
                self._weights[1].update(others)
            if then is not None:
                for j, change in changes_of_rows(frame, then, layer, k):
                    self._changes[j > 0].add(change)

    def _column(self, name: str) -> tuple[set[float], set[float]]:
        """The numbers of a column in all layers that have it, and their changes."""
        frame, then, blocks = self._view.frame, self._view.then, self._view.frame.scenario.network.blocks
        layers = self._layers[-1:] if name == "y" else self._layers
        having = [layer for layer in layers if name != "σ′" or blocks[layer - 1].sigma.each]
        cells = [(layer, k) for layer in having for k in range(1, frame.course.units[layer - 1] + 1)]
        values = [column_value(frame, name, *cell) for cell in cells]
        if then is None:
            return set(values), set()
        return set(values), {value - column_value(then, name, *cell) for value, cell in zip(values, cells, strict=True)}

    def widths(self, writing: _Writing) -> Widths:
        """The columns that hold all of them."""
        columns = []
        for name, (values, changes) in self._columns.items():
            heads = [cell_len(name + (superscript(layer) if name in "zaδ" else "")) for layer in self._layers]
            write = writing.numerals.brief if name == "y" else writing.write
            size = max(*heads, 0, _widest(write, values), _widest_change(writing, changes))
            columns.append((name, max(size + 1, 2 if name == "y" else LEAST_NUMBER)))
        bias, weight = (
            max(LEAST_NUMBER, _widest(writing.write, values) + 1, _widest_change(writing, changes) + 1)
            for values, changes in zip(self._weights, self._changes, strict=True)
        )
        bias = max(bias, len(self._view.notation.bias(1)) + 1)
        widest = max(block.inputs for block in self._view.frame.scenario.network.blocks)
        return Widths(LEAST_LABEL + 1, weight, widest, bias, tuple(columns), writing.numerals.digits)


def _widest(write: Callable[[float], str], values: set[float]) -> int:
    return max((len(write(value)) for value in values), default=0)


def _widest_change(writing: _Writing, changes: set[float]) -> int:
    return max((len(signed(writing.write(change), change)) for change in changes), default=0)


def _spread(view: View, widths: Widths, room: int) -> Widths:
    """The same columns with the room that is left: names first, those over the weights last, then wider columns."""
    label = min(_longest(view, range(1, len(view.frame.course.units) + 1)) + 2, MOST_LABEL)
    widths = replace(widths, label=max(min(label, widths.label + room - widths.total), widths.label))
    heads = min(_longest(view, range(len(view.frame.course.units))) + 1, MOST_LABEL)
    wider = min(max(heads - widths.weight, 0), (room - widths.total) // widths.weights)
    widths = replace(widths, weight=widths.weight + wider)
    numbers = widths.weights + 1 + len(widths.neuron)
    spare = min((room - widths.total) // numbers, MOST_SPARE)
    neuron = tuple((name, size + spare) for name, size in widths.neuron)
    return replace(widths, weight=widths.weight + spare, bias=widths.bias + spare, neuron=neuron)


def _longest(view: View, layers: range) -> int:
    """Cells of the longest name in some layers."""
    sizes = view.frame.scenario.network.inputs, *view.frame.course.units
    return max(cell_len(given_name(view.frame.scenario, layer, k)) for layer in layers for k in range(1, sizes[layer] + 1))


# --- which layers and rows


def _bands(view: View, height: int) -> tuple[Band, ...]:
    """All layers with as many lines a neuron as fit; else those round the present one; else rows of that layer."""
    units = view.frame.course.units
    for each in range(most_lines(view), 0, -1):
        every = tuple(Band(layer, 1, count, each) for layer, count in enumerate(units, start=1))
        if 1 + sum(band.lines for band in every) <= height:
            return every
    needed = _needed(view)
    kept: list[int] = []
    for layer in [*needed, *sorted(set(range(1, len(units) + 1)) - set(needed), key=lambda n: abs(n - needed[0]))]:
        if 1 + sum(3 + units[n - 1] for n in (*kept, layer)) > height:
            break
        kept.append(layer)
    if needed[0] not in kept:
        return _scrolled(view, needed[0], height)
    run = [n for n in range(needed[0], 0, -1) if all(m in kept for m in range(n, needed[0] + 1))]
    run += [n for n in range(needed[0] + 1, len(units) + 1) if all(m in kept for m in range(needed[0], n + 1))]
    return tuple(Band(layer, 1, units[layer - 1], 1) for layer in sorted(run))


def _needed(view: View) -> list[int]:
    """The layers that a step is about, the present one first: at δ of a hidden layer the one above it comes next."""
    moment, top = view.frame.moment, len(view.frame.course.units)
    present = min(max((view.cursor or moment).layer, 1), top)
    second = present + 1 if moment.kind == "delta" and present < top else present - 1
    return [layer for layer in (present, second) if 1 <= layer <= top]


def _scrolled(view: View, layer: int, height: int) -> tuple[Band, ...]:
    """One layer, its rows round the present neuron."""
    total = view.frame.course.units[layer - 1]
    count = min(height - 4, total)
    if count < 1:
        return ()
    pointed = view.cursor if view.cursor is not None and view.cursor.layer == layer else None
    present = (pointed.neuron if pointed else view.frame.moment.neuron) or 1
    return (Band(layer, page_of(present - 1, count, total) + 1, count, 1),)
