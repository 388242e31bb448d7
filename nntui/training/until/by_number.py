"""Searches for a number of the run, or a mean C of an epoch, that meets a comparison, and for a mean that rises.

Costs and means that are known already are read from the timeline and not computed again.
"""

from collections.abc import Callable, Iterator

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.iteration import Iteration
from nntui.training.series import Series
from nntui.training.timeline import Timeline
from nntui.training.until.condition import Compared, Rose
from nntui.training.until.finder import NO_HITS, Finder, Found, Hits, SearchResults

_EPOCHS_AT_ONCE = 1 << 11  # epochs in a slice if their means only have to be looked up
_UFUNCS = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}


class NumberFinder(Finder):
    """Steps that compute a number for which a comparison holds."""

    def __init__(self, timeline: Timeline, condition: Compared) -> None:
        super().__init__(timeline)
        self.condition = condition
        self.hits = self._hits_of_number()

    def search(self, start: int, stop: int) -> SearchResults:
        """The steps where it holds."""
        return self.search_each(start, stop, self.hits)

    def _hits_of_number(self) -> Callable[[int, Iteration], Hits]:
        """The function that finds the steps of one iteration at which the comparison holds."""
        number, holds, fresh_weights = self.condition.number, self.condition.holds, self.fresh_weights
        assert number.kind != "mean"
        block = self.timeline.scenario.network.blocks[number.layer - 1]
        k, m = number.neuron - 1, self.offset(number.kind, number.layer, number.neuron)
        neuron, output, sender = block.neurons.start + k, block.outputs.start + k, block.senders.start + number.sender
        weight = block.weights.start + number.sender * block.units + k

        def one(value: float) -> Hits:
            return ((m, value),) if holds(value) else NO_HITS

        def weights(n: int, made: Iteration) -> Hits:
            after = one(made.after.item(weight))
            if n in fresh_weights and holds(first := made.before.item(weight)):
                return ((0, first), *after)
            return after

        match number.kind:
            case "cost":
                return lambda _, made: one(made.cost)
            case "z":
                return lambda _, made: one(made.z.item(neuron))
            case "a":
                return lambda _, made: one(made.a.item(output))
            case "delta":
                return lambda _, made: one(made.delta.item(neuron))
            case "gradient":
                return lambda _, made: one(made.a.item(sender) * made.delta.item(neuron))
            case "update":
                return weights


class Costs(NumberFinder):
    """The same for C, by the known costs if there are any."""

    def search(self, start: int, stop: int) -> SearchResults:
        """The `cost` steps where it holds."""
        if stop > self.timeline.computed:
            return super().search(start, stop)
        costs = self.timeline.costs_seen.exact(start, stop)
        if costs is not None:
            return self._known(costs, start)
        return super().search(start, stop) if _can_hold(self.condition, self.timeline.costs_seen, start, stop) else iter(())

    def _known(self, costs: Array, start: int) -> SearchResults:
        m = self.offset("cost", self.condition.number.layer)
        judged = np.abs(costs) if self.condition.absolute else costs
        for at in np.flatnonzero(_UFUNCS[self.condition.relation](judged, self.condition.bound)).tolist():
            yield Found((start + at) * self.course.length + m, float(costs[at]))


class Epochs(Finder):
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
        for epoch in range(first, last):
            needed = (epoch + 1) * points
            if needed > timeline.computed:
                for computed in timeline.reach(min(max(needed, timeline.computed + timeline.slice), last * points)):
                    yield computed, None
            mean = timeline.epoch_means.exact(epoch, epoch + 1)
            if mean is None:  # too many epochs to keep each
                yield from self._means_from_costs(epoch, last)
                return
            yield epoch, float(mean[0])
            if epoch % _EPOCHS_AT_ONCE == 0:
                yield needed, None

    def _means_from_costs(self, first: int, last: int) -> Iterator[tuple[int, float | None]]:
        """The same, computed from the costs added from left to right."""
        points, total = self.course.points, 0.0
        for start, slice_ in self.made(first * points, last * points):
            for n, made in enumerate(slice_, start):
                total += made.cost
                if (n + 1) % points == 0:
                    yield n // points, total / points
                    total = 0.0
            yield start + len(slice_), None


class Means(Epochs):
    """Epochs for whose mean C a condition holds."""

    def __init__(self, timeline: Timeline, condition: Compared) -> None:
        super().__init__(timeline)
        self.condition = condition

    def search(self, start: int, stop: int) -> SearchResults:
        """The steps where it holds."""
        first, last = self.epochs(start, stop)
        series = self.timeline.epoch_means
        if first < last <= series.length and not _can_hold(self.condition, series, first, last):
            return
        for number, mean in self.means(first, last):
            if mean is None:
                yield min(max(number, start), stop)
            elif self.condition.holds(mean):
                yield self.found(number, mean)


class Rises(Epochs):
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
