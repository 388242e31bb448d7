"""How many data rows the weights after an epoch classify right."""

from collections.abc import Iterator

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.fold import FoldResult, Wanted
from nntui.training.classes import Classes, classes_of
from nntui.training.scenario import Scenario
from nntui.training.segments.lineage import owner
from nntui.training.timeline import Timeline

_WEIGHTS_PER_SLICE = 1 << 18  # weights used in one slice while rows are classified


class CorrectRows:
    """Counts the data rows that are classified right after an epoch; of a fork by the scenario that holds there."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._scenario: Scenario | None = None
        self._classes: Classes | None = None
        self._rows = timeline.scenario.trained_rows
        self.is_quick = timeline.scenario.points * timeline.scenario.network.parameters <= _WEIGHTS_PER_SLICE
        """Whether all rows are looked at in no time; else that is done in slices, an epoch at a time."""
        self.wanted = Wanted(numbers=True, largest=True, outputs_of=self._rows, at_ends=True)
        """What a fold keeps so that the rows are judged, where that is quick."""

    def shares(self, first: int, made: FoldResult, epochs: int) -> Iterator[Array | None]:
        """The share of rows that are right after each of the epochs that end in a stretch; None between slices before it."""
        scenario = owner(self._timeline, first).scenario
        if scenario is not self._scenario:
            self._scenario, self._classes = scenario, classes_of(scenario)
        classes, points = self._classes, scenario.points
        right = np.zeros(epochs)
        if classes is not None and made.outputs is not None:
            said = classes.right(made.outputs.reshape(epochs * points, -1), np.tile(self._rows, epochs))
            right = np.add.reduce(said.reshape(epochs, points), axis=1).astype(np.float64)
        elif classes is not None:
            few = max(_WEIGHTS_PER_SLICE // scenario.network.parameters, 1)
            fold = owner(self._timeline, first).segment.fold
            for start in range(0, points, few):
                rows = self._rows[start : start + few]
                right[-1] += np.count_nonzero(classes.right(fold.outputs(made.theta, rows), rows))
                yield None
        yield right / points
