"""The panel of one layer: z, a, δ of its neurons (σ′ and y if there is room), and below them the weights into each.

A row of weights has a second line if the height allows: its gradient once known, and at its update step the new weights
below the old; and with a batch or momentum lines for G and v. If there is less room the rows scroll with the present neuron.
"""

from rich.cells import cell_len

from nntui.draw.base.boxes import framed, left, right
from nntui.draw.base.numbers import SAME, changed, marked, number, signed
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Block, Line, Span
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import page_of
from nntui.draw.network.neuron_columns import COLUMNS, ShownRows, column_sizes, column_value, least_sizes
from nntui.draw.network.signals import LEAST_LABEL, heads_hold_signals, signal_column_width, weight_grid_with_signals
from nntui.draw.network.weight_row import most_lines
from nntui.draw.network.weights import column_width, weight_grid
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import superscript
from nntui.training.cell import Cell
from nntui.training.kinds import Kind, NumberKind

LABEL = 2
LONGEST_NAME, WHOLE_NAME = 8, 24  # cells of a name that a panel asks room for, and that it takes where there is room
MOST_ROWS = 40  # lines of a panel of unlimited height
MOST_COLUMNS = 6  # columns of weights that a panel asks room for
_SHOWN_AS: dict[str, tuple[NumberKind, Kind]] = {
    "z": ("z", "z"),
    "a": ("a", "a"),
    "σ′": ("slope", "delta"),  # shown from the step of δ on, which is the first to use it
    "δ": ("delta", "delta"),
}


def signal_lines(view: View, cells: int) -> int:
    """Lines that the signals need in the panel of layer 1: none if they are beside the heads of their columns, else one."""
    return 0 if heads_hold_signals(view, 1, cells - 2 - _label_width(view, 1, cells, signals=True)) else 1


def narrowest(view: View) -> int:
    """The width that any panel needs for z, a and δ."""
    return 2 + LABEL + 3 * view.cell


def comfortable(view: View) -> int:
    """The width that a panel needs for two weights; if a weight would have less room, the panel of the input is left out."""
    return 2 + LABEL + 4 + 2 * view.cell


def least_width(view: View, layer: int) -> int:
    """The width that the panel needs to show its weights as numbers and not as bars."""
    cell = view.cell
    columns, units = view.frame.scenario.network.blocks[layer - 1].inputs + 1, view.frame.course.units[layer - 1]
    asked = columns <= MOST_COLUMNS and units <= MOST_ROWS  # beyond, rows or columns are left out anyway
    weight = max(cell, column_width(view, layer, range(1, units + 1))) if asked else cell
    target = cell - 4 if layer == len(view.frame.course.units) else 0
    return 2 + max(_longest_name(view, layer) + 1, LABEL) + max(weight * min(columns, MOST_COLUMNS), 3 * cell + target)


def whole_width(view: View, layer: int, *, signals: bool = False) -> int:
    """The width that the panel needs for its weights and for z, a, σ′, δ and the target as numbers.

    signals: the incoming a are over the weights they go through.
    """
    network, units = view.frame.scenario.network, view.frame.course.units[layer - 1]
    block = network.blocks[layer - 1]
    if block.inputs >= MOST_COLUMNS or units > MOST_ROWS:
        return least_width(view, layer) + view.cell  # rows or columns are left out anyway
    every = ShownRows(1, units, units, 1)
    least = least_sizes(view, layer, every, "none")
    left_out = {"y"} if layer < len(network.layers) else set()
    left_out |= set() if block.sigma.each else {"σ′"}
    numbers = sum(size for name, size in least.items() if name not in left_out)
    neurons = range(1, units + 1)
    column = signal_column_width(view, layer, neurons) if signals else column_width(view, layer, neurons, changes=False)
    weights = column * (block.inputs + 1)
    return 2 + max(_longest_name(view, layer) + 1, LEAST_LABEL if signals else LABEL) + max(weights, numbers)


def layer_panel(
    view: View, layer: int, cells: int, height: int, hidden: tuple[int, int] = (0, 0), *, signals: bool = False
) -> Block:
    """One layer in cells × height.

    hidden: how many layers are left out before and after it. signals: the incoming a are over the weights they go through.
    """
    frame = view.frame
    inner = cells - 2
    label = _label_width(view, layer, cells, signals=signals)
    heads = 2 if signals and not heads_hold_signals(view, layer, inner - label) else 1
    rows = _rows(view, layer, height - 1 - heads)
    names = _labels(view, layer, rows, label)
    lines = _neuron_grid(view, layer, names, column_sizes(view, layer, rows, inner - label), label)
    used = len(lines) + heads + rows.count * rows.each
    if used < height - 2:
        lines.append(())
    lines += (weight_grid_with_signals if signals else weight_grid)(view, layer, names, label, inner, each=rows.each)
    name = frame.scenario.network.layers[layer - 1].activation
    title: list[Span] = [Span(f"◂{hidden[0]} ", "accent")] if hidden[0] else []
    title += [Span(f"layer {layer}", "strong"), Span(f" {name}", "dim")]
    title += [Span(f" {hidden[1]}▸", "accent")] if hidden[1] else []
    moment = frame.moment
    return framed(title, lines, cells, height, layer == moment.layer and moment.kind != "input", rows.foot)


