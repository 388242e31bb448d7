"""Long rows of numbers in little memory: smallest and largest of any stretch, against a plain scan."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.training.containers.series import Series
from tests.strategies import examples

numbers = st.one_of(st.floats(-1e3, 1e3), st.sampled_from([math.nan, math.inf, -math.inf, 0.0, -0.0, 1e308]))


def scan(values, width, size, count, start, stop, first=0):
    """What `columns` says it gives: each run of `width` numbers counts for the stretch that it begins in."""
    low, high = [math.nan] * count, [math.nan] * count
    for begin in range(0, len(values), width):
        if max(start, first) <= begin < min(stop, first + size):
            column = (begin - first) * count // size
            for value in values[begin : begin + width]:
                low[column] = min_of(low[column], value)
                high[column] = -min_of(-high[column], -value)
    return low, high


def min_of(a, b):
    if math.isnan(a):
        return b
    return a if math.isnan(b) or a < b else b


@examples(300)
@given(
    st.lists(st.lists(numbers, max_size=40), max_size=12),
    st.integers(1, 17),
    st.integers(1, 500),
    st.integers(1, 30),
    st.tuples(st.integers(0, 500), st.integers(0, 500)).map(sorted),
    st.integers(0, 300),
)
def test_columns_are_those_of_a_plain_scan(pieces, capacity, size, count, part, window):
    series, values = Series(capacity), []
    for piece in pieces:
        series.extend(np.array(piece))
        values += piece
        assert series.length == len(values)
        assert series._runs <= capacity
        for start, stop, first in ((0, size, 0), (*part, 0), (*part, window), (0, 1000, window)):
            low, high = series.columns(size, count, start, stop, first)
            expected = scan(values, series.width, size, count, start, stop, first)
            np.testing.assert_array_equal(low, expected[0])
            np.testing.assert_array_equal(high, expected[1])


@pytest.mark.parametrize("chunk", [1, 3, 64, 1000])
def test_every_stage_of_coarsening(chunk):
    values = np.random.default_rng(0).normal(size=1000)
    values[[5, 17, 500, 998]] = [np.nan, np.inf, -np.inf, np.nan]
    series, widths = Series(capacity=30), set()
    for begin in range(0, len(values), chunk):
        series.extend(values[begin : begin + chunk])
        seen = values[: series.length].tolist()
        widths.add(series.width)
        low, high = series.columns(1000, 7, 0, len(seen))
        expected = scan(seen, series.width, 1000, 7, 0, len(seen))
        np.testing.assert_array_equal(low, expected[0])
        np.testing.assert_array_equal(high, expected[1])
        assert np.nanmin(low) == np.nanmin(seen)
        assert np.nanmax(high) == np.nanmax(seen)
    assert series.width == 64
    if chunk == 1:
        assert widths == {1, 2, 4, 8, 16, 32, 64}


def test_numbers_are_given_back_as_they_were_while_there_is_room():
    series = Series(capacity=100)
    values = np.random.default_rng(0).normal(size=100)
    for part in np.array_split(values, 7):
        series.extend(part)
    assert series.exact(0, 100).tolist() == values.tolist()
    assert series.exact(13, 40).tolist() == values[13:40].tolist()
    assert series.exact(90, 200).tolist() == values[90:].tolist()
    assert len(series.exact(100, 101)) == 0
    series.extend(np.array([1.0]))
    assert series.exact(0, 10) is None


def test_what_is_given_back_is_a_copy():
    series = Series()
    series.extend(np.ones(3))
    series.exact(0, 3)[:] = 7
    assert series.exact(0, 3).tolist() == [1, 1, 1]


def test_an_empty_row():
    low, high = Series().columns(10, 4, 0, 10)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_a_million_numbers_take_the_room_of_the_capacity():
    series = Series(capacity=1000)
    values = np.random.default_rng(0).normal(size=1_000_000)
    for part in np.array_split(values, 50):
        series.extend(part)
        assert series._low.size <= 1000
        assert series._high.size <= 1000
    assert series.length == 1_000_000
    assert series.width == 1024
    low, high = series.columns(1_000_000, 1, 0, 1_000_000)
    assert (low[0], high[0]) == (values.min(), values.max())
