"""Searching a range of iterations for the steps where a condition holds, from the first to the last, in slices.

A range never crosses the start of a fork, so that network and classes are the same in all of it. Numbers are read from
the arrays of an iteration directly.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np

from nntui.engine.fold import COSTS_ALONE, FoldResult, Wanted
from nntui.engine.iteration import Iteration
from nntui.training.address import Moment
from nntui.training.frame import finite_steps
from nntui.training.kinds import Kind
from nntui.training.segments.lineage import lineage
from nntui.training.timeline import Timeline
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A step at which a condition holds, and the number that met it if the condition is about one."""

    step: int
    value: float | None = None


SearchResults = Iterator[Found | int]
"""What a search yields: what it finds, in order, and after each slice up to which iteration it has searched."""

Hits = Sequence[tuple[int, float | None]]
"""Steps of an iteration at which a condition holds, in order: the step's m, and the number if there is one."""


class Finder:
    """Searches ranges of iterations of a run for one condition."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline, self.course = timeline, timeline.course
        self.fresh_weights = frozenset(line.origin.start if line.origin is not None else 0 for line in lineage(timeline))
        """Iterations before which weights come to be in another way than by an update."""

    def search(self, start: int, stop: int) -> SearchResults:
        """Searches the iterations start … stop − 1, start < stop."""
        raise NotImplementedError

    def offset(self, kind: Kind, layer: int, neuron: int = 0) -> int:
        """The m of a moment: its step within a data point."""
        return self.course.offset(Moment(kind, layer, neuron))

    def made(self, start: int, stop: int) -> Iterator[tuple[int, list[Iteration]]]:
        """The iterations in slices of a few milliseconds, computed if needed: the number of the first, and the list."""
        timeline = self.timeline
        for _ in timeline.reach(start):
            yield start, []
        for _ in timeline.approach(start):
            yield start, []
        source = timeline.iterations(start, stop)
        for n in range(start, stop, timeline.slice):
            yield n, list(islice(source, timeline.slice))

    def folded_so_far(self, start: int, stop: int, wanted: Wanted = COSTS_ALONE) -> Iterator[tuple[int, FoldResult | None]]:
        """The iterations in stretches: the first of each, and what is wanted; None while what lies before them is computed."""
        timeline = self.timeline
        for _ in timeline.reach(start):
            yield start, None
        for _ in timeline.approach(start):
            yield start, None
        yield from timeline.folded(start, stop, wanted)

    def search_each(self, start: int, stop: int, hits: Callable[[int, Iteration], Hits]) -> SearchResults:
        """Searches iteration by iteration; `hits` gives the steps of one."""
        for first, slice_ in self.made(start, stop):
            for n, made in enumerate(slice_, first):
                for m, value in hits(n, made):
                    yield Found(n * self.course.length + m, value)
            yield first + len(slice_)


class TurnFinder(Finder):
    """Input steps of one data row, from 0. No iteration is computed."""

    def __init__(self, timeline: Timeline, row: int) -> None:
        super().__init__(timeline)
        self.row = row

    def search(self, start: int, stop: int) -> SearchResults:
        """The input steps of the turns of the row."""
        orders, points = self.timeline.orders, self.course.points
        for epoch in range(start // points, -(-stop // points)):
            for _ in orders.shuffle(epoch + 1):
                yield start
            n = orders.turn_of(self.row, epoch)
            if start <= n < stop:
                yield Found(n * self.course.length)
            yield min((epoch + 1) * points, stop)


class NotFiniteFinder(Finder):
    """Steps that compute inf or nan. Iterations before the first such step that is known are not searched again."""

    def search(self, start: int, stop: int) -> SearchResults:
        """The steps that compute inf or nan, in order."""
        timeline, length = self.timeline, self.course.length
        while timeline.computed < stop and timeline.diverged is None:
            for computed in timeline.reach(min(timeline.computed + timeline.stride, stop)):
                yield min(max(computed, start), stop)
        if timeline.diverged is not None and timeline.diverged < stop * length:
            yield from self.search_each(max(start, timeline.diverged // length), stop, self._hits)

    def _hits(self, n: int, made: Iteration) -> Hits:
        network = self.timeline.scenario.network  # of a fork as large as before
        finite = np.concatenate([finite_steps(network, made, group) for group in self.course.groups])
        return [(m, None) for m in np.flatnonzero(~finite).tolist()]
