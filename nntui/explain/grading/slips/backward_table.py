"""The slips of δ, ∂C/∂w and the new weights.

The likeliest slip of a kind is first: a fit of one further down is the likelier to be chance.
"""

from nntui.engine.arithmetic import ordered_sum
from nntui.explain.grading.slips import copying, deltas, weights
from nntui.explain.grading.slips import guards as g
from nntui.explain.grading.slips.slip import BESIDE, POINT, SIGN, Slip, copied, copied_into, twice
from nntui.explain.grading.update_parts import applied_gradient, kept_velocity, step_of

DELTA: tuple[Slip, ...] = (
    Slip("sign of a − y", "with y − a in place of a − y", g.output_difference, lambda f: [-f.right]),
    Slip("sign", "with the wrong sign", g.no_output_difference, lambda f: [-f.right]),
    Slip("no σ′", "without σ′", g.sloped, lambda f: [deltas.over_paths(f)]),
    Slip(
        "σ′ too many",
        "with a σ′ that cross-entropy cancels",
        g.slope_cancelled,
        lambda f: [f.right * f.a * (1.0 - f.a)],
    ),
    Slip("a − y for δ", "when only a − y is taken", g.output_squares_with(1.0), lambda f: [f.a - f.y]),
    Slip("a − y for δ", "with a − y of the outputs in place of their δ", g.under_outputs, deltas.differences_for_deltas),
    Slip("σ′ without the square", "with 1 − a in place of 1 − a²", g.without_square, deltas.one_minus_a),
    Slip("half of σ′", "with 1 − a in place of a (1 − a)", g.without_factor, deltas.one_minus_a),
    Slip("a sign in the sum", "with the sign of one path of (14) lost", g.several_paths, deltas.one_sign_in_delta),
    Slip("σ for σ′", "with σ in place of σ′", g.sloped, lambda f: [deltas.over_paths(f) * f.a]),
    Slip("σ′ at a", "with σ′ taken at a in place of z", g.sloped, deltas.slopes_at_a),
    Slip("σ′ of z", "with z put in for a in the formula of σ′", g.smooth, deltas.slopes_of_z),
    Slip(
        "another σ′",
        "with the σ′ of another activation function",
        lambda f: g.sloped(f) and g.mistakable(f),
        lambda f: [deltas.over_paths(f) * f.sigma.mistaken_for().slope(f.z, f.a)],
    ),
    Slip(
        "no factor 2",
        "without the factor 2 of this cost",
        g.output_squares_with(1.0),
        lambda f: [0.5 * f.right],
    ),
    Slip(
        "a factor 2 too many",
        "with a factor 2, which the ½ of the cost cancels",
        g.output_squares_with(0.5),
        lambda f: [2.0 * f.right],
    ),
    Slip("a + y", "with a + y in place of a − y", g.output_difference, deltas.with_sum),
    Slip(
        "z for a",
        "with z − y in place of a − y",
        g.output_difference,
        lambda f: [deltas.cost_slope(f, f.z, f.y) * f.slope],
    ),
    Slip(
        "target beside",
        "with the target of the output beside this one",
        lambda f: f.top and f.units > 1,
        deltas.of_neighbours_target,
    ),
    Slip("one path only", "along only one of the paths of (14)", lambda f: 1 < f.above <= g.MOST_TERMS, deltas.path_by_path),
    Slip("updated weights", "with the new weights, after the update", g.hidden, deltas.with_new_weights),
    Slip(
        "weights transposed",
        "with the weights transposed, w_km in place of w_mk",
        lambda f: g.hidden(f) and f.units >= f.above >= f.k and f.above > 1,
        deltas.with_row,
    ),
    Slip(
        "weights beside",
        "with the weights of the neuron beside this one",
        lambda f: g.hidden(f) and f.units > 1,
        lambda f: [ordered_sum(f.deltas * f.paths(k)) * f.slope for k in f.neighbours],
    ),
    Slip("no weights", "without the weights of the paths", g.hidden, lambda f: [ordered_sum(f.deltas) * f.slope]),
    Slip("σ′ of the layer above", "with the σ′ of the layer above", g.hidden, deltas.slope_above),
    BESIDE,
    POINT,
    copied(copying.copied_result),
    twice(copying.doubled_in_result),
    copied_into(copying.copied_into_delta, g.hidden),
    copied_into(copying.copied_into_output_delta, g.output_difference),
)

