"""How numbers are written: four decimals, 3.2e-06, 0, and a true minus sign."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.equations.equation import EquationRow, Number
from nntui.explain.notation.numerals import ALL_DIGITS, FOUR, full, subscript, superscript


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.37750000000000006, "0.3775"),
        (0.5, "0.5000"),
        (-0.0381, "\u22120.0381"),
        (0.001, "0.0010"),
        (0.00099999, "1.0e-03"),
        (3.2e-06, "3.2e-06"),
        (-3.2e-06, "\u22123.2e-06"),
        (5e-324, "4.9e-324"),
        (0.0, "0"),
        (-0.0, "0"),
        (9999.0, "9999.0000"),
        (10000.0, "1.0e+04"),
        (-1.7976931348623157e308, "\u22121.8e+308"),
        (nan, "nan"),
        (inf, "inf"),
        (-inf, "\u2212inf"),
    ],
)
def test_four_decimals(value, text):
    assert FOUR.write(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.1"), (-0.1, "\u22120.1"), (-0.0, "0"), (5e-324, "5e-324"), (nan, "nan"), (-inf, "\u2212inf"), (1e16, "1e+16")],
)
def test_all_digits(value, text):
    assert ALL_DIGITS.write(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0.5"), (1.0, "1"), (-2.0, "\u22122"), (0.001, "0.001"), (1e-05, "1e-05"), (0.123456789, "0.1235")],
)
def test_a_constant_is_as_short_as_it_is(value, text):
    assert FOUR.write_short(value) == text


@pytest.mark.parametrize(
    ("value", "given", "sign"),
    [
        (0.5, False, "="),
        (0.12345, False, "≈"),
        (1e-05, False, "="),
        (1.23e-05, False, "≈"),
        (0.12345, True, "="),  # a constant has as many digits as it needs
        (0.123456789, True, "≈"),  # up to eight
        (nan, False, "="),
        (-inf, False, "="),
        (-0.0, False, "="),
    ],
)
def test_equals_only_where_every_number_is_written_whole(value, given, sign):
    assert EquationRow((Number(0.25), " · ", Number(value, given=given))).sign(FOUR) == sign


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (100.0, "100"),
        (-0.25, "\u22120.25"),
        (1.23456, "1.2346"),
        (-9999.5432, "\u22129999.54"),
        (0.00004, "4e-05"),
        (0.0, "0"),
        (-0.0, "0"),
        (123456.0, "1.23e+05"),
        (-9.995e99, "\u22121e+100"),
    ],
)
def test_a_number_of_the_data_takes_at_most_eight_cells(value, text):
    assert FOUR.brief(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_so_does_any_other(value):
    assert len(FOUR.brief(value)) <= 8
    assert (FOUR.brief(value) == "0") == (value == 0.0)


@given(st.floats(allow_nan=False))
def test_all_digits_read_back_to_the_same_number(value):
    assert float(full(value)) == value
    assert float(ALL_DIGITS.write(value).replace("\u2212", "-", 1)) == value


@given(st.floats(-1e300, 1e300))
def test_what_is_written_is_the_number_rounded(value):
    read = float(FOUR.write(value).replace("\u2212", "-", 1))
    half_a_unit = 0.5e-4 if 0.001 <= abs(value) < 10_000 else 0.06 * abs(value)
    assert abs(read - value) <= half_a_unit * (1 + 1e-9)
    assert (read == 0.0) == (value == 0.0)


def test_indices():
    assert superscript(1203) == "¹²⁰³"
    assert subscript(4096) == "₄₀₉₆"
