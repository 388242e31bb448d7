"""The cursor of inspection: on a number of the panels, and on a term of what is said about it. A value and its keys."""

from dataclasses import dataclass, replace

from nntui.explain.equation import Cell
from nntui.explain.inspect import Inspection, inspect, terms
from nntui.explain.symbols import Notation
from nntui.explain.walk import DIRECTIONS, neighbour
from nntui.training.frame import Frame
from nntui.training.steps import Address

_MOST_BACK = 100  # terms that Backspace may go back


@dataclass(frozen=True, slots=True)
class Inspector:
    """cell: the number laid open. term: which of its terms is chosen. path: the numbers one came from, the last last."""

    cell: Cell
    term: int | None = None
    path: tuple[Cell, ...] = ()

    def of(self, frame: Frame, notation: Notation) -> Inspection:
        """What there is to say."""
        return inspect(frame, self.cell, notation)

    def at(self, cell: Cell) -> "Inspector":
        """Another number; Backspace leads back to this one."""
        return Inspector(cell, None, (*self.path, self.cell)[-_MOST_BACK:]) if cell != self.cell else self

    def pressed(self, key: str, frame: Frame) -> "Inspector | Address | None":
        """What a key leads to: another number or term, or the step that made the number; None is a key of others."""
        for direction in DIRECTIONS:
            if key == direction:
                return Inspector(neighbour(frame, self.cell, direction), None, self.path)
        match key:
            case "tab" | "shift+tab":
                return self._next_term(frame, 1 if key == "tab" else -1)
            case "enter" if self.term is not None:
                return self.at(terms(inspect(frame, self.cell))[self.term])
            case "enter":
                return inspect(frame, self.cell).origin.address or self
            case "backspace" if self.path:
                return Inspector(self.path[-1], None, self.path[:-1])
            case _:
                return None

    def made(self, frame: Frame) -> "Inspector":
        """On the same number at the step that made it, where it may be another cell: a weight was new there."""
        return replace(self, cell=inspect(frame, self.cell).origin.cell, term=None)

    def _next_term(self, frame: Frame, change: int) -> "Inspector":
        count = len(terms(inspect(frame, self.cell)))
        if count == 0:
            return self
        start = -1 if self.term is None and change > 0 else 0 if self.term is None else self.term
        return replace(self, term=(start + change) % count)
