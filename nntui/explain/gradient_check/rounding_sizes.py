"""Sums of sizes, from which a bound on their rounding is made: a few rows at a time, so that a large layer is never copied."""

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.network import Block

_AT_ONCE = 1 << 18  # sizes of weights held at a time: 2 MiB


def sizes_down(upper: Array, sizes: Array) -> Array:
    """Σ_m |w_mj| sizes_m for every j, a few rows at a time; upper (n_l, n_{l+1}), sizes (n_{l+1},), result (n_l,)."""
    rows = max(_AT_ONCE // len(sizes), 1)
    return np.concatenate([np.abs(upper[start : start + rows]) @ sizes for start in range(0, len(upper), rows)])


def sizes_up(block: Block, theta: Array, a: Array) -> Array:
    """Σ_j |w_kj| a_j for every k, a few rows at a time, times √n_{l−1}/8 where that is more than 1.

    a: the signals after their constant, shape (1 + n_{l−1},); result (n_l,).
    """
    matrix = block.matrix(theta)
    total = np.abs(matrix[0]) if block.biases else np.zeros(block.units)
    rows = max(_AT_ONCE // block.units, 1)
    for start in range(1, block.inputs + 1, rows):
        total += a[start : start + rows] @ np.abs(matrix[start : start + rows])
    return np.asarray(total * max(1.0, block.inputs**0.5 / 8.0))
