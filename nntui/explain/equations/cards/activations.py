"""The cards of the activations. To add one, see `nntui.engine.activations`."""

from dataclasses import replace

import numpy as np

from nntui.engine.activations import (
    IDENTITY,
    LEAK,
    LEAKY_RELU,
    RELU,
    SIGMOID,
    SIGN,
    SOFTMAX,
    STEP,
    TANH,
    EachActivation,
)
from nntui.engine.arithmetic import NAN, Array
from nntui.engine.network import Network
from nntui.explain.equations.cards.activation_card import PASSES, ActivationCard, NeuronAtStep, always, bent, flat, share
from nntui.explain.equations.cards.complex_step import sigmoid_slope, tanh_slope
from nntui.explain.equations.cards.sigma_rows import (
    as_told,
    leaky_relu_working,
    sigmoid_computed,
    sigmoid_working,
    softmax_formula,
    softmax_working,
    tanh_computed,
    tanh_working,
)
from nntui.explain.equations.equation import EquationRow, Number
from nntui.explain.notation.symbols import neuron_symbol

# --- parts that several cards share


def sigma_of_z(layer: int, neuron: int) -> str:
    """a_k^l = σ(z_k^l)."""
    return f"{neuron_symbol('a', layer, neuron)} = σ({neuron_symbol('z', layer, neuron)})"


def no_working(a: Number) -> None:
    """For a σ′ that is not computed from a."""
    return


def exact(numbers: Array) -> Array:
    """0 for every number, in the same shape."""
    return np.zeros_like(numbers)


def no_rise(z: Array, a: Array) -> Array:
    """0 for every neuron: its σ′ lies between those at the two ends."""
    return np.zeros_like(a)


def _not_a_number(z: Array) -> Array:
    return np.full_like(z, NAN)


def _silent_at_zero(f: NeuronAtStep) -> bool:
    """Whether a σ that steps takes its lower value at 0."""
    return f.z == 0.0 and f.a <= 0.0


# --- the cards

