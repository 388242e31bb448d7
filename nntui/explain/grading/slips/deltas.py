"""The numbers that come out with a slip in δ."""

from collections.abc import Iterable

import numpy as np

from nntui.engine.arithmetic import ordered_sum
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slips.guards import sloped
from nntui.training.cell import Cell
from nntui.training.frame import only


def cost_slope(f: SlipContext, a: float, y: float) -> float:
    """∂C/∂a of an output with these numbers as its a and y; a − y where σ′ cancels."""
    cost = f.network.cost_function
    return a - y if cost.cancels_slope else float(cost.slope(np.array([a]), np.array([y]))[0])


def over_paths(f: SlipContext) -> float:
    """What σ′ scales: the sum over the paths, or of an output ∂C/∂a."""
    return cost_slope(f, f.a, f.y) if f.top else ordered_sum(f.deltas * f.paths(f.k))


def slopes_at_a(f: SlipContext) -> Iterable[float]:
    """σ′(a) for σ′(z): of the formula, a is taken through σ once more."""
    yield over_paths(f) * f.sigma.slope(f.a, f.sigma.value(f.a))


def slopes_of_z(f: SlipContext) -> Iterable[float]:
    """z (1 − z), 1 − z²."""
    yield over_paths(f) * f.sigma.slope(f.z, f.z)


def one_minus_a(f: SlipContext) -> Iterable[float]:
    """σ′ taken as 1 − a."""
    yield over_paths(f) * (1.0 - f.a)


def with_new_weights(f: SlipContext) -> Iterable[float]:
    """(14) with w − η ∂C/∂w of the layer above."""
    paths = f.paths(f.k)
    if f.network.update_weights:
        yield ordered_sum(f.deltas * (paths - f.network.eta * (f.deltas * f.a))) * f.slope


def path_by_path(f: SlipContext) -> Iterable[float]:
    """δ_m w_mk σ′, each m in turn."""
    return [float(path) * f.slope for path in f.deltas * f.paths(f.k)]


def one_sign_in_delta(f: SlipContext) -> Iterable[float]:
    """(14) with the sign of one path lost, each in turn."""
    return [f.right - 2.0 * float(path) * f.slope for path in f.deltas * f.paths(f.k)]


def with_row(f: SlipContext) -> Iterable[float]:
    """w_km for w_mk."""
    row = f.numbers.weights(f.layer + 1, only(f.k)).mid[1 : f.above + 1, 0]
    yield ordered_sum(f.deltas * row) * f.slope


def slope_above(f: SlipContext) -> Iterable[float]:
    """Each path scaled by the slope at its upper end, σ′(z_m), not at its lower."""
    made = SlipContext(f.numbers, Cell("delta", f.layer + 1, 1))
    if sloped(made):
        z, a = f.numbers.z(f.layer + 1).mid, f.numbers.a(f.layer + 1).mid
        slopes = f.network.blocks[f.layer].sigma.slope(z, a)
        yield ordered_sum(f.deltas * f.paths(f.k) * slopes)
        yield ordered_sum(f.deltas * f.paths(f.k) * slopes) * f.slope


def of_neighbours_target(f: SlipContext) -> Iterable[float]:
    """a_k − y_m for a_k − y_k."""
    y = f.numbers.y().mid
    return [cost_slope(f, f.a, float(y[k - 1])) * f.slope for k in f.neighbours]


def with_sum(f: SlipContext) -> Iterable[float]:
    """a + y for a − y."""
    yield cost_slope(f, f.a, -f.y) * f.slope


def differences_for_deltas(f: SlipContext) -> Iterable[float]:
    """(14) with a_m − y_m of the outputs in place of their δ_m."""
    differences = f.numbers.a(f.layer + 1).mid - f.numbers.y().mid
    yield ordered_sum(differences * f.paths(f.k)) * f.slope
