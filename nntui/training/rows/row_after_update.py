"""A row once more with the weights after its update: what became of its C, and what the update promised.

Of the data point that was asked for last the results are kept: every paint of its last update asks for them.
"""

from functools import lru_cache

import numpy as np

from nntui.engine.arithmetic import Array, frozen, ordered_sum, quiet
from nntui.engine.iteration import Iteration, forward, gradient
from nntui.engine.network import Network
from nntui.training.frame import Frame
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class RowAfterUpdate:
    """C of one row before and after its update.

    promised: Σ ∂C/∂w Δw over all weights, the change of C to first order; with (11) alone −η Σ (∂C/∂w)² over the weights
    that training may change. size: |C| and the largest |z| of the outputs, of which C has its rounding. by_rule: (11) has a
    batch or momentum. stepped: a `step_slope` takes the place of σ′, so ∂C/∂w is no slope of C.
    cornered: a z lies on a corner of its σ, where C has no slope.
    """

    before: float
    after: float
    promised: float
    size: float
    by_rule: bool
    stepped: bool
    cornered: bool


def moves(frame: Frame) -> bool:
    """Whether any weight is another one after the data point."""
    return _moves(frame.scenario.network, frame.iteration)


@lru_cache(maxsize=1)
def _moves(network: Network, made: Iteration) -> bool:
    theta = slice(network.parameters)
    return not np.array_equal(made.before[theta], made.after[theta], equal_nan=True)


def changes(frame: Frame) -> tuple[Array, Array]:
    """∂C/∂w and Δw of every weight and bias that there is, laid out as theta without the places of missing biases."""
    return _changes(frame.scenario.network, frame.iteration)


def _changes(network: Network, made: Iteration) -> tuple[Array, Array]:
    with quiet():
        g = gradient(network, made.a, made.delta)
        moved = made.after[: network.parameters] - made.before[: network.parameters]
    there = np.ones(network.parameters, dtype=np.bool_)
    for block in network.blocks:
        if not block.biases:
            there[block.weights.start : block.weights.start + block.units] = False
    return g[there], moved[there]


def forward_after(frame: Frame) -> tuple[Array, float]:
    """a^N, shape (n_N,), and C of the row of a frame with the weights after its update: one more forward sweep."""
    return _forward_after(frame.scenario.network, frame.iteration)


@lru_cache(maxsize=1)
def _forward_after(network: Network, made: Iteration) -> tuple[Array, float]:
    top = network.blocks[-1]
    with quiet():
        z, a = forward(network, made.after[: network.parameters], made.x)
        return frozen(a[top.outputs]), network.cost_function.value(z[top.neurons], a[top.outputs], made.y)


def after_update(frame: Frame) -> RowAfterUpdate:
    """C of the row of a frame with the weights after its update, and what the update promised."""
    return _after_update(frame.scenario.network, frame.iteration)


@lru_cache(maxsize=1)
def _after_update(network: Network, made: Iteration) -> RowAfterUpdate:
    top = network.blocks[-1]
    g, moved = _changes(network, made)
    after = _forward_after(network, made)[1]
    with quiet():
        promised = ordered_sum(g * moved)
        size = abs(made.cost) + float(np.abs(made.z[top.neurons]).max())
    sigmas = [(block.sigma, made.z[block.neurons]) for block in network.blocks]
    return RowAfterUpdate(
        made.cost,
        after,
        promised,
        size,
        by_rule=network.extended,
        stepped=network.step_slope != 0.0 and any(sigma.steps for sigma, _ in sigmas),
        cornered=any(bool((z_l == corner).any()) for sigma, z_l in sigmas for corner in sigma.corners),
    )
