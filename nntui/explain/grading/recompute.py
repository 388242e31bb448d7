"""What follows from some numbers: the formula of each kind of step, with σ, σ′, C and the sums of the engine.

The numbers are balls, middle and radius (`ball_arithmetic`): a student's rounded number means all that it may be a
rounding of, and what follows is a ball that holds all that may come out. σ and σ′ are computed at both ends, and a card
says how far they may go beyond their values there in between; products and sums take every radius in full. So the bound
holds also where a first-order bound would not: at few digits, or at a corner of ReLU.
"""

import numpy as np

from nntui.engine.activations import Activation
from nntui.engine.arithmetic import Array, exp, quiet
from nntui.engine.costs import Cost
from nntui.engine.network import Network
from nntui.explain.equations.cards.activation_card import ActivationCard
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.grading.ball_arithmetic import Ball, sums, total
from nntui.explain.grading.known_numbers import KnownNumbers
from nntui.training.frame import ALL
from nntui.training.kinds import Kind

_OVER = 1e-12  # by which rounding may lift a over the range of σ


def follow(numbers: KnownNumbers, kind: Kind, layer: int, neurons: slice = ALL) -> Ball:
    """What a step of this kind makes: shape (neurons,), for gradient and update (1 + n_{l−1}, neurons), bias first.

    For cost one entry for each way to work it out (of a cross-entropy from z, and from a).
    """
    with quiet():
        match kind:
            case "input":
                return numbers.a(0)
            case "z":
                return _z(numbers, layer, neurons)
            case "a":
                return _a(numbers, layer, neurons)
            case "cost":
                return _cost(numbers)
            case "delta":
                return _delta(numbers, layer, neurons)
            case "gradient":
                return _gradient(numbers, layer, neurons)
            case "update":
                return _update(numbers, layer, neurons)


def _z(numbers: KnownNumbers, layer: int, neurons: slice) -> Ball:
    """z_k = Σ_j w_kj a_j + w_k0 (4)."""
    weights = numbers.weights(layer, neurons)
    z = sums(weights[1:], numbers.a(layer - 1))
    return z + weights[0] if numbers.network.layers[layer - 1].biases else z


def _a(numbers: KnownNumbers, layer: int, neurons: slice) -> Ball:
    """a_k = σ(z_k) (5)."""
    sigma, z = numbers.network.blocks[layer - 1].sigma, numbers.z(layer)
    if not sigma.each:
        a = sigma.value(z.mid)
        grown = exp(np.array([2.0 * float(np.maximum.reduce(z.rad))]))[0] - 1.0  # a_k′ ≤ a_k · exp(2 max rad)
        least, greatest = sigma.range
        return Ball(a, np.fmin(a * grown, np.maximum(a - least, greatest - a)))[neurons]  # 0 · inf is no bound
    z = z[neurons]
    ball = _between(sigma.value(z.mid), sigma.value(z.mid - z.rad), sigma.value(z.mid + z.rad))
    return Ball(ball.mid, ball.rad + _card(numbers, layer).rise(z.rad))


def can_make(network: Network, kind: Kind, layer: int, value: float) -> bool:
    """Whether a step of this kind can make a number, whatever z is: an a lies in the range of σ, of a σ that steps at its ends.

    A ball goes as far below its middle as above it, and so over the end of the range that is nearer.
    """
    if kind != "a":
        return True
    sigma = network.blocks[layer - 1].sigma
    least, greatest = sigma.range
    if value < least - _OVER or value > greatest + _OVER:
        return False
    return not sigma.steps or not least + _OVER < value < greatest - _OVER


def _between(middle: Array, *ends: Array) -> Ball:
    return Ball(middle, np.maximum.reduce([np.abs(end - middle) for end in ends]))


def slope(numbers: KnownNumbers, layer: int, neurons: slice = ALL) -> Ball:
    """σ′(z_k), made of z and a as the engine makes it; not for softmax."""
    sigma = numbers.network.blocks[layer - 1].sigma
    z, a = numbers.z(layer)[neurons], numbers.a(layer)[neurons]
    low, high = sigma.slope(z.mid - z.rad, a.mid - a.rad), sigma.slope(z.mid + z.rad, a.mid + a.rad)
    ball = _between(sigma.slope(z.mid, a.mid), low, high)
    return Ball(ball.mid, ball.rad + _card(numbers, layer).slope_rise(z.rad, a.rad))


def _card(numbers: KnownNumbers, layer: int) -> ActivationCard:
    return ACTIVATION_CARDS[numbers.network.layers[layer - 1].activation]


