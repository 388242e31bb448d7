"""A network: its layers, its cost, and what training may change. Frozen; the weights are not part of it.

The weights are in one flat array, `theta`, so that one data point updates all of them at once. The block of layer l
has shape (1 + n_{l−1}, n_l): row j holds w_kj for every receiving neuron k, row 0 the biases. Its transpose is the
matrix as the note writes it: row k, column j, column 0 the bias. A layer without biases has nan there.
"""

from collections.abc import Sequence
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from nntui.engine.activations import Activation, activation
from nntui.engine.arithmetic import NAN, Array, canonical, frozen
from nntui.engine.costs import Cost, cost_of
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of neurons. `biases` False: no constant input, equation (4) as printed."""

    units: int
    activation: str
    biases: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """Where one layer is in the flat arrays, and its σ."""

    inputs: int
    units: int
    weights: slice  # in theta and in the gradient
    senders: slice  # the constant a_0 = 1 and a^{l−1}, in `a`
    neurons: slice  # in z and delta
    outputs: slice  # a^l without its constant, in `a`
    sigma: Activation
    biases: bool

    def place(self, neuron: int, sender: int) -> int:
        """The place in theta of w_kj, or of the bias (sender 0); neuron k and sender j from 1."""
        return int(self.weights.start) + sender * self.units + neuron - 1

    def matrix(self, theta: Array) -> Array:
        """The layer's part of theta (or of a gradient) as a view of shape (1 + n_{l−1}, n_l)."""
        return theta[self.weights].reshape(self.inputs + 1, self.units)


@dataclass(frozen=True, slots=True)
class Network:
    """The lecture's network: `inputs` = n_0, layers 1 … N, C, η, and what (11) may change.

    batch: data points whose gradients are added up, or (`average`) averaged, before (11) is applied once. momentum: μ.

    Raises KeyError for an activation or a cost that is not known, ValueError where the cost does not take the outputs' σ.
    """

    inputs: int
    layers: tuple[Layer, ...]
    cost: str = "half_squared_error"
    eta: float = 0.5
    step_slope: float = 0.0
    at_zero: float = 1.0
    update_weights: bool = True
    update_biases: bool = True
    batch: int = 1
    average: bool = False
    momentum: float = 0.0
    parameters: int = field(init=False, repr=False, compare=False)  # length of theta: all weights, and a place for every bias
    blocks: tuple[Block, ...] = field(init=False, repr=False, compare=False)
    cost_function: Cost = field(init=False, repr=False, compare=False)
    fixed: NDArray[np.bool_] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        blocks = tuple(_blocks(self))
        cost = cost_of(self.cost, blocks[-1].sigma)
        if cost is None:
            raise ValueError(f"the δ of {self.layers[-1].activation} outputs with {self.cost} is not known")
        object.__setattr__(self, "blocks", blocks)
        object.__setattr__(self, "cost_function", cost)
        object.__setattr__(self, "parameters", sum((block.inputs + 1) * block.units for block in self.blocks))
        object.__setattr__(self, "fixed", _fixed(self))

    @property
    def sizes(self) -> tuple[int, ...]:
        """n_0, n_1, … n_N."""
        return (self.inputs, *(layer.units for layer in self.layers))

    @property
    def outputs(self) -> int:
        """n_N, the number of outputs."""
        return self.layers[-1].units

    @property
    def softmax(self) -> bool:
        """Whether the last layer is a softmax: each of its outputs depends on every z."""
        return not self.blocks[-1].sigma.each

    @property
    def batched(self) -> bool:
        """Whether gradients are added up over several data points."""
        return self.batch != 1

    @property
    def moving(self) -> bool:
        """Whether (11) has a velocity."""
        return self.momentum != 0.0

    @property
    def extended(self) -> bool:
        """Whether weights are moved by more than (11) with the gradient of one data point: a batch, or momentum."""
        return self.batched or self.moving

    @property
    def state_size(self) -> int:
        """Length of the state that goes from data point to data point: theta, then G if batched, then v if moving."""
        return self.parameters * (1 + self.batched + self.moving)

    @property
    def sum_part(self) -> slice:
        """Where G is in a state, laid out as theta."""
        return slice(self.parameters, 2 * self.parameters)

    @property
    def velocity_part(self) -> slice:
        """Where v is in a state, laid out as theta."""
        return slice(self.state_size - self.parameters, self.state_size)

    @property
    def neurons(self) -> int:
        """Σ n_l over layers 1 … N."""
        return sum(layer.units for layer in self.layers)


def _blocks(network: Network) -> list[Block]:
    blocks = []
    weight = sender = neuron = 0
    before = network.inputs
    for layer in network.layers:
        size = (before + 1) * layer.units
        after = sender + before + 1
        blocks.append(
            Block(
                inputs=before,
                units=layer.units,
                weights=slice(weight, weight + size),
                senders=slice(sender, after),
                neurons=slice(neuron, neuron + layer.units),
                outputs=slice(after + 1, after + 1 + layer.units),
                sigma=activation(layer.activation, network.step_slope, network.at_zero),
                biases=layer.biases,
            )
        )
        weight, sender, neuron, before = weight + size, after, neuron + layer.units, layer.units
    return blocks


def _fixed(network: Network) -> NDArray[np.bool_] | None:
    """True where (11) must leave theta alone; None when it may change all of it."""
    if network.update_weights and network.update_biases:
        return None
    fixed = np.zeros(network.parameters, dtype=np.bool_)
    for block in network.blocks:
        matrix = fixed[block.weights].reshape(block.inputs + 1, block.units)
        matrix[0] = not network.update_biases
        matrix[1:] = not network.update_weights
    return fixed


def to_matrices(network: Network, theta: Array) -> tuple[Array, ...]:
    """The weights as one read-only (n_l, 1 + n_{l−1}) array a layer: row k, column j; column 0 the bias, nan where there is none.

    Views of theta, unless it holds a nan that is not the canonical one (law 4 of `arithmetic`).
    """
    theta = canonical(theta)
    return tuple(frozen(block.matrix(theta).T) for block in network.blocks)


def from_matrices(network: Network, matrices: Sequence[Array]) -> Array:
    """Theta, the inverse of `to_matrices`. Raises ValueError on a wrong shape."""
    theta = np.empty(network.parameters)
    for block, matrix in zip(network.blocks, matrices, strict=True):
        if matrix.shape != (block.units, block.inputs + 1):
            raise ValueError(f"weights of shape {matrix.shape} where {(block.units, block.inputs + 1)} is needed")
        block.matrix(theta)[:] = matrix.T
        if not block.biases:
            block.matrix(theta)[0] = NAN
    return frozen(theta)


def starting_state(network: Network, theta: Array) -> Array:
    """The state before a run: theta (parameters,), with G and v at 0 where there are any; nan for a bias that is not there."""
    rest = np.zeros(network.state_size - network.parameters)
    if not rest.size:
        return theta
    for part in rest.reshape(-1, network.parameters):
        for block in network.blocks:
            if not block.biases:
                block.matrix(part)[0] = NAN
    return frozen(np.concatenate([theta, rest]))
