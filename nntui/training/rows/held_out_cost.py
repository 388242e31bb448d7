"""The mean C of some rows with the same weights: of those that are held out, after an epoch; of any, for the loss surface."""

from dataclasses import replace

import numpy as np

from nntui.engine.arithmetic import Array, ordered_sum, quiet
from nntui.engine.iteration import outputs
from nntui.engine.network import Network
from nntui.training.scenario import Rows, Scenario


def held_out_cost(scenario: Scenario, theta: Array) -> float:
    """The mean C of the rows that are held out; nan where there are none."""
    rows = scenario.held_rows
    return mean_cost(scenario, theta, rows) if len(rows) else float("nan")


def mean_cost(scenario: Scenario, theta: Array, rows: Rows) -> float:
    """(C of the first of the rows + C of the next + …) / their number, added from left to right."""
    with quiet():
        return float(ordered_sum(costs_of(scenario.network, theta, scenario.x[rows], scenario.y[rows])) / len(rows))


def costs_of(network: Network, theta: Array, x: Array, y: Array) -> Array:
    """C of data points with the same weights, x (points, n_0), y (points, n_N), to the bits of the engine; shape (points,)."""
    z = outputs_before_sigma(network, theta, x)
    with quiet():
        a = network.blocks[-1].sigma.value_of_columns(z.T).T
        return np.array([network.cost_function.value(*numbers) for numbers in zip(z, a, y, strict=True)])


def outputs_before_sigma(network: Network, theta: Array, x: Array) -> Array:
    """z^N of data points with the same weights, x (points, n_0), shape (points, n_N)."""
    return outputs(_without_last_sigma(network), theta, x)


def _without_last_sigma(network: Network) -> Network:
    """The same network whose outputs are z^N."""
    top = replace(network.layers[-1], activation="identity")
    return replace(network, layers=(*network.layers[:-1], top), cost="half_squared_error")
