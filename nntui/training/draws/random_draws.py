"""Initial weights that a scenario does not give, and the shuffled order of its rows, drawn from NumPy's raw bit stream.

NumPy guarantees the output of PCG64 and SeedSequence for all versions, not that of `Generator`, so the numbers are made
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


def _uniform(bits: "np.random.PCG64", count: int) -> Array:
    """The next `count` numbers in [0, 1)."""
    raw = np.asarray(bits.random_raw(count), dtype=np.uint64)
    raw >>= np.uint64(11)
    return raw.astype(np.float64) * 2.0**-53


def _drawn(init: InitName, bits: "np.random.PCG64", count: int, inputs: int, units: int) -> Array:
    """The next `count` weights of a layer, by operations that IEEE 754 fixes."""
    if init in ("uniform", "xavier"):
        symmetric = 2.0 * _uniform(bits, count) - 1.0
        return symmetric / sqrt(inputs) if init == "uniform" else symmetric * sqrt(6.0 / (inputs + units))
    twelve = _uniform(bits, 12 * count).reshape(count, 12)
    normal = (np.add.accumulate(twelve, axis=1)[:, -1] - 6.0) / sqrt(inputs)
    return normal if init == "normal" else normal * sqrt(2.0)


def initial_weights(init: InitName, seed: int, layer: int, inputs: int, units: int) -> Array:
    """Weights into `layer` (from 1) without biases, shape (units, inputs); drawn in parts to save memory."""
    weights = np.zeros(units * inputs)
    if init != "zeros":
        bits = np.random.PCG64(np.random.SeedSequence([seed, layer]))
        for start in range(0, len(weights), _AT_ONCE):
            count = min(_AT_ONCE, len(weights) - start)
            weights[start : start + count] = _drawn(init, bits, count, inputs, units)
    return weights.reshape(units, inputs)


Order = Literal["given", "shuffled"]


def epoch_order(order: Order, seed: int, epoch: int, points: int) -> NDArray[np.intp]:
    """Data rows (from 0) in the order of one epoch (from 1), shape (points,), derived from (seed, epoch) alone."""
    if order == "given":
        return np.arange(points)
    return np.argsort(epoch_keys(seed, epoch, points), kind="stable")


def epoch_keys(seed: int, epoch: int, points: int) -> NDArray[np.uint64]:
    """A random number for each data row in an epoch, shape (points,); a shuffled order sorts the rows by them, ascending."""
    return np.asarray(np.random.PCG64(np.random.SeedSequence([seed, epoch])).random_raw(points), dtype=np.uint64)
