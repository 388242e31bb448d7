"""One number in a panel: hidden behind a dot, known, lit, or a source of what is lit."""

from nntui.draw.spans import Line, Role, Span, right
from nntui.draw.view import View
from nntui.explain.equation import Cell
from nntui.explain.numerals import LARGE, MINUS

UNKNOWN = "·"
CELL = 8  # the least room of one number, the blank before it included


def number(view: View, cell: Cell, value: float | None, cells: int, role: Role = "number") -> Line:
    """The value at the right of so many cells, one of them left empty; None is a number this step has not reached."""
    if value is None:
        return (Span(right(UNKNOWN + "   ", cells), "dim", cell),)
    return marked(right(_fitting(view, value, cells - 1), cells), view.role(cell, role), cell)


def marked(text: str, role: Role, cell: Cell) -> Line:
    """Text set at the right: a role that has a ground covers the number and one cell before it, not the whole room."""
    bare = text.lstrip()
    pad = len(text) - len(bare)
    if role == "lit" and pad:
        return (Span(" " * (pad - 1), "plain", cell), Span(" " + bare, role, cell))
    return (Span(" " * pad, "plain", cell), Span(bare, role, cell))


def _fitting(view: View, value: float, cells: int) -> str:
    """The number as it is written, with fewer digits where it has less room: a number is never cut."""
    text = view.numerals.write(value)
    shorter = [f"{value:.{digits}f}" for digits in (3, 2, 1)] if 1.0 <= abs(value) < LARGE else []
    for other in (*shorter, *(f"{value:.{digits}e}" for digits in (2, 1, 0))):
        if len(text) <= cells:
            break
        text = other.replace("-", MINUS, 1) if other.startswith("-") else other
    return text
