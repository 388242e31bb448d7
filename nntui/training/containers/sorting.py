"""Sorting rows by keys, in slices of a few milliseconds, so that the app answers the keyboard while a million are sorted."""

from collections.abc import Generator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Result = TypeVar("Result")
Rows = NDArray[np.intp]
"""Data rows, from 0."""

ROWS_PER_SLICE = 1 << 16  # rows that are sorted within a few milliseconds
_SAMPLE, _EACH = 1 << 12, 1 << 7  # keys in the sample from which the bounds of the parts are taken, and those of one part


def sort_rows(points: int, keys: Sequence[NDArray[Any]]) -> Generator[None, None, Rows]:
    """The rows 0 … points − 1 sorted by the first key, ties by the next, then by row; ascending, nan last.

    A key of 16-bit integers is always sorted in one slice, which is fast enough. Up to ROWS_PER_SLICE rows are one slice.
    """
    order: Rows = np.arange(points)
    for key in reversed(keys):
        if points <= ROWS_PER_SLICE or key.dtype.itemsize <= 2:
            order = order[np.argsort(key[order], kind="stable")]
        else:
            order = yield from _in_parts(key, order)
    return order


def run_slices(slices: Generator[None, None, Result]) -> Result:
    """Runs a sliced computation to its end; its result."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            result: Result = end.value
            return result


def _in_parts(key: NDArray[Any], order: Rows) -> Generator[None, None, Rows]:
    """A stable bucket sort: bounds from a sample of the keys divide the rows into parts of similar size, each sorted alone."""
    cuts = np.sort(key[:: len(key) // _SAMPLE])[_EACH::_EACH]
    part = np.empty(len(order), np.uint8)
    for start in range(0, len(order), ROWS_PER_SLICE):
        some = order[start : start + ROWS_PER_SLICE]
        part[start : start + ROWS_PER_SLICE] = np.searchsorted(cuts, key[some], side="right")
        yield
    parts = []
    for number in range(len(cuts) + 1):
        rows = order[np.flatnonzero(part == number)]
        parts.append(rows[np.argsort(key[rows], kind="stable")])
        yield
    return np.concatenate(parts)
