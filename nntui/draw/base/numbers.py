"""One number in a panel: a dot if it is not known, lit, a source of what is lit, or its change since a step."""

from math import isfinite

from nntui.draw.base.boxes import right
from nntui.draw.base.spans import Line, Role, Span
from nntui.draw.base.view import View
from nntui.training.cell import Cell

UNKNOWN = "·"
LEAST = 7  # cells of a column of numbers at least
SAME = "="


def number(view: View, cell: Cell, value: float | None, cells: int, role: Role = "number") -> Line:
    """The value at the right of `cells` cells, with a blank before it; None: this step has not reached the number.

    In less room it has fewer digits: a number is never cut.
    """
    if value is None:
        text = right(UNKNOWN + "   ", cells)
        if cell != view.cursor:
            return (Span(text, "dim", cell),)
        return (Span(text[:-5], "plain", cell), Span(text[-5:-2], "cursor", cell), Span(text[-2:], "plain", cell))
    text, role = shown(view, cell, value, cells - 1, role)
    return marked(right(text, cells), view.role(cell, role), cell)


def shown(view: View, cell: Cell, value: float, room: int, role: Role = "number") -> tuple[str, Role]:
    """The text of a known number in at most `room` cells, and its role: the number, or its change since `view.then`.

    The number itself if it was not known then, or if the difference is not finite.
    """
    if view.then is None:
        return view.numerals.within(value, room), role
    before = view.before(cell)
    change = None if before is None else changed(before, value)
    if change is None:
        return view.numerals.within(value, room), "new"
    if change == 0.0:
        return SAME, "dim"
    return signed(view.numerals.within(change, room - (change > 0.0)), change), role


def changed(before: float, now: float) -> float | None:
    """now − before, 0 if both are equal or both nan; None if it is not finite."""
    if before == now or (before != before and now != now):
        return 0.0
    difference = now - before
    return difference if isfinite(difference) else None


def signed(text: str, value: float) -> str:
    """The text of a change with its sign: a plus is added."""
    return f"+{text}" if value > 0.0 else text


def marked(text: str, role: Role, cell: Cell) -> Line:
    """Text aligned at the right: a role with a background covers the number and one cell before it, not the whole width."""
    bare = text.lstrip()
    pad = len(text) - len(bare)
    if role in ("lit", "cursor") and pad:
        return (Span(" " * (pad - 1), "plain", cell), Span(" " + bare, role, cell))
    return (Span(" " * pad, "plain", cell), Span(bare, role, cell))
