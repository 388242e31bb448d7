"""Which fold goes through many data points: the compiled one where it is there and agrees with NumPy, else NumPy."""

import ctypes
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from nntui.engine import activations
from nntui.engine.arithmetic import NAN, Array, canonical, frozen
from nntui.engine.compiled.compiled_fold import ACTIVATIONS, CompiledFold, supports
from nntui.engine.compiled.library import installed
from nntui.engine.compiled.switch import SWITCH
from nntui.engine.fold import COSTS_ALONE, Fold, FoldResult, NumpyFold, Rows, Wanted
from nntui.engine.network import Layer, Network, starting_state

_RULES: tuple[dict[str, Any], ...] = ({"batch": 2}, {"batch": 2, "average": True, "momentum": 0.9}, {"momentum": 0.5})
_COMPARED = 3  # data points of a network that are made by both before the compiled fold goes on alone


def fold_of(network: Network, x: Array, y: Array, points: int | None = None) -> Fold:
    """What goes through the data points of a network. x (rows, n_0), y (rows, n_N); points: of an epoch, if fewer."""
    by_numpy = NumpyFold(network, x, y, points)
    library = None if SWITCH.pure else installed()
    if library is None or not supports(network):
        return by_numpy
    return ComparedFold(library, CompiledFold(library, network, x, y, points), by_numpy)


class ComparedFold:
    """The compiled fold. The first data points are made by NumPy too; where one bit differs, NumPy makes all that follow."""

    def __init__(self, library: ctypes.CDLL, compiled: CompiledFold, by_numpy: NumpyFold) -> None:
        self._library = library
        self._fold: Fold = compiled
        self._by_numpy = by_numpy
        self._compared = False

    @property
    def stride(self) -> int:
        """`Fold.stride`."""
        return self._fold.stride

    @property
    def spacing(self) -> int:
        """`Fold.spacing`."""
        return self._fold.spacing

    def folded(self, theta: Array, rows: Rows, point: int = 0, wanted: Wanted = COSTS_ALONE) -> FoldResult:
        """`Fold.folded`."""
        if not self._compared:
            self._compare(theta, rows[:_COMPARED], point)
        return self._fold.folded(theta, rows, point, wanted)

    def outputs(self, theta: Array, rows: Rows) -> Array:
        """`Fold.outputs`."""
        if not self._compared:
            self._compare(theta, rows[:_COMPARED], 0)
        return self._fold.outputs(theta, rows)

    def _compare(self, theta: Array, rows: Rows, point: int) -> None:
        self._compared = True
        if not (passes(self._library) and agree(self._fold, self._by_numpy, theta, rows, point)):
            self._fold = self._by_numpy


def agree(one: Fold, other: Fold, theta: Array, rows: Rows, point: int = 0) -> bool:
    """Whether two folds make the same bits of some data points."""
    wanted = Wanted(numbers=True, largest=True, weight=0, outputs_of=rows)
    return _bits(one.folded(theta, rows, point, wanted)) == _bits(other.folded(theta, rows, point, wanted))


def _bits(folded: FoldResult) -> list[bytes]:
    arrays = (folded.theta, folded.costs, folded.z, folded.a, folded.delta, folded.largest, folded.weight, folded.outputs)
    return [canonical(array.ravel()).tobytes() for array in arrays if array is not None]


def usable() -> ctypes.CDLL | None:
    """The compiled object, if it may be used, is there, and makes the bits of NumPy with every activation and cost."""
    if SWITCH.pure:
        return None
    library = installed()
    return library if library is not None and passes(library) else None


def engine_in_use() -> str:
    """What goes through many data points, as `nntui --version --verbose` says it."""
    if usable() is not None:
        return "engine: compiled (fold.c), with the same bits as NumPy"
    if SWITCH.pure:
        return "engine: NumPy (NNTUI_PURE is set)"
    if installed() is not None:
        return "engine: NumPy (the compiled engine gave other bits here and is not used)"
    return "engine: NumPy (no compiled engine is installed; a C compiler makes one at installation)"


@cache
def passes(library: ctypes.CDLL) -> bool:
    """Whether an object makes the bits of NumPy in a few data points of small networks that hold all that it knows."""
    x = np.array([[0.5, -1.25, 3.0], [-0.75, 2.0, 0.1], [40.0, -0.0, 1e-300]])
    y = np.array([[0.0, 1.0], [0.25, 0.75], [1.0, 0.0]])
    return all(
        agree(CompiledFold(library, network, x, y), NumpyFold(network, x, y), _some_weights(network), np.arange(3))
        for network in _all_kinds()
    )


def _all_kinds() -> list[Network]:
    """Networks that hold every activation and every cost that the compiled fold and this engine both know."""
    hidden = [name for name in ACTIVATIONS if name in activations.ACTIVATIONS and name != "softmax"]
    networks = [Network(3, (Layer(7, name), Layer(2, "tanh", biases=False)), "half_squared_error", 0.5, 1.0) for name in hidden]
    networks += [Network(3, (Layer(2, name),), "cross_entropy") for name in ("sigmoid", "softmax")]
    networks += [
        Network(3, (Layer(4, "sign"), Layer(2, "tanh", biases=False)), step_slope=1.0, at_zero=0.0, update_biases=biases, **rule)
        for biases, rule in product((True, False), _RULES)
    ]
    return [*networks, Network(3, (Layer(2, "identity"),), "squared_error", update_biases=False)]


def _some_weights(network: Network) -> Array:
    """Weights of both signs and several sizes, made without chance."""
    theta = np.array([((7 * i) % 23 - 11) / 8 for i in range(network.parameters)])
    for block in network.blocks:
        if not block.biases:
            block.matrix(theta)[0] = NAN
    return starting_state(network, frozen(theta))
