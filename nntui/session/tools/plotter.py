"""The cost plot as an instrument: a cursor that reads off and goes there, zoom, series, scale. A value and its keys."""

from collections.abc import Iterator
from dataclasses import field, replace
from typing import ClassVar

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.charts.window import LEAST, closer, farther, moved
from nntui.draw.plot.chart import Chart, PlotView
from nntui.lesson.display_state import OpenPlot
from nntui.session.navigator import Navigator
from nntui.session.tools.tool import Outcome, Tool, ToolKey
from nntui.training.cell import Cell
from nntui.training.rows.axis import POINTS, RunAxis
from nntui.training.rows.followed import followed_by
from nntui.training.rows.measured import Measured
from nntui.training.timeline import Timeline
from nntui.values import dataclass

RUNS = 2  # whose measures are kept
NUMBERS = 4  # whose histories are kept


class KeptPlot:
    """What is kept from one key to the next: the measures of the last few runs, and how wide the plot was."""

    def __init__(self) -> None:
        self.columns = 0
        """Of the plot as it was drawn last."""
        self._measured: list[Measured] = []
        self._following: list[Measured] = []

    def fit(self, cells: int) -> None:
        """The plot is in a panel of `cells` cells; in a window that is too small to show it, it counts as LEAST columns wide."""
        from nntui.draw.plot.panel import columns_of

        self.columns = max(columns_of(cells), LEAST)

    def of(self, timeline: Timeline) -> Measured:
        """The measures of a run; those of the run that was plotted longest ago are dropped."""
        found = next((one for one in self._measured if one.timeline is timeline), None) or Measured(timeline)
        self._measured = [found, *(one for one in self._measured if one is not found)][:RUNS]
        return found

    def following(self, timeline: Timeline, number: Cell) -> Measured:
        """The history of one number of a run; those of the numbers that were followed longest ago are dropped."""
        kept = self._following
        found = next((one for one in kept if one.timeline is timeline and one.followed == number), None)
        found = found or Measured(timeline, number)
        self._following = [found, *(one for one in kept if one is not found)][:NUMBERS]
        return found


