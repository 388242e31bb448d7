"""The series of a run that a plot draws, and computing what is missing of them.

Of a long run a series keeps only the extremes of bins. Where these bins are wider than a column, the window is coarse, and
the measures of its data points are computed again, in detail.
"""

from collections.abc import Iterator

from nntui.draw.charts.window import Window
from nntui.training.containers.series import Series
from nntui.training.rows.axis import RunAxis
from nntui.training.rows.measured import Detail, Measured
from nntui.training.rows.measures import BY_EPOCH, COST, Measure
from nntui.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class PlotSeries:
    """The series of some measures by the places of an axis, for one window of the plot."""

    measured: Measured
    measures: tuple[Measure, ...]
    places: RunAxis
    window: Window

    def of(self, measure: Measure) -> Series:
        """The series of a measure, a number for each place."""
        timeline, measured = self.measured.timeline, self.measured
        match self.places.unit:
            case "turn":
                return measured.turns(self.places.row).table.series[measure]
            case "epoch" if measure in BY_EPOCH:
                return measured.by_epoch[measure]
            case "epoch":
                return self.means(measure)
            case "point":
                return timeline.costs_seen if measure == COST else measured.points.series[measure]

    def means(self, measure: Measure) -> Series:
        """The mean of a measure in each epoch."""
        return self.measured.timeline.epoch_means if measure == COST else self.measured.means.series[measure]

    @property
    def length(self) -> int:
        """How many places have numbers."""
        return self.of(self.measures[0]).length

    @property
    def detail(self) -> Detail | None:
        """Where the window is coarse, the measures of each of its data points, as far as the run is computed; else None."""
        computed, window = self.measured.timeline.computed, self.window
        if not self.places.points or window.first >= computed or window.each % self.of(self.measures[0]).width == 0:
            return None
        return self.measured.detail(window.first, min(window.stop, computed))

    def missing(self) -> Iterator[object] | None:
        """Computes in slices what is missing; None if nothing is."""
        timeline, measured = self.measured.timeline, self.measured
        if self.places.unit == "turn":
            turns = measured.turns(self.places.row)
            whole = turns.table.length >= self.places.known(timeline, timeline.computed)
            return None if whole else turns.fill(timeline.computed)
        if self.measures != (COST,) and measured.known < timeline.computed:
            return self._fill(timeline.computed)
        return self._fill_detail()

    def _fill(self, stop: int) -> Iterator[object]:
        yield from self.measured.fill(stop)
        yield from self._fill_detail() or ()

    def _fill_detail(self) -> Iterator[object] | None:
        detail = self.detail
        return None if detail is None or detail.whole else detail.fill()

    # --- one number

    def value(self, measure: Measure, place: int) -> float | None:
        """The exact number of a measure at a place; None if it is not computed."""
        if self.places.unit == "epoch":
            return self.measured.mean(measure, place)
        return self.measured.at(measure, self.places.iteration(self.measured.timeline, place))

    def column(self, measure: Measure, place: int, stop: int) -> tuple[int, float, float] | None:
        """The number of places before `stop` in the column of a place, their smallest and largest value.

        None if the column has one place, or if its extremes are not kept.
        """
        window, series = self.window, self.of(measure)
        first = window.place(window.column(place))
        count = min(first + window.each, stop) - first
        if count < 2 or window.each % series.width:
            return None
        low, high = series.columns(window.each, 1, first, stop, first)
        return count, float(low[0]), float(high[0])
