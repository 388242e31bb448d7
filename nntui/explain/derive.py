"""Frame → Equation: one function for each kind of step, each beside its lecture equation.

Rows show the arithmetic in the order in which the engine does it, so that the terms of a row, added from left to
right at full digits, give exactly the value.
"""

import numpy as np

from nntui.engine.activations import LEAK
from nntui.engine.arithmetic import exp, exp_minus_one, log, ordered_sum, quiet
from nntui.explain.equation import Atom, Cell, Equation, Number, Part, Row, plus, vector
from nntui.explain.numerals import subscript, superscript
from nntui.explain.sentences import sentence
from nntui.explain.symbols import neuron_symbol, weight_symbol
from nntui.training.frame import Frame

HALF = "½"
COST_FORMULA = {
    "half_squared_error": "½Σ(a−y)²",
    "squared_error": "Σ(a−y)²",
    "cross_entropy": "cross-entropy",
}


def derive(frame: Frame) -> Equation:
    """The equation of the frame's step, its sentence included."""
    moment = frame.moment
    match moment.kind:
        case "input":
            equation = _input(frame)
        case "z":
            equation = _z(frame, moment.layer, moment.neuron)
        case "a":
            equation = _a(frame, moment.layer, moment.neuron)
        case "cost":
            equation = _cost(frame)
        case "delta" if moment.layer == len(frame.course.units):
            equation = _output_delta(frame, moment.layer, moment.neuron)
        case "delta":
            equation = _hidden_delta(frame, moment.layer, moment.neuron)
        case "gradient":
            equation = _gradient(frame, moment.layer, moment.neuron)
        case "update":
            equation = _update(frame, moment.layer, moment.neuron)
    return Equation(equation.label, equation.formula, equation.rows, equation.made, sentence(frame))


def _single(frame: Frame) -> bool:
    """A network of one neuron: section 1 of the lecture, equations (1) to (3)."""
    return frame.course.units == (1,)


def _sender(frame: Frame, layer: int, j: int) -> Number:
    """a_j of the layer below `layer`, where it stands on screen."""
    cell = None if j == 0 else Cell("x", 0, j) if layer == 1 else Cell("a", layer - 1, j)
    return Number(frame.a(layer - 1, j), cell, given=j == 0)


def _weights(frame: Frame, layer: int, neuron: int) -> tuple[list[Number], Number | None]:
    """The row of weights with which z was made, and its bias."""
    row = frame.weights_before(layer)[neuron - 1].tolist()
    numbers = [Number(value, Cell("weight", layer, neuron, j)) for j, value in enumerate(row)]
    return numbers[1:], numbers[0] if frame.scenario.network.layers[layer - 1].biases else None


def _input(frame: Frame) -> Equation:
    made = [Number(value, Cell("x", 0, j)) for j, value in enumerate(frame.iteration.x.tolist(), start=1)]
    formula = "a⁰ = x" if len(made) > 1 else "a₁⁰ = x₁"
    return Equation("", formula, (Row(vector(made)),), tuple(made))


def _z(frame: Frame, layer: int, neuron: int) -> Equation:
    weights, bias = _weights(frame, layer, neuron)
    terms: list[tuple[Atom, ...]] = [(weight, "·", _sender(frame, layer, j)) for j, weight in enumerate(weights, start=1)]
    if bias is not None:
        terms.append((bias,))
    value = Number(frame.z(layer, neuron), Cell("z", layer, neuron))
    if _single(frame):
        label, formula = ("(2)", "z = Σᵢ wᵢ xᵢ + w₀") if bias is not None else ("(1)", "z = Σᵢ wᵢ xᵢ")
    else:
        label = "(4)" if layer == 1 else "(4)(6)"
        formula = (
            f"{neuron_symbol('z', layer, neuron)} = Σⱼ {weight_symbol(layer, neuron, 'ⱼ')} {neuron_symbol('a', layer - 1, 'ⱼ')}"
        )
        if bias is not None:
            formula += f" + {weight_symbol(layer, neuron, 0)}"
    return Equation(label, formula, (Row((plus(terms),)), Row((value,))), (value,))


def _a(frame: Frame, layer: int, neuron: int) -> Equation:
    z = Number(frame.z(layer, neuron), Cell("z", layer, neuron))
    value = Number(frame.a(layer, neuron), Cell("a", layer, neuron))
    label = "(3)" if _single(frame) else "(5)"
    name = frame.scenario.network.layers[layer - 1].activation
    formula = "a = σ(z)" if _single(frame) else f"{neuron_symbol('a', layer, neuron)} = σ({neuron_symbol('z', layer, neuron)})"
    if name == "softmax":
        label = "beyond (5)"
        power, powers = (f"e^({neuron_symbol('z', layer, index)}−m)" for index in (neuron, "ⱼ"))
        formula = f"{neuron_symbol('a', layer, neuron)} = {power} / Σⱼ {powers},  m = max z{superscript(layer)}"
    rows = _activation_rows(name, z, frame, layer)
    return Equation(label, formula, (*rows, Row((value,))), (value,))


