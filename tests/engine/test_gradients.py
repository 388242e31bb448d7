"""Backpropagation against derivatives taken in two other ways: differences of C, and a step into the complex plane.

Each weight is judged by itself: one wrong weight hardly moves a norm. The bounds leave room for rounding alone. A data
point with a z close to a corner (relu, leaky relu, step, sign) has no derivative to compare with there; it is left out,
and counted.
"""

import cmath
from collections import Counter

import numpy as np
from hypothesis import assume, given

from nntui.engine.activations import ACTIVATIONS
from nntui.engine.arithmetic import quiet
from nntui.engine.iteration import forward, gradient, iterate
from tests.strategies import data_points, examples

EPS = 2.0**-53
H = 1e-5
SMOOTH = ("sigmoid", "tanh", "identity")
CORNERED = tuple(name for name, card in ACTIVATIONS.items() if card.corners or card.steps)


def error(network, theta, x, y):
    """C, by the engine's own forward sweep."""
    with quiet():
        z, a = forward(network, theta, x)
        top = network.blocks[-1]
        return network.cost_function.value(z[top.neurons], a[top.outputs], y)


def backprop(network, theta, x, y):
    """∂C/∂w as theta is laid out, and the record it comes from."""
    made = iterate(network, theta, x, y)
    return gradient(network, made.a, made.delta), made


def weights_of(network):
    """The places in theta that hold a weight or a bias."""
    for block in network.blocks:
        for i in range(block.weights.start + (0 if block.biases else block.units), block.weights.stop):
            yield block, i


def nearest_corner(network, z):
    """The smallest |z| of a neuron whose σ has a corner at 0."""
    sizes = [
        np.abs(z[block.neurons]).min()
        for block, layer in zip(network.blocks, network.layers, strict=True)
        if layer.activation in CORNERED
    ]
    return min(sizes, default=np.inf)


def central(network, theta, x, y, i):
    """∂C/∂w_i from C at w ± h and w ± 2h, so that what is cut off is of the order h⁴ and not h²."""
    at = {}
    for n in (-2, -1, 1, 2):
        moved = theta.copy()
        moved[i] += n * H
        at[n] = error(network, moved, x, y)
    return (8 * (at[1] - at[-1]) - (at[2] - at[-2])) / (12 * H)


TRIED = examples(300)


def judged_enough(count):
    return count["judged"] >= TRIED.max_examples / 2 and count["judged"] > count["near a corner"]


def test_central_differences():
    count = Counter()

    @TRIED
    @given(data_points(step_slopes=(0.0,)))
    def agrees(case):
        network, theta, x, y = case
        slopes, made = backprop(network, theta, x, y)
        if nearest_corner(network, made.z) < 1e-2:
            count["near a corner"] += 1
            assume(False)
        for _, i in weights_of(network):
            numerical = central(network, theta, x, y, i)
            bound = 1e-7 * abs(numerical) + 1e-10 + 8 * EPS * abs(made.cost) / H
            assert abs(slopes[i] - numerical) <= bound, f"weight {i} of {network}: {slopes[i]} and {numerical}"
        count["judged"] += 1

    agrees()
    assert judged_enough(count), count


# --- C at complex weights, in plain Python: Im C(w + ih) / h has no cancellation, whatever h is


def complex_sigma(name, z):
    match name:
        case "sigmoid":
            return 1 / (1 + cmath.exp(-z)) if z.real >= 0 else cmath.exp(z) / (1 + cmath.exp(z))
        case "tanh":
            return cmath.tanh(z)
        case "identity":
            return z
    raise ValueError(name)


def complex_error(network, theta, x, y):
    below = list(x)
    for block, layer in zip(network.blocks, network.layers, strict=True):
        w = theta[block.weights].reshape(block.inputs + 1, block.units)
        z = [
            sum((w[j + 1, k] * below[j] for j in range(block.inputs)), w[0, k] if block.biases else 0) for k in range(block.units)
        ]
        below = z if layer.activation == "softmax" else [complex_sigma(layer.activation, v) for v in z]
    if network.cost == "cross_entropy" and network.softmax:
        most = max(v.real for v in z)
        log_sum = most + cmath.log(sum(cmath.exp(v - most) for v in z))
        return sum(t * (log_sum - v) for t, v in zip(y, z, strict=True))
    if network.cost == "cross_entropy":
        return sum(softplus(v) - v * t for t, v in zip(y, z, strict=True))
    squares = sum((v - t) ** 2 for t, v in zip(y, below, strict=True))
    return squares / 2 if network.cost == "half_squared_error" else squares


def softplus(z):
    """ln(1 + e^z)."""
    return z + cmath.log(1 + cmath.exp(-z)) if z.real >= 0 else cmath.log(1 + cmath.exp(z))


def noise(network, theta, made):
    """What rounding may do to each δ: 8 · 2⁻⁵³ of what its σ′ is multiplied with, and what the layers above bring down.

    σ′ = a (1 − a) of a saturated neuron is right to 2⁻⁵³, not to its last digit: the factor before it counts.
    """
    result = [8 * EPS * 2 * np.abs(made.a[network.blocks[-1].outputs] - made.y)]
    for upper in network.blocks[:0:-1]:
        weights = np.abs(upper.matrix(theta)[1:])
        result.insert(0, weights @ (8 * EPS * np.abs(made.delta[upper.neurons]) + result[0]))
    return result


@examples(300)
@given(data_points(hidden=SMOOTH))
def test_complex_step(case):
    network, theta, x, y = case
    slopes, made = backprop(network, theta, x, y)
    rounding = noise(network, theta, made)
    for l, block in enumerate(network.blocks):  # noqa: E741
        first = 0 if block.biases else 1
        for j in range(first, block.inputs + 1):
            for k in range(block.units):
                moved = theta.astype(complex)
                i = block.weights.start + j * block.units + k
                moved[i] += 1e-20j
                numerical = complex(complex_error(network, moved, x.tolist(), y.tolist())).imag / 1e-20
                bound = 1e-12 * abs(numerical) + 1e-15 + rounding[l][k] * abs(made.a[block.senders][j])
                assert abs(slopes[i] - numerical) <= bound, (
                    f"w_{k + 1}{j} into layer {l + 1} of {network}: {slopes[i]}, {numerical}"
                )


def test_one_wrong_weight_in_a_hundred_would_be_seen():
    """The judge itself is judged: a gradient off by one per cent in one weight is far outside the bound."""
    rng = np.random.default_rng(5)
    from nntui.engine.network import Layer, Network

    network = Network(3, (Layer(4, "tanh"), Layer(2, "sigmoid")))
    theta, x, y = rng.normal(size=network.parameters), rng.normal(size=3), np.array([0.0, 1.0])
    slopes, made = backprop(network, theta, x, y)
    for _, i in weights_of(network):
        bound = 1e-7 * abs(slopes[i]) + 1e-10 + 8 * EPS * abs(made.cost) / H
        assert 0.01 * abs(slopes[i]) > 100 * bound
