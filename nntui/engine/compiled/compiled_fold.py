"""The fold in C, called by ctypes; the numbers by which it knows activations and costs."""

import ctypes

import numpy as np

from nntui.engine.arithmetic import Array, frozen
from nntui.engine.compiled.library import CLayer, CNetwork, CRecord
from nntui.engine.fold import COSTS_ALONE, FoldResult, Rows, Wanted
from nntui.engine.network import Network

ACTIVATIONS = {
    "step": 0,
    "sign": 1,
    "sigmoid": 2,
    "tanh": 3,
    "relu": 4,
    "leaky_relu": 5,
    "identity": 6,
    "softmax": 7,
}
COSTS = {"half_squared_error": 0, "squared_error": 1, "cross_entropy": 2}
_STRIDE = 4_000_000  # nanoseconds of a stride
_SPACING, _LEAST_SPACING = 500_000, 64  # nanoseconds between two keyframes; data points


def supports(network: Network) -> bool:
    """Whether fold.c has all that a network is made of; what it lacks runs on NumPy."""
    if network.cost not in COSTS or not all(layer.activation in ACTIVATIONS for layer in network.layers):
        return False
    crossed, last = network.cost == "cross_entropy", network.layers[-1].activation
    return last in ("sigmoid", "softmax") if crossed else last != "softmax"


def _nanoseconds(network: Network) -> int:
    """About how long a data point takes."""
    return 50 + network.parameters + 45 * network.neurons


class CompiledFold:
    """Goes through data points of one network and its data. x (rows, n_0), y (rows, n_N).

    points: data points of an epoch, where they are not all rows.
    """

    def __init__(self, library: ctypes.CDLL, network: Network, x: Array, y: Array, points: int | None = None) -> None:
        self._points = len(x) if points is None else points
        self._library, self._network = library, network
        self._x, self._y = np.ascontiguousarray(x, np.float64), np.ascontiguousarray(y, np.float64)
        layers = [
            CLayer(block.inputs, block.units, ACTIVATIONS[layer.activation], layer.biases)
            for block, layer in zip(network.blocks, network.layers, strict=True)
        ]
        self._layers = (CLayer * len(layers))(*layers)
        self._c = CNetwork(
            layer=self._layers,
            layers=len(layers),
            cost=COSTS[network.cost],
            update_weights=network.update_weights,
            update_biases=network.update_biases,
            points=self._points,
            batch=network.batch,
            average=network.average,
            eta=network.eta,
            step_slope=network.step_slope,
            at_zero=network.at_zero,
            momentum=network.momentum,
        )
        self._neurons, self._signals = network.blocks[-1].neurons.stop, network.blocks[-1].outputs.stop
        self._scratch = np.empty(3 * self._neurons + 2 * self._signals)
        self._network_at, self._scratch_at = ctypes.addressof(self._c), self._scratch.ctypes.data
        self._x_at, self._y_at = self._x.ctypes.data, self._y.ctypes.data
        self.stride = max(_STRIDE // _nanoseconds(network), 1)
        self.spacing = 1 << max(_SPACING // _nanoseconds(network), _LEAST_SPACING).bit_length() - 1

    def folded(self, theta: Array, rows: Rows, point: int = 0, wanted: Wanted = COSTS_ALONE) -> FoldResult:
        """`Fold.folded`."""
        network, rows = self._network, np.ascontiguousarray(rows, np.int64)
        made = FoldResult(theta.copy(), np.empty(len(rows)))
        record = self._record(made, len(rows), point, wanted)
        made.calm_until = self._library.nntui_fold(
            self._network_at,
            made.theta.ctypes.data,
            made.theta[network.sum_part].ctypes.data if network.batched else None,
            made.theta[network.velocity_part].ctypes.data if network.moving else None,
            self._x_at,
            self._y_at,
            rows.ctypes.data,
            len(rows),
            point,
            self._scratch_at,
            ctypes.addressof(record),
        )
        frozen(made.theta)
        return made

    def _record(self, made: FoldResult, count: int, point: int, wanted: Wanted) -> CRecord:
        """Makes room in a result for what is wanted; the C side writes there. The result holds the arrays."""
        record = CRecord(costs=made.costs.ctypes.data)
        if wanted.numbers:
            made.z, made.a, made.delta = (np.empty((count, size)) for size in (self._neurons, self._signals, self._neurons))
            record.z, record.a, record.delta = made.z.ctypes.data, made.a.ctypes.data, made.delta.ctypes.data
        if wanted.largest:
            made.largest = np.empty((count, len(self._layers)))
            record.largest = made.largest.ctypes.data
        if wanted.weight is not None:
            made.weight = np.empty(count)
            record.weight, record.watched = made.weight.ctypes.data, wanted.weight
        if wanted.outputs_of is not None:
            states = (point + count) // self._points if wanted.at_ends else count
            made.outputs = np.empty((states, len(wanted.outputs_of), self._network.outputs))
            self._seen = np.ascontiguousarray(wanted.outputs_of, np.int64)
            record.outputs, record.seen = made.outputs.ctypes.data, self._seen.ctypes.data
            record.count, record.at_ends = len(self._seen), wanted.at_ends
        return record

    def outputs(self, theta: Array, rows: Rows) -> Array:
        """`Fold.outputs`."""
        theta, rows = np.ascontiguousarray(theta), np.ascontiguousarray(rows, np.int64)
        result = np.empty((len(rows), self._network.outputs))
        self._library.nntui_outputs(
            self._network_at,
            theta.ctypes.data,
            self._x_at,
            rows.ctypes.data,
            len(rows),
            self._scratch_at,
            result.ctypes.data,
        )
        return frozen(result)
