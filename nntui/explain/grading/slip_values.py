"""The numbers that come out with a slip, and where it can be made: the columns of the table of slips."""

from collections.abc import Callable, Iterable
from math import log

import numpy as np

from nntui.engine.arithmetic import exp, ordered_sum
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.update_parts import applied_gradient, kept_velocity, step_of, summed_gradient
from nntui.training.cell import Cell
from nntui.training.frame import only

MOST_TERMS = 16  # of a sum in which one may have been left out

# --- where a slip can be made

COMMON_LOG = log(10.0)


def always(f: SlipContext) -> bool:
    """Everywhere."""
    return True


def output_difference(f: SlipContext) -> bool:
    """An output whose δ is made of a − y."""
    cost = f.network.cost_function
    return f.top and (cost.cancels_slope or cost.square_factor is not None)


def no_output_difference(f: SlipContext) -> bool:
    """A hidden layer, or an output whose δ is not made of a − y."""
    return not output_difference(f)


def hidden(f: SlipContext) -> bool:
    """A hidden layer."""
    return not f.top


def several(f: SlipContext) -> bool:
    """A layer of more than one neuron."""
    return f.units > 1


def biased(f: SlipContext) -> bool:
    """A layer with biases."""
    return f.biases


def changing(f: SlipContext) -> bool:
    """A weight that (11) may change, and does so at this data point."""
    return f.may_change and f.numbers.batch_place.closes


def sloped(f: SlipContext) -> bool:
    """Whether σ′ has a part in this δ."""
    return not (f.top and f.network.cost_function.cancels_slope)


def smooth(f: SlipContext) -> bool:
    """Whether σ′ is made of a."""
    return sloped(f) and f.card.sigma.slope_from_a


def without_square(f: SlipContext) -> bool:
    """A δ with a σ′ of the form 1 − a²."""
    return sloped(f) and f.card.one_minus_a == "square"


def without_factor(f: SlipContext) -> bool:
    """A δ with a σ′ of the form a (1 − a)."""
    return sloped(f) and f.card.one_minus_a == "factor"


def short_sum(f: SlipContext) -> bool:
    """A sum of a few signals."""
    return f.inputs <= MOST_TERMS


def several_paths(f: SlipContext) -> bool:
    """A δ to which a few paths lead back."""
    return 1 < f.above <= MOST_TERMS


def squares(f: SlipContext) -> bool:
    """A cost of squares."""
    return f.network.cost_function.square_factor is not None


def squares_with(factor: float) -> Callable[[SlipContext], bool]:
    """A cost that is `factor` times the sum of the squares."""
    return lambda f: f.network.cost_function.square_factor == factor


def output_squares_with(factor: float) -> Callable[[SlipContext], bool]:
    """An output with such a cost."""
    return lambda f: f.top and squares_with(factor)(f)


def logarithmic(f: SlipContext) -> bool:
    """A cost with a logarithm."""
    return cost_card(f.network).has_logarithm


def logistic(f: SlipContext) -> bool:
    """A cost with both logarithms, of a and of 1 − a: the cross-entropy of sigmoids."""
    return cost_card(f.network).two_logarithms


def mistakable(f: SlipContext) -> bool:
    """A σ that may be taken for another."""
    return f.card.mistaken_for is not None


def slope_for_sigma(f: SlipContext) -> bool:
    """A σ that acts on each neuron alone. Of sign it is not asked: its σ′, 0 or 1, is what a step gives, the likelier slip."""
    return f.card.sigma.each and f.sigma.name != "sign"


def at_the_jump(f: SlipContext) -> bool:
    """A σ that steps, at its jump: what it is there is a matter of `at_zero`."""
    return f.card.sigma.steps and f.z == 0.0


def other_side(f: SlipContext) -> list[float]:
    """What σ would be at its jump with the other `at_zero`."""
    low, high = f.card.sigma.range
    return [low if f.right == high else high]


def transposable(f: SlipContext) -> bool:
    """Whether the row of w_jk exists that could be taken for w_kj."""
    return f.units >= f.inputs >= f.k and f.inputs > 1


def beside(f: SlipContext) -> Iterable[float]:
    """The same number of the neurons beside."""
    return [f.made(k) for k in f.neighbours]


# --- values of z and a


def with_weights_beside(f: SlipContext) -> Iterable[float]:
    """z with the neighbour's weights and this neuron's bias."""
    bias = f.weights(f.k)[0]
    for k in f.neighbours:
        weights = f.weights(k).copy()
        weights[0] = bias
        yield f.summed(weights, f.signals)


def with_column(f: SlipContext) -> Iterable[float]:
    """Σ_j w_jk a_j for Σ_j w_kj a_j."""
    weights = f.weights(f.k).copy()
    weights[1:] = f.numbers.weights_out(f.layer - 1, only(f.k)).mid[: f.inputs, 0]
    yield f.summed(weights, f.signals)


def one_term_less(f: SlipContext) -> Iterable[float]:
    """z without one of its terms, each in turn."""
    terms = f.weights(f.k)[1:] * f.signals
    return [f.right - float(term) for term in terms]


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


# --- values of C


