"""A slip: a row of the table of slips."""

from collections.abc import Callable, Iterable
from typing import Literal, get_args

from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slips.guards import always, several
from nntui.values import dataclass

Values = Callable[[SlipContext], Iterable[float]]
Guard = Callable[[SlipContext], bool]

Family = Literal["formula", "result", "operand"]
"""What went wrong: the formula; the copying of the right result; the copying of a number into it."""
FAMILIES: tuple[Family, ...] = get_args(Family)


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: `name` for a table, `words` for what comes out "without the bias"; who has it, and what it gives."""

    name: str
    words: str
    holds: Guard
    values: Values
    family: Family = "formula"

    @property
    def sentence(self) -> str:
        """The slip in a sentence."""
        return f"This is what comes out {self.words}."


COPYING = "copying error"


def copied(result: Values) -> Slip:
    """The result copied wrongly."""
    return Slip(COPYING, "with two digits exchanged, or a digit lost, in copying it", always, result, "result")


def twice(result: Values) -> Slip:
    """The result with a digit written twice."""
    return Slip(COPYING, "with a digit written twice in copying it", always, result, "result")


def copied_into(operands: Values, holds: Guard = always) -> Slip:
    """One of the numbers that it is made from copied wrongly."""
    words = "with a number copied wrongly into it: digits exchanged, or a digit lost"
    return Slip(COPYING, words, holds, operands, "operand")


SIGN = Slip("sign", "with the wrong sign", always, lambda f: [-f.right])
POINT = Slip("decimal point", "with the decimal point one place off", always, lambda f: [0.1 * f.right, 10.0 * f.right])
BESIDE = Slip(
    "the number beside",
    "for the neuron beside this one",
    several,
    lambda f: [f.made(k) for k in f.neighbours],
)
