"""Initial weights that a scenario does not give: drawn from NumPy's raw bit stream, the same in every year.

NumPy guarantees what PCG64 and SeedSequence produce, not what `Generator` makes of it, so the numbers are made
here: u = (raw >> 11) · 2⁻⁵³, row by row (neuron by neuron), from PCG64(SeedSequence([seed, layer])).
"""

from math import sqrt
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array

InitName = Literal["uniform", "normal", "xavier", "he", "zeros"]
INIT_NAMES: tuple[InitName, ...] = get_args(InitName)

_AT_ONCE = 1 << 18


def _uniform(bits: np.random.PCG64, count: int) -> Array:
    """`count` numbers in [0, 1)."""
    raw = np.asarray(bits.random_raw(count), dtype=np.uint64)
    return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _twelve_summed(bits: np.random.PCG64, count: int) -> Array:
    """Sums of twelve uniform numbers less 6: mean 0, variance 1, made of exact operations only."""
    sums = np.empty(count)
    for start in range(0, count, _AT_ONCE):
        stop = min(start + _AT_ONCE, count)
        twelve = _uniform(bits, 12 * (stop - start)).reshape(-1, 12)
        sums[start:stop] = np.add.accumulate(twelve, axis=1)[:, -1]
    return sums - 6.0


def initial_weights(init: InitName, seed: int, layer: int, inputs: int, units: int) -> Array:
    """Weights into `layer` (from 1), shape (units, inputs), without biases."""
    count = units * inputs
    bits = np.random.PCG64(np.random.SeedSequence([seed, layer]))
    match init:
        case "zeros":
            weights = np.zeros(count)
        case "uniform":
            weights = (2.0 * _uniform(bits, count) - 1.0) / sqrt(inputs)
        case "xavier":
            weights = (2.0 * _uniform(bits, count) - 1.0) * sqrt(6.0 / (inputs + units))
        case "normal":
            weights = _twelve_summed(bits, count) / sqrt(inputs)
        case "he":
            weights = _twelve_summed(bits, count) / sqrt(inputs) * sqrt(2.0)
    return weights.reshape(units, inputs)


Order = Literal["given", "shuffled"]


def epoch_order(order: Order, seed: int, epoch: int, points: int) -> NDArray[np.intp]:
    """Data rows (from 0) in the order of one epoch (from 1), derived from (seed, epoch) alone."""
    if order == "given":
        return np.arange(points)
    raw = np.asarray(np.random.PCG64(np.random.SeedSequence([seed, epoch])).random_raw(points))
    return np.argsort(raw, kind="stable")
