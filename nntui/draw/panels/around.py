"""What stands round the panel of what lies open: the equation over it, the cost plot under it, where there is room."""

from collections.abc import Callable

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.panels.equation import equation_block
from nntui.draw.plot.cost_panel import costs_panel

EQUATION = 5  # lines of it
WITH_EQUATION = 16  # lines from which a panel has room for it
LEAST_PLOT = 6  # lines

Panel = Callable[[int, int], Block]  # (cells, height) → exactly so much


def equation_over(view: View, cells: int, height: int) -> Block:
    """The equation for over a panel, in so many lines for both; nothing where the panel needs them all."""
    return filled(equation_block(view, cells, EQUATION), EQUATION) if height >= WITH_EQUATION else ()


def over_costs(view: View, panel: Panel, cells: int, high: int, height: int) -> Block:
    """A panel that is as high as it needs over the cost plot, in cells × height; alone where there is no room for both."""
    if height - high < LEAST_PLOT:
        return panel(cells, height)
    return (*panel(cells, high), *costs_panel(view, cells, height - high))


def filled(block: Block, height: int) -> Block:
    """The block with empty lines up to its height."""
    return (*block, *((),) * height)[:height]
