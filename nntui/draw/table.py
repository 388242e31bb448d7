"""The data as a table: every row with what the network said of it at its last turn, and when it comes next.

The results come first, inputs and targets take what room they leave, and what is then left shows C as a bar.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from nntui.draw.costs import costs_panel
from nntui.draw.data import GAP, LONGEST_HEAD, WATCHED, Column, columns_of, first_fitting, fitting, sample
from nntui.draw.listing import Entry, Listing
from nntui.draw.numbers import UNKNOWN
from nntui.draw.shares import bar
from nntui.draw.spans import Block, Line, Role, Span, framed, left, right
from nntui.draw.view import View
from nntui.explain.numerals import subscript, superscript
from nntui.training.roll import Sort
from nntui.training.turns import NO_TURN

LEAST_PLOT = 6
FRAME = 3  # lines of the table that are no rows: its frame, and the heads
LEAST_BAR, BAR = 10, 24  # cells: from where on a bar tells anything, and what it is left where inputs are left out
MARKED, HERE, SORTED, WRONG, WAITING, NEVER = "›", "▸", "▾", "✗", "…", "—"


@dataclass(frozen=True, slots=True)
class RowPlace:
    """The row, from 1, that a click means."""

    row: int


@dataclass(frozen=True, slots=True)
class SortPlace:
    """The order that a click on the head of a column means."""

    by: Sort


@dataclass(frozen=True, slots=True)
class _Set:
    """One column as it is set: its head, cells, its order, and a text with its role for each row; texts stand at the left."""

    head: str
    width: int
    by: Sort | None
    cells: Sequence[Line]
    texts: bool = False


def table_panel(view: View, listing: Listing, cells: int, height: int) -> Block:
    """The rows on show in cells × height; where few rows leave room for it, the cost plot under them."""
    needed = len(listing.entries) + FRAME
    if height - needed < LEAST_PLOT:
        return _table(view, listing, cells, height)
    return (*_table(view, listing, cells, needed), *costs_panel(view, cells, height - needed))


def _table(view: View, listing: Listing, cells: int, height: int) -> Block:
    """The rows under the heads of their columns, the one that they are sorted by marked."""
    columns = _columns(view, listing, cells - 2)
    head = tuple(span for column in columns for span in _head(column, listing.by))
    lines = [head]
    for index, entry in enumerate(listing.entries):
        spans = (span for column in columns for span in column.cells[index])
        lines.append(tuple(Span(span.text, span.role, RowPlace(entry.row)) for span in spans))
    last = listing.first + len(listing.entries)
    foot = [f"{listing.first + 1}–{last} of {listing.points}" if len(listing.entries) < listing.points else ""]
    foot += [f"{int(100 * listing.share)}% of the last turns looked at"] if listing.share < 1.0 else []
    title = (Span("data", "strong"), Span(f"  {_order(view, listing)}", "dim"))
    return framed(title, lines, cells, height, lit=True, foot=" · ".join(part for part in foot if part))


def _order(view: View, listing: Listing) -> str:
    """What the rows are sorted by, in words."""
    match listing.by:
        case "file":
            return "as in the file"
        case "cost":
            return "largest C first"
        case "delta":
            return f"largest |δ{superscript(len(view.frame.course.units))}| first"
        case "class":
            return "by class, in each the largest C first"
        case "watched":
            return f"watched rows {WATCHED} first"


def _head(column: _Set, by: Sort) -> Line:
    here = column.by is not None and column.by == ("file" if by == "watched" else by)
    text = column.head + (SORTED if here else "")
    set_text = " " + left(text, column.width - 1) if column.texts else right(text, column.width)
    return (Span(set_text, "accent" if here else "dim", SortPlace(column.by) if column.by is not None else None),)


def _columns(view: View, listing: Listing, room: int) -> list[_Set]:
    """The columns that fit, as they stand beside each other."""
    label = _label(listing)
    results = {"cost": _cost(view, listing), "delta": _delta(view, listing)}
    results |= {f"said{place}": column for place, column in enumerate(_said(view, listing))}
    if listing.labels:
        results["class"] = _class(view, listing)
    results |= {"last": _turn(view, listing, "last", lambda entry: entry.turn)}
    results |= {"next": _turn(view, listing, "next", lambda entry: entry.next)}
    said = [name for name in results if name.startswith("said")]
    spare, kept = room - label.width, set()
    for name in ("cost", "delta", *said[:1], "class", "last", "next", *said[1:]):
        if name in results and results[name].width <= spare:
            kept.add(name)
            spare -= results[name].width
    data = _data(view, listing, spare)
    spare -= sum(column.width for column in data)
    bars = [_bars(listing, spare)] if spare >= LEAST_BAR else []
    return [label, *data, *(results[name] for name in ("class", *said, "cost", "delta", "last", "next") if name in kept), *bars]


def _label(listing: Listing) -> _Set:
    """Marks, and the row: › the mark, ▸ where one stands, ★ watched."""
    number = max(len(str(listing.points)), 2)
    cells: list[Line] = []
    for entry in listing.entries:
        marks = (MARKED if entry.marked else " ") + (HERE if entry.here else " ") + (WATCHED if entry.watched else " ")
        role: Role = "cursor" if entry.marked else "accent" if entry.here else "dim"
        cells.append((Span(marks, "accent"), Span(right(str(entry.row), number), role)))
    return _Set("row", number + 3, "file", cells)


def _data(view: View, listing: Listing, room: int) -> list[_Set]:
    """Inputs and targets; a class has a column of its own in place of its targets."""
    rows = tuple(entry.row for entry in listing.entries)
    shown = (*rows, *sample(listing.points))  # that the widths are the same on most pages
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


def _datum(listing: Listing, column: Column | None) -> _Set:
    if column is None:
        return _Set(GAP.strip(), len(GAP), None, [(Span(GAP, "dim"),)] * len(listing.entries))
    cells = [
        (Span(right(text, column.width), _quiet(entry)),) for entry, text in zip(listing.entries, column.texts, strict=False)
    ]
    return _Set(column.head, column.width, None, cells)


def _class(view: View, listing: Listing) -> _Set:
    """The class of each row: its name or, of a single output, its target."""
    if listing.classes:
        size = max(_longest(listing.classes), len("class") + 1) + 1
        names = [listing.classes[label] for label in listing.labels]
        cells = [(Span(" " + left(name, size - 1), _quiet(entry)),) for entry, name in zip(listing.entries, names, strict=True)]
        return _Set("class", size, "class", cells, texts=True)
    rows = tuple(entry.row for entry in listing.entries)
    column = columns_of(view.frame.scenario, view.numerals, (*rows, *sample(listing.points)))[1][0]
    size = max(column.width, cell_len(column.head) + 2)
    cells = [(Span(right(text, size), _quiet(entry)),) for entry, text in zip(listing.entries, column.texts, strict=False)]
    return _Set(column.head, size, "class", cells)


def _said(view: View, listing: Listing) -> list[_Set]:
    """What the network said: a class and how much of it, or numbers; ✗ where the class is wrong."""
    top, outputs = superscript(len(view.frame.course.units)), view.frame.scenario.network.outputs
    columns: list[_Set] = []
    if listing.classes:
        size = max(_longest(listing.classes), len("said")) + 1
        cells = [
            (*_text(entry, left(f" {entry.said}", size)), *_verdict(entry)) if entry.said else _blank(entry, size + 2)
            for entry in listing.entries
        ]
        columns.append(_Set("said", size + 2, None, cells, texts=True))
    count = 1 if listing.labels else max((len(entry.outputs or ()) for entry in listing.entries), default=0) or outputs
    for place in range(min(count, outputs, 3)):
        index = "" if outputs == 1 else "ₖ" if listing.classes else subscript(place + 1)
        judged = bool(listing.labels) and not listing.classes
        cells = [
            (*_number(view, entry, entry.outputs[place] if entry.outputs else None, view.numerals.cell), *_verdict(entry, judged))
            for entry in listing.entries
        ]
        columns.append(_Set(f"a{index}{top}" + "  " * judged, view.numerals.cell + 2 * judged, None, cells))
    return columns


def _cost(view: View, listing: Listing) -> _Set:
    size = view.numerals.cell
    return _Set("C", size, "cost", [_number(view, entry, entry.cost, size) for entry in listing.entries])


def _delta(view: View, listing: Listing) -> _Set:
    """The largest δ^N in size; of several outputs, whose it is."""
    top, outputs = superscript(len(view.frame.course.units)), view.frame.scenario.network.outputs
    index = len(str(outputs)) + 2 if outputs > 1 else 0  # a blank, δ, and which
    size = view.numerals.cell
    cells: list[Line] = []
    for entry in listing.entries:
        name = f" δ{subscript(entry.neuron)}" if entry.delta is not None and index else ""
        cells.append((Span(left(name, index), "dim"), *_number(view, entry, entry.delta, size)))
    head = f"largest δ{top}" if index else f"δ{top}"
    return _Set(head, max(size + index, cell_len(head) + 1 if index else 0), "delta", cells)


def _turn(view: View, listing: Listing, head: str, turn: Callable[[Entry], int | None]) -> _Set:
    """The data point of a turn, as EPOCH:POINT."""
    course = view.frame.course
    size = max(len(f" {view.frame.address.epoch + 1}:{course.points}"), len(head) + 1)
    cells: list[Line] = []
    for entry in listing.entries:
        iteration = turn(entry)
        if iteration is None or iteration == NO_TURN:
            text = WAITING if iteration is None else UNKNOWN if head == "last" else NEVER
            cells.append((Span(right(text, size), "dim"),))
        else:
            address = course.address(iteration * course.length)
            cells.append((Span(right(f"{address.epoch}:{address.point}", size), _quiet(entry)),))
    return _Set(head, size, None, cells)


def _bars(listing: Listing, room: int) -> _Set:
    """C as a share of the largest of all rows."""
    cells: list[Line] = []
    for entry in listing.entries:
        share = min(entry.cost / listing.largest, 1.0) if entry.cost is not None and listing.largest > 0.0 else None
        cells.append((Span("  " + left(bar(share, room - 3), room - 2), "present" if entry.here else "past"),))
    head = " C beside the largest"
    return _Set(head if cell_len(head) < room else " C", room, None, cells, texts=True)


def _number(view: View, entry: Entry, value: float | None, size: int) -> Line:
    """A number in so many cells, one of them left empty; a dot where there is none, … where there will be."""
    if value is None:
        return _blank(entry, size)
    role: Role = "plain" if entry.marked or entry.here else "number"
    return (Span(right(view.numerals.within(value, size - 1), size), role),)


def _blank(entry: Entry, size: int) -> Line:
    return (Span(right((WAITING if entry.waiting else UNKNOWN) + "   ", size), "dim"),)


def _text(entry: Entry, text: str) -> Line:
    return (Span(text, "plain" if entry.marked or entry.here else "number"),)


def _verdict(entry: Entry, shown: bool = True) -> Line:
    return (Span(f" {WRONG}" if entry.wrong else "  ", "warning"),) if shown else ()


def _quiet(entry: Entry) -> Role:
    return "plain" if entry.marked or entry.here else "dim"


def _longest(names: Sequence[str]) -> int:
    return min(max(map(cell_len, names)), LONGEST_HEAD)
