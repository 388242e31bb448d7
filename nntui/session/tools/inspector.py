"""The cursor of inspection: on a number of the panels, and on a term of what is said about it. A value and its keys."""

from dataclasses import replace
from typing import ClassVar

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.explain.equations.equation import Cell
from nntui.explain.equations.inspect import Inspection, inspect, terms
from nntui.explain.notation.symbols import Notation
from nntui.lesson.display_state import InspectedNumber
from nntui.session.navigator import Navigator
from nntui.session.position import Position
from nntui.session.tools.tool import Outcome, Tool, ToolKey
from nntui.training.frame import Frame
from nntui.values import dataclass

_MOST_BACK = 100  # terms that Backspace may go back


@dataclass(frozen=True, slots=True)
class Inspector(Tool):
    """cell: the number laid open. term: which of its terms is chosen.

    path: the numbers that the viewer came from, the last last, each with the position that was left for it, if one was.
    """

    NAME: ClassVar[str] = "inspecting a number"
    BESIDE_PLOT: ClassVar[int] = 80

    cell: Cell
    term: int | None = None
    path: tuple[tuple[Cell, Position | None], ...] = ()

    def of(self, frame: Frame, notation: Notation) -> Inspection:
        """What there is to say."""
        return inspect(frame, self.cell, notation)

    def at(self, cell: Cell) -> "Inspector":
        """Another number; Backspace leads back to this one."""
        return self._on(cell, None) if cell != self.cell else self

    @property
    def state(self) -> InspectedNumber:
        """The number and the term; not the way that led to it."""
        return InspectedNumber(self.cell.kind, self.cell.layer, self.cell.neuron, self.cell.sender, self.term)

    @property
    def cursor(self) -> Cell:
        """The number."""
        return self.cell

    def pressed(self, key: str, navigator: Navigator) -> Outcome | None:
        """Arrows go to other numbers, Tab to terms, Enter to the term or the step of origin, Backspace back."""
        from nntui.explain.equations.cursor import DIRECTIONS, neighbour

        frame = navigator.timeline.frame(navigator.position.step)
        for direction in DIRECTIONS:
            if key == direction:
                return Outcome(Inspector(neighbour(frame, self.cell, direction), None, self.path))
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
        from nntui.draw.panels.inspect import inspect_panel

        return inspect_panel(view, self.of(view.frame, view.notation), cells, height, self.term)

    def own_keys(self) -> tuple[ToolKey, ...]:
        """The keys of an inspection."""
        go = "to the term" if self.term is not None else "where it is made"
        return (
            ToolKey("left,right,up,down", "←→↑↓", "go from number to number", "numbers"),
            ToolKey("tab,shift+tab", "Tab", "choose a term", "terms", "tab"),
            ToolKey("backspace", "Bksp", "the number before", "back", "backspace"),
            ToolKey("enter", "Enter", "to the term, or its step", go, "enter"),
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
        return Inspector(self.path[-1][0], None, self.path[:-1])

    def _on(self, cell: Cell, left: Position | None) -> "Inspector":
        return Inspector(cell, None, (*self.path, (self.cell, left))[-_MOST_BACK:])

    def _next_term(self, frame: Frame, change: int) -> "Inspector":
        count = len(terms(inspect(frame, self.cell)))
        if count == 0:
            return self
        start = -1 if self.term is None and change > 0 else 0 if self.term is None else self.term
        return replace(self, term=(start + change) % count)
