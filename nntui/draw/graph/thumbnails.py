"""All neurons of a layer in rows: the name and a of each, and its weights as an image where the inputs are one."""

from nntui.draw.base.boxes import beside, crop, fit, right
from nntui.draw.base.numbers import marked, number
from nntui.draw.base.spans import Line, Span, width
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import first_visible
from nntui.draw.charts.images import image_block, image_size
from nntui.draw.graph.places import LONGEST_NAME, name_width, neuron_name
from nntui.draw.graph.sides import largest, row_of
from nntui.explain.equations.cells import known_value
from nntui.explain.notation.numerals import Numerals, superscript
from nntui.training.cell import Cell

_TWO = Numerals(2)  # decimals of the many
_LEAST_THUMBNAIL = 8  # cells
_NUMBER, _LEAST_NUMBER = 8, 6  # cells of a, with the blank before it


def thumbnails(view: View, layer: int, inner: int) -> tuple[int, int]:
    """How many of them are side by side, and the lines of each."""
    image = view.frame.scenario.image
    if image is not None and layer == 1 and image_size(*image, 1, colours=view.colours)[0] <= inner // 3:
        cells, lines = image_size(*image, 1, colours=view.colours)
        return max((inner - 1) // (max(cells, _LEAST_THUMBNAIL) + 2), 1), 1 + lines
    return _numbers_only(view, layer, inner), 1


def _numbers_only(view: View, layer: int, inner: int) -> int:
    """How many neurons are side by side without images."""
    return max((inner - 1) // (name_width(view, layer, LONGEST_NAME) + _NUMBER), 1)


def others(view: View, layer: int, neuron: int, inner: int, lines: int) -> list[Line]:
    """A rule with what is below it, then the neurons in rows, those round the present one."""
    per_line, high = thumbnails(view, layer, inner)
    if high > lines - 1:
        per_line, high = _numbers_only(view, layer, inner), 1
    units = view.frame.course.units[layer - 1]
    rows = max((lines - 1) // high, 0)
    needed = -(-units // per_line)
    first = first_visible((neuron - 1) // per_line, rows, needed)
    activation = view.frame.scenario.network.layers[layer - 1].activation
    a = f"a{superscript(layer)}"
    words = f" {activation}  " + (f"the weights into each, and {a}" if high > 1 else f"{a} of each")
    shown = range(first * per_line + 1, min((first + rows) * per_line, units) + 1)
    part = f"  {shown[0]}–{shown[-1]} of {units}" if len(shown) < units and shown else ""
    title: Line = (Span("── ", "frame"), Span(f"layer {layer}", "strong"), Span(words + part + " ", "dim"))
    body: list[Line] = [(*title, Span("─" * max(inner - width(title), 0), "frame"))]
    each = (inner - 1) // per_line
    for row in range(first, min(first + rows, needed)):
        neurons = range(row * per_line + 1, min((row + 1) * per_line, units) + 1)
        blocks = [(tuple(_thumbnail(view, layer, k, each, high, k == neuron)), each) for k in neurons]
        body += [fit((Span(" "), *line), inner) for line in beside(blocks)]
    return body


def _thumbnail(view: View, layer: int, neuron: int, cells: int, high: int, here: bool) -> list[Line]:
    """The name of a neuron and its a, and below them its weights as an image."""
    cell = Cell("a", layer, neuron)
    both = min(cells - 1, name_width(view, layer, LONGEST_NAME) + _NUMBER)
    name = Span(neuron_name(view, layer, neuron), "present" if here else "plain")
    label = crop((name,), min(LONGEST_NAME, max(both - _LEAST_NUMBER, 1)))
    room = both - width(label)
    value = known_value(view.frame, cell)
    if value is None or view.then is not None:
        text = number(view, cell, value, room)
    else:
        text = marked(right(_TWO.within(value, room - 1), room), view.role(cell), cell)
    lines: list[Line] = [(*label, *text)]
    if high > 1:
        image = view.frame.scenario.image
        assert image is not None
        weights = row_of(view, neuron)[1].reshape(image)
        most = largest(weights)
        lines += image_block(weights, -most, most, 1, signed=True, colours=view.colours)
    return lines
