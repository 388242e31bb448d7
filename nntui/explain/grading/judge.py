"""Judges a number that a student typed, and names the slip that a wrong one probably comes from.

A slip is a row of a closed table: its name, its sentence, a guard (can it be made here?) and the numbers that
come out with it. It is named only where its number differs from the right one by more than the precision at hand, and
a right answer is never called a slip: that is checked first.

The precision: half a unit of the last digit typed, at least that of the digits that count on screen
(`ball_arithmetic.tolerance`), and what the right number may be off by when it is computed from numbers read off the screen.
"""

from dataclasses import replace
from math import exp, inf, isfinite, sqrt, tau

from nntui.engine.arithmetic import quiet
from nntui.explain.equations.cells import exists, value_of
from nntui.explain.grading.ball_arithmetic import agrees, tolerance
from nntui.explain.grading.known_numbers import ShownNumbers
from nntui.explain.grading.recompute import can_make, follow
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slip_table import TABLE
from nntui.explain.grading.slips.slip import FAMILIES, Family, Slip
from nntui.text.decimal import TypedNumber, read_typed
from nntui.training.cell import Cell
from nntui.training.frame import Frame, only
from nntui.training.kinds import made_by
from nntui.values import dataclass

MOST_NAMED = 3  # slips that are named for one number
MOST_CHANCE: dict[Family, tuple[float, float, float]] = {
    "formula": (0.03, 0.08, 0.04),
    "result": (0.02, 0.03, 0.008),
    "operand": (0.03, 0.06, 0.02),
}
"""The largest chance of a random number to be taken for a slip of a family, where up to two digits were typed, three, more.

At four digits all real slips are below even the smaller limits.
"""
MOST_OF = (99.5, 999.5)  # units of the last digit, of two and of three digits
SPREAD = 0.5  # of wrong numbers about the right one, relative to it
FAR = 6.0  # standard deviations

# --- judging


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement of a typed number. expected: the right one; slips: those it may come from, nearest first."""

    right: bool
    slips: tuple[Slip, ...]
    expected: float
    sentence: str

    @property
    def slip(self) -> Slip | None:
        """The likeliest slip, if any is recognised."""
        return self.slips[0] if self.slips else None


def judge(frame: Frame, cell: Cell, text: str) -> Judgement:
    """Judges a number typed for one place of the frame's data point (z, a, cost, delta, gradient or update).

    NotANumber (a ValueError with one sentence) where the text is none; ValueError for a place that has no such number.
    """
    typed = read_typed(text)
    expected = _expected(frame, cell)
    context = SlipContext(ShownNumbers(frame), cell, typed.decimals)
    ways = _ways(context)
    radius = ways[0][1]
    possible = can_make(context.network, made_by(cell.kind), cell.layer, typed.value)
    followed = possible and any(agrees(typed, middle, off) for middle, off in ((expected, radius), *ways))
    if followed or agrees(typed, expected, 0.0):
        return Judgement(True, (), expected, "This is right.")
    slips = recognised(context, typed, expected, radius)
    return Judgement(False, slips, expected, slip_words(slips))


def _expected(frame: Frame, cell: Cell) -> float:
    if cell.kind not in TABLE:
        raise ValueError(f"{cell} is nothing that a student works out")
    if not exists(frame, cell):
        without_bias = cell.sender == 0 and exists(frame, replace(cell, sender=1))
        raise ValueError(f"{cell}: this layer has no biases" if without_bias else f"{cell} is not in this network")
    return value_of(frame, cell)


def _ways(context: SlipContext) -> list[tuple[float, float]]:
    """Middle and radius of what follows from the numbers shown; one entry, of a cross-entropy two."""
    cell = context.cell
    made = follow(context.numbers, made_by(cell.kind), cell.layer, only(cell.neuron) if cell.neuron else slice(None))
    if made.mid.ndim == 2:
        made = made[cell.sender]
    return list(zip(made.mid.tolist(), made.rad.tolist(), strict=True))


def recognised(context: SlipContext, typed: TypedNumber, expected: float, radius: float) -> tuple[Slip, ...]:
    """The slips that give the typed number, and not the expected one; those first that are least likely to be chance.

    A wrong number of no slip has a density (`_density`). So it lies within d of one of some numbers with a chance of about
    2 d times the sum of the densities there. A slip is named where that is under the MOST_CHANCE of its family: the
    numbers are those of the family up to this slip, as far as they differ in the typed digits, and d is how far its own
    number is from the typed one, half a unit of its last digit at least. So at two digits only the likeliest slips are
    named, and at four nearly all. Measured, a random wrong answer of two digits is called a slip in less than 3% of cases,
    one of four digits in less than 1.5%.

    A slip of the formula goes before one of copying, and a result copied wrongly before a number copied into it: the more
    numbers a family has, the likelier one fits by chance.
    """
    if not (isfinite(expected) and isfinite(radius) and isfinite(typed.value)):
        return ()
    table: tuple[Slip, ...] = TABLE[context.cell.kind]  # type: ignore[index]  # the kinds that are judged have a row
    size = max(abs(typed.value), abs(expected))
    own = tolerance(typed, expected)
    length = sum(abs(typed.value) > most * 2.0 * typed.half for most in MOST_OF)  # in digits, from the first that is not 0
    tried: dict[Family, dict[int, float]] = {family: {} for family in FAMILIES}
    found: dict[Family, list[tuple[float, Slip]]] = {family: [] for family in FAMILIES}
    with quiet():
        for slip in table:
            if not slip.holds(context):
                continue
            values = [value for value in slip.values(context) if isfinite(value) and abs(value - expected) > own + radius]
            tried[slip.family].update((_place(value, typed), _density(value, expected, size)) for value in values)
            near = [abs(typed.value - value) for value in values if agrees(typed, value, radius)]
            if near:
                chance = 2.0 * max(min(near), typed.half) * sum(tried[slip.family].values())
                if chance < MOST_CHANCE[slip.family][length]:
                    found[slip.family].append((chance, slip))
    first = next((slips for slips in found.values() if slips), [])
    return tuple(slip for _, slip in sorted(first, key=lambda entry: entry[0])[:MOST_NAMED])


def _place(value: float, typed: TypedNumber) -> int:
    """Which number it is at the digits that were typed."""
    return round(min(max(value / (2.0 * typed.half), -1e300), 1e300)) if typed.half else hash(value)


def _density(value: float, expected: float, size: float) -> float:
    """How densely wrong numbers of no slip lie at a value, at most: anywhere in −size … size, or near the expected one.

    The larger of 1/(2 size) and of the normal density about the expected number e, with the standard deviation |e|/2.
    """
    anywhere, deviation = 0.5 / size, SPREAD * abs(expected)
    off = (value - expected) / deviation if deviation else inf  # half of the smallest number is 0
    return max(anywhere, exp(-0.5 * off * off) / (sqrt(tau) * deviation)) if abs(off) < FAR else anywhere


def slip_words(slips: tuple[Slip, ...]) -> str:
    """The slips in one sentence."""
    if not slips:
        return "This is wrong, and by no slip that is known here."
    return f"This is what comes out {', or '.join(slip.words for slip in slips)}."
