"""Showing what was looked at, in a window of another size. What this run does not have is left out."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from nntui.draw.charts.window import LEAST, Zoom
from nntui.draw.plot.chart import PlotView
from nntui.explain.equations.cells import exists
from nntui.explain.equations.inspect import inspect, terms
from nntui.explain.notation.numerals import Numerals
from nntui.explain.notation.symbols import NOTATIONS
from nntui.lesson.display_state import (
    DisplayState,
    InspectedNumber,
    OpenForks,
    OpenLearned,
    OpenNudge,
    OpenPlot,
    OpenSurface,
    OpenTable,
    PlotState,
    ToolState,
)
from nntui.session.display_options import DisplayOptions
from nntui.session.navigator import Navigator
from nntui.session.tools.forks import Forks, RunKeeper
from nntui.session.tools.inspector import Inspector
from nntui.session.tools.plotter import Plotter
from nntui.session.tools.tool import Tool
from nntui.session.tools.workspace import Workspace
from nntui.training.cell import Cell
from nntui.training.rows.axis import POINTS, RunAxis

if TYPE_CHECKING:
    from nntui.session.tools.table import RowTable


class Restorer:
    """Puts a display state into a workspace. say: takes what a tool has to say at the foot."""

    def __init__(self, navigator: Navigator, workspace: Workspace, say: Callable[[str], None]) -> None:
        self._navigator, self._workspace, self._say = navigator, workspace, say

    def show(self, state: DisplayState, width: int) -> None:
        """width: columns of the window."""
        workspace, position = self._workspace, self._navigator.position
        workspace.display = DisplayOptions(
            Numerals(state.digits), state.exact, NOTATIONS[state.notation], state.graph, state.since, workspace.display.big
        )
        workspace.watched.rows = frozenset(row for row in state.watched if row <= self._navigator.timeline.scenario.rows)
        if state.about:
            workspace.about.show(position.place)
        else:
            workspace.about.hide()
        workspace.path.show(position.place, state.path)
        workspace.plotter = self._plotter(state.plot, width) if state.plot is not None else None
        workspace.tool = self._tool(state.tool) if state.tool is not None else None
        workspace.page = state.page

    def _tool(self, state: ToolState) -> Tool | None:
        match state:
            case InspectedNumber(cell, term):
                return self._inspector(cell, term)
            case OpenPlot():
                return self._workspace.plotter
            case OpenTable():
                return self._table(state)
            case OpenLearned(output):
                return self._learned(output)
            case OpenSurface(across, up):
                return self._surface(across, up)
            case OpenForks(chapter, offset):
                runs, here = self._navigator.runs, self._navigator.position.chapter
                chosen = next((run.number for run in runs.family(here) if run.number == chapter), here)
                return Forks(chosen, RunKeeper(self._navigator, self._workspace, self._say), offset)
            case OpenNudge(cell, exponent):
                return self._nudger(cell, exponent)
            case _:
                assert_never(state)

    def _inspector(self, cell: Cell, term: int | None) -> Inspector | None:
        frame = self._navigator.frame
        if not exists(frame, cell):
            return None
        there = term is not None and term < len(terms(inspect(frame, cell)))
        return Inspector(cell, term if there else None, histories=self._workspace.kept_plot)

    def _nudger(self, cell: Cell, exponent: int) -> Tool | None:
        from nntui.session.tools.nudge import NudgeKeeper, Nudger

        if not exists(self._navigator.frame, cell):
            return None
        open_now = self._workspace.tool
        keeper = open_now.keeper if isinstance(open_now, Nudger) else NudgeKeeper(self._workspace)
        return Nudger(cell, keeper, exponent)

    def _learned(self, output: int) -> Tool:
        from nntui.session.tools.learned import Learned, of_scenario

        open_now = self._workspace.tool
        learned = open_now if isinstance(open_now, Learned) else of_scenario(self._navigator.timeline.scenario)
        return replace(learned, chosen=output % learned.outputs)

    def _surface(self, across: int, up: int) -> Tool | None:
        from nntui.explain.learned.surface import places
        from nntui.session.tools.surface import SurfaceTool

        count = len(places(self._navigator.timeline.scenario))
        if count < 2 or across % count == up % count:
            return None
        open_now = self._workspace.tool
        opened = open_now if isinstance(open_now, SurfaceTool) else SurfaceTool()
        return replace(opened, across=across % count, up=up % count)

    def _table(self, state: OpenTable) -> "RowTable":
        from nntui.session.tools.table import RowTable, TableReader

        open_now = self._workspace.tool
        reader = open_now.reader if isinstance(open_now, RowTable) else TableReader()
        rows = reader.sorted_rows(self._navigator.timeline)
        row = state.row if state.row is not None and 1 <= state.row <= rows.points else None
        return RowTable(self._workspace.watched, reader, row, state.by if state.by in rows.sorts() else "file", state.now)

    def _plotter(self, state: PlotState, width: int) -> Plotter:
        timeline, kept = self._navigator.timeline, self._workspace.kept_plot
        if not kept.columns:
            kept.fit(width)
        places = POINTS if state.unit == "point" else RunAxis(state.unit)
        if state.unit == "turn":
            places = RunAxis("turn", min(state.row, timeline.course.points - 1))
        zoom = zoom_of(state.part, kept.columns, places.total(timeline)) if state.part is not None else None
        present = timeline.course.iteration(self._navigator.position.step)
        followed = state.followed if state.followed is not None and exists(timeline.frame(0), state.followed) else None
        return Plotter(kept, PlotView(min(state.at, len(timeline) - 1), state.series, places, zoom, state.log, followed), present)


def zoom_of(part: tuple[int, int], columns: int, total: int) -> Zoom:
    """The zoom that shows part of a run (first place, number of places) in as many columns as there are here."""
    first, size = min(part[0], max(total - 1, 0)), min(part[1], 2 * max(total, LEAST, columns))
    return Zoom(1, size, first) if size < columns else Zoom(-(-size // columns), 0, first)
