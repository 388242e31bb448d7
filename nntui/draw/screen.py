"""The layout of the whole screen: header, ribbon, panels, equation, plot, curve, data, time bar, footer."""

from collections.abc import Sequence
from dataclasses import replace

from nntui.draw.base.boxes import beside, crop, fit
from nntui.draw.base.spans import Block, Line, Span, width
from nntui.draw.base.view import View
from nntui.draw.base.wrap import wrapped
from nntui.draw.costs.cost_panel import costs_panel
from nntui.draw.functions.activation import curve_panel
from nntui.draw.network.layer import signal_lines
from nntui.draw.network.side_by_side import (
    all_numbers_fit,
    needed_height,
    network_block,
    panels_without_input,
    widths_without_input,
)
from nntui.draw.network.weight_row import most_lines
from nntui.draw.panels.around import EQUATION, LEAST_PLOT, Panel, filled
from nntui.draw.panels.data import data_panel, data_width
from nntui.draw.panels.equation import equation_block
from nntui.draw.panels.header import ribbon, title_line
from nntui.values import dataclass

SMALLEST = (60, 20)
LEAST_CURVE = 28  # cells
MOST_SAID = 6  # lines of a message
LEAST_TOOL = 11  # lines of what lies open under the network
LEAST_BANDS = 6
MOST_BANDS = 60  # lines of bands of unlimited height
LEAST_ABOUT = 3
LOW_PLOT = 4  # lines of the plot where bands leave no more
LOWEST_PLOT = 5  # lines of the plot where a long sentence needs the others
BESIDE_TOOL = 60  # cells that plot, curve and data need beside an open tool
HIGH_COLUMN = 22  # lines from which curve and data are below the plot there
WIDE = 110  # cells from which there is room for the curve of the activation


@dataclass(frozen=True, slots=True)
class KeyHint:
    """One entry of the footer: a key, what it does, and the action of a click on it."""

    key: str
    words: str
    action: str


def page(view: View, cells: int) -> Block:
    """What `nntui show` prints: panels and equation, `cells` wide, in as many lines as they need."""
    lines = (
        title_line(view, cells),
        ribbon(view, cells),
        *_whole_network(view, cells),
        *equation_block(view, cells, None),
    )
    return tuple(crop(line, cells) for line in lines)


def _whole_network(view: View, cells: int) -> Block:
    """The network as panels or bands in as many lines as it needs."""
    if not all_numbers_fit(view, cells):
        from nntui.draw.bands.bands import bands_block
        from nntui.draw.bands.plan import plan

        widths = widths_without_input(view, cells)
        if widths:
            return panels_without_input(view, widths, needed_height(view, None, signal_lines(view, widths[0])))
        bands = plan(view, cells, MOST_BANDS)
        if bands is not None:
            return bands_block(view, bands, cells, bands.height)
    return network_block(view, cells, needed_height(view))


def screen(
    view: View,
    cells: int,
    height: int,
    hints: Sequence[KeyHint],
    said: str = "",
    under: Panel | None = None,
    about: Panel | None = None,
    beside_plot: int = 0,
) -> Block:
    """Exactly cells × height; below 60x20 only the address, the formula and the size that is needed.

    said: a message in place of the keys, on as many of the last lines as it needs. under: draws a panel in place of
    equation, plot and data; about: one above plot and data, or in their place. beside_plot: the width with which that
    panel has room in place of them; in a wider window equation, plot, curve and data stay, beside it.
    """
    from nntui.draw.panels.timebar import timebar

    if view.big and under is None:
        return _big(view, cells, height, hints, said)
    if cells < SMALLEST[0] or height < SMALLEST[1]:
        return _too_small(view, cells, height)
    network, equation, below = _network(view, cells, height, tool=under is not None)
    lines = (
        title_line(view, cells),
        ribbon(view, cells),
        *network,
        *(_tool(view, under, cells, equation + below, beside_plot) if under else _under(view, cells, equation, below, about)),
        *((timebar(view.bar, cells),) if view.bar is not None else ()),
    )
    foot = message_lines(said, cells) if said else (footer(hints, cells),)
    return tuple(fit(line, cells) for line in (*lines[: height - len(foot)], *foot))


def page_over(view: View, cells: int, height: int, hints: Sequence[KeyHint], panel: Panel) -> Block:
    """A page that lies over the lesson, under its title; in a replay over the time bar and the keys along it.

    The ribbon stays where it says who is away.
    """
    from nntui.draw.panels.timebar import timebar

    below = (timebar(view.bar, cells), footer(hints, cells)) if view.bar is not None else ()
    head = (title_line(view, cells), *((ribbon(view, cells),) if view.away else ()))
    lines = (*head, *panel(cells, height - len(head) - len(below)), *below)
    return tuple(fit(line, cells) for line in lines)


def _big(view: View, cells: int, height: int, hints: Sequence[KeyHint], said: str) -> Block:
    """The screen for a projector."""
    from nntui.draw.panels.timebar import timebar
    from nntui.draw.projector.big_screen import SMALLEST_BIG, big_lines

    if cells < SMALLEST_BIG[0] or height < SMALLEST_BIG[1]:
        return _too_small(view, cells, height)
    bar = (timebar(view.bar, cells),) if view.bar is not None else ()
    rest = height - 3 - len(bar)
    lines = (title_line(view, cells), ribbon(view, cells), *filled(big_lines(view, cells, rest), rest), *bar)
    foot = message_lines(said, cells) if said else (footer(hints, cells),)
    return tuple(fit(line, cells) for line in (*lines[: height - len(foot)], *foot))


