"""One weight moved by h: the numbers are C's, the bound on rounding holds, and what is said of them is true."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.equations.cells import senders
from nntui.explain.gradient_check.batch_check import batch_frames
from nntui.explain.gradient_check.nudge import EXPONENTS, nudged_batch, nudged_weight, shared_digits
from nntui.explain.gradient_check.nudge_words import nudge_words
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests import reference
from tests.scenes import frame, neuron, scene
from tests.strategies import examples, scenarios

OVER_H = re.compile(
    r"Nearest at h = 1e-(\d+)\.( Larger h: C curves in between\.)?"
    r"(?: Smaller h: the two C agree in up to (\d+) of 17 digits, so their difference is mostly rounding\.)?"
)


def cost_with(shown, cell, w):
    """C with w in place of one weight, by the reference."""
    network = shown.scenario.network
    net = reference.net_of(network)
    rows = reference.rows_of(network, [shown.weights_before(n) for n in range(1, len(network.layers) + 1)])
    rows[cell.layer - 1][cell.neuron - 1][cell.sender] = w
    z, a = reference.forward(net, rows, shown.iteration.x.tolist())
    return reference.cost(net, z[-1], a[-1], shown.iteration.y.tolist())


@examples(40)
@given(scenarios(most_points=1, most_epochs=1), st.data())
def test_c_is_that_of_the_moved_weight_and_the_words_are_true(scenario, data):
    shown = frame(scenario, "1:1:cost")
    layer = data.draw(st.integers(1, len(scenario.network.layers)))
    cell = Cell("weight", layer, data.draw(st.integers(1, scenario.network.layers[layer - 1].units)),
                data.draw(st.sampled_from(senders(shown, layer))))  # fmt: skip
    found = nudged_weight(shown, cell)
    assert found.w == shown.value("weight", layer, cell.neuron, cell.sender)
    assert found.backprop == shown.value("gradient", layer, cell.neuron, cell.sender)
    for nudge, exponent in zip(found.nudges, EXPONENTS, strict=True):
        assert (nudge.up, nudge.down) == (found.w + 10.0**-exponent, found.w - 10.0**-exponent)
        assert nudge.c_up == cost_with(shown, cell, nudge.up)
        assert nudge.c_down == cost_with(shown, cell, nudge.down)
        if nudge.crossed is None and exponent >= 8 and not found.by_rule:
            assert found.error(nudge) <= nudge.rounding, "h is too small for a curve"
    check_words(found, nudge_words(shown, found))


def check_words(found, words):
    said = OVER_H.search(words)
    if said is None:
        far = found.nearest is not None and found.error(found.nearest) > 0.01 * max(
            abs(found.backprop), abs(found.nearest.quotient)
        )
        assert found.by_rule or far or not any(found.error(nudge) for nudge in found.smooth)
        return
    errors = {n.exponent: found.error(n) for n in found.smooth}
    best = int(said[1])
    assert errors[best] == min(errors.values())
    assert bool(said[2]) == any(errors[n.exponent] > n.rounding for n in found.smooth if n.exponent < best)
    if said[3]:
        shared = [shared_digits(n.c_up, n.c_down) for n in found.smooth if n.exponent > best and errors[n.exponent] <= n.rounding]
        assert int(said[3]) == max(shared)


@pytest.mark.parametrize(
    ("shown", "cell", "words"),
    [
        (
            frame(load("two-by-two"), "1:1:gradient:1:2"),
            Cell("weight", 1, 2, 1),
            "Nearest at h = 1e-4. Larger h: C curves in between. Smaller h: the two C agree in up to 14 of 17 digits, so",
        ),
        (frame(neuron("relu", [0.0, 0.0]), "1:1:cost"), Cell("weight", 1, 1, 1), "z₁¹ lies on the corner of relu, or crosses"),
        (frame(neuron("relu", [0.0, 0.05]), "1:1:cost"), Cell("weight", 1, 1, 1), "Where × stands, z₁¹ crosses the corner of"),
        (frame(neuron("step", [0.0, 0.05]), "1:1:cost"), Cell("weight", 1, 1, 1), "Where × stands, z₁¹ crosses the jump of step"),
        (frame(neuron("step", step_slope=1.0), "1:1:cost"), Cell("weight", 1, 1, 1), "`step_slope` stands for the σ′ of a step"),
        (frame(neuron(x=[0.0]), "1:1:cost"), Cell("weight", 1, 1, 1), "C does not change with this weight: all is 0."),
        (frame(neuron("identity", [0.0, 1e30], [1e-30]), "1:1:cost"), Cell("weight", 1, 1, 1), "Every h here is too small to"),
        (frame(neuron("identity", [0.0, 1e200], [1e200]), "1:1:cost"), Cell("weight", 1, 1, 1), "C is not a finite number"),
    ],
)
def test_what_is_said(shown, cell, words):
    assert nudge_words(shown, nudged_weight(shown, cell)).startswith(words)


def test_the_errors_fall_and_then_rise():
    shown = frame(load("two-by-two"), "1:1:gradient:1:2")
    found = nudged_weight(shown, Cell("weight", 2, 1, 1))
    errors = [found.error(nudge) for nudge in found.nudges]
    assert errors[0] / errors[1] == pytest.approx(100.0, rel=0.1), "of the order h²"
    assert min(errors) < 1e-10 < errors[0]
    assert errors[-1] > 1e-7
    assert found.complex_step == pytest.approx(found.backprop, rel=1e-13)
    assert found.nearest is found.at(found.nearest.exponent)


def test_of_a_batch_the_sum_of_c_is_compared_with_g():
    timeline = Timeline(load("batch"))
    shown = timeline.frame(timeline.course.parse("1:4:update:1:1"))
    found = nudged_batch(batch_frames(timeline, shown), Cell("weight", 1, 1, 1), 5)
    assert found.points == 4
    assert found.quotient == pytest.approx(found.total, rel=1e-8)
    assert found.total == shown.value("sum", 1, 1, 1)


def test_shared_digits_are_those_of_the_difference():
    assert shared_digits(1.0, 1.0) == 17
    assert shared_digits(0.5, 0.5 + 1e-9) == 8
    assert shared_digits(0.49999999, 0.50000001) == 7
    assert shared_digits(1.0, -1.0) == 0
    assert shared_digits(float("inf"), 1.0) == 0


def test_a_saturated_hidden_step_leaves_what_is_above_it_checkable():
    shown = frame(scene([(1, "step"), (1, "identity")], [[[0.0, 1.0]], [[0.1, 0.3]]], [1.0], [0.0]), "1:1:cost")
    above, below = (nudged_weight(shown, Cell("weight", layer, 1, 1)) for layer in (2, 1))
    assert above.complex_step == pytest.approx(above.backprop)
    assert below.complex_step != below.complex_step


def test_at_the_jump_c_is_that_of_the_side_that_at_zero_says():
    """A dead ReLU sends 0 however its weight is moved, and `sign` at z = 0 stays −1: C stays 4."""
    weights = [[[-1.0, 0.5]], [[0.0, -1.0]]]
    options = {"cost": "squared_error", "at_zero": 0.0}
    shown = frame(scene([(1, "relu"), (1, "sign")], weights, [0.0], [1.0], **options), "1:1:cost")
    found = nudged_weight(shown, Cell("weight", 1, 1, 0))
    assert shown.iteration.cost == 4.0
    assert {(nudge.c_up, nudge.c_down) for nudge in found.nudges} == {(4.0, 4.0)}
