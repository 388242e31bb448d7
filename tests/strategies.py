"""Random networks and runs for Hypothesis.

The examples are the same at every run, so that nobody's commit fails by chance. A run tries the first third of them;
`HYPOTHESIS_PROFILE=thorough` tries all, and `HYPOTHESIS_PROFILE=explore` looks for new ones, many more of them.
"""

import os
from itertools import pairwise

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from nntui.engine.activations import ACTIVATIONS
from nntui.engine.network import Layer, Network, from_matrices
from nntui.training.held_out import trained_rows
from nntui.training.scenario import Scenario

_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
SHARES = {"nntui": 1 / 3, "thorough": 1.0, "explore": 20.0}  # of the examples that a test names, and of the cases of sweeps
for _name, _share in SHARES.items():
    settings.register_profile(
        _name,
        max_examples=round(100 * _share),  # of a test that names no number
        deadline=None,
        derandomize=_name != "explore",
        suppress_health_check=_SLOW_IS_FINE,
    )
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "nntui")
settings.load_profile(PROFILE)


def examples(count, **options):
    """Settings of a test that tries `count` examples in a thorough run, and the profile's share of them in this one."""
    return settings(max_examples=max(round(count * SHARES[PROFILE]), 1), **options)


HIDDEN = tuple(name for name, card in ACTIVATIONS.items() if card.each)

calm_numbers = st.floats(-2.0, 2.0, allow_subnormal=False)
wild_numbers = st.one_of(
    calm_numbers,
    st.sampled_from([0.0, -0.0, 5e-324, -5e-324, 1e-310, 1e300, -1e300, 1.7976931348623157e308, 40.0, -745.2]),
    st.floats(allow_nan=False, allow_infinity=False),
)


HELD_SHARES = (0.0, 0.0, 0.3, 0.5)
RULES = {"batch": st.integers(1, 4), "average": st.booleans(), "momentum": st.sampled_from([0.0, 0.5, 0.9])}


@st.composite
def networks(draw, most_layers=4, most_units=5, hidden=HIDDEN, step_slopes=(0.0, 1.0), rules=False):
    """All activations, costs, biases on and off, update flags; `rules`: batches and momentum too."""
    cost = draw(st.sampled_from(["half_squared_error", "squared_error", "cross_entropy"]))
    last = draw(st.sampled_from(["sigmoid", "softmax"] if cost == "cross_entropy" else list(hidden)))
    names = [*draw(st.lists(st.sampled_from(hidden), max_size=most_layers - 1)), last]
    layers = tuple(Layer(draw(st.integers(1, most_units)), name, draw(st.booleans())) for name in names)
    updates = draw(st.sampled_from([(True, True), (True, True), (True, False), (False, True)]))
    rule = draw(st.fixed_dictionaries(RULES)) if rules else {}
    return Network(
        inputs=draw(st.integers(1, most_units)),
        layers=layers,
        cost=cost,
        eta=draw(st.sampled_from([0.5, 0.1, 1.0, 3.7])),
        step_slope=draw(st.sampled_from(step_slopes)),
        at_zero=draw(st.sampled_from([1.0, 0.0])),
        update_weights=updates[0],
        update_biases=updates[1],
        **rule,
    )


def arrays(draw, shape, numbers):
    size = int(np.prod(shape))
    return np.array(draw(st.lists(numbers, min_size=size, max_size=size)), dtype=float).reshape(shape)


def weights_for(draw, network, numbers):
    """Random theta of a network."""
    sizes = network.sizes
    return from_matrices(network, [arrays(draw, (n, m + 1), numbers) for m, n in pairwise(sizes)])


def targets_for(draw, network, numbers):
    """Random y that the network's cost allows."""
    if network.cost != "cross_entropy":
        return arrays(draw, (network.outputs,), numbers)
    y = arrays(draw, (network.outputs,), st.floats(0.0, 1.0))
    if not network.softmax:
        return y
    if y.sum() < 1e-3:
        y = np.eye(network.outputs)[0]
    return y / y.sum()


@st.composite
def data_points(draw, numbers=calm_numbers, **options):
    """(network, theta, x, y)."""
    network = draw(networks(**options))
    theta = weights_for(draw, network, numbers)
    return network, theta, arrays(draw, (network.inputs,), numbers), targets_for(draw, network, numbers)


@st.composite
def scenarios(draw, numbers=calm_numbers, most_points=4, most_epochs=60, held=True, **options):
    """Whole runs, in the order given or shuffled; `held`: some of the 1 to `most_points` rows may be held out."""
    network = draw(networks(**options))
    points = draw(st.integers(1, most_points))
    share = draw(st.sampled_from(HELD_SHARES)) if held else 0.0
    seed = draw(st.integers(0, 2**53 - 1))
    return Scenario(
        title="random",
        network=network,
        theta=weights_for(draw, network, numbers),
        x=np.array([arrays(draw, (network.inputs,), numbers) for _ in range(points)]),
        y=np.array([targets_for(draw, network, numbers) for _ in range(points)]),
        epochs=draw(st.integers(1, most_epochs)),
        order=draw(st.sampled_from(["given", "shuffled"])),
        shuffle_seed=seed,
        trained=trained_rows(share, seed, points),
        held_share=share,
    )


def scenario(network, theta, x, y, epochs, **options):
    """A scenario of plain lists."""
    return Scenario(
        title="test", network=network, theta=theta, x=np.array(x, float), y=np.array(y, float), epochs=epochs, **options
    )