def _network(view: View, cells: int, height: int, *, tool: bool) -> tuple[Block, int, int]:
    """The network as a graph, as panels, or as bands where panels would lose a number; lines of the equation and below."""
    if view.graph:
        return _graph(view, cells, height, tool=tool)
    if not all_numbers_fit(view, cells) or _heights(view, height)[0] < needed_height(view, 1):
        widths = widths_without_input(view, cells)
        if widths:
            signals = signal_lines(view, widths[0])
            panels, equation, below = _heights(view, height, signals)
            if panels >= needed_height(view, 1, signals):
                return panels_without_input(view, widths, panels), equation, below
        from nntui.draw.bands.bands import bands_block
        from nntui.draw.bands.plan import plan  # most networks need none

        rest = height - 3 - (view.bar is not None)
        bands = plan(view, cells, max(rest - (LEAST_TOOL if tool else EQUATION + 1), LEAST_BANDS))
        if bands is not None:
            below = rest - EQUATION - bands.height
            below = below if below >= LOW_PLOT else 1
            return bands_block(view, bands, cells, bands.height), rest - below - bands.height, below
    panels, equation, below = _heights(view, height)
    return network_block(view, cells, panels), equation, below


def _graph(view: View, cells: int, height: int, *, tool: bool) -> tuple[Block, int, int]:
    """The network as a graph; lines of the equation and below, where the cost is one line if the graph needs the others."""
    from nntui.draw.graph.graph import graph_block, graph_height

    rest = height - 3 - (view.bar is not None)
    room = rest - max(LEAST_TOOL - EQUATION - 1, 0) if tool else rest
    panels = max(graph_height(view, cells, room - EQUATION - 1, room - EQUATION - LEAST_PLOT), 6)
    below = rest - EQUATION - panels
    if below < LOWEST_PLOT:
        panels, below = panels + below - 1, 1
    return graph_block(view, cells, panels), EQUATION, below


def _heights(view: View, height: int, signals: int = 0) -> tuple[int, int, int]:
    """Lines of the panels, of the equation and of the rest: the panels get what they need, the plot at least its minimum."""
    rest = height - 3 - (view.bar is not None)
    equation = EQUATION if height >= (26 if view.bar else 22) else EQUATION - 1
    room = rest - equation - (LEAST_PLOT if height >= 24 else LEAST_PLOT - 1)
    blank = 1 if height >= 30 else 0  # a line between the two grids of a layer
    wanted = [needed_height(view, each, signals) + blank for each in range(most_lines(view), 0, -1)]
    panels = max(next((lines for lines in wanted if lines <= room), room), 6)
    below = rest - equation - panels
    return panels, equation, below


def _tool(view: View, panel: Panel, cells: int, height: int, size: int) -> Block:
    """An open tool in place of equation, plot and data, or beside plot and data where both have room."""
    size = max(size, 9 * cells // 20) if size else cells
    if cells - size < BESIDE_TOOL or height < EQUATION + LEAST_TOOL:
        return filled(panel(cells, height), height)
    above = filled(equation_block(view, cells, EQUATION), EQUATION)
    lines, rest = height - EQUATION, cells - size
    return (*above, *beside([(panel(size, lines), size), (_column(view, rest, lines), rest)]))


def _column(view: View, cells: int, height: int) -> Block:
    """The plot, and below it curve and data where the column is high enough, else beside it."""
    if height < HIGH_COLUMN:
        return plot_and_data(view, cells, height)
    plot = 3 * height // 5
    lower = height - plot
    data = data_width(view, cells)
    curve = curve_panel(view, cells - data, lower)
    if curve is None:
        return (*costs_panel(view, cells, plot), *data_panel(view, cells, lower))
    return (*costs_panel(view, cells, plot), *beside([(curve, cells - data), (data_panel(view, data, lower), data)]))


def _under(view: View, cells: int, equation: int, below: int, about: Panel | None) -> Block:
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


def footer(hints: Sequence[KeyHint], cells: int) -> Line:
    """Keys and what they do, as many as fit; entries in the middle go first, the last two (help and quit) stay."""
    entries = [(Span(hint.key, "accent", hint), Span(f" {hint.words}  ", "dim", hint)) for hint in hints]
    while len(entries) > 2 and 1 + sum(width(entry) for entry in entries) - 2 > cells:
        del entries[-3]
    spans = [Span(" "), *(span for entry in entries for span in entry)]
    return (
        *spans[:-1],
        replace(spans[-1], text=spans[-1].text.rstrip()),
    )  # a click on the blanks after the last entry means nothing


def message_lines(text: str, cells: int) -> Block:
    """A message in as many lines as it needs, MOST_SAID at most."""
    lines = [line for part in text.split("\n") for line in wrapped(part, cells - 3)][:MOST_SAID]
    return tuple((Span(" ▍", "present"), Span(line)) for line in lines)


def _too_small(view: View, cells: int, height: int) -> Block:
    words = (
        (Span(f"{view.frame.address}", "accent"),),
        (Span(f"{view.equation.label} {view.equation.formula}"),),
        (Span(f"nntui needs {SMALLEST[0]}x{SMALLEST[1]} cells;", "dim"),),
        (Span(f"here are {cells}x{height}.", "dim"),),
    )
    return tuple(fit(crop(line, cells), cells) for line in filled(words, height))
