"""Judges a number that a student typed, and names the slip that a wrong one probably comes from.

A slip is a row of a closed table: its name, its sentence, a guard (can it be made here?) and the numbers that
come out with it. It is named only where its number differs from the right one by more than the precision at hand, and
a right answer is never called a slip: that is checked first.

The precision: half a unit of the last digit typed, at least that of the digits that count on screen
(`ball_arithmetic.tolerance`), and what the right number may be off by when it is computed from numbers read off the screen.
"""

from dataclasses import replace
from math import isfinite

from nntui.engine.arithmetic import quiet
from nntui.explain.equations.cells import exists, value_of
from nntui.explain.grading.ball_arithmetic import agrees, tolerance
from nntui.explain.grading.known_numbers import ShownNumbers
from nntui.explain.grading.recompute import follow
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slip_table import COPYING, TABLE, Slip
from nntui.text.decimal import TypedNumber, read_typed
from nntui.training.cell import Cell
from nntui.training.frame import Frame, only
from nntui.training.steps import made_by
from nntui.values import dataclass

MOST_NAMED = 3  # slips that are named for one number
MOST_CHANCE = 0.12  # of a number made at random to be taken for a slip

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
    """The slips that give the typed number, and not the expected one; those first that are least likely to be chance.

    A number made at random, of the size s of the typed or the expected one, lies within d of one of n numbers with a
    chance of about n d / s. A slip is named where that is under MOST_CHANCE, n being the numbers of the table up to it
    and d how far its number is from the typed one, half a unit of its last digit at least.
    """
    if not (isfinite(expected) and isfinite(radius) and isfinite(typed.value)):
        return ()
    table: tuple[Slip, ...] = TABLE[context.cell.kind]  # type: ignore[index]  # the kinds that are judged have a row
    size = max(abs(typed.value), abs(expected))
    own = tolerance(typed, expected)
    found: list[tuple[float, Slip]] = []
    tried = 0
    with quiet():
        for slip in table:
            if not slip.holds(context):
                continue
            values = [value for value in slip.values(context) if abs(value - expected) > own + radius]
            tried += len(values)
            near = [abs(typed.value - value) for value in values if agrees(typed, value, radius)]
            chance = tried * max(min(near, default=0.0), typed.half) / size if near else 1.0
            if chance < MOST_CHANCE:
                found.append((chance, slip))
    calculated = [entry for entry in found if entry[1].name != COPYING]
    found = sorted(calculated or found[:1], key=lambda entry: entry[0])  # digits fit by chance more often than formulas
    return tuple(slip for _, slip in found[:MOST_NAMED])


def slip_words(slips: tuple[Slip, ...]) -> str:
    """The slips in one sentence."""
    if not slips:
        return "This is wrong, and by no slip that is known here."
    return f"This is what comes out {', or '.join(slip.words for slip in slips)}."
