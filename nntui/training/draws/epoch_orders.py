"""The shuffled orders of many epochs at once: NumPy's SeedSequence and PCG64, worked side by side for all of them.

Each epoch e has a generator of its own, PCG64(SeedSequence([seed, e])), so that any epoch is reached without those
before it; making one takes NumPy as long as hundreds of small numbers. Here the same raw numbers are made for a
stretch of epochs by arrays, one entry an epoch. The algorithms: M. E. O'Neill, "PCG: A Family of Simple Fast
Space-Efficient Statistically Good Algorithms for Random Number Generation" (2014), variant XSL-RR 128/64, and her
"seed_seq_fe" (2015), as NumPy has fixed them for good.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
Halves = NDArray[np.uint64]
Generators = tuple[Halves, Halves, Halves, Halves]
"""State and increment of some generators, each of 128 bits, in an upper and a lower half."""

_POOL = 4
_INIT_A, _MULT_A, _INIT_B, _MULT_B = 0x43B0D7E5, 0x931E8875, 0x8B51F9DD, 0x58F38DED
_MIX_LEFT, _MIX_RIGHT = np.uint32(0xCA01F9DD), np.uint32(0x4973F715)
_SHIFT = np.uint32(16)
_MULTIPLIER_HIGH, _MULTIPLIER_LOW = np.uint64(2549297995355413924), np.uint64(4865540595714422341)
_LOW_32, _32, _58, _63, _1 = np.uint64(0xFFFFFFFF), np.uint64(32), np.uint64(58), np.uint64(63), np.uint64(1)


def keys_of_epochs(seed: int, first: int, count: int, points: int) -> Halves:
    """The raw numbers of the data rows in epochs first … first + count − 1, from 1: shape (count, points).

    Row i is PCG64(SeedSequence([seed, first + i])).random_raw(points). 0 ≤ seed < 2⁶⁴, epochs below 2³².
    """
    high, low, increment_high, increment_low = _seeded(seed, first, count)
    keys = np.empty((count, points), np.uint64)
    for point in range(points):
        high, low = _stepped(high, low, increment_high, increment_low)
        mixed, turn = high ^ low, high >> _58
        keys[:, point] = (mixed >> turn) | (mixed << ((np.uint64(64) - turn) & _63))
    return keys


def orders_of_epochs(seed: int, first: int, count: int, points: int) -> NDArray[np.intp]:
    """The data rows (from 0) in the order of each of those epochs: shape (count, points)."""
    return np.argsort(keys_of_epochs(seed, first, count, points), axis=1, kind="stable")


# --- SeedSequence


def _constants(first: int, multiplier: int) -> Iterator[np.uint32]:
    """The constants of the hash, one after the other."""
    while True:
        yield np.uint32(first)
        first = first * multiplier & 0xFFFFFFFF


def _hashed(value: Words, constants: Iterator[np.uint32], last: list[np.uint32]) -> Words:
    """One value mixed with the next two constants; the second of them is the first of the next value."""
    constant = last.pop()
    last.append(next(constants))
    value = (value ^ constant) * last[0]
    return value ^ (value >> _SHIFT)


def _seeded(seed: int, first: int, count: int) -> Generators:
    """The generators of some epochs as NumPy seeds them."""
    zero = np.zeros(count, np.uint32)
    words = [zero + np.uint32(seed & 0xFFFFFFFF)]
    if seed >> 32:
        words.append(zero + np.uint32(seed >> 32))
    words.append(np.arange(first, first + count, dtype=np.uint32))
    constants = _constants(_INIT_A, _MULT_A)
    last = [next(constants)]
    pool = [_hashed(word, constants, last) for word in (*words, zero, zero, zero)[:_POOL]]
    for source in range(_POOL):
        for target in range(_POOL):
            if source != target:
                mixed = _MIX_LEFT * pool[target] - _MIX_RIGHT * _hashed(pool[source], constants, last)
                pool[target] = mixed ^ (mixed >> _SHIFT)
    constants = _constants(_INIT_B, _MULT_B)
    last = [next(constants)]
    drawn = [_hashed(pool[i % _POOL], constants, last).astype(np.uint64) for i in range(2 * _POOL)]
    start_high, start_low, stream_high, stream_low = (drawn[i] | (drawn[i + 1] << _32) for i in range(0, 2 * _POOL, 2))
    return _begun(start_high, start_low, stream_high, stream_low)


# --- PCG64


def _begun(start_high: Halves, start_low: Halves, stream_high: Halves, stream_low: Halves) -> Generators:
    """State and increment as PCG64 begins with them: from state 0 one step, the start added, one step more."""
    increment_high = (stream_high << _1) | (stream_low >> _63)
    increment_low = (stream_low << _1) | _1
    high, low = _sum(increment_high, increment_low, start_high, start_low)
    high, low = _stepped(high, low, increment_high, increment_low)
    return high, low, increment_high, increment_low


def _stepped(high: Halves, low: Halves, increment_high: Halves, increment_low: Halves) -> tuple[Halves, Halves]:
    """State · multiplier + increment, modulo 2¹²⁸."""
    product_high = _high_product(low) + low * _MULTIPLIER_HIGH + high * _MULTIPLIER_LOW
    return _sum(product_high, low * _MULTIPLIER_LOW, increment_high, increment_low)


def _sum(high: Halves, low: Halves, other_high: Halves, other_low: Halves) -> tuple[Halves, Halves]:
    total = low + other_low
    return high + other_high + (total < low), total


def _high_product(low: Halves) -> Halves:
    """The upper 64 bits of low · (the lower half of the multiplier), by parts of 32 bits."""
    a, b = low >> _32, low & _LOW_32
    c, d = _MULTIPLIER_LOW >> _32, _MULTIPLIER_LOW & _LOW_32
    lower, middle, other = b * d, a * d, b * c
    carry = (lower >> _32) + (middle & _LOW_32) + (other & _LOW_32)
    product: Halves = a * c + (middle >> _32) + (other >> _32) + (carry >> _32)
    return product
