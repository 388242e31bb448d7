"""The numbers of one data point by their cells: value, symbol, and the step that makes each."""

from nntui.explain.notation.numerals import subscript
from nntui.explain.notation.symbols import LECTURE, Notation, neuron_symbol
from nntui.training.address import Moment
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import NumberKind, made_by

OF_WEIGHT: tuple[NumberKind, ...] = ("weight", "gradient", "update", "sum", "velocity")


def value_of(frame: Frame, cell: Cell) -> float:
    """The number of a cell, known yet or not; IndexError or nan where there is no such cell."""
    return frame.value(cell.kind, cell.layer, cell.neuron, cell.sender)


def symbol_of(cell: Cell, notation: Notation = LECTURE) -> str:
    """x₁, z₁², σ′(z₁²), δ₁², w⁰₁₂, ∂C/∂w⁰₁₂, new w⁰₁₂, G(w⁰₁₂), v(w⁰₁₂)."""
    match cell.kind:
        case "input":
            return f"x{subscript(cell.neuron)}"
        case "y":
            return f"y{subscript(cell.neuron)}"
        case "cost":
            return "C"
        case "z" | "a":
            return neuron_symbol(cell.kind, cell.layer, cell.neuron)
        case "slope":
            return f"σ′({neuron_symbol('z', cell.layer, cell.neuron)})"
        case "delta":
            return neuron_symbol("δ", cell.layer, cell.neuron)
        case "weight":
            return notation.weight(cell.layer, cell.neuron, cell.sender)
        case "gradient":
            return f"∂C/∂{notation.weight(cell.layer, cell.neuron, cell.sender)}"
        case "update":
            return f"new {notation.weight(cell.layer, cell.neuron, cell.sender)}"
        case "sum":
            return f"G({notation.weight(cell.layer, cell.neuron, cell.sender)})"
        case "velocity":
            return f"v({notation.weight(cell.layer, cell.neuron, cell.sender)})"


def exists(frame: Frame, cell: Cell) -> bool:
    """Whether this network has such a number: there is no σ′ of a softmax, and no bias where a layer has none."""
    network = frame.scenario.network
    sizes, top = network.sizes, len(network.layers)
    match cell.kind:
        case "input":
            return cell == Cell("input", 0, cell.neuron) and 1 <= cell.neuron <= network.inputs
        case "y":
            return cell == Cell("y", top, cell.neuron) and 1 <= cell.neuron <= network.outputs
        case "cost":
            return cell == Cell("cost", top)
    if not (1 <= cell.layer <= top and 1 <= cell.neuron <= sizes[cell.layer]):
        return False
    if cell.kind in OF_WEIGHT:
        if (cell.kind == "sum" and not network.batched) or (cell.kind == "velocity" and not network.moving):
            return False
        return (0 if network.layers[cell.layer - 1].biases else 1) <= cell.sender <= sizes[cell.layer - 1]
    return cell.sender == 0 and (cell.kind != "slope" or network.blocks[cell.layer - 1].sigma.each)


def sending(layer: int, j: int) -> Cell:
    """The cell of a_j of the layer below `layer`, j from 1."""
    return Cell("input", 0, j) if layer == 1 else Cell("a", layer - 1, j)


def senders(frame: Frame, layer: int) -> list[int]:
    """The senders of a row of weights as laid out: 1, 2, … and 0, the bias, last where there is one."""
    block = frame.scenario.network.blocks[layer - 1]
    return [*range(1, block.inputs + 1), *([0] if block.biases else [])]


def moment_of(cell: Cell) -> Moment:
    """The step of this data point from which on a number is known."""
    kind = made_by(cell.kind)
    return Moment(kind, 0) if kind == "input" else Moment(kind, cell.layer, cell.neuron)


def known(frame: Frame, cell: Cell) -> bool:
    """Whether this step has reached a number."""
    moment = moment_of(cell)
    return frame.knows(moment.kind, moment.layer, moment.neuron)


def known_value(frame: Frame, cell: Cell) -> float | None:
    """The number of a cell; None where this step has not reached it."""
    return value_of(frame, cell) if known(frame, cell) else None


def may_change(frame: Frame, cell: Cell) -> bool:
    """Whether the update of this data point may change the weight of a cell: not where its batch goes on."""
    return frame.iteration.batch_place.closes and ever_changes(frame, cell)


def ever_changes(frame: Frame, cell: Cell) -> bool:
    """Whether training may change the weight of a cell."""
    network = frame.scenario.network
    return network.update_weights if cell.sender else network.update_biases
