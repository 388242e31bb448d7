"""One number of a network followed through a run: x, z, a, C, δ, ∂C/∂w or a weight, data point by data point.

The number is that of a trace: of a weight, the one that the data point leaves.
"""

from dataclasses import replace

from nntui.engine.arithmetic import Array, canonical, quiet
from nntui.engine.fold import FoldResult, Wanted
from nntui.engine.network import Network
from nntui.training.cell import Cell
from nntui.training.kinds import NumberKind

FOLLOWED: tuple[NumberKind, ...] = ("input", "z", "a", "cost", "delta", "gradient", "update")
"""The kinds of number that have a history of their own."""
_INSTEAD: dict[NumberKind, NumberKind] = {"y": "a", "slope": "z", "weight": "update", "sum": "gradient", "velocity": "update"}


def followed_by(cell: Cell) -> Cell:
    """The number whose history goes with a cell: its own; a_k with y_k, z with σ′, w with the weight before, ∂C/∂w with G."""
    return replace(cell, kind=_INSTEAD.get(cell.kind, cell.kind))


def is_of_row(number: Cell) -> bool:
    """Whether a number depends on the data row, so that it is compared from turn to turn of the row."""
    return number.kind != "update"


def wanted_of(number: Cell, network: Network) -> Wanted:
    """What of data points must be kept for a number."""
    if number.kind == "update":
        return Wanted(weight=network.blocks[number.layer - 1].place(number.neuron, number.sender))
    return Wanted(numbers=number.kind != "cost")


def values_of(number: Cell, network: Network, made: FoldResult) -> Array:
    """A number at each of some data points, which were gone through with `wanted_of` it; shape (points,)."""
    if made.weight is not None:
        return canonical(made.weight)
    if made.z is None or made.a is None or made.delta is None:
        return made.costs
    if number.kind == "input":
        return made.a[:, network.blocks[0].senders.start + number.neuron]
    block, k = network.blocks[number.layer - 1], number.neuron - 1
    match number.kind:
        case "z":
            return canonical(made.z[:, block.neurons.start + k])
        case "a":
            return canonical(made.a[:, block.outputs.start + k])
        case "gradient":
            with quiet():
                products = made.a[:, block.senders.start + number.sender] * made.delta[:, block.neurons.start + k]
            return canonical(products)
        case _:
            return canonical(made.delta[:, block.neurons.start + k])
