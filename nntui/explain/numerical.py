"""∂C/∂w without the backward sweep: from C at moved weights, and from a step into the complex plane.

Central differences of the engine's own forward sweep and C, at w ± h and w ± 2h, so that what is cut off is of the
order h⁴. And the complex step Im C(w + ih)/h with h = 1e-20: from it nothing is subtracted, so it keeps all its digits;
its real parts are those of the forward sweep, its imaginary parts go upwards along the paths (7). Neither uses δ.

Each value comes with a bound on what rounding may have done to it, or to backpropagation, made of the sizes of the
terms on the way (not of their sums, which may cancel), with U = 2⁻⁵³ and 8 U for each operation or two:

    central   1e-7 |value| + 1e-10 + 8 U |C|/h + 8 U (terms of z and a on the way)/h + what D(h) and D(2h) differ by
    complex   1e-12 |value| + 8 U (terms of δ as (14) adds them) |a_j|; σ′ = a (1 − a) is right to 8 U a, no better
"""

from dataclasses import dataclass
from functools import cached_property
from math import frexp, isfinite

import numpy as np

from nntui.engine.activations import LEAK, ActivationName
from nntui.engine.arithmetic import NAN, Array, column_sums, exp, quiet
from nntui.engine.costs import cost
from nntui.engine.iteration import forward
from nntui.engine.network import Block, Network

