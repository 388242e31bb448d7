"""Where a data point is misclassified, and where all data rows are classified right."""

from collections.abc import Generator

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.iteration import forward, outputs
from nntui.training.classes import Classes, classes_of
from nntui.training.row_order import rows_of
from nntui.training.scenario import Scenario
from nntui.training.segments.lineage import owner
from nntui.training.timeline import Timeline
from nntui.training.until.finder import Finder, Found, Looked

_WORK = 1 << 21  # weights touched at a time while data rows are classified: a few milliseconds
_FIRST_WORK = 1 << 12  # that the first few rows may touch: these cost no more than one
_GROWTH = 16


class ClassFinder(Finder):
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
        return owner(self.timeline, n).scenario


class Mistakes(ClassFinder):
    """Data points whose outputs say another class than their target: at the last output."""

    def look(self, start: int, stop: int) -> Looked:
        """Where they are."""
        classes = self.classes(start)
        if classes is None:
            return iter(())
        return self._wrong(classes, start, stop)

    def _wrong(self, classes: Classes, start: int, stop: int) -> Looked:
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
        for first, made in self.made(start, stop):
            states = [(n * length + length - 1, one.after) for n, one in enumerate(made, first)]
            if first in self.begins and made:
                states.insert(0, (first * length, made[0].before))
            for step, theta in self._hopeful(scenario, classes, states):
                if (yield from self._right(scenario, classes, theta, first)):
                    yield Found(step)
            yield first + len(made)

    def _hopeful(self, scenario: Scenario, classes: Classes, states: list[tuple[int, Array]]) -> list[tuple[int, Array]]:
        """Those of some weights that classify the witness right."""
        if not states:
            return []
        network, row = scenario.network, self._witness
        with quiet():
            said = [forward(network, theta, scenario.x[row])[1][network.blocks[-1].outputs] for _, theta in states]
        right = classes.right(np.array(said), np.full(len(said), row))
        return [states[at] for at in np.flatnonzero(right).tolist()]

    def _right(self, scenario: Scenario, classes: Classes, theta: Array, n: int) -> Generator[int, None, bool]:
        """Whether all data rows are classified right, from the witness on; more of them at a time, the longer none is wrong."""
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
