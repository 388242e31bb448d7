"""What is below the network: equation, plot, curve and data; an open tool in place of them, or beside them."""

from nntui.draw.base.boxes import beside
from nntui.draw.base.spans import Block, width
from nntui.draw.base.view import View
from nntui.draw.panels.around import EQUATION, Panel, filled
from nntui.draw.panels.equation import equation_block

LEAST_CURVE = 28  # cells
LEAST_TOOL = 11  # lines of what lies open under the network
LEAST_ABOUT = 3
LOWEST_PLOT = 5  # lines of the plot where a long sentence needs the others
BESIDE_TOOL = 60  # cells that plot, curve and data need beside an open tool
HIGH_COLUMN = 22  # lines from which curve and data are below the plot there
WIDE = 110  # cells from which there is room for the curve of the activation


def tool_part(view: View, panel: Panel, cells: int, height: int, size: int) -> Block:
    """An open tool in place of equation, plot and data, or beside plot and data where both have room.

    panel: draws the tool. size: the cells with which it has room beside a plot; 0 for a tool that is never beside one.
    """
    size = max(size, 9 * cells // 20) if size else cells
    if cells - size < BESIDE_TOOL or height < EQUATION + LEAST_TOOL:
        return filled(panel(cells, height), height)
    above = filled(equation_block(view, cells, EQUATION), EQUATION)
    lines, rest = height - EQUATION, cells - size
    return (*above, *beside([(panel(size, lines), size), (_column(view, rest, lines), rest)]))


def _column(view: View, cells: int, height: int) -> Block:
    """The plot, and below it curve and data where the column is high enough, else beside it."""
    from nntui.draw.costs.cost_panel import costs_panel
    from nntui.draw.functions.activation import curve_panel
    from nntui.draw.panels.data import data_panel, data_width

    if height < HIGH_COLUMN:
        return plot_and_data(view, cells, height)
    plot = 3 * height // 5
    lower = height - plot
    data = data_width(view, cells)
    curve = curve_panel(view, cells - data, lower)
    if curve is None:
        return (*costs_panel(view, cells, plot), *data_panel(view, cells, lower))
    return (*costs_panel(view, cells, plot), *beside([(curve, cells - data), (data_panel(view, data, lower), data)]))


def lower_part(view: View, cells: int, equation: int, below: int, about: Panel | None) -> Block:
    """Equation, plot and data; where there is one line for the plot, the cost as a line.

    Sentence and warning get their lines before the plot does.
    about: a panel in the lines that the equation leaves; plot and data are below it where it leaves enough.
    """
    if about is not None:
        above = equation_block(view, cells, equation)
        left = equation + below - len(above)
        if left < LEAST_ABOUT:
            return (*above, *filled((), left))
        words = about(cells, left)
        return (*above, *words, *(plot_and_data(view, cells, left - len(words)) if len(words) < left else ()))
    block = equation_block(view, cells, equation, whole=True)
    if len(block) > equation:
        both = equation + below
        below = both - len(block) if both - len(block) >= LOWEST_PLOT else 1
        equation = both - below
        block = block if len(block) <= equation else equation_block(view, cells, equation)
    if below == 1:
        from nntui.draw.costs.cost_line import cost_line

        return (*filled(block, equation), cost_line(view, cells))
    return (*filled(block, equation), *plot_and_data(view, cells, below))


def plot_and_data(view: View, cells: int, height: int) -> Block:
    """The plot of the cost and the data side by side, with the curve of the activation where it has room."""
    from nntui.draw.costs.cost_panel import costs_panel
    from nntui.draw.functions.activation import curve_panel
    from nntui.draw.panels.data import data_panel, data_width

    data = data_width(view, cells)
    curve = None
    if cells < WIDE and view.graph:  # the graph is about functions, so the curve comes before the data
        size = max(2 * cells // 5, LEAST_CURVE)
        curve = curve_panel(view, size, height)
        if curve is not None:
            return beside([(costs_panel(view, cells - size, height), cells - size), (curve, size)])
    elif cells >= WIDE and height >= 8:
        curve = curve_panel(view, min(36, cells // 4), height)
    if curve is None:
        return beside([(costs_panel(view, cells - data, height), cells - data), (data_panel(view, data, height), data)])
    size = width(curve[0])
    plot = cells - data - size
    return beside([(costs_panel(view, plot, height), plot), (curve, size), (data_panel(view, data, height), data)])
