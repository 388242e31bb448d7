"""What is known at a step: nothing early, and every number the one the plain loop makes."""

import numpy as np
from hypothesis import given

from nntui.engine.arithmetic import canonical
from nntui.engine.network import Layer, Network, to_matrices
from nntui.training.draws.random_draws import epoch_order
from nntui.training.scenario import starting_weights
from nntui.training.timeline import Timeline
from tests import reference
from tests.strategies import examples, scenario, scenarios, wild_numbers


def expected_numbers(point, moment):
    """The numbers of a moment out of the reference's record."""
    i, k = moment.layer - 1, moment.neuron - 1
    match moment.kind:
        case "input":
            return point.x
        case "cost":
            return [point.cost]
        case "z" | "a" | "delta":
            return [getattr(point, moment.kind)[i][k]]
        case "gradient":
            row = point.gradient[i][k]
        case "update":
            row = point.after[i][k]
    return [w for w in row if w is not None]


def run_rows(scene):
    return [
        row
        for epoch in range(1, scene.epochs + 1)
        for row in epoch_order(scene.order, scene.shuffle_seed, epoch, scene.points).tolist()
    ]


def check(scene):
    """Every step of a run."""
    timeline = Timeline(scene)
    course = timeline.course
    rows = run_rows(scene)
    points, last = reference.train(scene.network, scene.weights, scene.x, scene.y, rows)
    for step in range(course.last + 1):
        frame = timeline.frame(step)
        assert frame.step == step
        assert frame.row == rows[frame.number] + 1
        assert str(frame.address) == str(course.address(step))
        assert reference.bits(frame.numbers(frame.moment)) == reference.bits(
            expected_numbers(points[frame.number], frame.moment)
        ), frame.address
    trained = np.concatenate([w.ravel() for w in timeline.weights(len(timeline))])
    assert trained.tobytes() == reference.bits(reference.flat(last))


@examples(60)
@given(scenarios(most_points=3, most_epochs=3, rules=True, held=False))
def test_every_step_shows_the_number_of_the_plain_loop(scene):
    check(scene)


@examples(60)
@given(scenarios(numbers=wild_numbers, most_points=3, most_epochs=3, rules=True, held=False))
def test_of_runs_that_overflow_too(scene):
    check(scene)


@given(scenarios(most_points=2, most_epochs=2, rules=True))
def test_nothing_is_known_before_its_own_step(scene):
    timeline = Timeline(scene)
    course = timeline.course
    moments = [course.moment(m) for m in range(course.length)]
    for m in range(course.length):
        frame = timeline.frame(m)
        known = [frame.knows(moment.kind, moment.layer, moment.neuron) for moment in moments]
        assert known == [True] * (m + 1) + [False] * (course.length - m - 1)


@given(scenarios(most_points=2, most_epochs=2, rules=True))
def test_accessors_agree_with_each_other(scene):
    frame = Timeline(scene).frame(0)
    network = scene.network
    for layer, (block, theta) in enumerate(
        zip(network.blocks, to_matrices(network, frame.iteration.before), strict=True), start=1
    ):
        np.testing.assert_array_equal(frame.weights_before(layer), theta)
        np.testing.assert_array_equal(frame.weights_after(layer), to_matrices(network, frame.iteration.after)[layer - 1])
        assert frame.a(layer - 1, 0) == 1.0
        for neuron in range(1, block.units + 1):
            assert frame.z(layer, neuron) == frame.layer_z(layer)[neuron - 1]
            assert frame.a(layer, neuron) == frame.layer_a(layer)[neuron - 1]
            assert frame.delta(layer, neuron) == frame.layer_delta(layer)[neuron - 1]
            row = frame.gradient_row(layer, neuron)
            assert row.shape == (1 + block.inputs,)
            if block.biases:
                assert row[0] == frame.delta(layer, neuron)
            else:
                assert np.isnan(row[0])
            slope = frame.slope(layer, neuron)
            if network.layers[layer - 1].activation == "softmax":
                assert np.isnan(slope)
            else:
                activation = network.layers[layer - 1].activation
                assert slope == reference.slope(activation, frame.z(layer, neuron), frame.a(layer, neuron), network.step_slope)
    assert [frame.y(k) for k in range(1, network.outputs + 1)] == frame.iteration.y.tolist()
    assert frame.layer_a(0).tolist() == scene.x[frame.row - 1].tolist() == [frame.a(0, j) for j in range(1, network.inputs + 1)]


def test_shown_terms_add_up_to_the_shown_number():
    """What a student does with the numbers on screen, from left to right at full digits."""
    network = Network(3, (Layer(3, "tanh"), Layer(2, "sigmoid")), eta=0.3)
    rng = np.random.default_rng(8)
    scene = scenario(
        network, starting_weights(network, [None] * 2, [None] * 2, "he", 5), rng.normal(size=(4, 3)), rng.random((4, 2)), 10
    )
    timeline = Timeline(scene)
    for n in range(len(timeline)):
        f = timeline.frame(n * timeline.course.length)
        for layer, (senders, units) in enumerate([(3, 3), (3, 2)], start=1):
            w, new = f.weights_before(layer), f.weights_after(layer)
            for k in range(1, units + 1):
                z = 0.0
                for j in range(1, senders + 1):
                    z = z + float(w[k - 1, j]) * f.a(layer - 1, j)
                assert z + float(w[k - 1, 0]) == f.z(layer, k)
                for j in range(senders + 1):
                    assert f.delta(layer, k) * f.a(layer - 1, j) == f.gradient_row(layer, k)[j]
                    assert w[k - 1, j] - 0.3 * f.gradient_row(layer, k)[j] == new[k - 1, j]
        for k in range(1, 4):
            paths = 0.0
            for m in (1, 2):
                paths = paths + f.delta(2, m) * float(f.weights_before(2)[m - 1, k])  # the weights of before the update
            assert paths * f.slope(1, k) == f.delta(1, k)


def test_a_data_point_starts_with_the_weights_the_one_before_left():
    network = Network(2, (Layer(2, "relu"), Layer(1, "sigmoid")), eta=1.0)
    scene = scenario(
        network, starting_weights(network, [None] * 2, [None] * 2), [[0.5, 1.0], [1.0, -1.0]], [[1.0], [0.0]], 5, order="shuffled"
    )
    timeline = Timeline(scene)
    for n in range(1, len(timeline)):
        before, now = timeline.iteration(n - 1), timeline.iteration(n)
        assert canonical(before.after).tobytes() == now.before.tobytes()
