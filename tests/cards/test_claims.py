"""What the card of an activation says of its σ is true of the σ, at the ends of the floats too."""

import sys

import numpy as np
import pytest

from nntui.engine.activations import ACTIVATIONS
from nntui.engine.arithmetic import quiet
from nntui.engine.costs import COSTS
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from tests.cards.examples import HARD_TANH, QUARTIC, SOFTPLUS, SWISH

CARDS = [card for card in (*ACTIVATIONS.values(), SOFTPLUS.sigma, HARD_TANH.sigma, SWISH.sigma) if card.each]
NEAR = np.arange(-64, 65) / 8.0
LARGEST = sys.float_info.max
FAR = np.array([-np.inf, -LARGEST, -1e6, 1e6, LARGEST, np.inf])
ASIDE = 2.0**-20

COST_CARDS = [*(cost for costs in COSTS.values() for cost in costs), QUARTIC.cost]

of_every_card = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)


def both(card, z):
    """σ and σ′ at some z of any shape."""
    with quiet():
        a = card.value(z.ravel())
        return a.reshape(z.shape), card.slope(z.ravel(), a).reshape(z.shape)


@of_every_card
def test_a_lies_within_its_range_and_infinity_is_no_nan(card):
    low, high = card.range
    for z in (NEAR, FAR):
        a, slope = both(card, z)
        assert ((low <= a) & (a <= high)).all(), f"{card.name}: `range` is {card.range}, but a is {a.min()} to {a.max()}"
        assert not np.isnan(slope).any(), f"{card.name}: σ′ is nan at z = {z[np.isnan(slope)]}"


@of_every_card
def test_its_slope_is_negative_only_where_it_falls(card):
    for z in (NEAR, FAR):
        falls = both(card, z + ASIDE)[0] < both(card, z - ASIDE)[0]
        assert (falls | (both(card, z)[1] >= 0.0)).all(), f"{card.name}: σ′ < 0 where σ does not fall"


@of_every_card
def test_between_two_places_it_goes_no_farther_than_it_says(card):
    """σ and σ′ at random z, from the middle and the radius of z, as the grading of a student's numbers takes them."""
    words = {**ACTIVATION_CARDS, **{one.sigma.name: one for one in (SOFTPLUS, HARD_TANH, SWISH)}}[card.name]
    rng = np.random.default_rng(0)
    middle, radius = rng.uniform(-6, 6, (400, 1)), 10.0 ** rng.uniform(-3, 0.7, (400, 1))
    inside = middle + radius * np.linspace(-1, 1, 65)
    a, slope = both(card, inside)
    ball = np.abs(a[:, [0, -1]] - a[:, [32]]).max(axis=1, keepdims=True) + words.rise(radius)
    assert (np.abs(a - a[:, [32]]) <= ball + 1e-12).all(), f"{card.name}: `rise` is too small"
    ends = [card.slope(inside[:, at], (a[:, [32]] + way * ball)[:, 0]) for at, way in ((0, -1), (-1, 1))]
    most = np.abs(np.stack(ends, axis=1) - slope[:, [32]]).max(axis=1, keepdims=True) + words.slope_rise(radius, ball)
    assert (np.abs(slope - slope[:, [32]]) <= most + 1e-12).all(), f"{card.name}: `slope_rise` is too small"


@of_every_card
def test_it_saturates_where_it_says_so(card):
    """σ′ goes to 0 at an end of a curve; σ of straight pieces is flat or it is not."""
    slopes = both(card, np.array([-1e6, 1e6]))[1]
    assert card.saturates == (card.curved and bool((slopes < 1e-6).any()))


@of_every_card
def test_its_corners_are_where_the_slope_jumps(card):
    left, right = (both(card, NEAR + way) for way in (-ASIDE, ASIDE))
    jumps = np.abs(right[1] - left[1]) > 64 * ASIDE
    assert tuple(NEAR[jumps]) == card.corners
    assert card.steps == bool((np.abs(right[0] - left[0]) > 64 * ASIDE).any())


@of_every_card
def test_its_slope_changes_between_the_corners_if_it_is_curved(card):
    assert card.curved == (len(set(both(card, NEAR)[1].tolist())) > len(card.corners) + 1)


@of_every_card
def test_it_is_dead_up_to_where_it_says_so(card):
    a, slope = both(card, NEAR)
    dead = (a == 0.0) & (slope == 0.0)
    if card.dead_below is not None:
        assert dead.tolist() == (card.dead_below >= NEAR).tolist()
    elif not card.steps:
        assert not dead.any()


@of_every_card
def test_its_slope_is_made_of_what_it_says(card):
    a, slope = both(card, NEAR)
    if card.curved:
        z, a = (NEAR[::-1], a) if card.slope_from_a else (NEAR, a[::-1])
        assert card.slope(z, a).tolist() == slope.tolist()


# --- costs

of_every_cost = pytest.mark.parametrize("cost", COST_CARDS, ids=lambda cost: "-".join((cost.name, *cost.outputs)))


def outputs_of(cost):
    """z, a and y of three outputs, as the cost takes them: many rows."""
    rng = np.random.default_rng(1)
    sigma = ACTIVATIONS[cost.outputs[0] if cost.outputs else "identity"]
    low, high = np.clip(cost.targets, -3.0, 3.0)
    for _ in range(40):
        z, y = rng.normal(size=3) * 2.0, rng.uniform(low, high, 3)
        y = y / y.sum() * cost.target_sum if cost.target_sum is not None else y
        with quiet():
            yield z, sigma.value(z), y


@of_every_cost
def test_c_is_the_sum_of_its_parts(cost):
    for z, a, y in outputs_of(cost):
        assert cost.value(z, a, y) == pytest.approx(cost.parts(a, y).sum(), rel=1e-9)
        if cost.square_factor is not None:
            assert cost.value(z, a, y) == pytest.approx(cost.square_factor * ((a - y) ** 2).sum(), rel=1e-12)


@of_every_cost
def test_its_slope_is_that_of_its_parts_and_never_falls(cost):
    """A part is convex in a."""
    h = 1e-6
    for _, a, y in outputs_of(cost):
        with quiet():
            measured = (cost.parts(a + h, y) - cost.parts(a - h, y)) / (2 * h)
            assert cost.slope(a, y) == pytest.approx(measured, rel=1e-3, abs=1e-6), f"{cost.name}: `slope` is not that of `parts`"
            assert (cost.slope(a + h, y) >= cost.slope(a - h, y)).all(), f"{cost.name}: C is not convex in a"
