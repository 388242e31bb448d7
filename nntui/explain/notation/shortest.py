"""What `repr` gives of each of many numbers, byte for byte, in a third of the time.

repr writes the fewest digits that are read as the same float64, and of those the nearest to it. Let v > 0 with
10^e ≤ v < 10^(e+1) and s = v · 10^(16−e), which has 17 digits before its point; let g be half the gap between v and the
next float64, · 10^(16−e). A number of 17 − j digits is read as v if its distance from s is less than g. As 0.5 < g < 11.2:

    17 digits   the whole number nearest to s always is
    16 digits   the multiple of 10 nearest to s is, or none
    fewer       the multiple of 100 nearest to s is, or none; its zeros at the end are left out

The product of two float64 is exactly a sum of two (Dekker, A floating-point technique for extending the available
precision, 1971), and a power of ten is a sum of two to within 2⁻¹⁰⁶ of itself: so s is known to within 10⁻¹³, and a
comparison whose sides differ by more than `_UNSURE` is certain. repr decides the others, and writes what is rare.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array
from nntui.values import dataclass

_FEWEST = 256  # numbers: fewer take `repr` less time
_MOST = 1 << 13  # numbers that are written together, which bounds the memory
_LEAST, _BEYOND = 1e-280, 10.0  # absolute values of the numbers whose digits are found here; repr writes others
_POWER = 0x7FF << 52  # the bits of the power of two in a float64
_SPLIT = 134217729.0  # 2²⁷ + 1: splits 53 bits into two halves
_UNSURE = 1e-9
_SEVENTEEN = 10**16  # the least number of 17 digits
_WIDTH = 32  # bytes of a number: sign, 5 of "0.000", digit, point, 16 digits, 5 of an exponent, comma, blank, 1 spare
_POINT, _DIGITS, _EXPONENT, _COMMA = 7, 8, 24, 29

Bytes = NDArray[np.uint8]
Truths = NDArray[np.bool_]
Wholes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """By −e: 10^(16−e) as high + low, and the bytes before and after the digits. By whole number < 10⁴: its four digits."""

    high: Array
    low: Array
    head: NDArray[np.uint64]
    tail: NDArray[np.uint64]
    four: NDArray[np.uint32]


def in_full(numbers: Array, lengths: list[int]) -> list[str]:
    """A text for each length, of that many of the numbers in their order, as `full` writes them, `, ` between them.

    numbers: (the sum of `lengths`,); each length is 1 or more.
    """
    if len(numbers) < _FEWEST or not np.isfinite(numbers).all():
        return joined(map(repr, numbers.tolist()), lengths)
    ends = np.cumsum(lengths) - 1
    texts = []
    for first in range(0, len(numbers), _MOST):
        written = _written(numbers[first : first + _MOST])
        last = ends[np.searchsorted(ends, first) : np.searchsorted(ends, first + _MOST)] - first
        written[last, _COMMA] = ord("\n")
        written[last, _COMMA + 1] = 0
        texts.append(written.tobytes().translate(None, b"\0"))
    return b"".join(texts).decode("ascii").split("\n")[:-1]


def joined(texts: Iterator[str], lengths: list[int]) -> list[str]:
    """A text for each length, of that many of the texts in their order, `, ` between them."""
    return [next(texts) if length == 1 else ", ".join(islice(texts, length)) for length in lengths]


def _written(signed: Array) -> Bytes:
    """The bytes of each number, with a comma and a blank behind it; bytes that are 0 are not meant."""
    tables = _tables()
    size = np.abs(signed)
    usual = (size >= _LEAST) & (size < _BEYOND)
    size[~usual] = 1.5
    # log10 may be one off beside a power of ten: then the digits are not 17, and repr is asked
    below = np.maximum(-np.floor(np.log10(size)), 0.0).astype(np.int64)
    digits, sixteen, fewer, sure = _digits(size, tables.high[below], tables.low[below])
    written = np.empty((len(signed), _WIDTH), np.uint8)
    words, fours = written.view(np.uint64), written.view(np.uint32)
    words[:, 0], words[:, 3] = tables.head[below], tables.tail[below]
    written[:, 0] = np.signbit(signed) * np.uint8(ord("-"))
    for place in range(5, 1, -1):
        rest = digits // 10_000
        fours[:, place] = tables.four[digits - rest * 10_000]
        digits = rest
    written[:, _POINT - 1] = digits + ord("0")
    written[sixteen, _EXPONENT - 1] = 0
    found = usual & sure
    _strip(written, np.flatnonzero(found & fewer), found)
    _write_others(written, signed, found)
    return written


def _digits(size: Array, high: Array, low: Array) -> tuple[Wholes, Truths, Truths, Truths]:
    """The 17 digits of each size · (high + low), the last of them 0 where 16 are enough, the last two where fewer are.

    And where 16 are enough, where fewer are, and where all three are certain.
    """
    product = size * high
    a, b = _halves(size)
    c, d = _halves(high)
    rest = ((a * c - product) + a * d + b * c) + b * d + size * low
    whole = np.rint(rest)
    rest -= whole
    power = (size.view(np.int64) & _POWER).view(np.float64)  # 2^⌊log₂ size⌋: the gap on both sides is 2⁻⁵² of it, but of
    gap = power * (high * 2.0**-53)  # a power of 2 itself only half of that below
    digits = product.astype(np.int64) + whole.astype(np.int64)
    beyond = (digits - digits // 100 * 100) + rest  # how far it is from the multiple of 100 before it
    tens, hundreds = np.rint(beyond / 10.0) * 10.0, np.rint(beyond / 100.0) * 100.0
    ten, hundred = np.abs(beyond - tens), np.abs(beyond - hundreds)
    sixteen, fewer = ten < gap, hundred < gap
    sure = (np.minimum(np.abs(ten - gap), np.abs(hundred - gap)) > _UNSURE) & (size != power)
    sure &= np.maximum(ten - 4.5, np.abs(rest)) < 0.5 - _UNSURE
    sure &= (digits >= _SEVENTEEN + 100) & (digits < 10 * _SEVENTEEN - 100)
    nearest = np.where(fewer, hundreds, np.where(sixteen, tens, beyond))
    return digits + np.rint(nearest - beyond).astype(np.int64), sixteen, fewer, sure


def _halves(numbers: Array) -> tuple[Array, Array]:
    """The upper 26 bits of each number, and the rest."""
    large = numbers * _SPLIT
    upper = large - (large - numbers)
    return upper, numbers - upper


def _strip(written: Bytes, rows: Wholes, found: Truths) -> None:
    """Takes the zeros at the end of these rows away; of a row where nothing but zeros follows the point, `found` is false."""
    digits = written[rows, _DIGITS:_EXPONENT]
    kept = digits > ord("0")
    zeros = kept[:, ::-1].argmax(axis=1)
    digits[np.arange(_EXPONENT - _DIGITS, 0, -1) <= zeros[:, None]] = 0
    written[rows, _DIGITS:_EXPONENT] = digits
    found[rows[~kept.any(axis=1)]] = False


def _write_others(written: Bytes, signed: Array, found: Truths) -> None:
    """Writes the zeros, and what is left to `repr`."""
    zero = signed == 0.0
    written[zero, 1:_COMMA] = np.frombuffer(b"0.0".ljust(_COMMA - 1, b"\0"), np.uint8)
    others = np.flatnonzero(~(found | zero))
    if len(others):
        texts = np.array(list(map(repr, signed[others].tolist())), f"S{_COMMA}")
        written[others, :_COMMA] = texts.view(np.uint8).reshape(len(others), _COMMA)


@cache
def _tables() -> _Tables:
    high, low, head, tail = [], [], [], []
    for below in range(283):
        power = 10 ** (16 + below)
        high.append(float(power))
        low.append(float(power - int(float(power))))
        zeros, point = (b"0." + b"0" * (below - 1), b"") if 0 < below < 5 else (b"", b".")
        head.append(b"\0" + zeros.ljust(_POINT - 1, b"\0") + point.ljust(1, b"\0"))
        tail.append((b"" if below < 5 else b"e-%02d" % below).ljust(_COMMA - _EXPONENT, b"\0") + b", \0")
    four = np.array([b"%04d" % n for n in range(10_000)])
    before, after = (np.frombuffer(b"".join(rows), np.uint64) for rows in (head, tail))
    return _Tables(np.array(high), np.array(low), before, after, four.view(np.uint32))
