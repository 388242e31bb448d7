"""The numbers that bands have room for: how wide the columns of a layer must be for each way of writing them.

The widths come from all numbers of the data point, known yet or not: nothing moves at a step.
"""

from collections.abc import Callable, Iterable

from rich.cells import cell_len

from nntui.draw.base.numbers import signed
from nntui.draw.network.neuron_columns import COLUMNS, column_value
from nntui.draw.network.weight_row import rows_and_kept
from nntui.draw.network.weights import changes_of_rows
from nntui.explain.notation.numerals import FEWEST, FOUR, MOST, Numerals, superscript
from nntui.explain.notation.symbols import Notation
from nntui.training.frame import Frame
from nntui.values import dataclass

SHORTER = (7, 6)  # cells of the longest number where even the fewest decimals are too wide: −4e-05 has six
LEAST_NUMBER = 5  # cells of a column with the blank before it
LEAST_TARGET = 2
THROUGH = "w"  # the column of weights from the present neuron of the layer below, in a border

NeuronSizes = tuple[tuple[str, int], ...]
"""The columns of numbers of a neuron, of z, a, σ′, δ, y, with the cells of each."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How the numbers of bands are written: none is longer than `longest` cells if it can be shorter."""

    numerals: Numerals
    longest: int = Numerals(MOST).cell

    def write(self, value: float) -> str:
        return self.numerals.within(value, self.longest)


def writings(asked: int) -> list[Writing]:
    """The ways to write a number, the best first: with all decimals, with fewer, with shorter powers of ten.

    Who asked for more digits than usual has no fewer.
    """
    fewest = FEWEST if asked <= FOUR.digits else asked
    ways = [Writing(Numerals(digits)) for digits in range(asked, fewest - 1, -1)]
    return ways + [Writing(Numerals(FEWEST), longest) for longest in SHORTER] if fewest == FEWEST else ways


@dataclass(frozen=True, slots=True)
class ColumnSizes:
    """Cells of the columns of a layer, a blank before each number: of a weight, of the bias, of the numbers of a neuron."""

    weight: int
    bias: int
    neuron: NeuronSizes


def common_sizes(sizes: Iterable[ColumnSizes]) -> ColumnSizes:
    """The columns that hold the numbers of several layers."""
    every = list(sizes)
    widest = dict.fromkeys(COLUMNS, 0)
    for one in every:
        widest |= {name: max(size, widest[name]) for name, size in one.neuron}
    neuron = tuple((name, size) for name, size in widest.items() if size)
    return ColumnSizes(max(one.weight for one in every), max(one.bias for one in every), neuron)


class BandNumbers:
    """The numbers that the columns of each layer may hold at any step of the data point, and the changes shown in their place.

    They are collected once, however many ways of writing them are tried.
    """

    def __init__(self, frame: Frame, then: Frame | None, numerals: Numerals, notation: Notation) -> None:
        self.scenario, self.numerals, self.writings = frame.scenario, numerals, writings(numerals.digits)
        self._frame, self._then, self._notation = frame, then, notation
        network = frame.scenario.network
        self.units, self.blocks = network.sizes[1:], network.blocks
        self.layers = range(1, len(self.units) + 1)
        self._weights: dict[int, tuple[set[float], set[float]]] = {}  # of a layer the biases, then the others
        self._changes: dict[int, tuple[set[float], set[float]]] = {}
        self._columns: dict[int, dict[str, tuple[set[float], set[float]]]] = {}
        for layer in self.layers:
            self._collect(layer)
        self._sizes: dict[tuple[int, int], ColumnSizes] = {}

    def _collect(self, layer: int) -> None:
        """The numbers of the rows of weights of a layer, those that come in, and those of its neurons."""
        frame, then = self._frame, self._then
        weights: tuple[set[float], set[float]] = set(), set(frame.layer_a(layer - 1).tolist())
        changes: tuple[set[float], set[float]] = set(), set()
        for k in range(1, self.units[layer - 1] + 1):
            for bias, *others in rows_and_kept(frame, layer, k):
                weights[0].add(bias)
                weights[1].update(others)
            if then is not None:
                for j, change in changes_of_rows(frame, then, layer, k):
                    changes[j > 0].add(change)
        self._weights[layer], self._changes[layer] = weights, changes
        self._columns[layer] = {name: self._column(name, layer) for name in self.columns(layer)}

    def columns(self, layer: int) -> tuple[str, ...]:
        """Which of z, a, σ′, δ, y a layer has."""
        left_out = set() if layer == len(self.units) else {"y"}
        left_out |= set() if self.blocks[layer - 1].sigma.each else {"σ′"}
        return tuple(name for name in COLUMNS if name not in left_out)

    def activation(self, layer: int) -> str:
        """The name of the activation of a layer."""
        return self.scenario.network.layers[layer - 1].activation

    def head(self, column: str, layer: int) -> str:
        """The longest name of a column in a border."""
        if column == THROUGH:
            return self._notation.weight(layer, "ₘ", self.blocks[layer - 1].inputs)
        return column_head(column, layer)

    def _column(self, name: str, layer: int) -> tuple[set[float], set[float]]:
        """The numbers of a column, and their changes."""
        frame, then = self._frame, self._then
        neurons = range(1, self.units[layer - 1] + 1)
        values = [column_value(frame, name, layer, k) for k in neurons]
        if then is None:
            return set(values), set()
        return set(values), {value - column_value(then, name, layer, k) for value, k in zip(values, neurons, strict=True)}

    def sizes(self, layer: int, place: int) -> ColumnSizes:
        """The columns that hold the numbers of a layer, written as the writing at a place of `writings` has them."""
        found = self._sizes.get((layer, place))
        if found is None:
            found = self._sizes[layer, place] = self._measured(layer, self.writings[place])
        return found

    def _measured(self, layer: int, writing: Writing) -> ColumnSizes:
        columns = []
        for name, (values, changes) in self._columns[layer].items():
            head = cell_len(column_head(name, layer))
            write = writing.numerals.brief if name == "y" else writing.write
            size = max(head, _widest(write, values), _widest_change(writing, changes))
            columns.append((name, max(size + 1, LEAST_TARGET if name == "y" else LEAST_NUMBER)))
        bias, weight = (
            max(LEAST_NUMBER, _widest(writing.write, values) + 1, _widest_change(writing, changes) + 1)
            for values, changes in zip(self._weights[layer], self._changes[layer], strict=True)
        )
        return ColumnSizes(weight, max(bias, len(self._notation.bias(1)) + 1), tuple(columns))


def column_head(column: str, layer: int) -> str:
    """z¹, a¹, δ¹; σ′ and y without their layer."""
    return column + superscript(layer) if column in "zaδ" else column


def _widest(write: Callable[[float], str], values: set[float]) -> int:
    return max((len(write(value)) for value in values), default=0)


def _widest_change(writing: Writing, changes: set[float]) -> int:
    return max((len(signed(writing.write(change), change)) for change in changes), default=0)
