"""Sums and whole data points, bit for bit against loops of plain Python."""

from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import given

from nntui.engine import arithmetic
from nntui.engine.arithmetic import column_sums, ordered_sum, quiet
from nntui.engine.iteration import gradient, iterate
from nntui.engine.network import Layer, Network, from_matrices, to_matrices
from tests import reference
from tests.strategies import data_points, examples, wild_numbers


def random_terms(*shape, seed=0):
    """Numbers of very different sizes: another order of adding would show in the bits."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=shape) * 10.0 ** rng.integers(-12, 12, shape)


def looped(left, right):
    return [reference.total(w * r for w, r in zip(column, right.tolist(), strict=True)) for column in left.T.tolist()]


@pytest.mark.parametrize("columns", [1, 2, 3, 7, 8, 9, 33])
@pytest.mark.parametrize("terms", [1, 2, 7, 8, 9, 16, 17, 128, 129, 784, 5000])
def test_column_sums_add_from_left_to_right(terms, columns):
    """A lone neuron with many inputs is where NumPy would add pairwise."""
    left, right = random_terms(terms, columns), random_terms(terms, seed=1)
    assert reference.bits(column_sums(left, right)) == reference.bits(looped(left, right))
    turned = np.ascontiguousarray(left.T).T  # as the backward sweep hands them over
    assert reference.bits(column_sums(turned, right)) == reference.bits(looped(left, right))


@pytest.mark.parametrize(
    "shape", [(1025, 1024), (2049, 513), (3, 400_000), (400_000, 3), (1100, 954), (700_000, 2), (1_200_000, 1), (1 << 19, 5)]
)
def test_layers_that_are_worked_in_chunks(shape):
    assert shape[0] * shape[1] > arithmetic._AT_ONCE
    left, right = random_terms(*shape), random_terms(shape[0], seed=1)
    got = column_sums(left, right)
    products = left * right[:, None]
    expected = np.add.accumulate(products, axis=0)[-1] + 0.0  # a loop from top to bottom, in C
    np.testing.assert_array_equal(got, expected)
    for column in {0, shape[1] // 2, shape[1] - 1}:
        assert reference.bits(got[column : column + 1]) == reference.bits([reference.total(products[:, column].tolist())])


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 8, 9, 127, 128, 129, 5000, 10_000])
def test_ordered_sum_adds_from_left_to_right(count):
    terms = random_terms(count)
    assert reference.bits([ordered_sum(terms)]) == reference.bits([reference.total(terms.tolist())])


def test_a_sum_starts_at_plus_zero():
    minus = np.full((3, 2), -0.0)
    assert reference.bits(column_sums(minus, np.ones(3))) == reference.bits([0.0, 0.0])
    assert reference.bits(column_sums(minus[:, :1], np.ones(3))) == reference.bits([0.0])
    assert reference.bits([ordered_sum(np.array([-0.0, -0.0]))]) == reference.bits([0.0])
    assert reference.bits([ordered_sum(np.array([-0.0]))]) == reference.bits([0.0])


def same_bits(network, theta, x, y):
    made = iterate(network, theta, x, y)
    point = reference.one_point(
        reference.net_of(network), reference.rows_of(network, to_matrices(network, theta)), x.tolist(), y.tolist()
    )
    outputs = np.concatenate([made.a[block.outputs] for block in network.blocks])
    with quiet():
        slopes = gradient(network, made.a, made.delta)
    for block in network.blocks:
        if not block.biases:
            block.matrix(slopes)[0] = np.nan
    for name, got, expected in [
        ("z", made.z, chain(*point.z)),
        ("a", outputs, chain(*point.a)),
        ("cost", [made.cost], [point.cost]),
        ("delta", made.delta, chain(*point.delta)),
        ("gradient", rows(network, slopes), reference.flat(point.gradient)),
        ("after", rows(network, made.after), reference.flat(point.after)),
    ]:
        assert reference.bits(got) == reference.bits(expected), f"{name} of {network}"


def rows(network, theta):
    return np.concatenate([matrix.ravel() for matrix in to_matrices(network, theta)])


@examples(120)
@given(data_points())
def test_a_whole_data_point_has_the_bits_of_the_plain_loop(case):
    same_bits(*case)


@examples(120)
@given(data_points(numbers=wild_numbers))
def test_huge_tiny_and_negative_zero_numbers_too(case):
    same_bits(*case)


@pytest.mark.parametrize(
    ("sizes", "last", "cost"),
    [
        ((1, 1), "sigmoid", "half_squared_error"),
        ((9, 1), "tanh", "squared_error"),
        ((784, 1), "sigmoid", "cross_entropy"),
        ((5000, 1), "identity", "half_squared_error"),
        ((5000, 3, 1), "relu", "squared_error"),
        ((784, 30, 10), "softmax", "cross_entropy"),
        ((64, 32, 10), "sigmoid", "half_squared_error"),
        ((2, 300, 1, 300, 2), "leaky_relu", "half_squared_error"),
    ],
)
@pytest.mark.parametrize("biases", [True, False])
def test_shapes_that_numpy_adds_in_ways_of_its_own(sizes, last, cost, biases):
    of_random_weights(sizes, last, cost, biases)


def test_a_wide_layer_that_is_worked_in_chunks():
    assert arithmetic._AT_ONCE < 1200 * 901
    of_random_weights((1200, 901, 2), "sigmoid", "half_squared_error", True)


def of_random_weights(sizes, last, cost, biases):
    rng = np.random.default_rng(3)
    names = ["tanh"] * (len(sizes) - 2) + [last]
    network = Network(sizes[0], tuple(Layer(n, name, biases) for n, name in zip(sizes[1:], names, strict=True)), cost=cost)
    theta = from_matrices(network, [rng.normal(size=(n, m + 1)) / m**0.5 for m, n in pairwise(sizes)])
    y = np.eye(sizes[-1])[0] if last == "softmax" else rng.random(sizes[-1])
    same_bits(network, theta, rng.normal(size=sizes[0]), y)


def test_frozen_weights_keep_their_bits():
    """Minus zero and all: what (11) may not change is copied, not computed again."""
    for flags in ((True, False), (False, True)):
        network = Network(
            2, (Layer(2, "tanh"), Layer(1, "sigmoid", biases=False)), update_weights=flags[0], update_biases=flags[1]
        )
        theta = from_matrices(network, [np.array([[-0.0, 0.5, -0.0], [0.1, -0.0, 0.3]]), np.array([[0.0, 0.7, -0.7]])])
        made = iterate(network, theta, np.array([1.0, 2.0]), np.array([0.0]))
        for block in network.blocks:
            before, after = block.matrix(theta), block.matrix(made.after)
            same = (before.view(np.uint64) == after.view(np.uint64)) | np.isnan(before)
            assert same[1:].all() == (not flags[0])
            if block.biases:
                assert same[0].all() == (not flags[1])
            else:
                assert np.isnan(after[0]).all()


def test_softmax_cost_leaves_out_the_terms_without_a_target():
    """y_k = 0 and z_k = −inf: 0 · inf would be nan."""
    network = Network(1, (Layer(2, "softmax"),), cost="cross_entropy")
    theta = from_matrices(network, [np.array([[0.0, 0.0], [0.0, -1e308]])])
    made = iterate(network, theta, np.array([10.0]), np.array([1.0, 0.0]))
    assert made.z.tolist() == [0.0, -np.inf]
    assert made.cost == 0.0


def test_log_loss_keeps_its_digits_at_both_ends():
    """−ln(1 − a) is inf from z = 37 on when it is made from a."""
    network = Network(1, (Layer(1, "sigmoid"),), cost="cross_entropy")
    for z, y, expected in [
        (40.0, 0.0, 40.0),
        (40.0, 1.0, 4.248354255291589e-18),
        (-800.0, 1.0, 800.0),
        (-50.0, 0.0, 1.9287498479639178e-22),
    ]:
        made = iterate(network, from_matrices(network, [np.array([[0.0, z]])]), np.array([1.0]), np.array([y]))
        assert made.cost == pytest.approx(expected, rel=1e-15)


def test_iterate_is_pure_and_gives_read_only_arrays():
    network = Network(2, (Layer(2, "relu"), Layer(1, "sigmoid")))
    theta = from_matrices(network, [np.ones((2, 3)), np.ones((1, 3))])
    x, y = np.array([0.5, -1.0]), np.array([1.0])
    first, second = iterate(network, theta, x, y), iterate(network, theta, x, y)
    for name in ("z", "a", "delta", "after"):
        assert not getattr(first, name).flags.writeable
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()
    assert first.before is theta


def test_weights_as_the_note_writes_them():
    network = Network(2, (Layer(3, "tanh"), Layer(1, "sigmoid", biases=False)))
    matrices = [np.arange(9.0).reshape(3, 3), np.array([[np.nan, 1.0, 2.0, 3.0]])]
    theta = from_matrices(network, matrices)
    for got, expected in zip(to_matrices(network, theta), matrices, strict=True):
        np.testing.assert_array_equal(got, expected)
        assert not got.flags.writeable
    with pytest.raises(ValueError, match="shape"):
        from_matrices(network, [matrices[0].T[:2], matrices[1]])
