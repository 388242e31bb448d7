"""Whether backpropagation agrees with a numerical gradient, weight by weight: one wrong weight hardly changes a norm.

Every weight is judged twice where that is possible, by central differences and by the complex step (`central_differences`),
and also whether its update followed (11). What cannot be judged is said to be not checkable, and why: weights whose
signal passes a step function, weights whose step of h crosses a corner of σ, gradients too small to
be told from rounding, and data points with a number that is not finite. None of these counts as agreement or as a failure.
"""

from collections.abc import Iterator
from math import isfinite
from typing import Literal

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.network import Block
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.gradient_check.central_differences import DataPoint, Estimate, last_step_layer
from nntui.explain.notation.symbols import neuron_symbol
from nntui.training.address import Address
from nntui.training.frame import Frame
from nntui.values import dataclass

Status = Literal["agrees", "disagrees", "not checkable"]
Method = Literal["central differences", "complex step", ""]
Reason = Literal["", "gradient", "update", "step", "corner", "small", "overflow", "not finite"]

MOST_WEIGHTS = 200  # of one data point
_COARSE = 0.01  # a bound above this share of the gradient tells nothing
_BUDGET = 80_000.0  # microseconds of central differences in one data point, about
_LAYER, _WEIGHT = 25.0, 0.005  # microseconds for a layer, and for a weight, in a forward sweep

PHI = 0.6180339887498949  # its multiples fall evenly into 0 … 1, however many are taken


@dataclass(frozen=True, slots=True)
class CheckedWeight:
    """One weight w_kj^{l−1}: `layer` l receives it, `sender` 0 is the bias. `method` names what `numerical` is from."""

    layer: int
    neuron: int
    sender: int
    backprop: float
    numerical: float
    bound: float
    method: Method
    status: Status
    reason: Reason = ""
    why: str = ""

    @property
    def error(self) -> float:
        """How far the two are apart: |backprop − numerical|."""
        return abs(self.backprop - self.numerical)

    @property
    def relative(self) -> float:
        """The error as a share of the larger of the two; 0 where both are 0."""
        largest = max(abs(self.backprop), abs(self.numerical))
        return self.error / largest if largest else 0.0


@dataclass(frozen=True, slots=True)
class CheckedPoint:
    """What was found at one data point; `rows` for those of its `weights` that were checked.

    why: said where the data point as a whole is not checkable; then there are no rows.
    """

    epoch: int
    point: int
    weights: int
    rows: tuple[CheckedWeight, ...]
    why: str = ""

    def of(self, status: Status) -> tuple[CheckedWeight, ...]:
        """The rows of one status."""
        return tuple(row for row in self.rows if row.status == status)

    @property
    def status(self) -> Status:
        """Disagrees if any weight does; agrees if some weight does and none disagrees."""
        found = {row.status for row in self.rows}
        return "disagrees" if "disagrees" in found else "agrees" if "agrees" in found else "not checkable"

    @property
    def worst(self) -> CheckedWeight | None:
        """Of the rows that were judged, the one whose error is the largest part of its bound."""
        judged = [row for row in self.rows if row.status != "not checkable"]
        return max(judged, key=lambda row: row.error / row.bound if row.bound else 0.0, default=None)


def gradient_check(frame: Frame, most: int = MOST_WEIGHTS) -> CheckedPoint:
    """Judges the weights of a frame's data point; of more than about `most`, or of a large network, an even sample."""
    address, network = frame.address, frame.scenario.network
    weights = sum((block.inputs + block.biases) * block.units for block in network.blocks)
    if not _finite(frame) and (moment := frame.first_not_finite()) is not None:
        where = Address(address.epoch, address.point, moment)
        return CheckedPoint(address.epoch, address.point, weights, (), f"a number that is not finite at {where}")
    rows = tuple(_rows(frame, most))
    return CheckedPoint(address.epoch, address.point, weights, rows)


def _finite(frame: Frame) -> bool:
    """Whether it is certain, at a glance, that all numbers of the data point are finite."""
    made, blocks = frame.iteration, frame.scenario.network.blocks
    with quiet():
        if not all(np.isfinite(array).all() for array in (made.z, made.a, made.delta, [made.cost])):
            return False
        if not isfinite(float(np.abs(made.a).max() * np.abs(made.delta).max())):
            return False
    return all(np.isfinite(block.matrix(made.after)[0 if block.biases else 1 :]).all() for block in blocks)


def _rows(frame: Frame, most: int) -> Iterator[CheckedWeight]:
    network = frame.scenario.network
    last_step = last_step_layer(network)
    point = DataPoint.of(frame)
    for number in range(1, len(network.layers) + 1):
        neurons, senders = sampled_weights(frame, number, most)
        exact = point.complex_step(number, neurons, senders) if number > last_step else []
        for at, (k, j) in enumerate(zip(neurons.tolist(), senders.tolist(), strict=True)):
            if number <= last_step:
                yield _beyond_a_step(frame, (number, k, j), last_step)
            else:
                yield _judged(frame, (number, k, j), point.central(number, k, j), exact[at])


