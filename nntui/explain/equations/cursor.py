"""A cursor over the numbers of the panels, moved by four arrows: always from a number to a number.

The order is that of the screen: the input; then for each layer a grid of its neurons (columns z, a, σ′, δ and the
target y) and under it a grid of the weights into it (a row for each neuron: the weights, the new ones once they are
known, the gradients, G of a batch and v of momentum; the bias last); and behind the last layer the cost.
"""

from typing import Literal, get_args

from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import KIND_CARDS, NumberKind

Direction = Literal["left", "right", "up", "down"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)


def lit_cell(frame: Frame) -> Cell:
    """The number that the step makes, the first of a row: where a cursor begins."""
    moment = frame.moment
    if moment.kind == "input":
        return Cell("input", 0, 1)
    return Cell(moment.kind, moment.layer, moment.neuron, 1 if KIND_CARDS[moment.kind].row else 0)


def neighbour(frame: Frame, cell: Cell, direction: Direction) -> Cell:
    """The number next to one in a direction; at the edge of all panels the number itself."""
    match cell.kind:
        case "input":
            return _from_input(frame, cell, direction)
        case "cost":
            top = len(frame.course.units)
            return Cell(columns(frame, top)[-1], top, 1) if direction == "left" else cell
        case "weight" | "update" | "gradient" | "sum" | "velocity":
            return _from_weight(frame, cell, direction)
        case _:
            return _from_neuron(frame, cell, direction)


def columns(frame: Frame, layer: int) -> list[NumberKind]:
    """The columns of the grid of a layer's neurons: σ′ where it is of one neuron alone, y in the last layer."""
    kinds: list[NumberKind] = ["z", "a", "slope", "delta", "y"]
    if not frame.scenario.network.blocks[layer - 1].sigma.each:
        kinds.remove("slope")
    return kinds if layer == len(frame.course.units) else kinds[:-1]


def _senders(frame: Frame, layer: int) -> int:
    """Columns of the grid of weights."""
    block = frame.scenario.network.blocks[layer - 1]
    return block.inputs + block.biases


def _weight(frame: Frame, kind: NumberKind, layer: int, neuron: int, column: int) -> Cell:
    """A cell of the grid of weights, column from 0; one that is not laid out yet is the old weight."""
    if kind == "update" and not frame.knows("update", layer, neuron):
        kind = "weight"
    return Cell(kind, layer, neuron, (column + 1) % (frame.scenario.network.blocks[layer - 1].inputs + 1))


def _input_beside(frame: Frame, neuron: int) -> Cell:
    return Cell("input", 0, min(neuron, frame.scenario.network.inputs))


def _from_input(frame: Frame, cell: Cell, direction: Direction) -> Cell:
    j = cell.neuron
    match direction:
        case "up":
            return Cell("input", 0, max(j - 1, 1))
        case "down":
            return _input_beside(frame, j + 1)
        case "right":
            return Cell("z", 1, min(j, frame.course.units[0]))
        case "left":
            return cell


def _from_neuron(frame: Frame, cell: Cell, direction: Direction) -> Cell:
    layer, k, units = cell.layer, cell.neuron, frame.course.units
    kinds = columns(frame, layer)
    column = kinds.index(cell.kind)
    match direction:
        case "left" if column > 0:
            return Cell(kinds[column - 1], layer, k)
        case "left" if layer > 1:
            return Cell(columns(frame, layer - 1)[-1], layer - 1, min(k, units[layer - 2]))
        case "left":
            return _input_beside(frame, k)
        case "right" if column < len(kinds) - 1:
            return Cell(kinds[column + 1], layer, k)
        case "right" if layer < len(units):
            return Cell("z", layer + 1, min(k, units[layer]))
        case "right":
            return Cell("cost", layer)
        case "up":
            return Cell(cell.kind, layer, max(k - 1, 1))
        case "down" if k < units[layer - 1]:
            return Cell(cell.kind, layer, k + 1)
        case "down":
            return _weight(frame, "weight", layer, 1, min(column, _senders(frame, layer) - 1))


def _from_weight(frame: Frame, cell: Cell, direction: Direction) -> Cell:
    layer, k, units = cell.layer, cell.neuron, frame.course.units
    last = _senders(frame, layer) - 1
    column = (cell.sender - 1) % (frame.scenario.network.blocks[layer - 1].inputs + 1)
    match direction:
        case "left" if column > 0:
            return _weight(frame, cell.kind, layer, k, column - 1)
        case "left" if layer > 1:
            return _weight(frame, cell.kind, layer - 1, min(k, units[layer - 2]), _senders(frame, layer - 1) - 1)
        case "left":
            return _input_beside(frame, k)
        case "right" if column < last:
            return _weight(frame, cell.kind, layer, k, column + 1)
        case "right" if layer < len(units):
            return _weight(frame, cell.kind, layer + 1, min(k, units[layer]), 0)
        case "right":
            return Cell("cost", layer)
        case "up" | "down":
            return _along_rows(frame, cell, column, 1 if direction == "down" else -1)


def _along_rows(frame: Frame, cell: Cell, column: int, step: int) -> Cell:
    """The row of weights under or over one: the new ones and the gradients of the same neuron, then the next neuron."""
    layer, k = cell.layer, cell.neuron
    stack = _stack(frame, layer, k)
    row = (stack.index(cell.kind) if cell.kind in stack else 0) + step
    if 0 <= row < len(stack):
        return _weight(frame, stack[row], layer, k, column)
    if step > 0:
        return _weight(frame, "weight", layer, k + 1, column) if k < frame.course.units[layer - 1] else cell
    if k > 1:
        return _weight(frame, _stack(frame, layer, k - 1)[-1], layer, k - 1, column)
    kinds = columns(frame, layer)
    return Cell(kinds[min(column, len(kinds) - 1)], layer, frame.course.units[layer - 1])


def _stack(frame: Frame, layer: int, neuron: int) -> list[NumberKind]:
    """The kinds of number below each other in the row of a neuron's weights."""
    network = frame.scenario.network
    kinds: list[NumberKind] = ["weight", "update", "gradient"] if frame.knows("update", layer, neuron) else ["weight", "gradient"]
    return kinds + (["sum"] if network.batched else []) + (["velocity"] if network.moving else [])
