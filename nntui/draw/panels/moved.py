"""The panel of the weights that have moved most since the start, in the place of the data panel."""

from nntui.draw.base.boxes import framed, left, right
from nntui.draw.base.numbers import signed
from nntui.draw.base.spans import Block, Line, Span
from nntui.draw.base.view import View
from nntui.explain.equations.cells import symbol_of
from nntui.explain.history.moved import MovedWeight

SYMBOL = 8  # cells
MOST_MOVED = 12
_FRAME = 4  # cells of borders, and of the blanks beside them
_LEAST = 32
_LEAST_PLOT = 16  # cells that are left to the plot


def moved_panel(view: View, cells: int, height: int) -> Block:
    """The weights in cells × height: symbol, change, present value."""
    size = min(view.numerals.cell + 1, (cells - SYMBOL - _FRAME) // 2)
    lines: list[Line] = [(Span(" " + left("", SYMBOL) + right("change", size) + right("now", size), "dim"),)]
    lines += [_weight(view, moved, size) for moved in view.moved]
    if not view.moved:
        lines = [(Span(" no weight has moved yet", "dim"),)]
    return framed((Span("moved most", "strong"), Span(" since the start", "dim")), lines[: height - 2], cells, height)


def moved_width(view: View, cells: int) -> int:
    """The width that the panel can use, of `cells` that it shares with the plot: numbers are shorter where that is too little."""
    return max(min(SYMBOL + 2 * (view.numerals.cell + 1) + _FRAME, cells - _LEAST_PLOT), _LEAST)


def _weight(view: View, moved: MovedWeight, size: int) -> Line:
    change = right(signed(view.numerals.within(moved.change, size - 2), moved.change), size)
    now = right(view.numerals.within(moved.now, size - 1), size)
    return (
        Span(" " + left(symbol_of(moved.cell, view.notation), SYMBOL), view.role(moved.cell, "plain"), moved.cell),
        Span(change, "new", moved.cell),
        Span(now, "number", moved.cell),
    )
