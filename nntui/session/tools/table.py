"""The table of the data: which row is marked, and what the rows are sorted by. A value and its keys."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.table.page import listing
from nntui.draw.table.panel import FRAME, RowPlace, SortPlace, table_panel
from nntui.session.navigator import Navigator
from nntui.session.tools.tool import Hint, Outcome, Tool
from nntui.session.watched_rows import WatchedRows
from nntui.training.rows.sorted_rows import Sort, SortedRows
from nntui.training.timeline import Timeline

ROOM = 8  # rows of the table until it has been drawn


class TableReader:
    """What the table reads in: the rows of the run one walks through, and how many of them the window has room for."""

    def __init__(self) -> None:
        self.room = ROOM
        self._roll: SortedRows | None = None

    def roll(self, timeline: Timeline) -> SortedRows:
        """The rows of a run."""
        if self._roll is None or self._roll.ledger.timeline is not timeline:
            self._roll = SortedRows(timeline)
        return self._roll


@dataclass(frozen=True, slots=True)
class RowTable(Tool):
    """mark: the row that was marked by hand; None: in the order of the file the one one stands in, else the first."""

    watch: WatchedRows
    book: TableReader
    mark: int | None = None
    by: Sort = "file"

    def pressed(self, key: str, walk: Navigator) -> Outcome | None:
        """Arrows and pages move the mark, Tab sorts, Enter goes to the row's next turn, * watches it."""
        roll = self._stand(walk)
        here = roll.rank(self._marked(walk))
        match key:
            case "escape" | "d":
                return Outcome(None)
            case "up" | "down":
                return self._at(roll.at(here + (1 if key == "down" else -1)))
            case "pageup" | "pagedown":
                return self._at(roll.at(here + (self.book.room if key == "pagedown" else -self.book.room)))
            case "home" | "end":
                return self._at(roll.at(0 if key == "home" else roll.points))
            case "tab" | "shift+tab":
                sorts = roll.sorts()
                change = 1 if key == "tab" else -1
                return self._sorted(sorts[(sorts.index(self.by) + change) % len(sorts)])
            case "enter":
                return self._go(walk)
            case "asterisk":
                return Outcome(self, say=self.watch.toggle(self._marked(walk)))
            case _:
                return None

    def clicked(self, target: object, offset: int, walk: Navigator) -> Outcome | None:
        """On a head: sorts by it. On a row: marks it; on the marked one: goes to its next turn."""
        self._stand(walk)
        match target:
            case SortPlace(by=by):
                return self._sorted(by)
            case RowPlace(row=row) if row == self._marked(walk):
                return self._go(walk)
            case RowPlace(row=row):
                return self._at(row)
            case _:
                return None

    def panel(self, view: View, walk: Navigator, cells: int, height: int) -> Block:
        """The page that the mark is on."""
        self.book.room = max(height - FRAME, 1)
        roll = self._stand(walk)
        page = listing(roll, self.by, self.watch.rows, view.frame.row, self._marked(walk), self.book.room)
        return table_panel(view, page, cells, height)

    def hints(self) -> tuple[Hint, ...]:
        """The keys of the table."""
        return (
            ("↑↓", "rows", ""),
            ("Tab", "sort", "tab"),
            ("Enter", "next turn", "enter"),
            ("*", "watch", "asterisk"),
            ("←→", "step", ""),
            ("Esc", "closes", "escape"),
        )

    def work(self, walk: Navigator) -> Iterator[object] | None:
        """The last turns that were not looked at, those on the page first."""
        roll = self._stand(walk)
        return roll.work(roll.page(self._marked(walk), self.book.room)[1])

    def _stand(self, walk: Navigator) -> SortedRows:
        """The rows as of where one stands, in order."""
        roll = self.book.roll(walk.timeline)
        roll.stand(walk.timeline.frame(walk.stand.step), self.by, self.watch.rows)
        return roll

    def _marked(self, walk: Navigator) -> int:
        """The row under the mark, once one stands."""
        if self.mark is not None:
            return self.mark
        return walk.timeline.frame(walk.stand.step).row if self.by == "file" else self.book.roll(walk.timeline).at(0)

    def _at(self, row: int) -> Outcome:
        return Outcome(replace(self, mark=row))

    def _sorted(self, by: Sort) -> Outcome:
        return Outcome(replace(self, by=by))

    def _go(self, walk: Navigator) -> Outcome:
        """At the `input` step of the marked row's next turn."""
        to, said = self.watch.next_turn(walk, [self._marked(walk)])
        return Outcome(self, to, say=said)
