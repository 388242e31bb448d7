"""The cost C of one data point, and the δ with which it enters the network: one card for each cost.

The lecture never names C. These are the ones that nntui offers. For a σ that acts on each neuron alone, (12) gives

    δ_k^N = ∂C/∂a_k · σ′(z_k^N)

and where cross-entropy meets sigmoid or softmax, σ′ cancels against ∂C/∂a and δ_k^N = a_k − y_k (`Cost.cancels_slope`).
There C is computed from z, where it keeps its digits, and nothing is divided by a (1 − a).
"""

from collections.abc import Callable
from dataclasses import fields
from math import inf
from typing import Generic, TypeVar

import numpy as np

from nntui.engine.activations import Activation
from nntui.engine.arithmetic import Array, exp, log, log1p, ordered_sum
from nntui.values import dataclass

SUM_TOLERANCE = 1e-9  # how far the targets of a data point may be from adding up to `target_sum`

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The mathematics of one C, for the outputs it is made for; z, a, y of the output layer, shape (n_N,).

    C is a sum over the outputs, each with its part; a part is convex in a and in y.

    name: as in a scenario file. Costs of one name differ in the σ of their outputs.
    outputs: the σ that the outputs may have; empty: any that acts on each neuron alone.
    value: C(z, a, y), as the engine computes it.
    parts: what each output adds to C as a function of a and y, shape (n_N,); may be infinite.
    slope: ∂C/∂a_k as a function of a and y, shape (n_N,).
    cancels_slope: ∂C/∂a_k · σ′ is a_k − y_k, and C is computed from z.
    square_factor: f where C = f Σ (a − y)²; None where C is no sum of squares.
    targets: the least and the greatest y that it takes.
    target_sum: what the y of a data point must add up to; None where nothing is asked.
    """

    name: str
    outputs: tuple[str, ...]
    value: Callable[[Array, Array, Array], float]
    parts: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array], Array]
    cancels_slope: bool
    square_factor: float | None
    targets: tuple[float, float]
    target_sum: float | None

    def takes(self, sigma: Activation) -> bool:
        """Whether outputs with this σ have a known δ."""
        return sigma.name in self.outputs if self.outputs else sigma.each

    def delta(self, sigma: Activation, z: Array, a: Array, y: Array) -> Array:
        """δ^N = ∂C/∂a · σ′(z^N), or a − y where the slope cancels; shape (n_N,)."""
        return a - y if self.cancels_slope else self.slope(a, y) * sigma.slope(z, a)


@dataclass(frozen=True, slots=True, kw_only=True)
class EachCost(Generic[T]):
    """One value for each name of a cost. A table built from it that lacks a cost fails in mypy."""

    half_squared_error: T
    squared_error: T
    cross_entropy: T

    def by_name(self) -> dict[str, T]:
        """The values by the names of the costs, in the order above."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


# --- C and ∂C/∂a


def _half_square(z: Array, a: Array, y: Array) -> float:
    d = a - y
    return 0.5 * ordered_sum(d * d)


def _square(z: Array, a: Array, y: Array) -> float:
    d = a - y
    return ordered_sum(d * d)


def _logistic(z: Array, a: Array, y: Array) -> float:
    """Σ_k max(z, 0) − z y + ln(1 + e^(−|z|))."""
    return ordered_sum((np.maximum(z, 0.0) - z * y) + log1p(exp(-np.abs(z))))


def _categorical(z: Array, a: Array, y: Array) -> float:
    """Σ_k y_k (m + ln Σ_j e^(z_j − m) − z_k) with m = max z, over the outputs with a target."""
    highest = np.maximum.reduce(z)
    log_sum = highest + log(np.array([ordered_sum(exp(z - highest))]))
    wanted = y != 0.0
    return ordered_sum(y[wanted] * (log_sum - z[wanted]))


def _minus_log(weight: Array, share: Array) -> Array:
    """−weight · ln share; 0 where the weight is 0."""
    return np.where(weight == 0.0, 0.0, -weight * log(share))


# --- the cards

HALF_SQUARED_ERROR = Cost(
    name="half_squared_error",
    outputs=(),
    value=_half_square,
    parts=lambda a, y: 0.5 * (a - y) * (a - y),
    slope=lambda a, y: a - y,
    cancels_slope=False,
    square_factor=0.5,
    targets=(-inf, inf),
    target_sum=None,
)
SQUARED_ERROR = Cost(
    name="squared_error",
    outputs=(),
    value=_square,
    parts=lambda a, y: (a - y) * (a - y),
    slope=lambda a, y: 2.0 * (a - y),
    cancels_slope=False,
    square_factor=1.0,
    targets=(-inf, inf),
    target_sum=None,
)
LOGISTIC_CROSS_ENTROPY = Cost(
    name="cross_entropy",
    outputs=("sigmoid",),
    value=_logistic,
    parts=lambda a, y: _minus_log(y, a) + _minus_log(1.0 - y, 1.0 - a),
    slope=lambda a, y: (a - y) / (a * (1.0 - a)),
    cancels_slope=True,
    square_factor=None,
    targets=(0.0, 1.0),
    target_sum=None,
)
CATEGORICAL_CROSS_ENTROPY = Cost(
    name="cross_entropy",
    outputs=("softmax",),
    value=_categorical,
    parts=lambda a, y: _minus_log(y, a),
    slope=lambda a, y: -y / a,
    cancels_slope=True,
    square_factor=None,
    targets=(0.0, 1.0),
    target_sum=1.0,
)

COSTS: dict[str, tuple[Cost, ...]] = EachCost(
    half_squared_error=(HALF_SQUARED_ERROR,),
    squared_error=(SQUARED_ERROR,),
    cross_entropy=(LOGISTIC_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY),
).by_name()
"""The costs of each name. `nntui.explain.equations.cards.register.register` adds one from outside."""


# --- which cost goes with which outputs and targets


def cost_of(name: str, sigma: Activation) -> Cost | None:
    """The cost called `name` for outputs with this σ; None where their δ is not known. Raises KeyError for another name."""
    return next((cost for cost in COSTS[name] if cost.takes(sigma)), None)


def output_names(name: str) -> tuple[str, ...]:
    """The σ that outputs may have with a cost; empty: any that acts on each neuron alone."""
    return tuple(sigma for cost in COSTS[name] for sigma in cost.outputs)


def target_outside(cost: Cost, y: Array) -> tuple[int, float] | None:
    """The first row of y (points, n_N), from 0, with a target that the cost does not take, and that target."""
    least, greatest = cost.targets
    outside = ~((y >= least) & (y <= greatest))
    if not outside.any():
        return None
    row, column = (int(at[0]) for at in np.nonzero(outside))
    return row, float(y[row, column])


def sum_off(cost: Cost, y: Array) -> tuple[int, float] | None:
    """The first row of y (points, n_N), from 0, whose targets do not add up to `target_sum`, and their sum."""
    if cost.target_sum is None:
        return None
    sums = np.add.accumulate(y, axis=1)[:, -1]
    off = np.flatnonzero(~(np.abs(sums - cost.target_sum) <= SUM_TOLERANCE))
    return (int(off[0]), float(sums[off[0]])) if off.size else None
