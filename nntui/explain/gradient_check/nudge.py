"""One weight moved by h to both sides: C there, their difference quotient, and the same for h = 1e-1 … 1e-12.

    (C(w + h) − C(w − h)) / 2h     beside ∂C/∂w of (15)

For a large h the quotient misses what C curves between w − h and w + h; for a small one C(w + h) and C(w − h) have most
digits in common, and their difference keeps few. What rounding may make of a quotient has the bound of
`central_differences`, so that the two can be told apart.
"""

from collections.abc import Sequence
from math import floor, isfinite, log10

import numpy as np

from nntui.engine.arithmetic import NAN, quiet
from nntui.explain.gradient_check.central_differences import DataPoint, last_step_layer
from nntui.lesson.display_state import SMALLEST_H
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.values import dataclass

EXPONENTS = range(1, SMALLEST_H + 1)
"""h = 1e-1 … 1e-12."""


def h_of(exponent: int) -> float:
    """10^−exponent, the nearest float64."""
    return float(f"1e-{exponent}")


@dataclass(frozen=True, slots=True)
class Nudge:
    """A weight at w + h and at w − h (`up` and `down`), C there, and how far rounding alone may move the quotient.

    crossed: layer and neuron of the first z that comes over a corner or a jump of its σ between the two.
    """

    exponent: int
    up: float
    down: float
    c_up: float
    c_down: float
    rounding: float
    crossed: tuple[int, int] | None = None

    @property
    def h(self) -> float:
        """h = 10^−exponent, by which the weight is moved."""
        return h_of(self.exponent)

    @property
    def quotient(self) -> float:
        """(C(w + h) − C(w − h)) / 2h."""
        return (self.c_up - self.c_down) / (2.0 * self.h)


@dataclass(frozen=True, slots=True)
class NudgedWeight:
    """A weight with all its nudges, h from 1e-1 on; w and ∂C/∂w (15) of the data point, and Im C(w + ih)/h, perhaps nan.

    by_rule: layer of a step function that the signal of this weight passes, if a `step_slope` takes the place of its σ′; else 0.
    """

    cell: Cell
    w: float
    backprop: float
    complex_step: float
    nudges: tuple[Nudge, ...]
    by_rule: int = 0

    def at(self, exponent: int) -> Nudge:
        """The nudge with h = 10^−exponent."""
        return self.nudges[exponent - EXPONENTS[0]]

    def error(self, nudge: Nudge) -> float:
        """How far the quotient is off: |quotient − ∂C/∂w|."""
        return abs(nudge.quotient - self.backprop)

    @property
    def nearest(self) -> Nudge | None:
        """Of the nudges that say something of the slope that with the smallest error, of equal ones that with the largest h."""
        return min(self.smooth, key=self.error, default=None)

    @property
    def smooth(self) -> tuple[Nudge, ...]:
        """The nudges that say something of the slope."""
        return tuple(nudge for nudge in self.nudges if nudge.crossed is None and isfinite(self.error(nudge)))


def nudged_weight(frame: Frame, cell: Cell) -> NudgedWeight:
    """The nudges of w_kj into layer `cell.layer`, sender 0 the bias. C is that of the frame's data point, before its update."""
    layer, k, j = cell.layer, cell.neuron, cell.sender
    network = frame.scenario.network
    w, backprop = float(frame.weights_before(layer)[k - 1, j]), float(frame.gradient_row(layer, k)[j])
    last_step = last_step_layer(network)
    stepped, ups, downs = last_step >= layer, [w + h_of(n) for n in EXPONENTS], [w - h_of(n) for n in EXPONENTS]
    with quiet():
        point = DataPoint.of(frame)
        above, below = point.at_weights(layer, k, j, ups), point.at_weights(layer, k, j, downs)
        noise = 0.0 if stepped else point.noise(layer, k)  # through a step that does not jump C stays the same bits
    nudges = []
    for n, up, down, (c_up, over), (c_down, under) in zip(EXPONENTS, ups, downs, above, below, strict=True):
        inexact = 2.0**-52 * max(abs(w), h_of(n)) * abs(backprop)
        nudges.append(Nudge(n, up, down, c_up, c_down, (noise + inexact) * 10.0**n, over or under))
    exact = NAN if stepped else point.complex_step(layer, np.array([k]), np.array([j]))[0].value
    return NudgedWeight(cell, w, backprop, exact, tuple(nudges), last_step if stepped and network.step_slope else 0)


@dataclass(frozen=True, slots=True)
class NudgedBatch:
    """A weight that is moved for a whole batch: the quotient of its cost C_1 + … + C_n, beside G."""

    points: int
    quotient: float
    total: float


def nudged_batch(frames: Sequence[Frame], cell: Cell, exponent: int) -> NudgedBatch:
    """The quotient of the batch's cost at h = 10^−exponent. frames: of all its data points, the last one closes it."""
    h, total = h_of(exponent), 0.0
    for frame in frames:
        w = float(frame.weights_before(cell.layer)[cell.neuron - 1, cell.sender])
        with quiet():
            (up, _), (down, _) = DataPoint.of(frame).at_weights(cell.layer, cell.neuron, cell.sender, [w + h, w - h])
            total += (up - down) / (2.0 * h)
    return NudgedBatch(len(frames), total, float(frames[-1].sums(cell.layer)[cell.neuron - 1, cell.sender]))


def shared_digits(left: float, right: float) -> int:
    """In how many significant digits two numbers agree, of the 17 that tell every float64 from any other."""
    size, apart = max(abs(left), abs(right)), abs(left - right)
    if not isfinite(size):
        return 0
    return 17 if apart == 0.0 else min(max(floor(-log10(apart / size)), 0), 17)
