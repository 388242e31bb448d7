"""Slopes by a step ih into the complex plane: f′(z) = Im f(z + ih)/h. Nothing is subtracted, so no digit is lost.

With h = 1e-20, cos h is 1 and sin h is h to the last digit. All arrays have the shape of z, (n_l,).
"""

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array, exp

COMPLEX_H = 1e-20


def complex_exp(z: Array) -> NDArray[np.complex128]:
    """e^(z + ih): e^z (cos h + i sin h), which is e^z (1 + ih) to the last digit."""
    real = exp(z)
    return real + 1j * COMPLEX_H * real


def sigmoid_slope(z: Array) -> Array:
    """Im σ(z + ih)/h of the sigmoid."""
    e = np.conj(complex_exp(-np.abs(z)))  # e^−(|z| + ih); σ(−z) = 1 − σ(z) has the same slope
    return np.asarray((1.0 / (1.0 + e)).imag / COMPLEX_H)


def tanh_slope(z: Array) -> Array:
    """Im tanh(z + ih)/h."""
    e = np.conj(complex_exp(-2.0 * np.abs(z))) - 1j * COMPLEX_H * exp(-2.0 * np.abs(z))  # e^−2(|z| + ih)
    return np.asarray(((1.0 - e) / (1.0 + e)).imag / COMPLEX_H)


def softplus_slope(z: Array) -> Array:
    """Im ln(1 + e^(z + ih))/h: the angle of 1 + e^(z + ih), or of that divided by e^(z + ih) where e^z is large."""
    e = complex_exp(-np.abs(z))
    angle = np.angle(1.0 + e) / COMPLEX_H
    return np.where(z >= 0.0, 1.0 - angle, angle)


def log_sum_slope(z: Array) -> Array:
    """Im ln Σ_j e^z_j with ih added to one z_k after the other, divided by h; shape of z."""
    e = exp(z - np.maximum.reduce(z))
    return np.asarray(np.angle(np.sum(e) + 1j * COMPLEX_H * e) / COMPLEX_H)


def square_slope(d: Array, slopes: Array) -> Array:
    """Im (d + ih·slopes)²/h."""
    return np.asarray(((d + 1j * COMPLEX_H * slopes) ** 2).imag / COMPLEX_H)
