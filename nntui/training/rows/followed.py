"""One number of a network that is followed through a run: x, z, a, C, δ, ∂C/∂w or a weight, data point by data point."""

from dataclasses import dataclass

from nntui.engine.arithmetic import Array, canonical, quiet
from nntui.engine.fold import FoldResult, Wanted
from nntui.engine.network import Network
from nntui.training.steps import NumberKind

FOLLOWED: tuple[NumberKind, ...] = ("input", "z", "a", "cost", "delta", "gradient", "update")
"""The kinds of number that have a history. A weight has that of the new weight, `update`."""


@dataclass(frozen=True, slots=True)
class FollowedNumber:
    """kind: one of FOLLOWED. The number is that of a trace: a weight is the one that the data point leaves."""

    kind: NumberKind
    layer: int = 0
    neuron: int = 0
    sender: int = 0

    @property
    def of_row(self) -> bool:
        """Whether it depends on the data row, so that it is compared from turn to turn of the row."""
        return self.kind != "update"

    def wanted(self, network: Network) -> Wanted:
        """What of data points must be kept for it."""
        if self.kind == "update":
            return Wanted(weight=self.place(network))
        return Wanted(numbers=self.kind != "cost")

    def place(self, network: Network) -> int:
        """The place in theta of the weight w_kj into the layer."""
        block = network.blocks[self.layer - 1]
        start: int = block.weights.start
        return start + self.sender * block.units + self.neuron - 1

    def values(self, network: Network, made: FoldResult) -> Array:
        """The number at each of some data points, which were gone through with what is `wanted`; shape (points,)."""
        if made.weight is not None:
            return canonical(made.weight)
        if made.z is None or made.a is None or made.delta is None:
            return made.costs
        if self.kind == "input":
            return made.a[:, network.blocks[0].senders.start + self.neuron]
        block, k = network.blocks[self.layer - 1], self.neuron - 1
        match self.kind:
            case "z":
                return canonical(made.z[:, block.neurons.start + k])
            case "a":
                return canonical(made.a[:, block.outputs.start + k])
            case "gradient":
                with quiet():
                    products = made.a[:, block.senders.start + self.sender] * made.delta[:, block.neurons.start + k]
                return canonical(products)
            case _:
                return canonical(made.delta[:, block.neurons.start + k])
