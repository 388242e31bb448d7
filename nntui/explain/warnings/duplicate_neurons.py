"""Duplicate neurons of a hidden layer: the same weights in, the same bias, the same weights out.

Their z, a and δ are then the same to the last bit at every data point, and so is every update: symmetry is never broken.
"""

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.network import Network
from nntui.values import dataclass

MOST_NUMBERS = 1 << 18  # compared in one layer; a third of a millisecond
_MOST_PAIRS = 256


@dataclass(frozen=True, slots=True)
class DuplicateNeurons:
    """The first pair of a layer, how many of its neurons are the same, and their first weight."""

    layer: int
    first: int
    second: int
    count: int
    weight: float


def duplicates(network: Network, theta: Array) -> tuple[DuplicateNeurons, ...]:
    """The first pair of each hidden layer that has one, with the weights theta.

    Only neurons with the same first and last weights are compared, and of a layer at most MOST_NUMBERS numbers, so a pair
    of a very wide layer may be missed.
    """
    pairs = []
    for layer, (block, upper) in enumerate(zip(network.blocks, network.blocks[1:], strict=False), start=1):
        into, out = block.matrix(theta), upper.matrix(theta)[1:].T  # (1 + n_{l−1}, n_l), (n_{l+1}, n_l)
        into = into if block.biases else into[1:]
        found = _first_pair(into, out) if block.units > 1 else None
        if found:
            weight = float(block.matrix(theta)[1, found[0]])
            pairs.append(DuplicateNeurons(layer, found[0] + 1, found[1] + 1, found[2], weight))
    return tuple(pairs)


def _first_pair(into: Array, out: Array) -> tuple[int, int, int] | None:
    """Two columns that are the same in both arrays, from 0, and how many are the same as the first."""
    keys = np.stack([into[0], into[-1], out[0], out[-1]])
    order = np.lexsort(keys[::-1])
    alike = (keys[:, order[1:]] == keys[:, order[:-1]]).all(axis=0)
    left = MOST_NUMBERS
    for at in np.flatnonzero(alike)[:_MOST_PAIRS].tolist():
        left -= 2 * (len(into) + len(out))
        if left < 0:
            return None
        one, two = sorted((int(order[at]), int(order[at + 1])))
        if _same_and_finite(into, one, two) and _same_and_finite(out, one, two):
            return one, two, _count(into, out, one, left)
    return None


def _same_and_finite(columns: Array, one: int, two: int) -> bool:
    """Whether two columns have the same weights. Of inf nothing can be said: what comes of it is nan, which is never the same."""
    return np.array_equal(columns[:, one], columns[:, two]) and bool(np.isfinite(columns[:, one]).all())


def _count(into: Array, out: Array, one: int, most: int) -> int:
    """How many columns are the same as this one; 2, those known, where the layer is too wide to compare all."""
    if into.size + out.size > most:
        return 2
    return int(np.count_nonzero((into == into[:, one : one + 1]).all(axis=0) & (out == out[:, one : one + 1]).all(axis=0)))
