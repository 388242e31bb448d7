"""The maps of the hidden neurons that feed the outputs, small, each with its weight to the output."""

import numpy as np

from nntui.draw.base.boxes import beside, fit, framed
from nntui.draw.base.spans import Block, Line, Span, painted
from nntui.draw.base.view import View
from nntui.draw.learned.pixels import LEVELS, pixel_pair
from nntui.engine.arithmetic import Array
from nntui.explain.learned.function import OutputScale, WeightsAtStep
from nntui.explain.learned.hidden import hidden_field, outgoing
from nntui.explain.notation.names import neuron_name
from nntui.text.safe import safe

CELLS, LINES = 12, 5  # of one map, with its two pixels a cell about square
_APART = 2


def maps_height(now: WeightsAtStep, cells: int, most: int) -> int:
    """The lines of the panel for as many rows of maps as have room; 0 if none has."""
    across = _across(cells)
    rows = min(-(-now.scenario.network.layers[-2].units // across), (most - 2) // (LINES + 1)) if across else 0
    return 2 + rows * (LINES + 1) if rows > 0 else 0


def hidden_maps(view: View, now: WeightsAtStep, output: int, cells: int, height: int) -> Block:
    """The panel in cells × height. output: from 1."""
    layer = len(now.scenario.network.layers) - 1
    across, rows = _across(cells), (height - 2) // (LINES + 1)
    units = now.scenario.network.layers[layer - 1].units
    values, weights = hidden_field(now, CELLS, 2 * LINES), outgoing(now, output)
    body: list[Line] = []
    for first in range(0, min(rows * across, units), across):
        shown = range(first, min(first + across, units))
        blocks = [(_map(view, now, values[:, :, k], k + 1, float(weights[k])), CELLS + _APART) for k in shown]
        body += [fit((Span(" "), *line), cells - 2) for line in beside(blocks)]
    left = units - min(rows * across, units)
    words = (Span(f"layer {layer}", "strong"), Span(" each map, and its weight", "dim"))
    return framed(words, body, cells, height, foot=f"{left} more" if left else "")


def _across(cells: int) -> int:
    return max((cells - 3) // (CELLS + _APART), 0)


def _map(view: View, now: WeightsAtStep, values: Array, neuron: int, weight: float) -> Block:
    """Name and weight over the picture of one neuron, from its lowest number to its highest."""
    layer = len(now.scenario.network.layers) - 1
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    levels = OutputScale(low, high if high > low else low + 1.0, low).levels(values, LEVELS).tolist()
    number = view.numerals.within(weight, 7)
    head = (Span(f"{safe(neuron_name(now.scenario, layer, neuron), CELLS - len(number) - 1)} "), Span(number, "number"))
    pairs = (zip(levels[2 * y], levels[2 * y + 1], strict=True) for y in range(LINES))
    return (head, *(painted([pixel_pair(above, below) for above, below in line]) for line in pairs))
