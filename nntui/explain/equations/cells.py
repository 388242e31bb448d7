"""The numbers of one data point, each by its cell: what it is, what it is called, and which step makes it."""

from nntui.explain.equations.equation import Cell
from nntui.explain.notation.numerals import subscript
from nntui.explain.notation.symbols import LECTURE, Notation, neuron_symbol
from nntui.training.frame import Frame
from nntui.training.steps import Moment


def value_of(frame: Frame, cell: Cell) -> float:
    """The number that stands in a cell, known yet or not; IndexError or nan where there is no such cell."""
    match cell.kind:
        case "x":
            return frame.a(0, cell.neuron)
        case "cost":
            return frame.iteration.cost
        case "y":
            return frame.y(cell.neuron)
        case "z":
            return frame.z(cell.layer, cell.neuron)
        case "a":
            return frame.a(cell.layer, cell.neuron)
        case "slope":
            return frame.slope(cell.layer, cell.neuron)
        case "delta":
            return frame.delta(cell.layer, cell.neuron)
        case "weight":
            return float(frame.weights_before(cell.layer)[cell.neuron - 1][cell.sender])
        case "gradient":
            return float(frame.gradient_row(cell.layer, cell.neuron)[cell.sender])
        case "new":
            return float(frame.weights_after(cell.layer)[cell.neuron - 1][cell.sender])


def symbol_of(cell: Cell, notation: Notation = LECTURE) -> str:
    """x₁, z₁², σ′(z₁²), δ₁², w⁰₁₂, ∂C/∂w⁰₁₂, new w⁰₁₂."""
    match cell.kind:
        case "x" | "y":
            return f"{cell.kind}{subscript(cell.neuron)}"
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
        case "new":
            return f"new {notation.weight(cell.layer, cell.neuron, cell.sender)}"


def exists(frame: Frame, cell: Cell) -> bool:
    """Whether this network has such a number: there is no σ′ of a softmax, and no bias where a layer has none."""
    network = frame.scenario.network
    sizes, top = network.sizes, len(network.layers)
    match cell.kind:
        case "x":
            return cell == Cell("x", 0, cell.neuron) and 1 <= cell.neuron <= network.inputs
        case "y":
            return cell == Cell("y", top, cell.neuron) and 1 <= cell.neuron <= network.outputs
        case "cost":
            return cell == Cell("cost", top)
    if not (1 <= cell.layer <= top and 1 <= cell.neuron <= sizes[cell.layer]):
        return False
    if cell.kind in ("weight", "gradient", "new"):
        return (0 if network.layers[cell.layer - 1].biases else 1) <= cell.sender <= sizes[cell.layer - 1]
    return cell.sender == 0 and (cell.kind != "slope" or network.layers[cell.layer - 1].activation != "softmax")


def sending(layer: int, j: int) -> Cell:
    """The cell of a_j of the layer below `layer`, j from 1."""
    return Cell("x", 0, j) if layer == 1 else Cell("a", layer - 1, j)


def senders(frame: Frame, layer: int) -> list[int]:
    """The senders of a row of weights as laid out: 1, 2, … and 0, the bias, last where there is one."""
    block = frame.scenario.network.blocks[layer - 1]
    return [*range(1, block.inputs + 1), *([0] if block.biases else [])]


def moment_of(cell: Cell) -> Moment:
    """The step of this data point that makes a number.

    x and y come in with the data row, a weight stands there from the beginning; σ′(z) is known with a.
    """
    match cell.kind:
        case "x" | "y" | "weight":
            return Moment("input", 0)
        case "slope":
            return Moment("a", cell.layer, cell.neuron)
        case "new":
            return Moment("update", cell.layer, cell.neuron)
        case _:
            return Moment(cell.kind, cell.layer, cell.neuron)


def known(frame: Frame, cell: Cell) -> bool:
    """Whether this step has reached a number."""
    moment = moment_of(cell)
    return frame.knows(moment.kind, moment.layer, moment.neuron)


def may_change(frame: Frame, cell: Cell) -> bool:
    """Whether training may change the weight of a cell."""
    network = frame.scenario.network
    return network.update_weights if cell.sender else network.update_biases
