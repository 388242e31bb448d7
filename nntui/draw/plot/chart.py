"""The content of the plot with a cursor: the window, the lines, and the numbers under the cursor.

The numbers under the cursor are exact, however many places a column has.
"""

from collections.abc import Iterator

from nntui.draw.base.spans import Line, Role, Span
from nntui.draw.base.view import View
from nntui.draw.charts.axes import OTHER_ROLES
from nntui.draw.charts.tracks import Track, other_tracks
from nntui.draw.charts.window import Window, Zoom, of, window
from nntui.draw.costs.cost_panel import computed_words
from nntui.draw.plot.choices import choices, symbol
from nntui.draw.plot.panel import Plot
from nntui.draw.plot.plot_series import PlotSeries
from nntui.training.cell import Cell
from nntui.training.rows.axis import POINTS, RunAxis, reaches, shown_points
from nntui.training.rows.measured import Measured
from nntui.training.rows.measures import ACCURACY, BY_EPOCH, COST, HELD_ACCURACY, HELD_COST, Measure
from nntui.values import dataclass

EPOCHS = 4  # visible epochs from which several lines are drawn as epoch means
LONG = 6  # digits from which the readout may have two lines
_ROLES: tuple[Role, ...] = ("past", *OTHER_ROLES)
_MARKS = {HELD_COST: "h", COST: "t", HELD_ACCURACY: "h", ACCURACY: "t"}


@dataclass(frozen=True, slots=True)
class PlotView:
    """The viewer's choices. at: the iteration of the cursor; chosen: an index into `choices`; zoom: None if all is shown.

    followed: a number that was inspected, the last of the choices.
    """

    at: int = 0
    chosen: int = 0
    places: RunAxis = POINTS
    zoom: Zoom | None = None
    log: bool = False
    followed: Cell | None = None


