"""What the hidden neurons that feed the outputs make of every input, with the weights at a step."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.iteration import outputs
from nntui.explain.learned.function import WeightsAtStep, grid

MOST_HIDDEN = 64  # neurons that are looked at


@lru_cache(maxsize=4)
def hidden_field(now: WeightsAtStep, columns: int, lines: int) -> Array:
    """a^{N−1} under the middles of columns × lines cells of two inputs, shape (lines, columns, n_{N−1}).

    The layers below the outputs alone are a network, whose theta is the beginning of the whole one.
    """
    whole = now.scenario.network
    below = replace(whole, layers=whole.layers[:-1], cost="half_squared_error")
    made = outputs(below, now.theta[: below.parameters], grid(now.scenario, columns, lines))
    return made.reshape(lines, columns, below.outputs)


def has_hidden_maps(now: WeightsAtStep) -> bool:
    """Whether the network has two inputs, and hidden neurons below its outputs of which there are not too many."""
    network = now.scenario.network
    return network.inputs == 2 and len(network.layers) > 1 and network.layers[-2].units <= MOST_HIDDEN


def outgoing(now: WeightsAtStep, output: int) -> Array:
    """The weights from these neurons to an output, from 1; shape (n_{N−1},)."""
    row: Array = now.scenario.network.blocks[-1].matrix(now.theta)[1:, output - 1]
    return np.asarray(row)
