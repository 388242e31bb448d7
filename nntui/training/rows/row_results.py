"""What every data row had at its last turn: C, the largest |δ^N|, the outputs, the predicted class.

Row results belong to one iteration of a run. The next iteration changes one row; after a jump the missing rows are
computed in slices. A number is that of the row's last turn, or it is missing; it is never an older one.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array, canonical
from nntui.engine.fold import FoldResult, Wanted, result_of
from nntui.training.classes import classes_of
from nntui.training.row_order import NO_TURN, Iterations
from nntui.training.rows.costs_of_rows import costs_at, last_layer
from nntui.training.segments.lineage import owner
from nntui.training.timeline import Timeline
from nntui.values import dataclass

MOST_OUTPUTS_KEPT = 3  # outputs kept of a row if the scenario is not about classes
_WANTED = Wanted(numbers=True)
_ROWS_AT_ONCE = 4  # rows that are computed at once, while the app handles a key


@dataclass(frozen=True, slots=True)
class HeldRowResult:
    """What the weights after an iteration make of a row that is held out; predicted: −1 for no class."""

    cost: float
    outputs: tuple[float, ...]
    predicted: int
    wrong: bool


class RowResults:
    """The results of all rows at one iteration; rows count from 0. A few dozen bytes a row; not thread-safe.

    turns: the iteration of each row's last turn, NO_TURN if there was none. known: whether the numbers below are known.
    costs: C, nan if not known. deltas: the δ_k^N that is largest in size, nan if not known; neurons: its k, from 1.
    outputs: a^N, or a_k of the predicted class k. predicted: that class, from 0, −1 for none; wrong: whether it is
    not the class of the row's target. All have one entry for each data row.
    """

    def __init__(self, timeline: Timeline) -> None:
        scenario = timeline.scenario
        rows, outputs = scenario.rows, scenario.network.outputs
        self.timeline = timeline
        self.classes = classes_of(scenario)
        self.number = NO_TURN
        self.version = 0
        """Grows whenever a number changes."""
        self.turns: Iterations = np.full(rows, NO_TURN, np.int64)
        self.known = np.zeros(rows, np.bool_)
        self.costs: Array = np.full(rows, np.nan)
        self.deltas: Array = np.full(rows, np.nan)
        self.neurons = np.zeros(rows, np.uint16)
        self.outputs: Array = np.empty((rows, 1 if self.classes is not None else min(outputs, MOST_OUTPUTS_KEPT)))
        self.predicted = np.full(rows, -1, np.int16)
        self.wrong = np.zeros(rows, np.bool_)

    @property
    def left(self) -> int:
        """How many rows had a turn but have no numbers yet."""
        return int(np.count_nonzero(self._missing()))

    def move_to(self, number: int) -> None:
        """Moves to iteration `number`, which counts as done (NO_TURN: before the first); computes a few cheap rows at once."""
        if number == self.number:
            return
        self.number = number
        turns = self.timeline.orders.last_turns(number) if number != NO_TURN else np.full_like(self.turns, NO_TURN)
        others = turns != self.turns
        self.turns = turns
        self.known[others] = False
        self.costs[others] = self.deltas[others] = np.nan
        self.version += 1
        if np.count_nonzero(others) <= _ROWS_AT_ONCE:
            self._compute_near(np.flatnonzero(others).tolist())
        else:
            self._copy_costs()

    def fill(self, first: Sequence[int] = ()) -> Iterator[None]:
        """Computes the missing rows in slices of a few milliseconds: first the rows `first` if that is quick, then all."""
        timeline, size = self.timeline, self.timeline.stride
        for row in first:
            if self._compute_near([row]):
                yield
        for start, stop in self._missing_ranges(size):
            for _ in timeline.reach(start):
                yield
            for n, made in timeline.folded(start, stop, _WANTED):
                self._store(n, made)
                yield

    def of_held_row(self, row: int) -> HeldRowResult:
        """A row (from 0) that is held out, with the weights after the iteration that was moved to."""
        n = min(self.number + 1, len(self.timeline))
        scenario = owner(self.timeline, max(n - 1, 0)).scenario
        x, y = scenario.x[[row]], scenario.y[[row]]
        theta = self.timeline.theta(n)
        z, a = last_layer(scenario.network, theta, x)
        made = canonical(a.ravel())[None, :]
        cost = float(canonical(costs_at(scenario.network, z, a, y))[0])
        if self.classes is None:
            return HeldRowResult(cost, tuple(made[0, :MOST_OUTPUTS_KEPT].tolist()), -1, wrong=False)
        predicted = int(self.classes.predicted(made)[0])
        shown = int(np.argmax(made[0])) if made.shape[1] > 1 else 0
        return HeldRowResult(cost, (float(made[0, shown]),), predicted, predicted != int(self.classes.predicted(y)[0]))

    def _missing(self) -> NDArray[np.bool_]:
        missing: NDArray[np.bool_] = ~self.known & (self.turns != NO_TURN)
        return missing

    def _compute_near(self, rows: Iterable[int]) -> bool:
        """Computes the last turns of rows if each takes a slice at most; whether any number changed."""
        before = self.version
        for row in rows:
            turn = int(self.turns[row])
            if turn != NO_TURN and not self.known[row] and self.timeline.distance(turn) <= self.timeline.stride:
                scenario, made = self.timeline.scenario, self.timeline.iteration(turn)
                self._store(turn, result_of(scenario.network, scenario.x, [made], 0, _WANTED))
        return self.version != before

    def _copy_costs(self) -> None:
        """Takes C from the timeline, if it still keeps each cost."""
        rows = np.flatnonzero(self._missing())
        rows = rows[self.turns[rows] < self.timeline.computed]
        if not len(rows):
            return
        turns = self.turns[rows]
        first, stop = int(turns.min()), int(turns.max()) + 1
        costs = self.timeline.costs_seen.exact(first, stop)
        if costs is not None:
            self.costs[rows] = canonical(costs)[turns - first]

    def _missing_ranges(self, size: int) -> list[tuple[int, int]]:
        """The missing iterations as ranges in the order of time; ranges closer than `size` are joined."""
        turns = self.turns[self._missing()]
        if not len(turns):
            return []
        first, stop = int(turns.min()), int(turns.max()) + 1
        flags = np.zeros((stop - first - 1) // size + 1, np.bool_)
        flags[(turns - first) // size] = True
        edges = np.flatnonzero(np.diff(flags, prepend=False, append=False)).reshape(-1, 2) * size + first
        return [(int(start), min(int(end), stop)) for start, end in edges]

    def _store(self, first: int, made: FoldResult) -> None:
        """Takes the numbers of consecutive iterations, if each is still its row's last turn."""
        assert made.a is not None
        assert made.delta is not None
        numbers = np.arange(first, first + len(made.costs))
        rows = self.timeline.orders.rows_of(first, first + len(made.costs))
        kept = np.flatnonzero((self.turns[rows] == numbers) & ~self.known[rows])
        if not len(kept):
            return
        rows, block = rows[kept], self.timeline.scenario.network.blocks[-1]
        y = owner(self.timeline, first).scenario.y[rows]
        self._take(rows, made.costs[kept], made.a[kept, block.outputs], made.delta[kept, block.neurons], y)

    def _take(self, rows: NDArray[np.intp], costs: Array, outputs: Array, deltas: Array, y: Array) -> None:
        """C of some rows (rows,), and their a^N, δ^N and targets, (rows, n_N) each."""
        outputs = canonical(outputs.ravel()).reshape(len(rows), -1)
        deltas = canonical(deltas.ravel()).reshape(len(rows), -1)
        places, largest = np.arange(len(rows)), np.argmax(np.abs(deltas), axis=1)
        self.costs[rows] = canonical(costs)
        self.deltas[rows], self.neurons[rows] = deltas[places, largest], largest + 1
        self.known[rows] = True
        self.version += 1
        if self.classes is None:
            self.outputs[rows] = outputs[:, : self.outputs.shape[1]]
            return
        predicted = self.classes.predicted(outputs)
        shown = np.argmax(outputs, axis=1) if outputs.shape[1] > 1 else np.zeros_like(predicted)
        self.outputs[rows, 0] = outputs[places, shown]
        self.predicted[rows] = predicted
        self.wrong[rows] = predicted != self.classes.predicted(y)
