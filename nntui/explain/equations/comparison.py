"""Two runs at the same step: which numbers are compared, and their values in both."""

from collections.abc import Iterator

from nntui.explain.equations.cells import senders
from nntui.explain.equations.differences import value
from nntui.training.address import Moment
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import NumberKind
from nntui.values import dataclass

_OF_NEURON: tuple[NumberKind, ...] = ("a", "delta", "z")
MOST = 600  # numbers that are put beside each other; of wider networks those round the step


@dataclass(frozen=True, slots=True)
class Pair:
    """One number in both runs; None where a step has not reached it."""

    cell: Cell
    here: float | None
    there: float | None

    @property
    def difference(self) -> float | None:
        """The difference of the two numbers: here − there."""
        return None if self.here is None or self.there is None else self.here - self.there


def pairs(here: Frame, there: Frame) -> tuple[Pair, ...]:
    """What the step makes first, then C, then layer by layer from the output down: a, δ, z, and the present weights.

    Numbers that neither run has reached are left out. The frames are of one step of two runs of the same sizes.
    """
    cells = dict.fromkeys([*_made(here, here.moment), *_all(here)])
    found = (Pair(cell, value(here, cell), value(there, cell)) for cell in cells)
    return tuple(pair for pair in found if pair.here is not None or pair.there is not None)


def _made(frame: Frame, moment: Moment) -> Iterator[Cell]:
    """The numbers of the step itself; a new weight is the present weight."""
    match moment.kind:
        case "input":
            yield from (Cell("input", 0, j) for j in range(1, frame.scenario.network.inputs + 1))
        case "gradient" | "update":
            kind: NumberKind = "gradient" if moment.kind == "gradient" else "weight"
            yield from (Cell(kind, moment.layer, moment.neuron, j) for j in senders(frame, moment.layer))
        case _:
            yield Cell(moment.kind, moment.layer, moment.neuron)


def _all(frame: Frame) -> Iterator[Cell]:
    network, top = frame.scenario.network, len(frame.course.units)
    narrow = network.parameters + 3 * network.neurons <= MOST
    near = (max(frame.moment.layer, 1),)
    yield Cell("cost", top)
    for layer in range(top, 0, -1):
        if narrow or layer in (*near, top):
            for kind in _OF_NEURON:
                yield from (Cell(kind, layer, k) for k in range(1, min(frame.course.units[layer - 1], MOST) + 1))
        for k in range(1, frame.course.units[layer - 1] + 1):
            if narrow or (layer in near and k == max(frame.moment.neuron, 1)):
                yield from (Cell("weight", layer, k, j) for j in senders(frame, layer)[:MOST])
