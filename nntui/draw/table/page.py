"""What the table of the data says of each row on show: what it had at its last turn, and when its next one comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

from nntui.explain.learned.confusion import class_names
from nntui.training.draws.row_order import NO_TURN
from nntui.training.rows.sorted_rows import Sort, SortedRows


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, from 1. turn, next: iterations, NO_TURN where there is none, None where that is not known yet.

    cost, outputs, delta: None where the row had no turn, or where that is not known (yet, if `waiting`). neuron: whose
    δ it is, from 1. said: the class that the network said, by its name, or nan; wrong: whether it is another than the row's.
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


@dataclass(frozen=True, slots=True)
class TablePage:
    """The rows on show. by: what they are sorted by. first: the rank of the first of them, from 0, among `points`.

    classes: the name of each class, empty where there are none. share: how much of the numbers is known, 0 to 1.
    """

    entries: tuple[TableRow, ...]
    by: Sort
    first: int
    points: int
    classes: tuple[str, ...]
    labels: tuple[int, ...]  # of each entry, from 0
    largest: float  # C of all rows
    share: float


def listing(roll: SortedRows, by: Sort, watched: frozenset[int], here: int, marked: int, room: int) -> TablePage:
    """The page that a row is on. here: the row one stands in."""
    ledger = roll.ledger
    first, rows = roll.page(marked, room)
    classes = ledger.classes
    scenario = ledger.timeline.scenario
    names = class_names(scenario) if scenario.network.outputs > 1 else ()  # of a single output its targets stand there
    coming = roll.next_turns(rows).tolist() if roll.ready else [None] * len(rows)
    entries = tuple(
        _entry(roll, names, row, after, row == here, row == marked, row in watched)
        for row, after in zip(rows, coming, strict=True)
    )
    labels = tuple(int(classes.labels[row - 1]) for row in rows) if classes is not None else ()
    return TablePage(entries, by, first, roll.points, names, labels, roll.largest_cost(), roll.share())


def _entry(
    roll: SortedRows, names: Sequence[str], row: int, after: int | None, here: bool, marked: bool, watched: bool
) -> TableRow:
    ledger, place = roll.ledger, row - 1
    turn, known = int(ledger.turns[place]), roll.ready and bool(ledger.known[place])
    cost = float(ledger.costs[place]) if roll.ready else nan
    said = int(ledger.said[place])
    return TableRow(
        row=row,
        here=here,
        marked=marked,
        watched=watched,
        turn=turn if roll.ready else None,
        next=after,
        cost=cost if known or cost == cost else None,
        outputs=tuple(ledger.outputs[place].tolist()) if known else None,
        said=(names[said] if said >= 0 else "nan") if known and names else "",
        wrong=known and bool(ledger.wrong[place]),
        delta=float(ledger.deltas[place]) if known and row != roll.hidden else None,
        neuron=int(ledger.neurons[place]),
        waiting=not roll.ready or (turn != NO_TURN and not known),
    )
