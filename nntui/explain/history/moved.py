"""Which weights have moved most since the start of the run."""

import numpy as np

from nntui.engine.arithmetic import quiet
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class MovedWeight:
    """A weight (sender 0: a bias) before the first data point, and at the present step."""

    cell: Cell
    start: float
    now: float

    @property
    def change(self) -> float:
        """How far the weight has moved: now − start."""
        return self.now - self.start


def most_moved(first: Frame, now: Frame, most: int) -> tuple[MovedWeight, ...]:
    """The weights that have changed most in size, the most first, those that are equal in the order of the layers.

    first: a frame of the first data point. A weight is the new one from its update on. Weights that are what they were,
    and differences that are no numbers, are left out.
    """
    from nntui.explain.learned.function import weights_now  # only this view of the data panel needs it

    parameters = now.scenario.network.parameters
    start, present = first.iteration.before[:parameters], weights_now(now)[:parameters]
    with quiet():
        sizes = np.abs(present - start)
    sizes[np.isnan(sizes)] = 0.0
    order = np.argsort(-sizes, kind="stable")[:most]
    return tuple(
        MovedWeight(_cell(now, place), float(start[place]), float(present[place]))
        for place in order.tolist()
        if sizes[place] > 0.0
    )


def _cell(frame: Frame, place: int) -> Cell:
    layer, block = next(
        (layer, block)
        for layer, block in enumerate(frame.scenario.network.blocks, start=1)
        if block.weights.start <= place < block.weights.stop
    )
    sender, neuron = divmod(place - block.weights.start, block.units)
    return Cell("weight", layer, neuron + 1, sender)
