"""Which numbers of a data point feed which: the arrows of the whole computation, seen from one cell.

`fed_by` and `feeds` are the same arrows from their two ends: b is fed by a just where a feeds b.
"""

from nntui.explain.equations.cells import may_change, senders, sending
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import NumberKind


def _layer(kind: NumberKind, frame: Frame, layer: int) -> list[Cell]:
    return [Cell(kind, layer, k) for k in range(1, frame.course.units[layer - 1] + 1)]


def fed_by(frame: Frame, cell: Cell) -> tuple[Cell, ...]:
    """The cells from which a number is computed, in the order of its equation. Numbers of the data and weights have none."""
    network, top = frame.scenario.network, len(frame.course.units)
    layer, k, j = cell.layer, cell.neuron, cell.sender
    sigma = network.blocks[layer - 1].sigma
    cancels = network.cost_function.cancels_slope
    match cell.kind:
        case "input" | "y" | "weight":
            return ()
        case "z":
            row = senders(frame, layer)
            pairs = [(Cell("weight", layer, k, i), *([sending(layer, i)] if i else [])) for i in row]
            return tuple(one for pair in pairs for one in pair)
        case "a":
            return (Cell("z", layer, k),) if sigma.each else tuple(_layer("z", frame, layer))
        case "slope":
            own = Cell("a", layer, k)
            return (Cell("z", layer, k), *([own] if sigma.slope_from_a else []))
        case "cost":
            kinds: tuple[NumberKind, ...] = ("a", "z", "y") if cancels else ("a", "y")  # told with a, computed from z
            outputs = zip(*(_layer(kind, frame, top) for kind in kinds), strict=True)
            return tuple(one for output in outputs for one in output)
        case "delta" if layer == top:
            return (Cell("a", top, k), Cell("y", top, k), *([] if cancels else [Cell("slope", top, k)]))
        case "delta":
            paths = [(above, Cell("weight", layer + 1, above.neuron, k)) for above in _layer("delta", frame, layer + 1)]
            return (*(one for path in paths for one in path), Cell("slope", layer, k))
        case "gradient":
            return (Cell("delta", layer, k), *([sending(layer, j)] if j else []))
        case "update":
            return (Cell("weight", layer, k, j), *(_moving_a_weight(frame, cell) if may_change(frame, cell) else ()))
        case "sum":
            return (Cell("gradient", layer, k, j),)
        case "velocity":
            if not may_change(frame, cell):
                return ()
            return tuple(one for one in _moving_a_weight(frame, cell) if one.kind != "velocity")


def feeds(frame: Frame, cell: Cell) -> tuple[Cell, ...]:
    """The cells that are computed from a number within this data point, in the order of the steps."""
    network, top = frame.scenario.network, len(frame.course.units)
    layer, k, j = cell.layer, cell.neuron, cell.sender
    sigma = network.blocks[layer - 1].sigma
    cancels = network.cost_function.cancels_slope
    match cell.kind:
        case "cost" | "update":
            return ()
        case "input":
            return _sent(frame, 1, k)
        case "y":
            return (Cell("cost", top), Cell("delta", top, k))
        case "z":
            if not sigma.each:
                return (*_layer("a", frame, layer), *([Cell("cost", top)] if cancels else []))
            return (Cell("a", layer, k), Cell("slope", layer, k), *([Cell("cost", top)] if cancels and layer == top else []))
        case "a":
            slope = [Cell("slope", layer, k)] if sigma.slope_from_a else []
            if layer < top:
                return (*slope, *_sent(frame, layer + 1, k))
            return (*slope, Cell("cost", top), Cell("delta", top, k))
        case "slope":
            return () if cancels and layer == top else (Cell("delta", layer, k),)
        case "delta":
            below = _layer("delta", frame, layer - 1) if layer > 1 else []
            return (*below, *(Cell("gradient", layer, k, i) for i in senders(frame, layer)))
        case "weight":
            below = [Cell("delta", layer - 1, j)] if layer > 1 and j else []
            return (Cell("z", layer, k), *below, Cell("update", layer, k, j))
        case "gradient" | "sum" | "velocity":
            made = [*_moving_a_weight(frame, cell), Cell("update", layer, k, j)]
            later = made[[one.kind for one in made].index(cell.kind) + 1 :]
            return tuple(one for one in later if one.kind == "sum" or may_change(frame, cell))


def _moving_a_weight(frame: Frame, cell: Cell) -> tuple[Cell, ...]:
    """∂C/∂w, then G and v where the network has them: each feeds those after it, and all of them the new weight."""
    network = frame.scenario.network
    kinds: list[NumberKind] = ["gradient"]
    if network.batched:
        kinds.append("sum")
    if network.moving:
        kinds.append("velocity")
    return tuple(Cell(kind, cell.layer, cell.neuron, cell.sender) for kind in kinds)


def _sent(frame: Frame, layer: int, j: int) -> tuple[Cell, ...]:
    """What a signal j that goes into a layer feeds there: every z, and every gradient of its weights."""
    receivers = range(1, frame.course.units[layer - 1] + 1)
    return (*_layer("z", frame, layer), *(Cell("gradient", layer, m, j) for m in receivers))
