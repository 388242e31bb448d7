"""The numbers that come out with a slip in ∂C/∂w or in a new weight."""

from collections.abc import Iterable

from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slips.sums import lower_signals
from nntui.explain.grading.update_parts import applied_gradient, new_weight, step_of, summed_gradient
from nntui.training.frame import only


def senders_beside(f: SlipContext) -> Iterable[float]:
    """δ_k a_{j±1}."""
    return [f.delta * float(f.signals[j - 1]) for j in (f.j - 1, f.j + 1) if 1 <= j <= f.inputs]


def deltas_beside(f: SlipContext) -> Iterable[float]:
    """δ_{k±1} a_j."""
    delta = f.numbers.delta(f.layer).mid
    return [float(delta[k - 1]) * f.sent for k in f.neighbours]


def gradient_from_wrong_layer(f: SlipContext) -> Iterable[float]:
    """δ_k a_j with a_j of another layer: x in place of a, or a of the neuron's own layer."""
    own = f.numbers.a(f.layer).mid
    return [f.delta * float(signals[f.j - 1]) for signals in (*lower_signals(f), own) if f.j <= len(signals)]


def eta_twice(f: SlipContext) -> Iterable[float]:
    """w − η² ∂C/∂w."""
    yield new_weight(f, f.network.eta * applied_gradient(f))


def at_once(f: SlipContext) -> Iterable[float]:
    """w − η ∂C/∂w of this data point, or of those so far, though their batch is not complete."""
    return [new_weight(f, g) for g in (f.gradient, summed_gradient(f))]


def last_alone(f: SlipContext) -> Iterable[float]:
    """w − η ∂C/∂w of the last data point of a batch."""
    size = f.numbers.batch_place.size if f.network.average else 1
    return [new_weight(f, f.gradient / divisor) for divisor in {1, size}]


def divided_wrongly(f: SlipContext) -> Iterable[float]:
    """G for the mean, or the mean for G; of a shorter batch, divided by the size of a whole batch."""
    size, whole = f.numbers.batch_place.size, f.network.batch
    divisors = {1, whole} - {size} if f.network.average else {size, whole}
    return [new_weight(f, summed_gradient(f) / divisor) for divisor in divisors]


def new_from_beside(f: SlipContext) -> Iterable[float]:
    """w_{k,j±1} or w_{k±1,j}, less the right step."""
    row = f.weights(f.k)
    beside = [float(row[j]) for j in (f.j - 1, f.j + 1) if f.j and 1 <= j <= f.inputs]
    return [w - step_of(f) for w in (*beside, *(float(f.weights(k)[f.j]) for k in f.neighbours))]


def new_from_earlier(f: SlipContext) -> Iterable[float]:
    """The weight that the data point before began with, less the right step."""
    earlier = f.numbers.earlier(f.layer, only(f.k))
    if earlier is not None:
        yield float(earlier.mid[f.j, 0]) - step_of(f)


def deltas_of_other_layers(f: SlipContext) -> Iterable[float]:
    """δ_k of each other layer, times a_j."""
    layers = [layer for layer in range(1, len(f.network.layers) + 1) if layer != f.layer and f.k <= f.network.sizes[layer]]
    return [float(f.numbers.delta(layer).mid[f.k - 1]) * f.sent for layer in layers]


def new_from_delta(f: SlipContext) -> Iterable[float]:
    """w − η δ_k."""
    yield new_weight(f, f.delta)
