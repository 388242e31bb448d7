"""Where a number comes from: which step made it, by which equation, from which numbers, and what it is used for.

An inspection is a value of strings and numbers, complete for one cell. A cursor moves over its `terms`, and each of these
can be inspected in turn: so the viewer follows the whole computation, back to the data and the weights.
"""

from dataclasses import replace

from nntui.explain.equations.backward import (
    gradient_equation,
    hidden_delta_equation,
    output_delta_equation,
    slope_equation,
)
from nntui.explain.equations.cells import ever_changes, known, may_change, moment_of, symbol_of, value_of
from nntui.explain.equations.dependencies import fed_by, feeds
from nntui.explain.equations.equation import Equation, EquationRow, Number
from nntui.explain.equations.forward import a_equation, cost_equation, input_equation, is_single, z_equation
from nntui.explain.equations.long_sums import shortened
from nntui.explain.equations.partials import partials
from nntui.explain.equations.update import sum_equation, update_equation, velocity_equation
from nntui.explain.notation.symbols import LECTURE, Notation, neuron_symbol
from nntui.training.address import Address, Moment
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.values import dataclass

MOST = 12  # terms of a sum, paths of a δ, and cells of a list that are shown one by one


@dataclass(frozen=True, slots=True)
class MadeAt:
    """Where a number was made.

    address: the step, in this data point or (a weight) in the one before; None for an initial weight.
    cell: what the number is there: a weight was the new one of that step.
    """

    address: Address | None
    cell: Cell
    words: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """All there is to say of one number.

    known: whether the frame's step has reached it. If not, equation and partials are without their numbers.
    remark: what the lecture leaves out about its equation, or nothing.
    fed_by, feeds: all of them; lists on screen, and `terms`, end after `most`.
    """

    cell: Cell
    symbol: str
    value: float
    known: bool
    origin: MadeAt
    equation: Equation
    partials: tuple[Equation, ...]
    fed_by: tuple[Cell, ...]
    feeds: tuple[Cell, ...]
    most: int
    remark: str = ""


def inspect(frame: Frame, cell: Cell, notation: Notation = LECTURE, most: int = MOST) -> Inspection:
    """The inspection of a cell that exists. Sums of more than `most` terms have the largest of them first."""
    reached = known(frame, cell)
    equation = shortened(derivation(frame, cell, notation), most)
    behind = partials(frame, cell, notation, most)
    if not reached:
        equation = replace(equation, rows=(), made=(), computed=())
        behind = tuple(replace(partial, rows=(), made=()) for partial in behind if partial.label)
    return Inspection(
        cell=cell,
        symbol=symbol_of(cell, notation),
        value=value_of(frame, cell),
        known=reached,
        origin=origin(frame, cell),
        equation=equation,
        partials=behind,
        fed_by=fed_by(frame, cell),
        feeds=feeds(frame, cell),
        most=most,
        remark=_remark(frame, cell),
    )


def _remark(frame: Frame, cell: Cell) -> str:
    """What the lecture leaves out: the bias in (4), and δ of the outputs."""
    if cell.kind == "z" and frame.scenario.network.layers[cell.layer - 1].biases and not is_single(frame):
        return "(4) as printed has no bias; it is added here, as in (2)."
    if cell.kind != "delta" or cell.layer < len(frame.course.units):
        return ""
    if not frame.scenario.network.blocks[cell.layer - 1].sigma.each:
        return "The lecture has no softmax. All outputs depend on this z, and their parts add up to a − y."
    z, a = neuron_symbol("z", cell.layer, cell.neuron), neuron_symbol("a", cell.layer, cell.neuron)
    chain = f"by the chain rule, as in (12): C depends on {z} through {a}"
    if frame.scenario.network.cost_function.cancels_slope:
        chain += ", and in the product a (1 − a) cancels"
    return f"The lecture has no equation for δ of an output. It follows {chain}."


def derivation(frame: Frame, cell: Cell, notation: Notation = LECTURE) -> Equation:
    """The equation that makes one number, whole; `derive` makes those of steps with the same functions."""
    layer, neuron = cell.layer, cell.neuron
    match cell.kind:
        case "input":
            return input_equation(frame, neuron)
        case "z":
            return z_equation(frame, layer, neuron, notation)
        case "a":
            return a_equation(frame, layer, neuron)
        case "slope":
            return slope_equation(frame, layer, neuron)
        case "cost":
            return cost_equation(frame)
        case "delta" if layer == len(frame.course.units):
            return output_delta_equation(frame, layer, neuron)
        case "delta":
            return hidden_delta_equation(frame, layer, neuron, notation)
        case "gradient":
            return gradient_equation(frame, layer, neuron, notation, cell.sender)
        case "update" if may_change(frame, cell):
            return update_equation(frame, layer, neuron, notation, cell.sender)
        case "sum":
            return sum_equation(frame, layer, neuron, notation, cell.sender)
        case "velocity" if may_change(frame, cell):
            return velocity_equation(frame, layer, neuron, notation, cell.sender)
        case "y" | "weight" | "update" | "velocity":
            return _as_it_is(frame, cell, notation)


def _as_it_is(frame: Frame, cell: Cell, notation: Notation) -> Equation:
    """A number that this data point does not compute: a target, a weight, a weight that training may not change."""
    value = Number(value_of(frame, cell), cell)
    if cell.kind not in ("update", "velocity"):
        return Equation("", symbol_of(cell, notation), (EquationRow((value,)),), (value,))
    old = replace(cell, kind="weight") if cell.kind == "update" else None
    symbol = symbol_of(old or cell, notation)
    before = Number(value.value if old is None else value_of(frame, old), old)
    label = "(11)" if old else "beyond (11)"
    return Equation(label, f"{symbol} ← {symbol}", (EquationRow((before, "  kept as it is")), EquationRow((value,))), (value,))


def origin(frame: Frame, cell: Cell) -> MadeAt:
    """The step that made a number."""
    course = frame.course
    if cell.kind == "weight":
        last = frame.number - frame.iteration.batch_place.number  # the iteration that closed the batch before
        if last < 0 or not ever_changes(frame, cell):
            return MadeAt(None, cell, "an initial weight")
        step = last * course.length + course.offset(Moment("update", cell.layer, cell.neuron))
        address = course.address(step)
        return MadeAt(address, replace(cell, kind="update"), f"made at {address}")
    address = course.address(frame.number * course.length + course.offset(moment_of(cell)))
    words = f"row {frame.row} of the data" if cell.kind in ("input", "y") else f"made at {address}"
    return MadeAt(address, cell, words)


def terms(inspection: Inspection) -> tuple[Cell, ...]:
    """The cells that an inspection shows, in reading order, each once: equation, partials, what feeds it, what it feeds."""
    equations = (inspection.equation, *inspection.partials)
    numbers = (number.cell for equation in equations for row in (*equation.rows, *equation.computed) for number in row.numbers())
    lists = (*inspection.fed_by[: inspection.most], *inspection.feeds[: inspection.most])
    cells = dict.fromkeys((*(cell for cell in numbers if cell is not None), *lists))
    cells.pop(inspection.cell, None)
    return tuple(cells)
