"""The slips of z, a and C.

The likeliest slip of a kind is first: a fit of one further down is the likelier to be chance.
"""

from nntui.explain.grading.slips import copying, costs, sums
from nntui.explain.grading.slips import guards as g
from nntui.explain.grading.slips.slip import BESIDE, POINT, SIGN, Slip, copied, copied_into, twice

Z: tuple[Slip, ...] = (
    Slip("no bias", "without the bias", g.biased, lambda f: [f.right - float(f.weights(f.k)[0])]),
    Slip("bias subtracted", "with the bias subtracted", g.biased, lambda f: [f.right - 2 * float(f.weights(f.k)[0])]),
    Slip("a for z", "when σ is taken already: it is a, not z", lambda f: f.card.sigma.each, lambda f: [f.sigma.value(f.right)]),
    Slip("z for a", "with z of the layer below in place of a", lambda f: f.layer > 1, sums.z_of_below),
    Slip("weights transposed", "with the weights transposed, w_jk in place of w_kj", g.transposable, sums.with_column),
    BESIDE,
    Slip("weights beside", "with the weights of the neuron beside this one", g.several, sums.with_weights_beside),
    Slip("bias beside", "with the bias of the neuron beside this one", g.several_biases, sums.with_bias_beside),
    Slip("weights not updated", "with the weights of one data point before", g.always, sums.earlier_sum),
    Slip("a sign in the sum", "with the sign of one term of the sum lost", g.short_sum, sums.one_sign_in_z),
    Slip("wrong layer", "with the signals of another layer", lambda f: f.layer > 1, sums.z_from_wrong_layer),
    Slip("inputs exchanged", "with two of its signals exchanged", g.several_signals, sums.signals_exchanged),
    Slip("a term left out", "with one signal left out", g.several_signals, sums.one_term_less),
    SIGN,
    POINT,
    copied(copying.copied_result),
    twice(copying.doubled_in_result),
    copied_into(copying.copied_into_sum),
)

A: tuple[Slip, ...] = (
    Slip("no σ", "without σ: it is z", g.always, lambda f: [f.z]),
    Slip("other side of 0", "with the other side of the jump at z = 0", g.at_the_jump, sums.other_side),
    Slip("σ′ for σ", "with σ′ in place of σ", g.slope_for_sigma, lambda f: [f.sigma.slope(f.z, f.right)]),
    Slip("sign of the exponent", "with e^z in place of e^(−z)", lambda f: f.card.has_minus_z, lambda f: [f.sigma.value(-f.z)]),
    Slip(
        "another σ",
        "with another activation function",
        g.mistakable,
        lambda f: [f.sigma.mistaken_for().value(f.z)],
    ),
    Slip("not divided", "without dividing by the sum over the layer", lambda f: not f.card.sigma.each, sums.not_divided),
    Slip("sign of z", "with the sign of z lost", g.plain_activation, lambda f: [f.sigma.value(-f.z)]),
    BESIDE,
    SIGN,
    POINT,
    copied(copying.copied_result),
    twice(copying.doubled_in_result),
    copied_into(copying.copied_into_activation),
)

COST: tuple[Slip, ...] = (
    Slip("no ½", "without the ½ of the cost", g.squares_with(0.5), lambda f: [2.0 * f.right]),
    Slip(
        "a ½ too many",
        "with a ½ that this cost does not have",
        g.squares_with(1.0),
        lambda f: [0.5 * f.right],
    ),
    Slip("not squared", "without squaring", g.squares, costs.cost_not_squared),
    Slip("z for a", "with z in place of a", g.squares, costs.cost_of_z),
    Slip("a + y", "with a + y in place of a − y", g.squares, costs.cost_of_sums),
    Slip(
        "one output only",
        "when only one output is counted",
        lambda f: g.squares(f) and 1 < f.units <= g.MOST_TERMS,
        costs.cost_of_one,
    ),
    Slip("mean for sum", "when the sum is divided by the outputs", g.several, lambda f: [f.right / f.units]),
    Slip("half of the cross-entropy", "without the terms (1 − y) ln(1 − a)", g.logistic, costs.only_y_log_a),
    Slip("another cost", "with ½ Σ (a − y)² in place of the cross-entropy", g.logarithmic, costs.half_of_squares),
    Slip("another class", "with the share of another class", g.shared, costs.of_another_class),
    Slip("1 − a for −ln a", "with 1 − a in place of −ln a", g.shared, costs.one_minus_share),
    Slip("log for ln", "with the logarithm to base 10", g.logarithmic, lambda f: [f.right / costs.COMMON_LOG]),
    SIGN,
    POINT,
    copied(copying.copied_result),
    twice(copying.doubled_in_result),
    copied_into(copying.copied_into_cost, g.squares),
)
