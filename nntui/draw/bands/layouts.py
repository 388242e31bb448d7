"""How the numbers of a layer are laid out in its band: in one row for each neuron if it is wide enough, else in several.

A layer of many inputs goes on in further rows: its weights in up to three, then the bias, z, a, σ′, δ and the target, of
two or more neurons side by side. A layer in short has its weights as bars.
"""

from collections.abc import Iterator
from itertools import product
from math import ceil

from nntui.draw.bands.band_numbers import LEAST_NUMBER, THROUGH, BandNumbers, ColumnSizes, NeuronSizes, Writing, common_sizes
from nntui.draw.network.weight_row import BLANK
from nntui.explain.notation.numerals import Numerals
from nntui.text.counted import counted
from nntui.values import dataclass

LABEL = 4  # cells of the shortest label: a blank, w⁰, a blank
MOST_INPUTS = 32  # of a neuron whose weights are numbers; of more, bars and the image of the input say more
MOST_SECTIONS = 3  # rows of weights of one neuron; a layer that needs more has no bands
CORNERS = 6  # cells of an upper border beside its words
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
        """Lines of `count` neurons with `each` lines for their weights, and of the heads."""
        high = each if self.senders and not self.strip else 1
        return 1 + self.signals + ceil(count / self.beside) * high


@dataclass(frozen=True, slots=True)
class Layout:
    """The sections of a band, one under the other, and how its numbers are written.

    border: numbers of its neurons in the upper border, in place of sections. below: they are in a line under it.
    """

    sections: tuple[Section, ...]
    numerals: Numerals
    border: NeuronSizes = ()
    below: bool = False

    def lines(self, count: int, each: int = 1) -> int:
        """Lines of `count` neurons, the upper border included."""
        return 1 + self.below + sum(section.lines(count, each) for section in self.sections)

    @property
    def says_all(self) -> bool:
        """Of a layer in short: whether it has z and bars."""
        return any(section.strip and section.neuron[0][0] == "z" for section in self.sections)

    def most(self, lines: int, total: int) -> int:
        """How many of `total` neurons have room in `lines` lines."""
        return next((count for count in range(total, 0, -1) if self.lines(count) <= lines), 0)


