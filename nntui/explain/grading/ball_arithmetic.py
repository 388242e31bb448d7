"""Numbers that are known to a few digits only: a middle and a radius, worked with entry by entry.

What is made of balls holds every number that can be made of the numbers in them. The middles are those of the engine;
the radii are bounds, not bits of the contract.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from nntui.engine.arithmetic import Array, column_sums, quiet
from nntui.explain.notation.numerals import LARGE, SMALL
from nntui.text.decimal import TypedNumber

_ROUNDING = 2.0**-44  # of float64 in a sum, relative to the sizes of its terms; generous
_LEAST = 1e-307  # so that a unit of the least numbers is none of them, and never 0
_POWERS: Array = np.array([float(f"1e{n}") for n in range(-323, 309)])


@dataclass(frozen=True, slots=True, eq=False)
class Ball:
    """Numbers mid ± rad; both of one shape."""

    mid: Array
    rad: Array

    def __getitem__(self, index: int | slice | tuple[slice, ...]) -> "Ball":
        return Ball(np.asarray(self.mid[index]), np.asarray(self.rad[index]))

    def __add__(self, other: "Ball") -> "Ball":
        return Ball(self.mid + other.mid, self._sum_rad(other))

    def __sub__(self, other: "Ball") -> "Ball":
        return Ball(self.mid - other.mid, self._sum_rad(other))

    def _sum_rad(self, other: "Ball") -> Array:
        return np.asarray(self.rad + other.rad + _ROUNDING * (np.abs(self.mid) + np.abs(other.mid)))

    def __mul__(self, other: "Ball") -> "Ball":
        return Ball(self.mid * other.mid, _product_rad(self, other))

    def scaled(self, factor: float) -> "Ball":
        """factor · self."""
        return Ball(self.mid * factor, self.rad * abs(factor))

    @property
    def transposed(self) -> "Ball":
        """Rows as columns."""
        return Ball(self.mid.T, self.rad.T)

    def copy(self) -> "Ball":
        """The same in arrays that may be written to."""
        return Ball(self.mid.copy(), self.rad.copy())


def _product_rad(left: Ball, right: Ball) -> Array:
    return np.asarray(np.abs(left.mid) * right.rad + left.rad * (np.abs(right.mid) + right.rad))


def sums(left: Ball, right: Ball) -> Ball:
    """Σ_i left[i, c] · right[i] for every column c: (terms, columns), (terms,) → (columns,)."""
    size = np.abs(right.mid)
    rad = np.abs(left.mid).T @ (right.rad + _ROUNDING * size) + left.rad.T @ (size + right.rad)
    return Ball(column_sums(left.mid, right.mid), rad)


def total(terms: Ball) -> Ball:
    """The sum of a list, shape (1,)."""
    return sums(Ball(terms.mid[:, None], terms.rad[:, None]), exact(np.ones(len(terms.mid))))


# --- how far the digits reach


def unit(values: Array) -> Array:
    """The last digit that counts of each number: the fourth decimal, of a small number the second digit, as on screen;
    of one that is 10,000 or more the fifth.
    """
    size = np.abs(values)
    result = np.full(size.shape, 1e-4)
    for odd, share in ((((size < SMALL) & (size > 0.0)), 0.1), ((size >= LARGE) & (size < np.inf), 1e-4)):
        if odd.any():
            result[odd] = _POWERS[np.searchsorted(_POWERS, size[odd], side="right") - 1] * share
    return np.asarray(np.maximum(result, _LEAST))


def exact(values: Array) -> Ball:
    """Numbers that are known whole."""
    return Ball(values, np.zeros(values.shape))


def shown(values: Array) -> Ball:
    """Numbers of which somebody may know no more than the digits that count: wide enough for both."""
    last = unit(values)
    with quiet():
        return Ball(values, np.abs(np.rint(values / last) * last - values))


def may_be_rounded(ball: Ball) -> Array:
    """How much wider a ball gets where its numbers may have been rounded to the digits that count; 0 for a 1, say."""
    last = unit(ball.mid)
    return np.where(ball.rad <= 1e-6 * last, shown(ball.mid).rad, 0.5 * last)


def tolerance(typed: TypedNumber, middle: float) -> float:
    """How far a typed number may lie from `middle` by rounding alone: half its last digit, or half the last that counts."""
    return max(typed.half, 0.5 * float(unit(np.array([middle]))[0]))


def fits(typed: TypedNumber, middle: float, radius: float) -> bool:
    """Whether a typed number may be a rounding of one in middle ± radius. What is not finite must be the very same."""
    if not (isfinite(typed.value) and isfinite(middle)):
        return typed.value == middle or (typed.value != typed.value and middle != middle)
    if not isfinite(radius):
        return True  # nothing can be said of it
    slack = tolerance(typed, middle) + radius
    return abs(typed.value - middle) <= slack * (1.0 + 1e-9) + 1e-15 * abs(middle)
