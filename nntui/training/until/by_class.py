"""Searches for a misclassified data point, and for weights that classify all data rows right."""

from collections.abc import Generator

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.fold import Rows, Wanted
from nntui.engine.iteration import outputs
from nntui.training.classes import Classes, classes_of
from nntui.training.scenario import Scenario
from nntui.training.segments.lineage import owner
from nntui.training.timeline import Timeline
from nntui.training.until.finder import Finder, Found, SearchResults

_WORK = 1 << 21  # weights used at a time while data rows are classified: a few milliseconds
_FIRST_WORK = 1 << 12  # weights used by the first few rows: these take no longer than one row
_GROWTH = 16
_WITNESSES = 4


class ClassFinder(Finder):
    """A finder that needs the classes of a run, which a fork may change."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._scenario: Scenario | None = None
        self._classes: Classes | None = None

    def classes(self, n: int) -> Classes | None:
        """The classes in an iteration; None if an edited target leaves no classes."""
        scenario = self.scenario(n)
        if scenario is not self._scenario:
            self._scenario, self._classes = scenario, classes_of(scenario)
        return self._classes

    def scenario(self, n: int) -> Scenario:
        """The scenario that makes an iteration."""
        return owner(self.timeline, n).scenario


class MistakeFinder(ClassFinder):
    """Data points whose outputs predict another class than their target."""

    def search(self, start: int, stop: int) -> SearchResults:
        """The `a` steps of the last output of such data points."""
        classes = self.classes(start)
        if classes is None:
            return iter(())
        return self._wrong(classes, start, stop)

    def _wrong(self, classes: Classes, start: int, stop: int) -> SearchResults:
        block = self.timeline.scenario.network.blocks[-1]
        m = self.offset("a", len(self.course.units), block.units)
        for first, made in self.folded_so_far(start, stop, Wanted(numbers=True)):
            if made is None or made.a is None:
                yield first
                continue
            end = first + len(made.costs)
            right = classes.right(made.a[:, block.outputs], self.timeline.orders.rows_of(first, end))
            for at in np.flatnonzero(~right).tolist():
                yield Found((first + at) * self.course.length + m)
            yield end


class AllRightFinder(ClassFinder):
    """Data points after whose update the weights classify all data rows right: found at their last step.

    Weights that come to be in another way, at the start of the run and of a fork, are judged at the input step. The rows
    that were wrong last are looked at first, so that while one of them still is, little is computed.
    """

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._witness = 0
        self._witnesses = [int(timeline.scenario.trained_rows[0])]  # rows that were wrong last

    def search(self, start: int, stop: int) -> SearchResults:
        """The last steps of such data points, and input steps at the start of a run."""
        scenario, classes = self.scenario(start), self.classes(start)
        if classes is None:
            return
        length = self.course.length
        witnesses = np.array(self._witnesses)
        for first, made in self.folded_so_far(start, stop, Wanted(outputs_of=witnesses)):
            if made is None or made.outputs is None:
                yield first
                continue
            if first in self.fresh_weights and (
                yield from self._all_right(scenario, classes, self.timeline.iteration(first).before, first)
            ):
                yield Found(first * length)
            for n in self._hopeful(classes, made.outputs, witnesses, first):
                yield first
                if (yield from self._all_right(scenario, classes, self.timeline.iteration(n).after, first)):
                    yield Found(n * length + length - 1)
            yield first + len(made.costs)

    def _hopeful(self, classes: Classes, outputs: Array, witnesses: Rows, first: int) -> list[int]:
        """The iterations of a stretch whose weights classify the witnesses right; outputs (iterations, witnesses, n_N)."""
        states, rows, units = outputs.shape
        right = classes.right(outputs.reshape(-1, units), np.tile(witnesses, states)).reshape(states, rows)
        found: list[int] = (np.flatnonzero(right.all(axis=1)) + first).tolist()
        return found

    def _all_right(self, scenario: Scenario, classes: Classes, theta: Array, n: int) -> Generator[int, None, bool]:
        """Whether all data rows are classified right; tested from the witness on, in parts that grow as long as none is wrong."""
        network, points, trained = scenario.network, scenario.points, scenario.trained_rows
        size, at, left = max(_FIRST_WORK // network.parameters, 1), self._witness, points
        while left > 0:
            end = min(at + size, at + left, points)
            rows = trained[at:end]
            right = classes.right(outputs(network, theta, scenario.x[rows]), rows)
            if not right.all():
                self._witness = at + int(np.argmin(right))
                wrong = int(trained[self._witness])
                self._witnesses = [*[row for row in self._witnesses if row != wrong][1 - _WITNESSES :], wrong]
                return False
            at, left = end % points, left - (end - at)
            size = min(size * _GROWTH, max(_WORK // network.parameters, 1))
            yield n
        return True
