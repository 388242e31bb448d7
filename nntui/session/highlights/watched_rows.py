"""The data rows that are watched in a session, and the way to the next turn of a row."""

from collections.abc import Collection

import numpy as np

from nntui.session.navigator import Navigator
from nntui.session.position import Position
from nntui.training.row_order import NO_TURN


class WatchedRows:
    """rows: those that are marked to be watched, from 1."""

    def __init__(self) -> None:
        self.rows: frozenset[int] = frozenset()

    def toggle(self, row: int) -> str:
        """Watches a row, or no more; what to say."""
        self.rows ^= {row}
        return f"row {row} is watched; W goes to its next turn" if row in self.rows else f"row {row} is watched no more"

    def keep(self, points: int) -> None:
        """Forgets the rows that another run does not have."""
        self.rows = frozenset(row for row in self.rows if row <= points)

    def next_turn(self, navigator: Navigator, rows: Collection[int]) -> tuple[Position | None, str]:
        """The `input` step of the first data point after the present one that uses any of some rows.

        None and a sentence where the run ends before.
        """
        course = navigator.course
        here = course.iteration(navigator.base.step)
        turns = navigator.timeline.orders.next_turns(here, np.array(sorted(rows), np.intp) - 1)
        turns = turns[turns != NO_TURN]
        if len(turns):
            return navigator.to(course.first(int(turns.min()))), ""
        which = f"row {next(iter(rows))} has" if len(rows) == 1 else "the watched rows have"
        return None, f"{which} no turn after this one: the run ends with epoch {course.epochs}"
