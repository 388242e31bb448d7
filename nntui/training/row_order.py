"""Which data row each iteration uses, and when a row has its turn: once in every epoch, by the order of that epoch."""

from collections import OrderedDict
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nntui.training.draws.random_draws import epoch_keys
from nntui.training.scenario import Scenario
from nntui.training.sorting import Rows, run_slices, sort_rows

Iterations = NDArray[np.int64]

NO_TURN = -1


@dataclass(frozen=True, slots=True, eq=False)
class RowOrder:
    """One epoch. rows: the data row (from 0) of each point; places: the point (from 0) of each data row."""

    rows: Rows
    places: Rows


_Key = tuple[int, int, int]  # seed, epoch, points; the order as given has no seed, and is that of epoch 0
_KEPT = 4  # the present epoch, its neighbours, and one being computed: to order a million rows takes a tenth of a second
_kept: OrderedDict[_Key, RowOrder] = OrderedDict()


def order(scenario: Scenario, epoch: int) -> RowOrder:
    """The order of an epoch, from 1."""
    key = _key(scenario, epoch)
    made = _kept.get(key)
    if made is None:
        return run_slices(shuffle(scenario, epoch))
    _kept.move_to_end(key)
    return made


def is_shuffled(scenario: Scenario, epoch: int) -> bool:
    """Whether the order of an epoch, from 1, is kept."""
    return _key(scenario, epoch) in _kept


def shuffle(scenario: Scenario, epoch: int) -> Generator[None, None, RowOrder]:
    """The order of an epoch, from 1; computed in slices, which matters for long epochs, and kept."""
    key = _key(scenario, epoch)
    made = _kept.get(key)
    if made is None:
        seed, number, points = key
        rows = yield from sort_rows(points, [epoch_keys(seed, number, points)] if number else [])
        places = rows
        if number:
            places = np.empty(points, np.intp)
            places[rows] = np.arange(points)
        made = RowOrder(rows, places)
    _kept[key] = made
    _kept.move_to_end(key)
    while len(_kept) > _KEPT:
        _kept.popitem(last=False)
    return made


def _key(scenario: Scenario, epoch: int) -> _Key:
    return (scenario.shuffle_seed, epoch, scenario.points) if scenario.order == "shuffled" else (0, 0, scenario.points)


def row_of(scenario: Scenario, n: int) -> int:
    """The data row (from 0) of iteration n."""
    epoch, point = divmod(n, scenario.points)
    return point if scenario.order == "given" else int(order(scenario, epoch + 1).rows[point])


def turn_of(scenario: Scenario, row: int, epoch: int) -> int:
    """The iteration in which a data row (from 0) has its turn in an epoch (from 0)."""
    place = row if scenario.order == "given" else int(order(scenario, epoch + 1).places[row])
    return epoch * scenario.points + place


def rows_of(scenario: Scenario, first: int, stop: int) -> Rows:
    """The data rows (from 0) of the iterations first … stop − 1."""
    points, parts = scenario.points, [np.empty(0, np.intp)]
    while first < stop:
        epoch, point = divmod(first, points)
        until = min(points, point + stop - first)
        parts.append(order(scenario, epoch + 1).rows[point:until])
        first += until - point
    return np.concatenate(parts)


def last_turns(scenario: Scenario, n: int, rows: Rows | None = None) -> Iterations:
    """For each data row (of all, or of some, from 0) the last iteration ≤ n that it was used in; NO_TURN before its first."""
    epoch = n // scenario.points
    turns = _turns(scenario, epoch, rows)
    later = turns > n
    if later.any():
        turns[later] = _turns(scenario, epoch - 1, rows)[later] if epoch > 0 else NO_TURN
    return turns


def next_turns(scenario: Scenario, n: int, rows: Rows | None = None) -> Iterations:
    """For each data row the first iteration after n that it is used in; NO_TURN where the run ends before."""
    epoch = n // scenario.points
    turns = _turns(scenario, epoch, rows)
    past = turns <= n
    if past.any():
        turns[past] = _turns(scenario, epoch + 1, rows)[past] if epoch + 1 < scenario.epochs else NO_TURN
    return turns


def _turns(scenario: Scenario, epoch: int, rows: Rows | None) -> Iterations:
    """The iterations of some rows in an epoch, from 0."""
    places = order(scenario, epoch + 1).places
    turns: Iterations = epoch * scenario.points + (places if rows is None else places[rows]).astype(np.int64)
    return turns
