"""How the numbers of a layer stand in its band: in one row for each neuron where that is wide enough, else in several.

A layer of many inputs goes on in further rows: its weights in up to three, then the bias, z, a, σ′, δ and the target, of
two or more neurons side by side. In short, its weights are bars.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import ceil

from nntui.draw.network.band_numbers import LEAST_NUMBER, BandNumbers, ColumnSizes, NeuronSizes, Writing, common_sizes
from nntui.draw.network.weight_row import BLANK
from nntui.explain.notation.numerals import Numerals
from nntui.values import dataclass

LABEL = 4  # cells of the shortest label: a blank, w⁰, a blank
MOST_SECTIONS = 3  # rows of weights of one neuron; a layer of more inputs has no bands
CORNERS, LETTER = 6, 4  # cells of an upper border beside its words, and of the name of a number there
MOST_BESIDE = 4  # neurons side by side
LEAST_STRIP, MOST_STRIP = 7, 24  # cells of the bars of a layer in short


@dataclass(frozen=True, slots=True)
class Section:
    """The columns that share a line: of weights, then of the numbers of a neuron; and how many neurons are side by side.

    senders: of the weights, from 1, `BLANK` for an empty column, 0 for the bias. label, weight, bias: cells. strip: cells of
    bars in place of the weights. through: the weight from a neuron of the layer below has a column, which δ of that goes through.
    """

    label: int
    senders: tuple[int, ...]
    weight: int
    bias: int
    neuron: NeuronSizes
    beside: int = 1
    strip: int = 0
    through: bool = False

    @property
    def total(self) -> int:
        """Cells of one neuron."""
        numbers = sum(size for _, size in self.neuron)
        return self.label + self.strip + sum(map(self.size, self.senders)) + self.weight * self.through + numbers

    def size(self, sender: int) -> int:
        """Cells of the column of a sender."""
        return self.weight if sender else self.bias

    @property
    def signals(self) -> bool:
        """Whether the incoming signals are over the weights."""
        return self.weights > 0

    @property
    def weights(self) -> int:
        """How many columns of weights there are, without the bias."""
        return len(self.senders) - (0 in self.senders)

    def lines(self, count: int, each: int) -> int:
        """Lines of so many neurons with `each` lines for their weights, and of the heads."""
        high = each if self.senders and not self.strip else 1
        return 1 + self.signals + ceil(count / self.beside) * high

    def shown(self, room: int) -> int:
        """How many neurons have room in so many lines, heads included."""
        return max(room - 1 - self.signals, 0) * self.beside


@dataclass(frozen=True, slots=True)
class Layout:
    """The sections of a band, one under the other, and how its numbers are written.

    border: numbers of its neurons in the upper border, in place of sections.
    """

    sections: tuple[Section, ...]
    numerals: Numerals
    border: NeuronSizes = ()

    def lines(self, count: int, each: int = 1) -> int:
        """Lines of `count` neurons, the upper border included."""
        return 1 + sum(section.lines(count, each) for section in self.sections)

    def most(self, lines: int, total: int) -> int:
        """How many of `total` neurons have room in so many lines."""
        return next((count for count in range(total, 0, -1) if self.lines(count) <= lines), 0)


def too_many_inputs(inputs: int, room: int) -> bool:
    """Whether the weights need more sections than there may be, before any number is written."""
    return ceil((inputs + 1) / max((room - LABEL) // LEAST_NUMBER, 1)) > MOST_SECTIONS


# --- one row for each neuron


def row_layout(numbers: BandNumbers, layer: int, room: int, without: str = "") -> tuple[int, Layout] | None:
    """The best writing with which all numbers of a neuron share a row, by its place in `writings`, and the layout."""
    inputs = numbers.blocks[layer - 1].inputs
    for place, writing in enumerate(numbers.writings):
        layout = _row(numbers.sizes(layer, writing), inputs, inputs, writing, without)
        if layout.sections[0].total <= room:
            return place, layout
    return None


def aligned_layouts(numbers: BandNumbers, room: int, without: str = "") -> tuple[int, list[Layout]] | None:
    """The same for all layers in the same columns."""
    widest = max(block.inputs for block in numbers.blocks)
    for place, writing in enumerate(numbers.writings):
        sizes = common_sizes(numbers.sizes(layer, writing) for layer in numbers.layers)
        layouts = [_row(sizes, block.inputs, widest, writing, without) for block in numbers.blocks]
        if layouts[0].sections[0].total <= room:
            return place, layouts
    return None


def _row(sizes: ColumnSizes, inputs: int, columns: int, writing: Writing, without: str) -> Layout:
    senders = (*range(1, inputs + 1), *[BLANK] * (columns - inputs), 0)
    return Layout((Section(LABEL, senders, sizes.weight, sizes.bias, _neuron(sizes, without)),), writing.numerals)


def _neuron(sizes: ColumnSizes, without: str) -> NeuronSizes:
    return tuple(column for column in sizes.neuron if column[0] != without)


# --- several rows for each neuron


def wrapped_layouts(numbers: BandNumbers, layer: int, room: int, writing: Writing, without: str = "") -> list[Layout]:
    """All layouts in several rows, those with the fewest lines first."""
    units = numbers.units[layer - 1]
    sizes = numbers.sizes(layer, writing)
    ways = _wrapped(sizes, numbers.blocks[layer - 1].inputs, units, room, _neuron(sizes, without))
    return sorted((Layout(way, writing.numerals) for way in ways), key=lambda layout: layout.lines(units))


def _wrapped(sizes: ColumnSizes, inputs: int, units: int, room: int, neuron: NeuronSizes) -> Iterator[tuple[Section, ...]]:
    """The ways to wrap the row of a neuron that fit: with the bias at the end of the weights, before z, or all in one."""
    plain = Section(LABEL, (), sizes.weight, sizes.bias, ())
    for rows in range(1, min(MOST_SECTIONS, inputs) + 1):
        for bias in (False, True):
            ends = replace(plain, senders=(0,) if bias else (), neuron=neuron)
            *above, last = _split(inputs, rows, 0 if bias else ceil(sizes.bias / sizes.weight))
            senders = [*above, last if bias else (*last, 0)]
            beside = min(room // ends.total, MOST_BESIDE, units)
            sections = [replace(plain, senders=some) for some in senders]
            if beside and last and all(section.total <= room for section in sections):
                yield (*sections, replace(ends, beside=beside))
        if rows > 1:
            ends = replace(plain, senders=(0,), neuron=neuron)
            *above, last = _split(inputs, rows, ceil((ends.total - LABEL) / sizes.weight))
            sections = [*(replace(plain, senders=some) for some in above), replace(ends, senders=(*last, 0))]
            if last and all(section.total <= room for section in sections):
                yield tuple(sections)


def _split(inputs: int, rows: int, ending: int) -> list[tuple[int, ...]]:
    """The senders in so many rows of about equal length; the last has as many columns more as are `ending` it."""
    each = ceil((inputs + ending) / rows)
    starts = [min(row * each, inputs) for row in range(rows)]
    return [tuple(range(start + 1, end + 1)) for start, end in zip(starts, [*starts[1:], inputs], strict=True)]


# --- in short


def short_layouts(numbers: BandNumbers, layer: int, room: int, *, through: bool) -> Iterator[Layout]:
    """A layer in one row for each neuron, its weights as bars or left out: those that say most first.

    through: the weight from the present neuron of the layer below stays a number.
    """
    inputs, has = numbers.blocks[layer - 1].inputs, numbers.columns(layer)
    strip = min(max(inputs + 1, LEAST_STRIP), MOST_STRIP)
    for bars, columns, beside in product((strip, 0), ("zaσ′δy", "zaδy", "aδy"), range(1, MOST_BESIDE + 1)):
        if beside > numbers.units[layer - 1] or ("σ′" in columns and "σ′" not in has):
            continue
        for writing in numbers.writings:
            sizes = numbers.sizes(layer, writing)
            neuron = tuple(column for column in sizes.neuron if column[0] in columns)
            senders = (0,) if bars else ()
            section = Section(LABEL, senders, sizes.weight, sizes.bias, neuron, beside, bars, through)
            if section.total * beside <= room:
                yield Layout((section,), writing.numerals)
                break


def named_layout(numbers: BandNumbers, layer: int, room: int) -> Layout:
    """A layer in its border alone: with δ, which come down, and the targets, if it is wide enough; with a and z, too."""
    units = numbers.units[layer - 1]
    title = f"layer {layer} {numbers.activation(layer)}  {left_out(numbers.blocks[layer - 1].inputs * units)}"
    for columns in ("zaδy", "aδy", "δy", "y"):
        for writing in numbers.writings:
            sizes = numbers.sizes(layer, writing)
            border = tuple(column for column in sizes.neuron if column[0] in columns)
            if len(title) + sum(LETTER + size * units for _, size in border) <= room - CORNERS:
                return Layout((), writing.numerals, border)
    return Layout((), numbers.numerals)


def left_out(weights: int) -> str:
    """What a layer in its border leaves out."""
    return f"… {counted(weights, 'weight')}"


def counted(count: int, what: str) -> str:
    """1 weight, 2 weights."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
