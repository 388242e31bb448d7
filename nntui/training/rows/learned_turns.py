"""The turn from which on each data row was classified right at every turn, as far as the run is looked at."""

from collections.abc import Iterator

import numpy as np

from nntui.engine.fold import FoldResult, Wanted
from nntui.training.classes import Classes, classes_of
from nntui.training.row_order import NO_TURN, Iterations
from nntui.training.scenario import Scenario
from nntui.training.segments.lineage import owner
from nntui.training.timeline import Timeline

_WANTED = Wanted(numbers=True)


class LearnedTurns:
    """since: for each row (from 0) the iteration of that turn, NO_TURN while it was wrong at its last turn or had none.

    What is right is judged with the outputs at the row's own turn, and in a fork with the targets that hold there.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._scenario: Scenario | None = None
        self._classes: Classes | None = None
        self.known = 0
        """How many iterations are looked at."""
        self.since: Iterations = np.full(timeline.scenario.rows, NO_TURN, np.int64)

    @property
    def of_trained(self) -> Iterations:
        """`since` of the rows that are trained on: rows that are held out have no turn."""
        return self.since[self._timeline.scenario.trained_rows]

    def fill(self, stop: int) -> Iterator[int]:
        """Looks at the first `stop` iterations, in slices; yields how many are. A caller may stop between slices."""
        timeline = self._timeline
        if self.known >= stop:
            return
        for first, made in timeline.folded(self.known, stop, _WANTED):
            self._take(first, made)
            self.known = first + len(made.costs)
            yield self.known

    def _take(self, first: int, made: FoldResult) -> None:
        scenario = owner(self._timeline, first).scenario
        if scenario is not self._scenario:
            self._scenario, self._classes = scenario, classes_of(scenario)
        if self._classes is None or made.a is None:
            return
        numbers = np.arange(first, first + len(made.costs))
        rows = self._timeline.orders.rows_of(first, first + len(made.costs))
        right = self._classes.right(made.a[:, scenario.network.blocks[-1].outputs], rows)
        wrong = np.full_like(self.since, NO_TURN)
        np.maximum.at(wrong, rows[~right], numbers[~right])
        self.since[wrong != NO_TURN] = NO_TURN
        after = right & (numbers > wrong[rows]) & (self.since[rows] == NO_TURN)
        begins = np.full_like(self.since, np.iinfo(np.int64).max)
        np.minimum.at(begins, rows[after], numbers[after])
        begun = rows[after]
        self.since[begun] = begins[begun]
