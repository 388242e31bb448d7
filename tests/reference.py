"""The lecture in plain Python: one data point, every sum a loop from left to right.

Written from the lecture note and docs/arithmetic.md alone, to be held against nntui bit for bit. It shares nothing with the
engine but `exp`, `exp_minus_one`, `log` and `log1p`, which have tests of their own.

Weights are lists: weights[l − 1][k − 1] is the row w_k0, w_k1, … into neuron k of layer l; w_k0 is None in a layer
without biases.
"""

import struct
from dataclasses import dataclass
from math import copysign, isnan

import numpy as np

from nntui.engine import arithmetic

Row = list[float | None]


def _scalar(function, x):
    with arithmetic.quiet():
        return float(function(np.array([x]))[0])


def exp(x):
    return _scalar(arithmetic.exp, x)


def log(x):
    return _scalar(arithmetic.log, x)


def log1p(x):
    return _scalar(arithmetic.log1p, x)


def exp_minus_one(x):
    return _scalar(arithmetic.exp_minus_one, x)


def bits(numbers):
    """The bytes of some numbers, every nan in the one pattern of the contract."""
    return b"".join(struct.pack("<Q", 0x7FF8000000000000) if isnan(v) else struct.pack("<d", v) for v in numbers)


def total(terms):
    """((0 + t₁) + t₂) + …; never sum(), which is compensated from Python 3.12 on."""
    result = 0.0
    for term in terms:
        result = result + term
    return result


# --- σ and σ′ -------------------------------------------------------------------------------------------


def sigmoid(z):
    e = exp(-abs(z))
    return 1.0 / (1.0 + e) if z >= 0.0 else e / (1.0 + e)


def tanh(z):
    t = exp_minus_one(-2.0 * abs(z))
    return copysign(-t / (2.0 + t), z)


def sigma(name, z, at_zero=1.0):
    """a_k of one neuron; softmax is `softmax`."""
    if isnan(z):
        return z
    match name:
        case "sigmoid":
            return sigmoid(z)
        case "tanh":
            return tanh(z)
        case "relu":
            return z if z > 0.0 else 0.0  # noqa: FURB136 - as it is written, for −0 too
        case "leaky_relu":
            return z if z > 0.0 else 0.01 * z
        case "step":
            return 1.0 if z > 0.0 or (z == 0.0 and at_zero) else 0.0
        case "sign":
            return 1.0 if z > 0.0 or (z == 0.0 and at_zero) else -1.0
        case "identity":
            return z
    raise ValueError(f"tests/reference.py lacks σ of {name}: a second implementation of every activation is asked for")


def slope(name, z, a, step_slope):
    """σ′(z_k), from the numbers that are shown."""
    if isnan(z):
        return z
    match name:
        case "sigmoid":
            return a * (1.0 - a)
        case "tanh":
            return 1.0 - a * a
        case "relu":
            return 1.0 if z > 0.0 else 0.0
        case "leaky_relu":
            return 1.0 if z > 0.0 else 0.01
        case "step" | "sign":
            return step_slope
        case "identity":
            return 1.0
    raise ValueError(f"tests/reference.py lacks σ′ of {name}: a second implementation of every activation is asked for")


def largest(z):
    """max z; nan where one of them is."""
    result = z[0]
    for value in z[1:]:
        if isnan(value) or value > result:
            result = value
        if isnan(result):
            return result
    return result


def softmax(z):
    m = largest(z)
    e = [exp(value - m) for value in z]
    below = total(e)
    return [value / below for value in e]


# --- one data point -------------------------------------------------------------------------------------


@dataclass
class Net:
    """n_0, then for each layer units, activation, biases; and the training."""

    inputs: int
    layers: list[tuple[int, str, bool]]
    cost: str = "half_squared_error"
    eta: float = 0.5
    step_slope: float = 0.0
    at_zero: float = 1.0
    update_weights: bool = True
    update_biases: bool = True
    batch: int = 1
    average: bool = False
    momentum: float = 0.0


@dataclass
class Point:
    """All numbers of one data point, by layer; index 0 of z, a, … is layer 1."""

    x: list[float]
    z: list[list[float]]
    a: list[list[float]]
    cost: float
    delta: list[list[float]]
    gradient: list[list[Row]]
    after: list[list[Row]]


def one_point(net, weights, x, y):
    z, a = forward(net, weights, x)
    delta = backward(net, weights, z, a, y)
    gradient = [
        [[None if row[0] is None else d, *(d * sent for sent in below)] for d, row in zip(delta[i], weights[i], strict=True)]
        for i, below in enumerate([x, *a[:-1]])
    ]
    after = [[updated(net, row, g) for row, g in zip(rows, gs, strict=True)] for rows, gs in zip(weights, gradient, strict=True)]
    return Point(list(x), z, a, cost(net, z[-1], a[-1], y), delta, gradient, after)


