"""The columns of the data table: head, width, and a cell for every row on the page."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len

from nntui.draw.base.boxes import left, right
from nntui.draw.base.numbers import UNKNOWN
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Line, Role, Span
from nntui.draw.base.view import View
from nntui.draw.panels.data import GAP, HELD, LONGEST_HEAD, DataColumn, columns_of, first_fitting, fitting, sample
from nntui.draw.panels.header import WATCHED
from nntui.draw.table.page import TablePage, TableRow
from nntui.explain.notation.numerals import subscript, superscript
from nntui.training.row_order import NO_TURN
from nntui.training.rows.sorted_rows import Sort
from nntui.values import dataclass

LEAST_BAR, BAR = 10, 24  # cells of the column of bars: at least, and how many inputs make room for if not all fit
MARKED, HERE, SORTED, WRONG, WAITING, NEVER = "›", "▸", "▾", "✗", "…", "—"


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column: its head, its width in cells, the order that a click on the head means, and a line for each row.

    texts: whether its cells are texts, which are aligned at the left.
    """

    head: str
    width: int
    by: Sort | None
    lines: Sequence[Line]
    texts: bool = False


def row_column(listing: TablePage) -> ShownColumn:
    """Marks and the number of the row: › the selected row, ▸ the present row, ★ a watched row, □ one that is held out."""
    number = max(len(str(listing.points)), 2)
    cells: list[Line] = []
    for entry in listing.entries:
        marks = (
            (MARKED if entry.marked else " ")
            + (HERE if entry.here else " ")
            + (WATCHED if entry.watched else HELD if entry.held else " ")
        )
        role: Role = "cursor" if entry.marked else "accent" if entry.here else "dim"
        cells.append((Span(marks, "accent"), Span(right(str(entry.row), number), role)))
    return ShownColumn("row", number + 3, "file", cells)


