"""The judge of backpropagation is judged: what is right passes at any size, what is wrong by a millionth does not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine import iteration as engine
from nntui.engine.network import Layer, Network, from_matrices
from nntui.explain.gradient_check.central_differences import DataPoint, step_width
from nntui.explain.gradient_check.check import gradient_check
from nntui.training.timeline import Timeline
from tests.strategies import calm_numbers, examples, scenario, scenarios, wild_numbers


def network(*sizes, sigma="tanh", last="sigmoid", **options):
    names = [sigma] * (len(sizes) - 2) + [last]
    return Network(sizes[0], tuple(Layer(n, name) for n, name in zip(sizes[1:], names, strict=True)), **options)


def drawn(net, seed=3, scale=1.0):
    """A scenario of one data point with random weights; its layers are not at any corner."""
    rng = np.random.default_rng(seed)
    theta = rng.normal(size=net.parameters) * scale
    x, y = rng.normal(size=net.inputs), rng.uniform(size=net.outputs)
    return scenario(net, theta, [x], [y / y.sum() if net.softmax else y], 3)


def verdict(case, step=0, **options):
    return gradient_check(Timeline(case).frame(step), **options)


def one(verdict, layer, neuron, sender):
    return next(row for row in verdict.rows if (row.layer, row.neuron, row.sender) == (layer, neuron, sender))


# --- what is right


SMOOTH = [
    network(3, 4, 2),
    network(3, 4, 2, sigma="sigmoid", cost="squared_error"),
    network(3, 4, 2, cost="cross_entropy"),
    network(3, 4, 3, sigma="sigmoid", last="softmax", cost="cross_entropy"),
    network(2, 3, 3, 3, 1, sigma="identity", last="identity"),
    network(3, 5, 5, 2, sigma="relu", last="identity"),
    network(3, 5, 5, 2, sigma="leaky_relu"),
    network(1, 1),
]


@pytest.mark.parametrize("net", SMOOTH)
def test_every_weight_of_a_right_gradient_agrees(net):
    found = verdict(drawn(net))
    assert found.status == "agrees"
    assert len(found.of("agrees")) == found.weights == len(found.rows) == net.parameters
    assert all(row.error <= row.bound and row.why == "" for row in found.rows)


@pytest.mark.parametrize("net", SMOOTH)
def test_two_ways_of_differentiating_say_the_same(net):
    case = drawn(net)
    point = DataPoint(net, case.theta, case.x[0], case.y[0])
    for layer, block in enumerate(net.blocks, start=1):
        for k in range(1, block.units + 1):
            for j in range(block.inputs + 1):
                central, exact = point.central(layer, k, j), point.complex_step(layer, np.array([k]), np.array([j]))[0]
                assert exact.bound < 2e-12 * abs(exact.value) + 1e-13
                assert abs(central.value - exact.value) <= central.bound < 1e-6 * abs(exact.value) + 1e-6


@examples(150)
@given(scenarios(numbers=st.one_of(calm_numbers, wild_numbers, st.floats(-1e4, 1e4)), most_points=2, most_epochs=30, rules=True))
def test_no_right_gradient_is_ever_said_to_disagree(case):
    timeline = Timeline(case)
    for n in {0, len(timeline) - 1}:
        found = gradient_check(timeline.frame(n * timeline.course.length))
        assert not found.of("disagrees"), found.of("disagrees")[0]


def test_a_frame_is_checked_whatever_its_step_reveals():
    timeline = Timeline(drawn(network(2, 2, 1)))
    assert gradient_check(timeline.frame(0)) == gradient_check(timeline.frame(timeline.course.length - 1))


def test_a_saturated_neuron_is_right_though_its_slope_is_rounding():
    net = Network(1, (Layer(1, "sigmoid"), Layer(1, "identity")))
    for z in (30.0, 36.0, 40.0, 700.0, -40.0):
        found = verdict(scenario(net, from_matrices(net, [np.array([[0.0, z]]), np.array([[0.0, 2.0]])]), [[1]], [[0]], 1))
        assert not found.of("disagrees")
        assert one(found, 2, 1, 1).status == "agrees"
    small = one(
        verdict(scenario(net, from_matrices(net, [np.array([[0.0, 40.0]]), np.array([[0.0, 2.0]])]), [[1]], [[0]], 1)), 1, 1, 1
    )
    assert (small.status, small.reason) == ("not checkable", "small")  # a (1 − a) is 0, the truth 1e-18


def test_a_gradient_of_zero_agrees_with_a_cost_that_does_not_move():
    net = network(2, 2, 1, sigma="relu", last="identity")
    dead = from_matrices(net, [np.array([[-5.0, 1.0, 1.0], [0.5, 1.0, 1.0]]), np.array([[0.0, 1.0, 1.0]])])
    found = verdict(scenario(net, dead, [[1.0, 0.5]], [[3.0]], 1))
    assert all(one(found, 1, 1, j).backprop == one(found, 1, 1, j).numerical == 0.0 for j in range(3))
    assert {row.status for row in found.rows} == {"agrees"}


def test_tiny_gradients_of_a_deep_network_are_still_told_apart():
    found = verdict(drawn(network(2, *[2] * 12, 1, sigma="sigmoid"), scale=0.5))
    sizes = [abs(row.backprop) for row in found.rows if row.layer == 1]
    assert max(sizes) < 1e-9
    assert all(row.status == "agrees" and row.bound < 1e-4 * abs(row.backprop) for row in found.rows if row.layer == 1)


def test_softmax_targets_may_miss_the_sum_of_one_by_a_billionth():
    net = network(2, 3, last="softmax", cost="cross_entropy")
    case = drawn(net)
    assert verdict(replace(case, y=np.array([[0.333333333, 0.333333333, 0.333333333]]))).status == "agrees"


# --- what is wrong


@pytest.mark.parametrize("net", SMOOTH)
@pytest.mark.parametrize("factor", [1 + 1e-6, 1.01, -1.0, 0.0])
def test_one_wrong_delta_is_found(net, factor, monkeypatch):
    backward = engine.backward
    case = drawn(net)
    deltas = backward(net, case.theta, *engine.forward(net, case.theta, case.x[0]), case.y[0])
    wrong = int(np.flatnonzero(deltas[net.blocks[0].neurons])[-1])  # of a neuron that is alive

    def off(*args):
        delta = backward(*args)
        delta[wrong] *= factor
        return delta

    monkeypatch.setattr(engine, "backward", off)
    found = verdict(case)
    assert found.status == "disagrees"
    assert {(row.layer, row.neuron, row.reason) for row in found.of("disagrees")} == {(1, wrong + 1, "gradient")}
    assert "(15)" in found.of("disagrees")[0].why


def test_one_wrong_weight_is_found(monkeypatch):
    gradient = engine.gradient
    net = network(3, 4, 2)

    def off(*args):
        result = gradient(*args)
        net.blocks[1].matrix(result)[3, 1] *= 1.01
        return result

    monkeypatch.setattr(engine, "gradient", off)
    found = verdict(drawn(net))
    assert [(row.layer, row.neuron, row.sender, row.reason) for row in found.of("disagrees")] == [(2, 2, 3, "update")]
    assert "(11)" in found.of("disagrees")[0].why


def test_an_update_of_what_is_to_stay_is_found(monkeypatch):
    net = network(2, 2, 1, update_biases=False)
    assert verdict(drawn(net)).status == "agrees"
    update = engine.update
    monkeypatch.setattr(engine, "update", lambda n, *args: update(network(2, 2, 1), *args))
    assert {row.sender for row in verdict(drawn(net)).of("disagrees")} == {0}


def test_delta_from_weights_of_after_the_update_is_found(monkeypatch):
    """The mistake of a well-known tutorial."""
    backward = engine.backward

    def late(net, theta, z, a, y):
        first = backward(net, theta, z, a, y)
        return backward(net, engine.update(net, theta, a, first), z, a, y)

    monkeypatch.setattr(engine, "backward", late)
    assert {row.layer for row in verdict(drawn(network(3, 4, 2))).of("disagrees")} == {1}


def test_a_cost_that_is_not_the_one_that_is_differentiated_is_found(monkeypatch):
    """Only central differences can see it: they use the engine's own C."""
    cost = DataPoint._cost
    monkeypatch.setattr(DataPoint, "_cost", lambda self, z, a: 2.0 * cost(self, z, a))
    assert {row.method for row in verdict(drawn(network(3, 4, 2))).of("disagrees")} == {"central differences"}