GRADIENT: tuple[Slip, ...] = (
    Slip("no signal of the bias", "with a signal of 0 for the bias; its signal is 1", lambda f: f.j == 0, lambda f: [0.0]),
    Slip("no a", "without the signal a_j: it is δ", lambda f: f.j > 0, lambda f: [f.delta]),
    Slip("a − y for δ", "with a − y in place of δ", g.slope_in_output, lambda f: [(f.a - f.y) * f.sent]),
    Slip(
        "z for a",
        "with z_j in place of a_j",
        lambda f: f.j > 0 and f.layer > 1,
        lambda f: [f.delta * float(f.numbers.z(f.layer - 1).mid[f.j - 1])],
    ),
    Slip("wrong layer", "with the signal of another layer", lambda f: f.j > 0, weights.gradient_from_wrong_layer),
    Slip("δ of another layer", "with the δ of another layer", g.always, weights.deltas_of_other_layers),
    Slip("w for a", "with the weight in place of the signal", g.always, lambda f: [f.delta * f.before]),
    Slip("own a", "with the neuron's own a in place of its sender's", g.always, lambda f: [f.delta * f.a]),
    Slip("signal beside", "with the signal of the sender beside", lambda f: f.j > 0 and f.inputs > 1, weights.senders_beside),
    Slip("δ beside", "with the δ of the neuron beside this one", g.several, weights.deltas_beside),
    Slip(
        "transposed",
        "with the indices exchanged, δ_j a_k in place of δ_k a_j",
        lambda f: 1 <= f.j <= f.units and f.k <= f.inputs,
        lambda f: [float(f.numbers.delta(f.layer).mid[f.j - 1] * f.signals[f.k - 1])],
    ),
    Slip("η already", "when η is multiplied in already", g.always, lambda f: [f.network.eta * f.right]),
    SIGN,
    POINT,
    copied(copying.copied_result),
    twice(copying.doubled_in_result),
    copied_into(copying.copied_into_gradient),
)

UPDATE: tuple[Slip, ...] = (
    Slip("applied at once", "when (11) is applied before the batch is complete", g.waiting, weights.at_once),
    Slip("last of the batch alone", "with the gradient of this data point alone", g.completed, weights.last_alone),
    Slip("divided wrongly", "with the sum of the batch divided by another number", g.completed, weights.divided_wrongly),
    Slip("no momentum", "without μ v", g.pushed, lambda f: [f.before - f.network.eta * applied_gradient(f)]),
    Slip("no η", "without η", g.changing, lambda f: [f.before + kept_velocity(f) - applied_gradient(f)]),
    Slip("plus for minus", "with + in place of − in (11)", g.changing, lambda f: [f.before + step_of(f)]),
    Slip("not changed", "when nothing is changed: it is the old weight", g.changing, lambda f: [f.before]),
    Slip("δ for the gradient", "with δ in place of ∂C/∂w", g.changing_alone, weights.new_from_delta),
    Slip(
        "changed though fixed",
        "when (11) changes it; this scenario keeps it fixed",
        lambda f: not f.may_change,
        lambda f: [f.before - step_of(f)],
    ),
    Slip(
        "only the step",
        "when only the change is written, not the new weight",
        g.changing,
        lambda f: [-step_of(f), step_of(f)],
    ),
    Slip("weight beside", "from the weight beside this one", g.changing, weights.new_from_beside),
    Slip("weights not updated", "from the weight of one data point before", g.changing, weights.new_from_earlier),
    Slip("η twice", "with η twice", g.changing, weights.eta_twice),
    Slip("sign of w", "with the sign of the old weight lost", g.changing, lambda f: [-f.before - step_of(f)]),
    SIGN,
    BESIDE,
    POINT,
    copied(copying.copied_result),
    twice(copying.doubled_in_result),
    copied_into(copying.copied_into_update),
)
