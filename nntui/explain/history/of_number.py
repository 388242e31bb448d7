"""The past of one number: a weight at the start and its last move; any other at the first and the last turn of its row.

The work is bounded: at most LOOKED data points are gone through again.
"""

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.fold import Wanted
from nntui.explain.equations.cells import ever_changes, known, value_of
from nntui.explain.equations.differences import last_visit
from nntui.explain.equations.inspect import origin
from nntui.training.address import Address, Moment
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.timeline import Timeline
from nntui.values import dataclass

LOOKED = 64  # data points before the present one at most
_WORK = 1 << 21  # weights touched at most


@dataclass(frozen=True, slots=True)
class WeightPast:
    """A weight over the run up to now.

    start: before the first data point; now: at this step. at: the update that moved it last, by `by`; None where none of
    the `looked` data points before did. fixed: training may not change it.
    """

    start: float
    now: float
    at: Address | None
    by: float
    looked: int
    fixed: bool


@dataclass(frozen=True, slots=True)
class RowPast:
    """A number at the first and at the last turn of its row before the present one, with the steps that made it there."""

    first: float
    first_at: Address
    last: float
    last_at: Address


Past = WeightPast | RowPast


def past_of(timeline: Timeline, frame: Frame, cell: Cell, near: int) -> Past | None:
    """The past of a number that is known; None where it has none.

    near: as many data points as may be computed at once.
    """
    if not known(frame, cell):
        return None
    if cell.kind in ("weight", "update"):
        return _weight_past(timeline, frame, cell, near)
    return _row_past(timeline, frame, cell, near)


def _weight_past(timeline: Timeline, frame: Frame, cell: Cell, near: int) -> WeightPast | None:
    network = timeline.scenario.network
    place = network.blocks[cell.layer - 1].place(cell.neuron, cell.sender)
    stop = frame.number + (cell.kind == "update")
    looked = min(stop, LOOKED, max(_WORK // network.parameters, 1))
    first = stop - looked
    start, now = float(timeline.state(0)[place]), value_of(frame, cell)
    if not ever_changes(frame, cell):
        return WeightPast(start, now, None, 0.0, looked, fixed=True)
    if timeline.distance(first) > near:
        return None
    near_by = max(first, stop - network.batch)  # the last batch, which moved most weights, is looked at before all others
    moved = _last_move(timeline, place, near_by, stop) or _last_move(timeline, place, first, near_by)
    if moved is None:
        return WeightPast(start, now, None, 0.0, looked, fixed=False)
    course = timeline.course
    at = course.address(moved[0] * course.length + course.offset(Moment("update", cell.layer, cell.neuron)))
    return WeightPast(start, now, at, moved[1], looked, fixed=False)


def _last_move(timeline: Timeline, place: int, first: int, stop: int) -> tuple[int, float] | None:
    """The last of the iterations first … stop − 1 whose update changed the weight at a place in theta, and by how much."""
    made = [one.weight for _, one in timeline.folded(first, stop, Wanted(weight=place)) if one.weight is not None]
    after: Array = np.concatenate([timeline.state(first)[place : place + 1], *made])
    for at in np.flatnonzero(np.diff(after) != 0.0)[::-1].tolist():
        before = float(timeline.state(first + at)[place])  # where a fork begins it may have been edited
        if after[at + 1] != before:
            return first + at, float(after[at + 1]) - before
    return None


def _row_past(timeline: Timeline, frame: Frame, cell: Cell, near: int) -> RowPast | None:
    if cell.kind in ("input", "y") or frame.number < timeline.course.points:
        return None
    course = timeline.course
    last = last_visit(frame, timeline.orders)
    first = timeline.orders.turn_of(frame.row - 1, 0) * course.length + frame.m
    if last is None or any(timeline.distance(course.iteration(step)) > near for step in (first, last)):
        return None
    values, places = [], []
    for step in (first, last):
        there = timeline.frame(step)
        values.append(value_of(there, cell))
        places.append(_made_at(there, cell))
    return RowPast(values[0], places[0], values[1], places[1])


def _made_at(frame: Frame, cell: Cell) -> Address:
    address = origin(frame, cell).address
    return address if address is not None else frame.address