def data_columns(view: View, listing: TablePage, room: int) -> list[ShownColumn]:
    """Inputs and targets, as many as fit; classes have a column of their own in place of targets."""
    rows = tuple(entry.row for entry in listing.entries)
    shown = (*rows, *sample(listing.points))  # so that most pages have the same widths
    inputs, _ = columns_of(view.frame.scenario, view.numerals, shown)
    if not listing.labels:
        return [_datum(listing, column) for column in fitting(view, shown, room)]
    count = view.frame.scenario.network.inputs
    if len(inputs) == count and sum(column.width for column in inputs) <= room:
        return [_datum(listing, column) for column in inputs]
    some = first_fitting(inputs, max(room // 2, room - BAR) - len(GAP))
    if room - sum(column.width for column in some) - len(GAP) < LEAST_BAR:
        some = first_fitting(inputs, room - len(GAP))
    return [_datum(listing, column) for column in (*some, *([None] if room >= len(GAP) else []))]


def _datum(listing: TablePage, column: DataColumn | None) -> ShownColumn:
    if column is None:
        return ShownColumn(GAP.strip(), len(GAP), None, [(Span(GAP, "dim"),)] * len(listing.entries))
    cells = [
        (Span(right(text, column.width), _quiet(entry)),) for entry, text in zip(listing.entries, column.texts, strict=False)
    ]
    return ShownColumn(column.head, column.width, None, cells)


def class_column(view: View, listing: TablePage) -> ShownColumn:
    """The class of each row: its name, or its target if there is a single output."""
    if listing.classes:
        short = shortened(listing.classes, LONGEST_HEAD)
        size = max(_longest(listing.classes), len("class") + 1) + 1
        names = [short[label] for label in listing.labels]
        cells = [(Span(" " + left(name, size - 1), _quiet(entry)),) for entry, name in zip(listing.entries, names, strict=True)]
        return ShownColumn("class", size, "class", cells, texts=True)
    rows = tuple(entry.row for entry in listing.entries)
    column = columns_of(view.frame.scenario, view.numerals, (*rows, *sample(listing.points)))[1][0]
    size = max(column.width, cell_len(column.head) + 2)
    cells = [(Span(right(text, size), _quiet(entry)),) for entry, text in zip(listing.entries, column.texts, strict=False)]
    return ShownColumn(column.head, size, "class", cells)


def said_columns(view: View, listing: TablePage) -> list[ShownColumn]:
    """What the network predicted at the last turn: a class and its output, or outputs; ✗ if the class is wrong."""
    top, outputs = superscript(len(view.frame.course.units)), view.frame.scenario.network.outputs
    columns: list[ShownColumn] = []
    if listing.classes:
        size = max(_longest(listing.classes), len("said")) + 1
        short = dict(zip(listing.classes, shortened(listing.classes, LONGEST_HEAD), strict=True))
        cells = [
            (*_text(entry, left(f" {short.get(entry.said, entry.said)}", size)), *_verdict(entry))
            if entry.said
            else _blank(entry, size + 2)
            for entry in listing.entries
        ]
        columns.append(ShownColumn("said", size + 2, None, cells, texts=True))
    count = 1 if listing.labels else max((len(entry.outputs or ()) for entry in listing.entries), default=0) or outputs
    for place in range(min(count, outputs, 3)):
        index = "" if outputs == 1 else "ₖ" if listing.classes else subscript(place + 1)
        judged = bool(listing.labels) and not listing.classes
        cells = [
            (*_number(view, entry, entry.outputs[place] if entry.outputs else None, view.numerals.cell), *_verdict(entry, judged))
            for entry in listing.entries
        ]
        columns.append(ShownColumn(f"a{index}{top}" + "  " * judged, view.numerals.cell + 2 * judged, None, cells))
    return columns


def cost_column(view: View, listing: TablePage) -> ShownColumn:
    """C of the last turn."""
    size = view.numerals.cell
    return ShownColumn("C", size, "cost", [_number(view, entry, entry.cost, size) for entry in listing.entries])


def delta_column(view: View, listing: TablePage) -> ShownColumn:
    """The δ^N that is largest in size; of several outputs, with the index of its neuron."""
    top, outputs = superscript(len(view.frame.course.units)), view.frame.scenario.network.outputs
    index = len(str(outputs)) + 2 if outputs > 1 else 0  # a blank, δ, and which
    size = view.numerals.cell
    cells: list[Line] = []
    for entry in listing.entries:
        name = f" δ{subscript(entry.neuron)}" if entry.delta is not None and index else ""
        cells.append((Span(left(name, index), "dim"), *_number(view, entry, entry.delta, size)))
    head = f"largest δ{top}" if index else f"δ{top}"
    return ShownColumn(head, max(size + index, cell_len(head) + 2 if index else 0), "delta", cells)


def turn_column(
    view: View, listing: TablePage, head: str, turn: Callable[[TableRow], int | None], by: Sort | None = None
) -> ShownColumn:
    """The data point of a turn as EPOCH:POINT."""
    course = view.frame.course
    mark = SORTED if by == listing.by else ""
    size = max(len(f" {view.frame.address.epoch + 1}:{course.points}"), len(f" {head}{mark}"))
    cells: list[Line] = []
    for entry in listing.entries:
        iteration = turn(entry)
        if iteration is None or iteration == NO_TURN:
            cells.append((Span(right(_without_turn(entry, iteration, last=head == "last"), size), "dim"),))
        else:
            cells.append((Span(right(course.address(course.first(iteration)).data_point, size), _quiet(entry)),))
    return ShownColumn(head, size, by, cells)


def bars_column(listing: TablePage, room: int) -> ShownColumn:
    """C as a share of the largest of all rows."""
    texts = [left(_bar(entry.cost, listing.largest, room - 3), room - 2) for entry in listing.entries]
    roles: list[Role] = ["present" if entry.here else "past" for entry in listing.entries]
    cells = [(Span("  " + text, role),) for text, role in zip(texts, roles, strict=True)]
    head = " C beside the largest"
    return ShownColumn(head if cell_len(head) < room else " C", room, None, cells, texts=True)


def _number(view: View, entry: TableRow, value: float | None, size: int) -> Line:
    """A number in `size` cells with a blank before it; a dot if there is none, … if it is still being computed."""
    if value is None:
        return _blank(entry, size)
    role: Role = "plain" if entry.marked or entry.here else "number"
    return (Span(right(view.numerals.within(value, size - 1), size), role),)


def _blank(entry: TableRow, size: int) -> Line:
    return (Span(right((WAITING if entry.waiting else UNKNOWN) + "   ", size), "dim"),)


def _text(entry: TableRow, text: str) -> Line:
    return (Span(text, "plain" if entry.marked or entry.here else "number"),)


def _verdict(entry: TableRow, shown: bool = True) -> Line:
    return (Span(f" {WRONG}" if entry.wrong else "  ", "warning"),) if shown else ()


def _quiet(entry: TableRow) -> Role:
    return "plain" if entry.marked or entry.here else "dim"


def _longest(names: Sequence[str]) -> int:
    return min(max(map(cell_len, names)), LONGEST_HEAD)


def _bar(cost: float | None, largest: float, cells: int) -> str:
    """A bar for a cost relative to the largest, in half cells; empty if the cost is not known or nan."""
    if cost is None or cost != cost or largest == 0.0:
        return ""
    whole, half = divmod(round(min(max(cost / largest, 0.0), 1.0) * cells * 2), 2)
    return "━" * whole + "╸" * half


def _without_turn(entry: TableRow, iteration: int | None, *, last: bool) -> str:
    """What is shown in place of a turn that a row does not have, or of which it is not known yet (None)."""
    if last and entry.held:
        return HELD
    if iteration is None:
        return WAITING
    return UNKNOWN if last else NEVER
