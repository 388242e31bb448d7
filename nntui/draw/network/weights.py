"""The weights into a layer as rows of numbers with their gradients, G and v; rows of many weights as bars."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

from rich.cells import cell_len

from nntui.draw.base.boxes import left, right
from nntui.draw.base.numbers import LEAST, changed, signed
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Line, Span
from nntui.draw.base.view import View
from nntui.draw.network.weight_row import GAP, WeightRow, kept_kinds, kept_of, rows_and_kept, rows_of
from nntui.explain.equations.cells import OF_WEIGHT
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import FOUR, subscript
from nntui.training.frame import Frame

MOST_COLUMNS = 8  # weights of a row that is shown as numbers with a gap if not all fit
FEWEST = 3  # numbers of a row, with the bias; if fewer fit, bars for all of them say more
GAP_WIDTH = 4
LONGEST_HEAD = 16  # cells of a head for which a column is made wider where there is room
LEAST_BARS = 4  # cells for bars; a bias with many digits is shortened if it would leave fewer


def weight_grid(view: View, layer: int, names: dict[int, Span], label: int, inner: int, *, each: int) -> list[Line]:
    """Heads and rows of the neurons in `names`, `each` lines for each row."""
    inputs = view.frame.scenario.network.blocks[layer - 1].inputs
    cell = view.cell
    senders = [*range(1, inputs + 1), 0]
    least = column_width(view, layer, names) if inputs <= MOST_COLUMNS else cell
    if inputs <= MOST_COLUMNS and least * (inputs + 1) > inner - label and view.numerals.digits <= FOUR.digits:
        least = column_width(view, layer, names, changes=False)  # changes with fewer digits, then, and no bars
    longest = max(map(cell_len, sender_heads(view, layer, senders))) if inputs <= MOST_COLUMNS else 0
    size = min((inner - label) // (inputs + 1), max(least + 4, min(longest, LONGEST_HEAD) + 2))
    size -= size > least and size * (inputs + 1) == inner - label  # a blank before the border where there is room
    if size < least:
        shown = (inner - label - GAP_WIDTH) // least
        pointed = view.pointed(layer, *OF_WEIGHT) is not None
        asked = pointed or view.numerals.digits > FOUR.digits  # numbers, then, and no bars
        if shown < (2 if asked else FEWEST) or (inputs > MOST_COLUMNS and not pointed):
            return _strips(view, layer, names, label, inner, each)
        senders, size = _window(view, layer, inputs, shown), least
    heads = "".join(right(head, size) if head else " …" for head in shortened(sender_heads(view, layer, senders), size - 2))
    lines: list[Line] = [(Span(_with_letter(view, layer, " " * label + heads), "dim"),)]
    for k, name in names.items():
        lines += WeightRow(view, layer, k, name, label, each).numbers(senders, size)
    return lines


def column_width(view: View, layer: int, neurons: Iterable[int], *, changes: bool = True) -> int:
    """Cells of a column of weights: a blank and the widest number of the rows, known yet or not, so that no step moves it.

    changes: also of the changes, where these are shown.
    """
    return 1 + _widest(view, layer, tuple(neurons), changes and view.then is not None)


@lru_cache(maxsize=16)  # a picture asks several times how wide its columns are
def _widest(view: View, layer: int, neurons: Sequence[int], changes: bool) -> int:
    values = {value for k in neurons for row in rows_and_kept(view.frame, layer, k) for value in row}
    widest = max(LEAST, *(len(view.numerals.write(value)) for value in values))
    if view.then is None or not changes:
        return widest
    found = {change for k in neurons for _, change in changes_of_rows(view.frame, view.then, layer, k)}
    return max(widest, LEAST + 1, *(len(signed(view.numerals.write(change), change)) for change in found))


def changes_of_rows(frame: Frame, then: Frame, layer: int, neuron: int) -> list[tuple[int, float]]:
    """Every change in the row of a neuron, with its sender (0: the bias); none where nothing changed."""
    old_now, new_now, *now = rows_of(frame, layer, neuron)
    old_then, new_then, *before = rows_of(then, layer, neuron)
    alike = [kind for kind in kept_kinds(frame.scenario.network) if kind in kept_kinds(then.scenario.network)]
    sums = ((kept_of(then, kind, layer, neuron).tolist(), kept_of(frame, kind, layer, neuron).tolist()) for kind in alike)
    found = []
    for old, new in (*product((old_then, new_then), (old_now, new_now)), (before[0], now[0]), *sums):
        for j, pair in enumerate(zip(old, new, strict=True)):
            change = changed(*pair)
            if change:
                found.append((j, change))
    return found


def sender_heads(view: View, layer: int, senders: list[int]) -> list[str]:
    """The name of each sender, of the bias for 0; empty for a gap."""
    letter = "x" if layer == 1 else "a"
    names = {GAP: "", 0: view.notation.bias(layer)}
    return [
        names[j] if j in names else given_name(view.frame.scenario, layer - 1, j) or f"{letter}{subscript(j)}" for j in senders
    ]


def _window(view: View, layer: int, inputs: int, shown: int) -> list[int]:
    """The senders for which there is room, a gap, and the bias; those that feed the step stay visible."""
    pointed = view.pointed(layer, *OF_WEIGHT)
    cells = [pointed] if pointed else view.sources
    feeding = [
        cell.sender for cell in cells if cell.kind in ("weight", pointed and pointed.kind) and cell.layer == layer and cell.sender
    ]
    last = max(min(feeding, default=1), shown - 1)
    first = last - shown + 2
    window = list(range(first, min(last, inputs) + 1))
    return [*([GAP] if first > 1 else []), *window, *([GAP] if last < inputs else []), 0]


def _with_letter(view: View, layer: int, heads: str) -> str:
    """The heads of the columns, with the letter of the weights in place of their first cells."""
    letter = f" {view.notation.weights(layer)}"
    return letter + heads[len(letter) :]


def _strips(view: View, layer: int, names: dict[int, Span], label: int, inner: int, each: int) -> list[Line]:
    """Each row as bars, scaled to the largest weight of the row; the bias as a number."""
    inputs = view.frame.scenario.network.blocks[layer - 1].inputs
    room = max(inner - label - view.cell, LEAST_BARS)
    cell = inner - label - room
    count = f"{inputs}" if inputs < room else f"{room - 2} of {inputs}"
    what = "  ▄+ ▀−" if view.then is None else "  changes ▄+ ▀−"
    counted = f"{what}  {count}"
    heads = left(counted if view.then is None or cell_len(counted) <= room else what, room) + right(
        view.notation.bias(layer), cell
    )
    lines: list[Line] = [(Span(_with_letter(view, layer, " " * label + heads), "dim"),)]
    for k, name in names.items():
        lines += WeightRow(view, layer, k, name, label, each).bars(room, cell)
    return lines
