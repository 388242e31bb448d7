"""The equations of the way forward: x, z, a and C, each beside its number in the lecture.

Rows show the arithmetic in the order in which the engine does it, so that the terms of a row, added from left to
right at full digits, give exactly the value.
"""

import numpy as np

from nntui.engine.activations import LEAK
from nntui.engine.arithmetic import exp, exp_minus_one, log, log1p, ordered_sum, quiet
from nntui.explain.equations.cells import sending
from nntui.explain.equations.equation import Atom, Cell, Equation, EquationRow, Number, Terms, plus, vector
from nntui.explain.notation.numerals import subscript, superscript
from nntui.explain.notation.symbols import Notation, neuron_symbol
from nntui.training.frame import Frame

HALF = "½"


def is_single(frame: Frame) -> bool:
    """A network of one neuron: section 1 of the lecture, equations (1) to (3)."""
    return frame.course.units == (1,)


def sender(frame: Frame, layer: int, j: int) -> Number:
    """a_j of the layer below `layer`, where it stands on screen."""
    return Number(frame.a(layer - 1, j), sending(layer, j) if j else None, given=j == 0)


def _weights(frame: Frame, layer: int, neuron: int) -> tuple[list[Number], Number | None]:
    """The row of weights with which z was made, and its bias."""
    row = frame.weights_before(layer)[neuron - 1].tolist()
    numbers = [Number(value, Cell("weight", layer, neuron, j)) for j, value in enumerate(row)]
    return numbers[1:], numbers[0] if frame.scenario.network.layers[layer - 1].biases else None


def input_equation(frame: Frame, only: int | None = None) -> Equation:
    """x of the data point, or one number of it."""
    made = [Number(value, Cell("x", 0, j)) for j, value in enumerate(frame.iteration.x.tolist(), start=1) if only in (None, j)]
    cell = made[0].cell
    assert cell is not None
    formula = "a⁰ = x" if len(made) > 1 else f"{neuron_symbol('a', 0, cell.neuron)} = x{subscript(cell.neuron)}"
    return Equation("", formula, (EquationRow(vector(made)),), tuple(made))


def z_equation(frame: Frame, layer: int, neuron: int, notation: Notation) -> Equation:
    """z_k^l (4)(6), of a single neuron (1)(2)."""
    weights, bias = _weights(frame, layer, neuron)
    terms: list[tuple[Atom, ...]] = [(weight, "·", sender(frame, layer, j)) for j, weight in enumerate(weights, start=1)]
    values = [weight.value * frame.a(layer - 1, j) for j, weight in enumerate(weights, start=1)]
    if bias is not None:
        terms.append((bias,))
        values.append(bias.value)
    value = Number(frame.z(layer, neuron), Cell("z", layer, neuron))
    if is_single(frame):
        w, b = notation.single
        label, formula = ("(2)", f"z = Σᵢ {w} xᵢ + {b}") if bias is not None else ("(1)", f"z = Σᵢ {w} xᵢ")
    else:
        label = "(4)" if layer == 1 else "(4)(6)"
        weight_j, a_j = notation.weight(layer, neuron, "ⱼ"), neuron_symbol("a", layer - 1, "ⱼ")
        formula = f"{neuron_symbol('z', layer, neuron)} = Σⱼ {weight_j} {a_j}"
        if bias is not None:
            formula += f" + {notation.weight(layer, neuron, 0)}"
    return Equation(label, formula, (EquationRow((plus(terms, values),)), EquationRow((value,))), (value,))


def a_equation(frame: Frame, layer: int, neuron: int) -> Equation:
    """a_k^l (5), of a single neuron (3); a softmax goes beyond the note."""
    z = Number(frame.z(layer, neuron), Cell("z", layer, neuron))
    value = Number(frame.a(layer, neuron), Cell("a", layer, neuron))
    label = "(3)" if is_single(frame) else "(5)"
    name = frame.scenario.network.layers[layer - 1].activation
    formula = "a = σ(z)" if is_single(frame) else f"{neuron_symbol('a', layer, neuron)} = σ({neuron_symbol('z', layer, neuron)})"
    if name == "softmax":
        label = "beyond (5)"
        power, powers = (f"e^({neuron_symbol('z', layer, index)}−m)" for index in (neuron, "ⱼ"))
        formula = f"{neuron_symbol('a', layer, neuron)} = {power} / Σⱼ {powers},  m = max z{superscript(layer)}"
    rows = _activation_rows(name, z, frame, layer)
    return Equation(label, formula, (*rows, EquationRow((value,))), (value,))


