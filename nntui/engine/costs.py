"""The cost C of one data point, and the δ with which it enters the network.

The lecture never names C. These are the four that nntui offers; for a σ that acts on each neuron alone,
δ_k^N = ∂C/∂a_k · σ′(z_k^N), by (12). Cross-entropy is computed from z, where it keeps its digits, and its δ is
a − y, with nothing divided by a (1 − a).
"""

from typing import Literal, get_args

import numpy as np

from nntui.engine.activations import Activation
from nntui.engine.arithmetic import Array, exp, log, log1p, ordered_sum

CostName = Literal["half_squared_error", "squared_error", "cross_entropy"]
COST_NAMES: tuple[CostName, ...] = get_args(CostName)


def cost(name: CostName, softmax: bool, z: Array, a: Array, y: Array) -> float:
    """C of one data point; z, a, y of the output layer, shape (n_N,)."""
    match name:
        case "half_squared_error":
            d = a - y
            return 0.5 * ordered_sum(d * d)
        case "squared_error":
            d = a - y
            return ordered_sum(d * d)
        case "cross_entropy" if softmax:
            highest = np.maximum.reduce(z)
            log_sum = highest + log(np.array([ordered_sum(exp(z - highest))]))
            wanted = y != 0.0
            return ordered_sum(y[wanted] * (log_sum - z[wanted]))
        case "cross_entropy":
            return ordered_sum((np.maximum(z, 0.0) - z * y) + log1p(exp(-np.abs(z))))


def output_delta(name: CostName, sigma: Activation, z: Array, a: Array, y: Array) -> Array:
    """δ^N = ∂C/∂a · σ′(z^N), or a − y where cross-entropy meets sigmoid or softmax; shape (n_N,)."""
    d = a - y
    match name:
        case "half_squared_error":
            return d * sigma.slope(z, a)
        case "squared_error":
            return (2.0 * d) * sigma.slope(z, a)
        case "cross_entropy":
            return d
