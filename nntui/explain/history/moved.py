"""Which weights have moved most since the start of the run."""

from dataclasses import dataclass

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.explain.equations.equation import Cell
from nntui.training.frame import Frame


@dataclass(frozen=True, slots=True)
class MovedWeight:
    """A weight (sender 0: a bias) before the first data point, and at the present step."""

    cell: Cell
    start: float
    now: float

    @property
    def change(self) -> float:
        """now − start."""
        return self.now - self.start


def most_moved(first: Frame, now: Frame, most: int) -> tuple[MovedWeight, ...]:
    """The weights that have changed most in size, the most first, those that are equal in the order of the layers.

    first: a frame of the first data point. A weight is the new one from its update on. Weights that are what they were,
    and differences that are no numbers, are left out.
    """
    network = now.scenario.network
    start, present = first.iteration.before[: network.parameters], _present(now)
    with quiet():
        sizes = np.abs(present - start)
    sizes[np.isnan(sizes)] = 0.0
    order = np.argsort(-sizes, kind="stable")[:most]
    return tuple(
        MovedWeight(_cell(now, place), float(start[place]), float(present[place]))
        for place in order.tolist()
        if sizes[place] > 0.0
    )


def _present(frame: Frame) -> Array:
    """theta at a step: the new weights of each neuron whose update is known."""
    network = frame.scenario.network
    theta = frame.iteration.before[: network.parameters].copy()
    for layer, block in enumerate(network.blocks, start=1):
        new, old = block.matrix(frame.iteration.after), block.matrix(theta)
        for k in range(block.units):
            if frame.knows("update", layer, k + 1):
                old[:, k] = new[:, k]
    return theta


def _cell(frame: Frame, place: int) -> Cell:
    layer, block = next(
        (layer, block)
        for layer, block in enumerate(frame.scenario.network.blocks, start=1)
        if block.weights.start <= place < block.weights.stop
    )
    sender, neuron = divmod(place - block.weights.start, block.units)
    return Cell("weight", layer, neuron + 1, sender)