# --- what cannot be judged


@pytest.mark.parametrize("sigma", ["relu", "leaky_relu"])
@pytest.mark.parametrize("z", [0.0, 1e-7, -1e-7])
def test_a_corner_within_h_is_not_checkable(sigma, z):
    net = network(1, 2, 1, sigma=sigma, last="identity")
    theta = from_matrices(net, [np.array([[z - 1.0, 1.0], [1.0, 1.0]]), np.array([[0.5, 1.0, 2.0]])])
    found = verdict(scenario(net, theta, [[1.0]], [[0.0]], 1))
    left = found.of("not checkable")
    assert {(row.layer, row.neuron, row.sender) for row in left} == {(1, 1, 0), (1, 1, 1)}
    assert {row.why for row in left} == {f"within h, z₁¹ crosses the corner of {sigma.replace('_', ' ')}"}
    assert found.status == "agrees"
    assert not found.of("disagrees")


def test_a_corner_above_counts_for_the_weights_that_reach_it():
    net = Network(1, (Layer(1, "identity"), Layer(2, "relu"), Layer(1, "identity")))
    theta = from_matrices(net, [np.array([[0.0, 1.0]]), np.array([[-1.0, 1.0], [1.0, 1.0]]), np.array([[0.0, 1.0, 1.0]])])
    found = verdict(scenario(net, theta, [[1.0]], [[0.0]], 1))
    assert {(row.layer, row.neuron) for row in found.of("not checkable")} == {(1, 1), (2, 1)}
    assert "z₁²" in one(found, 1, 1, 1).why


