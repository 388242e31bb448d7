"""Slopes by a step ih into the complex plane: f′(z) = Im f(z + ih)/h. Nothing is subtracted, so no digit is lost.

With h = 1e-20, cos h is 1 and sin h is h to the last digit. All arrays have the shape of z, (n_l,).
"""

import numpy as np
from numpy.typing import NDArray

from nntui.engine.activations import LEAK, ActivationName
from nntui.engine.arithmetic import NAN, Array, exp

COMPLEX_H = 1e-20


def _complex_exp(z: Array) -> NDArray[np.complex128]:
    """e^(z + ih): e^z (cos h + i sin h), which is e^z (1 + ih) to the last digit."""
    real = exp(z)
    return real + 1j * COMPLEX_H * real


def sigma_slope(name: ActivationName, z: Array) -> Array:
    """Im σ(z + ih)/h; of relu and leaky relu on the side of the corner where z is."""
    match name:
        case "sigmoid":
            e = np.conj(_complex_exp(-np.abs(z)))  # e^−(|z| + ih); σ(−z) = 1 − σ(z) has the same slope
            return np.asarray((1.0 / (1.0 + e)).imag / COMPLEX_H)
        case "tanh":
            e = np.conj(_complex_exp(-2.0 * np.abs(z))) - 1j * COMPLEX_H * exp(-2.0 * np.abs(z))  # e^−2(|z| + ih)
            return np.asarray(((1.0 - e) / (1.0 + e)).imag / COMPLEX_H)
        case "relu":
            return np.where(z > 0.0, 1.0, 0.0)
        case "leaky_relu":
            return np.where(z > 0.0, 1.0, LEAK)
        case "identity":
            return np.ones_like(z)
        case "step" | "softmax":
            return np.full_like(z, NAN)


def softplus_slope(z: Array) -> Array:
    """Im ln(1 + e^(z + ih))/h: the angle of 1 + e^(z + ih), or of that divided by e^(z + ih) where e^z is large."""
    e = _complex_exp(-np.abs(z))
    angle = np.angle(1.0 + e) / COMPLEX_H
    return np.where(z >= 0.0, 1.0 - angle, angle)


def log_sum_slope(z: Array) -> Array:
    """Im ln Σ_j e^z_j with ih added to one z_k after the other, divided by h; shape of z."""
    e = exp(z - np.maximum.reduce(z))
    return np.asarray(np.angle(np.sum(e) + 1j * COMPLEX_H * e) / COMPLEX_H)
