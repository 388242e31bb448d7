"""One number in a panel: hidden behind a dot, known, lit, or a source of what is lit."""

from nntui.draw.spans import Line, Role, Span, right
from nntui.draw.view import View
from nntui.explain.equation import Cell

UNKNOWN = "·"
LEAST = 7  # cells of a column of numbers, whatever they are


def number(view: View, cell: Cell, value: float | None, cells: int, role: Role = "number") -> Line:
    """The value at the right of so many cells, one of them left empty; None is a number this step has not reached.

    It has fewer digits where it has less room: a number is never cut.
    """
    if value is None:
        text = right(UNKNOWN + "   ", cells)
        if cell != view.cursor:
            return (Span(text, "dim", cell),)
        return (Span(text[:-5], "plain", cell), Span(text[-5:-2], "cursor", cell), Span(text[-2:], "plain", cell))
    return marked(right(view.numerals.within(value, cells - 1), cells), view.role(cell, role), cell)


def marked(text: str, role: Role, cell: Cell) -> Line:
    """Text set at the right: a role that has a ground covers the number and one cell before it, not the whole room."""
    bare = text.lstrip()
    pad = len(text) - len(bare)
    if role in ("lit", "cursor") and pad:
        return (Span(" " * (pad - 1), "plain", cell), Span(" " + bare, role, cell))
    return (Span(" " * pad, "plain", cell), Span(bare, role, cell))
