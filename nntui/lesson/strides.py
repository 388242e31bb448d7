"""The stops of a grain: how many lie between two steps, and which is the n-th.

They repeat with a period (a data point, or an epoch), so nothing is enumerated, however long a playback is.
"""

from bisect import bisect_right
from functools import lru_cache

from nntui.training.kinds import KIND_CARDS
from nntui.training.steps import Course, Grain
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Stride:
    """The stops of a grain: at `offsets` in every `period` steps of the run."""

    period: int
    offsets: tuple[int, ...]

    def count(self, first: int, last: int) -> int:
        """How many stops lie after `first` up to `last`; `last` always counts as one."""
        if last <= first:
            return 0
        if self.period == 1:
            return last - first
        return self._rank(last) - self._rank(first) + (last % self.period not in self.offsets)

    def after(self, first: int, number: int, last: int) -> int:
        """The stop of that number, from 1, after `first`; at most `last`."""
        turn, place = divmod(self._rank(first) + number - 1, len(self.offsets))
        return min(turn * self.period + self.offsets[place], last)

    def _rank(self, step: int) -> int:
        """How many stops lie at or before a step."""
        turn, m = divmod(step, self.period)
        return turn * len(self.offsets) + bisect_right(self.offsets, m)


@lru_cache(maxsize=64)
def stride(course: Course, grain: Grain) -> Stride:
    """The stops of a grain in a run."""
    match grain:
        case "neuron":
            return Stride(1, (0,))
        case "layer":
            return Stride(course.length, tuple(group.last for group in course.groups))
        case "phase":
            return Stride(course.length, tuple({KIND_CARDS[group.kind].phase: group.last for group in course.groups}.values()))
        case "point":
            return Stride(course.length, (course.length - 1,))
        case "epoch":
            period = course.length * course.points
            return Stride(period, (period - 1,))
