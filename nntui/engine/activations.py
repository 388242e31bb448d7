"""Activation functions σ and their slopes σ′ (the table of lecture section 1, and ours).

A slope is computed from the numbers on screen, z and a, so that a student can make it again. Every σ and σ′ is
nan where z is nan: a run that has diverged does not look healed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from nntui.engine.arithmetic import Array, column_sums, exp, exp_minus_one, ordered_sum

ActivationName = Literal["step", "sigmoid", "tanh", "relu", "leaky_relu", "identity", "softmax"]
ACTIVATION_NAMES: tuple[ActivationName, ...] = get_args(ActivationName)

LEAK = 0.01
_ZERO, _ONE = np.array(0.0), np.array(1.0)


def sigmoid(z: Array) -> Array:
    """1/(1 + e) for z ≥ 0 and e/(1 + e) below, with e = exp(−|z|): nothing overflows."""
    e = np.abs(z)
    e = exp(np.negative(e, e))
    below = e + _ONE
    np.copyto(e, _ONE, where=z >= _ZERO)
    e /= below
    return e


def tanh(z: Array) -> Array:
    """±(−t)/(2 + t) with t = exp(−2|z|) − 1: keeps its digits near 0."""
    t = exp_minus_one(-2.0 * np.abs(z))
    return np.copysign(-t / (2.0 + t), z)


def relu(z: Array) -> Array:
    """z for z > 0, else 0."""
    return np.where(z <= 0.0, 0.0, z)


def leaky_relu(z: Array) -> Array:
    """z for z > 0, else 0.01 z."""
    return np.where(z <= 0.0, LEAK * z, z)


def step(z: Array) -> Array:
    """1 for z ≥ 0, else 0, as printed."""
    return np.where(z >= 0.0, 1.0, np.where(z < 0.0, 0.0, z))


def identity(z: Array) -> Array:
    """z."""
    return z.copy()


def softmax(z: Array) -> Array:
    """e_k / (e_1 + e_2 + …) with e_j = exp(z_j − max z). The one σ here that does not act on each neuron alone."""
    e = exp(z - np.maximum.reduce(z))
    return e / ordered_sum(e)


def softmax_columns(z: Array) -> Array:
    """`softmax` of every column of z (units, points), to the same bits."""
    e = exp((z - np.maximum.reduce(z)).ravel()).reshape(z.shape)
    return e / column_sums(e, np.ones(len(e)))


def _constant_slope(value: float, z: Array) -> Array:
    return np.where(z == z, value, z)


@dataclass(frozen=True, slots=True)
class Activation:
    """σ and σ′ of one layer. `value(z)` and `slope(z, a)` take and give arrays of shape (n_l,).

    each: σ acts on every neuron alone, so z of any length will do.
    """

    value: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]
    each: bool = True


def _no_slope(z: Array, a: Array) -> Array:
    raise ValueError("softmax has no slope of one neuron alone; with cross-entropy its δ is a − y")


def activation(name: ActivationName, step_slope: float = 0.0) -> Activation:
    """The activation called `name`; `step_slope` is σ′ of the step function (0 in the lecture)."""
    match name:
        case "sigmoid":
            return Activation(sigmoid, lambda z, a: a * (_ONE - a))
        case "tanh":
            return Activation(tanh, lambda z, a: _ONE - a * a)
        case "relu":
            return Activation(relu, lambda z, a: np.where(z > 0.0, 1.0, np.where(z <= 0.0, 0.0, z)))
        case "leaky_relu":
            return Activation(leaky_relu, lambda z, a: np.where(z > 0.0, 1.0, np.where(z <= 0.0, LEAK, z)))
        case "step":
            return Activation(step, lambda z, a: _constant_slope(step_slope, z))
        case "identity":
            return Activation(identity, lambda z, a: _constant_slope(1.0, z))
        case "softmax":
            return Activation(softmax, _no_slope, each=False)
