"""First weights, and the order of data points, against the formulas of docs/arithmetic.md written out."""

import math

import numpy as np
import pytest

from nntui.engine.network import Layer, Network, to_matrices
from nntui.training.draws.random_draws import INIT_NAMES, epoch_order, initial_weights
from nntui.training.scenario import starting_weights
from tests.reference import total


class Uniform:
    """u = (raw >> 11) · 2⁻⁵³, one after the other, in Python integers."""

    def __init__(self, seed, layer):
        self.bits = np.random.PCG64(np.random.SeedSequence([seed, layer]))

    def __call__(self):
        return (int(self.bits.random_raw()) >> 11) * 2.0**-53

    def normal(self):
        return total(self() for _ in range(12)) - 6.0


def written_out(init, seed, layer, n_in, n_out):
    u = Uniform(seed, layer)
    weight = {
        "uniform": lambda: (2.0 * u() - 1.0) / math.sqrt(n_in),
        "normal": lambda: u.normal() / math.sqrt(n_in),
        "xavier": lambda: (2.0 * u() - 1.0) * math.sqrt(6.0 / (n_in + n_out)),
        "he": lambda: u.normal() / math.sqrt(n_in) * math.sqrt(2.0),
        "zeros": lambda: 0.0,
    }[init]
    return [[weight() for _ in range(n_in)] for _ in range(n_out)]


@pytest.mark.parametrize("init", INIT_NAMES)
@pytest.mark.parametrize(
    ("seed", "layer", "n_in", "n_out"), [(0, 1, 2, 2), (0, 2, 2, 1), (7, 1, 1, 1), (2**53 - 1, 3, 5, 4), (42, 64, 13, 7)]
)
def test_weights_are_drawn_row_by_row_from_the_raw_stream(init, seed, layer, n_in, n_out):
    assert initial_weights(init, seed, layer, n_in, n_out).tolist() == written_out(init, seed, layer, n_in, n_out)


def test_a_long_draw_is_made_in_parts_that_do_not_show():
    got = initial_weights("normal", 3, 1, 700, 400)  # more than one part of 2^18
    assert got[:2].tolist() == written_out("normal", 3, 1, 700, 2)
    u = Uniform(3, 1)
    u.bits.advance(12 * (700 * 400 - 1))
    assert got[-1, -1] == u.normal() / math.sqrt(700)


def test_weights_of_the_first_year():
    """Written down once: NumPy guarantees the raw stream for good."""
    assert initial_weights("uniform", 0, 1, 2, 2).tolist() == GOLDEN


GOLDEN = [[0.5511738844084344, 0.08080540552920006], [0.4255482975103687, 0.6456080320843395]]


def test_given_weights_are_taken_and_the_rest_is_drawn():
    network = Network(2, (Layer(2, "tanh"), Layer(2, "tanh", biases=False), Layer(1, "sigmoid")))
    given, bias = np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([0.35, 0.36])
    first, second, third = to_matrices(network, starting_weights(network, [given, None, None], [bias, None, None], "he", 9))
    assert first.tolist() == [[0.35, 0.15, 0.20], [0.36, 0.25, 0.30]]
    assert np.isnan(second[:, 0]).all()
    assert second[:, 1:].tolist() == written_out("he", 9, 2, 2, 2)
    assert third.tolist() == [[0.0, *written_out("he", 9, 3, 2, 1)[0]]]


@pytest.mark.parametrize("points", [1, 2, 5, 100])
@pytest.mark.parametrize("seed", [0, 3, 2**53 - 1])
def test_shuffled_order_is_the_formula_of_the_contract(points, seed):
    for epoch in (1, 2, 17, 10_000_000):
        raw = [int(r) for r in np.random.PCG64(np.random.SeedSequence([seed, epoch])).random_raw(points)]
        assert epoch_order("shuffled", seed, epoch, points).tolist() == sorted(range(points), key=lambda i: raw[i])
        assert epoch_order("given", seed, epoch, points).tolist() == list(range(points))