@dataclass(frozen=True, slots=True)
class Plotter(Tool):
    """plot_view: what is shown. present: the iteration that the viewer was at when the plot was last open.

    before: the tool from which the plot was opened, to which x goes back.
    """

    NAME: ClassVar[str] = "the plot"

    kept: KeptPlot = field(compare=False)
    plot_view: PlotView
    present: int
    before: Tool | None = field(default=None, compare=False)

    @property
    def state(self) -> OpenPlot:
        """That it is open: the plot itself is kept also while it is closed."""
        return OpenPlot()

    def reopened(self, navigator: Navigator) -> "Plotter":
        """The plot as it was left; its cursor is on the present data point, if that is another one since."""
        now = navigator.course.iteration(navigator.position.step)
        return self if now == self.present else replace(self, plot_view=replace(self.plot_view, at=now), present=now)

    # --- what is drawn

    def _chart(self, view: View, navigator: Navigator) -> Chart:
        timeline, number = navigator.timeline, self.plot_view.followed
        following = self.kept.following(timeline, number) if number is not None else None
        return Chart(view, self.kept.of(timeline), self.plot_view, self.kept.columns, following)

    def present_chart(self, navigator: Navigator) -> Chart:
        """What is plotted at the present step."""
        timeline = navigator.timeline
        return self._chart(View(navigator.frame, computed=timeline.computed), navigator)

    def panel(self, view: View, navigator: Navigator, cells: int, height: int) -> Block:
        """The plot in cells × height, with the numbers under the cursor."""
        from nntui.draw.plot.panel import plot_panel
        from nntui.draw.plot.readout import reading

        self.kept.fit(cells)
        chart = self._chart(view, navigator)
        return plot_panel(chart.plot(), reading(chart), cells, height)

    def work(self, navigator: Navigator) -> Iterator[object] | None:
        """The measures that are drawn and not there yet."""
        return self.present_chart(navigator).missing()

    def own_keys(self) -> tuple[ToolKey, ...]:
        """The keys of the plot."""
        unit = {"point": "per epoch", "epoch": "per row", "turn": "per point"}[self.plot_view.places.unit]
        return (
            ToolKey("left,right", "←→", "move the cursor", "cursor"),
            ToolKey("up,down", "↑↓", "zoom in, out", "zoom"),
            ToolKey("pageup,pagedown", "PgUp PgDn", "half a window on"),
            ToolKey("home,end", "Home End", "the ends of the curve"),
            ToolKey("tab,shift+tab", "Tab", "another series", "series", "tab"),
            ToolKey("L", "L", "log scale, and back", "log", "L"),
            ToolKey("t", "t", "by point, epoch, row", unit, "t"),
            ToolKey("enter", "Enter", "go to the cursor's point", "go there", "enter"),
            ToolKey("x,escape", "x", "close the plot", "back" if self.before is not None else "closes", "x"),
        )

    # --- keys and clicks

    def pressed(self, key: str, navigator: Navigator) -> Outcome | None:
        """Arrows move the cursor and zoom, Tab chooses, Enter goes there."""
        match key:
            case "escape":
                return Outcome(None)
            case "x":
                return Outcome(self.before)
            case "L":
                return self._with(log=not self.plot_view.log)
            case "left" | "right" | "pageup" | "pagedown" | "home" | "end" | "up" | "down":
                return self._move(key, self.present_chart(navigator), navigator)
            case "tab" | "shift+tab":
                chart = self.present_chart(navigator)
                return self._choose((chart.chosen + (1 if key == "tab" else -1)) % len(chart.choices))
            case "t":
                return self._with(places=self._next_places(navigator), zoom=None)
            case "enter":
                return self._go(self.present_chart(navigator), navigator)
            case _:
                return None

    def clicked(self, target: object, offset: int, navigator: Navigator) -> Outcome | None:
        """A click in the plot puts the cursor there, one on a name chooses it."""
        from nntui.draw.plot.panel import ChoicePlace, ColumnPlace

        match target:
            case ColumnPlace() as spot:
                return self.with_cursor(self.present_chart(navigator), spot.place(offset), navigator)
            case ChoicePlace(index=index):
                return self._choose(index)
            case _:
                return None

    def _with(self, **changes: object) -> Outcome:
        return Outcome(replace(self, plot_view=replace(self.plot_view, **changes)))  # type: ignore[arg-type]

    def _choose(self, index: int) -> Outcome:
        return self._with(chosen=index)

    def with_cursor(self, chart: Chart, place: int, navigator: Navigator) -> Outcome:
        """The cursor on a place, kept inside the run; the window moves only where it must."""
        place = min(max(place, 0), chart.total - 1)
        zoom = chart.follow(place)
        return self._with(at=chart.places.iteration(navigator.timeline, place), zoom=zoom)

    def _move(self, key: str, chart: Chart, navigator: Navigator) -> Outcome:
        """The cursor by a column, by half a window, to an end of what is known; or the zoom."""
        shown, cursor = chart.shown, chart.cursor
        half = shown.place(shown.columns // 2) - shown.first
        match key:
            case "up":
                return self._with(zoom=closer(shown, cursor))
            case "down":
                return self._with(zoom=farther(shown, cursor, chart.known, chart.total))
            case "pageup" | "pagedown":
                change = 1 if key == "pagedown" else -1
                panned = replace(
                    self, plot_view=replace(self.plot_view, zoom=moved(shown, self.plot_view.zoom, change * shown.columns // 2))
                )
                return panned.with_cursor(panned.present_chart(navigator), cursor + change * half, navigator)
            case "home":
                return self.with_cursor(chart, 0, navigator)
            case "end":
                return self.with_cursor(chart, chart.known - 1, navigator)
            case _:
                return self.with_cursor(chart, cursor + (shown.each if key == "right" else -shown.each), navigator)

    def _next_places(self, navigator: Navigator) -> RunAxis:
        """Data points, epochs, the turns of the row under the cursor, and round again."""
        match self.plot_view.places.unit:
            case "point":
                return RunAxis("epoch")
            case "epoch":
                return RunAxis("turn", navigator.timeline.row(min(self.plot_view.at, len(navigator.timeline) - 1)))
            case "turn":
                return POINTS

    def _go(self, chart: Chart, navigator: Navigator) -> Outcome:
        """To the cost of the data point under the cursor."""
        course, n = navigator.course, chart.iteration
        there = navigator.to(course.cost(n))
        here = replace(self, plot_view=replace(self.plot_view, at=n), present=n)
        return Outcome(here, None if there.step == navigator.position.step and navigator.goal is None else there)


def opened(kept: Plotter | KeptPlot, navigator: Navigator, cells: int, view: View, before: Tool | None = None) -> Plotter:
    """The plot as it was left, in the scale of the small plot; one that was never open has its cursor on the present.

    view: the small plot is drawn from it. An exploding run begins with the log scale.
    """
    from nntui.draw.costs.cost_panel import is_logarithmic

    log = is_logarithmic(view)
    if isinstance(kept, Plotter):
        found = kept.reopened(navigator)
        return replace(found, plot_view=replace(found.plot_view, log=log), before=before)
    kept.fit(cells)
    now = navigator.course.iteration(navigator.position.step)
    return Plotter(kept, PlotView(now, log=log or navigator.timeline.diverged is not None), now, before)


def following(plotter: Plotter, cell: Cell, row: int) -> Plotter:
    """The plot with the history of an inspected number as its series. row: the present one, from 1."""
    from nntui.draw.panels.past import following_view

    return replace(plotter, plot_view=following_view(plotter.plot_view, followed_by(cell), row))
