"""Where the neurons of a graph are: a column for each layer, in it a card for each neuron, and the lines of each card."""

from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

from nntui.draw.base.shorten import shortened
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import first_visible
from nntui.explain.equations.cells import OF_WEIGHT
from nntui.explain.notation.names import given_name
from nntui.explain.notation.numerals import subscript
from nntui.training.cell import Cell

LEAST_GAP = 8  # cells between two layers of neurons
WIDE_GAP = 22  # with this much the bias moves into the upper border of the card
LONGEST_NAME = 8
WIDEST_NAME = 24  # cells, on cards with frames, as far as NUMBERS_GAP is left between them
NUMBERS_GAP = 40  # with this much between layers no number of an edge gives way to a longer name
EDGE = 2  # cells of a frame and the blank inside it

OF_NEURON: tuple[Literal["z", "a", "delta"], ...] = ("z", "a", "delta")

Row = Literal["bias", "z", "a", "delta", "y", "input"]
_GIVES_WAY: tuple[Row, ...] = ("bias", "y", "z", "delta", "a", "input")  # the first first


@dataclass(frozen=True, slots=True)
class Card:
    """A neuron in its column: the line of the picture where its card begins, and the numbers in it, from above."""

    neuron: int
    top: int
    lines: int
    rows: tuple[Row, ...]

    @property
    def middle(self) -> int:
        """The line at which its edges begin and end."""
        return self.top + (self.lines - 1) // 2


@dataclass(frozen=True, slots=True)
class LayerColumn:
    """The neurons of one layer that are shown. x: of the left side; framed: cards have a frame, with the bias in its border."""

    layer: int
    x: int
    size: int
    cards: tuple[Card, ...]
    names: tuple[str, ...]
    total: int
    framed: bool

    @property
    def neurons(self) -> dict[int, Card]:
        """The cards by the number of their neuron."""
        return {card.neuron: card for card in self.cards}


def card_rows(view: View, layer: int) -> tuple[Row, ...]:
    """All numbers that a card of the layer can have, from above."""
    if layer == 0:
        return ("input",)
    bias: tuple[Row, ...] = ("bias",) if view.frame.scenario.network.layers[layer - 1].biases else ()
    target: tuple[Row, ...] = ("y",) if layer == len(view.frame.course.units) else ()
    return (*bias, "z", "a", "delta", *target)


def framed_lines(view: View, layer: int) -> int:
    """Lines of a card with its frame, whose upper border has name and bias."""
    return 2 + len([row for row in card_rows(view, layer) if row != "bias"])


def columns_of(view: View, inner: int, lines: int) -> list[LayerColumn]:
    """The columns side by side in inner × lines; layers that do not fit scroll with the present one."""
    sizes = view.frame.scenario.network.sizes
    framed = all(framed_lines(view, layer) * units <= lines for layer, units in enumerate(sizes))
    framed = framed and _fitting(view, inner, WIDE_GAP, framed=True) == len(sizes)
    names = _longest_names(view, inner) if framed else LONGEST_NAME
    count = _fitting(view, inner, LEAST_GAP, framed=framed, names=names)
    present = (view.cursor or view.frame.moment).layer
    first = first_visible(present, count, len(sizes))
    layers = range(first, first + count)
    widths = [_card_width(view, layer, framed=framed, names=names) for layer in layers]
    gap = (inner - 2 - sum(widths)) // max(count - 1, 1)
    starts = [1 + sum(widths[:n]) + n * gap for n in range(count)]
    return [_column(view, layer, x, size, lines, framed, names) for layer, x, size in zip(layers, starts, widths, strict=True)]


def _longest_names(view: View, inner: int) -> int:
    """Cells of a name on a card with a frame: as many as leave NUMBERS_GAP between all layers, WIDEST_NAME at most."""
    layers = len(view.frame.scenario.network.sizes)
    wider = range(WIDEST_NAME, LONGEST_NAME, -1)
    fits = (names for names in wider if _fitting(view, inner, NUMBERS_GAP, framed=True, names=names) == layers)
    return next(fits, LONGEST_NAME)


