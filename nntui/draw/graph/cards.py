"""The card of a neuron in a graph: its name, and a letter with its number in each line."""

from nntui.draw.base.boxes import left, right
from nntui.draw.base.numbers import number
from nntui.draw.base.spans import Line, Role, Span, width
from nntui.draw.base.view import View
from nntui.draw.graph.places import EDGE, OF_NEURON, Card, LayerColumn, Row, card_rows, cell_of, weight_cell
from nntui.draw.network.layer import neuron_number, target_text
from nntui.explain.equations.cells import known_value
from nntui.training.cell import Cell

_LETTERS: dict[Row, str] = {"bias": "b", "z": "z", "a": "a", "delta": "δ", "y": "y", "input": " "}


def card_line(view: View, column: LayerColumn, y: int) -> Line:
    """The part of a column's cards in a line of the picture; empty between them."""
    for card, name in zip(column.cards, column.names, strict=True):
        offset = y - card.top
        if 0 <= offset < card.lines:
            return (
                _framed_line(view, column, card, name, offset) if column.framed else _bare_line(view, column, card, name, offset)
            )
    return ()


def _is_here(view: View, layer: int, neuron: int) -> bool:
    moment = view.frame.moment
    return (moment.layer, moment.neuron) == (layer, neuron)


def _bare_line(view: View, column: LayerColumn, card: Card, name: str, offset: int) -> Line:
    room = column.size - 3 - view.cell
    own = offset == (card.lines - 1) // 2
    label = Span(left(name if own else "", room) + " ", "strong" if _is_here(view, column.layer, card.neuron) else "plain")
    return (label, *_row(view, column.layer, card.neuron, card.rows[offset], view.cell + 2))


def _framed_line(view: View, column: LayerColumn, card: Card, name: str, offset: int) -> Line:
    here = _is_here(view, column.layer, card.neuron)
    frame: Role = "frame_lit" if here else "frame"
    inner = column.size - 2 * EDGE
    if offset == card.lines - 1:
        return (Span("╰" + "─" * (column.size - 2) + "╯", frame),)
    if offset:
        return (Span("│ ", frame), *_row(view, column.layer, card.neuron, card.rows[offset - 1], inner), Span(" │", frame))
    head: Line = (Span("╭─ ", frame), Span(name + " ", "strong" if here else "plain"))
    bias: Line = ()
    if "bias" in card_rows(view, column.layer):
        cell = weight_cell(view, column.layer, card.neuron, 0)
        text = number(view, cell, known_value(view.frame, cell), view.cell, "dim")
        bias = (Span(f" {_letter(cell, 'bias')}", "dim"), *_trimmed(text), Span(" "))
    bar = column.size - width(head) - width(bias) - 2
    return (*head, Span("─" * bar, frame), *bias, Span("─╮", frame))


def _trimmed(line: Line) -> Line:
    """A number with one blank before it."""
    text = "".join(span.text for span in line)
    extra = len(text) - len(text.lstrip()) - 1
    kept: list[Span] = []
    for span in line:
        cut = min(extra, len(span.text) - len(span.text.lstrip())) if extra > 0 else 0
        extra -= cut
        kept.append(Span(span.text[cut:], span.role, span.target))
    return tuple(kept)


def _letter(cell: Cell, row: Row) -> str:
    return "∂" if cell.kind == "gradient" else _LETTERS[row]


def _row(view: View, layer: int, neuron: int, row: Row, cells: int) -> Line:
    """A letter and its number at the right, in exactly `cells` cells."""
    cell = cell_of(view, layer, neuron, row)
    size = cells - 2
    letter = Span(f"{_letter(cell, row)} ", "dim")
    if row == "y":
        text = right(target_text(view, cell), size)
        bare = text.lstrip()
        return (letter, Span(text[: len(text) - len(bare)]), Span(bare, view.role(cell, "plain"), cell))
    if row in OF_NEURON:
        return (letter, *neuron_number(view, _LETTERS[row], layer, neuron, size))
    if row == "input":
        return (letter, *number(view, cell, view.frame.a(0, neuron), size))
    return (letter, *number(view, cell, known_value(view.frame, cell), size, "dim"))
