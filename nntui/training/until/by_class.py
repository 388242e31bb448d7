"""Searches for a misclassified data point, and for weights that classify all data rows right."""

from collections.abc import Generator

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.iteration import forward, outputs
from nntui.training.classes import Classes, classes_of
from nntui.training.row_order import rows_of
from nntui.training.scenario import Scenario
from nntui.training.segments.lineage import owner
from nntui.training.timeline import Timeline
from nntui.training.until.finder import Finder, Found, SearchResults

_WORK = 1 << 21  # weights used at a time while data rows are classified: a few milliseconds
_FIRST_WORK = 1 << 12  # weights used by the first few rows: these take no longer than one row
_GROWTH = 16


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


class Mistakes(ClassFinder):
    """Data points whose outputs predict another class than their target."""

    def search(self, start: int, stop: int) -> SearchResults:
        """The `a` steps of the last output of such data points."""
        classes = self.classes(start)
        if classes is None:
            return iter(())
        return self._wrong(classes, start, stop)

    def _wrong(self, classes: Classes, start: int, stop: int) -> SearchResults:
        block, scenario = self.timeline.scenario.network.blocks[-1], self.timeline.scenario
        m = self.offset("a", len(self.course.units), block.units)
        for first, made in self.made(start, stop):
            if made:
                rows = rows_of(scenario, first, first + len(made))
                right = classes.right(np.array([one.a[block.outputs] for one in made]), rows)
                for at in np.flatnonzero(~right).tolist():
                    yield Found((first + at) * self.course.length + m)
            yield first + len(made)


class AllRight(ClassFinder):
    """Data points after whose update the weights classify all data rows right: found at their last step.

    Weights that no update makes, at the start of the run and of a fork, are judged at the input step. The row that was
    wrong last (the witness) is tested first, so that little is computed as long as it is still wrong.
    """

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._witness = 0

    def search(self, start: int, stop: int) -> SearchResults:
        """The last steps of such data points, and input steps at the start of a run."""
        scenario, classes = self.scenario(start), self.classes(start)
        if classes is None:
            return
        length = self.course.length
        for first, made in self.made(start, stop):
            states = [(n * length + length - 1, one.after) for n, one in enumerate(made, first)]
            if first in self.fresh_weights and made:
                states.insert(0, (first * length, made[0].before))
            for step, theta in self._classifying_witness(scenario, classes, states):
                if (yield from self._all_right(scenario, classes, theta, first)):
                    yield Found(step)
            yield first + len(made)

    def _classifying_witness(
        self, scenario: Scenario, classes: Classes, states: list[tuple[int, Array]]
    ) -> list[tuple[int, Array]]:
        """The weights, each with its step, that classify the witness right."""
        if not states:
            return []
        network, row = scenario.network, self._witness
        with quiet():
            predicted = [forward(network, theta, scenario.x[row])[1][network.blocks[-1].outputs] for _, theta in states]
        right = classes.right(np.array(predicted), np.full(len(predicted), row))
        return [states[at] for at in np.flatnonzero(right).tolist()]

    def _all_right(self, scenario: Scenario, classes: Classes, theta: Array, n: int) -> Generator[int, None, bool]:
        """Whether all data rows are classified right; tested from the witness on, in parts that grow as long as none is wrong."""
        network, points = scenario.network, scenario.points
        size, at, left = max(_FIRST_WORK // network.parameters, 1), self._witness, points
        while left > 0:
            rows = slice(at, min(at + size, at + left, points))
            right = classes.right(outputs(network, theta, scenario.x[rows]), rows)
            if not right.all():
                self._witness = at + int(np.argmin(right))
                return False
            at, left = rows.stop % points, left - (rows.stop - rows.start)
            size = min(size * _GROWTH, max(_WORK // network.parameters, 1))
            yield n
        return True