@pytest.mark.parametrize("name", ["step", "sign"])
@pytest.mark.parametrize(("slope", "word"), [(0.0, "jump"), (1.0, "declared departure")])
def test_what_passes_a_step_function_is_not_checkable(name, slope, word):
    net = Network(2, (Layer(2, "tanh"), Layer(2, name), Layer(1, "sigmoid")), step_slope=slope)
    found = verdict(drawn(net))
    assert {(row.layer, row.status) for row in found.rows} == {(1, "not checkable"), (2, "not checkable"), (3, "agrees")}
    assert all(word in row.why for row in found.of("not checkable"))


def test_a_perceptron_is_never_green():
    net = Network(2, (Layer(1, "step"),), step_slope=1.0)
    found = verdict(drawn(net))
    assert found.status == "not checkable"
    assert found.worst is None
    assert len(found.rows) == found.weights == 3


def test_a_number_that_is_not_finite_is_named():
    net = network(1, 1, last="identity", eta=3.0)
    case = scenario(net, from_matrices(net, [np.array([[0.0, 1.0]])]), [[1.0]], [[0.0]], 2000)
    found = verdict(case, 1000 * case.course.length)
    assert (found.status, found.rows) == ("not checkable", ())
    assert found.why.startswith("a number that is not finite at 1001:1:")


# --- large networks


def test_of_a_large_network_an_even_sample_is_checked():
    case = drawn(network(40, 30, 20, 3), scale=0.2)
    found = verdict(case)
    assert found.weights == 41 * 30 + 31 * 20 + 21 * 3
    assert 150 <= len(found.rows) <= 250
    assert found == verdict(case)
    assert found.status == "agrees"
    for layer, block in enumerate(case.network.blocks, start=1):
        rows = [row for row in found.rows if row.layer == layer]
        assert len(rows) >= 15
        assert len({row.neuron for row in rows}) > block.units / 2
        assert len({row.sender for row in rows}) > block.inputs / 4
    assert len(verdict(case, most=30).rows) < 40


def test_layers_without_biases_have_no_row_for_them():
    net = Network(2, (Layer(2, "tanh", biases=False), Layer(1, "sigmoid")))
    found = verdict(scenario(net, from_matrices(net, [np.ones((2, 3)), np.ones((1, 3))]), [[1, 2]], [[0]], 1))
    assert found.weights == len(found.rows) == 7
    assert {row.sender for row in found.rows if row.layer == 1} == {1, 2}


@pytest.mark.parametrize(
    ("w", "a", "z"), [(1, 1, 0.5), (1e12, 1, 1), (1, 1e9, 3), (0, 5e-324, 0), (1e308, 1e308, 1e308), (0, 0, 0)]
)
def test_the_step_moves_the_weight(w, a, z):
    assert step_width(w, a, z) > 0.0
    assert w + step_width(w, a, z) > w


def test_numbers_too_small_for_a_float_are_no_disagreement():
    net = Network(1, (Layer(1, "leaky_relu"), Layer(1, "identity")))
    theta = from_matrices(net, [np.array([[0.0, -1.0]]), np.array([[0.0, 5e-324]])])
    found = verdict(scenario(net, theta, [[1.0]], [[1e150]], 1))
    assert one(found, 1, 1, 1).backprop != 0.0
    assert not found.of("disagrees")
