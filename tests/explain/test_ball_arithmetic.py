"""What follows from vague numbers holds all that may follow: held against the engine at points within them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine.arithmetic import quiet
from nntui.engine.iteration import gradient, iterate
from nntui.explain.grading.ball_arithmetic import Ball, agrees, exact, last_digit, last_digit_of, shown, tolerance
from nntui.explain.grading.recompute import follow
from nntui.explain.marking.student_account import StudentAccount
from nntui.text.decimal import TypedNumber
from nntui.training.frame import only
from nntui.training.timeline import Timeline
from tests.scenes import neuron
from tests.strategies import examples, scenarios


@examples(100)
@given(
    scenarios(most_points=1, most_epochs=1, held=False),
    st.sampled_from([0.0, 1e-9, 1e-3, 0.05, 0.4]),
    st.integers(0, 2**31),
    st.booleans(),
)
def test_no_number_leaves_its_ball(scene, radius, seed, corners):
    random = np.random.default_rng(seed)
    network, frame = scene.network, Timeline(scene).frame(0)

    def moved(values):
        unit = random.uniform(-1.0, 1.0, values.shape)
        return values + radius * (np.sign(unit) if corners else unit)

    theta, x = moved(frame.iteration.before), moved(frame.iteration.x)
    with quiet():
        made = iterate(network, theta, x, frame.iteration.y)
        slope = gradient(network, made.a, made.delta)
    given = Ball(frame.iteration.x, np.full(len(x), radius))
    weights = [block.matrix(frame.iteration.before) for block in network.blocks]
    own = StudentAccount(network, given, frame.iteration.y, [Ball(w, np.full(w.shape, radius)) for w in weights])
    for group in scene.course.groups[1:]:
        block = network.blocks[group.layer - 1]
        ball = follow(own, group.kind, group.layer)
        own.put(group.kind, group.layer, ball)
        truth = made_by(group.kind, block, made, slope, ball.mid.shape)
        if group.kind in ("gradient", "update") and not block.biases:
            truth, ball = truth[1:], ball[1:]
        with quiet():
            inside = np.abs(truth - ball.mid) <= ball.rad * (1 + 1e-9) + 1e-9 * (1 + np.abs(truth))
        assert (inside | ~np.isfinite(ball.rad)).all(), (group, truth, ball)


def made_by(kind, block, made, slope, shape):
    """What the engine made, in the shape of `follow`."""
    match kind:
        case "z":
            return made.z[block.neurons]
        case "a":
            return made.a[block.outputs]
        case "delta":
            return made.delta[block.neurons]
        case "cost":
            return np.full(shape, made.cost)
        case "gradient":
            return block.matrix(slope)
        case "update":
            return block.matrix(made.after)


@pytest.mark.parametrize(("activation", "weight", "y"), [("tanh", 1.5, 0.2), ("sigmoid", 2.0, 0.5), ("identity", 1.0, 0.9)])
@pytest.mark.parametrize("cost", ["half_squared_error", "squared_error"])
def test_c_holds_its_least_value_where_the_target_is_between_the_ends(activation, weight, y, cost):
    """Also where one end of a is where σ ends, and so nearer than the other: C is 0 at a = y."""
    scene = neuron(activation, [0.0, weight], [1.0], [y], cost=cost)
    weights = scene.network.blocks[0].matrix(scene.theta)
    vague = Ball(weights, np.full(weights.shape, 1.2))
    own = StudentAccount(scene.network, exact(scene.x[0]), scene.y[0], [vague])
    for kind in ("z", "a"):
        own.put(kind, 1, follow(own, kind, 1))
    a, c = own.a(1), follow(own, "cost", 1)
    assert (a.mid - a.rad < y < a.mid + a.rad).all()
    assert (c.mid - c.rad <= 1e-15).all()


@examples(60)
@given(scenarios(most_points=1, most_epochs=1))
def test_one_neuron_is_a_part_of_the_layer_and_the_middle_is_the_number(scene):
    frame = Timeline(scene).frame(0)
    weights = [shown(block.matrix(frame.iteration.before)) for block in scene.network.blocks]
    own = StudentAccount(scene.network, shown(frame.iteration.x), frame.iteration.y, weights)
    for group in scene.course.groups[1:]:
        ball = follow(own, group.kind, group.layer)
        own.put(group.kind, group.layer, ball)
        if group.kind == "cost":
            assert ball.mid[0] == frame.iteration.cost
            continue
        for k in range(1, group.count + 1):
            one = follow(own, group.kind, group.layer, only(k))
            np.testing.assert_array_equal(one.mid, ball.mid[..., k - 1 : k])
            np.testing.assert_allclose(one.rad, ball.rad[..., k - 1 : k], rtol=1e-12)
        if group.kind in ("z", "a", "delta"):
            made = {"z": frame.layer_z, "a": frame.layer_a, "delta": frame.layer_delta}[group.kind](group.layer)
            np.testing.assert_array_equal(ball.mid, made)


MANY = 40  # numbers that are taken as an array, not one by one


@pytest.mark.parametrize(
    ("value", "last"),
    [
        (0.3775, 1e-4),
        (-1.0, 1e-4),
        (0.0, 1e-4),
        (9999.0, 1e-4),
        (0.00099, 1e-5),
        (3.21e-6, 1e-7),
        (12345.6, 1.0),
        (-1e300, 1e296),
        (5e-324, 1e-307),
        (float("inf"), 1e-4),
        (float("nan"), 1e-4),
    ],
)
def test_the_last_digit_that_counts(value, last):
    assert last_digit(np.array([value]))[0] == pytest.approx(last)
    assert last_digit(np.full(MANY, value)) == pytest.approx(np.full(MANY, last))


@given(st.floats())
def test_of_one_number_it_is_the_same(value):
    assert last_digit_of(value) == last_digit(np.array([[value]]))[0, 0]
    assert (last_digit_of(value) == last_digit(np.full((MANY, 1), value))).all()


def test_shown_holds_the_number_and_what_the_screen_shows():
    ball = shown(np.array([0.15, 0.12345678, 3.2123e-6, 0.0, 7.0]))
    assert ball.rad == pytest.approx([0.0, 0.00004322, 1.23e-8, 0.0, 0.0], abs=1e-10)
    assert shown(np.array([1e-323])).rad == [1e-323]


@pytest.mark.parametrize(
    ("typed", "middle", "radius", "expected"),
    [
        (TypedNumber(0.38, 0.005), 0.3775, 0.0, True),
        (TypedNumber(0.37, 0.005), 0.3775, 0.0, True),  # cut
        (TypedNumber(0.36, 0.005), 0.3775, 0.0, False),
        (TypedNumber(0.3774, 0.00005), 0.3775, 0.0, False),  # four digits of it are 0.3775
        (TypedNumber(-0.37, 0.005), -0.3775, 0.0, True),
        (TypedNumber(0.0, 0.5e-2), 0.0075, 0.0, True),
        (TypedNumber(1.0, 0.5), 1.9, 0.0, False),  # nobody cuts at the point
        (TypedNumber(0.37, 0.005), 0.3775, 0.003, True),
        (TypedNumber(0.5, 0.05), float("nan"), 0.0, False),
        (TypedNumber(float("nan"), 0.0), float("nan"), float("nan"), True),
        (TypedNumber(float("inf"), 0.0), float("inf"), 0.0, True),
        (TypedNumber(float("-inf"), 0.0), float("inf"), 0.0, False),
        (TypedNumber(float("inf"), 0.0), 1.0, float("inf"), False),
        (TypedNumber(5.0, 0.5), 1.0, float("inf"), True),
    ],
)
def test_fits(typed, middle, radius, expected):
    assert agrees(typed, middle, radius) is expected


def test_tolerance_is_at_least_that_of_the_digits_that_count():
    assert tolerance(TypedNumber(0.5, 0.05), 0.5) == 0.05
    assert tolerance(TypedNumber(0.5, 1e-12), 0.5) == pytest.approx(5e-5)
    assert tolerance(TypedNumber(3e-6, 1e-12), 3e-6) == pytest.approx(5e-8)
