"""What one number is made from, as plain arrays and floats: the terms in which the table of slips is written."""

from functools import cached_property
from typing import Literal

import numpy as np

from nntui.engine.activations import activation
from nntui.engine.arithmetic import Array, ordered_sum
from nntui.explain.equations.cards.activation_card import ActivationCard
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.grading.known_numbers import KnownNumbers
from nntui.explain.grading.recompute import follow, slope
from nntui.training.cell import Cell
from nntui.training.frame import only
from nntui.training.kinds import Kind, made_by

Answerable = Literal["z", "a", "cost", "delta", "gradient", "update"]


class NeuronActivation:
    """An activation as one neuron has it, on floats; not for softmax, which needs the whole layer."""

    def __init__(self, name: str, step_slope: float, at_zero: float) -> None:
        self.name = name
        self._settings = step_slope, at_zero

    def value(self, z: float) -> float:
        """σ(z)."""
        return float(activation(self.name, *self._settings).value(np.array([z]))[0])

    def slope(self, z: float, a: float) -> float:
        """σ′ made of some z and a, which need not belong together."""
        return float(activation(self.name, *self._settings).slope(np.array([z]), np.array([a]))[0])

    def mistaken_for(self) -> "NeuronActivation":
        """The activation that it is often mistaken for; a card without one raises."""
        name = ACTIVATION_CARDS[self.name].mistaken_for
        assert name is not None
        return NeuronActivation(name, *self._settings)


class SlipContext:
    """A number of a data point and what it is made from. l, k, j as in the note; k and j from 1, j = 0 is the bias.

    decimals: with how many of them a student writes it.
    """

    def __init__(self, numbers: KnownNumbers, cell: Cell, decimals: int = 4) -> None:
        self.numbers = numbers
        self.cell = cell
        self.decimals = decimals
        self.network = numbers.network
        self.layer, self.k, self.j = cell.layer, cell.neuron, cell.sender

    # --- the network

    @property
    def top(self) -> bool:
        """Whether this is the output layer."""
        return self.layer == len(self.network.layers)

    @property
    def sigma(self) -> NeuronActivation:
        """σ of the layer."""
        network = self.network
        return NeuronActivation(network.layers[self.layer - 1].activation, network.step_slope, network.at_zero)

    @property
    def card(self) -> ActivationCard:
        """The card of σ."""
        return ACTIVATION_CARDS[self.sigma.name]

    @property
    def biases(self) -> bool:
        """Whether the layer has biases."""
        return self.network.layers[self.layer - 1].biases

    @property
    def units(self) -> int:
        """n_l, the number of neurons of the layer."""
        return self.network.sizes[self.layer]

    @property
    def inputs(self) -> int:
        """n_{l−1}, the number of signals into the layer."""
        return self.network.sizes[self.layer - 1]

    @property
    def above(self) -> int:
        """n_{l+1}; 0 over the output layer."""
        return 0 if self.top else self.network.sizes[self.layer + 1]

    @property
    def may_change(self) -> bool:
        """Whether (11) may change this weight."""
        return self.network.update_weights if self.j else self.network.update_biases

    @property
    def neighbours(self) -> list[int]:
        """The neurons beside k."""
        return [k for k in (self.k - 1, self.k + 1) if 1 <= k <= self.units]

    # --- the right number, here and at other neurons

    def made(self, k: int, kind: Kind | None = None) -> float:
        """What the step makes at neuron k; of a row its number j."""
        values = follow(self.numbers, kind or made_by(self.cell.kind), self.layer, only(k)).mid
        return float(values[self.j, 0] if values.ndim == 2 else values[0])

    @cached_property
    def right(self) -> float:
        """The right number itself."""
        return self.made(self.k)

    # --- the numbers it is made from

    @cached_property
    def signals(self) -> Array:
        """a^{l−1} without its constant, shape (n_{l−1},)."""
        return self.numbers.a(self.layer - 1).mid

    def weights(self, k: int) -> Array:
        """w_k0, w_k1, …: the bias first, shape (1 + n_{l−1},)."""
        return self.numbers.weights(self.layer, only(k)).mid[:, 0]

    def summed(self, weights: Array, signals: Array) -> float:
        """Σ_j w_j a_j + w_0, of weights that begin with the bias."""
        z = ordered_sum(weights[1:] * signals)
        return z + float(weights[0]) if self.biases else z

    @property
    def z(self) -> float:
        """z_k."""
        return float(self.numbers.z(self.layer).mid[self.k - 1])

    @property
    def a(self) -> float:
        """a_k."""
        return float(self.numbers.a(self.layer).mid[self.k - 1])

    @property
    def y(self) -> float:
        """y_k."""
        return float(self.numbers.y().mid[self.k - 1])

    @property
    def delta(self) -> float:
        """δ_k."""
        return float(self.numbers.delta(self.layer).mid[self.k - 1])

    @cached_property
    def slope(self) -> float:
        """σ′(z_k); 1 where it has no part in the output's δ (cross-entropy)."""
        if self.top and self.network.cost_function.cancels_slope:
            return 1.0
        return float(slope(self.numbers, self.layer, only(self.k)).mid[0])

    @property
    def sent(self) -> float:
        """a_j, of the bias the constant 1."""
        return float(self.signals[self.j - 1]) if self.j else 1.0

    @property
    def gradient(self) -> float:
        """∂C/∂w_kj."""
        return float(self.numbers.gradient(self.layer, only(self.k)).mid[self.j, 0])

    @property
    def before(self) -> float:
        """w_kj before the update."""
        return float(self.weights(self.k)[self.j])

    # --- of the layer above

    @cached_property
    def deltas(self) -> Array:
        """δ^{l+1}, shape (n_{l+1},)."""
        return self.numbers.delta(self.layer + 1).mid

    def paths(self, k: int) -> Array:
        """w_1k, w_2k, … of the layer above, shape (n_{l+1},)."""
        return self.numbers.weights_out(self.layer, only(k)).mid[:, 0]
