"""Rows in the order of a key, in slices: a million of them are not sorted between two keys of the keyboard."""

from collections.abc import Generator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Result = TypeVar("Result")
Rows = NDArray[np.intp]
"""Data rows, from 0."""

AT_ONCE = 1 << 16  # rows that are sorted in a few milliseconds
_SAMPLE, _EACH = 1 << 12, 1 << 7  # keys that are looked at to cut the rest into parts, and how many of them a part has


def ranked(points: int, keys: Sequence[NDArray[Any]]) -> Generator[None, None, Rows]:
    """The rows 0 … points − 1 by the first key, equal ones by the next, then as they are; the smallest first, nan last.

    A key of small whole numbers (16 bits) takes no time to speak of. Yields between slices; up to AT_ONCE rows, never.
    """
    order: Rows = np.arange(points)
    for key in reversed(keys):
        if points <= AT_ONCE or key.dtype.itemsize <= 2:
            order = order[np.argsort(key[order], kind="stable")]
        else:
            order = yield from _in_parts(key, order)
    return order


def at_once(slices: Generator[None, None, Result]) -> Result:
    """What comes of all slices, one after the other."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            result: Result = end.value
            return result


def _in_parts(key: NDArray[Any], order: Rows) -> Generator[None, None, Rows]:
    """A stable sort: rows are cut by their keys into parts about as large as each other, and each part is sorted."""
    cuts = np.sort(key[:: len(key) // _SAMPLE])[_EACH::_EACH]
    part = np.empty(len(order), np.uint8)
    for start in range(0, len(order), AT_ONCE):
        some = order[start : start + AT_ONCE]
        part[start : start + AT_ONCE] = np.searchsorted(cuts, key[some], side="right")
        yield
    parts = []
    for number in range(len(cuts) + 1):
        rows = order[np.flatnonzero(part == number)]
        parts.append(rows[np.argsort(key[rows], kind="stable")])
        yield
    return np.concatenate(parts)