class Chart:
    """The plot of a run in `columns` columns: its window, its lines, and the numbers under the cursor."""

    def __init__(
        self, view: View, measured: Measured, plot_view: PlotView, columns: int, following: Measured | None = None
    ) -> None:
        """following: the measures of the number that is followed, where there is one."""
        self.view, self.timeline = view, measured.timeline
        self.plot_view = plot_view
        self.choices = choices(measured, view.notation, plot_view.followed)
        self.chosen = min(plot_view.chosen, len(self.choices) - 1)
        self.choice = self.choices[self.chosen]
        is_followed = following is not None and self.choice.measures[0].kind == "number"
        drawn = following if following is not None and is_followed else measured
        self.places = RunAxis("epoch") if self.choice.measures[0] in BY_EPOCH else plot_view.places
        shown = shown_points(view.frame, self.timeline.computed, self.choice.measures)
        self.known = self.places.known(self.timeline, shown)
        self.total = self.places.total(self.timeline)
        self.cursor = self.places.place(self.timeline, min(plot_view.at, len(self.timeline) - 1))
        self.shown: Window = window(plot_view.zoom, self.cursor, self.known, columns)
        self.series = PlotSeries(drawn, self.choice.measures, self.places, self.shown)

    def follow(self, place: int) -> Zoom | None:
        """The zoom with the window moved just as far as needed to show a place."""
        return self.plot_view.zoom and of(self.shown.follow(place))

    def missing(self) -> Iterator[object] | None:
        """Computes in slices what is drawn and missing; None if nothing is."""
        return self.series.missing()

    @property
    def filled(self) -> int:
        """How many places have numbers to draw."""
        return min(self.series.length, self.known)

    # --- the plot

    def plot(self, *, alone: bool = False) -> Plot:
        """The plot as a value. alone: without the list of what else there is to choose."""
        view, timeline = self.view, self.timeline
        diverged = None if view.diverged is None else self.places.place(timeline, timeline.course.iteration(view.diverged))
        return Plot(
            title=self._title(),
            names=[] if alone else [choice.name for choice in self.choices],
            chosen=self.chosen,
            tracks=[*self._tracks(), *self._others()],
            shown=self.shown,
            log=self.plot_view.log,
            cursor=self.cursor,
            here=self.places.place(timeline, view.frame.number),
            known=self.known,
            filled=self.filled,
            total=self.total,
            diverged=diverged,
            points=timeline.course.points if self.places.points else 1,
            unit="turn" if self.places.unit == "turn" else "epoch",
            values=[value for value in self.numbers if value is not None],
            long=view.numerals.digits > LONG or len(self.choice.measures) > 1 or bool(view.others),
            foot=computed_words(view, self.shown.columns),
        )

    def _title(self) -> Line:
        words = self.choice.words
        row = f"row {self.places.row + 1}"
        each = "at each data point" if self.choice.measures[0].kind == "number" else "of each data point"
        per = {"point": each, "epoch": "mean of each epoch", "turn": f"at each turn of {row}"}
        text = f"{words} after each epoch" if self.choice.measures[0] in BY_EPOCH else f"{words}, {per[self.places.unit]}"
        line: Line = (Span(text.replace("cost, of", "cost of"), "strong"),)
        if words == ACCURACY.kind:
            line = (*line, Span("  share of the rows that are classified right", "dim"))
        if self.plot_view.log:
            line = (*line, Span(", log", "strong"))
        for track, other in zip(self._others(), self.view.others, strict=False):
            if track.is_drawn:
                line = (*line, Span(f"  {track.mark} ", track.role), Span(other.name, "dim"))
        if self._by_means():
            line = (*line, Span("  lines: mean of each epoch", "dim"))
        if self._has_mean():
            line = (*line, Span("  ─ ", "mean"), Span("mean of each epoch", "dim"))
        return line

    def _has_mean(self) -> bool:
        return self.places.points and len(self.choice.measures) == 1 and self.timeline.course.points > 1

    def _by_means(self) -> bool:
        """Whether lines are drawn as epoch means, because as bands they would cover each other."""
        points = self.timeline.course.points
        return self.places.points and len(self.choice.measures) > 1 and points > 1 and self.shown.size >= EPOCHS * points

    @property
    def compares(self) -> bool:
        """Whether other runs are in the plot."""
        return self.choice.measures == (COST,) and self.places.unit != "turn"

    def _tracks(self) -> Iterator[Track]:
        series, points, stop = self.series, self.timeline.course.points, self.filled
        detail = series.detail
        many = len(self.choice.measures) > 1
        for role, measure in zip(_ROLES, self.choice.measures, strict=False):
            name = symbol(self.timeline, measure, self.view.notation)
            mark = _MARKS.get(measure, str(measure.place)) if many else ""
            if self._by_means():
                yield Track(name, series.means(measure), role, mark, every=points, stop=stop)
            elif detail is not None and detail.whole:
                yield Track(name, detail.table.series[measure], role, mark, detail.table.first, stop=stop)
            else:
                yield Track(name, series.of(measure), role, mark, stop=stop)
        if self._has_mean():
            yield Track("mean", series.means(self.choice.measures[0]), "mean", every=points, stop=stop)

    def _others(self) -> Iterator[Track]:
        if not self.compares:
            return iter(())
        points = self.timeline.course.points
        by_means = self.shown.size >= EPOCHS * points
        return other_tracks(self.view.others, points, "epoch" if self.places.unit == "epoch" else "mean" if by_means else "point")

    # --- the readout

    @property
    def ahead(self) -> bool:
        """Whether the cursor is at the present data point, whose numbers are computed but not reached by a step yet."""
        frame, visited = self.view.frame, self.view.farthest > self.view.frame.number
        return not visited and self.iteration == frame.number and not reaches(frame, self.choice.measures)

    def value(self, measure: Measure) -> float | None:
        """The number under the cursor; None if it is not known, or not reached yet."""
        if self.cursor >= self.known or self.ahead:
            return None
        return self.series.value(measure, self.cursor)

    @property
    def numbers(self) -> list[float | None]:
        """The numbers under the cursor, one for each measure."""
        return [self.value(measure) for measure in self.choice.measures]

    @property
    def iteration(self) -> int:
        """The iteration under the cursor; the last one of an epoch."""
        return self.places.iteration(self.timeline, self.cursor)

    def column(self, measure: Measure) -> tuple[int, float, float] | None:
        """Of the cursor's column: its number of places, and their smallest and largest value; None as `PlotSeries.column`."""
        return self.series.column(measure, self.cursor, self.filled)
