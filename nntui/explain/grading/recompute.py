"""What follows from some numbers: the formula of each kind of step, with σ, σ′, C and the sums of the engine.

The numbers are balls (`ball_arithmetic`): a student's rounded number stands for all that it may be a rounding of,
and what follows is a ball that holds all that may come out. σ never falls, so its ends are the ends of z; σ′ is worked
out at both ends (and its parabola in a may rise rad² above them); products and sums take every radius in full. So the
bound holds also where a first-order one would not, at few digits or at a corner of ReLU.
"""

import numpy as np

from nntui.engine.arithmetic import Array, exp, log, quiet
from nntui.engine.costs import cost, output_delta
from nntui.explain.grading.ball_arithmetic import Ball, exact, sums, total
from nntui.explain.grading.known_numbers import ALL, KnownNumbers
from nntui.training.steps import Kind


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
    if numbers.network.layers[layer - 1].activation == "softmax":
        a = sigma.value(z.mid)
        grown = exp(np.array([2.0 * float(np.maximum.reduce(z.rad))]))[0] - 1.0  # a_k′ ≤ a_k · exp(2 max rad)
        return Ball(a, np.minimum(a * grown, 1.0))[neurons]
    z = z[neurons]
    return _between(sigma.value(z.mid), sigma.value(z.mid - z.rad), sigma.value(z.mid + z.rad))


def _between(middle: Array, *ends: Array) -> Ball:
    return Ball(middle, np.maximum.reduce([np.abs(end - middle) for end in ends]))


def slope(numbers: KnownNumbers, layer: int, neurons: slice = ALL) -> Ball:
    """σ′(z_k), made of z and a as the engine makes it; not for softmax."""
    sigma = numbers.network.blocks[layer - 1].sigma
    z, a = numbers.z(layer)[neurons], numbers.a(layer)[neurons]
    low, high = sigma.slope(z.mid - z.rad, a.mid - a.rad), sigma.slope(z.mid + z.rad, a.mid + a.rad)
    ball = _between(sigma.slope(z.mid, a.mid), low, high)
    curved = numbers.network.layers[layer - 1].activation in ("sigmoid", "tanh")
    return Ball(ball.mid, ball.rad + a.rad * a.rad) if curved else ball


def _delta(numbers: KnownNumbers, layer: int, neurons: slice) -> Ball:
    """δ_k^N = ∂C/∂a_k σ′(z_k) (12); δ_k^l = (Σ_m δ_m w_mk) σ′(z_k) (14)."""
    network = numbers.network
    if layer < len(network.layers):
        return sums(numbers.weights_out(layer, neurons), numbers.delta(layer + 1)) * slope(numbers, layer, neurons)
    z, a, y = numbers.z(layer)[neurons], numbers.a(layer)[neurons], numbers.y()[neurons]
    missed = a - y
    made = output_delta(network.cost, network.blocks[layer - 1].sigma, z.mid, a.mid, y.mid)
    if network.cost == "cross_entropy":
        return Ball(made, missed.rad)
    factor = 2.0 if network.cost == "squared_error" else 1.0
    return Ball(made, (missed.scaled(factor) * slope(numbers, layer, neurons)).rad)


def _gradient(numbers: KnownNumbers, layer: int, neurons: slice) -> Ball:
    """∂C/∂w_kj = δ_k a_j (15), with a_0 = 1."""
    a, delta = numbers.a(layer - 1), numbers.delta(layer)[neurons]
    senders = Ball(np.concatenate(([1.0], a.mid)), np.concatenate(([0.0], a.rad)))
    return Ball(senders.mid[:, None], senders.rad[:, None]) * delta


def _update(numbers: KnownNumbers, layer: int, neurons: slice) -> Ball:
    """w ← w − η ∂C/∂w (11), of what training may change."""
    network = numbers.network
    before = numbers.weights(layer, neurons)
    after = (before - numbers.gradient(layer, neurons).scaled(network.eta)).copy()
    for may, rows in ((network.update_biases, slice(0, 1)), (network.update_weights, slice(1, None))):
        if not may:
            after.mid[rows], after.rad[rows] = before.mid[rows], before.rad[rows]
    return after


def _cost(numbers: KnownNumbers) -> Ball:
    """C, from the numbers that its formula takes."""
    network = numbers.network
    top = len(network.layers)
    z, a, y = numbers.z(top), numbers.a(top), numbers.y()
    middle = np.array([cost(network.cost, network.softmax, z.mid, a.mid, y.mid)])
    if network.cost != "cross_entropy":
        missed = a - y
        factor = 0.5 if network.cost == "half_squared_error" else 1.0
        return Ball(middle, total(missed * missed).rad * factor)
    # ∂C/∂z_k = σ(z_k) − y_k (of softmax a_k − y_k), at most 1 in size
    from_z = Ball(middle, np.array([float(np.add.reduce(z.rad + y.rad * (1.0 + np.abs(z.mid))))]))
    from_a = _cross_entropy_of_a(network.softmax, a, y)
    if not np.isfinite(from_a.rad).all():
        return from_z  # an a that may be 0 or 1 tells nothing of C
    return Ball(np.concatenate((from_z.mid, from_a.mid)), np.concatenate((from_z.rad, from_a.rad)))


def _cross_entropy_of_a(softmax: bool, a: Ball, y: Ball) -> Ball:
    """−Σ y ln a, and −Σ (1−y) ln(1−a) with it where outputs are sigmoids: the way by hand."""
    result = total(_minus_logs(y, a))
    return result if softmax else result + total(_minus_logs(exact(np.ones(len(y.mid))) - y, exact(np.ones(len(a.mid))) - a))


def _minus_logs(share: Ball, of: Ball) -> Ball:
    """−share · ln(of), 0 where there is no share."""
    ends = [log(np.clip(end, 0.0, 1.0)) for end in (of.mid, of.mid - of.rad, of.mid + of.rad)]
    product = share * _between(*ends)
    none = (share.mid == 0.0) & (share.rad == 0.0)
    nothing = share.mid <= 2.0**-40
    return Ball(np.where(none | nothing, 0.0, -product.mid), np.where(none | nothing, 0.0, product.rad))
