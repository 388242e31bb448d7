"""Numbers that are the same on every machine.

The laws of this module, and of everything built on it:

1. Only + − × ÷ √ of float64, comparison, and copying of bits. IEEE 754 fixes the result of each to the last
   bit; it fixes neither BLAS nor `np.exp`, `np.log`, `np.tanh`, whose last bits differ between processors.
2. Every sum starts at +0.0 and adds its terms one after the other, in index order.
3. `exp` and `log` are computed here from (1), each within 1 unit in the last place of the exact value.
4. A NaN has one bit pattern, 0x7ff8000000000000, wherever it is stored, hashed or shown (`canonical`).

NumPy adds the columns of a (terms, sums) array in index order as long as there are at least two; a single column it may
add pairwise, in another order. `column_sums` therefore never passes it a single column.

Functions here may raise floating-point flags; callers enter `quiet()` once for a whole data point, because entering it
costs as much as a small sum.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ldexp

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

NAN, INFINITY = float("nan"), float("inf")
_NAN_BITS = np.int64(0x7FF8000000000000)
_AT_ONCE = 1 << 20  # products held at a time: 8 MiB


def quiet() -> np.errstate:
    """A context in which overflow and nan are results like any other, not warnings."""
    return np.errstate(all="ignore")


def frozen(array: Array) -> Array:
    """The same array, made read-only."""
    array.flags.writeable = False
    return array


def canonical(array: Array) -> Array:
    """The array with every NaN in the pattern of law 4 (x86 and ARM make different ones); the same array if it has no other."""
    if array.size == 0 or not np.isnan(np.minimum.reduce(array)):  # the minimum of numbers with a nan is nan: no mask is needed
        return array
    nans = (array != array) & (array.view(np.int64) != _NAN_BITS)
    if not nans.any():
        return array
    copy = array.copy()
    copy[nans] = NAN
    return frozen(copy)


# --- sums -------------------------------------------------------------------------------------------------


def ordered_sum(terms: Array) -> float:
    """((0 + t₁) + t₂) + … for a 1-d array, of shape (0,) included."""
    if terms.size == 0:
        return 0.0
    return 0.0 + float(np.add.accumulate(terms)[-1])


def column_sums(left: Array, right: Array) -> Array:
    """Σ_i left[i, c] · right[i] for every column c, each added in the order of i.

    Shapes: left (terms, columns), right (terms,); result (columns,), a new array.
    """
    rows, columns = left.shape
    if rows * columns > _AT_ONCE and columns > (width := max(_AT_ONCE // rows, 2)):
        return np.concatenate([column_sums(left[:, c : c + width], right) for c in range(0, columns, width)])
    products = np.empty((rows, columns if columns > 1 else 2))
    np.multiply(left, right[:, None], products)
    sums: Array = np.add.reduce(products, 0, initial=0.0)
    return sums if columns > 1 else sums[:1]


# --- exp --------------------------------------------------------------------------------------------------
#
# x = k ln 2 + r with |r| ≤ ½ ln 2, and exp x = 2^k · exp r. ln 2 is kept in two parts so that k · _LN2_HI is
# exact; what r cannot hold is kept in `error`. exp r − 1 = r + (r²/2! + … + r¹⁴/14!), each term the one before
# times r/n, added from the largest on; the remainder is under 1e-19. `ldexp` is IEEE's scaleB: rounded once.
# The constants are arrays of no dimension because NumPy converts a Python float at every call. A few numbers are
# computed one by one, with the same operations in the same order, hence to the same bits, in a third of the time.

_INVERSE_LN2 = float.fromhex("0x1.71547652b82fep+0")
_LN2_HI = float.fromhex("0x1.62e42feep-1")
_LN2_LO = float.fromhex("0x1.a39ef35793c76p-33")
_LOWEST, _HIGHEST = -746.0, 710.0
_FEW = 3
_INVERSE_LN2_0, _LN2_HI_0, _LN2_LO_0 = np.array(_INVERSE_LN2), np.array(_LN2_HI), np.array(_LN2_LO)
_LOWEST_0, _HIGHEST_0, _ONE_0 = np.array(_LOWEST), np.array(_HIGHEST), np.array(1.0)
_COUNTS = tuple(float(n) for n in range(2, 15))
_COUNT: Array = np.arange(1.0, 15.0)[:, None]


def _split(x: Array) -> tuple[Array, Array, NDArray[np.int64]]:
    """x = k ln 2 + r in [−746, 710] as (r, exp(r) − 1 − r, k), more than one number. A nan makes r nan; its k does not matter."""
    k = x * _INVERSE_LN2_0
    np.rint(k, k)
    high = k * _LN2_HI_0
    np.subtract(x, high, high)
    low = k * _LN2_LO_0
    r = high - low
    error = np.subtract(high, r, high)
    error -= low
    terms = r / _COUNT
    np.multiply.accumulate(terms, 0, None, terms)
    rest: Array = np.add.reduce(terms[1:], 0)
    rest += error
    return r, rest, k.astype(np.int64)


def _split_one(x: float) -> tuple[float, float, int]:
    """`_split` of one number that is not nan."""
    k = round(x * _INVERSE_LN2)
    high = x - k * _LN2_HI
    low = k * _LN2_LO
    r = high - low
    term, rest = r, 0.0
    for n in _COUNTS:
        term *= r / n
        rest += term
    return r, rest + ((high - r) - low), k


def exp(x: Array) -> Array:
    """eˣ within 1 ulp for every float64 of a 1-d array; 0 and inf beyond the range, nan for nan."""
    if x.size <= _FEW:
        return np.array([_exp_one(value) for value in x.tolist()])
    x = np.maximum(x, _LOWEST_0)
    np.minimum(x, _HIGHEST_0, out=x)
    r, rest, k = _split(x)
    high = r + _ONE_0
    low = _ONE_0 - high
    low += r  # what the sum 1 + r lost
    low += rest
    high += low
    result: Array = np.ldexp(high, k, high)
    return result


def _exp_one(x: float) -> float:
    if x != x:
        return x
    r, rest, k = _split_one(min(max(x, _LOWEST), _HIGHEST))
    high = r + 1.0
    try:
        return ldexp(high + (((1.0 - high) + r) + rest), k)
    except OverflowError:
        return INFINITY


def exp_minus_one(x: Array) -> Array:
    """eˣ − 1 for x ≤ 0: (2^k − 1) + 2^k (exp r − 1), so that no digits are lost near 0 (1 ulp)."""
    if x.size <= _FEW:
        return np.array([_exp_minus_one_of(value) for value in x.tolist()])
    r, rest, k = _split(np.maximum(x, _LOWEST_0))
    rest += r
    np.ldexp(rest, k, rest)
    rest += np.ldexp(_ONE_0, k) - _ONE_0
    return rest


def _exp_minus_one_of(x: float) -> float:
    if x != x:
        return x
    r, rest, k = _split_one(max(x, _LOWEST))
    return ldexp(rest + r, k) + (ldexp(1.0, k) - 1.0)


# --- log --------------------------------------------------------------------------------------------------
#
# x = 2^e · m with m in [√½, √2); f = m − 1, s = f/(2 + f), log m = 2 (s + s³/3 + s⁵/5 + …), arranged as in
# fdlibm: f − (f²/2 − s (f²/2 + R)), R = ⅔s² + ⅖s⁴ + …, so that the large part, f, is exact.

_SQRT_HALF = float.fromhex("0x1.6a09e667f3bcdp-1")
_ODD: Array = np.array([[float(Fraction(2, 2 * n + 1))] for n in range(1, 13)])


def log(x: Array) -> Array:
    """ln x within 1 ulp for a 1-d array of float64; −inf for 0, nan below."""
    mantissa, exponent = np.frexp(x)
    small = mantissa < _SQRT_HALF
    mantissa = np.where(small, mantissa * 2.0, mantissa)
    k = (exponent - small).astype(np.float64)
    f = mantissa - 1.0
    s = f / (2.0 + f)
    powers = np.empty((len(_ODD), x.size if x.size > 1 else 2))
    powers[:] = s * s
    np.multiply.accumulate(powers, axis=0, out=powers)
    powers *= _ODD
    series: Array = np.add.reduce(powers, axis=0, initial=0.0)[: x.size]
    half_square = 0.5 * (f * f)
    correction = s * (half_square + series) + k * _LN2_LO
    result = k * _LN2_HI - ((half_square - correction) - f)
    result = np.where(x == 0.0, -np.inf, np.where(x < 0.0, NAN, result))
    return np.where((x == np.inf) | (x != x), x, result)


def log1p(x: Array) -> Array:
    """ln(1 + x) for x ≥ 0, as x · ln(u)/(u − 1) with u = 1 + x (W. Kahan), which keeps the digits of a small x."""
    u = 1.0 + x
    exact = (u == 1.0) | (u == np.inf)
    return np.where(exact, x, x * (log(u) / np.where(exact, 1.0, u - 1.0)))


def as_array(values: Sequence[float] | Sequence[Sequence[float]] | Array) -> Array:
    """A read-only float64 copy."""
    return frozen(np.array(values, dtype=np.float64))
