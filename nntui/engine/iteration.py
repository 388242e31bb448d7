"""One data point: forward, cost, backward, gradients, update, in the order of the note.

Every function is pure. `iterate` runs them all and returns everything in one immutable record; a step of a lesson reveals
a part of that record and computes nothing. All δ are computed from the weights before the update.
"""

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array, column_sums, frozen, quiet
from nntui.engine.batch_place import ALONE, BatchPlace
from nntui.engine.network import Network
from nntui.values import dataclass

_AT_ONCE = 1 << 18  # signals of one layer held at a time


@dataclass(frozen=True, slots=True, eq=False)
class Iteration:
    """All numbers of one data point. Arrays are flat; `Network.blocks` says where each layer is in them.

    The gradient is not stored: its numbers are the products δ_k a_j (`gradient`). before, after: the state, which is theta
    and behind it G and v where the network has them (`Network.state_size`).
    """

    x: Array
    y: Array
    z: Array
    a: Array  # 1 a⁰ 1 a¹ … 1 a^N: each layer after its constant a_0
    cost: float
    delta: Array
    before: Array
    after: Array
    batch_place: BatchPlace = ALONE


def forward(network: Network, theta: Array, x: Array) -> tuple[Array, Array]:
    """z_k^l = Σ_j w_kj a_j + w_k0 (4), a_k^l = σ(z_k^l) (5), for l = 1 … N."""
    z = np.empty(network.blocks[-1].neurons.stop)
    a = np.empty(network.blocks[-1].outputs.stop)
    a.fill(1.0)
    a[1 : network.inputs + 1] = x
    for block in network.blocks:
        weights = block.matrix(theta)
        z_l = column_sums(weights[1:], a[block.senders][1:])
        if block.biases:
            z_l = z_l + weights[0]
        z[block.neurons] = z_l
        a[block.outputs] = block.sigma.value(z_l)
    return z, a


def outputs(network: Network, theta: Array, x: Array) -> Array:
    """a^N of many data points at once: x (points, n_0) gives (points, n_N), each row to the bits that `forward` gives.

    Every sum of (4) adds its terms in the same order; only the points are computed together. inf and nan raise no warning.
    """
    size = max(_AT_ONCE // max(network.sizes), 1)
    a = np.empty((len(x), network.outputs))
    with quiet():
        for first in range(0, len(x), size):
            a[first : first + size] = _outputs(network, theta, x[first : first + size])
    return frozen(a)


def _outputs(network: Network, theta: Array, x: Array) -> Array:
    signals = np.ascontiguousarray(x.T)  # (senders, points)
    for block in network.blocks:
        weights = block.matrix(theta)
        z = np.zeros((block.units, signals.shape[1]))
        for j in range(block.inputs):
            z += weights[j + 1, :, None] * signals[j]
        if block.biases:
            z += weights[0][:, None]
        signals = block.sigma.value_of_columns(z)
    return signals.T


def backward(network: Network, theta: Array, z: Array, a: Array, y: Array) -> Array:
    """δ^N from the cost, then δ_k^l = (Σ_m δ_m^{l+1} w_mk^l) σ′(z_k^l) (14), for l = N − 1 … 1."""
    delta = np.empty_like(z)
    upper = network.blocks[-1]
    delta_l = network.cost_function.delta(upper.sigma, z[upper.neurons], a[upper.outputs], y)
    delta[upper.neurons] = delta_l
    for block in network.blocks[-2::-1]:
        delta_l = column_sums(upper.matrix(theta)[1:].T, delta_l)
        delta_l = delta_l * block.sigma.slope(z[block.neurons], a[block.outputs])
        delta[block.neurons] = delta_l
        upper = block
    return delta


def gradient(network: Network, a: Array, delta: Array) -> Array:
    """∂C/∂w_kj^{l−1} = δ_k^l a_j^{l−1} (15), the constant's share ∂C/∂w_k0 = δ_k^l included; laid out as theta."""
    result = np.empty(network.parameters)
    for block in network.blocks:
        np.multiply(a[block.senders, None], delta[block.neurons], block.matrix(result))
    return result


def update(network: Network, theta: Array, a: Array, delta: Array) -> Array:
    """w ← w − η ∂C/∂w (11), for all weights that training may change; a new theta."""
    after = gradient(network, a, delta)
    after *= network.eta
    np.subtract(theta, after, after)
    if network.fixed is not None:
        np.copyto(after, theta, where=network.fixed)
    return after


def batch_update(network: Network, state: Array, g: Array, batch_place: BatchPlace) -> Array:
    """The new state of a network with a batch or with momentum, from ∂C/∂w of one data point.

    G = ((+0.0 + g_1) + g_2) + …, divided once where it is a mean; where the batch closes v ← (μ·v) − (η·G) and w ← w + v,
    or without momentum w ← w − (η·G). What training may not change keeps w and v.
    """
    after = state.copy()
    if network.batched:
        total = after[network.sum_part]
        g = (0.0 if batch_place.begins else total) + g
        np.copyto(total, g, where=~_missing(network))
    if not batch_place.closes:
        return after
    if network.average and batch_place.size > 1:
        g = g / batch_place.size
    theta, may = after[: network.parameters], ~_missing(network)
    if network.fixed is not None:
        may &= ~network.fixed
    if network.moving:
        velocity = after[network.velocity_part]
        np.copyto(velocity, network.momentum * velocity - network.eta * g, where=may)
        np.copyto(theta, theta + velocity, where=may)
    else:
        np.copyto(theta, theta - network.eta * g, where=may)
    return after


def _missing(network: Network) -> NDArray[np.bool_]:
    """True at the places of biases that are not there."""
    missing = np.zeros(network.parameters, dtype=np.bool_)
    for block in network.blocks:
        if not block.biases:
            missing[block.weights.start : block.weights.start + block.units] = True
    return missing


def iterate(network: Network, theta: Array, x: Array, y: Array, batch_place: BatchPlace = ALONE) -> Iteration:
    """One data point, from the input to the new weights. theta: the state (state_size,), x (n_0,), y (n_N,).

    inf and nan are results like any other and raise no warning.
    """
    with quiet():
        z, a = forward(network, theta, x)
        output = network.blocks[-1]
        c = network.cost_function.value(z[output.neurons], a[output.outputs], y)
        delta = backward(network, theta, z, a, y)
        if network.state_size == network.parameters:
            after = update(network, theta, a, delta)
        else:
            after = batch_update(network, theta, gradient(network, a, delta), batch_place)
    for array in (z, a, delta, after):
        array.flags.writeable = False
    return Iteration(x, y, z, a, c, delta, theta, after, batch_place)
