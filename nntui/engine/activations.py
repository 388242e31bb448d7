"""Activation functions σ and their slopes σ′ (the table of lecture section 1, and more): one card for each.

A slope is computed from the numbers on screen, z and a, so that a student can compute it again. Every σ and σ′ is nan
where z is nan: a run that has diverged does not look healed.

To add an activation: write its card here, name it in `EachActivation`, and write its card of words and formulas in
`nntui.explain.equations.cards`; mypy names every table and every field that is still missing.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from math import inf
from typing import Generic, TypeVar

import numpy as np

from nntui.engine.arithmetic import Array, column_sums, exp, exp_minus_one, ordered_sum
from nntui.values import dataclass

LEAK = 0.01
_ZERO, _ONE = np.array(0.0), np.array(1.0)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """The mathematics of one σ. `value(z)` and `slope(z, a)` take and give arrays of shape (n_l,).

    name: as in a scenario file.
    columns: σ of every column of z, shape (units, points), for a σ that does not act on each neuron alone; else None.
    range: the least and the greatest a; infinite where there is none. Of a σ that steps, a below and above the jump.
    corners: every z at which σ is continuous and σ′ jumps.
    steps: σ itself jumps at z = 0 and is constant elsewhere; its σ′ is no derivative but the `step_slope` of the
    scenario, and at ±0 it takes the side that `at_zero` says: `value` the upper one.
    curved: σ′ changes between the corners.
    saturates: σ flattens out towards one end or both: σ′ goes to 0.
    dead_below: σ and σ′ are 0 for every z at or below it; None where there is no such z.
    slope_from_a: σ′ is computed from a, not from z.
    """

    name: str
    value: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]
    columns: Callable[[Array], Array] | None
    range: tuple[float, float]
    corners: tuple[float, ...]
    steps: bool
    curved: bool
    saturates: bool
    dead_below: float | None
    slope_from_a: bool

    @property
    def each(self) -> bool:
        """Whether σ acts on each neuron alone, so that z of any length will do."""
        return self.columns is None

    def value_of_columns(self, z: Array) -> Array:
        """σ of every column of z (units, points), to the bits that `value` gives for that column."""
        return self.value(z.ravel()).reshape(z.shape) if self.columns is None else self.columns(z)


@dataclass(frozen=True, slots=True, kw_only=True)
class EachActivation(Generic[T]):
    """One value for each activation. A table built from it that lacks an activation fails in mypy."""

    step: T
    sign: T
    sigmoid: T
    tanh: T
    relu: T
    leaky_relu: T
    identity: T
    softmax: T

    def by_name(self) -> dict[str, T]:
        """The values by the names of the activations, in the order above."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


# --- σ and σ′


def sigmoid(z: Array) -> Array:
    """1/(1 + e) for z ≥ 0 and e/(1 + e) below, with e = exp(−|z|): nothing overflows."""
    e = np.abs(z)
    e = exp(np.negative(e, e))
    below = e + _ONE
    np.copyto(e, _ONE, where=z >= _ZERO)
    e /= below
    return e


def tanh(z: Array) -> Array:
    """±(−t)/(2 + t) with t = exp(−2|z|) − 1: keeps its digits near 0."""
    t = exp_minus_one(-2.0 * np.abs(z))
    return np.copysign(-t / (2.0 + t), z)


def relu(z: Array) -> Array:
    """z for z > 0, else 0."""
    return np.where(z <= 0.0, 0.0, z)


def leaky_relu(z: Array) -> Array:
    """z for z > 0, else 0.01 z."""
    return np.where(z <= 0.0, LEAK * z, z)


def step(z: Array) -> Array:
    """1 for z ≥ 0, else 0, as printed."""
    return np.where(z >= 0.0, 1.0, np.where(z < 0.0, 0.0, z))


def sign(z: Array) -> Array:
    """1 for z ≥ 0, else −1."""
    return np.where(z >= 0.0, 1.0, np.where(z < 0.0, -1.0, z))


def identity(z: Array) -> Array:
    """z as it is."""
    return z.copy()


def softmax(z: Array) -> Array:
    """e_k / (e_1 + e_2 + …) with e_j = exp(z_j − max z). The one σ here that does not act on each neuron alone."""
    e = exp(z - np.maximum.reduce(z))
    return e / ordered_sum(e)