H = 2.0**-17
"""Widest step of central differences: as far as w a_j may move."""
COMPLEX_H = 1e-20
CORNERED = ("relu", "leaky_relu")
_U = 2.0**-53
_TINY = 1e-290  # where numbers begin to lose digits because they are small
_AT_ONCE = 1 << 18  # sizes of weights held at a time: 2 MiB
_FOUR = (1.0, -1.0, 2.0, -2.0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A numerical ∂C/∂w_kj, how far it may lie from a right backpropagation, and the corner that makes it worthless."""

    value: float
    bound: float
    corner: tuple[int, int] | None = None  # layer and neuron whose z changes its side within the step

    @property
    def known(self) -> bool:
        """Whether value and bound are numbers to judge by."""
        return self.corner is None and isfinite(self.value) and isfinite(self.bound)


class DataPoint:
    """C of one data point as a function of the weights. theta (parameters,), x (n_0,), y (n_N,), all finite."""

    def __init__(self, network: Network, theta: Array, x: Array, y: Array) -> None:
        self.network, self.theta, self.y = network, theta, y
        with quiet():
            self.z, self.a = forward(network, theta, x)
        top = network.blocks[-1]
        self.cost = self._cost(self.z[top.neurons], self.a[top.outputs])
        self._tails: dict[int, Network] = {}
        self._cornered = np.concatenate([np.full(layer.units, layer.activation in CORNERED) for layer in network.layers])

    def _cost(self, z: Array, a: Array) -> float:
        with quiet():
            return cost(self.network.cost, self.network.softmax, z, a, self.y)

    # --- central differences

    def central(self, layer: int, neuron: int, sender: int) -> Estimate:
        """∂C/∂w_kj from C at w ± h and w ± 2h: (4 D(h) − D(2h))/3 with D(h) = (C(w + h) − C(w − h))/2h."""
        block = self.network.blocks[layer - 1]
        column = block.matrix(self.theta)[:, neuron - 1]
        w = float(column[sender])
        h = step_width(w, float(self.a[block.senders][sender]))
        four = np.repeat(column[:, None], 4, axis=1)
        four[sender] = [w + n * h for n in _FOUR]
        inexact = max(abs((w + n * h - w) / (n * h) - 1.0) for n in _FOUR)
        with quiet():
            z = column_sums(four[1:], self.a[block.senders][1:])
            z = z + four[0] if block.biases else z
        c = []
        for z_k in z:
            c_moved, corner = self._moved(layer, neuron, float(z_k))
            if corner is not None:
                return Estimate(NAN, NAN, corner)
            c.append(c_moved)
        near, far = (c[0] - c[1]) / (2.0 * h), (c[2] - c[3]) / (4.0 * h)
        value = (4.0 * near - far) / 3.0
        noise = 8.0 * _U * abs(self.cost) + float(self._noise[layer - 1])
        return Estimate(value, (1e-7 + inexact) * abs(value) + 1e-10 + noise / h + abs(near - far) / 3.0)

    def _moved(self, layer: int, neuron: int, z_k: float) -> tuple[float, tuple[int, int] | None]:
        """C with another z_k^l, and the first neuron from there on that has come to the other side of its corner."""
        block = self.network.blocks[layer - 1]
        z = self.z[block.neurons].copy()
        z[neuron - 1] = z_k
        with quiet():
            a = block.sigma.value(z)
            if layer < len(self.network.layers):
                tail = self._tail(layer)
                z_above, a_above = forward(tail, self.theta[block.weights.stop :], a)
                z = np.concatenate([z, z_above])
                top = tail.blocks[-1]
                c = self._cost(z_above[top.neurons], a_above[top.outputs])
            else:
                c = self._cost(z, a)
        start = block.neurons.start
        crossed = self._cornered[start:] & ((z > 0.0) != (self.z[start:] > 0.0))
        return c, self._place(start + int(crossed.argmax())) if crossed.any() else None

    def _tail(self, layer: int) -> Network:
        """The layers above `layer`, as a network whose inputs are a^l."""
        if layer not in self._tails:
            layers = self.network.layers
            self._tails[layer] = Network(layers[layer - 1].units, layers[layer:], self.network.cost)
        return self._tails[layer]

    def _place(self, neuron: int) -> tuple[int, int]:
        """Layer and neuron, from 1, of a place in z."""
        number = next(l for l, block in enumerate(self.network.blocks, start=1) if neuron < block.neurons.stop)  # noqa: E741
        return number, neuron - self.network.blocks[number - 1].neurons.start + 1

    # --- the complex step

    def complex_step(self, layer: int, neurons: Array, senders: Array) -> list[Estimate]:
        """Im C(w_kj + ih)/h for some weights into a layer; neurons (from 1) and senders: integer arrays, shape (weights,)."""
        block = self.network.blocks[layer - 1]
        a = self.a[block.senders][senders.astype(np.intp)]
        k = neurons.astype(np.intp) - 1
        moved = np.zeros((block.units, len(k)))  # Im z^l/h, a column for each weight
        moved[k, np.arange(len(k))] = a
        with quiet():
            for number, upper in enumerate(self.network.blocks[layer:], start=layer):
                moved = upper.matrix(self.theta)[1:].T @ (self._slopes[number - 1][:, None] * moved)
            values = self._top_slopes @ moved
            bounds = 1e-12 * np.abs(values) + np.abs(a) * self._rounding[layer - 1][k] + _TINY
        return [Estimate(float(v), float(b)) for v, b in zip(values, bounds, strict=True)]

    @cached_property
    def _slopes(self) -> list[Array]:
        """Im σ(z + ih)/h of every layer, shape (n_l,); of a softmax nan, it is in `_top_slopes`."""
        with quiet():
            return [
                _imaginary_sigma(layer.activation, self.z[block.neurons])
                for layer, block in zip(self.network.layers, self.network.blocks, strict=True)
            ]

    @cached_property
    def _top_slopes(self) -> Array:
        """Im C(z^N + ih in one place)/h, shape (n_N,)."""
        top = self.network.blocks[-1]
        z, a = self.z[top.neurons], self.a[top.outputs]
        with quiet():
            if self.network.cost == "cross_entropy":
                part = np.sum(self.y) * _imaginary_log_sum(z) if self.network.softmax else _imaginary_softplus(z)
                return part - self.y
            squared = ((a - self.y) + 1j * COMPLEX_H * self._slopes[-1]) ** 2
            half = 0.5 if self.network.cost == "half_squared_error" else 1.0
            return np.asarray(half * squared.imag / COMPLEX_H)

    # --- what rounding may do

    @cached_property
    def _sizes(self) -> list[tuple[Array, Array]]:
        """Of every layer ∂C/∂a and ∂C/∂z with all terms taken by their size: upper bounds, shape (n_l,) each."""
        top, d = self.network.blocks[-1], np.abs(self.a[self.network.blocks[-1].outputs] - self.y)
        entropy = self.network.cost == "cross_entropy"
        above = np.zeros(top.units) if entropy else d * (1.0 if self.network.cost == "half_squared_error" else 2.0)
        sizes = [(above, np.abs(self._top_slopes))]
        with quiet():
            for number in range(len(self.network.blocks) - 1, 0, -1):
                above = _sizes_down(self.network.blocks[number].matrix(self.theta)[1:], sizes[0][1])
                sizes.insert(0, (above, above * self._slopes[number - 1]))
        return sizes

    @cached_property
    def _rounding(self) -> list[Array]:
        """What rounding may have made of every δ^l in (14), shape (n_l,); infinite where that cannot be told."""
        errors = [self._top_rounding()]
        with quiet():
            for number in range(len(self.network.blocks) - 1, 0, -1):
                upper = self.network.blocks[number].matrix(self.theta)[1:]
                carried = _sizes_down(upper, errors[0] + 8.0 * _U * self._sizes[number][1])
                of_slope = self._sizes[number - 1][0] * self._slope_rounding(number)
                errors.insert(0, carried * self._slopes[number - 1] + of_slope + _TINY)
        return [np.where(np.isnan(error), np.inf, error) for error in errors]

    def _top_rounding(self) -> Array:
        a = self.a[self.network.blocks[-1].outputs]
        if self.network.cost != "cross_entropy":
            above, size = self._sizes[-1]
            return 8.0 * _U * size + above * self._slope_rounding(len(self.network.layers))
        error = 8.0 * _U * (np.abs(a) + np.abs(self.y))
        if self.network.softmax:  # δ = a − y takes Σ y for 1, as it is but for 1e-9
            error += np.abs(a) * abs(float(np.sum(self.y)) - 1.0)
        return error

    def _slope_rounding(self, layer: int) -> Array:
        """What rounding may have made of σ′ as it is computed from a."""
        a = self.a[self.network.blocks[layer - 1].outputs]
        match self.network.layers[layer - 1].activation:
            case "sigmoid":
                return 8.0 * _U * np.abs(a)
            case "tanh":
                return 8.0 * _U * a * a
            case _:
                return np.zeros_like(a)

    @cached_property
    def _noise(self) -> Array:
        """What rounding in z and a of layers l … N may do to C, for l = 1 … N, shape (N,)."""
        shares = []
        for block, (above, size) in zip(self.network.blocks, self._sizes, strict=True):
            with quiet():
                shares.append(8.0 * _U * (float(size @ self._terms(block)) + float(above @ np.abs(self.a[block.outputs]))))
        return np.cumsum(shares[::-1])[::-1]

    def _terms(self, block: Block) -> Array:
        """Σ_j |w_kj a_j|, longer sums rounding more often, shape (n_l,)."""
        matrix, a = block.matrix(self.theta), np.abs(self.a[block.senders])
        total = np.abs(matrix[0]) if block.biases else np.zeros(block.units)
        rows = max(_AT_ONCE // block.units, 1)
        for start in range(1, block.inputs + 1, rows):
            total += a[start : start + rows] @ np.abs(matrix[start : start + rows])
        return total * max(1.0, block.inputs**0.5 / 8.0)


def step_width(w: float, a: float) -> float:
    """h of central differences: a power of two with h |a_j| ≤ 2⁻¹⁷, but wide enough to move w."""
    h = H / 2.0 ** max(frexp(abs(a))[1], 0)
    return max(h, 4.0 * float(np.spacing(abs(w))))


def _sizes_down(upper: Array, sizes: Array) -> Array:
    """Σ_m |w_mj| sizes_m for every j, a few rows at a time; upper (n_l, n_{l+1}), sizes (n_{l+1},), result (n_l,)."""
    rows = max(_AT_ONCE // len(sizes), 1)
    return np.concatenate([np.abs(upper[start : start + rows]) @ sizes for start in range(0, len(upper), rows)])


def _complex_exp(z: Array) -> np.ndarray[tuple[int], np.dtype[np.complex128]]:
    """e^(z + ih): e^z (cos h + i sin h), which is e^z (1 + ih) to the last digit."""
    real = exp(z)
    return real + 1j * COMPLEX_H * real


def _imaginary_sigma(name: ActivationName, z: Array) -> Array:
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


def _imaginary_softplus(z: Array) -> Array:
    """Im ln(1 + e^(z + ih))/h: the angle of 1 + e^(z + ih), or of that divided by e^(z + ih) where e^z is large."""
    e = _complex_exp(-np.abs(z))
    angle = np.angle(1.0 + e) / COMPLEX_H
    return np.where(z >= 0.0, 1.0 - angle, angle)


def _imaginary_log_sum(z: Array) -> Array:
    """Im ln Σ_j e^z_j with ih added to one z_k after the other, divided by h; shape of z."""
    e = exp(z - np.maximum.reduce(z))
    return np.angle(np.sum(e) + 1j * COMPLEX_H * e) / COMPLEX_H
