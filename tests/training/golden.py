"""Runs whose trained weights are known to the last bit, on every machine and in every year.

    python -m tests.training.golden            prints a name and a hash a line, as tests/golden/weights.txt keeps them

A hash that changes is a broken promise: what a teacher's note says at 900:1 is no longer true.
"""

# ruff: noqa: E501 - tables read better in one line

import hashlib

import numpy as np

from nntui.engine.network import Layer, Network
from nntui.training.scenario import Scenario, starting_weights
from nntui.training.timeline import Timeline

XOR_X, XOR_Y = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]


def numbers(count, width, seed):
    """Data in [−1, 1) out of NumPy's raw stream, which never changes."""
    raw = np.random.PCG64(np.random.SeedSequence([seed, 99])).random_raw(count * width)
    return ((raw >> np.uint64(11)).astype(float) * 2.0**-52 - 1.0).reshape(count, width)


def build(inputs, layers, x, y, epochs, *, init="uniform", seed=0, order="given", **training):
    network = Network(inputs, tuple(Layer(*layer) for layer in layers), **training)
    nothing = [None] * len(layers)
    return Scenario(
        title="golden",
        network=network,
        theta=starting_weights(network, nothing, nothing, init, seed),
        x=np.array(x, dtype=float),
        y=np.array(y, dtype=float),
        epochs=epochs,
        order=order,
        shuffle_seed=seed,
    )


def scenarios():
    flowers = numbers(30, 4, 1)
    classes = np.eye(3)[(np.arange(30) * 7) % 3]
    waves = numbers(10, 2, 2)
    picture = np.abs(numbers(3, 784, 3))
    return {
        "xor": build(2, [(2, "sigmoid"), (1, "sigmoid")], XOR_X, XOR_Y, 500, seed=1),
        "tanh-relu": build(2, [(5, "tanh"), (4, "relu"), (2, "identity")], waves, waves * waves, 50, init="he", seed=2, eta=0.05),
        "softmax": build(4, [(8, "tanh"), (3, "softmax")], flowers, classes, 20, init="xavier", seed=3, order="shuffled", cost="cross_entropy", eta=0.2),
        "log-loss": build(2, [(3, "tanh"), (1, "sigmoid")], XOR_X, XOR_Y, 200, init="normal", seed=4, cost="cross_entropy", eta=0.3),
        "leaky": build(2, [(6, "leaky_relu"), (1, "sigmoid")], XOR_X, XOR_Y, 200, init="normal", seed=5, order="shuffled", cost="squared_error"),
        "no-biases": build(4, [(5, "sigmoid", False), (3, "tanh", False)], flowers, classes, 15, seed=6, eta=0.4),
        "perceptron": build(2, [(1, "step")], XOR_X, [[0], [0], [0], [1]], 20, init="zeros", step_slope=1.0, eta=0.1),
        "weights-alone": build(2, [(2, "sigmoid"), (2, "sigmoid")], [[0.05, 0.1]], [[0.01, 0.99]], 300, seed=7, update_biases=False),
        "one-neuron-784": build(784, [(1, "tanh")], picture, [[0.5], [-0.5], [0.1]], 30, seed=8, eta=0.01),
        "64-32-10": build(64, [(32, "sigmoid"), (10, "softmax")], np.abs(numbers(10, 64, 4)), np.eye(10), 20, seed=9, cost="cross_entropy"),
        "unstable": build(2, [(8, "relu"), (1, "identity")], waves, waves[:, :1] * 3, 200, init="he", seed=10, eta=0.6),
        "diverging": build(2, [(3, "leaky_relu"), (1, "identity")], XOR_X, XOR_Y, 100, seed=4, cost="squared_error", eta=3.0),
    }  # fmt: skip


def digest(scene):
    """sha256 over the trained weights, layer by layer, row by row, little-endian; then over every C."""
    timeline = Timeline(scene)
    end = len(timeline)
    arrays = [*timeline.weights(end), timeline.costs(0, end)]
    return hashlib.sha256(b"".join(array.astype("<f8").tobytes() for array in arrays)).hexdigest()


def lines():
    return [f"{name} {digest(scene)}" for name, scene in scenarios().items()]


if __name__ == "__main__":
    print("\n".join(lines()))
