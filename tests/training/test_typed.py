"""A number as it was typed: its value and how far its digits reach."""

import pytest

from nntui.text.decimal import NotANumber, read_typed


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [
        ("0.37", 0.37, 0.005),
        ("3.7e-1", 0.37, 0.005),
        ("37E-2", 0.37, 0.005),
        ("-.5", -0.5, 0.05),
        ("+5.", 5.0, 0.5),
        ("120", 120.0, 0.5),
        ("1e5", 1e5, 5e4),
        ("0.370", 0.37, 0.0005),
        ("0.00", 0.0, 0.005),
        ("0.0", 0.0, 0.05),
        ("0", 0.0, 0.5e-4),
        ("-0e9", 0.0, 0.5e-4),
        ("0e-9", 0.0, 0.5e-9),
        ("0.0000000", 0.0, 0.5e-7),
        ("1e-999", 0.0, 0.0),
    ],
)
def test_value_and_half_a_unit_of_the_last_digit(text, value, half):
    typed = read_typed(text)
    assert (typed.value, typed.half) == (value, pytest.approx(half))


def test_what_is_not_finite_as_a_trace_writes_it():
    assert read_typed("inf").value == float("inf")
    assert read_typed("-inf").value == float("-inf")
    assert read_typed("nan").value != read_typed("nan").value


@pytest.mark.parametrize(
    "text", ["", " 1", "1 ", "1_0", "NaN", "Infinity", "+inf", "−1", "1,5", "e5", ".", "1e", "0x10", "١", "1" * 401]
)
def test_no_number(text):
    with pytest.raises(NotANumber, match="is no number; expected one such as"):
        read_typed(text)


@pytest.mark.parametrize("text", ["1e309", "-1e999999", "9" * 400])
def test_beyond_float64(text):
    with pytest.raises(NotANumber, match="is beyond what float64 can hold; expected a finite number"):
        read_typed(text)
