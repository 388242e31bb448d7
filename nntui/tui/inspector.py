"""The cursor of inspection: on a number of the panels, and on a term of what is said about it. A value and its keys."""

from dataclasses import dataclass, replace

from nntui.explain.equation import Cell
from nntui.explain.inspect import Inspection, inspect, terms
from nntui.explain.symbols import Notation
from nntui.explain.walk import DIRECTIONS, neighbour
from nntui.training.frame import Frame
from nntui.training.steps import Address
from nntui.tui.stand import Stand

_MOST_BACK = 100  # terms that Backspace may go back


@dataclass(frozen=True, slots=True)
class Inspector:
    """cell: the number laid open. term: which of its terms is chosen.

    path: the numbers one came from, the last last, each with the stand where that was left, if it was.
    """

    cell: Cell
    term: int | None = None
    path: tuple[tuple[Cell, Stand | None], ...] = ()

    def of(self, frame: Frame, notation: Notation) -> Inspection:
        """What there is to say."""
        return inspect(frame, self.cell, notation)

    def at(self, cell: Cell) -> "Inspector":
        """Another number; Backspace leads back to this one."""
        return self._on(cell, None) if cell != self.cell else self

    def pressed(self, key: str, frame: Frame) -> "Inspector | Address | Stand | None":
        """What a key leads to: another number or term, the step that made the number, or back to the stand it was left at.

        None is a key of others.
        """
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
                return self.path[-1][1] or self.back()
            case _:
                return None

    def made(self, frame: Frame, stand: Stand) -> "Inspector":
        """On the same number at the step that made it, where it may be another cell: a weight was new there."""
        return self._on(inspect(frame, self.cell).origin.cell, stand)

    def back(self) -> "Inspector":
        """On the number one came from."""
        return Inspector(self.path[-1][0], None, self.path[:-1])

    def _on(self, cell: Cell, left: Stand | None) -> "Inspector":
        return Inspector(cell, None, (*self.path, (self.cell, left))[-_MOST_BACK:])

    def _next_term(self, frame: Frame, change: int) -> "Inspector":
        count = len(terms(inspect(frame, self.cell)))
        if count == 0:
            return self
        start = -1 if self.term is None and change > 0 else 0 if self.term is None else self.term
        return replace(self, term=(start + change) % count)
