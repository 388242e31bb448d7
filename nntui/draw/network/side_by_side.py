"""The network as panels of layers, in the direction of the signal; layers that do not fit scroll with the present one."""

from rich.cells import cell_len

from nntui.draw.base.boxes import beside, framed, left, right
from nntui.draw.base.numbers import number
from nntui.draw.base.spans import Block, Line, Span
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import first_visible
from nntui.draw.network.layer import (
    LONGEST_NAME,
    MOST_COLUMNS,
    MOST_ROWS,
    comfortable,
    layer_panel,
    least_width,
    narrowest,
    whole_width,
)
from nntui.draw.network.weight_row import most_lines
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import FOUR, subscript
from nntui.training.cell import Cell


def needed_height(view: View, each: int | None = None, signals: int = 0) -> int:
    """Lines of the tallest panel if no row is left out, with `each` lines for a row of weights if they can fit at all.

    signals: lines of incoming signals over the weights.
    """
    tallest = max(view.frame.course.units)
    each = most_lines(view) if each is None else each
    while each > 1 and 2 + (1 + each) * tallest > MOST_ROWS:
        each -= 1
    grids = 2 + signals + (1 + each) * tallest
    return 2 + min(max(grids, 1 + view.frame.scenario.network.inputs), MOST_ROWS)


def all_numbers_fit(view: View, cells: int) -> bool:
    """Whether all layers fit side by side with their weights, z, a, σ′, δ and targets as numbers, and the input beside them."""
    layers = range(1, len(view.frame.course.units) + 1)
    return _few_columns(view) and _wanted_input(view) + sum(whole_width(view, layer) for layer in layers) <= cells


def widths_without_input(view: View, cells: int) -> list[int]:
    """The widths of the panels where x is over the weights into layer 1 in place of a panel of the input.

    None are given where not all numbers fit, or a name would be cut.
    """
    network, units = view.frame.scenario.network, view.frame.course.units
    if not _few_columns(view) or max(units) > MOST_ROWS:
        return []
    places = ((layer, k) for layer, size in enumerate((network.inputs, *units)) for k in range(1, size + 1))
    if any(cell_len(given_name(view.frame.scenario, layer, k)) > LONGEST_NAME for layer, k in places):
        return []
    least = [whole_width(view, layer, signals=layer == 1) for layer in range(1, len(units) + 1)]
    return _spread(least, cells) if sum(least) <= cells else []


def panels_without_input(view: View, widths: list[int], height: int) -> Block:
    """All layers side by side, `height` lines high; x is over the weights into layer 1."""
    return beside(
        [(layer_panel(view, layer, share, height, signals=layer == 1), share) for layer, share in enumerate(widths, start=1)]
    )


def _few_columns(view: View) -> bool:
    return all(block.inputs < MOST_COLUMNS for block in view.frame.scenario.network.blocks)


def network_block(view: View, cells: int, height: int) -> Block:
    """All panels side by side in cells × height."""
    inputs = input_width(view, cells)
    top = len(view.frame.course.units)
    present = max((view.cursor or view.frame.moment).layer, 1)
    shown = _fitting(view, cells - inputs)
    first = first_visible(present - 1, shown, top) + 1
    with_input = first == 1 and (cells - inputs >= comfortable(view) or _at_input(view))
    room = cells - inputs if with_input else cells
    widths = _shares(view, range(first, first + shown), room)
    blocks: list[tuple[Block, int]] = []
    if with_input:
        blocks.append((input_panel(view, inputs, height), inputs))
    for layer, share in zip(range(first, first + shown), widths, strict=True):
        hidden = (max(first - 1, 1) if layer == first and not with_input else 0, top - layer if layer == first + shown - 1 else 0)
        blocks.append((layer_panel(view, layer, share, height, hidden), share))
    return beside(blocks)


def _at_input(view: View) -> bool:
    return (view.cursor or view.frame.moment).layer == 0


def _fitting(view: View, room: int) -> int:
    """How many layers fit side by side with their numbers; at least two if two fit at all."""
    top = len(view.frame.course.units)
    widest = max(least_width(view, layer) for layer in range(1, top + 1))
    return min(max(room // widest, min(room // narrowest(view), 2), 1), top)


def _shares(view: View, layers: range, room: int) -> list[int]:
    """Widths of the panels: what each needs for its numbers and an equal part of the rest, or equal parts of too little."""
    for width in (whole_width, least_width):
        least = [width(view, layer) for layer in layers]
        if sum(least) <= room:
            return _spread(least, room)
    return _spread([0] * len(layers), room)


def _spread(least: list[int], room: int) -> list[int]:
    """The least widths and to each an equal part of the rest."""
    extra, spare = divmod(room - sum(least), len(least))
    return [share + extra + (1 if index < spare else 0) for index, share in enumerate(least)]


def input_width(view: View, cells: int) -> int:
    """The width of the input panel: what its names and numbers need, at most a quarter (half with more than four digits)."""
    return min(_wanted_input(view), cells // (4 if view.numerals.cell == FOUR.cell else 2))


def _wanted_input(view: View) -> int:
    scenario = view.frame.scenario
    longest = max(map(cell_len, scenario.input_names), default=0) or len(f"x{scenario.network.inputs}")
    return max(4 + longest + _input_cell(view), 14)


def _input_cell(view: View) -> int:
    """Cells of a number of the input: with more than four digits, those of the longest number."""
    if view.numerals.cell == FOUR.cell:
        return view.numerals.cell
    longest = max(len(view.numerals.write(value)) for value in view.frame.iteration.x.tolist()) + (view.then is not None)
    return min(max(longest + 1, FOUR.cell), view.cell)


def input_panel(view: View, cells: int, height: int) -> Block:
    """The panel of the input: x of the data point, in cells × height."""
    inner = cells - 2
    values = view.frame.iteration.x.tolist()
    room = height - 3
    pointed = view.pointed(0, "input")
    first = first_visible(pointed.neuron - 1, room, len(values)) if pointed else 0
    shown, size = values[first : first + room], _input_cell(view)
    lines: list[Line] = [(Span(right("a⁰", inner - 1), "dim"),)]
    for j, value in enumerate(shown, start=first + 1):
        name = given_name(view.frame.scenario, 0, j) or f"x{subscript(j)}"
        lines.append(
            (Span(" " + left(name, inner - size - 2), "dim"), *number(view, Cell("input", 0, j), value, size), Span(" "))
        )
    part = f"{first + 1}–{first + len(shown)}" if first else f"{len(shown)}"
    foot = f"{part} of {len(values)}" if len(shown) < len(values) else ""
    return framed((Span("input", "strong"),), lines, cells, height, view.frame.moment.kind == "input", foot)
