"""Worked examples from the literature, with the numbers their authors printed."""

import numpy as np
import pytest

from nntui.engine.iteration import iterate
from nntui.engine.network import Layer, Network, from_matrices, to_matrices


def printed(text):
    """A number as printed, and how far from it a number may be that is printed so."""
    return pytest.approx(float(text), rel=0, abs=0.5000001 * 10.0 ** -len(text.partition(".")[2]))


def trained(network, matrices, x, y):
    made = iterate(network, from_matrices(network, [np.array(m) for m in matrices]), np.array(x), np.array(y))
    outputs = np.concatenate([made.a[block.outputs] for block in network.blocks])
    return made, outputs, to_matrices(network, made.after)


def test_mazur_step_by_step():
    """Matt Mazur, "A Step by Step Backpropagation Example", 2015. He leaves the biases as they are."""
    network = Network(2, (Layer(2, "sigmoid"), Layer(2, "sigmoid")), eta=0.5, update_biases=False)
    made, a, (hidden, output) = trained(
        network,
        [[[0.35, 0.15, 0.20], [0.35, 0.25, 0.30]], [[0.60, 0.40, 0.45], [0.60, 0.50, 0.55]]],
        [0.05, 0.10],
        [0.01, 0.99],
    )
    assert made.z[0] == printed("0.3775")
    assert a[0] == printed("0.593269992")
    assert a[1] == printed("0.596884378")
    assert made.z[2] == printed("1.105905967")
    assert a[2] == printed("0.75136507")
    assert a[3] == printed("0.772928465")
    assert made.cost == printed("0.298371109")
    assert made.delta[2] == printed("0.138498562")  # δ_o1
    assert made.delta[2] * a[0] == printed("0.082167041")  # ∂E/∂w5
    assert output[0, 1] == printed("0.35891648")  # w5
    assert output[0, 2] == printed("0.408666186")
    assert output[1, 1] == printed("0.511301270")
    assert output[1, 2] == printed("0.561370121")
    assert made.delta[0] * 0.05 == printed("0.000438568")  # ∂E/∂w1
    assert hidden[0, 1] == printed("0.149780716")  # w1
    assert hidden[0, 2] == printed("0.19956143")
    assert hidden[1, 1] == printed("0.24975114")
    assert hidden[1, 2] == printed("0.29950229")
    assert hidden[:, 0].tolist() == [0.35, 0.35]
    assert output[:, 0].tolist() == [0.60, 0.60]


def test_mazur_again_with_the_new_weights():
    """He prints 0.291027924, which is what comes out if the hidden δ are formed from weights already updated.

    With the new weights he prints himself, and all δ from the weights of before (15), it is 0.291027774.
    """
    network = Network(2, (Layer(2, "sigmoid"), Layer(2, "sigmoid")), eta=0.5, update_biases=False)
    theta = from_matrices(
        network, [np.array([[0.35, 0.15, 0.20], [0.35, 0.25, 0.30]]), np.array([[0.60, 0.40, 0.45], [0.60, 0.50, 0.55]])]
    )
    x, y = np.array([0.05, 0.10]), np.array([0.01, 0.99])
    assert iterate(network, iterate(network, theta, x, y).after, x, y).cost == printed("0.291027774")


def near(value, text, off=1.0):
    """Textbooks go on with the rounded numbers they printed; the last digit may be one off."""
    assert value == pytest.approx(float(text), rel=0, abs=(0.5 + off) * 10.0 ** -len(text.partition(".")[2]))


def test_han_and_kamber():
    """J. Han, M. Kamber, "Data Mining: Concepts and Techniques", sample calculations of backpropagation.

    X = (1, 0, 1), class 1, rate 0.9, biases learn; their Err_j is −δ_j of ours, and rounded to three digits at each stage.
    """
    network = Network(3, (Layer(2, "sigmoid"), Layer(1, "sigmoid")), eta=0.9)
    made, a, (hidden, output) = trained(
        network,
        [[[-0.4, 0.2, 0.4, -0.5], [0.2, -0.3, 0.1, 0.2]], [[0.1, -0.3, -0.2]]],
        [1.0, 0.0, 1.0],
        [1.0],
    )
    for got, text in zip(made.z.tolist(), ["-0.7", "0.1", "-0.105"], strict=True):
        near(got, text, off=0)
    for got, text in zip(a.tolist(), ["0.332", "0.525", "0.474"], strict=True):
        near(got, text, off=0)
    for got, text in zip((-made.delta).tolist(), ["-0.0087", "-0.0065", "0.1311"], strict=True):
        near(got, text)
    for got, text in zip(
        hidden.ravel().tolist(), ["-0.408", "0.192", "0.4", "-0.508", "0.194", "-0.306", "0.1", "0.194"], strict=True
    ):
        near(got, text, off=0)
    for got, text in zip(output.ravel().tolist(), ["0.218", "-0.261", "-0.138"], strict=True):
        near(got, text, off=0)


def test_negnevitsky_exclusive_or():
    """M. Negnevitsky, "Artificial Intelligence: A Guide to Intelligent Systems", the three-layer network for Exclusive-OR.

    Inputs 1 and 1, desired 0, rate 0.1. His thresholds θ are biases of −θ; his error gradients are −δ.
    """
    network = Network(2, (Layer(2, "sigmoid"), Layer(1, "sigmoid")), eta=0.1)
    made, a, (hidden, output) = trained(
        network,
        [[[-0.8, 0.5, 0.4], [0.1, 0.9, 1.0]], [[-0.3, -1.2, 1.1]]],
        [1.0, 1.0],
        [0.0],
    )
    for got, text in zip(a.tolist(), ["0.5250", "0.8808", "0.5097"], strict=True):
        near(got, text, off=0)
    for got, text in zip((-made.delta).tolist(), ["0.0381", "-0.0147", "-0.1274"], strict=True):
        near(got, text, off=0)
    for got, text in zip(hidden.ravel().tolist(), ["-0.7962", "0.5038", "0.4038", "0.0985", "0.8985", "0.9985"], strict=True):
        near(got, text, off=0)
    for got, text in zip(output.ravel().tolist(), ["-0.3127", "-1.2067", "1.0888"], strict=True):
        near(got, text, off=0)
