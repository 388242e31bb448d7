"""The numbers that come out with a slip in z or a."""

from collections.abc import Iterable

import numpy as np

from nntui.engine.arithmetic import Array, exp
from nntui.explain.grading.slip_context import SlipContext
from nntui.training.frame import only


def with_weights_beside(f: SlipContext) -> Iterable[float]:
    """z with the neighbour's weights and this neuron's bias."""
    bias = f.weights(f.k)[0]
    for k in f.neighbours:
        weights = f.weights(k).copy()
        weights[0] = bias
        yield f.summed(weights, f.signals)


def with_bias_beside(f: SlipContext) -> Iterable[float]:
    """z with this neuron's weights and the neighbour's bias."""
    own = float(f.weights(f.k)[0])
    return [f.right - own + float(f.weights(k)[0]) for k in f.neighbours]


def with_column(f: SlipContext) -> Iterable[float]:
    """Σ_j w_jk a_j for Σ_j w_kj a_j."""
    weights = f.weights(f.k).copy()
    weights[1:] = f.numbers.weights_out(f.layer - 1, only(f.k)).mid[: f.inputs, 0]
    yield f.summed(weights, f.signals)


def one_term_less(f: SlipContext) -> Iterable[float]:
    """z without one of its terms, each in turn."""
    terms = f.weights(f.k)[1:] * f.signals
    return [f.right - float(term) for term in terms]


def one_sign_in_z(f: SlipContext) -> Iterable[float]:
    """z with the sign of one product w_kj a_j lost, each in turn."""
    return [f.right - 2.0 * float(term) for term in f.weights(f.k)[1:] * f.signals]


def lower_signals(f: SlipContext) -> Iterable[Array]:
    """The signals of the layers further below."""
    return [f.numbers.a(layer).mid for layer in range(f.layer - 1)]


def z_from_wrong_layer(f: SlipContext) -> Iterable[float]:
    """Σ_j w_kj a_j with the signals of a layer further below, where there are as many of them."""
    return [f.summed(f.weights(f.k), signals) for signals in lower_signals(f) if len(signals) == f.inputs]


def earlier_sum(f: SlipContext) -> Iterable[float]:
    """z with the weights that the data point before began with."""
    earlier = f.numbers.earlier(f.layer, only(f.k))
    if earlier is not None:
        yield f.summed(earlier.mid[:, 0], f.signals)


def z_of_below(f: SlipContext) -> Iterable[float]:
    """Σ_j w_kj z_j."""
    yield f.summed(f.weights(f.k), f.numbers.z(f.layer - 1).mid)


def not_divided(f: SlipContext) -> Iterable[float]:
    """e^z, and e^(z − max z)."""
    highest = float(f.numbers.z(f.layer).mid.max())
    return list(exp(np.array([f.z, f.z - highest])).tolist())


def other_side(f: SlipContext) -> list[float]:
    """What σ would be at its jump with the other `at_zero`."""
    low, high = f.card.sigma.range
    return [low if f.right == high else high]


def signals_exchanged(f: SlipContext) -> Iterable[float]:
    """z with two neighbouring signals exchanged."""
    weights, signals = f.weights(f.k)[1:].tolist(), f.signals.tolist()
    for j in range(len(signals) - 1):
        yield f.right + (weights[j] - weights[j + 1]) * (signals[j + 1] - signals[j])
