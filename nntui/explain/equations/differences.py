"""What changed: the numbers of two frames side by side, and the step at which the same data row had its last turn.

Here a cell of kind "weight" means the weight at a step: the new one once its update is known. So the change made by a
step of kind `update` is the difference to the step before it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from nntui.explain.equations.cells import exists, known, value_of
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.row_order import RowOrders


def value(frame: Frame, cell: Cell) -> float | None:
    """The number of a cell at this step; None where it is not known yet, or where there is none."""
    if not exists(frame, cell) or not known(frame, cell):
        return None
    updated = cell.kind == "weight" and frame.knows("update", cell.layer, cell.neuron)
    return value_of(frame, replace(cell, kind="update") if updated else cell)


def cells(frame: Frame, layers: Iterable[int] | None = None) -> Iterator[Cell]:
    """Every cell of some layers (0: the inputs), of all where none are named; a wide layer has thousands of weights."""
    network = frame.scenario.network
    top = len(network.layers)
    for layer in range(top + 1) if layers is None else layers:
        if layer == 0:
            yield from (Cell("input", 0, j) for j in range(1, network.inputs + 1))
            continue
        block = network.blocks[layer - 1]
        if layer == top:
            yield Cell("cost", top)
        for k in range(1, block.units + 1):
            yield from (Cell("z", layer, k), Cell("a", layer, k), Cell("slope", layer, k), Cell("delta", layer, k))
            if layer == top:
                yield Cell("y", top, k)
            for j in range(0 if block.biases else 1, block.inputs + 1):
                yield from (Cell("weight", layer, k, j), Cell("gradient", layer, k, j), Cell("update", layer, k, j))


def differences(now: Frame, then: Frame, of: Iterable[Cell] | None = None) -> dict[Cell, tuple[float, float]]:
    """Cell → (then, now) for each cell (of those in `of`, else of all) that is known at both steps, changed or not.

    The frames may be of two runs, as of a fork and its origin; ValueError where their networks differ in size.
    """
    if now.scenario.network.sizes != then.scenario.network.sizes:
        raise ValueError(
            f"networks of sizes {now.scenario.network.sizes} and {then.scenario.network.sizes} have no cells in common"
        )
    pairs = ((cell, value(then, cell), value(now, cell)) for cell in (cells(now) if of is None else of))
    return {cell: (before, after) for cell, before, after in pairs if before is not None and after is not None}


def changed(now: Frame, then: Frame, of: Iterable[Cell] | None = None) -> dict[Cell, tuple[float, float]]:
    """As `differences`, of the cells alone that hold another number now; a nan is no other number than a nan."""
    return {cell: pair for cell, pair in differences(now, then, of).items() if _other(*pair)}


def _other(before: float, after: float) -> bool:
    return before != after and not (before != before and after != after)


def last_visit(frame: Frame, orders: RowOrders) -> int | None:
    """The step that is to the frame's data row one epoch ago what the frame's step is to it now; None in the first epoch."""
    course = frame.course
    epoch = frame.number // course.points + 1
    if epoch == 1:
        return None
    return orders.turn_of(frame.row - 1, epoch - 2) * course.length + frame.m
