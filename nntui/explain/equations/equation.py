"""The equation that makes the number of a step: its lecture number, its symbols, its numbers, its value.

An equation is a value: rows of parts, a part being plain text, a number with the place it comes from, or a list of
terms that may be shortened where there is no room. Nothing is rounded here; the code that writes it out chooses
the digits, and with them whether a row opens with = or ≈.
"""

from collections.abc import Iterator, Sequence

from nntui.explain.notation.numerals import MINUS, MOST, Numerals
from nntui.training.cell import Cell
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number in an equation, and its cell on screen (None: an intermediate result).

    given: a constant (η, the 1 of the bias), written as short as it is.
    symbol: its letter where it has one and no cell (η, μ, G of the data points before).
    """

    value: float
    cell: Cell | None = None
    given: bool = False
    symbol: str = ""

    def write(self, numerals: Numerals) -> str:
        """The number as text."""
        return numerals.write_short(self.value) if self.given else numerals.write(self.value)

    def exact(self, numerals: Numerals) -> bool:
        """Whether what `write` writes is the number itself."""
        return numerals.reads_back(self.write(numerals), self.value)


@dataclass(frozen=True, slots=True)
class Terms:
    """A list of terms of one sum (joined by +) or of one row (joined by ,), which may be shortened in the middle.

    values: of each term of a sum; empty for a row.
    left: how many terms of the whole sum are added up in the last one here; 0 in a whole sum.
    """

    terms: tuple[tuple["Atom", ...], ...]
    joiner: str = " + "
    values: tuple[float, ...] = ()
    left: int = 0


Atom = str | Number
Part = str | Number | Terms


def enclosed(before: str, text: str) -> str:
    """A written number in brackets if it is negative and comes after an operator: 0.1·0.4 + (−0.2)·0.5."""
    return f"({text})" if text.startswith(MINUS) and before.rstrip()[-1:] in tuple("+−·") else text


@dataclass(frozen=True, slots=True)
class EquationRow:
    """One row of numbers; it opens with = or ≈, as its numbers are whole or not.

    about: worked out in float64, the row differs from the value in its last digits, as the engine computes another form.
    """

    parts: tuple[Part, ...]
    about: bool = False

    def numbers(self) -> Iterator[Number]:
        """Every number of the row, in order."""
        for part in self.parts:
            if isinstance(part, Number):
                yield part
            elif isinstance(part, Terms):
                yield from (atom for term in part.terms for atom in term if isinstance(atom, Number))

    def sign(self, numerals: Numerals) -> str:
        """The sign that opens the row; a sum in another order than the engine's is the number only about."""
        if self.about:
            return "≈"
        ordered = any(isinstance(part, Terms) and part.left for part in self.parts)
        whole = numerals.digits == MOST or all(number.exact(numerals) for number in self.numbers())  # a row may be long
        return "=" if not ordered and whole else "≈"


@dataclass(frozen=True, slots=True)
class Equation:
    """How the number of one step is made.

    label: the lecture's number, "(14)", or "beyond (5)" where nntui goes past the note.
    made: what the step makes, in order; the last row ends with it.
    sentence: what happens and why, in plain words.
    computed: the form that the engine computes, where it is another than that of the rows.
    """

    label: str
    formula: str
    rows: tuple[EquationRow, ...]
    made: tuple[Number, ...]
    sentence: str = ""
    computed: tuple[EquationRow, ...] = ()

    @property
    def lit(self) -> frozenset[Cell]:
        """The places of what the step makes."""
        return frozenset(number.cell for number in self.made if number.cell)

    @property
    def sources(self) -> frozenset[Cell]:
        """The places of the numbers that feed it."""
        cells = {number.cell for row in self.rows for number in row.numbers() if number.cell}
        return frozenset(cells - self.lit)


def plus(terms: Sequence[tuple[Atom, ...]], values: Sequence[float]) -> Terms:
    """The terms of a sum, with the value of each."""
    return Terms(tuple(terms), values=tuple(values))


def vector(numbers: list[Number]) -> tuple[Part, ...]:
    """(n₁, n₂, …); a single number without brackets."""
    row = Terms(tuple((number,) for number in numbers), ", ")
    return (row,) if len(numbers) == 1 else ("(", row, ")")
