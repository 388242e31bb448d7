"""Many data points, one after the other: what of them is kept, and the fold as NumPy makes it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.batch_place import batch_place_of
from nntui.engine.iteration import Iteration, iterate, outputs
from nntui.engine.network import Network
from nntui.values import dataclass

Rows = NDArray[np.intp]
"""Data rows, from 0."""

_STRIDE = 64  # data points that NumPy makes in a few milliseconds, fewer of wide networks
_STRIDE_WORK = 1 << 21  # weights touched at a time
_SPACING = 64


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What of each data point a fold keeps, besides C: see `FoldResult`. weight: which one, by its place in theta."""

    numbers: bool = False
    largest: bool = False
    weight: int | None = None
    outputs_of: Rows | None = None
    at_ends: bool = False

    def size(self, network: Network, points: int) -> int:
        """About how many numbers are kept of each data point of a network with `points` data rows."""
        whole = 3 * network.neurons + network.inputs if self.numbers else 0
        seen = 0 if self.outputs_of is None else len(self.outputs_of) * network.outputs
        return 1 + whole + (seen // points if self.at_ends else seen)


COSTS_ALONE = Wanted()


@dataclass(slots=True, eq=False)
class FoldResult:
    """What some data points made. theta: the state after the last of them; costs: C of each, shape (n,).

    z (n, Σ n_l), a (n, Σ (1 + n_l)), delta (n, Σ n_l): laid out as in `Iteration`. largest (n, N): of each layer the
    largest |w_kj| that the data point leaves, biases included. weight (n,): one weight after each data point. outputs
    (states, rows, n_N): a^N of some data rows with the weights after each data point, or (`at_ends`) after the last of
    each epoch. None where they were not wanted. calm_until: the first data point that may have made inf or nan, n where
    none did. A nan may have any pattern (law 4 of `arithmetic`).
    """

    theta: Array
    costs: Array
    z: Array | None = None
    a: Array | None = None
    delta: Array | None = None
    largest: Array | None = None
    weight: Array | None = None
    outputs: Array | None = None
    calm_until: int = 0


class Fold(Protocol):
    """Goes through data points of one network and its data."""

    @property
    def stride(self) -> int:
        """Data points that take a few milliseconds, one at least."""

    @property
    def spacing(self) -> int:
        """Data points that are made again without a thought: as far apart keyframes may lie."""

    def folded(self, theta: Array, rows: Rows, point: int = 0, wanted: Wanted = COSTS_ALONE) -> FoldResult:
        """Goes through the data rows `rows`, one at least; `point` is the place in its epoch of the first of them.

        theta: the state before it, as `Iteration.before`.
        """

    def outputs(self, theta: Array, rows: Rows) -> Array:
        """a^N of some data rows with the same weights: (rows, n_N)."""


class NumpyFold:
    """The fold by `iterate`, which every other is held against. x (rows, n_0), y (rows, n_N).

    points: data points of an epoch, where they are not all rows.
    """

    spacing = _SPACING

    def __init__(self, network: Network, x: Array, y: Array, points: int | None = None) -> None:
        self._network, self._x, self._y = network, x, y
        self._points = len(x) if points is None else points
        self.stride = max(1, min(_STRIDE, _STRIDE_WORK // network.parameters))

    def folded(self, theta: Array, rows: Rows, point: int = 0, wanted: Wanted = COSTS_ALONE) -> FoldResult:
        """`Fold.folded`."""
        made: list[Iteration] = []
        points = self._points
        for number, row in enumerate(rows.tolist(), point):
            place = batch_place_of(self._network.batch, number % points, points)
            made.append(iterate(self._network, theta, self._x[row], self._y[row], place))
            theta = made[-1].after
        return result_of(self._network, self._x, made, point, wanted, points)

    def outputs(self, theta: Array, rows: Rows) -> Array:
        """`Fold.outputs`."""
        return outputs(self._network, theta, self._x[rows])


def result_of(
    network: Network, x: Array, made: Sequence[Iteration], point: int, wanted: Wanted = COSTS_ALONE, points: int | None = None
) -> FoldResult:
    """The result of some iterations, at least one; `point` is the place in its epoch (of `points`) of the first of them."""
    count, points = len(made), len(x) if points is None else points
    folded = FoldResult(made[-1].after, np.array([one.cost for one in made]))
    z, a, delta = (np.concatenate(arrays) for arrays in zip(*((one.z, one.a, one.delta) for one in made), strict=True))
    with quiet():
        product = np.maximum.reduce(np.abs(a)) * np.maximum.reduce(np.abs(delta))
    calm = np.isfinite(z).all() and np.isfinite(product) and np.isfinite(folded.costs).all()
    folded.calm_until = count if calm else 0
    if wanted.numbers:
        folded.z, folded.a, folded.delta = (array.reshape(count, -1) for array in (z, a, delta))
    if wanted.largest:
        folded.largest = np.array([_largest_weights(network, one.after) for one in made])
    if wanted.weight is not None:
        folded.weight = np.array([one.after[wanted.weight] for one in made])
    if wanted.outputs_of is not None:
        seen = [one.after for n, one in enumerate(made, point + 1) if not wanted.at_ends or n % points == 0]
        values = [outputs(network, theta, x[wanted.outputs_of]) for theta in seen]
        folded.outputs = np.array(values).reshape(len(seen), len(wanted.outputs_of), network.outputs)
    return folded


def _largest_weights(network: Network, theta: Array) -> list[float]:
    """The largest |w_kj| of each layer, biases included; nan where a weight is nan."""
    return [
        float(np.maximum.reduce(np.abs(block.matrix(theta)[0 if block.biases else 1 :]), axis=None)) for block in network.blocks
    ]
