"""The surroundings of a tool's panel: the equation above it and the cost plot below it, if there is room."""

from collections.abc import Callable

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.panels.equation import equation_block

EQUATION = 5  # lines of it
WITH_EQUATION = 16  # lines from which there is room for the equation above a panel
LEAST_PLOT = 6  # lines

Panel = Callable[[int, int], Block]  # (cells, height) → a block of exactly that size


def equation_above(view: View, cells: int, height: int) -> Block:
    """The equation above a panel; empty if panel and equation together have too few lines. height: of both."""
    return filled(equation_block(view, cells, EQUATION), EQUATION) if height >= WITH_EQUATION else ()


def above_costs(view: View, panel: Panel, cells: int, high: int, height: int) -> Block:
    """A panel of `high` lines above the cost plot, together cells × height; the panel alone if there is no room for both."""
    from nntui.draw.costs.cost_panel import costs_panel

    if height - high < LEAST_PLOT:
        return panel(cells, height)
    return (*panel(cells, high), *costs_panel(view, cells, height - high))


def filled(block: Block, height: int) -> Block:
    """The block cut, or filled with empty lines, to exactly `height` lines."""
    return (*block, *((),) * height)[:height]
