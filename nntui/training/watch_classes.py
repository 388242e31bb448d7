"""Where a data point is misclassified, and where all data rows are classified right."""

from collections.abc import Generator

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.iteration import Iteration, outputs
from nntui.training.classes import Classes, classes_of
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from nntui.training.watch import NO_HITS, Found, Hits, Looked, Watch

_WORK = 1 << 21  # weights touched at a time while data rows are classified: a few milliseconds
_FIRST_WORK = 1 << 12  # that the first few rows may touch: these cost no more than one
_GROWTH = 16


class ClassWatch(Watch):
    """What looks at the classes of a run, which may be others from a fork on."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._scenario: Scenario | None = None
        self._classes: Classes | None = None

    def classes(self, n: int) -> Classes | None:
        """The classes that hold in an iteration; None where a changed target makes them none."""
        scenario = self.scenario(n)
        if scenario is not self._scenario:
            self._scenario, self._classes = scenario, classes_of(scenario)
        return self._classes

    def scenario(self, n: int) -> Scenario:
        """The scenario that makes an iteration."""
        return self.timeline.owner(n).scenario


class Mistakes(ClassWatch):
    """Data points whose outputs say another class than their target: at the last output."""

    def look(self, start: int, stop: int) -> Looked:
        """Where they are."""
        classes = self.classes(start)
        if classes is None:
            return iter(())
        block = self.timeline.scenario.network.blocks[-1]
        hit: Hits = ((self.offset("a", len(self.course.units), block.units), None),)

        def hits(n: int, made: Iteration) -> Hits:
            row = np.array([self.timeline.row(n)])
            return NO_HITS if classes.right(made.a[None, block.outputs], row)[0] else hit

        return self.each(start, stop, hits)


class AllRight(ClassWatch):
    """Data points that leave weights behind which classify all data rows right: at their last step.

    Weights that come to be in another way, at the start of the run and of a fork, are judged at the input step. The row
    that was wrong last is looked at first, so that while one still is, little is computed.
    """

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._witness = 0

    def look(self, start: int, stop: int) -> Looked:
        """Where they are."""
        scenario, classes = self.scenario(start), self.classes(start)
        if classes is None:
            return
        length = self.course.length
        for n, made in self.made(start, stop):
            if made is None:
                yield n
                continue
            first = [(0, made.before)] if n in self.begins else []
            for m, theta in (*first, (length - 1, made.after)):
                if (yield from self._right(scenario, classes, theta, n)):
                    yield Found(n * length + m)

    def _right(self, scenario: Scenario, classes: Classes, theta: Array, n: int) -> Generator[int, None, bool]:
        """Whether all data rows are classified right; more of them at a time, the longer none is wrong."""
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