def _activation_rows(name: str, z: Number, frame: Frame, layer: int) -> list[EquationRow]:
    """The formula of σ with its numbers, as the engine computes it."""
    with quiet():
        match name:
            case "sigmoid":
                e = Number(float(exp(-np.abs(np.array([z.value])))[0]))
                if z.value >= 0.0:
                    return [EquationRow(("1 / (1 + e^(−", z, "))")), EquationRow(("1 / (1 + ", e, ")"))]
                return [EquationRow(("e^(", z, ") / (1 + e^(", z, "))")), EquationRow((e, " / (1 + ", e, ")"))]
            case "tanh":
                u = Number(-float(exp_minus_one(-2.0 * np.abs(np.array([z.value])))[0]))
                sign = "−" if z.value < 0.0 else ""
                return [EquationRow(("tanh(", z, ")")), EquationRow((sign, u, " / (2 − ", u, "),  with u = 1 − e^(−2|z|)"))]
            case "relu":
                return [EquationRow(("max(0, ", z, ")"))]
            case "leaky_relu" if z.value <= 0.0:
                return [EquationRow((Number(LEAK, given=True), " · ", z, "  since z ≤ 0"))]
            case "leaky_relu" if z.value > 0.0:
                return [EquationRow((z, "  since z > 0"))]
            case "step":
                return [EquationRow(("step(", z, "),  0 for z < 0, 1 for z ≥ 0"))]
            case "softmax":
                return _softmax_rows(z, frame, layer)
            case _:
                return [EquationRow((z,))]


def _softmax_rows(z: Number, frame: Frame, layer: int) -> list[EquationRow]:
    all_z = frame.layer_z(layer)
    highest = np.maximum.reduce(all_z)
    powers = exp(all_z - highest)
    terms: list[tuple[Atom, ...]] = [(Number(value),) for value in powers.tolist()]
    assert z.cell is not None
    own = Number(float(powers[z.cell.neuron - 1]))
    return [
        EquationRow(("e^(", z, " − ", Number(float(highest)), ") / (", plus(terms, powers.tolist()), ")")),
        EquationRow((own, " / ", Number(ordered_sum(powers)))),
    ]


def cost_equation(frame: Frame) -> Equation:
    """C (10), as the scenario names it."""
    top = len(frame.course.units)
    value = Number(frame.iteration.cost, Cell("cost", top))
    network = frame.scenario.network
    pairs = [
        (Number(frame.a(top, k), Cell("a", top, k)), Number(frame.y(k), Cell("y", top, k))) for k in range(1, network.outputs + 1)
    ]
    upper = superscript(top)
    match network.cost:
        case "half_squared_error" | "squared_error":
            half = HALF if network.cost == "half_squared_error" else ""
            formula = f"C = {half} Σₖ (aₖ{upper} − yₖ)²".replace("=  ", "= ")
            terms: list[tuple[Atom, ...]] = [("(", a, " − ", y, ")²") for a, y in pairs]
            values = [(a.value - y.value) * (a.value - y.value) for a, y in pairs]
            squares: list[tuple[Atom, ...]] = [(Number(value),) for value in values]
            many = len(pairs) > 1
            rows = [
                EquationRow(
                    (f"{half}·" if half else "", "(" if half and many else "", plus(part, values), ")" if half and many else "")
                )
                for part in (terms, squares)
            ]
        case "cross_entropy" if network.softmax:
            formula = f"C = Σₖ yₖ (m + ln Σⱼ e^(zⱼ{upper}−m) − zₖ{upper})  = −Σₖ yₖ ln aₖ{upper}"
            rows = [EquationRow((_softmax_terms(frame, top),))]
        case "cross_entropy":
            formula = f"C = Σₖ (max(zₖ{upper},0) − zₖ{upper} yₖ + ln(1 + e^(−|zₖ{upper}|)))"
            rows = [EquationRow((_logistic_terms(frame, top),))]
    label = "(10)" if not network.softmax else "beyond (10)"
    return Equation(label, formula, (*rows, EquationRow((value,))), (value,))


def _softmax_terms(frame: Frame, top: int) -> Terms:
    z = frame.layer_z(top)
    with quiet():
        highest = float(np.maximum.reduce(z))
        log_sum = highest + float(log(np.array([ordered_sum(exp(z - highest))]))[0])
    wanted = [k for k in range(1, len(z) + 1) if frame.y(k) != 0.0]
    terms: list[tuple[Atom, ...]] = [
        (Number(frame.y(k), Cell("y", top, k)), "·(", Number(log_sum), " − ", Number(frame.z(top, k), Cell("z", top, k)), ")")
        for k in wanted
    ]
    return plus(terms, [frame.y(k) * (log_sum - frame.z(top, k)) for k in wanted])


def _logistic_terms(frame: Frame, top: int) -> Terms:
    terms: list[tuple[Atom, ...]] = []
    for k in range(1, frame.scenario.network.outputs + 1):
        z = Number(frame.z(top, k), Cell("z", top, k))
        y = Number(frame.y(k), Cell("y", top, k))
        terms.append(("(max(", z, ", 0) − ", z, "·", y, " + ln(1 + e^(−|", z, "|)))"))
    z_all, y_all = frame.layer_z(top), frame.iteration.y
    with quiet():
        values = (np.maximum(z_all, 0.0) - z_all * y_all) + log1p(exp(-np.abs(z_all)))
    return plus(terms, values.tolist())
