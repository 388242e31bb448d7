"""The measures of a run, computed and kept: of every data point and epoch up to some place, of one data row, of a stretch.

All are computed in slices: `fill` is an iterator, and a caller may stop between two slices.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.epoch_means import epoch_means
from nntui.training.cell import Cell
from nntui.training.containers.series import Series
from nntui.training.row_order import NO_TURN
from nntui.training.rows.correct_rows import CorrectRows
from nntui.training.rows.costs_of_rows import held_out
from nntui.training.rows.measures import ACCURACY, BY_EPOCH, COST, HELD_ACCURACY, HELD_COST, Measure, Measuring, by_epoch
from nntui.training.segments.lineage import owner
from nntui.training.timeline import Timeline

_FEW_POINTS = 64  # data points of an epoch that are gone through sooner than one of them is looked up
_CAPACITY, _BUDGET = 1 << 16, 24 << 20  # numbers of one measure; bytes of all of them


class MeasureTable:
    """A series for each measure, all of the same length; `first` is the place of their first number in the run."""

    def __init__(self, names: Sequence[Measure], first: int = 0) -> None:
        capacity = max(min(_CAPACITY, _BUDGET // (32 * len(names))), 1 << 10)
        self.first = first
        self.series = {name: Series(capacity) for name in names}

    @property
    def length(self) -> int:
        """How many numbers each series has."""
        return self.series[COST].length

    def extend(self, rows: Array) -> None:
        """Appends numbers to each, (numbers, measures)."""
        if len(rows):
            for series, added in zip(self.series.values(), rows.T, strict=True):
                series.extend(added)

    def exact(self, measure: Measure, place: int) -> float | None:
        """The number at a place of the run; None if it is not there, or if only the extremes of several are kept."""
        at = place - self.first
        if not 0 <= at < self.length:
            return None
        found = self.series[measure].exact(at, at + 1)
        return float(found[0]) if found is not None else None


class Measured:
    """All measures of a run up to some data point: computed in one pass, in slices, within a budget of bytes.

    points: by data point. means: by epoch. by_epoch: what the weights after each epoch do, as far as the scenario has it: the
    share of the data rows that they classify right, of those that are held out likewise, and the mean C of these.
    """

    def __init__(self, timeline: Timeline, followed: Cell | None = None) -> None:
        """followed: one number in place of all measures; those by epoch are none of it."""
        self.timeline, self.followed = timeline, followed
        self.measuring = Measuring(timeline.scenario.network, followed)
        self.names = self.measuring.names
        self.points, self.means = MeasureTable(self.names), MeasureTable(self.names)
        self.by_epoch = {measure: Series(_CAPACITY) for measure in by_epoch(timeline.scenario)} if followed is None else {}
        self._sums: Array | float = np.zeros(len(self.names))
        self._turns: dict[int, RowMeasures] = {}
        self._detail: Detail | None = None
        self._correct_rows = CorrectRows(timeline)

    @property
    def known(self) -> int:
        """How many data points are measured."""
        return self.points.length

    def fill(self, stop: int) -> Iterator[int]:
        """Measures up to data point `stop` in slices; yields how many are done. A caller may stop between slices."""
        timeline, size = self.timeline, self.timeline.course.points
        while self.known < stop:
            end = stop
            wanted = self.measuring.wanted
            quick = self._correct_rows.is_quick
            if ACCURACY in self.by_epoch and quick:
                wanted = self._correct_rows.wanted
            if HELD_COST in self.by_epoch or (ACCURACY in self.by_epoch and not quick):
                end = min(stop, (self.known // size + 1) * size)
            for first, made in timeline.folded(self.known, end, wanted):
                rows = self.measuring.rows(made)
                means, sums = epoch_means(rows, first % size, size, self._sums)
                if ACCURACY in self.by_epoch and len(means):
                    for shares in self._correct_rows.shares(first, made, len(means)):
                        if shares is None:
                            yield self.known
                        else:
                            self.by_epoch[ACCURACY].extend(shares)
                if HELD_COST in self.by_epoch and len(means):
                    cost, share = held_out(owner(timeline, first).scenario, made.theta)
                    self.by_epoch[HELD_COST].extend(np.array([cost]))
                    if HELD_ACCURACY in self.by_epoch:
                        self.by_epoch[HELD_ACCURACY].extend(np.array([share]))
                self.points.extend(rows)
                self.means.extend(means)
                self._sums = sums
                yield self.known

    def turns(self, row: int) -> "RowMeasures":
        """The measures of a data row (from 0), turn by turn; those of the last two rows asked for are kept."""
        if row not in self._turns:
            self._turns = {**dict(list(self._turns.items())[-1:]), row: RowMeasures(self.timeline, row, self.measuring)}
        return self._turns[row]

    def detail(self, first: int, stop: int) -> "Detail":
        """The measures of each of the data points first … stop − 1, for a run that is too long to keep all of its numbers."""
        if self._detail is None or (self._detail.table.first, self._detail.stop) != (first, stop):
            self._detail = Detail(self.timeline, first, stop, self.measuring)
        return self._detail

    # --- one number, exact

    def at(self, measure: Measure, n: int) -> float:
        """The measure of data point n, which is computed."""
        found = self.timeline.costs_seen.exact(n, n + 1) if measure == COST else None
        known = float(found[0]) if found is not None and len(found) else self.points.exact(measure, n)
        if known is None:
            known = float(_measures_of(self.timeline, n, self.measuring)[0, self.names.index(measure)])
        return known

    def mean(self, measure: Measure, epoch: int) -> float | None:
        """The mean of an epoch (from 0), which is computed; None if it is not measured yet."""
        timeline, size = self.timeline, self.timeline.course.points
        if measure in BY_EPOCH:
            series = self.by_epoch.get(measure)
            found = series.exact(epoch, epoch + 1) if series is not None else None
            return float(found[0]) if found is not None and len(found) else None
        seen = timeline.epoch_means.exact(epoch, epoch + 1) if measure == COST else None
        if seen is not None and len(seen):
            return float(seen[0])
        known = self.means.exact(measure, epoch)
        if known is None and epoch < self.means.length:
            place, total = self.names.index(measure), 0.0
            for _, made in timeline.folded(epoch * size, (epoch + 1) * size, self.measuring.wanted):
                values = self.measuring.rows(made)[:, place]
                total = float(np.add.accumulate(np.concatenate([[total], values]))[-1])
            known = total / size
        return known


class RowMeasures:
    """The measures of one data row (from 0), turn by turn: one in each epoch."""

    def __init__(self, timeline: Timeline, row: int, measuring: Measuring) -> None:
        self.timeline, self.row, self._measuring = timeline, row, measuring
        self.table = MeasureTable(measuring.names)

    def fill(self, stop: int) -> Iterator[int]:
        """Measures all turns among the first `stop` data points, one at a time; yields how many are."""
        if self.timeline.course.points <= _FEW_POINTS:
            yield from self._fill_from_all(stop)
            return
        for epoch in range(self.table.length, self.timeline.course.epochs):
            n = self.timeline.orders.turn_of(self.row, epoch)
            if n >= stop or n == NO_TURN:
                return
            self.table.extend(_measures_of(self.timeline, n, self._measuring))
            yield self.table.length

    def _fill_from_all(self, stop: int) -> Iterator[int]:
        """As `fill`, where an epoch is so short that going through all of it is quicker than looking up a single turn."""
        timeline, wanted = self.timeline, self._measuring.wanted
        for first, made in timeline.folded(min(self.table.length * timeline.course.points, stop), stop, wanted):
            rows = self._measuring.rows(made)
            for at in np.flatnonzero(timeline.orders.rows_of(first, first + len(rows)) == self.row).tolist():
                self.table.extend(rows[at : at + 1])
                yield self.table.length


class Detail:
    """The measures of the data points first … stop − 1."""

    def __init__(self, timeline: Timeline, first: int, stop: int, measuring: Measuring) -> None:
        self.timeline, self.stop, self._measuring = timeline, stop, measuring
        self.table = MeasureTable(measuring.names, first)

    @property
    def whole(self) -> bool:
        """Whether all of them are measured."""
        return self.table.first + self.table.length >= self.stop

    def fill(self) -> Iterator[int]:
        """Measures them in slices; yields how many are done."""
        timeline, table = self.timeline, self.table
        for _, made in timeline.folded(table.first + table.length, self.stop, self._measuring.wanted):
            table.extend(self._measuring.rows(made))
            yield table.length


def _measures_of(timeline: Timeline, n: int, measuring: Measuring) -> Array:
    """Those of one data point, (1, measures)."""
    (made,) = (made for _, made in timeline.folded(n, n + 1, measuring.wanted))
    return measuring.rows(made)
