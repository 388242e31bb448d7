"""A number as somebody typed it: its value, and how much rounding its digits allow."""

import re
from dataclasses import dataclass
from math import isfinite

from nntui.text.safe import quoted

MOST_DIGITS = 400  # characters of a number
_PLAIN = re.compile(r"[+-]?(?:[0-9]++(?:\.([0-9]*+))?|\.([0-9]++))(?:[eE]([+-]?[0-9]{1,6}))?")
_NOT_FINITE = ("nan", "inf", "-inf")  # as a trace writes them
_FOUR = 0.5e-4
MINUS = "\N{MINUS SIGN}"


class NotANumber(ValueError):  # noqa: N818
    """A text that is not a number; the message says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number and half a unit of its last digit: ±0.005 for 0.37 and for 3.7e-1; 0 for nan, inf and -inf.

    A zero without decimals, or with an exponent, counts as 0.0000: nobody rounds 0.3775 to 0, or to 0.0e9.
    """

    value: float
    half: float


def read_typed(text: str) -> TypedNumber:
    """Reads a plain ASCII decimal, or nan, inf, -inf; NotANumber for anything else, and for what float64 cannot hold."""
    if text in _NOT_FINITE:
        return TypedNumber(float(text), 0.0)
    match = _PLAIN.fullmatch(text) if len(text) <= MOST_DIGITS else None
    if match is None:
        raise NotANumber(f"{quoted(text) if text else 'nothing'} is no number; expected one such as 0.37 or -2.5e-3")
    value = float(text)
    if not isfinite(value):
        raise NotANumber(f"{quoted(text)} is beyond what float64 can hold; expected a finite number")
    decimals = len(match[1] or match[2] or "")
    half = float(f"5e{int(match[3] or 0) - decimals - 1}")
    return TypedNumber(value, min(half, _FOUR) if value == 0.0 and (not decimals or match[3]) else half)