def misses(f: SlipContext) -> list[float]:
    """a_k − y_k of every output."""
    return [float(d) for d in f.numbers.a(f.layer).mid - f.numbers.y().mid]


def half_of(f: SlipContext) -> float:
    """The factor of a cost of squares: ½ or 1."""
    return f.network.cost_function.square_factor or 1.0


def cost_not_squared(f: SlipContext) -> Iterable[float]:
    """Differences, or their sizes, for squares."""
    d = misses(f)
    return [half_of(f) * total for total in (sum(d), -sum(d), sum(map(abs, d)))]


def cost_of_z(f: SlipContext) -> Iterable[float]:
    """C with z − y."""
    d = f.numbers.z(f.layer).mid - f.numbers.y().mid
    yield half_of(f) * ordered_sum(d * d)


def cost_of_one(f: SlipContext) -> Iterable[float]:
    """The part of each output."""
    return [half_of(f) * d * d for d in misses(f)]


def only_y_log_a(f: SlipContext) -> Iterable[float]:
    """−Σ y ln a."""
    pairs = zip(f.numbers.y().mid.tolist(), f.numbers.a(f.layer).mid.tolist(), strict=True)
    yield sum(-y * log(a) for y, a in pairs if y > 0.0 and 0.0 < a <= 1.0)


# --- values of δ


def miss(f: SlipContext) -> float:
    """∂C/∂a of an output; a − y where σ′ cancels."""
    return miss_of(f, f.a, f.y)


def miss_of(f: SlipContext, a: float, y: float) -> float:
    """The same with other numbers in place of a and y."""
    cost = f.network.cost_function
    return a - y if cost.cancels_slope else float(cost.slope(np.array([a]), np.array([y]))[0])


def over_paths(f: SlipContext) -> float:
    """What σ′ scales: the sum over the paths, or of an output ∂C/∂a."""
    return miss(f) if f.top else ordered_sum(f.deltas * f.paths(f.k))


def slopes_at_a(f: SlipContext) -> Iterable[float]:
    """σ′(a) for σ′(z): of the formula, a is taken through σ once more."""
    yield over_paths(f) * f.sigma.slope(f.a, f.sigma.value(f.a))


def slopes_of_z(f: SlipContext) -> Iterable[float]:
    """z (1 − z), 1 − z²."""
    yield over_paths(f) * f.sigma.slope(f.z, f.z)


def with_new_weights(f: SlipContext) -> Iterable[float]:
    """(14) with w − η ∂C/∂w of the layer above."""
    paths = f.paths(f.k)
    if f.network.update_weights:
        yield ordered_sum(f.deltas * (paths - f.network.eta * (f.deltas * f.a))) * f.slope


def path_by_path(f: SlipContext) -> Iterable[float]:
    """δ_m w_mk σ′, each m in turn."""
    return [float(path) * f.slope for path in f.deltas * f.paths(f.k)]


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
    return [miss_of(f, f.a, float(y[k - 1])) * f.slope for k in f.neighbours]


# --- values of ∂C/∂w and of the new weight


def senders_beside(f: SlipContext) -> Iterable[float]:
    """δ_k a_{j±1}."""
    return [f.delta * float(f.signals[j - 1]) for j in (f.j - 1, f.j + 1) if 1 <= j <= f.inputs]


def deltas_beside(f: SlipContext) -> Iterable[float]:
    """δ_{k±1} a_j."""
    delta = f.numbers.delta(f.layer).mid
    return [float(delta[k - 1]) * f.sent for k in f.neighbours]


def waiting(f: SlipContext) -> bool:
    """A weight that (11) will change when the batch is complete."""
    return f.may_change and not f.numbers.batch_place.closes


def completed(f: SlipContext) -> bool:
    """A weight that (11) changes now, for several data points."""
    return changing(f) and f.numbers.batch_place.size > 1


def pushed(f: SlipContext) -> bool:
    """A weight that has a velocity."""
    return changing(f) and kept_velocity(f) != 0.0


def eta_twice(f: SlipContext) -> Iterable[float]:
    """w − η² ∂C/∂w."""
    yield f.before + kept_velocity(f) - f.network.eta * (f.network.eta * applied_gradient(f))


def at_once(f: SlipContext) -> Iterable[float]:
    """w − η ∂C/∂w of this data point, or of those so far, though their batch is not complete."""
    return [f.before + kept_velocity(f) - f.network.eta * g for g in (f.gradient, summed_gradient(f))]


def last_alone(f: SlipContext) -> Iterable[float]:
    """w − η ∂C/∂w of the last data point of a batch."""
    size = f.numbers.batch_place.size if f.network.average else 1
    return [f.before + kept_velocity(f) - f.network.eta * (f.gradient / divisor) for divisor in {1, size}]


def divided_wrongly(f: SlipContext) -> Iterable[float]:
    """G for the mean, or the mean for G; of a shorter batch, divided by the size of a whole batch."""
    size, whole = f.numbers.batch_place.size, f.network.batch
    divisors = {1, whole} - {size} if f.network.average else {size, whole}
    return [f.before + kept_velocity(f) - f.network.eta * (summed_gradient(f) / divisor) for divisor in divisors]


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