def _activation_rows(name: str, z: Number, frame: Frame, layer: int) -> list[Row]:
    """The formula of σ with its numbers, as the engine computes it."""
    with quiet():
        match name:
            case "sigmoid":
                e = Number(float(exp(-np.abs(np.array([z.value])))[0]))
                if z.value >= 0.0:
                    return [Row(("1 / (1 + e^(−", z, "))")), Row(("1 / (1 + ", e, ")"))]
                return [Row(("e^(", z, ") / (1 + e^(", z, "))")), Row((e, " / (1 + ", e, ")"))]
            case "tanh":
                u = Number(-float(exp_minus_one(-2.0 * np.abs(np.array([z.value])))[0]))
                sign = "−" if z.value < 0.0 else ""
                return [Row(("tanh(", z, ")")), Row((sign, u, " / (2 − ", u, "),  with u = 1 − e^(−2|z|)"))]
            case "relu":
                return [Row(("max(0, ", z, ")"))]
            case "leaky_relu" if z.value <= 0.0:
                return [Row((Number(LEAK, given=True), " · ", z, "  since z ≤ 0"))]
            case "leaky_relu" if z.value > 0.0:
                return [Row((z, "  since z > 0"))]
            case "step":
                return [Row(("step(", z, "),  0 for z < 0, 1 for z ≥ 0"))]
            case "softmax":
                return _softmax_rows(z, frame, layer)
            case _:
                return [Row((z,))]


def _softmax_rows(z: Number, frame: Frame, layer: int) -> list[Row]:
    all_z = frame.layer_z(layer)
    highest = np.maximum.reduce(all_z)
    powers = exp(all_z - highest)
    terms: list[tuple[Atom, ...]] = [(Number(value),) for value in powers.tolist()]
    assert z.cell is not None
    own = Number(float(powers[z.cell.neuron - 1]))
    return [
        Row(("e^(", z, " − ", Number(float(highest)), ") / (", plus(terms), ")")),
        Row((own, " / ", Number(ordered_sum(powers)))),
    ]


def _cost(frame: Frame) -> Equation:
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
            squares: list[tuple[Atom, ...]] = [(Number((a.value - y.value) * (a.value - y.value)),) for a, y in pairs]
            many = len(pairs) > 1
            rows = [
                Row((f"{half}·" if half else "", "(" if half and many else "", plus(part), ")" if half and many else ""))
                for part in (terms, squares)
            ]
        case "cross_entropy" if network.softmax:
            formula = f"C = Σₖ yₖ (m + ln Σⱼ e^(zⱼ{upper}−m) − zₖ{upper})  = −Σₖ yₖ ln aₖ{upper}"
            rows = [Row((plus(_softmax_terms(frame, top)),))]
        case "cross_entropy":
            formula = f"C = Σₖ (max(zₖ{upper},0) − zₖ{upper} yₖ + ln(1 + e^(−|zₖ{upper}|)))"
            rows = [Row((plus(_logistic_terms(frame, top)),))]
    label = "(10)" if not network.softmax else "beyond (10)"
    return Equation(label, formula, (*rows, Row((value,))), (value,))


def _softmax_terms(frame: Frame, top: int) -> list[tuple[Atom, ...]]:
    z = frame.layer_z(top)
    with quiet():
        highest = float(np.maximum.reduce(z))
        log_sum = highest + float(log(np.array([ordered_sum(exp(z - highest))]))[0])
    wanted = [k for k in range(1, len(z) + 1) if frame.y(k) != 0.0]
    return [
        (Number(frame.y(k), Cell("y", top, k)), "·(", Number(log_sum), " − ", Number(frame.z(top, k), Cell("z", top, k)), ")")
        for k in wanted
    ]


def _logistic_terms(frame: Frame, top: int) -> list[tuple[Atom, ...]]:
    terms: list[tuple[Atom, ...]] = []
    for k in range(1, frame.scenario.network.outputs + 1):
        z = Number(frame.z(top, k), Cell("z", top, k))
        y = Number(frame.y(k), Cell("y", top, k))
        terms.append(("(max(", z, ", 0) − ", z, "·", y, " + ln(1 + e^(−|", z, "|)))"))
    return terms


def _output_delta(frame: Frame, layer: int, neuron: int) -> Equation:
    network = frame.scenario.network
    a = Number(frame.a(layer, neuron), Cell("a", layer, neuron))
    y = Number(frame.y(neuron), Cell("y", layer, neuron))
    value = Number(frame.delta(layer, neuron), Cell("delta", layer, neuron))
    delta, a_symbol, z_symbol = (neuron_symbol(letter, layer, neuron) for letter in "δaz")
    if network.cost == "cross_entropy":
        label = "beyond (5)" if network.softmax else "(12)"
        formula = f"{delta} = ∂C/∂{z_symbol} = {a_symbol} − y{subscript(neuron)}"
        return Equation(label, formula, (Row((a, " − ", y)), Row((value,))), (value,))
    twice = "2·" if network.cost == "squared_error" else ""
    slope = Number(frame.slope(layer, neuron), Cell("slope", layer, neuron))
    formula = f"{delta} = ∂C/∂{a_symbol} · σ′({z_symbol}) = {twice}({a_symbol} − y{subscript(neuron)}) · σ′({z_symbol})"
    d = Number((2.0 if twice else 1.0) * (a.value - y.value))
    rows = (Row((f"{twice}(", a, " − ", y, ") · ", *_slope_parts(frame, layer, neuron))), Row((d, " · ", slope)), Row((value,)))
    return Equation("(12)", formula, rows, (value,))


