"""The incoming signals of a layer over the weights they go through."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from nntui.draw.base.boxes import left, right
from nntui.draw.base.numbers import LEAST, number
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Line, Span, width
from nntui.draw.base.view import View
from nntui.draw.network.weight_row import WeightRow
from nntui.draw.network.weights import column_width, sender_heads
from nntui.explain.notation.numerals import FOUR, superscript
from nntui.training.cell import Cell

LEAST_LABEL = 3  # cells before the columns: a blank and a⁰
END = 1  # cells that are free after the last column where there is room


def signal_line(view: View, layer: int, label: int, senders: Sequence[int], sizes: tuple[int, int]) -> Line:
    """a of the layer below, x for the first, each in the column of its weights; 1 over the biases.

    senders: from 1, below 0 for an empty column, 0 for the bias. sizes: cells of a weight's column and of the bias's.
    """
    biases = view.frame.scenario.network.layers[layer - 1].biases
    line: list[Span] = [Span(left(f" a{superscript(layer - 1)}", label), "dim")]
    for j in senders:
        if j < 0:
            line.append(Span(" " * sizes[0]))
        elif j == 0:
            line.append(Span(right("1" if biases else "–", sizes[1]), "dim"))
        else:
            line += _signal(view, layer, j, sizes[0])
    return tuple(line)


def _signal(view: View, layer: int, sender: int, cells: int) -> Line:
    cell = Cell("a", layer - 1, sender) if layer > 1 else Cell("input", 0, sender)
    known = layer == 1 or view.frame.knows("a", layer - 1, sender)
    return number(view, cell, float(view.frame.layer_a(layer - 1)[sender - 1]) if known else None, cells)


def heads_hold_signals(view: View, layer: int, room: int) -> bool:
    """Whether each signal has room beside the head of its column; `room` cells for all columns."""
    return sum(_widths(view, layer)) <= room


def weight_grid_with_signals(view: View, layer: int, names: dict[int, Span], label: int, inner: int, *, each: int) -> list[Line]:
    """Heads, signals and rows of the neurons in `names`, `each` lines for each row.

    The signals are beside the heads, or on a line under them where the columns are too narrow for both.
    """
    inputs = view.frame.scenario.network.blocks[layer - 1].inputs
    senders, room = [*range(1, inputs + 1), 0], inner - label
    heads = sender_heads(view, layer, senders)
    letter = Span(left(f" {view.notation.weights(layer)}", label), "dim")
    widths = _widths(view, layer)
    if sum(widths) <= room:
        spare = min(max(room - END - sum(widths), 0) // (inputs + 1), 4)
        sizes = (widths[0] + spare, widths[-1] + spare)
        lines = [_heads_and_signals(view, layer, letter, heads, sizes)]
    else:
        least = signal_column_width(view, layer, names)
        size = min(max((room - END) // (inputs + 1), least), least + 4)
        sizes = (size, size)
        text = "".join(right(head, size) for head in shortened(heads, size - 1))
        lines = [(letter, Span(text, "dim")), signal_line(view, layer, label, senders, sizes)]
    for k, name in names.items():
        lines += WeightRow(view, layer, k, name, label, each).numbers(senders, *sizes)
    return lines


def signal_column_width(view: View, layer: int, neurons: Iterable[int]) -> int:
    """Cells of a column of weights under its signal.

    With up to four digits those of the weights: a wider signal has fewer digits. Who asked for more digits sees all of both.
    """
    weight = column_width(view, layer, neurons, changes=False)
    return weight if view.numerals.digits <= FOUR.digits else max(weight, _signal_width(view, layer))


def _widths(view: View, layer: int) -> list[int]:
    """Cells of the columns, of the bias last: those of the weights are equal and hold head and signal, a blank before each."""
    inputs = view.frame.scenario.network.blocks[layer - 1].inputs
    weight = column_width(view, layer, range(1, view.frame.course.units[layer - 1] + 1), changes=False)
    longest = max(map(cell_len, sender_heads(view, layer, [*range(1, inputs + 1)])))
    return [*[max(weight, 1 + longest + _signal_width(view, layer))] * inputs, weight]


def _signal_width(view: View, layer: int) -> int:
    """Cells of the widest signal and a blank."""
    texts = [view.numerals.write(value) for value in view.frame.layer_a(layer - 1).tolist()]
    return 1 + max(LEAST, *map(len, texts))


def _heads_and_signals(view: View, layer: int, letter: Span, heads: Sequence[str], sizes: tuple[int, int]) -> Line:
    line: list[Span] = [letter]
    size = _signal_width(view, layer)
    for j, head in enumerate(heads[:-1], start=1):
        signal = _signal(view, layer, j, size)
        line += [Span(right(head, sizes[0] - width(signal)), "dim"), *signal]
    return (*line, Span(right(heads[-1], sizes[1]), "dim"))
