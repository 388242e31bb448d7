"""The tools under the panels: opening one, and doing what came of its keys and clicks."""

from typing import TYPE_CHECKING

from nntui.session.movement.movement import Movement
from nntui.session.position import at_stop
from nntui.training.address import Address
from nntui.training.cell import Cell

if TYPE_CHECKING:
    from nntui.session.tools.tool import Outcome, Tool

_OWN = frozenset({"escape", "q", "up", "down", "tab", "shift+tab"})
"""Keys that mean nothing along a lesson: they go to a tool that the lesson shows, which is the viewer's own from then on."""


class ToolController:
    """Opens tools, hands keys and clicks on to the open one, and keeps the rows that are watched."""

    def __init__(self, movement: Movement) -> None:
        self._movement = movement
        self._navigator, self._workspace = movement.navigator, movement.workspace

    # --- opening

    def inspect(self) -> None:
        """Opens the number that is lit."""
        from nntui.explain.equations.cursor import lit_cell

        self._inspect(lit_cell(self._navigator.frame))

    def _inspect(self, cell: Cell) -> None:
        from nntui.session.tools.inspector import Inspector

        self.open(Inspector(cell, histories=self._workspace.kept_plot))

    def plot(self) -> None:
        """Opens the plot, as it was left; from a number that is inspected with that number as its series."""
        from nntui.session.tools.plotter import following, opened

        workspace, navigator, inspector = self._workspace, self._navigator, self._workspace.inspector
        view = workspace.view(navigator)
        plotter = opened(workspace.plotter or workspace.kept_plot, navigator, self._movement.window.width, view, inspector)
        if inspector is not None:
            plotter = following(plotter, inspector.cell, view.frame.row)
        self.open(plotter)

    def table(self) -> None:
        """Opens the table of the data."""
        from nntui.session.tools.table import RowTable, TableReader

        self.open(RowTable(self._workspace.watched, TableReader()))

    def learned(self) -> None:
        """Opens what the network has learned."""
        from nntui.session.tools.learned import of_scenario

        self.open(of_scenario(self._navigator.timeline.scenario))

    def open(self, tool: "Tool | None") -> None:
        """Another tool is open, or none."""
        from nntui.session.tools.plotter import Plotter

        self._workspace.tool = tool
        if isinstance(tool, Plotter):
            self._workspace.plotter = tool
        self._movement.status.clear()
        self._movement.background.complete_tool()
        self._movement.window.paint_soon()

    # --- keys and clicks

    def pressed(self, key: str) -> bool:
        """A key, by Textual's name of it; False where it means what it means everywhere. q closes a tool as Escape does."""
        tool = self._workspace.tool
        if self._workspace.tool_is_led(self._navigator) and key not in _OWN:
            return False
        return tool is not None and self._apply(tool.pressed("escape" if key == "q" else key, self._navigator))

    def scrolled(self, key: str) -> bool:
        """The wheel over the panel of the open tool, as up or down; False where it steps."""
        tool = self._workspace.tool
        if self._workspace.tool_is_led(self._navigator):
            return False
        return tool is not None and self._apply(tool.scrolled(key, self._navigator))

    def clicked(self, target: object, offset: int) -> None:
        """A click on a span with a meaning, `offset` cells into it."""
        from nntui.draw.charts.axes import IterationPlace
        from nntui.draw.panels.timebar import Instant
        from nntui.session.tools.inspector import Inspector

        tool, course = self._workspace.tool, self._navigator.course
        if tool is not None and self._apply(tool.clicked(target, offset, self._navigator)):
            return
        match target:
            case Address() as address:
                self._movement.jump(self._navigator.to(course.step(address)))
            case Cell() as cell:
                self.open(tool.at(cell)) if isinstance(tool, Inspector) else self._inspect(cell)
            case IterationPlace() as along:
                iteration = along.iteration(offset)
                if 0 <= iteration < course.iterations:
                    self._movement.jump(self._navigator.to(course.cost(iteration)))
            case Instant() as instant if self._navigator.lesson is not None:
                lesson = self._navigator.lesson
                self._movement.become(at_stop(self._navigator.base, lesson, lesson.stop_at(instant.seconds(offset))))

    def _apply(self, outcome: "Outcome | None") -> bool:
        """Does what came of a key or a click; False where it was none for the tool."""
        if outcome is None:
            return False
        self.open(outcome.tool)
        if outcome.to is not None:
            (self._movement.jump if outcome.jump else self._movement.become)(outcome.to)
        if outcome.say:
            self._movement.status.say(outcome.say)
        if outcome.ask is not None:
            self._movement.status.ask(outcome.ask)
        if outcome.then is not None:
            outcome.then()
        return True

    # --- rows

    def watch(self) -> None:
        """Watches the present row, or no more."""
        row = self._navigator.frame.row
        self._movement.status.say(self._workspace.watched.toggle(row))

    def next_watched(self) -> None:
        """To the next turn of any watched row."""
        watched = self._workspace.watched
        if not watched.rows:
            self._movement.status.say("no row is watched; * watches the present one, in the table (d) the marked one")
            return
        position, said = watched.next_turn(self._navigator, watched.rows)
        if position is not None:
            self._movement.jump(position)
        else:
            self._movement.status.say(said)
