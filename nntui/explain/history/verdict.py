"""Which of two runs is lower now, from which epoch on, and from when each is right at every turn."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from nntui.training.row_order import NO_TURN
from nntui.training.rows.learned_turns import LearnedTurns
from nntui.training.steps import Course
from nntui.training.timeline import Timeline
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class RunVerdict:
    """epoch: the last, from 0, that is whole in both runs; here, there: its mean C in each.

    since: the first epoch from which on the lower run was lower in every one; None where neither is, or where the means of
    so long a run are not kept one by one.
    """

    epoch: int
    here: float
    there: float
    since: int | None


def verdict(here: Timeline, there: Timeline, epochs: int) -> RunVerdict | None:
    """The verdict on the first `epochs` epochs; None where not one of them is computed in both runs."""
    points = here.course.points
    whole = min(epochs, here.computed // points, there.computed // points)
    if whole == 0:
        return None
    last = whole - 1
    mine, other = here.epoch_means.exact(0, whole), there.epoch_means.exact(0, whole)
    if mine is None or other is None:
        return RunVerdict(last, here.mean(last), there.mean(last), None)
    lower = mine < other if mine[last] < other[last] else other < mine
    if not lower[last]:
        return RunVerdict(last, float(mine[last]), float(other[last]), None)
    others = np.flatnonzero(~lower)
    return RunVerdict(last, float(mine[last]), float(other[last]), int(others[-1]) + 1 if len(others) else 0)


def right_since(learned: LearnedTurns) -> int | None:
    """The first iteration from which on every row was right at its turns, as far as looked at; None where some row is not."""
    since = learned.of_trained
    return None if (since == NO_TURN).any() else int(since.max())


class LearnedRuns:
    """The learned turns of the last few runs that were asked for."""

    def __init__(self) -> None:
        self._kept: list[tuple[Timeline, LearnedTurns]] = []

    def of(self, timeline: Timeline) -> LearnedTurns:
        """Those of a run, as far as they are looked at."""
        found = next((learned for run, learned in self._kept if run is timeline), None) or LearnedTurns(timeline)
        self._kept = [(timeline, found), *((run, one) for run, one in self._kept if run is not timeline)][:4]
        return found


def lower_words(found: RunVerdict | None, names: Sequence[str], write: Callable[[float], str]) -> Iterator[str]:
    """Which run is lower, and since when. names: of the present run and of the other."""
    if found is None:
        return
    values = f"Mean C of epoch {found.epoch + 1}: {write(found.here)} here, {write(found.there)} there."
    if found.here == found.there:
        yield f"{values} They are equal."
    elif found.here != found.here or found.there != found.there:
        yield f"{values} One has diverged, so neither can be called lower."
    else:
        lower = names[0] if found.here < found.there else names[1]
        since = "" if found.since is None else f", in every epoch from {found.since + 1} on"
        yield f"{values} {lower} is lower{since}."


def right_words(course: Course, names: Sequence[str], learned: Sequence[LearnedTurns], stop: int) -> Iterator[str]:
    """From when on each run answers right at every turn, up to iteration `stop`. names, learned: of both runs."""
    for name, one in zip(names, learned, strict=True):
        if one.known < stop:
            yield f"{name}: being looked through …"
            continue
        since = right_since(one)
        if since is None:
            count = int(np.count_nonzero(one.of_trained == NO_TURN))
            rows = "at its last turn 1 row was" if count == 1 else f"at their last turn {count:,} rows were"
            yield f"{name}: {rows} not right."
        else:
            yield f"{name}: every row is right at its turn from {course.address(course.first(since)).data_point} on."
