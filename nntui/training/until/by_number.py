"""Searches for a number of the run, or a mean C of an epoch, that meets a comparison, and for a mean that rises.

Costs and means that are known already are read from the timeline and not computed again.
"""

from collections.abc import Iterator

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.epoch_means import epoch_means
from nntui.training.cell import Cell
from nntui.training.containers.series import Series
from nntui.training.rows.followed import values_of, wanted_of
from nntui.training.timeline import Timeline
from nntui.training.until.condition import Compared, Rose
from nntui.training.until.finder import Finder, Found, SearchResults

_EPOCHS_AT_ONCE = 1 << 11  # epochs in a slice if their means only have to be looked up
_UFUNCS = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}


class NumberFinder(Finder):
    """Steps that compute a number for which a comparison holds."""

    def __init__(self, timeline: Timeline, condition: Compared) -> None:
        super().__init__(timeline)
        number = condition.number
        assert number.kind != "mean"
        self.condition = condition
        self._m = self.offset(number.kind, number.layer, number.neuron)
        self._cell = Cell(number.kind, number.layer, number.neuron, number.sender)

    def search(self, start: int, stop: int) -> SearchResults:
        """The steps where the comparison holds, in order."""
        network = self.timeline.scenario.network
        for first, made in self.folded_so_far(start, stop, wanted_of(self._cell, network)):
            if made is None:
                yield first
                continue
            if self._cell.kind == "update" and first in self.fresh_weights:
                yield from self._begun(first)
            yield from self.holding(values_of(self._cell, network, made), first)
            yield first + len(made.costs)

    def holding(self, found: Array, first: int) -> Iterator[Found]:
        """Those of the numbers of some iterations for which the condition holds; `first` is the first iteration."""
        judged = np.abs(found) if self.condition.absolute else found
        for at in np.flatnonzero(_UFUNCS[self.condition.relation](judged, self.condition.bound)).tolist():
            yield Found((first + at) * self.course.length + self._m, float(found[at]))

    def _begun(self, n: int) -> Iterator[Found]:
        """The weight as it comes to be before iteration n in another way than by an update."""
        block = self.timeline.scenario.network.blocks[self._cell.layer - 1]
        first = float(self.timeline.iteration(n).before[block.place(self._cell.neuron, self._cell.sender)])
        if self.condition.holds(first):
            yield Found(n * self.course.length, first)


class CostFinder(NumberFinder):
    """Steps that compute a C for which a comparison holds, by the known costs if there are any."""

    def search(self, start: int, stop: int) -> SearchResults:
        """The `cost` steps where the comparison holds, in order."""
        if stop > self.timeline.computed:
            return super().search(start, stop)
        costs = self.timeline.costs_seen.exact(start, stop)
        if costs is not None:
            return self.holding(costs, start)
        return super().search(start, stop) if _can_hold(self.condition, self.timeline.costs_seen, start, stop) else iter(())


class EpochFinder(Finder):
    """A finder that needs the mean C of epochs."""

    def epochs(self, start: int, stop: int) -> tuple[int, int]:
        """The epochs, from 0, that end in the iterations start … stop − 1: the first, and one after the last."""
        return start // self.course.points, stop // self.course.points

    def found(self, epoch: int, mean: float) -> Found:
        """The step where the mean of an epoch is known: the `cost` step of its last data point."""
        last = (epoch + 1) * self.course.points - 1
        return Found(last * self.course.length + self.offset("cost", len(self.course.units)), mean)

    def means(self, first: int, last: int) -> Iterator[tuple[int, float | None]]:
        """(epoch, mean C) of epochs first … last − 1, and after each slice (iteration, None)."""
        timeline, points = self.timeline, self.course.points
        epoch = first
        while epoch < last:
            needed = (epoch + 1) * points
            if needed > timeline.computed:
                for computed in timeline.reach(min(max(needed, timeline.computed + timeline.stride), last * points)):
                    yield computed, None
            known = min(timeline.computed // points, epoch + _EPOCHS_AT_ONCE, last)
            means = timeline.epoch_means.exact(epoch, known)
            if means is None or len(means) < known - epoch:  # too many epochs to keep each
                yield from self._means_from_costs(epoch, last)
                return
            yield from enumerate(means.tolist(), epoch)
            epoch = known
            yield epoch * points, None

    def _means_from_costs(self, first: int, last: int) -> Iterator[tuple[int, float | None]]:
        """(epoch, mean C) as `means` yields them, from the costs, added from left to right."""
        points = self.course.points
        total: Array | float = 0.0
        for start, made in self.folded_so_far(first * points, last * points):
            if made is None:
                yield start, None
                continue
            means, total = epoch_means(made.costs, start % points, points, total)
            yield from enumerate(means.tolist(), start // points)
            yield start + len(made.costs), None


class MeanFinder(EpochFinder):
    """Epochs for whose mean C a condition holds."""

    def __init__(self, timeline: Timeline, condition: Compared) -> None:
        super().__init__(timeline)
        self.condition = condition

    def search(self, start: int, stop: int) -> SearchResults:
        """The steps where the mean of an epoch is known and the comparison holds for it."""
        first, last = self.epochs(start, stop)
        series = self.timeline.epoch_means
        if first < last <= series.length and not _can_hold(self.condition, series, first, last):
            return
        for number, mean in self.means(first, last):
            if mean is None:
                yield min(max(number, start), stop)
            elif self.condition.holds(mean):
                yield self.found(number, mean)


class RiseFinder(EpochFinder):
    """Epochs whose mean C is the last of `times` rises in a row."""

    def __init__(self, timeline: Timeline, condition: Rose) -> None:
        super().__init__(timeline)
        self.times = condition.times

    def search(self, start: int, stop: int) -> SearchResults:
        """The steps where the last of the rises is known."""
        first, last = self.epochs(start, stop)
        if first == last:
            return
        before, times = float("nan"), 0
        for epoch, mean in self.means(max(first - self.times, 0), last):
            if mean is None:
                yield min(max(epoch, start), stop)
                continue
            times = times + 1 if mean > before else 0
            before = mean
            if times >= self.times and epoch >= first:
                yield self.found(epoch, mean)


def _can_hold(condition: Compared, series: Series, start: int, stop: int) -> bool:
    """Whether it can hold for any of some known costs, judged by their smallest and largest; costs are never below 0."""
    low, high = (float(end[0]) for end in series.columns(stop, 1, start - start % series.width, stop))
    return condition.holds(low) or condition.holds(high)