def _slope_parts(frame: Frame, layer: int, neuron: int) -> tuple[Part, ...]:
    """σ′(z) from what is shown: a (1 − a) for the sigmoid, 1 − a² for tanh, else the number itself."""
    a = Number(frame.a(layer, neuron), Cell("a", layer, neuron))
    match frame.scenario.network.layers[layer - 1].activation:
        case "sigmoid":
            return ("(", a, "·(1 − ", a, "))")
        case "tanh":
            return ("(1 − ", a, "·", a, ")")
        case _:
            return (Number(frame.slope(layer, neuron), Cell("slope", layer, neuron)),)


def _hidden_delta(frame: Frame, layer: int, neuron: int) -> Equation:
    upper = layer + 1
    deltas = frame.layer_delta(upper)
    column = frame.weights_before(upper)[:, neuron]
    terms: list[tuple[Atom, ...]] = [
        (Number(d, Cell("delta", upper, m)), "·", Number(w, Cell("weight", upper, m, neuron)))
        for m, (d, w) in enumerate(zip(deltas.tolist(), column.tolist(), strict=True), start=1)
    ]
    with quiet():
        total = Number(ordered_sum(deltas * column))
    slope = Number(frame.slope(layer, neuron), Cell("slope", layer, neuron))
    value = Number(frame.delta(layer, neuron), Cell("delta", layer, neuron))
    paths = f"{neuron_symbol('δ', upper, 'ₘ')} {weight_symbol(upper, 'ₘ', neuron)}"
    formula = f"{neuron_symbol('δ', layer, neuron)} = (Σₘ {paths}) σ′({neuron_symbol('z', layer, neuron)})"
    rows = (Row(("(", plus(terms), ") · ", slope)), Row((total, " · ", slope)), Row((value,)))
    return Equation("(14)", formula, rows, (value,))


def _ordered(bias: Number | None, others: list[Number]) -> list[Number]:
    """Weights first and the bias last, as on screen and in the sums."""
    return others if bias is None else [*others, bias]


def _row_numbers(frame: Frame, layer: int, neuron: int, values: list[float], kind: str) -> list[Number]:
    """A row w_k0, w_k1 … of `frame.numbers` or of a matrix as numbers with their cells, bias last where there is one."""
    numbers = [Number(value, Cell(kind, layer, neuron, j)) for j, value in enumerate(values)]  # type: ignore[arg-type]
    return _ordered(numbers[0] if frame.scenario.network.layers[layer - 1].biases else None, numbers[1:])


def _gradient(frame: Frame, layer: int, neuron: int) -> Equation:
    made = _row_numbers(frame, layer, neuron, frame.gradient_row(layer, neuron).tolist(), "gradient")
    delta = Number(frame.delta(layer, neuron), Cell("delta", layer, neuron))
    senders = [_sender(frame, layer, j) for j in range(1, frame.scenario.network.blocks[layer - 1].inputs + 1)]
    if frame.scenario.network.layers[layer - 1].biases:
        senders.append(_sender(frame, layer, 0))
    weight = weight_symbol(layer, neuron, "ⱼ")
    z = neuron_symbol("z", layer, neuron)
    formula = (
        f"∂C/∂{weight} = ∂C/∂{z} · ∂{z}/∂{weight} = {neuron_symbol('δ', layer, neuron)} {neuron_symbol('a', layer - 1, 'ⱼ')}"
    )
    return Equation("(12)(15)", formula, (Row((delta, " · ", *vector(senders))), Row(vector(made))), tuple(made))


def _update(frame: Frame, layer: int, neuron: int) -> Equation:
    network = frame.scenario.network

    def changing(numbers: list[Number]) -> list[Number]:
        """Those that (11) may change."""
        may = (network.update_biases, network.update_weights)
        return [n for n in numbers if n.cell and may[n.cell.sender > 0]]

    old = changing(_row_numbers(frame, layer, neuron, frame.weights_before(layer)[neuron - 1].tolist(), "weight"))
    slope = changing(_row_numbers(frame, layer, neuron, frame.gradient_row(layer, neuron).tolist(), "gradient"))
    made = changing(_row_numbers(frame, layer, neuron, frame.weights_after(layer)[neuron - 1].tolist(), "new"))
    weight = weight_symbol(layer, neuron, "ⱼ")
    formula = f"{weight} ← {weight} − η ∂C/∂{weight}"
    if not made:
        return Equation("(11)", formula, (Row(("nothing here may change",)),), ())
    rows = (Row((*vector(old), " − ", Number(network.eta, given=True), " · ", *vector(slope))), Row(vector(made)))
    return Equation("(11)", formula, rows, tuple(made))
