"""C of many data rows with the same weights: of those that are held out, and of any others."""

from dataclasses import replace

import numpy as np

from nntui.engine.arithmetic import NAN, Array, ordered_sum, quiet
from nntui.engine.iteration import outputs
from nntui.engine.network import Network
from nntui.training.classes import classes_of
from nntui.training.scenario import Rows, Scenario


def held_out(scenario: Scenario, theta: Array) -> tuple[float, float]:
    """The mean C of the rows that are held out, and the share of them that is classified right, in one sweep.

    Both are nan where there are no such rows, the share also where there are no classes.
    """
    rows, classes = scenario.held_rows, classes_of(scenario)
    if not len(rows):
        return NAN, NAN
    z, a = last_layer(scenario.network, theta, scenario.x[rows])
    share = NAN if classes is None else float(np.count_nonzero(classes.right(a, rows)) / len(rows))
    return _mean(costs_at(scenario.network, z, a, scenario.y[rows])), share


def mean_cost(scenario: Scenario, theta: Array, rows: Rows) -> float:
    """(C of the first of the rows + C of the next + …) / their number, added from left to right."""
    return _mean(costs_at(scenario.network, *last_layer(scenario.network, theta, scenario.x[rows]), scenario.y[rows]))


def _mean(costs: Array) -> float:
    with quiet():
        return float(ordered_sum(costs) / len(costs))


def last_layer(network: Network, theta: Array, x: Array) -> tuple[Array, Array]:
    """z^N and a^N of data points with the same weights, x (points, n_0), in one sweep; each of shape (points, n_N)."""
    z = outputs(_without_last_sigma(network), theta, x)
    with quiet():
        return z, network.blocks[-1].sigma.value_of_columns(z.T).T


def costs_at(network: Network, z: Array, a: Array, y: Array) -> Array:
    """C of data points from z^N, a^N and their targets, each (points, n_N), to the bits of the engine; shape (points,)."""
    with quiet():
        return np.array([network.cost_function.value(*numbers) for numbers in zip(z, a, y, strict=True)])


def _without_last_sigma(network: Network) -> Network:
    """The same network whose outputs are z^N."""
    top = replace(network.layers[-1], activation="identity")
    return replace(network, layers=(*network.layers[:-1], top), cost="half_squared_error")