def _delta(numbers: KnownNumbers, layer: int, neurons: slice) -> Ball:
    """δ_k^N = ∂C/∂a_k σ′(z_k) (12); δ_k^l = (Σ_m δ_m w_mk) σ′(z_k) (14)."""
    network = numbers.network
    if layer < len(network.layers):
        return sums(numbers.weights_out(layer, neurons), numbers.delta(layer + 1)) * slope(numbers, layer, neurons)
    z, a, y = numbers.z(layer)[neurons], numbers.a(layer)[neurons], numbers.y()[neurons]
    missed = a - y
    cost = network.cost_function
    made = cost.delta(network.blocks[layer - 1].sigma, z.mid, a.mid, y.mid)
    if cost.cancels_slope:
        return Ball(made, missed.rad)
    low, high = cost.slope(a.mid - missed.rad, y.mid), cost.slope(a.mid + missed.rad, y.mid)
    of_cost = _between(cost.slope(a.mid, y.mid), low, high)  # it never falls with a: C is convex
    return Ball(made, (of_cost * slope(numbers, layer, neurons)).rad)


def _gradient(numbers: KnownNumbers, layer: int, neurons: slice) -> Ball:
    """∂C/∂w_kj = δ_k a_j (15), with a_0 = 1."""
    a, delta = numbers.a(layer - 1), numbers.delta(layer)[neurons]
    senders = Ball(np.concatenate(([1.0], a.mid)), np.concatenate(([0.0], a.rad)))
    return Ball(senders.mid[:, None], senders.rad[:, None]) * delta


def _update(numbers: KnownNumbers, layer: int, neurons: slice) -> Ball:
    """w ← w − η ∂C/∂w (11), of what training may change; with the sum of a batch once it is complete, and with v."""
    network = numbers.network
    before = numbers.weights(layer, neurons)
    if not numbers.batch_place.closes:
        return before
    if network.moving:
        after = (before + moved(numbers, layer, neurons)).copy()
    else:
        after = (before - applied(numbers, layer, neurons).scaled(network.eta)).copy()
    for may, rows in ((network.update_biases, slice(0, 1)), (network.update_weights, slice(1, None))):
        if not may:
            after.mid[rows], after.rad[rows] = before.mid[rows], before.rad[rows]
    return after


def added(numbers: KnownNumbers, layer: int, neurons: slice = ALL) -> Ball:
    """G with this data point: of a network without a batch its gradient."""
    g = numbers.gradient(layer, neurons)
    return g if numbers.batch_place.begins else numbers.sums(layer, neurons) + g


def applied(numbers: KnownNumbers, layer: int, neurons: slice = ALL) -> Ball:
    """What (11) multiplies with η where a batch is complete: G, or the mean."""
    total, size = added(numbers, layer, neurons), numbers.batch_place.size
    return Ball(total.mid / size, total.rad / size) if numbers.network.average and size > 1 else total


def moved(numbers: KnownNumbers, layer: int, neurons: slice = ALL) -> Ball:
    """v after this data point: μ v − η G where a batch is complete, and 0 where training may not change the weight."""
    network, velocity = numbers.network, numbers.velocities(layer, neurons)
    if not numbers.batch_place.closes:
        return velocity
    after = (velocity.scaled(network.momentum) - applied(numbers, layer, neurons).scaled(network.eta)).copy()
    for may, rows in ((network.update_biases, slice(0, 1)), (network.update_weights, slice(1, None))):
        if not may:
            after.mid[rows], after.rad[rows] = 0.0, 0.0
    return after


def _cost(numbers: KnownNumbers) -> Ball:
    """C, from the numbers that its formula takes."""
    network = numbers.network
    cost, sigma = network.cost_function, network.blocks[-1].sigma
    top = len(network.layers)
    z, a, y = numbers.z(top), numbers.a(top), numbers.y()
    middle = np.array([cost.value(z.mid, a.mid, y.mid)])
    from_a = total(_parts(cost, sigma, a, y))
    if not cost.cancels_slope:
        return Ball(middle, from_a.rad)
    # ∂C/∂z_k = a_k − y_k, at most 1 in size
    from_z = Ball(middle, np.array([float(np.add.reduce(z.rad + y.rad * (1.0 + np.abs(z.mid))))]))
    if not np.isfinite(from_a.rad).all():
        return from_z  # an a that may be 0 or 1 tells nothing of C
    return Ball(np.concatenate((from_z.mid, from_a.mid)), np.concatenate((from_z.rad, from_a.rad)))


def _parts(cost: Cost, sigma: Activation, a: Ball, y: Ball) -> Ball:
    """What each output adds to C, from a: first a moves with y at both its ends, then y alone; a part is convex in both."""
    least, greatest = sigma.range  # rounding may lift a over it; a student's own a may lie beyond, and C follows from it
    middle = np.maximum(a.mid, least)
    ends = [np.clip(end, least, np.maximum(middle, greatest)) for end in (a.mid - a.rad, a.mid + a.rad)]
    radius = np.zeros_like(middle)
    for other in (y.mid - y.rad, y.mid + y.rad):
        points = (*ends, np.clip(other, *ends))  # the part is least where a = y, which may lie between the ends
        moved = _between(cost.parts(middle, other), *(cost.parts(point, other) for point in points))
        radius = np.maximum(radius, moved.rad)
    parts = _between(cost.parts(middle, y.mid), cost.parts(middle, y.mid - y.rad), cost.parts(middle, y.mid + y.rad))
    return Ball(parts.mid, parts.rad + radius)
