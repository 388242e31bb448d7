"""The formulas of the activations with their numbers: the rows that are told, and those of the form that is computed."""

from collections.abc import Callable
from math import inf

import numpy as np

from nntui.engine.activations import LEAK, SIGMOID, TANH
from nntui.engine.arithmetic import NAN, Array, exp, exp_minus_one, ordered_sum
from nntui.explain.equations.equation import Atom, EquationRow, Number, plus
from nntui.explain.notation.numerals import superscript
from nntui.explain.notation.symbols import factor_symbol, neuron_symbol


def as_told(z: Number, all_z: Array) -> list[EquationRow]:
    """For a σ that is computed in the form that is told."""
    return []


def _one(work: Callable[[Array], Array], z: float) -> float:
    return float(work(np.array([z]))[0])


def _differ(told: float, computed: float) -> bool:
    """Whether two forms of σ give other bits; a nan is no other number than a nan."""
    return told != computed and not (told != told and computed != computed)


def sigmoid_working(z: Number, all_z: Array) -> list[EquationRow]:
    """1 / (1 + e^(−z)), the lecture's form, for z of either sign."""
    e = Number(_one(exp, -z.value))
    about = _differ(1.0 / (1.0 + e.value), _one(SIGMOID.value, z.value))
    rows = (("1 / (1 + e^(−", z, "))"), ("1 / (1 + ", e, ")"))
    return [EquationRow(row, about) for row in rows]


def sigmoid_computed(z: Number, all_z: Array) -> list[EquationRow]:
    """Below 0, where e^(−z) may overflow, with e^z."""
    if z.value >= 0.0 or z.value != z.value:
        return []
    return [EquationRow(("e^(", z, ") / (1 + e^(", z, "))"))]


def tanh_working(z: Number, all_z: Array) -> list[EquationRow]:
    """(e^z − e^(−z)) / (e^z + e^(−z)), the lecture's form; the second row only where e^|z| is finite."""
    up, down = Number(_one(exp, z.value)), Number(_one(exp, -z.value))
    finite = max(up.value, down.value) < inf
    told = (up.value - down.value) / (up.value + down.value) if finite else NAN
    about = _differ(told, _one(TANH.value, z.value))
    first = EquationRow(("(e^(", z, ") − e^(−", z, ")) / (e^(", z, ") + e^(−", z, "))"), about)
    second = EquationRow(("(", up, " − ", down, ") / (", up, " + ", down, ")"), about)
    return [first, second] if finite else [first]


def tanh_computed(z: Number, all_z: Array) -> list[EquationRow]:
    """With 1 − e^(−2|z|), which neither overflows nor loses digits near 0."""
    u = Number(-_one(exp_minus_one, -2.0 * abs(z.value)))
    sign = "−" if z.value < 0.0 else ""
    return [EquationRow((sign, u, " / (2 − ", u, "),  with u = 1 − e^(−2|z|)"))]


def leaky_relu_working(z: Number, all_z: Array) -> list[EquationRow]:
    if z.value <= 0.0:
        return [EquationRow((Number(LEAK, given=True), " · ", z, "  since z ≤ 0"))]
    return [EquationRow((z, "  since z > 0") if z.value > 0.0 else (z,))]


def softmax_formula(layer: int, neuron: int) -> str:
    power, powers = (f"e^({factor_symbol('z', layer, index)}−m)" for index in (neuron, "ⱼ"))
    return f"{neuron_symbol('a', layer, neuron)} = {power} / Σⱼ {powers},  m = max z{superscript(layer)}"


def softmax_working(z: Number, all_z: Array) -> list[EquationRow]:
    highest = np.maximum.reduce(all_z)
    powers = exp(all_z - highest)
    assert z.cell is not None
    letters = [f"e^({factor_symbol('z', z.cell.layer, j)}−m)" for j in range(1, len(powers) + 1)]
    terms: list[tuple[Atom, ...]] = [
        (Number(value, symbol=letter),) for value, letter in zip(powers.tolist(), letters, strict=True)
    ]
    power = Number(float(powers[z.cell.neuron - 1]))
    return [
        EquationRow(("e^(", z, " − ", Number(float(highest), symbol="m"), ") / (", plus(terms, powers.tolist()), ")")),
        EquationRow((power, " / ", Number(ordered_sum(powers)))),
    ]
