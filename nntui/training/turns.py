"""When a data row has its turn: in every epoch once, at a place that the order of the epoch gives."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.training.initial import Order, epoch_order
from nntui.training.scenario import Scenario

Iterations = NDArray[np.int64]
Rows = NDArray[np.intp]

NO_TURN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """One epoch. rows: the data row (from 0) of each point; places: the point (from 0) of each data row."""

    rows: Rows
    places: Rows


def sequence(scenario: Scenario, epoch: int) -> Sequence:
    """The order of an epoch, from 1."""
    given = scenario.order == "given"
    return _sequence(scenario.order, 0 if given else scenario.shuffle_seed, 0 if given else epoch, scenario.points)


@lru_cache(maxsize=3)  # the epoch one stands in, with its neighbours: a million rows take a tenth of a second to shuffle
def _sequence(order: Order, seed: int, epoch: int, points: int) -> Sequence:
    rows = epoch_order(order, seed, epoch, points)
    if order == "given":
        return Sequence(rows, rows)
    places = np.empty(points, np.intp)
    places[rows] = np.arange(points)
    return Sequence(rows, places)


def rows_of(scenario: Scenario, first: int, stop: int) -> Rows:
    """The data rows (from 0) of the iterations first … stop − 1."""
    points, parts = scenario.points, [np.empty(0, np.intp)]
    while first < stop:
        epoch, point = divmod(first, points)
        until = min(points, point + stop - first)
        parts.append(sequence(scenario, epoch + 1).rows[point:until])
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
    places = sequence(scenario, epoch + 1).places
    turns: Iterations = epoch * scenario.points + (places if rows is None else places[rows]).astype(np.int64)
    return turns
