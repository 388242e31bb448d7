"""The slips that nntui knows, a row each. The table is closed: what is not here is not recognised."""

from collections.abc import Callable, Iterable

from nntui.engine.arithmetic import ordered_sum
from nntui.explain.grading import slip_values as v
from nntui.explain.grading.slip_context import Answerable, SlipContext
from nntui.explain.grading.slips import copying, signals
from nntui.explain.grading.update_parts import applied_gradient, kept_velocity, step_of
from nntui.values import dataclass

Values = Callable[[SlipContext], Iterable[float]]
Guard = Callable[[SlipContext], bool]


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: `name` for a table, `words` for what comes out "without the bias"; who has it, and what it gives."""

    name: str
    words: str
    holds: Guard
    values: Values

    @property
    def sentence(self) -> str:
        """The slip in a sentence."""
        return f"This is what comes out {self.words}."


# --- the table

_BESIDE = Slip("the number beside", "for the neuron beside this one", v.several, v.beside)
_SIGN = Slip("sign", "with the wrong sign", v.always, lambda f: [-f.right])
_POINT = Slip("decimal point", "with the decimal point one place off", v.always, lambda f: [0.1 * f.right, 10.0 * f.right])

COPYING = "copying error"
_COPIED = "with two digits exchanged, or a digit lost, in copying it"


def _miscopied(operands: Values) -> tuple[Slip, Slip]:
    """The result copied wrongly, and one of the numbers that it is made from."""
    return (
        Slip(COPYING, _COPIED, v.always, copying.copied_result),
        Slip(COPYING, "with a number copied wrongly into it: digits exchanged, or a digit lost", v.always, operands),
    )


# The likeliest slip of a kind is first: a fit of one further down is the likelier to be chance.
TABLE: dict[Answerable, tuple[Slip, ...]] = {
    "z": (
        Slip("no bias", "without the bias", v.biased, lambda f: [f.right - float(f.weights(f.k)[0])]),
        Slip("bias subtracted", "with the bias subtracted", v.biased, lambda f: [f.right - 2 * float(f.weights(f.k)[0])]),
        Slip(
            "a for z", "when σ is taken already: it is a, not z", lambda f: f.card.sigma.each, lambda f: [f.sigma.value(f.right)]
        ),
        Slip("z for a", "with z of the layer below in place of a", lambda f: f.layer > 1, v.z_of_below),
        Slip("weights transposed", "with the weights transposed, w_jk in place of w_kj", v.transposable, v.with_column),
        _BESIDE,
        Slip("weights beside", "with the weights of the neuron beside this one", v.several, v.with_weights_beside),
        Slip("weights not updated", "with the weights of one data point before", v.always, v.earlier_sum),
        Slip("a sign in the sum", "with the sign of one term of the sum lost", v.short_sum, signals.one_sign_in_z),
        Slip("wrong layer", "with the signals of another layer", lambda f: f.layer > 1, signals.z_from_wrong_layer),
        Slip("a term left out", "with one signal left out", lambda f: 1 < f.inputs <= v.MOST_TERMS, v.one_term_less),
        _SIGN,
        _POINT,
        *_miscopied(copying.copied_into_sum),
    ),
    "a": (
        Slip("no σ", "without σ: it is z", v.always, lambda f: [f.z]),
        Slip("other side of 0", "with the other side of the jump at z = 0", v.at_the_jump, v.other_side),
        Slip("σ′ for σ", "with σ′ in place of σ", v.slope_for_sigma, lambda f: [f.sigma.slope(f.z, f.right)]),
        Slip(
            "sign of the exponent", "with e^z in place of e^(−z)", lambda f: f.card.has_minus_z, lambda f: [f.sigma.value(-f.z)]
        ),
        Slip(
            "another σ",
            "with another activation function",
            v.mistakable,
            lambda f: [f.sigma.mistaken_for().value(f.z)],
        ),
        Slip("not divided", "without dividing by the sum over the layer", lambda f: not f.card.sigma.each, v.not_divided),
        _BESIDE,
        _SIGN,
        _POINT,
        *_miscopied(copying.copied_into_activation),
    ),
    "cost": (
        Slip("no ½", "without the ½ of the cost", v.squares_with(0.5), lambda f: [2.0 * f.right]),
        Slip(
            "a ½ too many",
            "with a ½ that this cost does not have",
            v.squares_with(1.0),
            lambda f: [0.5 * f.right],
        ),
        Slip("not squared", "without squaring", v.squares, v.cost_not_squared),
        Slip("z for a", "with z in place of a", v.squares, v.cost_of_z),
        Slip(
            "one output only",
            "when only one output is counted",
            lambda f: v.squares(f) and 1 < f.units <= v.MOST_TERMS,
            v.cost_of_one,
        ),
        Slip("mean for sum", "when the sum is divided by the outputs", v.several, lambda f: [f.right / f.units]),
        Slip("half of the cross-entropy", "without the terms (1 − y) ln(1 − a)", v.logistic, v.only_y_log_a),
        Slip("log for ln", "with the logarithm to base 10", v.logarithmic, lambda f: [f.right / v.COMMON_LOG]),
        _SIGN,
        _POINT,
        Slip(COPYING, _COPIED, v.always, copying.copied_result),
    ),
    "delta": (
        Slip("sign of a − y", "with y − a in place of a − y", v.output_difference, lambda f: [-f.right]),
        Slip("sign", "with the wrong sign", v.no_output_difference, lambda f: [-f.right]),
        Slip("no σ′", "without σ′", v.sloped, lambda f: [v.over_paths(f)]),
        Slip(
            "σ′ too many",
            "with a σ′ that cross-entropy cancels",
            lambda f: f.top and f.network.cost_function.cancels_slope,
            lambda f: [f.right * f.a * (1.0 - f.a)],
        ),
        Slip("σ′ without the square", "with 1 − a in place of 1 − a²", v.without_square, signals.one_minus_a),
        Slip("half of σ′", "with 1 − a in place of a (1 − a)", v.without_factor, signals.one_minus_a),
        Slip("a sign in the sum", "with the sign of one path of (14) lost", v.several_paths, signals.one_sign_in_delta),
        Slip("σ for σ′", "with σ in place of σ′", v.sloped, lambda f: [v.over_paths(f) * f.a]),
        Slip("σ′ at a", "with σ′ taken at a in place of z", v.sloped, v.slopes_at_a),
        Slip("σ′ of z", "with z put in for a in the formula of σ′", v.smooth, v.slopes_of_z),
        Slip(
            "another σ′",
            "with the σ′ of another activation function",
            lambda f: v.sloped(f) and v.mistakable(f),
            lambda f: [v.over_paths(f) * f.sigma.mistaken_for().slope(f.z, f.a)],
        ),
        Slip(
            "no factor 2",
            "without the factor 2 of this cost",
            v.output_squares_with(1.0),
            lambda f: [0.5 * f.right],
        ),
        Slip(
            "a factor 2 too many",
            "with a factor 2, which the ½ of the cost cancels",
            v.output_squares_with(0.5),
            lambda f: [2.0 * f.right],
        ),
        Slip(
            "z for a",
            "with z − y in place of a − y",
            v.output_difference,
            lambda f: [v.miss_of(f, f.z, f.y) * f.slope],
        ),
        Slip(
            "target beside",
            "with the target of the output beside this one",
            lambda f: f.top and f.units > 1,
            v.of_neighbours_target,
        ),
        Slip("one path only", "along only one of the paths of (14)", lambda f: 1 < f.above <= v.MOST_TERMS, v.path_by_path),
        Slip("updated weights", "with the new weights, after the update", v.hidden, v.with_new_weights),
        Slip(
            "weights transposed",
            "with the weights transposed, w_km in place of w_mk",
            lambda f: v.hidden(f) and f.units >= f.above >= f.k and f.above > 1,
            v.with_row,
        ),
        Slip(
            "weights beside",
            "with the weights of the neuron beside this one",
            lambda f: v.hidden(f) and f.units > 1,
            lambda f: [ordered_sum(f.deltas * f.paths(k)) * f.slope for k in f.neighbours],
        ),
        Slip("no weights", "without the weights of the paths", v.hidden, lambda f: [ordered_sum(f.deltas) * f.slope]),
        Slip("σ′ of the layer above", "with the σ′ of the layer above", v.hidden, v.slope_above),
        _BESIDE,
        _POINT,
        Slip(COPYING, _COPIED, v.always, copying.copied_result),
        Slip(COPYING, "with a number copied wrongly into (14)", v.hidden, copying.copied_into_delta),
    ),
    "gradient": (
        Slip("no a", "without the signal a_j: it is δ", lambda f: f.j > 0, lambda f: [f.delta]),
        Slip(
            "z for a",
            "with z_j in place of a_j",
            lambda f: f.j > 0 and f.layer > 1,
            lambda f: [f.delta * float(f.numbers.z(f.layer - 1).mid[f.j - 1])],
        ),
        Slip("wrong layer", "with the signal of another layer", lambda f: f.j > 0, signals.gradient_from_wrong_layer),
        Slip("w for a", "with the weight in place of the signal", v.always, lambda f: [f.delta * f.before]),
        Slip("own a", "with the neuron's own a in place of its sender's", v.always, lambda f: [f.delta * f.a]),
        Slip("signal beside", "with the signal of the sender beside", lambda f: f.j > 0 and f.inputs > 1, v.senders_beside),
        Slip("δ beside", "with the δ of the neuron beside this one", v.several, v.deltas_beside),
        Slip(
            "transposed",
            "with the indices exchanged, δ_j a_k in place of δ_k a_j",
            lambda f: 1 <= f.j <= f.units and f.k <= f.inputs,
            lambda f: [float(f.numbers.delta(f.layer).mid[f.j - 1] * f.signals[f.k - 1])],
        ),
        Slip("η already", "when η is multiplied in already", v.always, lambda f: [f.network.eta * f.right]),
        _SIGN,
        _POINT,
        *_miscopied(copying.copied_into_gradient),
    ),
    "update": (
        Slip("applied at once", "when (11) is applied before the batch is complete", v.waiting, v.at_once),
        Slip("last of the batch alone", "with the gradient of this data point alone", v.completed, v.last_alone),
        Slip("divided wrongly", "with the sum of the batch divided by another number", v.completed, v.divided_wrongly),
        Slip("no momentum", "without μ v", v.pushed, lambda f: [f.before - f.network.eta * applied_gradient(f)]),
        Slip("no η", "without η", v.changing, lambda f: [f.before + kept_velocity(f) - applied_gradient(f)]),
        Slip("plus for minus", "with + in place of − in (11)", v.changing, lambda f: [f.before + step_of(f)]),
        Slip("not changed", "when nothing is changed: it is the old weight", v.changing, lambda f: [f.before]),
        Slip(
            "changed though fixed",
            "when (11) changes it; this scenario keeps it fixed",
            lambda f: not f.may_change,
            lambda f: [f.before - step_of(f)],
        ),
        Slip(
            "only the step",
            "when only the change is written, not the new weight",
            v.changing,
            lambda f: [-step_of(f), step_of(f)],
        ),
        Slip("weight beside", "from the weight beside this one", v.changing, v.new_from_beside),
        Slip("weights not updated", "from the weight of one data point before", v.changing, v.new_from_earlier),
        Slip("η twice", "with η twice", v.changing, v.eta_twice),
        _BESIDE,
        _POINT,
        *_miscopied(copying.copied_into_update),
    ),
}
