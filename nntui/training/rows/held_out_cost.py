"""The mean C of the rows that are held out, with the weights after an epoch."""

from dataclasses import replace

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.iteration import outputs
from nntui.engine.network import Network
from nntui.training.scenario import Scenario


def held_out_cost(scenario: Scenario, theta: Array) -> float:
    """(C of the first of them + C of the next + …) / their number, added from left to right; nan where none is held out."""
    rows = scenario.held_rows
    if not len(rows):
        return float("nan")
    costs = costs_of(scenario.network, theta, scenario.x[rows], scenario.y[rows])
    with quiet():
        return float(np.add.accumulate(np.concatenate([[0.0], costs]))[-1] / len(rows))


def costs_of(network: Network, theta: Array, x: Array, y: Array) -> Array:
    """C of data points with the same weights, x (points, n_0), y (points, n_N), to the bits of the engine; shape (points,)."""
    a = outputs(network, theta, x)
    z = outputs(_without_last_sigma(network), theta, x) if network.cost_function.cancels_slope else a
    with quiet():
        return np.array([network.cost_function.value(*numbers) for numbers in zip(z, a, y, strict=True)])


def _without_last_sigma(network: Network) -> Network:
    """The same network whose outputs are z^N."""
    top = replace(network.layers[-1], activation="identity")
    return replace(network, layers=(*network.layers[:-1], top), cost="half_squared_error")
