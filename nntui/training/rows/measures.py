"""What a plot can show of a run: cost, outputs, the size of δ and of the weights by layer; by epoch accuracy and held-out rows.

A measure is one number of a data point; over an epoch it is the mean of its data points, added from left to right.
The numbers equal those of a trace to the last bit: an output is a_k^N, the size of δ^l is max_k |δ_k^l|, that of the
weights is max |w_kj| after the update of the data point, biases included.
"""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.fold import FoldResult, Wanted
from nntui.engine.network import Network
from nntui.training.cell import Cell
from nntui.training.classes import classes_of
from nntui.training.rows.followed import values_of, wanted_of
from nntui.training.scenario import Scenario
from nntui.values import dataclass

MeasureKind = Literal["cost", "output", "delta", "weight", "accuracy", "held_accuracy", "held_cost", "number"]

MOST_OUTPUTS = 64


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a data point. place: the output k or the layer l; else 0. number: the one that is followed."""

    kind: MeasureKind
    place: int = 0
    number: Cell | None = None


COST, ACCURACY, HELD_ACCURACY, HELD_COST = (
    Measure("cost"),
    Measure("accuracy"),
    Measure("held_accuracy"),
    Measure("held_cost"),
)
BY_EPOCH = (ACCURACY, HELD_ACCURACY, HELD_COST)
"""Measures of the weights after an epoch; a data point alone has none."""


def measures(network: Network) -> tuple[Measure, ...]:
    """The measures of every data point, in the order in which `Measuring.rows` gives their numbers."""
    layers = range(1, len(network.layers) + 1)
    return (
        COST,
        *(Measure("output", k) for k in range(1, min(network.outputs, MOST_OUTPUTS) + 1)),
        *(Measure("delta", layer) for layer in layers),
        *(Measure("weight", layer) for layer in layers),
    )


def by_epoch(scenario: Scenario) -> Iterator[Measure]:
    """The measures by epoch that a scenario has."""
    has_classes, holds_out = classes_of(scenario) is not None, scenario.trained is not None
    for measure, has in ((ACCURACY, has_classes), (HELD_ACCURACY, has_classes and holds_out), (HELD_COST, holds_out)):
        if has:
            yield measure


WANTED = Wanted(numbers=True, largest=True)
"""What of data points is measured."""


def _numbers_of(network: Network, made: FoldResult) -> Array:
    """The numbers of `measures` of some data points that were gone through with what is `WANTED`, (points, measures)."""
    assert made.a is not None
    assert made.delta is not None
    assert made.largest is not None
    last = network.blocks[-1].outputs
    firsts = [block.neurons.start for block in network.blocks]
    columns = [
        made.costs[:, None],
        made.a[:, last.start : min(last.stop, last.start + MOST_OUTPUTS)],
        np.maximum.reduceat(np.abs(made.delta), firsts, axis=1),
        made.largest,
    ]
    return np.concatenate(columns, axis=1)


class Measuring:
    """What is measured of each data point of a network: all its measures or, with one number that is followed, that and C."""

    def __init__(self, network: Network, followed: Cell | None = None) -> None:
        self._network, self._followed = network, followed
        self.names = measures(network) if followed is None else (COST, Measure("number", number=followed))
        self.wanted = WANTED if followed is None else wanted_of(followed, network)

    def rows(self, made: FoldResult) -> Array:
        """The numbers of some data points that were gone through with what is `wanted`, (points, names)."""
        if self._followed is None:
            return _numbers_of(self._network, made)
        return np.stack([made.costs, values_of(self._followed, self._network, made)], axis=1)
