"""Dead ReLUs: neurons that are 0 for a whole epoch, because with the present weights z is above 0 for no row of the data.

No update changes the weights into such a neuron (σ′ = 0 in all rows), so in layer 1 it stays dead in every later epoch.
The same holds of every σ that is 0 below some z (`Activation.dead_below`). Rows are taken in blocks, and a neuron is
dropped at the first row that makes it active, so a network without a dead ReLU is done after a few rows. The work is
bounded (MOST_WORK): of a layer for which that is not enough, nothing is claimed. z is made by the engine's sums, so its
sign is that of the run.
"""

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.network import Block
from nntui.training.scenario import Scenario
from nntui.values import dataclass

MOST_WORK = 1 << 19  # products w·a, about three milliseconds
_SIGMA = 8  # what one σ costs, in products
_FIRST_ROWS = 4
_SURE = 256  # rows after which a neuron that is still 0 is taken to cost as much as all that are left
_AT_ONCE = 1 << 15  # products held at a time

Columns = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class DeadRelu:
    """A ReLU that no row makes active, and the highest of its z."""

    layer: int
    neuron: int
    highest: float


def dead_relus(scenario: Scenario, theta: Array, most_work: int = MOST_WORK) -> tuple[DeadRelu, ...]:
    """Every ReLU with z ≤ 0 for all rows, with the weights theta; none of a layer where finding out costs too much."""
    bounds = {
        number: block.sigma.dead_below
        for number, block in enumerate(scenario.network.blocks, start=1)
        if block.sigma.dead_below is not None
    }
    highest = {layer: np.full(scenario.network.layers[layer - 1].units, -np.inf) for layer in bounds}
    row, rows = 0, _FIRST_ROWS
    with quiet():
        while row < scenario.points and (top := _top(highest, bounds)):
            blocks, columns = scenario.network.blocks[:top], np.flatnonzero(highest[top] <= bounds[top])
            each = _work(blocks, len(columns))
            left = scenario.points - row
            widest = max(*(block.inputs * block.units for block in blocks[:-1]), blocks[-1].inputs * len(columns), 1)
            count = max(min(rows, left, _AT_ONCE // widest), 1)
            if each * (count if row < _SURE else left) > most_work:
                del highest[top]
                continue
            most_work -= each * count
            some = slice(row, row + count) if scenario.trained is None else scenario.trained[row : row + count]
            _add_rows(blocks, theta, scenario.x[some], highest, columns)
            row, rows = row + count, rows * 8
    return tuple(
        DeadRelu(layer, int(k) + 1, float(z[k]))
        for layer, z in sorted(highest.items())
        for k in np.flatnonzero(z <= bounds[layer])
    )


def _top(highest: dict[int, Array], bounds: dict[int, float]) -> int:
    """The highest layer with a neuron that no row has made active yet; 0 where there is none (a nan counts as active)."""
    return max((layer for layer, z in highest.items() if (z <= bounds[layer]).any()), default=0)


def _work(blocks: tuple[Block, ...], columns: int) -> int:
    """The products of one row: all of the layers below, and of the top layer those of the neurons that are still 0."""
    return sum(block.inputs * block.units + _SIGMA * block.units for block in blocks[:-1]) + blocks[-1].inputs * columns


def _add_rows(blocks: tuple[Block, ...], theta: Array, x: Array, highest: dict[int, Array], columns: Columns) -> None:
    """Takes the z of some rows, x (rows, n_0), into the highest ones; of the top layer those of some neurons only."""
    a = x
    for layer, block in enumerate(blocks, start=1):
        top = layer == len(blocks)
        z = _sums(block, block.matrix(theta)[:, columns] if top else block.matrix(theta), a)
        if layer in highest:
            of = columns if top else slice(None)
            highest[layer][of] = np.maximum(highest[layer][of], np.maximum.reduce(z))
        if not top:
            a = block.sigma.value(z.ravel()).reshape(z.shape)


def _sums(block: Block, weights: Array, a: Array) -> Array:
    """z of every row, shape (rows, neurons), each sum added in the order of j and the bias last, as the engine adds it."""
    products = np.empty((block.inputs, len(a), max(weights.shape[1], 2)))  # a second axis of one would be summed in pairs
    np.multiply(a.T[:, :, None], weights[1:, None, :], products)
    z: Array = np.add.reduce(products, 0, initial=0.0)[:, : weights.shape[1]]
    return z + weights[0] if block.biases else z
