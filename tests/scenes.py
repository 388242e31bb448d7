"""Small scenarios that many tests look at, and short ways to one step of them."""

from dataclasses import replace

import numpy as np

from nntui.draw.base.view import View
from nntui.engine.network import Layer, Network, from_matrices
from nntui.files.library import load
from nntui.training.draws.random_draws import initial_weights
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline

TWO_POINTS = """\
format = 1
title = "Two by two, twice"
[network]
[[network.layer]]
units = 2
activation = "sigmoid"
weights = [[0.15, 0.20], [0.25, 0.30]]
biases = [0.35, 0.35]
[[network.layer]]
units = 2
activation = "sigmoid"
weights = [[0.40, 0.45], [0.50, 0.55]]
biases = [0.60, 0.60]
[training]
eta = 0.5
epochs = 2000
[data]
x = [[0.05, 0.10], [0.90, 0.30]]
y = [[0.01, 0.99], [0.99, 0.01]]
"""


def scene(layers, weights, x, y, epochs=1, **options):
    """A run on one data row. layers: (units, activation, biases); weights: rows w_k0, w_k1 … of each layer."""
    made = tuple(Layer(*layer) for layer in layers)
    network = Network(inputs=len(x), layers=made, **options)
    matrices = [np.array(rows, dtype=float) for rows in weights]
    return Scenario("test", network, from_matrices(network, matrices), np.array([x], float), np.array([y], float), epochs)


def neuron(activation="sigmoid", weights=(0.0, 1.0), x=(1.0,), y=(0.0,), biases=True, **options):
    """A single neuron on one data row."""
    return scene([(1, activation, biases)], [[list(weights)]], list(x), list(y), **options)


def wide(inputs=64, hidden=32, outputs=10):
    """A network too wide for its numbers: 64-32-10, ReLU and softmax."""
    layers = (Layer(hidden, "relu"), Layer(outputs, "softmax"))
    network = Network(inputs=inputs, layers=layers, cost="cross_entropy", eta=0.1)
    matrices = []
    for number, (block, layer) in enumerate(zip(network.blocks, layers, strict=True), start=1):
        given = initial_weights("uniform", 7, number, block.inputs, layer.units)
        matrices.append(np.concatenate([np.zeros((layer.units, 1)), given], axis=1))
    x = np.round((np.arange(3 * inputs).reshape(3, inputs) * 7 % 17) / 16.0, 4)
    return Scenario("Wide", network, from_matrices(network, matrices), x, np.eye(outputs)[:3], 5)


def long_run():
    """2-2-1 on XOR for a million iterations: too many to compute between two keys."""
    return replace(load("xor"), epochs=250_000)


def frame(scenario, address):
    """The frame of an address, in a run of its own."""
    timeline = Timeline(scenario)
    return timeline.frame(timeline.course.parse(address))


def view(timeline, step, **options):
    """The view that the window gets when the viewer is at a step of a run."""
    shown = timeline.frame(step)
    known = {"costs": timeline.costs_seen, "means": timeline.epoch_means, "diverged": timeline.diverged}
    known |= {"farthest": shown.number, "computed": timeline.computed}
    return View(shown, **(known | options))
