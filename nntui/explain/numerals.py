"""How numbers and indices are written on screen. Files and traces have full digits instead (`full`)."""

from dataclasses import dataclass

_SUPERSCRIPT = str.maketrans("0123456789−-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

MINUS = "−"
SMALL = 0.001
LARGE = 10_000.0
_SHORT = 8


def superscript(number: int) -> str:
    """3 → ³."""
    return str(number).translate(_SUPERSCRIPT)


def subscript(number: int) -> str:
    """3 → ₃."""
    return str(number).translate(_SUBSCRIPT)


def full(value: float) -> str:
    """Shortest text that reads back to the same bits; nan, inf, -inf. As in traces."""
    return repr(float(value))


@dataclass(frozen=True, slots=True)
class Numerals:
    """Numbers with a fixed count of decimals, or, where `decimals` is None, with all their digits."""

    decimals: int | None = 4

    def write(self, value: float) -> str:
        """Four decimals; 3.2e-06 for what is under 0.001 and not zero; 0 for zero; a true minus sign."""
        if value == 0.0:
            return "0"
        if self.decimals is None:
            text = full(value)
        elif value != value or abs(value) == float("inf"):
            text = str(value)
        elif abs(value) < SMALL or abs(value) >= LARGE:
            text = f"{value:.{max(self.decimals - 3, 1)}e}"
        else:
            text = f"{value:.{self.decimals}f}"
        return _signed(text)

    @staticmethod
    def reads_back(text: str, value: float) -> bool:
        """Whether a text written here is the number itself: only then an = may stand before it."""
        return value != value or float(text.replace(MINUS, "-", 1)) == value

    def write_short(self, value: float) -> str:
        """A constant as short as it is, 0.5 and not 0.5000; like any other number where that takes many digits."""
        text = full(value).removesuffix(".0")
        return _signed(text) if len(text) <= _SHORT else self.write(value)


def _signed(text: str) -> str:
    """With a true minus sign before the number; the one of an exponent stays."""
    return text.replace("-", MINUS, 1) if text.startswith("-") else text


FOUR = Numerals(4)
ALL_DIGITS = Numerals(None)


def brief(value: float) -> str:
    """A number of the data in at most eight cells: four decimals or fewer, no zeros at its end, 0 only where it is 0."""
    if value == 0.0:
        return "0"
    places = [f"{value:.{digits}f}".rstrip("0").rstrip(".") for digits in (4, 3, 2, 1)] if abs(value) < LARGE else []
    powers = [f"{value:.{digits}e}" for digits in (2, 1, 0)] if not places else [f"{value:.0e}"]
    return _signed(next(text for text in (*places, *powers) if len(text) <= _SHORT and float(text) != 0.0))
