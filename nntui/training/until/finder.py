"""Where something holds in a stretch of a run, from its first iteration to its last, in slices.

A stretch lies in one run of a family, so that its network and its classes are the same throughout. Numbers are taken
from the arrays of an iteration as they lie there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.iteration import Iteration, gradient
from nntui.training.row_order import shuffle, turn_of
from nntui.training.segments.lineage import lineage
from nntui.training.steps import Kind, Moment
from nntui.training.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Found:
    """A step at which a condition holds, and the number that was judged, where it is about one."""

    step: int
    value: float | None = None


Looked = Iterator[Found | int]
"""What was found, in order, and between slices up to which iteration all was looked at."""

Hits = Sequence[tuple[int, float | None]]
"""Steps within an iteration at which a condition holds, in order."""

NO_HITS: Hits = ()


class Finder:
    """What looks at stretches of a run."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline, self.course = timeline, timeline.course
        self.begins = frozenset(line.origin.start if line.origin is not None else 0 for line in lineage(timeline))
        """Iterations before which weights come to be in another way than by an update."""

    def look(self, start: int, stop: int) -> Looked:
        """Iterations start … stop − 1, start < stop."""
        raise NotImplementedError

    def offset(self, kind: Kind, layer: int, neuron: int = 0) -> int:
        """The m of a moment."""
        return self.course.offset(Moment(kind, layer, neuron))

    def made(self, start: int, stop: int) -> Iterator[tuple[int, list[Iteration]]]:
        """The iterations, computed where they are not known, a slice of some milliseconds at a time: its first, and all of it."""
        timeline = self.timeline
        for _ in timeline.reach(start):
            yield start, []
        for _ in timeline.approach(start):
            yield start, []
        source = timeline.iterations(start, stop)
        for n in range(start, stop, timeline.slice):
            yield n, list(islice(source, timeline.slice))

    def each(self, start: int, stop: int, hits: Callable[[int, Iteration], Hits]) -> Looked:
        """Looks at each iteration by itself."""
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

    def look(self, start: int, stop: int) -> Looked:
        """Where it has its turn."""
        scenario, points = self.timeline.scenario, self.course.points
        for epoch in range(start // points, -(-stop // points)):
            for _ in shuffle(scenario, epoch + 1):
                yield start
            n = turn_of(scenario, self.row, epoch)
            if start <= n < stop:
                yield Found(n * self.course.length)
            yield min((epoch + 1) * points, stop)


class NotFiniteSteps(Finder):
    """Steps that make inf or nan. Before the first of them that is known, nothing is looked at again."""

    def look(self, start: int, stop: int) -> Looked:
        """Where they are."""
        timeline, length = self.timeline, self.course.length
        while timeline.computed < stop and timeline.diverged is None:
            for computed in timeline.reach(min(timeline.computed + timeline.slice, stop)):
                yield min(max(computed, start), stop)
        if timeline.diverged is not None and timeline.diverged < stop * length:
            yield from self.each(max(start, timeline.diverged // length), stop, self._hits)

    def _hits(self, n: int, made: Iteration) -> Hits:
        with quiet():
            products = gradient(self.timeline.scenario.network, made.a, made.delta)
        finite = np.ones(self.course.length, dtype=np.bool_)
        for group in self.course.groups:
            finite[group.start : group.last + 1] = self._finite(group.kind, group.layer, made, products)
        return [(m, None) for m in np.flatnonzero(~finite).tolist()]

    def _finite(self, kind: Kind, layer: int, made: Iteration, products: Array) -> NDArray[np.bool_] | bool:
        """Whether each step of a group makes finite numbers only."""
        block = self.timeline.scenario.network.blocks[layer - 1]  # of a fork as large as before
        match kind:
            case "input":
                return True  # data are finite, or there is no scenario
            case "z":
                return np.isfinite(made.z[block.neurons])
            case "a":
                return np.isfinite(made.a[block.outputs])
            case "cost":
                return bool(np.isfinite(made.cost))
            case "delta":
                return np.isfinite(made.delta[block.neurons])
            case "gradient" | "update":
                rows = block.matrix(products if kind == "gradient" else made.after)
                finite: NDArray[np.bool_] = np.logical_and.reduce(np.isfinite(rows[0 if block.biases else 1 :]), axis=0)
                return finite