def _rows(view: View, layer: int, inner: int) -> ShownRows:
    total = view.frame.course.units[layer - 1]
    for each in range(most_lines(view), 1, -1):
        if 2 + (1 + each) * total <= inner:
            return ShownRows(1, total, total, each)
    count = max(min((inner - 2) // 2, total), 1)
    moment = view.frame.moment
    present = moment.neuron if moment.layer == layer and moment.neuron else 1
    if view.cursor is not None and view.cursor.layer == layer and view.cursor.neuron:
        present = view.cursor.neuron
    first = page_of(present - 1, count, total) + 1
    return ShownRows(first, count, total, 1)


def _labels(view: View, layer: int, rows: ShownRows, cells: int) -> dict[int, Span]:
    """The names of the neurons, a blank before each."""
    names = [given_name(view.frame.scenario, layer, k) or str(k) for k in rows.neurons]
    return {
        k: Span(" " + left(name, cells - 1), "dim") for k, name in zip(rows.neurons, shortened(names, cells - 1), strict=True)
    }


def _label_width(view: View, layer: int, cells: int, *, signals: bool) -> int:
    """The width of the names of the neurons in a panel of `cells` cells.

    It leaves room for three numbers, or for one if three do not fit at all; longer names take what no number needs.
    """
    inner, cell = cells - 2, view.cell
    room = inner - 3 * cell if inner - 3 * cell >= LABEL else inner - cell
    label = max(min(_longest_name(view, layer) + 1, room), len(str(view.frame.course.units[layer - 1])) + 1, LABEL)
    longest = _longest_name(view, layer, WHOLE_NAME) + 1
    if longest > label:
        label = max(label, min(longest, label + cells - whole_width(view, layer, signals=signals)))
    return max(label, LEAST_LABEL) if signals else label


def _longest_name(view: View, layer: int, most: int = LONGEST_NAME) -> int:
    """Cells of the longest name of the layer, `most` at most."""
    given = view.frame.scenario.neuron_names
    names = given[layer - 1] if given else ()
    longest = max(map(cell_len, names), default=0) or len(str(view.frame.course.units[layer - 1]))
    return min(longest, most)


def _neuron_grid(view: View, layer: int, names: dict[int, Span], sizes: dict[str, int], label: int) -> list[Line]:
    """The columns with these sizes, z, a, σ′, δ and the target where there is room for all, of the neurons in `names`."""
    lines: list[Line] = [(Span(" " * label + _heads(layer, sizes), "dim"),)]
    for k, name in names.items():
        line = [name]
        for column, size in sizes.items():
            line += neuron_number(view, column, layer, k, size)
        lines.append(tuple(line))
    return lines


def _heads(layer: int, sizes: dict[str, int]) -> str:
    """The names of the columns, with ◂ or ▸ on the side where z, a or δ is left out."""
    heads = [name + (superscript(layer) if name in "zaδ" else "") for name in sizes]
    order = [name for name in COLUMNS if name in sizes or name in "zaδ"]
    if order[0] not in sizes:
        heads[0] = f"◂ {heads[0]}"
    if order[-1] not in sizes:
        heads[-1] = f"{heads[-1]} ▸"
    return "".join(right(head, size) for head, size in zip(heads, sizes.values(), strict=True))


def neuron_number(view: View, name: str, layer: int, k: int, cells: int) -> Line:
    """One of z, a, σ′, δ, y of neuron k as its panel shows it, in `cells` cells; a dot if it is not known yet."""
    if name == "y":
        cell = Cell("y", layer, k)
        return marked(right(target_text(view, cell), cells), view.role(cell, "dim"), cell)
    kind, known_from = _SHOWN_AS[name]
    value = column_value(view.frame, name, layer, k) if view.frame.knows(known_from, layer, k) else None
    return number(view, Cell(kind, layer, k), value, cells)


def target_text(view: View, cell: Cell) -> str:
    """A target as in the data, or its change."""
    value, before = view.frame.y(cell.neuron), view.before(cell)
    change = None if before is None else changed(before, value)
    if change is None:
        return view.numerals.brief(value)
    return signed(view.numerals.brief(change), change) if change else SAME
