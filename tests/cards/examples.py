"""Cards that the package does not have: three activations and a cost, called so that nobody adds them under these names."""

from math import inf

import numpy as np

from nntui.engine.activations import Activation, sigmoid
from nntui.engine.arithmetic import exp, log1p, ordered_sum
from nntui.engine.costs import Cost
from nntui.explain.equations.cards.activation_card import PASSES, ActivationCard, always, flat, share
from nntui.explain.equations.cards.activations import exact, no_rise, no_working, sigma_of_z
from nntui.explain.equations.cards.complex_step import COMPLEX_H, sigmoid_slope, softplus_slope
from nntui.explain.equations.cards.cost_card import CostCard, SlopeText
from nntui.explain.equations.cards.costs import CHAIN_RULE
from nntui.explain.equations.cards.sigma_rows import as_told
from nntui.explain.equations.equation import EquationRow, Number, plus

SOFTPLUS = ActivationCard(
    sigma=Activation(
        name="my_softplus",
        value=lambda z: np.maximum(z, 0.0) + log1p(exp(-np.abs(z))),
        slope=lambda z, a: sigmoid(z),
        columns=None,
        range=(0.0, inf),
        corners=(),
        steps=False,
        curved=True,
        saturates=True,
        dead_below=None,
        slope_from_a=False,
    ),
    called="softplus",
    label="(5)",
    formula=sigma_of_z,
    working=lambda z, all_z: [EquationRow(("ln(1 + e^(", z, "))"))],
    computed=as_told,
    slope_formula=lambda a, step_slope: "1 / (1 + e^(−z))",
    slope_working=no_working,
    sentences=(flat("softplus"), (always, lambda f: f"Softplus lifts z by {f.write(f.a - f.z)}, to {f.write(f.a)}.")),
    no_slope="",
    mistaken_for="relu",
    one_minus_a="",
    has_minus_z=False,
    complex_slope=softplus_slope,
    slope_rounding=np.ones_like,
    rise=exact,
    slope_rise=no_rise,
)

HARD_TANH = ActivationCard(
    sigma=Activation(
        name="my_hard_tanh",
        value=lambda z: np.where(z > 1.0, 1.0, np.where(z < -1.0, -1.0, z)),
        slope=lambda z, a: np.where(np.abs(z) < 1.0, 1.0, np.where(z == z, 0.0, z)),
        columns=None,
        range=(-1.0, 1.0),
        corners=(-1.0, 1.0),
        steps=False,
        curved=False,
        saturates=False,
        dead_below=None,
        slope_from_a=False,
    ),
    called="hard tanh",
    label="(5)",
    formula=sigma_of_z,
    working=lambda z, all_z: [EquationRow(("max(−1, min(1, ", z, "))"))],
    computed=as_told,
    slope_formula=lambda a, step_slope: "1 for −1 < z < 1, else 0",
    slope_working=no_working,
    sentences=(PASSES, (always, lambda f: "z is cut at its end.")),
    no_slope="z lies beyond the end: σ′ = 0.",
    mistaken_for="tanh",
    one_minus_a="",
    has_minus_z=False,
    complex_slope=lambda z: np.where(np.abs(z) < 1.0, 1.0, 0.0),
    slope_rounding=exact,
    rise=exact,
    slope_rise=lambda z, a: np.where(z < 2.0, 0.0, 1.0),  # all of −1 < z < 1 may lie between the middle and an end
)

SWISH = ActivationCard(
    sigma=Activation(
        name="my_swish",
        value=lambda z: np.where(z == -inf, 0.0, z * sigmoid(z)),
        slope=lambda z, a: sigmoid(z) * (1.0 + np.where(np.isinf(z), np.sign(z), z) * (1.0 - sigmoid(z))),
        columns=None,
        range=(-0.27846454276107384, inf),
        corners=(),
        steps=False,
        curved=True,
        saturates=True,
        dead_below=None,
        slope_from_a=False,
    ),
    called="swish",
    label="beyond (5)",
    formula=sigma_of_z,
    working=lambda z, all_z: [EquationRow((z, " / (1 + e^(−", z, "))"))],
    computed=as_told,
    slope_formula=lambda a, step_slope: "s (1 + z (1 − s)) with s = 1 / (1 + e^(−z))",
    slope_working=no_working,
    sentences=(flat("swish"), (always, lambda f: f"Swish lets {share(f.a / f.z if f.z else 0.5)} of z through.")),
    no_slope="",
    mistaken_for="relu",
    one_minus_a="",
    has_minus_z=True,
    complex_slope=lambda z: sigmoid(z) + z * sigmoid_slope(z),
    slope_rounding=lambda a: 1.0 + np.abs(a),
    rise=lambda z: 0.25 * z * z,
    slope_rise=lambda z, a: 0.25 * z * z,
)
"""It falls before it rises: its σ′ is negative below z = −1.28. |σ″| and |σ‴| are at most ½."""


def _fourth(d):
    return (d * d) * (d * d)


def _quartic_rows(outputs):
    terms = [("¼·(", one.a, " − ", one.y, ")⁴") for one in outputs]
    values = [0.25 * _fourth(one.a.value - one.y.value) for one in outputs]
    return [EquationRow((plus(terms, values),)), EquationRow((plus([(Number(value),) for value in values], values),))]


_CUBE = SlopeText(lambda a, y: f"({a} − {y})³", lambda a, y: ("(", a, " − ", y, ")³"))

QUARTIC = CostCard(
    cost=Cost(
        name="my_quartic",
        outputs=(),
        value=lambda z, a, y: ordered_sum(0.25 * _fourth(a - y)),
        parts=lambda a, y: 0.25 * _fourth(a - y),
        slope=lambda a, y: (a - y) * ((a - y) * (a - y)),
        cancels_slope=False,
        square_factor=None,
        targets=(-inf, inf),
        target_sum=None,
    ),
    short="¼Σ(a−y)⁴",
    label="quartic error",
    formula=lambda upper: f"C = ¼ Σₖ (aₖ{upper} − yₖ)⁴",
    working=_quartic_rows,
    computed=lambda outputs: [],
    slope=_CUBE,
    factor=_CUBE,
    delta_label=CHAIN_RULE,
    complex_slope=lambda z, a, y, slopes: 0.25 * (((a - y) + 1j * COMPLEX_H * slopes) ** 4).imag / COMPLEX_H,
    size_of_terms=lambda z, y: 0.0,
    has_logarithm=False,
    two_logarithms=False,
    share_words=None,
)
