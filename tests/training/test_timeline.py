"""Any iteration in any order, with the bits of one pass; in bounded memory; and what happens when a run diverges."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine.arithmetic import canonical
from nntui.engine.batch_place import batch_place_of
from nntui.engine.iteration import iterate
from nntui.engine.network import Layer, Network, from_matrices, starting_state, to_matrices
from nntui.training.draws.epoch_orders import orders_of_epochs
from nntui.training.draws.random_draws import epoch_order
from nntui.training.scenario import starting_weights
from nntui.training.timeline import Timeline
from tests import reference
from tests.counting import count_iterations
from tests.strategies import examples, scenario, scenarios, wild_numbers

NAN = struct.pack("<Q", 0x7FF8000000000000)
XOR_X, XOR_Y = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]


def xor(epochs=500, **options):
    network = Network(2, (Layer(2, "sigmoid"), Layer(1, "sigmoid")), eta=0.5)
    return scenario(network, starting_weights(network, [None, None], [None, None], "xavier", 1), XOR_X, XOR_Y, epochs, **options)


def exploding(cost="squared_error", eta=3.0, epochs=40, biases=True, **flags):
    """A linear network with far too large a rate."""
    network = Network(2, (Layer(3, "leaky_relu", biases), Layer(1, "identity", biases)), cost=cost, eta=eta, **flags)
    return scenario(network, starting_weights(network, [None] * 2, [None] * 2, "uniform", 4), XOR_X, XOR_Y, epochs)


def rows(scene):
    """Data rows of the whole run, each epoch from (seed, epoch) alone."""
    for epoch in range(1, scene.epochs + 1):
        yield from scene.trained_rows[epoch_order(scene.order, scene.shuffle_seed, epoch, scene.points)].tolist()


def segment(scene):
    """The run from the first iteration to the last, nothing kept back: records, and the state before each and after the last."""
    theta = starting_state(scene.network, scene.theta)
    made, states = [], [theta]
    for number, row in enumerate(rows(scene)):
        place = batch_place_of(scene.network.batch, number % scene.points, scene.points)
        made.append(iterate(scene.network, theta, scene.x[row], scene.y[row], place))
        theta = made[-1].after
        states.append(theta)
    return made, states


def raw(*arrays):
    return b"".join(np.asarray(array, dtype=float).tobytes() for array in arrays)


def record_bits(made):
    return raw(made.x, made.y, made.z, made.a, [made.cost], made.delta, made.before, made.after)


def canonical_bits(made):
    return raw(
        *(canonical(v) for v in (made.x, made.y, made.z, made.a, np.array([made.cost]), made.delta, made.before, made.after))
    )


# --- seeking


@st.composite
def journeys(draw):
    """A run, a budget of a few states, and seeks in it."""
    scene = draw(
        scenarios(
            numbers=draw(st.sampled_from([wild_numbers, st.floats(-2, 2)])),
            most_epochs=200,
            most_layers=2,
            most_units=3,
            rules=True,
        )
    )
    n = scene.course.iterations
    place = st.integers(0, n - 1)
    look = st.one_of(
        st.tuples(st.sampled_from(["iteration", "weights", "frame", "reach", "reach and drop"]), place),
        st.tuples(st.just("step back"), st.integers(1, 5)),
        st.tuples(st.just("costs"), place),
    )
    return scene, draw(st.integers(1, 30)), draw(st.lists(look, min_size=1, max_size=25))


@examples(120)
@given(journeys())
def test_any_order_of_seeks_gives_the_bits_of_one_pass(journey):
    scene, states_kept, looks = journey
    made, states = segment(scene)
    timeline = Timeline(scene, budget=states_kept * scene.theta.nbytes)
    assert len(timeline) == len(made)
    at = 0
    for what, n in looks:
        match what:
            case "iteration":
                at = n
            case "step back":
                at = max(at - n, 0)
            case "weights":
                got = timeline.weights(n)
                assert raw(*got) == raw(*to_matrices(scene.network, canonical(states[n])))
                assert not any(matrix.flags.writeable for matrix in got)
                continue
            case "costs":
                low, high = sorted((at, n))
                assert raw(timeline.costs(low, high)) == raw(canonical(np.array([m.cost for m in made[low:high]])))
                continue
            case "frame":
                step = n * timeline.course.length + n % timeline.course.length
                frame = timeline.frame(step)
                assert (frame.number, frame.step) == (n, step)
                assert record_bits(frame.iteration) == canonical_bits(made[n])
                continue
            case "reach":
                assert list(timeline.reach(n))[-1:] in ([n], [])
                continue
            case "reach and drop":
                next(timeline.reach(n), None)
                continue
        assert record_bits(timeline.iteration(at)) == canonical_bits(made[at])
    assert raw(*timeline.weights(len(timeline))) == raw(*to_matrices(scene.network, canonical(states[-1])))
    assert raw(timeline.costs(0, len(timeline))) == raw(canonical(np.array([m.cost for m in made])))
    assert [timeline.row(n) for n in range(len(made))] == list(rows(scene))


@pytest.mark.usefixtures("numpy_alone")
def test_every_state_while_keyframes_double():
    scene = xor(epochs=200)
    _, states = segment(scene)
    timeline = Timeline(scene, budget=4 * scene.theta.nbytes)
    for n in np.random.default_rng(0).integers(0, len(states), 120).tolist():
        assert raw(*timeline.weights(n)) == raw(*to_matrices(scene.network, states[n]))
    assert timeline.segment.keyframes.spacing > 64


@pytest.mark.parametrize("engine", ["compiled where it is there", "NumPy"])
@pytest.mark.parametrize("states_kept", [0, 1, 2, 3, 5, 8, 100])
def test_keys_stay_within_the_budget(states_kept, engine, request):
    if engine == "NumPy":
        request.getfixturevalue("numpy_alone")
    scene = xor(epochs=250)
    budget = states_kept * scene.theta.nbytes
    timeline = Timeline(scene, budget=budget)
    for computed in timeline.reach(len(timeline)):
        segment = timeline.segment
        assert len(segment.keyframes.states) <= max(states_kept, 1)
        assert (
            segment.keyframes.spacing * (len(segment.keyframes.states) - 1)
            <= computed
            < segment.keyframes.spacing * (len(segment.keyframes.states) + 1)
        )
    for n in range(len(timeline) - 1, 0, -237):
        timeline.weights(n)
        assert timeline.segment.near.kept <= max(budget // 8 // scene.theta.nbytes, 1) + 2


@pytest.mark.usefixtures("numpy_alone")
@pytest.mark.parametrize("states_kept", [2, 5, 20, 64, 400])
def test_states_near_the_viewer_stay_within_the_budget_however_the_viewer_goes(states_kept):
    scene = xor(epochs=60)
    _, states = segment(scene)
    timeline = Timeline(scene, budget=states_kept * scene.theta.nbytes)
    timeline.run_to(len(timeline))
    rng = np.random.default_rng(states_kept)
    most = max(states_kept // 8, 1) + 2
    for _ in range(8):
        n = int(rng.integers(len(timeline)))
        for change in [-1] * 40 + [1] * 25:
            n = min(max(n + change, 0), len(timeline))
            assert raw(*timeline.weights(n)) == raw(*to_matrices(scene.network, states[n]))
            near = timeline.segment.near
            assert near.kept == len(near.block.states) + len(near._behind.states) <= most


@pytest.mark.usefixtures("numpy_alone")
@pytest.mark.parametrize("states_kept", [1, 2, 5, 20, 64, 400])
def test_what_was_approached_is_at_hand_within_the_budget(states_kept):
    scene = xor(epochs=60)
    timeline = Timeline(scene, budget=states_kept * scene.theta.nbytes)
    timeline.run_to(len(timeline))
    rng = np.random.default_rng(states_kept)
    for near_by in [True, False] * 100:
        n = int(rng.integers(40 if near_by else len(timeline)))
        timeline.iteration(int(rng.integers(len(timeline))))
        for _ in timeline.approach(n):
            pass
        assert timeline.distance(n) == 0
        assert timeline.segment.near.kept <= max(states_kept // 8, 1) + 2


@pytest.mark.usefixtures("numpy_alone")
def test_a_step_back_recomputes_a_few_iterations_only(monkeypatch):
    scene = xor(epochs=600)
    timeline = Timeline(scene, budget=20 * scene.theta.nbytes)
    end = len(timeline)
    timeline.weights(end)
    calls = count_iterations(monkeypatch)
    spent = []
    for n in range(end - 1, end - 350, -1):
        calls.clear()
        timeline.iteration(n)
        spent.append(len(calls))
    assert timeline.segment.keyframes.spacing == 128
    assert max(spent) <= timeline.segment.keyframes.spacing + 1  # on entering a block
    assert sorted(spent)[-5] <= 65  # the finer keys of a block: the budget allows 2 of them here
    assert np.mean(spent) < 40


@pytest.mark.usefixtures("numpy_alone")
def test_a_step_back_with_room_costs_about_the_root_of_a_block(monkeypatch):
    scene = xor(epochs=500)
    timeline = Timeline(scene, budget=400 * scene.theta.nbytes)
    timeline.weights(len(timeline))
    calls = count_iterations(monkeypatch)
    spent = []
    for n in range(len(timeline) - 1, len(timeline) - 500, -1):
        calls.clear()
        timeline.iteration(n)
        spent.append(len(calls))
    assert timeline.segment.keyframes.spacing == 64
    assert np.mean(spent) <= 8  # with the block behind, of which a stretch is prepared at each step
    assert max(spent[1:]) <= 1 + 8 + 8  # on entering a block, too; the first of them enters the last block from its end


@pytest.mark.usefixtures("numpy_alone")
@pytest.mark.parametrize("epochs", [180, pytest.param(500, marks=pytest.mark.sweep(usual=False))])
@pytest.mark.parametrize("into", [0, 1, 2, 3, 7, 8, 40, 63])
def test_there_and_back_across_a_keyframe_walks_no_more_than_two_stretches_at_a_step(monkeypatch, into, epochs):
    scene = xor(epochs=epochs)
    timeline = Timeline(scene, budget=400 * scene.theta.nbytes)
    timeline.weights(len(timeline))
    assert timeline.segment.keyframes.spacing == 64
    known = [timeline.iteration(n) for n in range(64 * 8, 64 * 9 + into + 1)]
    calls = count_iterations(monkeypatch)
    for n in range(64 * 9 + into, 64 * 8 - 1, -1):
        calls.clear()
        assert record_bits(timeline.iteration(n)) == record_bits(known.pop())
        assert len(calls) <= 1 + 8 + 8


def test_steps_within_a_data_point_compute_nothing(monkeypatch):
    timeline = Timeline(xor())
    timeline.frame(1000 * timeline.course.length)
    calls = count_iterations(monkeypatch)
    for m in range(timeline.course.length):
        timeline.frame(1000 * timeline.course.length + m)
    assert not calls


def test_a_step_forward_from_the_frontier_computes_one_iteration(monkeypatch):
    timeline = Timeline(xor())
    timeline.iteration(300)
    calls = count_iterations(monkeypatch)
    for n in range(301, 340):
        timeline.iteration(n)
    assert len(calls) == 39


def test_a_far_jump_is_made_in_slices_and_can_be_dropped():
    timeline = Timeline(xor(epochs=100_000))
    slices = timeline.reach(400_000)
    seen = [next(slices) for _ in range(5)]
    assert seen == sorted(set(seen))
    assert all(0 < b - a <= timeline.stride for a, b in zip([0, *seen], seen, strict=False))
    slices.close()
    assert timeline.computed == seen[-1]
    goal = timeline.computed + 10
    assert list(timeline.reach(goal))[-1] == goal == timeline.computed
    assert list(timeline.reach(10)) == []


@examples(60)
@given(scenarios(most_epochs=40), st.data())
def test_one_iteration_after_the_other_from_anywhere(scene, data):
    made, _ = segment(scene)
    timeline = Timeline(scene, budget=3 * scene.theta.nbytes)
    for _ in range(3):
        start, stop = sorted(data.draw(st.lists(st.integers(0, len(made)), min_size=2, max_size=2)))
        shown = timeline.iterations(start, stop)
        between = data.draw(st.integers(start, stop))
        first = [record_bits(next(shown)) for _ in range(start, between)]
        list(timeline.reach(data.draw(st.integers(0, len(made)))))  # somebody else computes meanwhile
        assert first + [record_bits(one) for one in shown] == [record_bits(one) for one in made[start:stop]]


def test_slices_of_a_wide_network_are_shorter():
    network = Network(784, (Layer(400, "tanh"), Layer(1, "sigmoid")))
    scene = scenario(network, starting_weights(network, [None] * 2, [None] * 2), np.zeros((1, 784)), [[0]], 30)
    assert Timeline(scene).slice <= 7
    assert next(Timeline(scene).reach(30)) <= 16


def test_outside_the_run():
    timeline = Timeline(xor(epochs=2))
    steps = timeline.course.last
    for look in (
        lambda: timeline.iteration(-1),
        lambda: timeline.iteration(8),
        lambda: timeline.weights(-1),
        lambda: timeline.weights(9),
        lambda: timeline.frame(-1),
        lambda: timeline.frame(-(10**9)),
        lambda: timeline.frame(steps + 1),
        lambda: timeline.costs(-1, 2),
        lambda: timeline.costs(0, 9),
        lambda: timeline.costs(3, 2),
    ):
        with pytest.raises(IndexError):
            look()
    assert timeline.computed == 0
    assert timeline.costs(3, 3).shape == (0,)


@pytest.mark.parametrize("order", ["given", "shuffled"])
def test_outside_a_shuffled_run_too(order):
    timeline = Timeline(xor(epochs=2, order=order))
    for step in (-1, -(10**9), timeline.course.last + 1, 10**12):
        with pytest.raises(IndexError):
            timeline.frame(step)


def test_everything_handed_out_is_read_only():
    for scene in (xor(), exploding()):
        timeline = Timeline(scene)
        for n in (0, 5, 120, 3):
            made = timeline.iteration(n)
            for name in ("z", "a", "delta", "before", "after"):
                assert not getattr(made, name).flags.writeable, name
            assert not any(w.flags.writeable for w in (*timeline.weights(n), *timeline.weights(n + 1)))
        with pytest.raises(ValueError, match="read-only"):
            timeline.weights(2)[0][0, 0] = 1.0


def test_weights_have_the_shape_of_the_contract():
    network = Network(3, (Layer(4, "tanh", biases=False), Layer(2, "sigmoid")))
    timeline = Timeline(scenario(network, starting_weights(network, [None] * 2, [None] * 2), np.ones((2, 3)), np.ones((2, 2)), 2))
    assert [w.shape for w in timeline.weights(3)] == [(4, 4), (2, 5)]
    assert all(w.dtype == np.float64 for w in timeline.weights(0))
    for n in range(5):
        assert timeline.weights(n)[0][:, 0].tobytes() == NAN * 4
        assert np.isfinite(timeline.weights(n)[1]).all()


def test_an_epoch_is_reached_without_the_ones_before(monkeypatch):
    scene = xor(epochs=10_000_000, order="shuffled", shuffle_seed=11)
    made = []
    monkeypatch.setattr("nntui.training.row_order.orders_of_epochs", lambda *a: made.append(a) or orders_of_epochs(*a))
    timeline = Timeline(scene)
    expected = np.argsort(np.random.PCG64(np.random.SeedSequence([11, 9_999_999])).random_raw(4), kind="stable")
    first = 9_999_998 * 4
    assert [timeline.row(first + i) for i in range(4)] == expected.tolist()
    ((_, begin, count, _),) = made
    assert begin <= 9_999_999 < begin + count <= begin + 2048, "a stretch of epochs round it, and no other"
    assert timeline.computed == 0


def test_costs_beyond_what_is_kept_one_by_one_are_made_again():
    scene = xor(epochs=400)
    timeline = Timeline(scene, budget=10 * scene.theta.nbytes)
    timeline.segment.costs = type(timeline.costs_seen)(capacity=100)
    made, _ = segment(scene)
    assert timeline.costs(700, 900).tolist() == [m.cost for m in made[700:900]]
    assert timeline.costs_seen.width > 1


def test_epoch_means_add_from_left_to_right():
    scene = xor(epochs=30)
    timeline = Timeline(scene)
    timeline.iteration(47)
    timeline.weights(len(timeline))
    made, _ = segment(scene)
    means = [reference.total(m.cost for m in made[4 * e : 4 * e + 4]) / 4 for e in range(30)]
    assert timeline.epoch_means.exact(0, 30).tolist() == means


# --- a run that diverges


def first_step_not_finite(timeline):
    """A slow scan of every step."""
    for step in range(timeline.course.last + 1):
        frame = timeline.frame(step)
        if not np.isfinite(frame.numbers(frame.moment)).all():
            return step
    return None


def overflowing_z():
    """z = −inf in a sigmoid: a = 0, C and all weights stay finite."""
    network = Network(1, (Layer(1, "sigmoid"), Layer(1, "sigmoid")))
    theta = from_matrices(network, [np.array([[0.0, -1e308]]), np.array([[0.0, 1.0]])])
    return scenario(network, theta, [[1.0], [10.0]], [[0.0], [0.0]], 3)


def overflowing_gradient():
    """∂C/∂w = inf where only biases learn: no weight ever shows it."""
    network = Network(1, (Layer(1, "identity"),), eta=1e-200, update_weights=False)
    theta = from_matrices(network, [np.array([[1e200, 0.0]])])
    return scenario(network, theta, [[1.0], [1e200]], [[0.0], [0.0]], 3)


def overflowing_cost():
    """C = inf from a δ that is finite."""
    network = Network(1, (Layer(1, "identity"),), eta=1e-200)
    return scenario(network, from_matrices(network, [np.array([[0.0, 1.0]])]), [[0.0], [1e160], [1.0]], [[0.0], [0.0], [0.0]], 2)


DIVERGING = {
    "squared": exploding(),
    "half squared": exploding("half_squared_error", eta=9.0, epochs=80),
    "no biases": exploding(biases=False),
    "weights alone": exploding(update_biases=False),
    "z": overflowing_z(),
    "gradient": overflowing_gradient(),
    "cost": overflowing_cost(),
}


@pytest.mark.parametrize("scene", DIVERGING.values(), ids=DIVERGING.keys())
def test_the_first_step_that_is_not_finite_is_named(scene):
    expected = first_step_not_finite(Timeline(scene))
    assert expected is not None
    in_slices = Timeline(scene)
    list(in_slices.reach(len(in_slices)))
    assert in_slices.diverged == expected
    by_steps = Timeline(scene)
    for n in range(len(by_steps)):
        by_steps.iteration(n)
        assert (by_steps.diverged is None) == (expected >= (n + 1) * by_steps.course.length)
    assert by_steps.diverged == expected


@examples(60)
@given(scenarios(numbers=wild_numbers, most_epochs=8))
def test_divergence_of_random_runs(scene):
    timeline = Timeline(scene)
    timeline.weights(len(timeline))
    assert timeline.diverged == first_step_not_finite(Timeline(scene))


def test_a_calm_run_has_not_diverged():
    for scene in (xor(100), exploding(eta=0.01)):
        timeline = Timeline(scene)
        timeline.weights(len(timeline))
        assert timeline.diverged is None


def test_a_diverged_run_goes_to_inf_then_nan_and_does_not_heal():
    scene = exploding()
    timeline = Timeline(scene)
    costs = timeline.costs(0, len(timeline))
    first = timeline.diverged // timeline.course.length
    assert np.isfinite(costs[:first]).all()
    assert np.isinf(costs).any()
    last_number = np.flatnonzero(~np.isnan(costs))[-1]
    assert np.isnan(costs[last_number + 1 :]).all()
    assert last_number < len(costs) - 1
    assert np.isnan(timeline.weights(len(timeline))[0]).all()


def test_nan_has_one_pattern_wherever_it_is_handed_out():
    for scene in (exploding(), exploding(biases=False)):
        timeline = Timeline(scene, budget=3 * scene.theta.nbytes)
        n = len(timeline)
        assert timeline.weights(n)[0].tobytes() == NAN * timeline.weights(n)[0].size
        for at in (n - 1, n - 40, n - 1, 70, n - 2):
            made = timeline.iteration(at)
            for array in (made.z, made.a, made.delta, made.before, made.after, np.array([made.cost]), timeline.costs(at, at + 1)):
                patterns = set(array[np.isnan(array)].view(np.uint64).tolist())
                assert patterns <= {0x7FF8000000000000}
            for matrix in (*timeline.weights(at), *timeline.weights(at + 1)):
                assert set(matrix[np.isnan(matrix)].view(np.uint64).tolist()) <= {0x7FF8000000000000}
