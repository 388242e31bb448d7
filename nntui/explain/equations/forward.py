"""The equations of the forward pass: x, z, a and C, each with its number in the lecture.

Rows show the arithmetic in the order in which the engine does it, so that the terms of a row, added from left to
right at full digits, give exactly the value.
"""

from nntui.engine.arithmetic import quiet
from nntui.explain.equations.cards.activations import card_of
from nntui.explain.equations.cards.cost_card import OutputNumbers
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.equations.cells import sending
from nntui.explain.equations.equation import Atom, Equation, EquationRow, Number, plus, vector
from nntui.explain.notation.numerals import subscript
from nntui.explain.notation.symbols import Notation, index_in_brackets, neuron_symbol
from nntui.training.cell import Cell
from nntui.training.frame import Frame

WITH_BIAS = " with (2)"
"""Behind the number of a sum that has a bias: (4) leaves out what (2) brought in."""


def is_single(frame: Frame) -> bool:
    """A network of one neuron: section 1 of the lecture, equations (1) to (3)."""
    return frame.course.units == (1,)


def sender(frame: Frame, layer: int, j: int) -> Number:
    """a_j of the layer below `layer`, with its cell."""
    return Number(frame.a(layer - 1, j), sending(layer, j) if j else None, given=j == 0)


def _weights(frame: Frame, layer: int, neuron: int) -> tuple[list[Number], Number | None]:
    """The row of weights with which z was made, and its bias."""
    row = frame.weights_before(layer)[neuron - 1].tolist()
    numbers = [Number(value, Cell("weight", layer, neuron, j)) for j, value in enumerate(row)]
    return numbers[1:], numbers[0] if frame.scenario.network.layers[layer - 1].biases else None


def input_equation(frame: Frame, only: int | None = None) -> Equation:
    """x of the data point, or one number of it."""
    made = [
        Number(value, Cell("input", 0, j)) for j, value in enumerate(frame.iteration.x.tolist(), start=1) if only in (None, j)
    ]
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
        label = ("(4)" if layer == 1 else "(4)(6)") + (WITH_BIAS if bias is not None else "")
        weight_j, a_j = notation.weight(layer, neuron, "ⱼ"), neuron_symbol("a", layer - 1, "ⱼ")
        formula = f"{neuron_symbol('z', layer, neuron)} = Σⱼ {weight_j} {a_j}"
        if bias is not None:
            formula += f" + {notation.weight(layer, neuron, 0)}"
    return Equation(label, formula, (EquationRow((plus(terms, values),)), EquationRow((value,))), (value,))


def a_equation(frame: Frame, layer: int, neuron: int) -> Equation:
    """a_k^l (5), of a single neuron (3)."""
    z = Number(frame.z(layer, neuron), Cell("z", layer, neuron))
    value = Number(frame.a(layer, neuron), Cell("a", layer, neuron))
    card = card_of(frame.scenario.network, layer)
    single = is_single(frame) and card.sigma.each
    label, formula = ("(3)", "a = σ(z)") if single else (card.label, card.formula(layer, neuron))
    with quiet():
        rows, computed = card.working(z, frame.layer_z(layer)), card.computed(z, frame.layer_z(layer))
    return Equation(label, formula, (*rows, EquationRow((value,))), (value,), computed=tuple(computed))


def cost_equation(frame: Frame) -> Equation:
    """C, as the scenario names it; of (10), the chain in it, see `partials`."""
    network, top = frame.scenario.network, len(frame.course.units)
    card = cost_card(network)
    outputs = [output_numbers(frame, k) for k in range(1, network.outputs + 1)]
    with quiet():
        rows, computed = card.working(outputs), card.computed(outputs)
    if not rows:
        rows, computed = computed, []
    value = Number(frame.iteration.cost, Cell("cost", top))
    formula = card.formula(index_in_brackets(top))
    return Equation(card.label, formula, (*rows, EquationRow((value,))), (value,), computed=tuple(computed))


def output_numbers(frame: Frame, k: int) -> OutputNumbers:
    """z, a and y of output k, each with its cell."""
    top = len(frame.course.units)
    return OutputNumbers(
        z=Number(frame.z(top, k), Cell("z", top, k)),
        a=Number(frame.a(top, k), Cell("a", top, k)),
        y=Number(frame.y(k), Cell("y", top, k)),
    )
