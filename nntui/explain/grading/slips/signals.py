"""Slips of a sign within a sum, of a signal from another layer, and of σ′ written down wrongly."""

from collections.abc import Iterable

from nntui.engine.arithmetic import Array
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slip_values import over_paths


def one_sign_in_z(f: SlipContext) -> Iterable[float]:
    """z with the sign of one product w_kj a_j lost, each in turn."""
    return [f.right - 2.0 * float(term) for term in f.weights(f.k)[1:] * f.signals]


def one_sign_in_delta(f: SlipContext) -> Iterable[float]:
    """(14) with the sign of one path lost, each in turn."""
    return [f.right - 2.0 * float(path) * f.slope for path in f.deltas * f.paths(f.k)]


def _lower_signals(f: SlipContext) -> Iterable[Array]:
    """The signals of the layers further below."""
    return [f.numbers.a(layer).mid for layer in range(f.layer - 1)]


def z_from_wrong_layer(f: SlipContext) -> Iterable[float]:
    """Σ_j w_kj a_j with the signals of a layer further below, where there are as many of them."""
    return [f.summed(f.weights(f.k), signals) for signals in _lower_signals(f) if len(signals) == f.inputs]


def gradient_from_wrong_layer(f: SlipContext) -> Iterable[float]:
    """δ_k a_j with a_j of another layer: x in place of a, or a of the neuron's own layer."""
    own = f.numbers.a(f.layer).mid
    return [f.delta * float(signals[f.j - 1]) for signals in (*_lower_signals(f), own) if f.j <= len(signals)]


def one_minus_a(f: SlipContext) -> Iterable[float]:
    """σ′ taken as 1 − a."""
    yield over_paths(f) * (1.0 - f.a)
