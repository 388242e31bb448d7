"""Which numbers of a data point feed which: the arrows of the whole computation, seen from one cell.

`fed_by` and `feeds` are the same arrows from their two ends: b is fed by a just where a feeds b.
"""

from nntui.explain.equations.cells import may_change, senders, sending
from nntui.explain.equations.equation import Cell, CellKind
from nntui.training.frame import Frame

FROM_A = ("sigmoid", "tanh")  # σ whose slope is computed from a


def _layer(kind: CellKind, frame: Frame, layer: int) -> list[Cell]:
    return [Cell(kind, layer, k) for k in range(1, frame.course.units[layer - 1] + 1)]


def fed_by(frame: Frame, cell: Cell) -> tuple[Cell, ...]:
    """The cells from which a number is computed, in the order of its equation. Numbers of the data and weights have none."""
    network, top = frame.scenario.network, len(frame.course.units)
    layer, k, j = cell.layer, cell.neuron, cell.sender
    entropy = network.cost == "cross_entropy"
    match cell.kind:
        case "x" | "y" | "weight":
            return ()
        case "z":
            row = senders(frame, layer)
            pairs = [(Cell("weight", layer, k, i), *([sending(layer, i)] if i else [])) for i in row]
            return tuple(one for pair in pairs for one in pair)
        case "a":
            softmax = network.layers[layer - 1].activation == "softmax"
            return tuple(_layer("z", frame, layer)) if softmax else (Cell("z", layer, k),)
        case "slope":
            own = Cell("a", layer, k)
            return (Cell("z", layer, k), *([own] if network.layers[layer - 1].activation in FROM_A else []))
        case "cost":
            outputs = zip(_layer("z" if entropy else "a", frame, top), _layer("y", frame, top), strict=True)
            return tuple(one for pair in outputs for one in pair)
        case "delta" if layer == top:
            return (Cell("a", top, k), Cell("y", top, k), *([] if entropy else [Cell("slope", top, k)]))
        case "delta":
            paths = [(above, Cell("weight", layer + 1, above.neuron, k)) for above in _layer("delta", frame, layer + 1)]
            return (*(one for path in paths for one in path), Cell("slope", layer, k))
        case "gradient":
            return (Cell("delta", layer, k), *([sending(layer, j)] if j else []))
        case "new":
            gradient = [Cell("gradient", layer, k, j)] if may_change(frame, cell) else []
            return (Cell("weight", layer, k, j), *gradient)


def feeds(frame: Frame, cell: Cell) -> tuple[Cell, ...]:
    """The cells that are computed from a number within this data point, in the order of the steps."""
    network, top = frame.scenario.network, len(frame.course.units)
    layer, k, j = cell.layer, cell.neuron, cell.sender
    entropy = network.cost == "cross_entropy"
    match cell.kind:
        case "cost" | "new":
            return ()
        case "x":
            return _sent(frame, 1, k)
        case "y":
            return (Cell("cost", top), Cell("delta", top, k))
        case "z":
            name = network.layers[layer - 1].activation
            if name == "softmax":
                return (*_layer("a", frame, layer), *([Cell("cost", top)] if entropy else []))
            return (Cell("a", layer, k), Cell("slope", layer, k), *([Cell("cost", top)] if entropy and layer == top else []))
        case "a":
            slope = [Cell("slope", layer, k)] if network.layers[layer - 1].activation in FROM_A else []
            if layer < top:
                return (*slope, *_sent(frame, layer + 1, k))
            return (*slope, *([] if entropy else [Cell("cost", top)]), Cell("delta", top, k))
        case "slope":
            return () if entropy and layer == top else (Cell("delta", layer, k),)
        case "delta":
            below = _layer("delta", frame, layer - 1) if layer > 1 else []
            return (*below, *(Cell("gradient", layer, k, i) for i in senders(frame, layer)))
        case "weight":
            below = [Cell("delta", layer - 1, j)] if layer > 1 and j else []
            return (Cell("z", layer, k), *below, Cell("new", layer, k, j))
        case "gradient":
            return (Cell("new", layer, k, j),) if may_change(frame, cell) else ()


def _sent(frame: Frame, layer: int, j: int) -> tuple[Cell, ...]:
    """What a signal j that goes into a layer feeds there: every z, and every gradient of its weights."""
    receivers = range(1, frame.course.units[layer - 1] + 1)
    return (*_layer("z", frame, layer), *(Cell("gradient", layer, m, j) for m in receivers))
