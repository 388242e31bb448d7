"""What the present weights make of every data row, in place of what each had at its last turn."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array, quiet
from nntui.training.row_order import NO_TURN
from nntui.training.rows.costs_of_rows import costs_at, last_layer
from nntui.training.rows.row_results import RowResults
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline

_WEIGHTS_PER_SLICE = 1 << 17  # weights used in one slice: a few milliseconds
_LEAST_PER_SLICE = 1 << 7  # weights that a row counts as at least: its C and δ are worked out one by one


class RowsNow(RowResults):
    """The results of all rows, those that are held out too, with one set of weights; `turns` stay the last turns."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._theta: Array | None = None
        self._scenario: Scenario = timeline.scenario

    def use(self, scenario: Scenario, theta: Array) -> None:
        """theta (parameters,) are the weights from now on, of a fork with its scenario; a small table is worked out at once."""
        if self._theta is not None and self._scenario is scenario and np.array_equal(self._theta, theta, equal_nan=True):
            return
        self._scenario, self._theta = scenario, theta
        self.known[:] = False
        self.costs[:] = self.deltas[:] = np.nan
        self.version += 1
        if len(self.known) <= self._rows_per_slice:
            self._work_out(np.arange(len(self.known)))

    def move_to(self, number: int) -> None:
        """The last turns at iteration `number`; the numbers do not depend on it."""
        if number != self.number:
            self.number = number
            self.turns = self.timeline.orders.last_turns(number) if number != NO_TURN else np.full_like(self.turns, NO_TURN)

    def fill(self, first: Sequence[int] = ()) -> Iterator[None]:
        """Works out the missing rows in slices of a few milliseconds, the rows `first` before all others."""
        wanted = [row for row in first if not self.known[row]]
        for start in range(0, len(wanted), self._rows_per_slice):
            self._work_out(np.array(wanted[start : start + self._rows_per_slice]))
            yield
        missing = np.flatnonzero(self._missing())
        for start in range(0, len(missing), self._rows_per_slice):
            self._work_out(missing[start : start + self._rows_per_slice])
            yield

    @property
    def _rows_per_slice(self) -> int:
        return max(_WEIGHTS_PER_SLICE // max(self._scenario.network.parameters, _LEAST_PER_SLICE), 1)

    def _missing(self) -> NDArray[np.bool_]:
        return ~self.known

    def _work_out(self, rows: NDArray[np.intp]) -> None:
        """Some rows (from 0), to the bits of the engine."""
        assert self._theta is not None
        network, x, y = self._scenario.network, self._scenario.x[rows], self._scenario.y[rows]
        top = network.blocks[-1]
        z, a = last_layer(network, self._theta, x)
        with quiet():
            deltas = np.array([network.cost_function.delta(top.sigma, *numbers) for numbers in zip(z, a, y, strict=True)])
        self._take(rows, costs_at(network, z, a, y), a, deltas, y)
