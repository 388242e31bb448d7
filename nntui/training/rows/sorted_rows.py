"""The data rows of a run in an order that the student chooses, each with its results at its last turn."""

from collections.abc import Generator, Iterator, Sequence
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array
from nntui.training.containers.sorting import ROWS_PER_SLICE, Rows, run_slices, sort_rows
from nntui.training.frame import Frame
from nntui.training.row_order import NO_TURN, Iterations
from nntui.training.rows.learned_turns import LearnedTurns
from nntui.training.rows.row_results import RowResults
from nntui.training.rows.rows_now import RowsNow
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline

Sort = Literal["file", "cost", "learned", "delta", "class", "watched"]
SORTS: tuple[Sort, ...] = get_args(Sort)

_SLICES_PER_SORT = 1 << 11  # slices of computing results between two sorts of a long table

_Sorted = tuple[Sort, frozenset[int], int, int | None, bool]  # what an order depends on


class SortedRows:
    """The sorted table at one step. Rows count from 1, as on the screen; ranks from 0. Not thread-safe.

    A short table is sorted at every move. A table of more than ROWS_PER_SLICE rows is sorted in slices by `work`; until that is
    done its rows keep their previous order and show their present numbers.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._at_turns = RowResults(timeline)
        self.now: RowsNow | None = None
        """What the present weights make of the rows, where that is shown in place of their last turns."""
        self.learned = LearnedTurns(timeline)
        self.points, self._of_epoch = timeline.scenario.rows, timeline.course.points
        self._orders, self._epochs_of_run = timeline.orders, timeline.scenario.epochs
        self.ready = False
        """Whether the row orders of the present epoch and its neighbours are computed; before that no turn is known."""
        self.hidden: int | None = None
        """The row whose C of this turn is shown but not yet its δ^N, or None."""
        self._number, self._last_counted = 0, 0  # the present iteration, and the last iteration whose results count
        self._by: Sort = "file"
        self._watched: frozenset[int] = frozenset()
        self._order: Rows | None = None  # None: the order of the file
        self._sorted: _Sorted = ("file", frozenset(), 0, None, False)

    @property
    def results(self) -> RowResults:
        """What is shown of the rows."""
        return self._at_turns if self.now is None else self.now

    def show_now(self, scenario: Scenario, theta: Array | None) -> None:
        """The rows are shown with these weights, of a fork with its scenario; with None again as at their last turns."""
        if theta is None:
            self.now = None
            return
        self.now = self.now or RowsNow(self._at_turns.timeline)
        self.now.use(scenario, theta)

    def sorts(self) -> tuple[Sort, ...]:
        """The orders to choose from; by class and by when a row was learned only if the scenario is about classes."""
        return SORTS if self.results.classes is not None else tuple(sort for sort in SORTS if sort not in ("class", "learned"))

    def move_to(self, frame: Frame, by: Sort, watched: frozenset[int]) -> None:
        """Moves to a step and an order. A turn counts from its `cost` step on, its δ once the last δ^N is known."""
        top = len(frame.course.units)
        counts = frame.knows("cost", top)
        self._last_counted = frame.number if counts else frame.number - 1
        self.hidden = frame.row if self.now is None and counts and not frame.knows("delta", top, frame.course.units[-1]) else None
        self._number, self._by, self._watched = frame.number, by, watched
        self.ready = self.points <= ROWS_PER_SLICE or all(self._orders.is_shuffled(epoch) for epoch in self._epochs())
        if self.ready:
            self.results.move_to(self._last_counted)
        if self.points <= ROWS_PER_SLICE:
            run_slices(self._sort())

    def work(self, rows: Sequence[int]) -> Iterator[None] | None:
        """Computes and sorts in slices what is missing, the given rows first; None if nothing is."""
        done = self.ready and not self.results.left and self._sorted == self._wanted() and not self._unlearned
        return None if done else self._fill_and_sort([row - 1 for row in rows])

    def rank(self, row: int) -> int:
        """The rank of a row."""
        return row - 1 if self._order is None else int(np.flatnonzero(self._order == row - 1)[0])

    def at(self, rank: int) -> int:
        """The row at a rank; a rank outside the table is clipped."""
        rank = min(max(rank, 0), self.points - 1)
        return rank + 1 if self._order is None else int(self._order[rank]) + 1

    def page(self, row: int, room: int) -> tuple[int, list[int]]:
        """The page of `room` rows that a row is on: the rank of its first row, and its rows. The last page is full, too."""
        first = max(min(self.rank(row) // room * room, self.points - room), 0)
        return first, [self.at(rank) for rank in range(first, min(first + room, self.points))]

    def next_turns(self, rows: Sequence[int]) -> Iterations:
        """The next turns of some rows, after the present data point; NO_TURN where the run ends before. Once `ready`."""
        return self._orders.next_turns(self._number, np.array(rows, np.intp) - 1)

    def largest_cost(self) -> float:
        """The largest finite C of all rows; 0 if there is none."""
        costs = self.results.costs
        return float(np.max(costs, initial=0.0, where=np.isfinite(costs)))

    @property
    def right(self) -> tuple[int, int]:
        """How many of the rows that have results and are trained on are classified right, and how many there are."""
        known, wrong, trained = self.results.known, self.results.wrong, self.results.timeline.scenario.trained
        if trained is not None:
            known, wrong = known[trained], wrong[trained]
        return int(np.count_nonzero(known & ~wrong)), int(np.count_nonzero(known))

    def share(self) -> float:
        """The share of the rows with a turn whose numbers are known, 0 to 1."""
        turns = self.points if self.now is not None else int(np.count_nonzero(self.results.turns >= 0))
        return 0.0 if not self.ready else 1.0 - self.results.left / turns if turns else 1.0

    def _epochs(self) -> list[int]:
        """The epochs, from 1, with the last and next turns."""
        present = self._number // self._of_epoch + 1
        return [epoch for epoch in (present - 1, present, present + 1) if 1 <= epoch <= self._epochs_of_run]

    def _fill_and_sort(self, rows: Sequence[int]) -> Iterator[None]:
        for epoch in self._epochs():
            yield from self._orders.shuffle(epoch)
        self.ready = True
        self.results.move_to(self._last_counted)
        yield from self._sort()
        if self._unlearned:
            for _ in self.learned.fill(self._judged):
                yield
            yield from self._sort()
        for count, _ in enumerate(self.results.fill(rows), start=1):
            yield
            if self.points > ROWS_PER_SLICE and count % _SLICES_PER_SORT == 0:
                yield from self._sort()
        yield from self._sort()

    @property
    def _judged(self) -> int:
        """How many iterations have their outputs: all that are computed, of the present data point once its step has them."""
        computed = self.results.timeline.computed
        return computed if self._number < computed - 1 else self._last_counted + 1

    @property
    def _unlearned(self) -> bool:
        """Whether the rows are sorted by when they were learned and the run is not looked through yet."""
        return self._by == "learned" and self.learned.known < self._judged

    def _wanted(self) -> _Sorted:
        """What the wanted order depends on, and no more, so that nothing is sorted again without need."""
        by = self._by
        version = self.results.version if by in ("cost", "delta", "class") else self.learned.known if by == "learned" else 0
        now = self.now is not None and by in ("cost", "delta", "class")
        return by, self._watched if by == "watched" else frozenset(), version, self.hidden if by == "delta" else None, now

    def _sort(self) -> Generator[None, None, None]:
        wanted = self._wanted()
        if wanted != self._sorted:
            self._order = (yield from sort_rows(self.points, self._keys())) if wanted[0] != "file" else None
            self._sorted = wanted

    def _keys(self) -> list[NDArray[Any]]:
        results = self.results
        match self._by:
            case "cost":
                return [-results.costs]
            case "delta":
                sizes = -np.abs(results.deltas)
                if self.hidden is not None:
                    sizes[self.hidden - 1] = np.nan
                return [sizes]
            case "learned":
                since = self.learned.since
                return [np.where(since == NO_TURN, np.iinfo(np.int64).min, -since)]
            case "class" if results.classes is not None:
                return [results.classes.labels.astype(np.uint16), -results.costs]
            case "watched":
                others = np.ones(self.points, np.uint8)
                others[[row - 1 for row in self._watched]] = 0
                return [others]
            case _:
                return []
