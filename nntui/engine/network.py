"""What a network is: its layers, its cost, and what training may change. Frozen; the weights are kept apart.

Weights live in one flat array, `theta`, so that one data point updates all of them at once. The block of layer l
has shape (n_{l−1} + 1, n_l): row j holds w_kj for every receiving neuron k, and the last row the biases, because
z_k adds its bias last. `to_matrices` gives them as the note writes them: row k, column j, column 0 the bias.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nntui.engine.activations import Activation, ActivationName, activation
from nntui.engine.arithmetic import NAN, Array, frozen
from nntui.engine.costs import CostName


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of neurons. `biases` False: no constant input, equation (4) as printed."""

    units: int
    activation: ActivationName
    biases: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """Where one layer lives in the flat arrays, and its σ."""

    inputs: int
    units: int
    weights: slice  # in theta and in the gradient
    senders: slice  # a^{l−1} followed by the constant 1, in `a`
    neurons: slice  # in z and delta
    outputs: slice  # a^l without its constant, in `a`
    sigma: Activation


@dataclass(frozen=True, slots=True)
class Network:
    """The lecture's network: `inputs` = n_0, layers 1 … N, C, η, and what (11) may change."""

    inputs: int
    layers: tuple[Layer, ...]
    cost: CostName = "half_squared_error"
    eta: float = 0.5
    step_slope: float = 0.0
    update_weights: bool = True
    update_biases: bool = True
    blocks: tuple[Block, ...] = field(init=False, repr=False, compare=False)
    fixed: NDArray[np.bool_] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", tuple(_blocks(self)))
        object.__setattr__(self, "fixed", _fixed(self))

    @property
    def sizes(self) -> tuple[int, ...]:
        """n_0, n_1, … n_N."""
        return (self.inputs, *(layer.units for layer in self.layers))

    @property
    def outputs(self) -> int:
        """n_N."""
        return self.layers[-1].units

    @property
    def softmax(self) -> bool:
        """Whether the last layer is a softmax."""
        return self.layers[-1].activation == "softmax"

    @property
    def neurons(self) -> int:
        """Σ n_l over layers 1 … N."""
        return sum(layer.units for layer in self.layers)

    @property
    def parameters(self) -> int:
        """Length of theta: every weight and a place for every bias."""
        return sum((block.inputs + 1) * block.units for block in self.blocks)


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
                outputs=slice(after, after + layer.units),
                sigma=activation(layer.activation, network.step_slope),
            )
        )
        weight, sender, neuron, before = weight + size, after, neuron + layer.units, layer.units
    return blocks


def _fixed(network: Network) -> NDArray[np.bool_] | None:
    """True where (11) must leave theta alone; None when it may change all of it."""
    all_biases = network.update_biases and all(layer.biases for layer in network.layers)
    if network.update_weights and all_biases:
        return None
    fixed = np.zeros(network.parameters, dtype=np.bool_)
    for block, layer in zip(network.blocks, network.layers, strict=True):
        matrix = fixed[block.weights].reshape(block.inputs + 1, block.units)
        matrix[:-1] = not network.update_weights
        matrix[-1] = not (network.update_biases and layer.biases)
    return fixed


def to_matrices(network: Network, theta: Array) -> tuple[Array, ...]:
    """theta as one read-only (n_l, 1 + n_{l−1}) array a layer: row k, column j; column 0 the bias, nan where there is none.

    Every nan has the one canonical pattern, 0x7ff8000000000000.
    """
    matrices = []
    for block, layer in zip(network.blocks, network.layers, strict=True):
        flat = theta[block.weights].reshape(block.inputs + 1, block.units)
        matrix = np.empty((block.units, block.inputs + 1))
        matrix[:, 1:] = flat[:-1].T
        matrix[:, 0] = flat[-1] if layer.biases else NAN
        matrix[matrix != matrix] = NAN
        matrices.append(frozen(matrix))
    return tuple(matrices)


def from_matrices(network: Network, matrices: Sequence[Array]) -> Array:
    """The inverse of `to_matrices`; the bias of a layer without biases is kept as 0. Raises ValueError on a wrong shape."""
    theta = np.zeros(network.parameters)
    for block, layer, matrix in zip(network.blocks, network.layers, matrices, strict=True):
        if matrix.shape != (block.units, block.inputs + 1):
            raise ValueError(f"weights of shape {matrix.shape} where {(block.units, block.inputs + 1)} is needed")
        flat = theta[block.weights].reshape(block.inputs + 1, block.units)
        flat[:-1] = matrix[:, 1:].T
        if layer.biases:
            flat[-1] = matrix[:, 0]
    return frozen(theta)
