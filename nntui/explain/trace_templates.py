"""All lines of a data point at once: one template for the texts of its numbers, which is the same at every data point.

The numbers of a data point are one flat list: x, z, a, C, δ, the gradients layer by layer, θ after it. Of each line it is
known where in that list its numbers are, so that a data point takes one pass over the list and one `%`.
"""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.training.frame import Frame
from nntui.training.steps import KIND_CARDS, Group
from nntui.values import dataclass

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LineTemplate:
    """A line with %s where its texts are put, and where in the list of texts these are."""

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PointTemplate:
    """The lines of a data point. pick: from the list of texts, those that the template takes, in their order."""

    text: str
    pick: Callable[[Sequence[str]], Any]

    def lines(self, texts: Sequence[str]) -> list[str]:
        """The lines, with their texts."""
        filled: str = self.text % self.pick(texts)
        return filled.split("\n")


def joined(lines: Sequence[LineTemplate]) -> PointTemplate:
    """Lines as one template."""
    return PointTemplate("\n".join(line.text for line in lines), itemgetter(*(at for line in lines for at in line.places)))


def flat_numbers(frame: Frame) -> list[float]:
    """The numbers of a data point as one list."""
    made = frame.iteration
    gradients = [frame.values("gradient", layer).ravel() for layer in range(1, len(frame.scenario.network.layers) + 1)]
    parts = (made.x, made.z, made.a, np.array([made.cost]), made.delta, *gradients, made.after)
    numbers: list[float] = np.concatenate(parts).tolist()
    return numbers


@dataclass(frozen=True, slots=True)
class StepPlaces:
    """Of step m of a data point, where its numbers are in the flat list; those of a row begin with the bias.

    kept: of an update also G and v, bias first, by the names that they have in JSON; the bias is there where it is none.
    """

    m: int
    numbers: list[int]
    kept: dict[str, list[int]]


def step_places(frame: Frame, first: int) -> Iterator[StepPlaces]:
    """Every step of a data point; first: where the flat list begins."""
    made, network = frame.iteration, frame.scenario.network
    sizes = [made.x.size, made.z.size, made.a.size, 1, made.delta.size]
    sizes += [(block.inputs + 1) * block.units for block in network.blocks]
    starts = np.add.accumulate([first, *sizes]).tolist()
    for group in frame.course.groups:
        found = _places(frame, group, starts)
        if found.ndim == 2:
            rows = found[0 if network.layers[group.layer - 1].biases else 1 :].T.tolist()
        else:
            rows = [[at] for at in found.tolist()] if KIND_CARDS[group.kind].each else [found.tolist()]
        kept = _kept_places(frame, group, starts[-1])
        for at, row in enumerate(rows):
            yield StepPlaces(group.start + at, row, {name: places[at] for name, places in kept.items()})


def _kept_places(frame: Frame, group: Group, theta: int) -> dict[str, list[list[int]]]:
    """Where G and v of an update are, neuron by neuron, with a batch and with momentum; theta: where the state begins."""
    network = frame.scenario.network
    if group.kind != "update":
        return {}
    state = np.arange(frame.iteration.after.size, dtype=np.float64) + theta
    parts = {"sum": (network.batched, network.sum_part), "velocity": (network.moving, network.velocity_part)}
    return {
        name: network.blocks[group.layer - 1].matrix(state[part]).T.astype(np.int64).tolist()
        for name, (on, part) in parts.items()
        if on
    }


def _places(frame: Frame, group: Group, starts: list[int]) -> Places:
    """Where the numbers of a group are, in the shape of `Frame.values`."""
    made, block = frame.iteration, frame.scenario.network.blocks[group.layer - 1]
    inputs, z, a, cost, delta, *gradients, theta = starts
    match group.kind:
        case "input":
            return np.arange(made.x.size) + inputs
        case "z":
            return np.arange(made.z.size)[block.neurons] + z
        case "a":
            return np.arange(made.a.size)[block.outputs] + a
        case "cost":
            return np.array([cost])
        case "delta":
            return np.arange(made.delta.size)[block.neurons] + delta
        case "gradient":
            return np.arange((block.inputs + 1) * block.units).reshape(block.inputs + 1, block.units) + gradients[group.layer - 1]
        case "update":
            places: Places = block.matrix(np.arange(made.after.size, dtype=np.float64)).astype(np.int64) + theta
            return places
