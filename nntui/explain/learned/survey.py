"""What the network computes for more points than a paint has time for: made in slices, the last that was whole is kept."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.explain.learned.confusion import Verdict, together, verdict
from nntui.explain.learned.function import AT_ONCE, FEWEST, WeightsAtStep, coarse, effort, grid
from nntui.values import dataclass

SLICE = 1 << 20  # effort between two yields: some five milliseconds
ROWS_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class SurveyResult:
    """What is known of all data rows, and of the function where that is made in slices.

    verdict: of the rows that are trained on; held: of those that are held out, None where there are none. since: the step
    whose weights made it, where those are not the weights of now. picture: (lines, columns, n_N).
    """

    verdict: Verdict | None = None
    picture: Array | None = None
    since: int | None = None
    held: Verdict | None = None


class _Pass:
    """One pass with the weights of a step over a coarse picture, if it is needed, and over all data rows."""

    def __init__(self, now: WeightsAtStep, step: int) -> None:
        self.now, self.step = now, step
        scenario = now.scenario
        self._x = grid(scenario, *coarse(scenario)) if needs_picture(now) else scenario.x[:0]
        self._picture = np.empty((len(self._x), scenario.network.outputs))
        self._drawn = self._counted = 0
        self._verdict: Verdict | None = None
        self._held: Verdict | None = None
        self._rows = (scenario.trained_rows, scenario.held_rows)

    def slices(self) -> Iterator[int]:
        """Goes on from where it was left; yields how many points are done."""
        scenario = self.now.scenario
        size = max(SLICE // effort(scenario), 1)
        while self._drawn < len(self._x):
            last = min(self._drawn + size, len(self._x))
            self._picture[self._drawn : last] = self.now.outputs(self._x[self._drawn : last])
            self._drawn = last
            yield self._drawn
        trained, held = self._rows
        while self._counted < scenario.rows:
            if self._counted < len(trained):
                rows = trained[self._counted : self._counted + size]
                self._verdict = together(self._verdict, verdict(scenario, self.now.outputs(scenario.x[rows]), rows))
            else:
                first = self._counted - len(trained)
                rows = held[first : first + size]
                self._held = together(self._held, verdict(scenario, self.now.outputs(scenario.x[rows]), rows))
            self._counted += len(rows)
            yield self._drawn + self._counted

    @property
    def whole(self) -> bool:
        """Whether nothing is left to do."""
        return self._drawn == len(self._x) and self._counted == self.now.scenario.rows

    @property
    def found(self) -> SurveyResult:
        """What came of it, once it is whole."""
        columns, lines = coarse(self.now.scenario)
        picture = self._picture.reshape(lines, columns, -1) if len(self._x) else None
        return SurveyResult(self._verdict, picture, self.step, self._held)


class Survey:
    """The last whole pass and the one that is being made. Its owner asks for slices, and at any time for what is known."""

    def __init__(self) -> None:
        self._last: _Pass | None = None
        self._now: _Pass | None = None

    def slices(self, now: WeightsAtStep, step: int) -> Iterator[int] | None:
        """What is to be done for the weights of a step; None where it is known, or is quickly made."""
        if is_quick(now) or (self._last is not None and self._last.now == now):
            return None
        if self._now is None or self._now.now != now:
            self._now = _Pass(now, step)
        return self._make(self._now)

    def _make(self, one: _Pass) -> Iterator[int]:
        yield from one.slices()
        if one.whole:
            self._last, self._now = one, None

    def found(self, now: WeightsAtStep) -> SurveyResult:
        """What is known for the weights of now, or was for those of a step before."""
        if is_quick(now):
            return SurveyResult(_quick(now), held=_quick_held(now))
        last = self._last
        if last is None or last.now.scenario is not now.scenario:
            return SurveyResult()
        found = last.found
        return SurveyResult(found.verdict, found.picture, held=found.held) if last.now == now else found


def needs_picture(now: WeightsAtStep) -> bool:
    """Whether the function cannot be drawn at once."""
    return now.scenario.network.inputs <= 2 and FEWEST * effort(now.scenario) > AT_ONCE


def is_quick(now: WeightsAtStep) -> bool:
    """Whether all of it is made while it is painted."""
    return now.scenario.rows * effort(now.scenario) <= ROWS_AT_ONCE and not needs_picture(now)


@lru_cache(maxsize=4)
def _quick(now: WeightsAtStep) -> Verdict:
    rows = now.scenario.trained_rows
    return verdict(now.scenario, now.outputs(now.scenario.x[rows]), rows)


@lru_cache(maxsize=4)
def _quick_held(now: WeightsAtStep) -> Verdict | None:
    rows = now.scenario.held_rows
    return verdict(now.scenario, now.outputs(now.scenario.x[rows]), rows) if len(rows) else None
