"""A slip is named only where it is clearly nearer than chance: measured over random wrong answers, and over planted slips."""

from decimal import Decimal
from math import floor, isfinite, log10

import numpy as np
import pytest

from nntui.engine.arithmetic import quiet
from nntui.explain.equations.cells import value_of
from nntui.explain.grading.judge import judge
from nntui.explain.grading.known_numbers import ShownNumbers
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slip_table import TABLE
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests.explain.test_planted_slips import SHEETS
from tests.explain.test_slips import cells

FRAMES = [Timeline(load(SHEETS / f"{name}.toml")).frame(0) for name in ("S1", "S2", "S3", "S5")]
PLACES = [(frame, cell) for frame in FRAMES for cell in cells(frame)]
MODELS = {
    "anywhere": lambda rng, value: rng.uniform(-1.0, 1.0),
    "of its size": lambda rng, value: rng.uniform(-2.0, 2.0) * abs(value),
    "near it": lambda rng, value: value + rng.normal(0.0, 0.5) * abs(value),
}

MOST_DRAWS = 2  # for each wrong answer, at most


def written(value, digits):
    """A number with `digits` digits that count, as people write it."""
    return format(Decimal(f"{value:.{digits - 1}e}"), "f")


def share_named(model, digits, rounds):
    """How many of the random wrong answers are called a slip, as a share: of `rounds` times as many as there are places.

    Of one digit near the right number many answers are right: these do not count, and others are drawn.
    """
    rng, wanted, named = np.random.Generator(np.random.PCG64(14)), len(PLACES) * rounds, []
    for frame, cell in PLACES * (MOST_DRAWS * rounds):
        judged = judge(frame, cell, written(MODELS[model](rng, value_of(frame, cell)), digits))
        if not judged.right:
            named.append(bool(judged.slips))
        if len(named) == wanted:
            break
    assert len(named) == wanted
    return sum(named) / wanted


MOST_NAMED = [(1, 0.03), (2, 0.03), (3, 0.045), (4, 0.015)]  # digits, and the share that is called a slip


@pytest.mark.parametrize(("digits", "most"), MOST_NAMED)
@pytest.mark.parametrize("model", MODELS)
def test_a_random_wrong_answer_is_hardly_ever_called_a_slip(model, digits, most):
    assert share_named(model, digits, 2) < most


@pytest.mark.sweep(usual=False)
@pytest.mark.parametrize(("digits", "most"), MOST_NAMED)
@pytest.mark.parametrize("model", MODELS)
def test_random_wrong_answers_by_the_thousand(model, digits, most):
    assert share_named(model, digits, 20) < most


def planted(digits, every, family=None):
    """What was judged of slips with `digits` digits, each place and slip in turn, one of `every`; of one family or of all."""
    turn = 0
    for frame, cell in PLACES:
        right = value_of(frame, cell)
        decimals = max(digits - 1 - floor(log10(abs(right))), 1) if right else digits
        context = SlipContext(ShownNumbers(frame), cell, decimals)
        for slip in TABLE[cell.kind]:
            if slip.holds(context):
                with quiet():
                    values = [value for value in slip.values(context) if value and isfinite(value)]
                for value in values:
                    turn += 1
                    if turn % every == 0 and family in (None, slip.family):
                        by_hand = written(value, digits) if slip.family == "formula" else f"{value:.{decimals}f}"
                        judged = judge(frame, cell, by_hand)
                        if not judged.right:
                            yield judged


@pytest.mark.parametrize("digits", [3, 4, 6])
def test_a_planted_slip_of_three_digits_or_more_is_named(digits):
    found = [bool(judged.slips) for judged in planted(digits, 17)]  # by its name, or by one that gives the same number
    assert len(found) > 150
    assert sum(found) >= 0.95 * len(found)


@pytest.mark.sweep(usual=False)
@pytest.mark.parametrize("digits", [3, 4])
@pytest.mark.parametrize("family", ["formula", "result", "operand"])
def test_planted_slips_of_each_family(digits, family):
    found = [bool(judged.slips) for judged in planted(digits, 2, family)]
    assert sum(found) >= 0.95 * len(found)


def test_at_two_digits_the_likeliest_slip_is_named_where_no_other_number_is_as_near():
    frame = Timeline(load("two-by-two")).frame(0)
    (z,) = [cell for cell in cells(frame) if (cell.kind, cell.layer, cell.neuron) == ("z", 2, 1)]
    without_bias = frame.z(2, 1) - frame.weights_before(2)[0, 0]
    assert judge(frame, z, f"{without_bias:.2f}").slip.name == "no bias"
