"""A page of the data table as values: for each row its results at its last turn, and when its next turn is."""

from collections.abc import Sequence
from math import nan

from nntui.explain.learned.confusion import class_names
from nntui.training.row_order import NO_TURN
from nntui.training.rows.sorted_rows import Sort, SortedRows
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, from 1. turn, next: iterations of its last and next turn, NO_TURN if there is none, None if not known yet.

    cost, outputs, delta: None if the row had no turn, or if they are not known (yet, if `waiting`). neuron: the k of
    delta, from 1. learned: the turn from which on it was right at every turn, NO_TURN if there is none, None if not known yet.
    said: the name of the predicted class, or nan; wrong: whether it is not the row's class.
    held: it is held out, and its numbers are those of the weights of now.
    """

    row: int
    here: bool
    marked: bool
    watched: bool
    turn: int | None
    next: int | None
    cost: float | None
    outputs: tuple[float, ...] | None
    said: str
    wrong: bool
    delta: float | None
    neuron: int
    waiting: bool
    held: bool = False
    learned: int | None = None


@dataclass(frozen=True, slots=True)
class TablePage:
    """The rows of a page. by: their order. first: the rank, from 0, of the first of them among all `points`.

    classes: the name of each class, empty if there are none. share: the share of known results, 0 to 1. now: they are of the
    present weights, not of the last turns. right: how many rows are classified right,
    of how many that are trained on and have results; None where that is not known.
    """

    entries: tuple[TableRow, ...]
    by: Sort
    first: int
    points: int
    classes: tuple[str, ...]
    labels: tuple[int, ...]  # of each entry, from 0
    largest: float  # C of all rows
    share: float
    now: bool = False
    right: tuple[int, int] | None = None


def listing(sorted_rows: SortedRows, by: Sort, watched: frozenset[int], here: int, marked: int, room: int) -> TablePage:
    """The page of `room` rows with row `marked` on it. here: the present row."""
    results = sorted_rows.results
    first, rows = sorted_rows.page(marked, room)
    classes = results.classes
    scenario = results.timeline.scenario
    names = class_names(scenario) if scenario.network.outputs > 1 else ()  # a single output shows its targets
    coming = sorted_rows.next_turns(rows).tolist() if sorted_rows.ready else [None] * len(rows)
    entries = tuple(
        _entry(sorted_rows, names, row, after, row == here, row == marked, row in watched)
        for row, after in zip(rows, coming, strict=True)
    )
    labels = tuple(int(classes.labels[row - 1]) for row in rows) if classes is not None else ()
    largest, share, now = sorted_rows.largest_cost(), sorted_rows.share(), sorted_rows.now is not None
    right = sorted_rows.right if classes is not None and share == 1.0 else None
    return TablePage(entries, by, first, sorted_rows.points, names, labels, largest, share, now, right)


def _entry(
    sorted_rows: SortedRows, names: Sequence[str], row: int, after: int | None, here: bool, marked: bool, watched: bool
) -> TableRow:
    results, place = sorted_rows.results, row - 1
    is_now, held = sorted_rows.now is not None, sorted_rows.ready and results.timeline.scenario.is_held(place)
    if held and not is_now:
        return _held_entry(sorted_rows, names, row, marked, watched)
    turn, known = int(results.turns[place]), sorted_rows.ready and bool(results.known[place])
    cost = float(results.costs[place]) if sorted_rows.ready else nan
    said = int(results.predicted[place])
    return TableRow(
        row=row,
        here=here,
        marked=marked,
        watched=watched,
        turn=turn if sorted_rows.ready else None,
        next=after,
        cost=cost if known or cost == cost else None,
        outputs=tuple(results.outputs[place].tolist()) if known else None,
        said=(names[said] if said >= 0 else "nan") if known and names else "",
        wrong=known and bool(results.wrong[place]),
        delta=float(results.deltas[place]) if known and row != sorted_rows.hidden else None,
        neuron=int(results.neurons[place]),
        learned=int(sorted_rows.learned.since[place]) if sorted_rows.learned.known else None,
        waiting=not sorted_rows.ready or ((is_now or turn != NO_TURN) and not known),
        held=held,
    )


def _held_entry(sorted_rows: SortedRows, names: Sequence[str], row: int, marked: bool, watched: bool) -> TableRow:
    """A row that is held out: it has no turn, and what the weights after the last data point make of it."""
    found = sorted_rows.results.of_held_row(row - 1)
    said = found.predicted
    return TableRow(
        row=row,
        here=False,
        marked=marked,
        watched=watched,
        turn=NO_TURN,
        next=NO_TURN,
        cost=found.cost,
        outputs=found.outputs,
        said=(names[said] if said >= 0 else "nan") if names else "",
        wrong=found.wrong,
        delta=None,
        neuron=0,
        waiting=False,
        held=True,
    )
