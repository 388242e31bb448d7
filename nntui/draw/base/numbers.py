"""One number in a panel: hidden behind a dot, known, lit, or a source of what is lit; or how it has changed."""

from math import isfinite

from nntui.draw.base.spans import Line, Role, Span, right
from nntui.draw.base.view import View
from nntui.explain.equations.equation import Cell

UNKNOWN = "·"
LEAST = 7  # cells of a column of numbers, whatever they are
SAME = "="


def number(view: View, cell: Cell, value: float | None, cells: int, role: Role = "number") -> Line:
    """The value at the right of so many cells, one of them left empty; None is a number this step has not reached.

    It has fewer digits where it has less room: a number is never cut.
    """
    if value is None:
        text = right(UNKNOWN + "   ", cells)
        if cell != view.cursor:
            return (Span(text, "dim", cell),)
        return (Span(text[:-5], "plain", cell), Span(text[-5:-2], "cursor", cell), Span(text[-2:], "plain", cell))
    text, role = shown(view, cell, value, cells - 1, role)
    return marked(right(text, cells), view.role(cell, role), cell)


def shown(view: View, cell: Cell, value: float, room: int, role: Role = "number") -> tuple[str, Role]:
    """What stands for a number that is known, in so many cells, and its role: the number, or how it changed since then.

    What was not known then, and what cannot be subtracted, is the number itself.
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
    """The difference, 0 where both are the same (a nan is the same as a nan); None where it is no finite number."""
    if before == now or (before != before and now != now):
        return 0.0
    difference = now - before
    return difference if isfinite(difference) else None


def signed(text: str, value: float) -> str:
    """A number that has a minus sign, or else gets a plus."""
    return f"+{text}" if value > 0.0 else text


def marked(text: str, role: Role, cell: Cell) -> Line:
    """Text set at the right: a role that has a ground covers the number and one cell before it, not the whole room."""
    bare = text.lstrip()
    pad = len(text) - len(bare)
    if role in ("lit", "cursor") and pad:
        return (Span(" " * (pad - 1), "plain", cell), Span(" " + bare, role, cell))
    return (Span(" " * pad, "plain", cell), Span(bare, role, cell))
