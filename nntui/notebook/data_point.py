"""One data point of a run, as a notebook asks for it: layer by layer, with its place in the run."""

import numpy as np

from nntui.engine.arithmetic import Array, frozen
from nntui.engine.iteration import Iteration
from nntui.training.address import Address
from nntui.training.frame import Frame
from nntui.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class LayerNumbers:
    """The numbers of layer l = 1 … N at one data point; all arrays are read-only float64.

    z, a, delta, shape (n_l,): z_k^l (4), a_k^l = σ(z_k^l) (5), δ_k^l (13), (14).
    weights, gradient, new_weights, shape (n_l, 1 + n_{l−1}): w_kj^{l−1} before, ∂C/∂w_kj^{l−1} = δ_k^l a_j^{l−1} (15), and
    w after (11); column 0 is the bias, nan where the layer has none. The equations are numbered as in the lecture.
    sums, velocities, laid out as the weights: G with this data point added, before any division, and v after it; None
    where the scenario has no `batch`, no `momentum`.
    """

    number: int
    activation: str
    z: Array
    a: Array
    delta: Array
    weights: Array
    gradient: Array
    new_weights: Array
    sums: Array | None = None
    velocities: Array | None = None

    def __repr__(self) -> str:
        return f"<layer {self.number}, {self.activation}: z={self.z}, a={self.a}, delta={self.delta}>"


class NotebookIteration:
    """One data point's turn in a run: all that it does to the network (`nntui.Iteration`).

    It can be given where a number of an iteration is expected: `timeline.weights(timeline.until("C < 0.01"))`.
    """

    def __init__(self, frame: Frame) -> None:
        """frame: the step that is meant, whose data point this is."""
        self.frame = frame

    # --- where

    def __index__(self) -> int:
        return self.frame.number

    @property
    def number(self) -> int:
        """Its place in the run, from 0."""
        return self.frame.number

    @property
    def step(self) -> int:
        """The step that is meant, in the whole run, from 0: where a condition holds, else the last of the data point."""
        return self.frame.step

    @property
    def address(self) -> Address:
        """The address of `step`: `str(iteration.address)` is `3:2:delta:1:2`, say."""
        return self.frame.address

    @property
    def row(self) -> int:
        """The data row, from 1."""
        return self.frame.row

    # --- numbers

    @property
    def x(self) -> Array:
        """The inputs, shape (n_0,)."""
        return self._made.x

    @property
    def y(self) -> Array:
        """The targets, shape (n_N,)."""
        return self._made.y

    @property
    def cost(self) -> float:
        """C of this data point, before the update."""
        return self._made.cost

    @property
    def outputs(self) -> Array:
        """a^N, shape (n_N,)."""
        return self.frame.layer_a(len(self.frame.scenario.network.layers))

    def layer(self, number: int) -> LayerNumbers:
        """The numbers of layer 1 … N; IndexError outside (the inputs, layer 0, are `x`)."""
        network = self.frame.scenario.network
        if not 1 <= number <= len(network.layers):
            raise IndexError(f"layer {number}: expected 1 to {len(network.layers)} (the inputs are iteration.x)")
        frame, layer = self.frame, network.layers[number - 1]
        gradient = np.array([frame.gradient_row(number, k) for k in range(1, layer.units + 1)])
        return LayerNumbers(
            number,
            layer.activation,
            frame.layer_z(number),
            frame.layer_a(number),
            frame.layer_delta(number),
            frozen(frame.weights_before(number)),
            frozen(gradient),
            frozen(frame.weights_after(number)),
            frozen(frame.sums(number)) if network.batched else None,
            frozen(frame.velocities(number)) if network.moving else None,
        )

    # --- all numbers of all layers, flat, as the engine has them

    @property
    def z(self) -> Array:
        """z of all layers, one after the other, shape (n_1 + … + n_N,)."""
        return self._made.z

    @property
    def a(self) -> Array:
        """1, a⁰, 1, a¹, …, 1, a^N: the signals of each layer after their constant a_0 = 1, flat."""
        return self._made.a

    @property
    def delta(self) -> Array:
        """δ of all layers, in the order of z, shape (n_1 + … + n_N,)."""
        return self._made.delta

    @property
    def before(self) -> Array:
        """All weights before, flat (`timeline.theta(number)`)."""
        return self._weights(self._made.before)

    @property
    def after(self) -> Array:
        """All weights after the update, flat."""
        return self._weights(self._made.after)

    def _weights(self, state: Array) -> Array:
        return state[: self.frame.scenario.network.parameters]

    @property
    def _made(self) -> Iteration:
        return self.frame.iteration

    # --- shown

    def __repr__(self) -> str:
        return f"<nntui.Iteration {self.number} at {self.address.data_point} (row {self.row}): C = {self.cost!r}>"

    def _repr_html_(self) -> str:
        from nntui.notebook.html import frame_html

        return frame_html(self.frame)
