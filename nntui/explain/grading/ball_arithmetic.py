"""Midpoint-radius (ball) arithmetic: numbers that are known to a few digits only, as a middle and a radius each.

The result of an operation on balls contains every number that the operation can give for numbers in them. The middles
are the bits of the engine; the radii are bounds. See S. M. Rump, "Fast and parallel interval arithmetic", BIT 39 (1999).
"""

from bisect import bisect_right
from math import isfinite

import numpy as np

from nntui.engine.arithmetic import Array, column_sums, quiet
from nntui.explain.notation.numerals import LARGE, SMALL
from nntui.text.decimal import TypedNumber
from nntui.values import dataclass

_ROUNDING = 2.0**-44  # bound on the rounding of a float64 sum, relative to the sizes of its terms; much more than it is
_WHOLE = 0.5  # half a unit of a number without decimals
_LEAST = 1e-307  # the last digit of the smallest numbers is taken to be this, never 0
_FEW = 32  # numbers that take less time one by one than as an array
_POWERS: Array = np.array([float(f"1e{n}") for n in range(-323, 309)])
_POWER_LIST: list[float] = _POWERS.tolist()


@dataclass(frozen=True, slots=True, eq=False)
class Ball:
    """Numbers mid ± rad; both arrays have the same shape."""

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
        """A copy whose arrays may be written to."""
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


# --- how many digits are known


def last_digit(values: Array) -> Array:
    """The value of the last digit that counts, as on screen, same shape.

    It is the fourth decimal; of a number below 0.001 its second digit, of one from 10,000 on its fifth.
    """
    if values.size <= _FEW:
        return np.array([last_digit_of(value) for value in values.ravel().tolist()]).reshape(values.shape)
    size = np.abs(values)
    result = np.full(size.shape, 1e-4)
    for odd, share in ((((size < SMALL) & (size > 0.0)), 0.1), ((size >= LARGE) & (size < np.inf), 1e-4)):
        if odd.any():
            result[odd] = _POWERS[np.maximum(np.searchsorted(_POWERS, size[odd], side="right") - 1, 0)] * share
    return np.asarray(np.maximum(result, _LEAST))


def last_digit_of(value: float) -> float:
    """The value of the last digit that counts in one number: much quicker than `last_digit` of an array of one."""
    size = abs(value)
    if not (0.0 < size < SMALL or LARGE <= size < np.inf):
        return 1e-4
    power = _POWER_LIST[max(bisect_right(_POWER_LIST, size) - 1, 0)]
    return max(power * (0.1 if size < SMALL else 1e-4), _LEAST)


def exact(values: Array) -> Ball:
    """Numbers that are known exactly: radius 0."""
    return Ball(values, np.zeros(values.shape))


def shown(values: Array) -> Ball:
    """Numbers that may have been read off a screen: each ball contains the number and its rounding to the digits that count."""
    last = last_digit(values)
    with quiet():
        return Ball(values, np.abs(np.rint(values / last) * last - values))


def rounding_radius(ball: Ball) -> Array:
    """By how much the radius grows where numbers may have been rounded to the digits that count; 0 for a number such as 1.

    Shape as the ball.
    """
    last = last_digit(ball.mid)
    return np.where(ball.rad <= 1e-6 * last, shown(ball.mid).rad, 0.5 * last)


def tolerance(typed: TypedNumber, middle: float) -> float:
    """How far a typed number may lie from `middle` by rounding alone: half its last digit, or half the last digit that counts."""
    return max(typed.half, 0.5 * last_digit_of(middle))


def agrees(typed: TypedNumber, middle: float, radius: float) -> bool:
    """Whether a typed number may be a number in middle ± radius, rounded or cut. One that is not finite must be the same."""
    if not (isfinite(typed.value) and isfinite(middle)):
        return typed.value == middle or (typed.value != typed.value and middle != middle)
    if not isfinite(radius):
        return True  # every number is possible
    off = abs(typed.value - middle)
    slack = tolerance(typed, middle) + radius
    if off <= slack * (1.0 + 1e-9) + 1e-15 * abs(middle):
        return True
    return is_cut(typed, middle) and off < (2.0 * typed.half + radius) * (1.0 - 1e-9) - 1e-15 * abs(middle)


def is_cut(typed: TypedNumber, middle: float) -> bool:
    """Whether a typed number may be `middle` with its last digits cut off: it has decimals, and is the one nearer to 0."""
    if typed.half >= _WHOLE:
        return False
    return typed.value == 0.0 or (typed.value > 0.0) == (middle > typed.value)