def too_many_inputs(inputs: int, room: int) -> bool:
    """Whether weights are no numbers in bands, however wide: they are too many, or need more sections than there may be."""
    return inputs > MOST_INPUTS or ceil((inputs + 1) / max((room - LABEL) // LEAST_NUMBER, 1)) > MOST_SECTIONS


# --- one row for each neuron


def row_layout(numbers: BandNumbers, layer: int, room: int, without: str = "") -> tuple[int, Layout] | None:
    """The best writing with which all numbers of a neuron share a row, by its place in `writings`, and the layout."""
    inputs = numbers.blocks[layer - 1].inputs
    for place, writing in enumerate(numbers.writings):
        layout = _row(numbers.sizes(layer, place), inputs, inputs, writing, without)
        if layout.sections[0].total <= room:
            return place, layout
    return None


def aligned_layouts(numbers: BandNumbers, room: int, without: str = "") -> tuple[int, list[Layout]] | None:
    """The best writing with which all layers have one row for each neuron, in columns that they share; and the layouts."""
    widest = max(block.inputs for block in numbers.blocks)
    for place, writing in enumerate(numbers.writings):
        sizes = common_sizes(numbers.sizes(layer, place) for layer in numbers.layers)
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


def wrapped_layouts(numbers: BandNumbers, layer: int, room: int, place: int, without: str = "") -> list[Layout]:
    """All layouts in several rows with one of the `writings`, those with the fewest lines first."""
    units, writing = numbers.units[layer - 1], numbers.writings[place]
    sizes = numbers.sizes(layer, place)
    ways = _wrapped(sizes, numbers.blocks[layer - 1].inputs, units, room, _neuron(sizes, without))
    return sorted((Layout(way, writing.numerals) for way in ways), key=lambda layout: layout.lines(units))


def _wrapped(sizes: ColumnSizes, inputs: int, units: int, room: int, neuron: NeuronSizes) -> Iterator[tuple[Section, ...]]:
    """The ways to wrap the row of a neuron that fit: with the bias at the end of the weights, before z, or all in one."""
    numbers = LABEL + sum(size for _, size in neuron)
    ending = ceil(sizes.bias / sizes.weight)
    for rows in range(1, min(MOST_SECTIONS, inputs) + 1):
        above = _split(inputs, rows, ending)
        above[-1] += (0,)
        yield from _with_numbers(sizes, above, room, ((), numbers, units), neuron)
        yield from _with_numbers(sizes, _split(inputs, rows, 0), room, ((0,), numbers + sizes.bias, units), neuron)
        if rows > 1:
            *above, last = _split(inputs, rows, ceil((numbers - LABEL + sizes.bias) / sizes.weight))
            width = numbers + sizes.bias + sizes.weight * len(last)
            yield from _with_numbers(sizes, above, room, ((*last, 0), width, 1), neuron)


def _with_numbers(
    sizes: ColumnSizes, above: list[tuple[int, ...]], room: int, ends: tuple[tuple[int, ...], int, int], neuron: NeuronSizes
) -> Iterator[tuple[Section, ...]]:
    """The sections of these senders and one that ends with the numbers of the neuron, if all fit.

    ends: the senders of that one, its cells, and how many neurons may be side by side.
    """
    senders, width, most = ends
    beside = min(room // width, MOST_BESIDE, most)
    widest = max(sizes.weight * len(some) + (sizes.bias - sizes.weight) * (0 in some) for some in above)
    if beside and LABEL + widest <= room and (0,) not in above and () not in above:
        sections = [Section(LABEL, some, sizes.weight, sizes.bias, ()) for some in above]
        yield (*sections, Section(LABEL, senders, sizes.weight, sizes.bias, neuron, beside))


def _split(inputs: int, rows: int, ending: int) -> list[tuple[int, ...]]:
    """The senders in `rows` rows of about equal length; in the last there is room for `ending` more columns."""
    each = ceil((inputs + ending) / rows)
    starts = [min(row * each, inputs) for row in range(rows)]
    return [tuple(range(start + 1, end + 1)) for start, end in zip(starts, [*starts[1:], inputs], strict=True)]


# --- in short


def short_layouts(numbers: BandNumbers, layer: int, room: int, *, through: bool) -> Iterator[Layout]:
    """A layer in one row for each neuron, its weights as bars or left out: those that say most first.

    through: the weight from the present neuron of the layer below stays a number.
    """
    strip = min(max(numbers.blocks[layer - 1].inputs + 1, LEAST_STRIP), MOST_STRIP)
    for bars, columns in product((strip, 0), ("zaσ′δy", "zaδy", "aδy")):
        if columns == "zaσ′δy" and "σ′" not in numbers.columns(layer):
            continue
        widths = [
            _short_width(numbers.sizes(layer, place), columns, bars, through=through) for place in range(len(numbers.writings))
        ]
        for beside in range(1, min(MOST_BESIDE, numbers.units[layer - 1]) + 1):
            place = next((place for place, width in enumerate(widths) if width * beside <= room), None)
            if place is not None:
                yield _short(numbers, layer, place, columns, bars, beside, through=through)


def least_short(numbers: BandNumbers, layer: int, room: int) -> int:
    """Lines of a layer in short, at least, with a weight that goes through; 1, for its name, where it is not wide enough."""
    units, sizes = numbers.units[layer - 1], numbers.sizes(layer, len(numbers.writings) - 1)
    beside = min(room // _short_width(sizes, "aδy", 0, through=True), MOST_BESIDE)
    return 2 + ceil(units / beside) if beside else 1


def _short_width(sizes: ColumnSizes, columns: str, bars: int, *, through: bool) -> int:
    numbers = sum(size for name, size in sizes.neuron if name in columns)
    return LABEL + bars + sizes.bias * (bars > 0) + sizes.weight * through + numbers


def _short(numbers: BandNumbers, layer: int, place: int, columns: str, bars: int, beside: int, *, through: bool) -> Layout:
    writing, sizes = numbers.writings[place], numbers.sizes(layer, place)
    neuron = tuple(column for column in sizes.neuron if column[0] in columns)
    senders = (0,) if bars else ()
    return Layout((Section(LABEL, senders, sizes.weight, sizes.bias, neuron, beside, bars, through),), writing.numerals)


def named_layout(numbers: BandNumbers, layer: int, room: int, lines: int, *, through: bool) -> Layout:
    """A layer in its border alone, with as many of its numbers as fit: first the targets, δ, and the weight it goes through.

    lines: with two, the numbers are in a line under the border where more of them fit there.
    """
    units = numbers.units[layer - 1]
    title = f"layer {layer} {numbers.activation(layer)}  {left_out(numbers.blocks[layer - 1].inputs * units)}"
    rooms = ((False, room - CORNERS - len(title)), (True, room))[:lines]
    for columns, (below, cells) in product((THROUGH + "zaδy", THROUGH + "aδy", THROUGH + "δy", "δy", "y"), rooms):
        for place, writing in enumerate(numbers.writings):
            sizes = numbers.sizes(layer, place)
            weight = ((THROUGH, sizes.weight),) if through and THROUGH in columns else ()
            border = (*weight, *(column for column in sizes.neuron if column[0] in columns))
            heads = sum(2 + len(numbers.head(name, layer)) for name, _ in border)
            if border and heads + sum(size * units for _, size in border) <= cells:
                return Layout((), writing.numerals, border, below)
    return Layout((), numbers.numerals)


def left_out(weights: int) -> str:
    """What a layer in its border leaves out."""
    return f"… {counted(weights, 'weight')}"