def softmax_columns(z: Array) -> Array:
    """`softmax` of every column of z (units, points), to the same bits."""
    e = exp((z - np.maximum.reduce(z)).ravel()).reshape(z.shape)
    return e / column_sums(e, np.ones(len(e)))


def _constant_slope(value: float, z: Array, a: Array) -> Array:
    return np.where(z == z, value, z)


def _lower_at_zero(sigma: Activation, z: Array) -> Array:
    return np.where(z == 0.0, sigma.range[0], sigma.value(z))


def _no_slope(z: Array, a: Array) -> Array:
    raise ValueError("softmax has no slope of one neuron alone; with cross-entropy its δ is a − y")


# --- the cards

STEP = Activation(
    name="step",
    value=step,
    slope=partial(_constant_slope, 0.0),
    columns=None,
    range=(0.0, 1.0),
    corners=(),
    steps=True,
    curved=False,
    saturates=False,
    dead_below=None,
    slope_from_a=False,
)
SIGN = Activation(
    name="sign",
    value=sign,
    slope=partial(_constant_slope, 0.0),
    columns=None,
    range=(-1.0, 1.0),
    corners=(),
    steps=True,
    curved=False,
    saturates=False,
    dead_below=None,
    slope_from_a=False,
)
SIGMOID = Activation(
    name="sigmoid",
    value=sigmoid,
    slope=lambda z, a: a * (_ONE - a),
    columns=None,
    range=(0.0, 1.0),
    corners=(),
    steps=False,
    curved=True,
    saturates=True,
    dead_below=None,
    slope_from_a=True,
)
TANH = Activation(
    name="tanh",
    value=tanh,
    slope=lambda z, a: _ONE - a * a,
    columns=None,
    range=(-1.0, 1.0),
    corners=(),
    steps=False,
    curved=True,
    saturates=True,
    dead_below=None,
    slope_from_a=True,
)
RELU = Activation(
    name="relu",
    value=relu,
    slope=lambda z, a: np.where(z > 0.0, 1.0, np.where(z <= 0.0, 0.0, z)),
    columns=None,
    range=(0.0, inf),
    corners=(0.0,),
    steps=False,
    curved=False,
    saturates=False,
    dead_below=0.0,
    slope_from_a=False,
)
LEAKY_RELU = Activation(
    name="leaky_relu",
    value=leaky_relu,
    slope=lambda z, a: np.where(z > 0.0, 1.0, np.where(z <= 0.0, LEAK, z)),
    columns=None,
    range=(-inf, inf),
    corners=(0.0,),
    steps=False,
    curved=False,
    saturates=False,
    dead_below=None,
    slope_from_a=False,
)
IDENTITY = Activation(
    name="identity",
    value=identity,
    slope=partial(_constant_slope, 1.0),
    columns=None,
    range=(-inf, inf),
    corners=(),
    steps=False,
    curved=False,
    saturates=False,
    dead_below=None,
    slope_from_a=False,
)
SOFTMAX = Activation(
    name="softmax",
    value=softmax,
    slope=_no_slope,
    columns=softmax_columns,
    range=(0.0, 1.0),
    corners=(),
    steps=False,
    curved=False,
    saturates=False,
    dead_below=None,
    slope_from_a=False,
)

ACTIVATIONS: dict[str, Activation] = EachActivation(
    step=STEP,
    sign=SIGN,
    sigmoid=SIGMOID,
    tanh=TANH,
    relu=RELU,
    leaky_relu=LEAKY_RELU,
    identity=IDENTITY,
    softmax=SOFTMAX,
).by_name()
"""Every activation by its name. `nntui.explain.equations.cards.register.register` adds one from outside."""


def activation(name: str, step_slope: float = 0.0, at_zero: float = 1.0) -> Activation:
    """The activation called `name` with the settings of a network, which act on a σ that steps.

    step_slope: its σ′ (0 in the lecture); at_zero: at z = ±0 it takes the upper value (1, as in the lecture) or the lower (0).
    """
    card = ACTIVATIONS[name]
    if not card.steps:
        return card
    value = card.value if at_zero else partial(_lower_at_zero, card)
    return replace(card, value=value, slope=partial(_constant_slope, step_slope))
