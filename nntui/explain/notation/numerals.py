"""How numbers and indices are written on screen. Files and traces have full digits instead (`full`)."""

from functools import lru_cache

from nntui.values import dataclass

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


FEWEST, MOST = 2, 17  # 17 significant digits tell every float64 from any other


@dataclass(frozen=True, slots=True)
class Numerals:
    """Numbers with 2 to 16 decimals or, at 17, with all the digits they have, as in traces. ValueError beyond."""

    digits: int = 4

    def __post_init__(self) -> None:
        if not FEWEST <= self.digits <= MOST:
            raise ValueError(f"{self.digits} digits; expected {FEWEST} to {MOST}")

    def changed(self, digits: int) -> "Numerals":
        """With `digits` more decimals (or fewer), within the bounds."""
        return Numerals(min(max(self.digits + digits, FEWEST), MOST))

    @property
    def small(self) -> float:
        """What is smaller in size, and not zero, is written with a power of ten.

        0.001 with four decimals. With more, a tenth of it for each: two digits of a number are seen at least. With
        two decimals 0.01, their last digit.
        """
        return _small(self.digits)

    @property
    def cell(self) -> int:
        """Cells of a column of such numbers, the blank before them included: −0.1234 and its like are written whole.

        Eight at least, where −1e-300 has room; with 17 digits every number is whole, −2.2250738585072014e-308 too.
        """
        return 25 if self.digits == MOST else max(self.digits + 4, 8)

    def write(self, value: float) -> str:
        """Decimals; 3.2e-06 for what is small and not zero; 0 for zero; a true minus sign."""
        return _written(self.digits, value)

    def within(self, value: float, cells: int) -> str:
        """The number with fewer digits, if it takes more than `cells` cells: a number is never cut."""
        text = self.write(value)
        if len(text) <= cells:
            return text
        decimals = range(self.digits - 1, 0, -1) if 1.0 <= abs(value) < LARGE else ()
        powers = range(max(self.digits - 4, 2), -1, -1)
        for other in (*(f"{value:.{digits}f}" for digits in decimals), *(f"{value:.{digits}e}" for digits in powers)):
            if len(text) <= cells:
                break
            text = with_minus(other)
        return text

    @staticmethod
    def reads_back(text: str, value: float) -> bool:
        """Whether a written number is the number itself: only then may an = come before it."""
        return value != value or float(text.replace(MINUS, "-", 1)) == value

    def write_short(self, value: float) -> str:
        """A constant as short as it is, 0.5 and not 0.5000; like any other number where that takes many digits."""
        text = full(value).removesuffix(".0")
        return with_minus(text) if len(text) <= _SHORT else self.write(value)

    def brief(self, value: float) -> str:
        """A number of the data: no zeros at its end, 0 only where it is 0, and at most `digits` decimals.

        With four decimals it takes at most eight cells, with each further one at most one more.
        """
        if value == 0.0:
            return "0"
        if self.digits == MOST:
            return with_minus(full(value).removesuffix(".0"))
        most = max(_SHORT, self.digits + 4)
        decimals = range(self.digits, 0, -1)
        places = [f"{value:.{digits}f}".rstrip("0").rstrip(".") for digits in decimals] if abs(value) < LARGE else []
        powers = [f"{value:.{digits}e}" for digits in range(max(self.digits - 2, 2), -1, -1)]
        powers = powers if not places else [f"{value:.0e}"]
        return with_minus(next(text for text in (*places, *powers) if len(text) <= most and float(text) != 0.0))


@lru_cache(maxsize=MOST)
def _small(digits: int) -> float:
    return max(10.0**-digits, min(SMALL, 10.0 ** (1 - digits)))


@lru_cache(maxsize=1 << 13)  # the numbers of a screen: at a step few of them change
def _written(digits: int, value: float) -> str:
    if value == 0.0:
        return "0"
    if digits == MOST:
        text = full(value)
    elif value != value or abs(value) == float("inf"):
        text = str(value)
    elif abs(value) < _small(digits) or abs(value) >= LARGE:
        text = f"{value:.{max(digits - 3, 1)}e}"
    else:
        text = f"{value:.{digits}f}"
    return with_minus(text)


def with_minus(text: str) -> str:
    """With a true minus sign before the number; the one of an exponent stays."""
    return text.replace("-", MINUS, 1) if text.startswith("-") else text


FOUR = Numerals(4)
ALL_DIGITS = Numerals(MOST)