_STEP = ActivationCard(
    sigma=STEP,
    called="step function",
    label="(5)",
    formula=sigma_of_z,
    working=lambda z, all_z: [EquationRow(("step(", z, "),  0 for z < 0, 1 for z ≥ 0"))],
    computed=as_told,
    slope_formula=lambda a, step_slope: f"{step_slope:g} everywhere",
    slope_working=no_working,
    sentences=(
        (_silent_at_zero, lambda f: f"z is exactly 0, where at_zero = 0 keeps {f.name} silent."),
        (
            always,
            lambda f: f"z is {'not negative' if f.z >= 0.0 else 'negative'}, so {f.name} {'fires' if f.a else 'stays silent'}.",
        ),
    ),
    no_slope="The step function is flat: σ′ = 0, so δ = 0, and no error passes back through this neuron.",
    mistaken_for="sign",
    one_minus_a="",
    has_minus_z=False,
    complex_slope=_not_a_number,
    slope_rounding=exact,
    rise=exact,
    slope_rise=no_rise,
)
_SIGN = ActivationCard(
    sigma=SIGN,
    called="sign function",
    label="beyond (5)",
    formula=sigma_of_z,
    working=lambda z, all_z: [EquationRow(("sign(", z, "),  −1 for z < 0, 1 for z ≥ 0"))],
    computed=as_told,
    slope_formula=lambda a, step_slope: f"{step_slope:g} everywhere",
    slope_working=no_working,
    sentences=(
        (_silent_at_zero, lambda f: f"z is exactly 0, where at_zero = 0 makes {f.name} say −1."),
        (
            always,
            lambda f: f"z is {'not negative' if f.z >= 0.0 else 'negative'}, so {f.name} says {'1' if f.a > 0.0 else '−1'}.",
        ),
    ),
    no_slope="The sign function is flat: σ′ = 0, so δ = 0, and no error passes back through this neuron.",
    mistaken_for="step",
    one_minus_a="",
    has_minus_z=False,
    complex_slope=_not_a_number,
    slope_rounding=exact,
    rise=exact,
    slope_rise=no_rise,
)
_SIGMOID = ActivationCard(
    sigma=SIGMOID,
    called="sigmoid",
    label="(5)",
    formula=sigma_of_z,
    working=sigmoid_working,
    computed=sigmoid_computed,
    slope_formula=lambda a, step_slope: f"{a} (1 − {a})",
    slope_working=lambda a: EquationRow((a, "·(1 − ", a, ")")),
    sentences=(
        flat("The sigmoid"),
        *bent("the sigmoid", 0.5),
    ),
    no_slope="",
    mistaken_for="tanh",
    one_minus_a="factor",
    has_minus_z=True,
    complex_slope=sigmoid_slope,
    slope_rounding=np.abs,
    rise=exact,
    slope_rise=lambda z, a: a * a,
)
_TANH = ActivationCard(
    sigma=TANH,
    called="tanh",
    label="(5)",
    formula=sigma_of_z,
    working=tanh_working,
    computed=tanh_computed,
    slope_formula=lambda a, step_slope: f"1 − ({a})²",
    slope_working=lambda a: EquationRow(("1 − ", a, "·", a)),
    sentences=(
        flat("tanh"),
        *bent("tanh", 0.0),
    ),
    no_slope="",
    mistaken_for="sigmoid",
    one_minus_a="square",
    has_minus_z=False,
    complex_slope=tanh_slope,
    slope_rounding=lambda a: a * a,
    rise=exact,
    slope_rise=lambda z, a: a * a,
)
_RELU = ActivationCard(
    sigma=RELU,
    called="ReLU",
    label="(5)",
    formula=sigma_of_z,
    working=lambda z, all_z: [EquationRow(("max(0, ", z, ")"))],
    computed=as_told,
    slope_formula=lambda a, step_slope: "1 for z > 0, else 0",
    slope_working=no_working,
    sentences=(
        (
            lambda f: f.a == 0.0,
            lambda f: "z is not above 0, so a = 0 and σ′ = 0: no error passes back through this neuron.",
        ),
        (always, PASSES[1]),
    ),
    no_slope="z is not above 0, so σ′ = 0 and δ = 0: the ReLU stops the error.",
    mistaken_for="leaky_relu",
    one_minus_a="",
    has_minus_z=False,
    complex_slope=lambda z: np.where(z > 0.0, 1.0, 0.0),
    slope_rounding=exact,
    rise=exact,
    slope_rise=no_rise,
)
_LEAKY_RELU = ActivationCard(
    sigma=LEAKY_RELU,
    called="leaky ReLU",
    label="(5)",
    formula=sigma_of_z,
    working=leaky_relu_working,
    computed=as_told,
    slope_formula=lambda a, step_slope: f"1 for z > 0, else {LEAK:g}",
    slope_working=no_working,
    sentences=(
        (lambda f: f.z > 0.0, PASSES[1]),
        (lambda f: f.z == 0.0, lambda f: f"z is 0, and so is a; at this corner σ′ is taken as {LEAK:g}."),
        (always, lambda f: "z is below 0: a is only a hundredth of it."),
    ),
    no_slope="",
    mistaken_for="relu",
    one_minus_a="",
    has_minus_z=False,
    complex_slope=lambda z: np.where(z > 0.0, 1.0, LEAK),
    slope_rounding=exact,
    rise=exact,
    slope_rise=no_rise,
)
_IDENTITY = ActivationCard(
    sigma=IDENTITY,
    called="identity",
    label="(5)",
    formula=sigma_of_z,
    working=lambda z, all_z: [EquationRow((z,))],
    computed=as_told,
    slope_formula=lambda a, step_slope: "1 everywhere",
    slope_working=no_working,
    sentences=((always, PASSES[1]),),
    no_slope="",
    mistaken_for=None,
    one_minus_a="",
    has_minus_z=False,
    complex_slope=np.ones_like,
    slope_rounding=exact,
    rise=exact,
    slope_rise=no_rise,
)
_SOFTMAX = ActivationCard(
    sigma=SOFTMAX,
    called="softmax",
    label="beyond (5)",
    formula=softmax_formula,
    working=softmax_working,
    computed=as_told,
    slope_formula=lambda a, step_slope: "none of one neuron alone",
    slope_working=no_working,
    sentences=((always, lambda f: f"Softmax shares 100% among the outputs: {f.name} gets {share(f.a)}."),),
    no_slope="",
    mistaken_for="sigmoid",
    one_minus_a="",
    has_minus_z=False,
    complex_slope=_not_a_number,
    slope_rounding=exact,
    rise=exact,
    slope_rise=no_rise,
)

ACTIVATION_CARDS: dict[str, ActivationCard] = EachActivation(
    step=_STEP,
    sign=_SIGN,
    sigmoid=_SIGMOID,
    tanh=_TANH,
    relu=_RELU,
    leaky_relu=_LEAKY_RELU,
    identity=_IDENTITY,
    softmax=_SOFTMAX,
).by_name()
"""Every card by the name of its activation."""

_LOWER_AT_ZERO: dict[str, ActivationCard] = {
    "step": replace(_STEP, working=lambda z, all_z: [EquationRow(("step(", z, "),  0 for z ≤ 0, 1 for z > 0"))]),
    "sign": replace(_SIGN, working=lambda z, all_z: [EquationRow(("sign(", z, "),  −1 for z ≤ 0, 1 for z > 0"))]),
}


def card_of(network: Network, layer: int) -> ActivationCard:
    """The card of a layer (from 1) as the network's `at_zero` has it."""
    name = network.layers[layer - 1].activation
    card = ACTIVATION_CARDS[name]
    return card if network.at_zero else _LOWER_AT_ZERO.get(name, card)
