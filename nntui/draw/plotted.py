"""What is drawn of a run in the plot: the window, the lines, and what is read off.

Every number that is read off is the exact one, whatever the width of a column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nntui.draw.choices import choices, symbol
from nntui.draw.costs import computed_words, lettered
from nntui.draw.plot import Plot
from nntui.draw.spans import Line, Role, Span
from nntui.draw.strokes import Track
from nntui.draw.view import View
from nntui.draw.window import Window, Zoom, of, window
from nntui.training.measures import ACCURACY, COST, Measure, Measured
from nntui.training.places import POINTS, Places, told
from nntui.training.series import Series

EPOCHS = 4  # epochs in sight from which lines beside others are drawn by their means
LONG = 6  # digits from which what is read off may take two lines
_ROLES: tuple[Role, ...] = ("past", "tangent", "minus", "new")


@dataclass(frozen=True, slots=True)
class Sight:
    """What one looks at. at: the iteration of the cursor; chosen: which of `choices`; zoom: None where all is shown."""

    at: int = 0
    chosen: int = 0
    places: Places = POINTS
    zoom: Zoom | None = None
    log: bool = False


class Chart:
    """A sight of a run in so many columns: which window that is, what is missing to draw it, and the plot."""

    def __init__(self, view: View, measured: Measured, sight: Sight, columns: int) -> None:
        self._view, self._measured, self._timeline = view, measured, measured.timeline
        self.sight = sight
        self.choices = choices(measured, view.notation)
        self.chosen = min(sight.chosen, len(self.choices) - 1)
        self.choice = self.choices[self.chosen]
        accuracy = self.choice.measures == (ACCURACY,)
        self.places = Places("epoch") if accuracy else sight.places
        self._told = told(view.frame, self._timeline.computed)
        self.known = self.places.known(self._timeline, self._told)
        self.total = self.places.total(self._timeline)
        self.cursor = self.places.place(self._timeline, min(sight.at, len(self._timeline) - 1))
        self.shown: Window = window(sight.zoom, self.cursor, self.known, columns)

    def follow(self, place: int) -> Zoom | None:
        """The zoom with which a place is in sight, the window moved no farther than it must."""
        return self.sight.zoom and of(self.shown.follow(place))

    # --- what is there to be drawn

    def missing(self) -> Iterator[object] | None:
        """Computes, in slices, what is not there yet; None where all of it is."""
        timeline, measured = self._timeline, self._measured
        if self.places.unit == "turn":
            turns = measured.turns(self.places.row)
            whole = turns.table.length >= self.places.known(timeline, timeline.computed)
            return None if whole else turns.fill(timeline.computed)
        if self.choice.measures != (COST,) and measured.known < timeline.computed:
            return self._fill(timeline.computed)
        return self._detailed()

    def _fill(self, stop: int) -> Iterator[object]:
        yield from self._measured.fill(stop)
        yield from self._detailed() or ()

    def _detailed(self) -> Iterator[object] | None:
        if not self._is_coarse():
            return None
        detail = self._measured.detail(self.shown.first, min(self.shown.stop, self._timeline.computed))
        return None if detail.whole else detail.fill()

    def _is_coarse(self) -> bool:
        """Whether the numbers of a column are not kept, only the extremes of longer runs of them."""
        if not self.places.points or self.shown.first >= self._timeline.computed:
            return False
        series = self._series(self.choice.measures[0])
        return self.shown.each % series.width != 0

    def _series(self, measure: Measure) -> Series:
        timeline, measured = self._timeline, self._measured
        match self.places.unit:
            case "turn":
                return measured.turns(self.places.row).table.series[measure]
            case "epoch" if measure == ACCURACY:
                assert measured.accuracy is not None
                return measured.accuracy
            case "epoch":
                return timeline.epoch_means if measure == COST else measured.means.series[measure]
            case "point":
                return timeline.costs_seen if measure == COST else measured.points.series[measure]

    def _filled(self) -> int:
        """How many places are there to be drawn."""
        return min(self._series(self.choice.measures[0]).length, self.known)

    # --- the plot

    def plot(self) -> Plot:
        """What is drawn."""
        view, timeline = self._view, self._timeline
        diverged = None if view.diverged is None else self.places.place(timeline, timeline.course.iteration(view.diverged))
        return Plot(
            title=self._title(),
            names=[choice.name for choice in self.choices],
            chosen=self.chosen,
            tracks=[*self._tracks(), *self._others()],
            shown=self.shown,
            log=self.sight.log,
            cursor=self.cursor,
            here=self.places.place(timeline, view.frame.number),
            known=self.known,
            filled=self._filled(),
            total=self.total,
            diverged=diverged,
            points=timeline.course.points if self.places.points else 1,
            unit="turn" if self.places.unit == "turn" else "epoch",
            values=[value for value in self._values() if value is not None],
            reading=self._reading(),
            long=view.numerals.digits > LONG or len(self.choice.measures) > 1 or bool(view.others),
            foot=computed_words(view, self.shown.columns),
        )

    def _title(self) -> Line:
        words = self.choice.words
        row = f"row {self.places.row + 1}"
        per = {"point": "of each data point", "epoch": "mean of each epoch", "turn": f"at each turn of {row}"}
        text = "accuracy after each epoch" if words == "accuracy" else f"{words}, {per[self.places.unit]}"
        line: Line = (Span(text.replace("cost, of", "cost of"), "strong"),)
        if words == "accuracy":
            line = (*line, Span("  share of the rows that are classified right", "dim"))
        if self.sight.log:
            line = (*line, Span(", log", "strong"))
        names = zip(lettered(self._view.others), self._view.others, strict=False) if self._compares() else ()
        line = (*line, *(span for one, other in names for span in (Span(f"  {one.letter} ", one.role), Span(other.name, "dim"))))
        if self._by_means():
            line = (*line, Span("  lines: mean of each epoch", "dim"))
        if self._has_mean():
            line = (*line, Span("  ─ ", "mean"), Span("mean of each epoch", "dim"))
        return line

    def _has_mean(self) -> bool:
        return self.places.points and len(self.choice.measures) == 1 and self._timeline.course.points > 1

    def _by_means(self) -> bool:
        """Whether lines that would cover each other as bands are drawn by their epoch means."""
        points = self._timeline.course.points
        return self.places.points and len(self.choice.measures) > 1 and points > 1 and self.shown.size >= EPOCHS * points

    def _compares(self) -> bool:
        """Whether other runs are drawn too."""
        return self.choice.measures == (COST,) and self.places.unit != "turn"

    def _tracks(self) -> Iterator[Track]:
        timeline, measured, stop = self._timeline, self._measured, self._filled()
        detail = measured.detail(self.shown.first, min(self.shown.stop, timeline.computed)) if self._is_coarse() else None
        many = len(self.choice.measures) > 1
        for role, measure in zip(_ROLES, self.choice.measures, strict=False):
            name, mark = symbol(timeline, measure, self._view.notation), str(measure.place) if many else ""
            if self._by_means():
                yield Track(name, measured.means.series[measure], role, mark, every=timeline.course.points, stop=stop)
            elif detail is not None and detail.whole:
                yield Track(name, detail.table.series[measure], role, mark, detail.table.first, stop=stop)
            else:
                yield Track(name, self._series(measure), role, mark, stop=stop)
        if self._has_mean():
            measure = self.choice.measures[0]
            means = timeline.epoch_means if measure == COST else measured.means.series[measure]
            yield Track("mean", means, "mean", every=timeline.course.points, stop=stop)

    def _others(self) -> Iterator[Track]:
        points = self._timeline.course.points
        for one in lettered(self._view.others) if self._compares() else ():
            if self.places.unit == "epoch":
                yield Track(one.letter, one.means, one.role, one.letter, start=one.start // points, stop=one.stop // points)
            elif points > 1 and self.shown.size >= EPOCHS * points:
                yield Track(one.letter, one.means, one.role, one.letter, every=points, start=one.start, stop=one.stop)
            else:
                yield Track(one.letter, one.costs, one.role, one.letter, start=one.start, stop=one.stop)

    # --- what is read off

    def value(self, measure: Measure) -> float | None:
        """The number under the cursor itself; None where it is not known."""
        if self.cursor >= self.known:
            return None
        if self.places.unit == "epoch":
            return self._measured.mean(measure, self.cursor)
        return self._measured.at(measure, self.iteration)

    def _values(self) -> list[float | None]:
        return [self.value(measure) for measure in self.choice.measures]

    @property
    def iteration(self) -> int:
        """The iteration under the cursor, of an epoch its last."""
        return self.places.iteration(self._timeline, self.cursor)

    def column(self, measure: Measure) -> tuple[int, float, float] | None:
        """How many places stand in the cursor's column, their smallest and largest; None where that is one, or not kept."""
        shown, stop = self.shown, self._filled()
        series = self._series(measure)
        first = shown.place(shown.column(self.cursor))
        count = min(first + shown.each, stop) - first
        if count < 2 or shown.each % series.width:
            return None
        low, high = series.columns(shown.each, 1, first, stop, first)
        return count, float(low[0]), float(high[0])

    def _reading(self) -> Sequence[Line]:
        view, timeline, write = self._view, self._timeline, self._view.numerals.write
        n = self.iteration
        epoch, point = divmod(n, timeline.course.points)
        where = f"epoch {epoch + 1}" if self.places.unit == "epoch" else f"{epoch + 1}:{point + 1}"
        parts: list[Line] = [(Span("◆", "cursor"), Span(f" {where}", "accent"))]
        if self.places.unit != "epoch":
            parts.append((Span(f"row {timeline.row(n) + 1}", "dim"),))
        names = [symbol(timeline, measure, view.notation) for measure in self.choice.measures]
        told = list(zip(names, self._values(), strict=True))
        mean = "mean " if self.places.unit == "epoch" and self.choice.measures != (ACCURACY,) else ""
        if all(value is None for _, value in told):
            parts.append((Span(f"{mean}{told[0][0]} " if len(told) == 1 else "", "dim"), Span(self._why(), "dim")))
        else:
            parts += [(Span(f"{mean}{name} ", "dim"), Span(write(value), "number")) for name, value in told if value is not None]
        if self.choice.measures == (ACCURACY,) and told[0][1] is not None:
            parts.append((Span(f"{round(told[0][1] * timeline.course.points):,} of {timeline.course.points:,} rows", "dim"),))
        parts += self._beside()
        extremes = self.column(self.choice.measures[0]) if len(told) == 1 else None
        if extremes is not None:
            count, low, high = extremes
            parts.append(
                (
                    Span(f"column of {count:,}: ", "dim"),
                    Span(f"{write(low)} … {write(high)}" if low < high else f"all {write(high)}"),
                )
            )
        one = {"point": "data point", "epoch": "epoch", "turn": "turn"}[self.places.unit]
        parts.append((Span(f"{one} {self.cursor + 1:,} of {self.total:,}", "dim"),))
        return parts

    def _why(self) -> str:
        """Why there is no number."""
        if self.cursor < self.known:
            return "being computed"
        done = self.places.known(self._timeline, self._timeline.computed)
        return "not computed yet" if self.cursor >= done else "not reached yet"

    def _beside(self) -> Iterator[Line]:
        """The numbers of other runs at the cursor, where they have gone their own way."""
        points, write = self._timeline.course.points, self._view.numerals.write
        for one in lettered(self._view.others) if self._compares() else ():
            by_epoch = self.places.unit == "epoch"
            series, start, stop = (
                (one.means, one.start // points, one.stop // points) if by_epoch else (one.costs, one.start, one.stop)
            )
            at = self.cursor
            if start <= at < min(stop, series.length):
                low, high = series.columns(
                    series.width, 1, at // series.width * series.width, at + 1, at // series.width * series.width
                )
                text = write(float(low[0])) if series.width == 1 else f"{write(float(low[0]))} … {write(float(high[0]))}"
                yield (Span(f"{one.letter} ", one.role), Span(text))
            elif at >= start:
                yield (Span(f"{one.letter} ", one.role), Span("not computed", "dim"))
