"""After the first weights that classify all data rows right: when a row is lost again, and from where on all stay right."""

from itertools import pairwise

import numpy as np

from nntui.engine.fold import Wanted
from nntui.training.until.by_class import ClassFinder
from nntui.training.until.finder import SearchResults
from nntui.values import dataclass

MOST_WORK = 1 << 28  # weights times rows times data points that are looked through


@dataclass(frozen=True, slots=True)
class RightSpan:
    """first: no weights before are so. lost, good: the last steps of data points; None where there is none.

    lost: after the found step, the first whose weights get a row wrong. good: from which on all rows stay right to the end.
    """

    first: bool
    lost: int | None
    good: int | None


class RightForGoodFinder(ClassFinder):
    """Looks through the whole run; `span` is there once the search is over, None where it would take too long."""

    span: RightSpan | None = None

    def affordable(self) -> bool:
        """Whether the run is short enough."""
        scenario = self.timeline.scenario
        return len(self.timeline) * scenario.points * scenario.network.parameters <= MOST_WORK

    def look(self, found: int) -> SearchResults:
        """Looks through the run for what comes before and after a step that was found; yields how far it is."""
        right: list[bool] = []
        starts = sorted({0, len(self.timeline), *self.fresh_weights})
        for start, stop in pairwise(starts):
            if (classes := self.classes(start)) is None:
                return
            rows = self.scenario(start).trained_rows
            for first, made in self.folded_so_far(start, stop, Wanted(outputs_of=rows)):
                yield first
                if made is None or made.outputs is None:
                    continue
                states, _, units = made.outputs.shape
                verdicts = classes.right(made.outputs.reshape(-1, units), np.tile(rows, states))
                right += [bool(state.all()) for state in verdicts.reshape(states, len(rows))]
        self.span = self._span(right, found)

    def _span(self, right: list[bool], found: int) -> RightSpan:
        here, at = divmod(found, self.course.length)
        next_state = here + (at != 0)  # a step that is found at the input is of the weights before the data point
        wrong = [n for n, is_right in enumerate(right) if not is_right]
        lost = next((n for n in wrong if n >= next_state), None)
        last = wrong[-1] + 1 if wrong else 0
        good = None if last >= len(right) else last if lost is not None else here
        first = at != 0 and not any(right[:here])
        return RightSpan(first, self._end(lost), self._end(good))

    def _end(self, n: int | None) -> int | None:
        return None if n is None else (n + 1) * self.course.length - 1
