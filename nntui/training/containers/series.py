"""A long series of numbers that can be plotted at any length and takes little memory.

Up to `capacity` numbers are kept as they are; beyond that, the smallest and the largest of each bin of 2, 4, 8 …
numbers. A nan is ignored if its bin has any other number.
"""

import numpy as np

from nntui.engine.arithmetic import Array, quiet

CAPACITY = 1 << 20


class Series:
    """Numbers that are appended at the end and read as the smallest and largest of any range."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self.length = 0
        self.width = 1  # numbers in a bin
        self._low: Array = np.empty(64)
        self._high: Array = self._low  # the same array as long as a bin is one number
        self._runs = 0
        self._rest: Array = np.empty(0)  # numbers of a bin that is not full yet

    def extend(self, values: Array) -> None:
        """Appends numbers, in order."""
        self.length += len(values)
        values = np.concatenate([self._rest, values])
        while True:
            whole = len(values) // self.width
            if self._runs + whole <= self.capacity:
                break
            values = self._coarsen(values)
        runs = values[: whole * self.width].reshape(whole, self.width)
        self._rest = values[whole * self.width :]
        with quiet():
            self._append(np.fmin.reduce(runs, axis=1), np.fmax.reduce(runs, axis=1))

    def beginning(self, length: int, rest: Array) -> "Series":
        """A new series with the first `length` numbers of this one; a fork appends its own to it.

        rest: the last length % width of them, which this series may have only as part of a full bin.
        """
        other = Series(self.capacity)
        other.length, other.width = length, self.width
        other._runs = length // self.width
        other._low = self._low[: other._runs].copy()
        same = self._high is self._low
        other._high = other._low if same else self._high[: other._runs].copy()
        other._rest = rest
        return other

    def exact(self, start: int, stop: int) -> Array | None:
        """The numbers start … stop − 1, as many as there are; None if only bins are kept."""
        return self._low[start : min(stop, self._runs)].copy() if self.width == 1 else None

    def columns(self, size: int, count: int, start: int, stop: int, first: int = 0) -> tuple[Array, Array]:
        """Smallest and largest of each of `count` equal parts of the places first … first + size − 1, each (count,).

        Only the numbers start … stop − 1 count; a part without any is nan. A bin that reaches into two parts counts for
        the one it begins in.
        """
        low, high = np.full(count, np.nan), np.full(count, np.nan)
        start, stop = max(start, first, 0), min(stop, first + size, self.length)
        begin, end = -(-start // self.width), min(-(-stop // self.width), self._runs)
        if end > begin:
            stretches = first - np.arange(count + 1, dtype=np.int64) * -size // count
            edges = np.clip(-(-stretches // self.width), begin, end)
            filled = np.flatnonzero(edges[:-1] < edges[1:])
            low[filled] = np.fmin.reduceat(self._low[begin:end], edges[filled] - begin)
            high[filled] = np.fmax.reduceat(self._high[begin:end], edges[filled] - begin)
        rest = self._runs * self.width
        if self._rest.size and start <= rest < stop:
            last = (rest - first) * count // size
            low[last] = np.fmin(low[last], np.fmin.reduce(self._rest))
            high[last] = np.fmax(high[last], np.fmax.reduce(self._rest))
        return low, high

    def _append(self, low: Array, high: Array) -> None:
        needed = self._runs + len(low)
        if needed > len(self._low):
            size = min(max(needed, 2 * len(self._low)), self.capacity)
            same = self._high is self._low
            self._low = np.concatenate([self._low[: self._runs], np.empty(size - self._runs)])
            self._high = self._low if same else np.concatenate([self._high[: self._runs], np.empty(size - self._runs)])
        self._low[self._runs : needed] = low
        self._high[self._runs : needed] = high
        self._runs = needed

    def _coarsen(self, values: Array) -> Array:
        """Makes bins twice as wide; an odd last bin is put back in front of `values`, which are still to be appended."""
        pairs = self._runs // 2
        back = np.empty(0)
        if self._runs % 2:
            last = self._runs - 1
            back = np.resize(np.array([self._low[last], self._high[last]]), self.width)
            back = back if self.width > 1 else self._low[last : last + 1].copy()
        kept = 2 * pairs
        low = np.fmin.reduce(self._low[:kept].reshape(pairs, 2), axis=1)
        high = np.fmax.reduce(self._high[:kept].reshape(pairs, 2), axis=1)
        self._low, self._high, self._runs = low, high, pairs
        self.width *= 2
        return np.concatenate([back, values])
