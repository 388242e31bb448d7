"""The table of the data: which row is marked, and what the rows are sorted by. A value and its keys."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.table.page import listing
from nntui.draw.table.panel import FRAME, RowPlace, SortPlace, table_panel
from nntui.explain.learned.function import weights_now
from nntui.lesson.display_state import OpenTable
from nntui.session.highlights.watched_rows import WatchedRows
from nntui.session.navigator import Navigator
from nntui.session.tools.tool import STEP, Outcome, Tool, ToolKey
from nntui.training.rows.sorted_rows import Sort, SortedRows
from nntui.training.timeline import Timeline
from nntui.values import dataclass

ROOM = 8  # rows of the table until it has been drawn


class TableReader:
    """The rows of the present run, and how many of them the window has room for."""

    def __init__(self) -> None:
        self.room = ROOM
        self._sorted_rows: SortedRows | None = None

    def sorted_rows(self, timeline: Timeline) -> SortedRows:
        """The rows of a run."""
        if self._sorted_rows is None or self._sorted_rows.results.timeline is not timeline:
            self._sorted_rows = SortedRows(timeline)
        return self._sorted_rows


@dataclass(frozen=True, slots=True)
class RowTable(Tool):
    """mark: the row that was marked by hand; None: in the order of the file the present one, else the first.

    now: the rows as the present weights answer them, not as they were at their last turns.
    """

    NAME: ClassVar[str] = "the data as a table"

    watched: WatchedRows
    reader: TableReader
    mark: int | None = None
    by: Sort = "file"
    now: bool = False

    @property
    def state(self) -> OpenTable:
        """The mark, the order, and of when the numbers are."""
        return OpenTable(self.mark, self.by, self.now)

    def pressed(self, key: str, navigator: Navigator) -> Outcome | None:
        """Arrows and pages move the mark, Tab sorts, Enter goes to the row's next turn, * watches it."""
        sorted_rows = self._sorted_here(navigator)
        here = sorted_rows.rank(self._marked(navigator))
        match key:
            case "escape" | "d":
                return Outcome(None)
            case "up" | "down":
                return self._at(sorted_rows.at(here + (1 if key == "down" else -1)))
            case "pageup" | "pagedown":
                return self._at(sorted_rows.at(here + (self.reader.room if key == "pagedown" else -self.reader.room)))
            case "home" | "end":
                return self._at(sorted_rows.at(0 if key == "home" else sorted_rows.points))
            case "tab" | "shift+tab":
                sorts = sorted_rows.sorts()
                change = 1 if key == "tab" else -1
                return self._sorted(sorts[(sorts.index(self.by) + change) % len(sorts)])
            case "t":
                return Outcome(replace(self, now=not self.now))
            case "enter":
                return self._go(navigator)
            case "asterisk":
                return Outcome(self, say=self.watched.toggle(self._marked(navigator)))
            case _:
                return None

    def clicked(self, target: object, offset: int, navigator: Navigator) -> Outcome | None:
        """On a head: sorts by it. On a row: marks it; on the marked one: goes to its next turn."""
        self._sorted_here(navigator)
        match target:
            case SortPlace(by=by):
                return self._sorted(by)
            case RowPlace(row=row) if row == self._marked(navigator):
                return self._go(navigator)
            case RowPlace(row=row):
                return self._at(row)
            case _:
                return None

    def panel(self, view: View, navigator: Navigator, cells: int, height: int) -> Block:
        """The page that the mark is on."""
        self.reader.room = max(height - FRAME, 1)
        sorted_rows = self._sorted_here(navigator)
        page = listing(sorted_rows, self.by, self.watched.rows, view.frame.row, self._marked(navigator), self.reader.room)
        return table_panel(view, page, cells, height)

    def own_keys(self) -> tuple[ToolKey, ...]:
        """The keys of the table."""
        return (
            ToolKey("up,down", "↑↓", "mark a row", "rows"),
            ToolKey("pageup,pagedown", "PgUp PgDn", "a page of rows"),
            ToolKey("home,end", "Home End", "first row, last row"),
            ToolKey("tab,shift+tab", "Tab", "sort by another column", "sort", "tab"),
            ToolKey("enter", "Enter", "the row's next turn", "next turn", "enter"),
            ToolKey("asterisk", "*", "watch the marked row", "watch", "asterisk"),
            ToolKey("t", "t", "now, or at the last turn", "last turn" if self.now else "now", "t"),
            STEP,
            ToolKey("d,escape", "Esc", "close the table", "closes", "escape"),
        )

    def work(self, navigator: Navigator) -> Iterator[object] | None:
        """The results that are not computed yet, those on the page first."""
        sorted_rows = self._sorted_here(navigator)
        return sorted_rows.work(sorted_rows.page(self._marked(navigator), self.reader.room)[1])

    def _sorted_here(self, navigator: Navigator) -> SortedRows:
        """The rows as they are at the present step, in order."""
        sorted_rows = self.reader.sorted_rows(navigator.timeline)
        frame = navigator.frame
        theta = weights_now(frame)[: frame.scenario.network.parameters] if self.now else None
        sorted_rows.show_now(frame.scenario, theta)
        sorted_rows.move_to(frame, self.by, self.watched.rows)
        return sorted_rows

    def _marked(self, navigator: Navigator) -> int:
        """The row under the mark."""
        if self.mark is not None:
            return self.mark
        return navigator.frame.row if self.by == "file" else self.reader.sorted_rows(navigator.timeline).at(0)

    def _at(self, row: int) -> Outcome:
        return Outcome(replace(self, mark=row))

    def _sorted(self, by: Sort) -> Outcome:
        return Outcome(replace(self, by=by))

    def _go(self, navigator: Navigator) -> Outcome:
        """At the `input` step of the marked row's next turn."""
        to, said = self.watched.next_turn(navigator, [self._marked(navigator)])
        return Outcome(self, to, say=said)
