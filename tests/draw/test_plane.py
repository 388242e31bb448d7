"""Heights and round numbers: whatever the numbers, nothing is drawn outside, and no label is longer than its room."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.charts.axes import LABEL, AxisScale, linear, logarithmic, nice
from nntui.explain.notation.numerals import MINUS
from tests.strategies import examples

wild = st.one_of(
    st.floats(-1e3, 1e3),
    st.floats(),
    st.sampled_from([0.0, -0.0, 5e-324, 1e-320, 1e308, -1e308, math.inf, -math.inf, math.nan]),
)


@examples(300)
@given(st.lists(wild, max_size=20), st.integers(2, 8), st.booleans())
def test_any_numbers_have_a_scale_with_labels_in_it(values, most, log):
    row = np.array(values, float)
    scale = logarithmic([row]) if log else linear([row])
    assert math.isfinite(scale.low) and math.isfinite(scale.high) and scale.low < scale.high
    heights = scale.heights(row)
    drawn = heights[np.isfinite(heights)]
    assert ((drawn >= scale.low) & (drawn <= scale.high)).all()
    assert np.isnan(heights).tolist() == np.isnan(row).tolist()
    ticks = scale.ticks(most)
    assert 1 <= len(ticks) <= most + 1
    off = 1e-9 * max(abs(scale.low), abs(scale.high))
    assert all(scale.low - off <= height <= scale.high + off for height, _ in ticks)
    assert all(len(text) <= LABEL for _, text in ticks), ticks
    if 1e-90 < max(abs(scale.low), abs(scale.high)) <= 1e3 * scale.step < 1e90:
        assert len({text for _, text in ticks}) == len(ticks)


@examples(200)
@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=20))
def test_labels_read_back_to_their_places(values):
    row = np.array(values)
    for scale in (linear([row]), logarithmic([row])):
        for height, text in scale.ticks(6):
            value = float(text.replace(MINUS, "-"))
            assert value == pytest.approx(10**height if scale.log else height, rel=1e-4, abs=scale.step * 1e-3)


def test_zeros_and_what_is_less_are_gaps_on_a_logarithmic_scale():
    heights = AxisScale(-3.0, 0.0, log=True).heights(np.array([0.0, -1.0, 0.01, np.nan, np.inf, 1e-9]))
    assert heights.tolist()[:3] == [np.inf, np.inf, -2.0]
    assert np.isnan(heights[3])
    assert heights.tolist()[4:] == [np.inf, -3.0]


def test_a_column_that_holds_a_zero_reaches_down_to_the_bottom():
    low, high = AxisScale(-3.0, 0.0, log=True).bands(np.array([0.0, -2.0, np.nan]), np.array([0.1, 0.0, np.nan]))
    assert (low[0], high[0]) == (-3.0, -1.0)
    assert np.isinf(high[1])
    assert np.isnan(low[2])


@examples(200)
@given(st.floats(1e-290, 1e290))
def test_nice_is_no_less_and_less_than_two_and_a_half_times(size):
    assert size * (1 - 1e-8) <= nice(size) <= 2.5 * size * (1 + 1e-8)
    digits = f"{nice(size):.6e}"
    assert digits[0] in "125"
    assert set(digits[2:8]) == {"0"}