# --- which weights


def sampled_weights(frame: Frame, layer: int, most: int) -> tuple[Array, Array]:
    """Neurons and senders (integer arrays) of the weights to look at: all, or an even share, the same ones every time."""
    network = frame.scenario.network
    block = network.blocks[layer - 1]
    count = (block.inputs + block.biases) * block.units
    wanted = min(count, _share(frame, layer, most))
    places = np.arange(count) if wanted == count else np.unique((PHI * np.arange(1, wanted + 1) % 1.0 * count).astype(np.intp))
    senders, neurons = np.divmod(places, block.units)
    order = np.lexsort((senders, neurons))
    return neurons[order] + 1, senders[order] + (not block.biases)


def _share(frame: Frame, layer: int, most: int) -> int:
    """How many weights of a layer may be checked: its share of `most`, within its share of the time."""
    blocks = frame.scenario.network.blocks
    above = blocks[layer:]
    sweep = _LAYER * (1 + len(above)) + _WEIGHT * (blocks[layer - 1].inputs + sum(_size(block) for block in above))
    part = most * _size(blocks[layer - 1]) // sum(_size(block) for block in blocks)
    return max(min(max(part, most // (4 * len(blocks))), int(_BUDGET / (4.0 * sweep * len(blocks)))), 1)


def _size(block: Block) -> int:
    return (block.inputs + 1) * block.units


# --- the judgement


def _judged(frame: Frame, place: tuple[int, int, int], central: Estimate, exact: Estimate) -> CheckedWeight:
    """One weight whose signal passes no step function."""
    layer, k, j = place
    backprop = float(frame.gradient_row(layer, k)[j])
    if central.corner is not None:
        return CheckedWeight(
            *place, backprop, central.value, central.bound, "", "not checkable", "corner", _at_corner(frame, central.corner)
        )
    found: list[tuple[Method, Estimate]] = [("central differences", central), ("complex step", exact)]
    known = sorted(((method, estimate) for method, estimate in found if estimate.known), key=lambda pair: pair[1].bound)
    for method, estimate in known:
        if not abs(backprop - estimate.value) <= estimate.bound:
            why = "∂C/∂w of (15) is not what C does when the weight is moved"
            return CheckedWeight(*place, backprop, estimate.value, estimate.bound, method, "disagrees", "gradient", why)
    if not known:
        why = "its numerical derivative overflows, or has no digit that rounding leaves alone"
        return CheckedWeight(*place, backprop, exact.value, exact.bound, "", "not checkable", "overflow", why)
    method, best = known[0]
    if not _updated(frame, place, backprop):
        return CheckedWeight(
            *place, backprop, best.value, best.bound, method, "disagrees", "update", "its update is not w − η ∂C/∂w (11)"
        )
    largest = max(abs(backprop), abs(best.value))
    if largest and best.bound > _COARSE * largest:
        why = f"too small to be told from rounding, which may be {best.bound:.0e}"
        return CheckedWeight(*place, backprop, best.value, best.bound, method, "not checkable", "small", why)
    return CheckedWeight(*place, backprop, best.value, best.bound, method, "agrees")


def _updated(frame: Frame, place: tuple[int, int, int], backprop: float) -> bool:
    """Whether the weight became what (11) says, to the last bit, or stayed where training may not change it."""
    layer, k, j = place
    network = frame.scenario.network
    before, after = (float(rows[k - 1, j]) for rows in (frame.weights_before(layer), frame.weights_after(layer)))
    changes = network.update_weights if j else network.update_biases
    if not (changes and frame.iteration.batch_place.closes):
        return after == before
    if network.batched:
        within = frame.iteration.batch_place
        backprop = (0.0 if within.begins else float(frame.sums(layer, before=True)[k - 1, j])) + backprop
        backprop = backprop / within.size if network.average and within.size > 1 else backprop
    if network.moving:
        velocity = float(frame.velocities(layer, before=True)[k - 1, j])
        return after == before + (network.momentum * velocity - network.eta * backprop)
    return after == before - network.eta * backprop


def _at_corner(frame: Frame, corner: tuple[int, int]) -> str:
    sigma = frame.scenario.network.layers[corner[0] - 1].activation.replace("_", " ")
    return f"within h, {neuron_symbol('z', *corner)} crosses the corner of {sigma}"


def _beyond_a_step(frame: Frame, place: tuple[int, int, int], last_step: int) -> CheckedWeight:
    if frame.scenario.network.step_slope:
        why = "step_slope = 1, the perceptron rule, is a declared departure: its σ′ is no derivative of C"
    else:
        called = ACTIVATION_CARDS[frame.scenario.network.layers[last_step - 1].activation].called
        why = f"its signal passes a {called}, whose jump has no derivative; elsewhere σ′ is 0"
    layer, k, j = place
    nan = float("nan")
    return CheckedWeight(*place, float(frame.gradient_row(layer, k)[j]), nan, nan, "", "not checkable", "step", why)
