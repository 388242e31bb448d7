"""Copying what is on the screen to the clipboard of the viewer's terminal, with all digits."""

from typing import Literal

from nntui.draw.base.spans import Role
from nntui.draw.panels.equation import pieces
from nntui.explain.derive import derive
from nntui.explain.notation.numerals import MOST, Numerals, full
from nntui.session.movement.movement import Movement
from nntui.training.cell import Cell

LONGEST = 100_000  # bytes: terminals take no more

MOST_TERMS = 1_000
_SAID = 40  # characters of it that are said


class CopyController:
    """Copies the number that is lit or inspected, and its equation."""

    def __init__(self, movement: Movement) -> None:
        self._movement, self._navigator, self._workspace = movement, movement.navigator, movement.workspace

    def copy(self, what: Literal["number", "equation"]) -> None:
        """Copies the one or the other."""
        match what:
            case "number":
                self._number()
            case "equation":
                self._equation()

    def _number(self) -> None:
        """The number; of a row all that the step makes, with commas between."""
        from nntui.explain.equations.cells import known, symbol_of, value_of

        frame, notation = self._navigator.frame, self._workspace.display.notation
        cell = self._inspected
        if cell is not None and not known(frame, cell):
            self._movement.status.say(f"{symbol_of(cell, notation)} is not computed yet: there is no number to copy")
        elif cell is not None:
            self._copy(full(value_of(frame, cell)))
        else:
            self._copy(", ".join(full(number.value) for number in derive(frame, notation).made))

    def _equation(self) -> None:
        """The formula, and its rows with numbers."""
        from nntui.explain.equations.inspect import inspect

        frame, notation, cell = self._navigator.frame, self._workspace.display.notation, self._inspected
        equation = derive(frame, notation) if cell is None else inspect(frame, cell, notation).equation
        exact = Numerals(MOST)
        rows = ["".join(span.text for piece in pieces(row, exact, _plain, MOST_TERMS) for span in piece) for row in equation.rows]
        label = f"{equation.label} " if equation.label else ""
        self._copy("\n".join([label + equation.formula, *rows]))

    @property
    def _inspected(self) -> Cell | None:
        return self._workspace.inspector.cell if self._workspace.inspector is not None else None

    def _copy(self, text: str) -> None:
        if len(text.encode()) > LONGEST:
            self._movement.status.say("this is too long for a terminal's clipboard; nntui trace writes it to a file")
            return
        self._movement.window.copy(text)
        first = text.split("\n", maxsplit=1)[0]
        said = first if len(first) <= _SAID else first[: _SAID - 1] + "…"
        self._movement.status.say(f"copied: {said} (if your terminal lets programs copy)")


def _plain(_: Cell) -> Role:
    return "plain"