def _fitting(view: View, inner: int, gap: int, *, framed: bool, names: int = LONGEST_NAME) -> int:
    """How many columns fit with a gap between them; at least two."""
    sizes = view.frame.scenario.network.sizes
    every = [_card_width(view, layer, framed=framed, names=names) for layer in range(len(sizes))]
    widest, total = max(every), sum(every)
    if total + gap * (len(sizes) - 1) <= inner - 2:
        return len(sizes)
    return min(max((inner - 2 + gap) // (widest + gap), 2), len(sizes))


def neuron_name(view: View, layer: int, neuron: int) -> str:
    """The name in the file, or x₁ of an input, 1 of a neuron."""
    return given_name(view.frame.scenario, layer, neuron) or (f"x{subscript(neuron)}" if layer == 0 else str(neuron))


def name_width(view: View, layer: int, most: int) -> int:
    """Cells of the longest name of a layer, `most` at most."""
    names = (neuron_name(view, layer, k) for k in range(1, view.frame.scenario.network.sizes[layer] + 1))
    return min(max(map(cell_len, names)), most)


def _card_width(view: View, layer: int, *, framed: bool, names: int) -> int:
    if not framed:
        return name_width(view, layer, names) + 3 + view.cell
    bias = 5 + view.cell if "bias" in card_rows(view, layer) else 0
    return max(2 * EDGE + name_width(view, layer, names) + 2 + bias, 2 * EDGE + 2 + view.cell)


def _column(view: View, layer: int, x: int, size: int, lines: int, framed: bool, longest: int) -> LayerColumn:
    total = view.frame.scenario.network.sizes[layer]
    count = min(total, lines)
    first = first_visible(_present(view, layer) - 1, count, total) + 1
    neurons = range(first, first + count)
    names = tuple(shortened([neuron_name(view, layer, k) for k in neurons], name_width(view, layer, longest)))
    every = card_rows(view, layer)
    cards = []
    for place, k in enumerate(neurons):
        begin, end = place * lines // count, (place + 1) * lines // count
        rows = tuple(row for row in every if row != "bias") if framed else _kept(view, layer, k, every, lines // count)
        high = len(rows) + 2 * framed
        cards.append(Card(k, begin + (end - begin - high) // 2, high, rows))
    return LayerColumn(layer, x, size, tuple(cards), names, total, framed)


def _present(view: View, layer: int) -> int:
    """The neuron that must be visible: the inspected one, the sender of an inspected weight, or else that of the step."""
    cursor, moment = view.cursor, view.frame.moment
    if cursor is not None and cursor.layer == layer and cursor.neuron:
        return cursor.neuron
    if cursor is not None and cursor.kind in OF_WEIGHT and cursor.layer == layer + 1 and cursor.sender:
        return cursor.sender
    return moment.neuron if moment.layer == layer and moment.neuron else 1


_WORTH = {"cursor": 4, "lit": 3, "source": 2}
"""By role: which numbers of a card stay where there is no room for all."""


def _kept(view: View, layer: int, neuron: int, rows: tuple[Row, ...], room: int) -> tuple[Row, ...]:
    """The numbers of a card for which there is room: what is inspected or lit first, then what the step uses."""
    if len(rows) <= room:
        return rows
    reached = [row for row in OF_NEURON if view.frame.knows(row, layer, neuron)]

    def worth(row: Row) -> tuple[int, int]:
        cell = cell_of(view, layer, neuron, row)
        role = view.role(cell)
        here = _WORTH.get(role, 0)
        if room == 1 and role != "cursor":
            here = 1 if reached and row == reached[-1] else 0 if row in OF_NEURON else -1
        return here, _GIVES_WAY.index(row)

    best = sorted(rows, key=worth)[-room:]
    return tuple(row for row in rows if row in best)


def cell_of(view: View, layer: int, neuron: int, row: Row) -> Cell:
    """The number in a row of a card; a bias is what the step makes of it: its gradient, or the new one."""
    match row:
        case "bias":
            return weight_cell(view, layer, neuron, 0)
        case "input":
            return Cell("input", 0, neuron)
        case "z" | "a" | "delta" | "y":
            return Cell(row, layer, neuron)


def weight_cell(view: View, layer: int, neuron: int, sender: int) -> Cell:
    """The number of an edge: what is inspected, what the step makes, else the weight, the new one where it is known."""
    cells = [Cell(kind, layer, neuron, sender) for kind in OF_WEIGHT]
    pointed = [cell for cell in cells if cell == view.cursor]
    lit = [cell for cell in cells if cell in view.lit]
    used = [cell for cell in cells if cell in view.sources]
    new = [Cell("update", layer, neuron, sender)] if view.frame.knows("update", layer, neuron) else []
    return [*pointed, *lit, *used, *new, cells[0]][0]
