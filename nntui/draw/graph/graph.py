"""The network as a graph, as in Fig. 1 and Fig. 2 of the note: neurons with their numbers, and a line for each weight.

Lines are a dot wide: solid for a positive weight, dashed for a negative one, brighter for a larger |w|. The lines of the
weights that this step computes or uses are lit. A weight's number is beside its line where no line is.
"""

from collections.abc import Sequence
from itertools import pairwise

from nntui.draw.base.boxes import framed
from nntui.draw.base.spans import Block, Line, Span, width
from nntui.draw.base.view import View
from nntui.draw.charts.braille import Raster
from nntui.draw.graph.cards import card_line
from nntui.draw.graph.edges import Labels, Strip, draw, left_out, place_numbers, strip
from nntui.draw.graph.in_short import is_wide, short_block, short_height
from nntui.draw.graph.places import LayerColumn, card_rows, columns_of, framed_lines

ROOMY = 110  # cells from which cards with frames come before the plot
_LEGEND_ROOM = 60


def graph_block(view: View, cells: int, height: int) -> Block:
    """The graph in a frame of cells × height; layers and neurons that do not fit scroll with the present ones."""
    if is_wide(view):
        return short_block(view, cells, height)
    inner, lines = cells - 2, height - 2
    columns = columns_of(view, inner, lines)
    strips = [strip(view, lower, upper) for lower, upper in pairwise(columns)]
    raster = Raster(inner, lines)
    labels: Labels = {}
    for drawn in strips:
        draw(raster, drawn)
        place_numbers(view, drawn, lines, labels)
    body = [_row(view, raster, columns, labels, y, inner) for y in range(lines)]
    legend = [Span("  ─ w > 0  ", "edge_1"), Span("╌ w < 0", "edge_minus_1")]
    lit = Span("─ this path" if view.path is not None else "─ this step", "edge_path")
    legend += [Span("  brighter: larger |w|  ", "dim"), lit] if cells >= _LEGEND_ROOM else []
    return framed((Span("the network", "strong"), *legend), body, cells, height, foot=_foot(view, columns, strips, inner))


def graph_height(view: View, cells: int, most: int, beside_plot: int) -> int:
    """The lines that the graph takes. most: if the plot is one line; beside_plot: if the plot keeps its panel.

    Cards with frames come first where the window is wide, else the plot; numbers of all neurons come before both.
    """
    if is_wide(view):
        return short_height(view, cells, most, beside_plot)
    sizes = view.frame.scenario.network.sizes
    with_frames = 2 + max(framed_lines(view, layer) * units for layer, units in enumerate(sizes))
    without = 2 + max(len(card_rows(view, layer)) * units for layer, units in enumerate(sizes))
    tries = [(with_frames, beside_plot), *([(with_frames, most)] if cells >= ROOMY else []), (without, beside_plot)]
    for wanted, room in tries:
        if wanted <= room:
            return min(wanted + max((room - wanted) // 2, 0), 2 * wanted)
    return min(without, most) if without > beside_plot else beside_plot


def _foot(view: View, columns: Sequence[LayerColumn], strips: Sequence[Strip], inner: int) -> str:
    """What is left out: layers, neurons, weights."""
    top = len(view.frame.course.units)
    shown = f"layers {columns[0].layer}–{columns[-1].layer} of {top}" if len(columns) <= top else ""
    cut = [column for column in columns if len(column.cards) < column.total]
    hidden = [f"{len(column.cards)} of {column.total} neurons of layer {column.layer}" for column in cut]
    drawn, total = left_out(strips)
    strongest = f"this step's and the strongest weights: {drawn} of {total}" if drawn < total else ""
    feet = [" · ".join(words for words in (shown, *some, strongest) if words) for some in (hidden, hidden[:1], [])]
    return next((text for text in (*feet, shown) if len(text) <= inner - 4), "")


def _row(view: View, raster: Raster, columns: Sequence[LayerColumn], labels: Labels, y: int, cells: int) -> Line:
    """One line of the picture: cards and numbers, with a blank round each number, before the lines of the weights."""
    pieces = [(column.x, piece) for column in columns if (piece := card_line(view, column, y))]
    pieces += [(x - 1, (Span(" "), *text, Span(" "))) for x, text in labels.get(y, ())]
    line: list[Span] = []
    at = 0
    for x, piece in sorted(pieces, key=lambda entry: entry[0]):
        line += [*raster.spans(y, at, x), *piece]
        at = x + width(piece)
    return (*line, *raster.spans(y, at, cells))
