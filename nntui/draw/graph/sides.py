"""What goes into one neuron and what it goes into: the two sides of its card in a wide network."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rich.cells import cell_len

from nntui.draw.base.boxes import beside, left, right
from nntui.draw.base.numbers import number
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Line, Role, Span
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import first_visible
from nntui.draw.charts.images import image_block, image_size, zoom_within
from nntui.draw.graph.places import LONGEST_NAME, neuron_name, weight_cell
from nntui.draw.network.layer import neuron_number
from nntui.engine.arithmetic import Array, quiet
from nntui.explain.equations.cells import known_value, sending
from nntui.explain.notation.numerals import superscript
from nntui.training.cell import Cell
from nntui.training.kinds import NumberKind
from nntui.training.scenario import Scenario

_BAR = 8  # cells
_NUMBER = {"a": 8, "δ": 8, "y": 5}  # cells
_COLUMNS: tuple[tuple[str, ...], ...] = (("a", "δ", "y"), ("a", "δ"), ("δ",))
_LEAST_INTO = 18  # cells of what goes into the neuron
_EIGHTHS = " ▏▎▍▌▋▊▉"


def onward(view: View, layer: int, neuron: int, lines: int, room: int) -> list[Line]:
    """The neurons above with the weights that lead to them; of the last layer its own neurons. As many as have room."""
    top = len(view.frame.course.units)
    upper, with_weight = min(layer + 1, top), layer < top
    units = range(1, view.frame.course.units[upper - 1] + 1)
    names = min(max(cell_len(neuron_name(view, upper, k)) for k in units), LONGEST_NAME)
    own = names + 1 + (_list_cell(view) + 1) * with_weight
    least = _LEAST_INTO if layer == 1 and view.frame.scenario.image else _LEAST_INTO + 4
    columns = next((some for some in _COLUMNS if own + sum(_NUMBER[name] for name in some) <= room - least), None)
    if columns is None:
        return []
    spare = room - least - own - sum(_NUMBER[name] for name in columns)
    bars = with_weight and spare >= _BAR + 1 + 20
    columns = columns if upper == top else tuple(name for name in columns if name != "y")
    head = ""
    if with_weight:
        head = right(view.notation.weight(upper, "ₘ", neuron), _list_cell(view)) + " " * ((_BAR + 1) * bars + 1)
    heads = [name if name == "y" else name + superscript(upper) for name in columns]
    head += " " * (names + 1) + "".join(right(text, _NUMBER[name]) for text, name in zip(heads, columns, strict=True))
    weights = view.frame.weights_before(upper)[:, neuron] if with_weight else None
    chosen = _around(neuron, len(units), lines - 1) if weights is None else _strongest(weights, lines - 1)
    rows: list[Line] = [(Span(head, "dim"),)]
    for k in chosen:
        line: Line = ()
        if weights is not None:
            line = (*_weight(view, weight_cell(view, upper, k, neuron)), *(_bar(weights, k) if bars else ()), Span(" "))
        rows.append((*line, *_named(view, upper, k, names), *_numbers(view, upper, k, columns)))
    return rows


def _list_cell(view: View) -> int:
    """Cells of a number in a list; the card of the neuron has all digits."""
    return min(view.cell, 12)


def _weight(view: View, cell: Cell, more: int = 0) -> Line:
    value = known_value(view.frame, cell)
    return number(view, cell, value, _list_cell(view) + more)


def _named(view: View, layer: int, neuron: int, cells: int) -> Line:
    moment = view.frame.moment
    here = (moment.layer, moment.neuron) == (layer, neuron)
    return (Span(left(neuron_name(view, layer, neuron), cells) + " ", "strong" if here else "plain"),)


def _numbers(view: View, layer: int, neuron: int, columns: Sequence[str]) -> Line:
    return tuple(span for name in columns for span in neuron_number(view, name, layer, neuron, _NUMBER[name]))


def _strongest(weights: Array, room: int) -> list[int]:
    """The neurons with these weights, from 1: all, or the strongest, in their order."""
    order = np.argsort(-np.nan_to_num(np.abs(weights), nan=np.inf), kind="stable")[:room]
    return sorted(int(k) + 1 for k in order)


def _around(neuron: int, total: int, room: int) -> list[int]:
    first = first_visible(neuron - 1, room, total) + 1
    return list(range(first, min(first + room, total + 1)))


def _bar(weights: Array, k: int) -> Line:
    """A bar for the k-th weight, from 1; its number beside it has the sign, and its colour tells it once more."""
    value = float(weights[k - 1])
    share = abs(value) / largest(weights)
    eighths = round(8 * _BAR * share) if share <= 1.0 else 0
    text = "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
    role: Role = "minus" if value < 0.0 else "past"
    return (Span(" "), Span(left(text, _BAR), role))


# --- what goes into the neuron


def into(view: View, layer: int, neuron: int, cells: int, lines: int) -> list[Line]:
    """Two images, or a list of the senders whose a·w is largest."""
    image = view.frame.scenario.image
    if image is not None and layer == 1:
        zoom = zoom_within(*image, (cells - 4) // 2, lines - 1, colours=view.colours)
        if zoom:
            return _images(view, neuron, image, zoom)
    return _senders(view, layer, neuron, cells, lines)


def _images(view: View, neuron: int, image: tuple[int, int], zoom: int) -> list[Line]:
    """The inputs × the weights of the neuron, pixel by pixel."""
    cells, lines = image_size(*image, zoom, colours=view.colours)
    low, high = _extent(view.frame.scenario)
    given = image_block(view.frame.iteration.x.reshape(image), low, high, zoom, signed=False, colours=view.colours)
    kind, weights = row_of(view, neuron)
    most = largest(weights)
    seen = image_block(weights.reshape(image), -most, most, zoom, signed=True, colours=view.colours)
    symbol = view.notation.weight(1, neuron, "ⱼ")
    title = f"∂C/∂{symbol}" if kind == "gradient" else symbol
    size = f" ±{view.numerals.within(most, 7)}"
    head: Line = (
        Span(left("input", cells + 4), "dim"),
        Span(left(title + (size if len(title + size) <= cells else ""), cells), "dim"),
    )
    cross = [(Span(" × " if y == lines // 2 else ""),) for y in range(lines)]
    return [head, *beside([(given, cells), (tuple(cross), 4), (seen, cells)])]


def row_of(view: View, neuron: int) -> tuple[NumberKind, Array]:
    """The weights from the inputs into a neuron of layer 1, the new ones once known; at the step of their gradients these."""
    frame = view.frame
    if frame.moment.kind == "gradient" and frame.moment.layer == 1 and frame.moment.neuron == neuron:
        return "gradient", frame.gradient_row(1, neuron)[1:]
    after = frame.knows("update", 1, neuron)
    return "weight", (frame.weights_after(1) if after else frame.weights_before(1))[neuron - 1, 1:]


def largest(values: Array) -> float:
    """The largest size of the finite ones; 1 if all are 0."""
    sizes = np.abs(values[np.isfinite(values)])
    return float(sizes.max(initial=0.0)) or 1.0


@lru_cache(maxsize=2)
def _extent(scenario: Scenario) -> tuple[float, float]:
    """The smallest and the largest input of the data."""
    return float(scenario.x.min()), float(scenario.x.max())


def _senders(view: View, layer: int, neuron: int, cells: int, lines: int) -> list[Line]:
    """The senders with a and w, those first whose product is largest, and how many more there are."""
    frame, cell = view.frame, _list_cell(view)
    signals, weights = frame.layer_a(layer - 1), frame.weights_before(layer)[neuron - 1, 1:]
    reached = layer == 1 or frame.knows("a", layer - 1, len(signals))
    with quiet():
        products = np.nan_to_num(np.abs(signals * weights if reached else weights), nan=np.inf)
    order = np.argsort(-products, kind="stable")[: lines - 1 if len(signals) <= lines - 1 else lines - 2]
    names = [neuron_name(view, layer - 1, int(j) + 1) for j in order]
    size = min(max(map(cell_len, names), default=1), LONGEST_NAME, cells - 2 * cell - 1)
    if size < 2:
        return []
    names = shortened(names, size)
    bars = cells >= size + 2 * cell + _BAR + 3
    letter = "x" if layer == 1 else f"a{superscript(layer - 1)}"
    rows: list[Line] = [
        (Span(" " * size + right(letter, cell) + right(view.notation.weight(layer, neuron, "ⱼ"), cell + 1), "dim"),)
    ]
    for j, name in zip(order.tolist(), names, strict=True):
        line: Line = (Span(left(name, size)), *_weight(view, sending(layer, j + 1)))
        line = (*line, *_weight(view, weight_cell(view, layer, neuron, j + 1), 1))
        rows.append((*line, *(_bar(weights, j + 1) if bars else ())))
    more = len(signals) - len(order)
    return [*rows, (Span(f"… {more} smaller", "dim"),)] if more else rows
