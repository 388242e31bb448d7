"""The network on the screen: as panels side by side, in bands where these would lose a number, or as a graph.

The network gets the lines that it needs, the equation below it its own, and the plot at least its minimum.
"""

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.layout.lower_part import LEAST_TOOL, LOWEST_PLOT
from nntui.draw.network.layer import signal_lines
from nntui.draw.network.side_by_side import (
    all_numbers_fit,
    needed_height,
    network_block,
    panels_without_input,
    widths_without_input,
)
from nntui.draw.network.weight_row import most_lines
from nntui.draw.panels.around import EQUATION, LEAST_PLOT
from nntui.values import dataclass

LEAST_NETWORK = 6  # lines of panels or of a graph
LEAST_BANDS = 6
MOST_BANDS = 60  # lines of bands of unlimited height
LOW_PLOT = 4  # lines of the plot where bands leave no more


@dataclass(frozen=True, slots=True)
class NetworkPart:
    """The network as it is drawn, and the lines that it leaves for the equation and for what is below that."""

    block: Block
    equation: int
    below: int


def whole_network(view: View, cells: int) -> Block:
    """The network as panels or bands, `cells` wide, in as many lines as it needs."""
    if not all_numbers_fit(view, cells):
        widths = widths_without_input(view, cells)
        if widths:
            return panels_without_input(view, widths, needed_height(view, None, signal_lines(view, widths[0])))
        from nntui.draw.bands.plan import plan

        bands = plan(view, cells, MOST_BANDS)
        if bands is not None:
            from nntui.draw.bands.bands import bands_block

            return bands_block(view, bands, cells, bands.height)
    return network_block(view, cells, needed_height(view))


def network_part(view: View, cells: int, height: int, *, tool: bool) -> NetworkPart:
    """The network on a screen of cells × height. tool: whether something lies open below it."""
    if view.graph:
        return _graph(view, cells, height, tool=tool)
    panels, equation, below = _heights(view, height)
    if panels < needed_height(view, 1) or not all_numbers_fit(view, cells):
        without_loss = _without_input(view, cells, height) or _bands(view, cells, height, tool=tool)
        if without_loss is not None:
            return without_loss
    return NetworkPart(network_block(view, cells, panels), equation, below)


def _without_input(view: View, cells: int, height: int) -> NetworkPart | None:
    """Panels of the layers alone, if the inputs have room in the first of them; else None."""
    widths = widths_without_input(view, cells)
    if not widths:
        return None
    signals = signal_lines(view, widths[0])
    panels, equation, below = _heights(view, height, signals)
    if panels < needed_height(view, 1, signals):
        return None
    return NetworkPart(panels_without_input(view, widths, panels), equation, below)


def _bands(view: View, cells: int, height: int, *, tool: bool) -> NetworkPart | None:
    """The network in bands, if they have room; else None."""
    from nntui.draw.bands.plan import plan  # most networks need none

    room = _room(view, height)
    bands = plan(view, cells, max(room - (LEAST_TOOL if tool else EQUATION + 1), LEAST_BANDS))
    if bands is None:
        return None
    from nntui.draw.bands.bands import bands_block

    below = room - EQUATION - bands.height
    below = below if below >= LOW_PLOT else 1
    return NetworkPart(bands_block(view, bands, cells, bands.height), room - below - bands.height, below)


def _graph(view: View, cells: int, height: int, *, tool: bool) -> NetworkPart:
    """The network as a graph. Where it needs the lines of the plot, a single line is left there, for the cost in words."""
    from nntui.draw.graph.graph import graph_block, graph_height

    room = _room(view, height)
    most = room - max(LEAST_TOOL - EQUATION - 1, 0) if tool else room
    graph = max(graph_height(view, cells, most - EQUATION - 1, most - EQUATION - LEAST_PLOT), LEAST_NETWORK)
    below = room - EQUATION - graph
    if below < LOWEST_PLOT:
        graph, below = graph + below - 1, 1
    return NetworkPart(graph_block(view, cells, graph), EQUATION, below)


def _heights(view: View, height: int, signals: int = 0) -> tuple[int, int, int]:
    """Lines of the panels, of the equation and of what is below it. signals: lines of the incoming signals in the panels."""
    room = _room(view, height)
    equation = EQUATION if height >= (26 if view.bar else 22) else EQUATION - 1
    most = room - equation - (LEAST_PLOT if height >= 24 else LEAST_PLOT - 1)
    blank = 1 if height >= 30 else 0  # a line between the two grids of a layer
    wanted = [needed_height(view, each, signals) + blank for each in range(most_lines(view), 0, -1)]
    panels = max(next((lines for lines in wanted if lines <= most), most), LEAST_NETWORK)
    return panels, equation, room - equation - panels


def _room(view: View, height: int) -> int:
    """Lines of a screen without its title, its ribbon, the time bar if there is one, and one line of the foot."""
    return height - 3 - (view.bar is not None)
