"""Judges a number that a student typed, and names the slip that a wrong one probably comes from.

A slip is a row of a closed table: its name, its sentence, a guard (can it be made here?) and the numbers that
come out with it. It is named only where its number differs from the right one by more than the precision at hand, and
a right answer is never called a slip: that is checked first.

The precision: half a unit of the last digit typed, at least that of the digits that count on screen
(`ball_arithmetic.tolerance`), and what the right number may be off by when it is computed from numbers read off the screen.
"""

from dataclasses import dataclass, replace
from math import isfinite

from nntui.engine.arithmetic import quiet
from nntui.explain.equations.cells import exists, value_of
from nntui.explain.equations.equation import Cell
from nntui.explain.grading.ball_arithmetic import agrees, tolerance
from nntui.explain.grading.known_numbers import ShownNumbers
from nntui.explain.grading.recompute import follow
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slip_table import TABLE, Slip
from nntui.text.decimal import MINUS, TypedNumber, read_typed
from nntui.training.frame import Frame, only
from nntui.training.steps import made_by

MOST_NAMED = 3  # slips that are named for one number

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
    typed = read_typed(text.strip().replace(MINUS, "-"))
    expected = _expected(frame, cell)
    context = SlipContext(ShownNumbers(frame), cell)
    ways = _ways(context)
    radius = ways[0][1]
    if agrees(typed, expected, radius) or any(agrees(typed, mid, rad) for mid, rad in ways):
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
    """The slips that give the typed number within the precision, and not the expected one; nearest first."""
    if not (isfinite(expected) and isfinite(radius) and isfinite(typed.value)):
        return ()
    table: tuple[Slip, ...] = TABLE[context.cell.kind]  # type: ignore[index]  # the kinds that are judged have a row
    found: list[tuple[float, Slip]] = []
    with quiet():
        for slip in table:
            if not slip.holds(context):
                continue
            near = [
                abs(typed.value - value)
                for value in slip.values(context)
                if agrees(typed, value, radius) and abs(value - expected) > tolerance(typed, expected) + radius
            ]
            if near:
                found.append((min(near), slip))
    found.sort(key=lambda entry: entry[0])
    return tuple(slip for _, slip in found[:MOST_NAMED])


def slip_words(slips: tuple[Slip, ...]) -> str:
    """The slips in one sentence."""
    if not slips:
        return "This is wrong, and by no slip that is known here."
    return f"This is what comes out {', or '.join(slip.words for slip in slips)}."
