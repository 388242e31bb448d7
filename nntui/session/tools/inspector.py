"""The cursor of inspection: on a number of the panels, and on a term of what is said about it. A value and its keys."""

from collections.abc import Iterator
from dataclasses import field, replace
from typing import TYPE_CHECKING, ClassVar

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.explain.equations.inspect import Inspection, inspect, terms
from nntui.explain.notation.symbols import Notation
from nntui.lesson.display_state import InspectedNumber
from nntui.session.navigator import AT_ONCE, Navigator
from nntui.session.position import Position
from nntui.session.tools.tool import Outcome, Tool, ToolKey
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.rows.axis import RunAxis
from nntui.training.rows.followed import followed_by, is_of_row
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.session.tools.plotter import KeptPlot

_MOST_BACK = 100  # terms that Backspace may go back


@dataclass(frozen=True, slots=True)
class Inspector(Tool):
    """cell: the number laid open. term: which of its terms is chosen.

    path: the numbers that the viewer came from, the last last, each with the position that was left for it, or None.
    histories: where the histories of numbers are kept, so that its own is drawn below.
    """

    NAME: ClassVar[str] = "inspecting a number"
    BESIDE_PLOT: ClassVar[int] = 80

    cell: Cell
    term: int | None = None
    path: tuple[tuple[Cell, Position | None], ...] = ()
    histories: "KeptPlot | None" = field(default=None, compare=False)

    def of(self, frame: Frame, notation: Notation) -> Inspection:
        """What there is to say."""
        return inspect(frame, self.cell, notation)

    def at(self, cell: Cell) -> "Inspector":
        """Another number; Backspace leads back to this one."""
        return self._on(cell, None) if cell != self.cell else self

    @property
    def state(self) -> InspectedNumber:
        """The number and the term; not the way that led to it."""
        return InspectedNumber(self.cell, self.term)

    @property
    def cursor(self) -> Cell:
        """The number."""
        return self.cell

    def pressed(self, key: str, navigator: Navigator) -> Outcome | None:
        """Arrows go to other numbers, Tab to terms, Enter to the term or the step of origin, Backspace back."""
        from nntui.explain.equations.cursor import DIRECTIONS, neighbour

        frame = navigator.frame
        for direction in DIRECTIONS:
            if key == direction:
                return Outcome(replace(self, cell=neighbour(frame, self.cell, direction), term=None))
        match key:
            case "escape" | "i":
                return Outcome(None)
            case "tab" | "shift+tab":
                return Outcome(self._next_term(frame, 1 if key == "tab" else -1))
            case "enter" if self.term is not None:
                return Outcome(self.at(terms(inspect(frame, self.cell))[self.term]))
            case "enter":
                return self._to_origin(frame, navigator)
            case "backspace" if self.path:
                return Outcome(self.back(), self.path[-1][1], jump=False)
            case _:
                return None

    def _to_origin(self, frame: Frame, navigator: Navigator) -> Outcome:
        """At the step that made the number."""
        address = inspect(frame, self.cell).origin.address
        there = navigator.to(navigator.course.step(address)) if address is not None else None
        if there is None:
            return Outcome(self, say="no step makes it: the run begins with this number")
        if there.step == navigator.position.step:
            return Outcome(self, say="this is the step that makes it")
        return Outcome(self.made(frame, navigator.base), there)

    def panel(self, view: View, navigator: Navigator, cells: int, height: int) -> Block:
        """The number laid open."""
        from nntui.draw.layout.lower_part import plot_and_data
        from nntui.draw.panels.inspect import inspect_panel
        from nntui.draw.panels.past import LEAST_BELOW, history_panel
        from nntui.explain.history.of_number import past_of

        timeline, inspection = navigator.timeline, self.of(view.frame, view.notation)
        past = past_of(timeline, view.frame, self.cell, AT_ONCE * timeline.stride)
        wanted = LEAST_BELOW if self.histories is not None else 0
        block = inspect_panel(view, inspection, cells, height, self.term, past=past, below=wanted)
        if self.histories is None or len(block) == height:
            return block
        number = followed_by(self.cell)
        following, measured = self.histories.following(timeline, number), self.histories.of(timeline)
        left = height - len(block)
        history = history_panel(view, measured, following, number, cells, left)
        return (*block, *(history or plot_and_data(view, cells, left)))

    def work(self, navigator: Navigator) -> Iterator[object] | None:
        """The history of the number, as far as the run is computed."""
        if self.histories is None:
            return None
        timeline = navigator.timeline
        number = followed_by(self.cell)
        following = self.histories.following(timeline, number)
        if is_of_row(number):
            turns = following.turns(timeline.row(navigator.course.iteration(navigator.position.step)))
            known = RunAxis("turn", turns.row).known(timeline, timeline.computed)
            return turns.fill(timeline.computed) if turns.table.length < known else None
        return following.fill(timeline.computed) if following.known < timeline.computed else None

    def own_keys(self) -> tuple[ToolKey, ...]:
        """The keys of an inspection."""
        go = "to the term" if self.term is not None else "where it is made"
        return (
            ToolKey("left,right,up,down", "←→↑↓", "go from number to number", "numbers"),
            ToolKey("tab,shift+tab", "Tab", "choose a term", "terms", "tab"),
            ToolKey("backspace", "Bksp", "the number before", "back", "backspace"),
            ToolKey("enter", "Enter", "to the term, or its step", go, "enter"),
            ToolKey("", "x", "its history, in the plot", "history", "cursor"),
            ToolKey("i,escape", "Esc", "close the inspection", "closes", "escape"),
        )

    def scrolled(self, key: str, navigator: Navigator) -> Outcome | None:
        """The wheel chooses a term."""
        return self.pressed("tab" if key == "down" else "shift+tab", navigator)

    def made(self, frame: Frame, position: Position) -> "Inspector":
        """On the same number at the step that made it, where it may be another cell: a weight was new there."""
        return self._on(inspect(frame, self.cell).origin.cell, position)

    def back(self) -> "Inspector":
        """On the number that the viewer came from."""
        return replace(self, cell=self.path[-1][0], term=None, path=self.path[:-1])

    def _on(self, cell: Cell, left: Position | None) -> "Inspector":
        return replace(self, cell=cell, term=None, path=(*self.path, (self.cell, left))[-_MOST_BACK:])

    def _next_term(self, frame: Frame, change: int) -> "Inspector":
        order = self._tab_order(frame)
        if not order:
            return self
        at = order.index(self.term) if self.term in order else -1 if change > 0 else 0
        return replace(self, term=order[(at + change) % len(order)])

    def _tab_order(self, frame: Frame) -> list[int]:
        """The terms in reading order; those that the viewer came from are last, so that Tab Enter goes on and not in circles."""
        visited = {cell for cell, _ in self.path}
        return sorted(range(len(found := terms(inspect(frame, self.cell)))), key=lambda index: found[index] in visited)
