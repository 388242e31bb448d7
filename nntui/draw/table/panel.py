"""The panel of the data table: every row with the results of its last turn, and when its next turn is.

Results get their room first, then inputs and targets; the room that is left shows C as a bar.
"""

from nntui.draw.base.boxes import framed, left, right
from nntui.draw.base.spans import Block, Line, Span
from nntui.draw.base.view import View
from nntui.draw.functions.softmax import LEAST_BAR
from nntui.draw.panels.around import above_costs
from nntui.draw.panels.data import HELD
from nntui.draw.panels.header import WATCHED
from nntui.draw.table.columns import (
    SORTED,
    ShownColumn,
    bars_column,
    class_column,
    cost_column,
    data_columns,
    delta_column,
    row_column,
    said_columns,
    turn_column,
)
from nntui.draw.table.page import TablePage
from nntui.explain.notation.numerals import superscript
from nntui.training.rows.sorted_rows import Sort
from nntui.values import dataclass

FRAME = 3  # lines of the table that are not rows: its frame and the heads


@dataclass(frozen=True, slots=True)
class RowPlace:
    """The row, from 1, that a click means."""

    row: int


@dataclass(frozen=True, slots=True)
class SortPlace:
    """The order of the rows that a click on the head of a column means."""

    by: Sort


def table_panel(view: View, listing: TablePage, cells: int, height: int) -> Block:
    """The page in cells × height, with the cost plot below it if few rows leave room."""
    return above_costs(view, lambda *size: _table(view, listing, *size), cells, len(listing.entries) + FRAME, height)


def _table(view: View, listing: TablePage, cells: int, height: int) -> Block:
    """The rows below the heads of their columns; the column that they are sorted by is marked."""
    columns = _columns(view, listing, cells - 2)
    head = tuple(span for column in columns for span in _head(column, listing.by))
    lines = [head]
    for index, entry in enumerate(listing.entries):
        spans = (span for column in columns for span in column.lines[index])
        lines.append(tuple(Span(span.text, span.role, RowPlace(entry.row)) for span in spans))
    last = listing.first + len(listing.entries)
    foot = [f"{listing.first + 1}–{last} of {listing.points}" if len(listing.entries) < listing.points else ""]
    foot += ["learned at: right from that turn on"] if listing.by == "learned" else []
    looked = "all rows" if listing.now else "the last turns"
    foot += [f"{int(100 * listing.share)}% of {looked} looked at"] if listing.share < 1.0 else []
    held = f"  {HELD} held out" if view.frame.scenario.trained is not None else ""
    held += ": with the weights of now" if held and not listing.now else ""
    when = Span("  now" if listing.now else "  at the last turn", "accent" if listing.now else "plain")
    title = (Span("data", "strong"), when, Span(f"{_right(listing)} · {_order(view, listing)}{held}", "dim"))
    return framed(title, lines, cells, height, lit=True, foot=" · ".join(part for part in foot if part))


def _right(listing: TablePage) -> str:
    """How many rows are right, of when the title says."""
    return f": {listing.right[0]:,} of {listing.right[1]:,} right" if listing.right is not None and listing.right[1] else ""


def _order(view: View, listing: TablePage) -> str:
    """The order of the rows in words."""
    match listing.by:
        case "file":
            return "as in the file"
        case "cost":
            return "largest C first"
        case "delta":
            return f"largest |δ{superscript(len(view.frame.course.units))}| first"
        case "class":
            return "by class, in each the largest C first"
        case "learned":
            return "learned last first"
        case "watched":
            return f"watched rows {WATCHED} first"


def _head(column: ShownColumn, by: Sort) -> Line:
    here = column.by is not None and column.by == ("file" if by == "watched" else by)
    text = column.head + (SORTED if here else "")
    set_text = " " + left(text, column.width - 1) if column.texts else right(text, column.width)
    return (Span(set_text, "accent" if here else "dim", SortPlace(column.by) if column.by is not None else None),)


def _columns(view: View, listing: TablePage, room: int) -> list[ShownColumn]:
    """The columns that fit, from left to right."""
    label = row_column(listing)
    results = {"cost": cost_column(view, listing), "delta": delta_column(view, listing)}
    results |= {f"said{place}": column for place, column in enumerate(said_columns(view, listing))}
    if listing.labels:
        results["class"] = class_column(view, listing)
    if listing.by == "learned":
        results["learned"] = turn_column(view, listing, "learned at", lambda entry: entry.learned, "learned")
    results |= {"last": turn_column(view, listing, "last", lambda entry: entry.turn)}
    results |= {"next": turn_column(view, listing, "next", lambda entry: entry.next)}
    said = [name for name in results if name.startswith("said")]
    spare, kept = room - label.width, set()
    for name in ("learned", "cost", "delta", *said[:1], "class", "last", "next", *said[1:]):
        if name in results and results[name].width <= spare:
            kept.add(name)
            spare -= results[name].width
    data = data_columns(view, listing, spare)
    spare -= sum(column.width for column in data)
    bars = [bars_column(listing, spare)] if spare >= LEAST_BAR else []
    return [
        label,
        *data,
        *(results[name] for name in ("class", *said, "learned", "cost", "delta", "last", "next") if name in kept),
        *bars,
    ]