def forward(net, weights, x):
    z, a, below = [], [], x
    for (_, name, _), rows in zip(net.layers, weights, strict=True):
        z_l = []
        for row in rows:
            value = total(w * sent for w, sent in zip(row[1:], below, strict=True))  # (4)
            z_l.append(value if row[0] is None else value + row[0])  # the bias last
        below = softmax(z_l) if name == "softmax" else [sigma(name, value, net.at_zero) for value in z_l]  # (5)
        z.append(z_l)
        a.append(below)
    return z, a


def cost(net, z, a, y):
    if net.cost == "cross_entropy":
        if net.layers[-1][1] == "softmax":
            m = largest(z)
            log_sum = m + log(total(exp(value - m) for value in z))
            return total(yk * (log_sum - zk) for yk, zk in zip(y, z, strict=True) if yk != 0.0)
        return total((zk if zk > 0.0 or isnan(zk) else 0.0) - zk * yk + log1p(exp(-abs(zk))) for yk, zk in zip(y, z, strict=True))
    squares = total((ak - yk) * (ak - yk) for ak, yk in zip(a, y, strict=True))
    return 0.5 * squares if net.cost == "half_squared_error" else squares


def backward(net, weights, z, a, y):
    name = net.layers[-1][1]
    delta_l = []
    for zk, ak, yk in zip(z[-1], a[-1], y, strict=True):
        d = ak - yk
        if net.cost != "cross_entropy":
            dc_da = d if net.cost == "half_squared_error" else 2.0 * d
            d = dc_da * slope(name, zk, ak, net.step_slope)  # (12)
        delta_l.append(d)
    delta = [delta_l]
    for layer in range(len(net.layers) - 1, 0, -1):
        units, name, _ = net.layers[layer - 1]
        upper, rows = delta[0], weights[layer]
        delta.insert(
            0,
            [
                total(d * row[k + 1] for d, row in zip(upper, rows, strict=True))  # (14), σ′ taken out of the sum
                * slope(name, z[layer - 1][k], a[layer - 1][k], net.step_slope)
                for k in range(units)
            ],
        )
    return delta


def updated(net, row, gradient):
    bias, *rest = row
    g_bias, *g_rest = gradient
    if bias is not None and net.update_biases:
        bias = bias - net.eta * g_bias  # (11)
    if net.update_weights:
        rest = [w - net.eta * g for w, g in zip(rest, g_rest, strict=True)]
    return [bias, *rest]


# --- between nntui's shapes and these lists ---------------------------------------------------------------


def net_of(network):
    """The same network in this module's words."""
    return Net(
        network.inputs,
        [(layer.units, layer.activation, layer.biases) for layer in network.layers],
        network.cost,
        network.eta,
        network.step_slope,
        network.at_zero,
        network.update_weights,
        network.update_biases,
        network.batch,
        network.average,
        network.momentum,
    )


def rows_of(network, matrices):
    """Lists out of the matrices that `Timeline.weights` gives."""
    return [
        [[row[0] if layer.biases else None, *row[1:]] for row in matrix.tolist()]
        for layer, matrix in zip(network.layers, matrices, strict=True)
    ]


def flat(rows):
    """All numbers of rows of layers in order, nan in the place of a bias that is not there."""
    return [float("nan") if w is None else w for layer in rows for row in layer for w in row]


def train(network, matrices, x, y, rows):
    """The points of a run over the data rows `rows`, from the start of an epoch, and the weights it ends with."""
    net, weights, points = net_of(network), rows_of(network, matrices), []
    kept = Kept(zeros(weights), zeros(weights))
    for number, row in enumerate(rows):
        point = one_point(net, weights, [float(v) for v in x[row]], [float(v) for v in y[row]])
        if net.batch != 1 or net.momentum:
            point.after, kept = by_rule(net, weights, point.gradient, kept, number % len(x), len(x))
        points.append(point)
        weights = point.after
    return points, weights


# --- batches and momentum ---------------------------------------------------------------------------------


@dataclass
class Kept:
    """G and v, by layer and row like weights."""

    total: list[list[Row]]
    velocity: list[list[Row]]


def zeros(weights):
    return [[[None if w is None else 0.0 for w in row] for row in rows] for rows in weights]


def by_rule(net, weights, gradient, kept, point, points):
    """The weights after a data point at place `point` of an epoch, and G and v after it."""
    number = point % net.batch + 1
    closes = number == net.batch or point + 1 == points
    after, kept_after = zeros(weights), Kept(zeros(weights), zeros(weights))
    for i, rows in enumerate(weights):
        for k, row in enumerate(rows):
            for j, w in enumerate(row):
                if w is None:
                    continue
                g, v = gradient[i][k][j], kept.velocity[i][k][j]
                if net.batch != 1:
                    g = (0.0 if number == 1 else kept.total[i][k][j]) + g
                    kept_after.total[i][k][j] = g
                if closes and (net.update_weights if j else net.update_biases):
                    if net.average and number > 1:
                        g = g / number
                    if net.momentum:
                        v = net.momentum * v - net.eta * g
                    after[i][k][j] = w + v if net.momentum else w - net.eta * g
                else:
                    after[i][k][j] = w
                kept_after.velocity[i][k][j] = v
    return after, kept_after
