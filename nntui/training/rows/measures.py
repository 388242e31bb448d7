"""What a plot can show of a run: cost, outputs, the size of δ and of the weights by layer, accuracy.

A measure is one number of a data point; over an epoch it is the mean of its data points, added from left to right.
The numbers equal those of a trace to the last bit: an output is a_k^N, the size of δ^l is max_k |δ_k^l|, that of the
weights is max |w_kj| after the update of the data point, biases included.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.iteration import Iteration, outputs
from nntui.engine.network import Network
from nntui.training.classes import Classes, classes_of
from nntui.training.row_order import turn_of
from nntui.training.scenario import Scenario
from nntui.training.segments.lineage import owner
from nntui.training.series import Series
from nntui.training.timeline import Timeline

MeasureKind = Literal["cost", "output", "delta", "weight", "accuracy"]

MOST_OUTPUTS = 64
_CAPACITY, _BUDGET = 1 << 16, 24 << 20  # numbers of one measure; bytes of all of them
_WEIGHTS_PER_SLICE = 1 << 18  # weights used in one slice while rows are classified


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a data point. place: the output k or the layer l; 0 for the cost and for accuracy."""

    kind: MeasureKind
    place: int = 0


COST, ACCURACY = Measure("cost"), Measure("accuracy")


def measures(network: Network) -> tuple[Measure, ...]:
    """The measures of every data point, in the order of the numbers of `measured`."""
    layers = range(1, len(network.layers) + 1)
    return (
        COST,
        *(Measure("output", k) for k in range(1, min(network.outputs, MOST_OUTPUTS) + 1)),
        *(Measure("delta", layer) for layer in layers),
        *(Measure("weight", layer) for layer in layers),
    )


def measured(network: Network, made: Iteration) -> list[float]:
    """The numbers of one data point, one for each of `measures`."""
    blocks = network.blocks
    last = blocks[-1].outputs
    return [
        made.cost,
        *made.a[last.start : min(last.stop, last.start + MOST_OUTPUTS)].tolist(),
        *(float(np.maximum.reduce(np.abs(made.delta[block.neurons]))) for block in blocks),
        *(_largest_size(block.matrix(made.after)[0 if block.biases else 1 :]) for block in blocks),
    ]


def _largest_size(weights: Array) -> float:
    return max(float(weights.max()), -float(weights.min()))


