"""Where a slip can be made."""

from collections.abc import Callable

from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.update_parts import kept_velocity

MOST_TERMS = 16  # of a sum in which one may have been left out


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


def several_biases(f: SlipContext) -> bool:
    """A layer of more than one neuron, with biases."""
    return f.biases and f.units > 1


def changing(f: SlipContext) -> bool:
    """A weight that (11) may change, and does so at this data point."""
    return f.may_change and f.numbers.batch_place.closes


def sloped(f: SlipContext) -> bool:
    """Whether σ′ has a part in this δ."""
    return not slope_cancelled(f)


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


def shared(f: SlipContext) -> bool:
    """A cost of the share that one right class has."""
    y = f.numbers.y().mid
    return cost_card(f.network).share_words is not None and float(y.max()) == 1.0 and int((y != 0.0).sum()) == 1


def mistakable(f: SlipContext) -> bool:
    """A σ that may be taken for another."""
    return f.card.mistaken_for is not None


def slope_for_sigma(f: SlipContext) -> bool:
    """A σ that acts on each neuron alone. Of sign it is not asked: its σ′, 0 or 1, is what a step gives, the likelier slip."""
    return f.card.sigma.each and f.sigma.name != "sign"


def at_the_jump(f: SlipContext) -> bool:
    """A σ that steps, at its jump: what it is there is a matter of `at_zero`."""
    return f.card.sigma.steps and f.z == 0.0


def transposable(f: SlipContext) -> bool:
    """Whether the row of w_jk exists that could be taken for w_kj."""
    return f.units >= f.inputs >= f.k and f.inputs > 1


def waiting(f: SlipContext) -> bool:
    """A weight that (11) will change when the batch is complete."""
    return f.may_change and not f.numbers.batch_place.closes


def completed(f: SlipContext) -> bool:
    """A weight that (11) changes now, for several data points."""
    return changing(f) and f.numbers.batch_place.size > 1


def pushed(f: SlipContext) -> bool:
    """A weight that has a velocity."""
    return changing(f) and kept_velocity(f) != 0.0


def several_signals(f: SlipContext) -> bool:
    """A sum of more than one and not too many signals."""
    return 1 < f.inputs <= MOST_TERMS


def plain_activation(f: SlipContext) -> bool:
    """A σ of each neuron alone whose formula has no e^(−z)."""
    return f.card.sigma.each and not f.card.has_minus_z


def slope_cancelled(f: SlipContext) -> bool:
    """An output whose δ is a − y, as σ′ cancels."""
    return f.top and f.network.cost_function.cancels_slope


def slope_in_output(f: SlipContext) -> bool:
    """An output whose δ is more than a − y."""
    return f.top and not f.network.cost_function.cancels_slope


def under_outputs(f: SlipContext) -> bool:
    """The layer right below outputs whose δ is more than a − y."""
    return f.layer == len(f.network.layers) - 1 and not f.network.cost_function.cancels_slope


def changing_alone(f: SlipContext) -> bool:
    """A weight, no bias, that (11) changes with the gradient of this data point."""
    return f.j > 0 and changing(f) and f.numbers.batch_place.size == 1
