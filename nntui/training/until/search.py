"""Searching for the first step after the present one where a condition holds, or the last one before it, in slices.

A search backward takes blocks of iterations, the last block first, and searches each from its first iteration to its
last: the last match in a block is the answer.
"""

from collections.abc import Iterator
from typing import assert_never

from nntui.training.timeline import Timeline
from nntui.training.until.by_class import AllRightFinder, MistakeFinder
from nntui.training.until.by_number import CostFinder, MeanFinder, NumberFinder, RiseFinder
from nntui.training.until.condition import AllClassified, AtStep, Compared, Condition, Misclassified, NotFinite, Rose, TurnOfRow
from nntui.training.until.finder import Finder, Found, NotFiniteFinder, TurnFinder
from nntui.training.until.right_for_good import RightForGoodFinder, RightSpan

_FIRST_BLOCK, _LARGEST_BLOCK = 64, 1 << 14  # iterations


class Search:
    """Iterating over it searches and yields how many of `whole` iterations are searched; a caller may stop between slices.

    here: the present step, which is not searched itself; −1 is before the start of the run.
    """

    def __init__(self, timeline: Timeline, condition: Condition, here: int, forward: bool = True) -> None:
        self.timeline, self.condition = timeline, condition
        self.here, self.forward = here, forward
        self.found: Found | None = None
        """What was found, once the iteration is over; None if nothing was."""
        self.span: RightSpan | None = None
        """Of weights that classify all right: when they do so again and for good."""
        length = timeline.course.length
        if forward:
            self._first, self._stop = (here + 1) // length, len(timeline)
        else:
            self._first, self._stop = 0, -(-here // length)

    @property
    def whole(self) -> int:
        """How many iterations there are to search."""
        return max(self._stop - self._first, 0)

    def __iter__(self) -> Iterator[int]:
        if isinstance(self.condition, AtStep):
            if self._is_ahead(self.condition.step):
                self.found = Found(self.condition.step)
            return
        finder = _finder(self.timeline, self.condition)
        for start, stop in self._blocks(finder.fresh_weights):
            before = start - self._first if self.forward else self._stop - stop
            for result in finder.search(start, stop):
                if isinstance(result, int):
                    yield before + result - start
                elif self._is_ahead(result.step):
                    self.found = result
                    if self.forward:
                        yield from self._look_on(result)
                        return
            if self.found is not None:
                return

    def _look_on(self, found: Found) -> Iterator[int]:
        """Of weights that classify all right: whether they are the first, and whether that lasts."""
        if isinstance(self.condition, AllClassified):
            finder = RightForGoodFinder(self.timeline)
            if finder.affordable():
                for result in finder.look(found.step):
                    yield max(int(result) - self._first, 0) if isinstance(result, int) else 0
            self.span = finder.span

    def _is_ahead(self, step: int) -> bool:
        """Whether a step lies in the direction of the search."""
        return step > self.here if self.forward else step < self.here

    def _blocks(self, fresh_weights: frozenset[int]) -> Iterator[tuple[int, int]]:
        """The iterations in growing blocks, none of which crosses the start of a fork or the end of what is computed."""
        start, stop, size = self._first, self._stop, _FIRST_BLOCK
        while start < stop:
            cuts = [*fresh_weights, self.timeline.computed]
            if self.forward:
                end = min(start + size, stop, *(cut for cut in cuts if cut > start))
                yield start, end
                start = end
            else:
                begin = max(stop - size, start, *(cut for cut in cuts if cut < stop))
                yield begin, stop
                stop = begin
            size = min(2 * size, _LARGEST_BLOCK)


def _finder(timeline: Timeline, condition: Condition) -> Finder:
    """The finder for a condition."""
    match condition:
        case Compared(number=number):
            kinds: dict[str, type[NumberFinder | MeanFinder]] = {"cost": CostFinder, "mean": MeanFinder}
            return kinds.get(number.kind, NumberFinder)(timeline, condition)
        case Rose():
            return RiseFinder(timeline, condition)
        case NotFinite():
            return NotFiniteFinder(timeline)
        case Misclassified():
            return MistakeFinder(timeline)
        case AllClassified():
            return AllRightFinder(timeline)
        case TurnOfRow(row=row):
            return TurnFinder(timeline, row - 1)
        case AtStep():
            raise AssertionError("a step is known")
        case _:
            assert_never(condition)
