"""∂C/∂w without the backward sweep: from C at moved weights, and from a step into the complex plane.

Central differences of the engine's own forward sweep and C, at w ± h and w ± 2h, so that what is cut off is of the
order h⁴. And the complex step Im C(w + ih)/h with h = 1e-20: from it nothing is subtracted, so it keeps all its digits;
its real parts are those of the forward sweep, its imaginary parts pass upwards along the paths (7). Neither uses δ.

Each value has a bound on its rounding error and on that of backpropagation, made of the sizes of the terms
(`rounding_bounds`):

    central   1e-7 |value| + 1e-10 + 8 U (terms of C, z and a)/h + what D(2h) differs by + fourth differences of C/h
    complex   1e-12 |value| + 8 U (terms of δ as (14) adds them) |a_j|; σ′ = a (1 − a) is right to 8 U a, no better
"""

from collections.abc import Sequence
from dataclasses import replace
from math import frexp, isfinite, ldexp, ulp

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import NAN, Array, column_sums, quiet
from nntui.engine.iteration import forward
from nntui.engine.network import Network
from nntui.explain.gradient_check.rounding_bounds import TINY, RoundingBounds, U
from nntui.training.frame import Frame
from nntui.values import dataclass

H = 2.0**-17
"""How far central differences move z, if it is not large."""
_FAR = 0.05  # of z; a sigmoid turns within about 1
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
        self._bounds = RoundingBounds(network, theta, self.z, self.a, y)
        curved = [block.sigma.curved for block in network.blocks]
        curved[-1] = curved[-1] or network.cost_function.cancels_slope  # such a C is curved in z itself
        self._curved = np.repeat(curved, [layer.units for layer in network.layers])

    @classmethod
    def of(cls, frame: Frame) -> "DataPoint":
        """That of a frame, before its update."""
        network, made = frame.scenario.network, frame.iteration
        return cls(network, made.before[: network.parameters], made.x, made.y)

    def _cost(self, z: Array, a: Array) -> float:
        with quiet():
            return self.network.cost_function.value(z, a, self.y)

    # --- central differences

    def central(self, layer: int, neuron: int, sender: int) -> Estimate:
        """∂C/∂w_kj from C at w ± h and w ± 2h: (4 D(h) − D(2h))/3 with D(h) = (C(w + h) − C(w − h))/2h."""
        block = self.network.blocks[layer - 1]
        column = block.matrix(self.theta)[:, neuron - 1]
        w, a = float(column[sender]), float(self.a[block.senders][sender])
        h = step_width(w, a, float(self.z[block.neurons][neuron - 1]))
        weights = [w + n * h for n in _FOUR]
        inexact = max(abs((w + n * h - w) / (n * h) - 1.0) for n in _FOUR)
        c = []
        for z_k in self._sums(layer, neuron, sender, weights):
            c_moved, corner, far_off = self._moved(layer, neuron, z_k)
            if corner is not None or far_off:
                return Estimate(NAN, NAN, corner)
            c.append(c_moved)
        near, far = (c[0] - c[1]) / (2.0 * h), (c[2] - c[3]) / (4.0 * h)
        bend = (c[2] + c[3] - 4.0 * (c[0] + c[1]) + 6.0 * self.cost) / h  # of the order h³, but where C turns within h
        value = (4.0 * near - far) / 3.0
        curve = abs(c[0] + c[1] - 2.0 * self.cost) / h  # the slope within the step, of which z_k has its rounding
        slip = 8.0 * U * float(self._bounds.terms[layer - 1][neuron - 1]) / abs(h * a) if h * a else 0.0
        noise = 8.0 * U * max(map(abs, c)) + float(self._bounds.noise[layer - 1]) + curve * slip * h
        rough = abs(near - far) + abs(bend)
        return Estimate(value, (1e-7 + inexact) * abs(value) + 1e-10 + noise / h + rough)

    def _sums(self, layer: int, neuron: int, sender: int, weights: Sequence[float]) -> list[float]:
        """z_k^l with each of some weights in place of w_kj, added in the order of the forward sweep."""
        block = self.network.blocks[layer - 1]
        columns = np.repeat(block.matrix(self.theta)[:, neuron - 1, None], len(weights), axis=1)
        columns[sender] = weights
        with quiet():
            z = column_sums(columns[1:], self.a[block.senders][1:])
            return list((z + columns[0] if block.biases else z).tolist())

    def at_weights(
        self, layer: int, neuron: int, sender: int, weights: Sequence[float]
    ) -> list[tuple[float, tuple[int, int] | None]]:
        """For each of some weights in place of w_kj: C, and the first neuron that came over a corner or a jump."""
        return [self._moved(layer, neuron, z_k)[:2] for z_k in self._sums(layer, neuron, sender, weights)]

    def noise(self, layer: int, neuron: int) -> float:
        """What rounding may do to C on the way from z_k^l up to it."""
        of_sum = 8.0 * U * float(self._bounds.terms[layer - 1][neuron - 1]) * float(self._bounds.sizes[layer - 1][1][neuron - 1])
        return 8.0 * U * abs(self.cost) + float(self._bounds.noise[layer - 1]) + of_sum

    def _moved(self, layer: int, neuron: int, z_k: float) -> tuple[float, tuple[int, int] | None, bool]:
        """C with another z_k^l; the first neuron that came over its corner; whether a z went too far along a curved σ."""
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
        crossed = self._crossed(layer, z, self.z[start:])
        with quiet():
            far_off = self._curved[start:] & ~(np.abs(z - self.z[start:]) <= _FAR)
        return c, self._place(start + int(crossed.argmax())) if crossed.any() else None, bool(far_off.any())

    def _crossed(self, layer: int, z: Array, then: Array) -> NDArray[np.bool_]:
        """Of the neurons of layer `layer` and above, those whose z lies on the other side of a corner or a jump than then."""
        crossed = np.zeros(len(z), dtype=np.bool_)
        start = self.network.blocks[layer - 1].neurons.start
        for block in self.network.blocks[layer - 1 :]:
            here = slice(block.neurons.start - start, block.neurons.stop - start)
            for corner in block.sigma.corners:
                crossed[here] |= (z[here] > corner) != (then[here] > corner)
            if block.sigma.steps:
                crossed[here] |= block.sigma.value(z[here]) != block.sigma.value(then[here])
        return crossed

    def _tail(self, layer: int) -> Network:
        """The layers above `layer`, as a network whose inputs are a^l, with every σ as it is here."""
        if layer not in self._tails:
            layers = self.network.layers
            self._tails[layer] = replace(self.network, inputs=layers[layer - 1].units, layers=layers[layer:])
        return self._tails[layer]

    def _place(self, neuron: int) -> tuple[int, int]:
        """Layer and neuron, from 1, of a place in z."""
        number = next(layer for layer, block in enumerate(self.network.blocks, start=1) if neuron < block.neurons.stop)
        return number, neuron - self.network.blocks[number - 1].neurons.start + 1

    # --- the complex step

    def complex_step(self, layer: int, neurons: Array, senders: Array) -> list[Estimate]:
        """Im C(w_kj + ih)/h for some weights into a layer; neurons (from 1) and senders: integer arrays, shape (weights,)."""
        block = self.network.blocks[layer - 1]
        a = self.a[block.senders][senders.astype(np.intp)]
        k = neurons.astype(np.intp) - 1
        moved = np.zeros((block.units, len(k)))  # Im z^l/h, a column for each weight
        moved[k, np.arange(len(k))] = a
        limits = self._bounds
        with quiet():
            for number, upper in enumerate(self.network.blocks[layer:], start=layer):
                moved = upper.matrix(self.theta)[1:].T @ (limits.slopes[number - 1][:, None] * moved)
            values = limits.top_slopes @ moved
            bounds = 1e-12 * np.abs(values) + np.abs(a) * limits.rounding[layer - 1][k] + limits.underflow[layer - 1] + TINY
        return [Estimate(float(v), float(b)) for v, b in zip(values, bounds, strict=True)]


def last_step_layer(network: Network) -> int:
    """The last layer whose σ is a step, which lets no change of a weight below it or into it through; 0 where there is none."""
    return max((layer for layer, block in enumerate(network.blocks, start=1) if block.sigma.steps), default=0)


def step_width(w: float, a: float, z: float) -> float:
    """h of central differences: a power of two so that z moves by 2⁻¹⁷, or that part of a large z; wide enough to move w."""
    return max(ldexp(H, max(frexp(z)[1], 0) - max(frexp(a)[1], 0)), 4.0 * ulp(w))
