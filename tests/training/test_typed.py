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
        ("0,37", 0.37, 0.005),
        (",5", 0.5, 0.05),
        ("1,", 1.0, 0.5),
        ("−0.25", -0.25, 0.005),
        ("–0,25", -0.25, 0.005),
        ("+1", 1.0, 0.5),
        (" 1.0\t", 1.0, 0.05),
        ("\N{NO-BREAK SPACE}0.5\N{NARROW NO-BREAK SPACE}", 0.5, 0.05),
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
    "text", ["", " ", "1_0", "NaN", "Infinity", "+inf", "e5", ".", ",", "1e", "0x10", "١", "1,2,3", "--1", "1" * 401]
)
def test_no_number(text):
    with pytest.raises(NotANumber, match="is no number; expected one such as"):
        read_typed(text)


@pytest.mark.parametrize("text", ["1e309", "-1e999999", "9" * 400])
def test_beyond_float64(text):
    with pytest.raises(NotANumber, match="is beyond what float64 can hold; expected a finite number"):
        read_typed(text)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("1.234,5", "no mark between thousands, such as 1234.5"),
        ("1,234.5", "no mark between thousands"),
        ("1 234", "no mark between thousands"),
        ("1.234.567", "no mark between thousands"),
        ("3/4", "the quotient as a decimal, such as 0.75"),
        ("5 %", "a share of 1, such as 0.05 for 5%"),
        ("- 0.5", "the sign next to its digits"),
        ("2,5·10^-3", "a power of ten as 2.5e-3"),
    ],
)
def test_what_is_nearly_a_number_is_told_how_to_type_it(text, remedy):
    with pytest.raises(NotANumber, match="is no number; expected") as fault:
        read_typed(text)
    assert remedy in str(fault.value)


@pytest.mark.parametrize(("text", "decimals"), [("0.370", 3), ("12", 0), ("1e-3", 3), ("0,5e-3", 4), ("1e3", 0), ("nan", 0)])
def test_decimals(text, decimals):
    assert read_typed(text).decimals == decimals
