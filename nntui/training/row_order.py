"""Which data row each iteration uses, and when a row has its turn: once in every epoch, by the order of that epoch."""

from collections import OrderedDict
from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from nntui.training.containers.sorting import Rows, run_slices, sort_rows
from nntui.training.draws.epoch_orders import orders_of_epochs
from nntui.training.draws.random_draws import epoch_keys
from nntui.training.scenario import Scenario
from nntui.values import dataclass

Iterations = NDArray[np.int64]

NO_TURN = -1

_KEPT = 4  # stretches of epochs: that of the present step, its neighbours, and one that is computed
_STRETCH = 1 << 13  # data points of the epochs whose orders are made together


@dataclass(frozen=True, slots=True, eq=False)
class RowOrder:
    """One epoch. rows: the data row (from 0) of each point; places: the point (from 0) of each row, NO_TURN if held out."""

    rows: Rows
    places: Rows


class RowOrders:
    """The orders of all epochs of a run, and of its forks: a function of its points, its seed and its epochs alone.

    A cache. Short epochs are made many at once; of a long one, a million rows take a tenth of a second.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.points, self.epochs = scenario.points, scenario.epochs
        self._trained, self._data_rows = scenario.trained, scenario.rows
        self._seed = scenario.shuffle_seed
        self._shuffled = scenario.order == "shuffled"
        self._together = max(_STRETCH // self.points, 1)  # epochs
        self._stretches: OrderedDict[int, Rows] = OrderedDict()  # rows by epoch (from 0) and point, by the stretch's number
        self._places: OrderedDict[int, RowOrder] = OrderedDict()  # by epoch, from 1

    # --- one epoch

    def order(self, epoch: int) -> RowOrder:
        """The order of an epoch, from 1."""
        return run_slices(self.shuffle(epoch))

    def is_shuffled(self, epoch: int) -> bool:
        """Whether the order of an epoch, from 1, is at hand."""
        return (epoch if self._shuffled else 0) in self._places

    def shuffle(self, epoch: int) -> Generator[None, None, RowOrder]:
        """The order of an epoch, from 1, made in slices where it is a long one, and kept."""
        key = epoch if self._shuffled else 0
        made = self._places.get(key)
        if made is None:
            rows = self._in_file((yield from self._rows(epoch)))
            places = rows
            if self._shuffled or self._trained is not None:
                places = np.full(self._data_rows, NO_TURN, np.intp)
                places[rows] = np.arange(self.points)
            made = self._places[key] = RowOrder(rows, places)
        _keep_last(self._places, key)
        return made

    def _in_file(self, trained: Rows) -> Rows:
        """The data rows of rows counted without those that are held out."""
        return trained if self._trained is None else self._trained[trained]

    def _rows(self, epoch: int) -> Generator[None, None, Rows]:
        """The rows of an epoch, from 1, in their order, counted without those that are held out."""
        if not self._shuffled:
            return np.arange(self.points)
        if self._together > 1:
            stretch, place = divmod(epoch - 1, self._together)
            rows: Rows = self._stretch(stretch)[place]
            return rows
        return (yield from sort_rows(self.points, [epoch_keys(self._seed, epoch, self.points)]))

    def _stretch(self, number: int) -> Rows:
        """The orders of a stretch of short epochs, (epochs, points), as `_rows`."""
        made = self._stretches.get(number)
        if made is None:
            made = self._stretches[number] = orders_of_epochs(
                self._seed, number * self._together + 1, self._together, self.points
            )
        _keep_last(self._stretches, number)
        return made

    # --- rows and turns

    def row_of(self, n: int) -> int:
        """The data row (from 0) of iteration n."""
        epoch, point = divmod(n, self.points)
        if self._shuffled and self._together == 1:
            return int(self.order(epoch + 1).rows[point])
        if self._shuffled:
            point = int(self._stretch(epoch // self._together)[epoch % self._together, point])
        return point if self._trained is None else int(self._trained[point])

    def turn_of(self, row: int, epoch: int) -> int:
        """The iteration in which a data row (from 0) has its turn in an epoch (from 0); NO_TURN of one that is held out."""
        simple = not self._shuffled and self._trained is None
        place = row if simple else int(self.order(epoch + 1).places[row])
        return NO_TURN if place == NO_TURN else epoch * self.points + place

    def rows_of(self, first: int, stop: int) -> Rows:
        """The data rows (from 0) of the iterations first … stop − 1."""
        if not self._shuffled:
            return self._in_file(np.arange(first, stop) % self.points)
        size, parts = self._together * self.points, [np.empty(0, np.intp)]
        while first < stop:
            number, begin = divmod(first, size)
            end = min(size, begin + stop - first)
            rows = self._in_file(self._stretch(number).ravel()) if self._together > 1 else self.order(number + 1).rows
            parts.append(rows[begin:end])
            first += end - begin
        return np.concatenate(parts)

    def last_turns(self, n: int, rows: Rows | None = None) -> Iterations:
        """For each data row (of all, or of some, from 0) the last iteration ≤ n that it was used in; NO_TURN before its first."""
        epoch = n // self.points
        turns = self._turns(epoch, rows)
        later = turns > n
        if later.any():
            turns[later] = self._turns(epoch - 1, rows)[later] if epoch > 0 else NO_TURN
        return turns

    def next_turns(self, n: int, rows: Rows | None = None) -> Iterations:
        """For each data row the first iteration after n that it is used in; NO_TURN where the run ends before."""
        epoch = n // self.points
        turns = self._turns(epoch, rows)
        past = turns <= n
        if past.any():
            turns[past] = self._turns(epoch + 1, rows)[past] if epoch + 1 < self.epochs else NO_TURN
        return turns

    def _turns(self, epoch: int, rows: Rows | None) -> Iterations:
        """The iterations of some rows in an epoch, from 0."""
        places = self.order(epoch + 1).places
        found = (places if rows is None else places[rows]).astype(np.int64)
        turns: Iterations = np.where(found == NO_TURN, NO_TURN, epoch * self.points + found)
        return turns


def _keep_last(cache: "OrderedDict[int, Rows] | OrderedDict[int, RowOrder]", key: int) -> None:
    """Marks an entry as the last that was used, and forgets those that were not used for longest."""
    cache.move_to_end(key)
    while len(cache) > _KEPT:
        cache.popitem(last=False)
