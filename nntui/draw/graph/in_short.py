"""A wide network in short: the neuron of this step, from what goes into it to what it goes into.

Of hundreds of weights lines would be a tangle. So what goes into the neuron is a list, the largest first, or two images side
by side if the inputs are one; then its card; then the neurons above it, each with the weight that leads there. Below them,
where there is room, the other neurons of the layer: their weights as images, or their numbers.
"""

from itertools import pairwise

from nntui.draw.base.boxes import beside, framed, left, right
from nntui.draw.base.numbers import marked, number
from nntui.draw.base.spans import Block, Line, Span, width
from nntui.draw.base.view import View
from nntui.draw.graph.places import neuron_name, weight_cell
from nntui.draw.graph.sides import into, onward
from nntui.draw.graph.thumbnails import others, thumbnails
from nntui.draw.network.layer import neuron_number, target_text
from nntui.explain.equations.cells import known_value
from nntui.training.cell import Cell

MOST_PAIRS = 150  # weights between two layers that a graph draws
MOST_NEURONS = 20  # of one layer
_CARD_ROWS = ("bias", "z", "a", "σ′", "δ")


def is_wide(view: View) -> bool:
    """Whether the network is shown in short."""
    sizes = view.frame.scenario.network.sizes
    pairs = [before * after for before, after in pairwise(sizes)]
    return max(pairs) > MOST_PAIRS or max(sizes) > MOST_NEURONS


def short_height(view: View, cells: int, most: int, beside_plot: int) -> int:
    """The lines that the picture takes, all other neurons of the layer included if the plot leaves them."""
    layer, _ = _centre(view)
    top = 2 + _top_lines(view)
    per_line, high = thumbnails(view, layer, cells - 2)
    units = view.frame.course.units[layer - 1]
    everything = top + 1 + -(-units // per_line) * high
    if everything <= beside_plot:
        return everything
    if everything <= most:
        return most
    return beside_plot if beside_plot >= top else min(top, most)


def short_block(view: View, cells: int, height: int) -> Block:
    """The picture in a frame of cells × height."""
    layer, neuron = _centre(view)
    inner, lines = cells - 2, height - 2
    top = min(_top_lines(view), lines)
    body = [*_upper(view, layer, neuron, inner, top)]
    if lines - top >= 2:
        body += others(view, layer, neuron, inner, lines - top)
    words = (Span("the network in short", "strong"), Span("  one neuron, from what goes into it to what it goes into", "dim"))
    return framed(words, body, cells, height)


def _centre(view: View) -> tuple[int, int]:
    """Layer and neuron in the middle: the inspected one, the one of the step, or the first of the layer."""
    cursor, moment = view.cursor, view.frame.moment
    layer, neuron = (cursor.layer, cursor.neuron) if cursor is not None else (moment.layer, moment.neuron)
    return (layer, neuron or 1) if layer else (1, 1)


def _top_lines(view: View) -> int:
    """Lines of the upper part: the card, and the neurons above it, twelve at most."""
    layer, _ = _centre(view)
    units = view.frame.course.units
    return 1 + min(max(units[min(layer, len(units) - 1)], 9), 12)


def _upper(view: View, layer: int, neuron: int, inner: int, lines: int) -> list[Line]:
    """What goes into the neuron, its card, and the neurons above; where the window is narrow the sides give way."""
    card = _card(view, layer, neuron, lines)
    size = width(card[0])
    above = onward(view, layer, neuron, lines, inner - size - 3)
    out = max(map(width, above), default=0)
    below = into(view, layer, neuron, inner - size - out - 5, lines)
    used = max(map(width, below), default=0)
    gap = max((inner - used - size - out) // 3, 1)
    raised = [*[()] * max((lines - len(card)) // 2, 0), *card]
    blocks: list[tuple[Block, int]] = [((), 1), (tuple(below), used), ((), gap), (tuple(raised), size), ((), gap)]
    body = list(beside([*blocks, (tuple(above), out)]))
    return [*body, *[()] * (lines - len(body))]


def _card(view: View, layer: int, neuron: int, lines: int) -> list[Line]:
    """The neuron with b, z, a, σ′ and δ in a frame."""
    network = view.frame.scenario.network
    cells = view.cell + 3
    rows: list[Line] = []
    for row in _CARD_ROWS:
        if row == "bias" and network.layers[layer - 1].biases:
            cell = weight_cell(view, layer, neuron, 0)
            value = known_value(view.frame, cell)
            rows.append((Span("b  ", "dim"), *number(view, cell, value, view.cell, "dim")))
        elif row != "bias" and (row != "σ′" or network.blocks[layer - 1].sigma.each):
            rows.append((Span(f"{row:<3}", "dim"), *neuron_number(view, row, layer, neuron, view.cell)))
    if layer == len(network.layers):
        cell = Cell("y", layer, neuron)
        text = right(target_text(view, cell), view.cell)
        rows.append((Span("y  ", "dim"), *marked(text, view.role(cell, "plain"), cell)))
    name = left(neuron_name(view, layer, neuron), min(len(neuron_name(view, layer, neuron)), cells - 4))
    inside = [(Span(" "), *row, Span(" ")) for row in rows][: max(lines - 2, 1)]
    return list(framed((Span(name, "strong"),), inside, cells + 4, len(inside) + 2, lit=True))
