"""A scenario: everything a run is a function of. Frozen, and whole: no file is needed any more."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nntui.engine.arithmetic import Array, frozen
from nntui.engine.network import Network
from nntui.training.initial import InitName, Order, initial_weights
from nntui.training.steps import Course


@dataclass(frozen=True, slots=True)
class Note:
    """One stop of a tour: what to see at this address (text already made safe)."""

    at: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """A network with its first weights, its data and its training. Arrays are read-only, texts already made safe.

    weights: one (n_l, 1 + n_{l−1}) array a layer, column 0 the bias (nan where the layer has none).
    x (points, n_0), y (points, n_N), in the order of the file. Names are empty where the file gives none.
    """

    title: str
    network: Network
    weights: tuple[Array, ...]
    x: Array
    y: Array
    epochs: int
    about: str = ""
    order: Order = "given"
    shuffle_seed: int = 0
    input_names: tuple[str, ...] = ()
    neuron_names: tuple[tuple[str, ...], ...] = ()  # one tuple a layer 1 … N
    notes: tuple[Note, ...] = ()

    @property
    def points(self) -> int:
        """Data points in an epoch."""
        return len(self.x)

    @property
    def course(self) -> Course:
        """The steps of this run."""
        return Course(self.network.sizes[1:], self.points, self.epochs)


def starting_weights(
    network: Network,
    weights: Sequence[Array | None],
    biases: Sequence[Array | None],
    init: InitName = "uniform",
    seed: int = 0,
) -> tuple[Array, ...]:
    """First weights as `Scenario.weights`: given where given ((n_l, n_{l−1}) and (n_l,)), else drawn; biases else 0."""
    matrices = []
    for number, (block, layer) in enumerate(zip(network.blocks, network.layers, strict=True), start=1):
        given, bias = weights[number - 1], biases[number - 1]
        matrix = np.empty((block.units, block.inputs + 1))
        matrix[:, 1:] = initial_weights(init, seed, number, block.inputs, block.units) if given is None else given
        matrix[:, 0] = np.nan if not layer.biases else 0.0 if bias is None else bias
        matrices.append(frozen(matrix))
    return tuple(matrices)