class MeasureTable:
    """A series for each measure, all of the same length; `first` is the place of their first number in the run."""

    def __init__(self, names: Sequence[Measure], first: int = 0) -> None:
        capacity = max(min(_CAPACITY, _BUDGET // (32 * len(names))), 1 << 10)
        self.first = first
        self.series = {name: Series(capacity) for name in names}

    @property
    def length(self) -> int:
        """How many numbers each series has."""
        return self.series[COST].length

    def extend(self, rows: Sequence[Sequence[float]]) -> None:
        """Appends to each series; `rows` has the measures of a data point in each row."""
        if rows:
            for series, values in zip(self.series.values(), np.array(rows).T, strict=True):
                series.extend(values)

    def exact(self, measure: Measure, place: int) -> float | None:
        """The number at a place of the run; None if it is not there, or if only the extremes of several are kept."""
        at = place - self.first
        if not 0 <= at < self.length:
            return None
        found = self.series[measure].exact(at, at + 1)
        return float(found[0]) if found is not None else None


class Measured:
    """All measures of a run up to some data point: computed in one pass, in slices, within a budget of bytes.

    points: by data point. means: by epoch. accuracy: by epoch, the share of the data rows that the weights after it
    classify right; None if the scenario is not about classes.
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        network = timeline.scenario.network
        self.names = measures(network)
        self.points, self.means = MeasureTable(self.names), MeasureTable(self.names)
        self.accuracy = Series(_CAPACITY) if classes_of(timeline.scenario) is not None else None
        self._sums = np.zeros(len(self.names))
        self._turns: dict[int, RowMeasures] = {}
        self._detail: Detail | None = None
        self._correct_rows = _CorrectRows(timeline)

    @property
    def known(self) -> int:
        """How many data points are measured."""
        return self.points.length

    def fill(self, stop: int) -> Iterator[int]:
        """Measures up to data point `stop` in slices; yields how many are done. A caller may stop between slices."""
        timeline, size = self.timeline, self.timeline.course.points
        network, sums = timeline.scenario.network, self._sums
        rows: list[list[float]] = []
        means: list[list[float]] = []
        shares: list[float] = []
        for n, made in enumerate(timeline.iterations(self.known, stop), start=self.known + 1):
            with quiet():
                rows.append(measured(network, made))
                sums = sums + rows[-1]
            if n % size == 0:
                means.append((sums / size).tolist())
                sums = np.zeros_like(sums)
                if self.accuracy is not None:
                    right = 0
                    for part in self._correct_rows.right(n - 1, made.after):
                        right += part
                        yield self.known
                    shares.append(right / size)
            if len(rows) >= timeline.slice or n == stop:
                self.points.extend(rows)
                self.means.extend(means)
                if self.accuracy is not None:
                    self.accuracy.extend(np.array(shares))
                self._sums = sums
                rows, means, shares = [], [], []
                yield self.known

    def turns(self, row: int) -> "RowMeasures":
        """The measures of a data row (from 0), turn by turn; those of the last two rows asked for are kept."""
        if row not in self._turns:
            self._turns = {**dict(list(self._turns.items())[-1:]), row: RowMeasures(self.timeline, row)}
        return self._turns[row]

    def detail(self, first: int, stop: int) -> "Detail":
        """The measures of each of the data points first … stop − 1, for a run that is too long to keep all of its numbers."""
        if self._detail is None or (self._detail.table.first, self._detail.stop) != (first, stop):
            self._detail = Detail(self.timeline, first, stop)
        return self._detail

    # --- one number, exact

    def at(self, measure: Measure, n: int) -> float:
        """The measure of data point n, which is computed."""
        found = self.timeline.costs_seen.exact(n, n + 1) if measure == COST else None
        known = float(found[0]) if found is not None and len(found) else self.points.exact(measure, n)
        if known is None:
            made = self.timeline.iteration(n)
            with quiet():
                known = measured(self.timeline.scenario.network, made)[self.names.index(measure)]
        return known

    def mean(self, measure: Measure, epoch: int) -> float | None:
        """The mean of an epoch (from 0), which is computed; None if it is not measured yet."""
        timeline, size = self.timeline, self.timeline.course.points
        if measure == ACCURACY:
            found = self.accuracy.exact(epoch, epoch + 1) if self.accuracy is not None else None
            return float(found[0]) if found is not None and len(found) else None
        seen = timeline.epoch_means.exact(epoch, epoch + 1) if measure == COST else None
        if seen is not None and len(seen):
            return float(seen[0])
        known = self.means.exact(measure, epoch)
        if known is None and epoch < self.means.length:
            place, total = self.names.index(measure), 0.0
            with quiet():
                for made in timeline.iterations(epoch * size, (epoch + 1) * size):
                    total += measured(timeline.scenario.network, made)[place]
            known = total / size
        return known


class RowMeasures:
    """The measures of one data row (from 0), turn by turn: one in each epoch."""

    def __init__(self, timeline: Timeline, row: int) -> None:
        self.timeline, self.row = timeline, row
        self.table = MeasureTable(measures(timeline.scenario.network))

    def fill(self, stop: int) -> Iterator[int]:
        """Measures all turns among the first `stop` data points, one at a time; yields how many are done."""
        network = self.timeline.scenario.network
        for epoch in range(self.table.length, self.timeline.course.epochs):
            n = turn_of(self.timeline.scenario, self.row, epoch)
            if n >= stop:
                return
            made = self.timeline.iteration(n)
            with quiet():
                self.table.extend([measured(network, made)])
            yield self.table.length


class Detail:
    """The measures of the data points first … stop − 1."""

    def __init__(self, timeline: Timeline, first: int, stop: int) -> None:
        self.timeline, self.stop = timeline, stop
        self.table = MeasureTable(measures(timeline.scenario.network), first)

    @property
    def whole(self) -> bool:
        """Whether all of them are measured."""
        return self.table.first + self.table.length >= self.stop

    def fill(self) -> Iterator[int]:
        """Measures them in slices; yields how many are done."""
        timeline, table = self.timeline, self.table
        network = timeline.scenario.network
        rows: list[list[float]] = []
        begin = table.first + table.length
        for n, made in enumerate(timeline.iterations(begin, self.stop), start=begin + 1):
            with quiet():
                rows.append(measured(network, made))
            if len(rows) >= timeline.slice or n == self.stop:
                table.extend(rows)
                rows = []
                yield table.length


class _CorrectRows:
    """Counts the data rows that are classified right, in slices; before a fork begins its origin's scenario counts."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._scenario: Scenario | None = None
        self._classes: Classes | None = None

    def right(self, n: int, theta: Array) -> Iterator[int]:
        """How many are, a few rows at a time, with the weights after iteration n."""
        scenario = owner(self._timeline, n).scenario
        if scenario is not self._scenario:
            self._scenario, self._classes = scenario, classes_of(scenario)
        if self._classes is None:
            return
        few = max(_WEIGHTS_PER_SLICE // scenario.network.parameters, 1)
        for first in range(0, scenario.points, few):
            part = slice(first, first + few)
            yield int(self._classes.right(outputs(scenario.network, theta, scenario.x[part]), part).sum())
