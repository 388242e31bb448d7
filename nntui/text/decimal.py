"""A number as somebody typed it: its value, and how far its digits reach.

Everywhere a person types a number, the same forms are read: a point or a comma before the decimals, - or the minus
sign U+2212 (which nntui prints itself) or the dash that spreadsheets make of it, a plus sign, spaces round it, those
that do not break a line included. What could be read in two ways is refused with the remedy.
"""

import re
from math import isfinite, log10

from nntui.text.regex import regex
from nntui.text.safe import quoted
from nntui.values import dataclass

MOST_DIGITS = 400  # characters of a number
MINUS = "\N{MINUS SIGN}"
BLANKS = " \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}"
_MINUSES = str.maketrans({MINUS: "-", "\N{EN DASH}": "-"})
_PLAIN = regex(r"[+-]?(?:[0-9]++(?:[.,]([0-9]*+))?|[.,]([0-9]++))(?:[eE]([+-]?[0-9]{1,6}))?")
_NOT_FINITE = ("nan", "inf", "-inf")  # as a trace writes them
_FOUR = 0.5e-4
# what people type that is nearly a number, and how it should be typed
_REMEDIES = (
    (regex(rf"[+-]?[0-9]{{1,3}}([{BLANKS}'][0-9]{{3}})+([.,][0-9]*)?"), "no mark between thousands, such as 1234.5"),
    (regex(r"[+-]?[0-9]{1,3}(\.[0-9]{3})*,[0-9]+|[+-]?[0-9]{1,3}(,[0-9]{3})*\.[0-9]+|[+-]?[0-9]{1,3}([.,][0-9]{3}){2,}"),
     "no mark between thousands, such as 1234.5"),
    (regex(r"[+-]?[0-9.,]+[ ]?/[ ]?[0-9.,]+"), "the quotient as a decimal, such as 0.75"),
    (regex(r"[+-]?[0-9.,]+[ ]?%"), "a share of 1, such as 0.05 for 5%"),
    (regex(r"[+-][ ]+[0-9.,]+([eE][+-]?[0-9]+)?"), "the sign next to its digits, such as -0.5"),
    (regex(r"[+-]?[0-9.,]+([ ]x[ ]|[ ]?([*·×]|\\cdot)[ ]?)10[ ]?\^?.*", re.DOTALL), "a power of ten as 2.5e-3"),
)  # fmt: skip


class NotANumber(ValueError):
    """A text that is no number; the message says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number and half a unit of its last digit: 0.37 is ±0.005, 3.7e-1 too. nan, inf and -inf have no digits.

    A zero without decimals is taken as 0.0000, one with an exponent too: nobody rounds 0.3775 to 0, or to 0.0e9.
    """

    value: float
    half: float

    @property
    def decimals(self) -> int:
        """Decimals that were typed; 0 where there are none, or where the number is not finite."""
        return max(-round(log10(2.0 * self.half)), 0) if self.half else 0


def read_typed(text: str) -> TypedNumber:
    """A decimal as people type it, or nan, inf, -inf; NotANumber for anything else and for what float64 cannot hold."""
    written = text.strip(BLANKS).translate(_MINUSES)
    if written in _NOT_FINITE:
        return TypedNumber(float(written), 0.0)
    match = _PLAIN.fullmatch(written) if len(written) <= MOST_DIGITS else None
    if match is None:
        raise NotANumber(f"{quoted(text) if text else 'nothing'} is no number; expected {_remedy(written)}")
    value = float(written.replace(",", "."))
    if not isfinite(value):
        raise NotANumber(f"{quoted(text)} is beyond what float64 can hold; expected a finite number")
    decimals = len(match[1] or match[2] or "")
    half = float(f"5e{int(match[3] or 0) - decimals - 1}")
    return TypedNumber(value, min(half, _FOUR) if value == 0.0 and (not decimals or match[3]) else half)


def significant_digits(text: str) -> int:
    """Digits of a decimal as it is written, counted from the first that is not 0: 3 of 0.0150, 0 of 0.0."""
    mantissa = re.split(r"[eE]", text.strip(BLANKS))[0]
    return len("".join(re.findall(r"[0-9]", mantissa)).lstrip("0"))


def _remedy(written: str) -> str:
    """How the text should be typed, where that can be told."""
    if len(written) <= MOST_DIGITS:
        for pattern, remedy in _REMEDIES:
            if pattern.fullmatch(written):
                return remedy
    return "one such as 0.37 or -2.5e-3"
