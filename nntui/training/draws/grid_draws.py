"""Numbers for a pencil: multiples of a grid, drawn from NumPy's raw bit stream, the same in every year.

A student's seed is the first 53 bits of SHA-256 of the key, a zero byte, and their id. The n-th draw (from 0) takes its
numbers from PCG64(SeedSequence([seed, n])): with u = (raw >> 11)·2⁻⁵³ and m multiples of the grid in 0 … range, the
multiple is ⌊u·(2m + 1)⌋ − m, or of numbers other than 0 ⌊u·2m⌋ − m, one higher from 0 on.
"""

from decimal import Decimal
from hashlib import sha256
from math import floor

import numpy as np

from nntui.engine.arithmetic import Array


def seed_of(key: str, student: str) -> int:
    """0 … 2⁵³ − 1, from the key and the id alone."""
    return int.from_bytes(sha256(f"{key}\0{student}".encode()).digest()[:8], "big") >> 11


class GridDraws:
    """A stream of multiples of `grid` in −range … range, each the float64 nearest to its decimal."""

    def __init__(self, seed: int, draw: int, grid: float, most: float) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, draw]))
        self._grid = Decimal(repr(grid))
        self._steps = floor(Decimal(repr(most)) / self._grid)

    def numbers(self, count: int, zero: bool) -> Array:
        """The next numbers, shape (count,); zero: whether 0 may be among them."""
        raw = np.asarray(self._bits.random_raw(count), dtype=np.uint64)
        u = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
        return np.array([float(self._grid * self._multiple(float(share), zero)) for share in u], dtype=np.float64)

    def _multiple(self, share: float, zero: bool) -> int:
        if zero:
            return floor(share * (2 * self._steps + 1)) - self._steps
        multiple = floor(share * 2 * self._steps) - self._steps
        return multiple + 1 if multiple >= 0 else multiple
