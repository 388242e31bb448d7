"""The equations of backpropagation: σ′, δ, ∂C/∂w and the new weights, each with its number in the lecture.

A row of gradients or of new weights is derived whole, as its step makes it, or one weight of it alone (`only`).
"""

import numpy as np

from nntui.engine.arithmetic import ordered_sum, quiet
from nntui.explain.equations.cards.activation_card import ActivationCard
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.equations.cells import senders
from nntui.explain.equations.equation import Atom, Equation, EquationRow, Number, Part, plus, vector
from nntui.explain.equations.forward import output_numbers, sender
from nntui.explain.notation.numerals import subscript
from nntui.explain.notation.symbols import Notation, factor_symbol, neuron_symbol
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import NumberKind


def output_delta_equation(frame: Frame, layer: int, neuron: int) -> Equation:
    """δ_k^N by the chain rule: ∂C/∂z = ∂C/∂a · ∂a/∂z."""
    card, output = cost_card(frame.scenario.network), output_numbers(frame, neuron)
    value = Number(frame.delta(layer, neuron), Cell("delta", layer, neuron))
    delta, z_symbol = (neuron_symbol(letter, layer, neuron) for letter in "δz")
    a_symbol = factor_symbol("a", layer, neuron)
    y_symbol = f"y{subscript(neuron)}"
    if card.cost.cancels_slope:
        formula = f"{delta} = ∂C/∂{z_symbol} = {a_symbol} − {y_symbol}"
        return Equation(card.delta_label, formula, (EquationRow((output.a, " − ", output.y)), EquationRow((value,))), (value,))
    slope = Number(frame.slope(layer, neuron), Cell("slope", layer, neuron))
    formula = f"{delta} = ∂C/∂{a_symbol} · σ′({z_symbol}) = {card.factor.formula(a_symbol, y_symbol)} · σ′({z_symbol})"
    rows = (
        EquationRow((*card.factor.working(output.a, output.y), " · ", *_slope_parts(frame, layer, neuron))),
        EquationRow((cost_slope(frame, neuron), " · ", slope)),
        EquationRow((value,)),
    )
    return Equation(card.delta_label, formula, rows, (value,))


def cost_slope(frame: Frame, neuron: int) -> Number:
    """∂C/∂a of an output, as a number made on the way."""
    a, y = np.array([frame.a(len(frame.course.units), neuron)]), np.array([frame.y(neuron)])
    with quiet():
        return Number(float(frame.scenario.network.cost_function.slope(a, y)[0]))


def _slope_parts(frame: Frame, layer: int, neuron: int) -> tuple[Part, ...]:
    """σ′(z) as it is computed from a, in brackets; else the number itself."""
    row = _slope_row(frame, layer, neuron)
    if row is None:
        return (Number(frame.slope(layer, neuron), Cell("slope", layer, neuron)),)
    return ("(", *row.parts, ")")


def _card(frame: Frame, layer: int) -> ActivationCard:
    return ACTIVATION_CARDS[frame.scenario.network.layers[layer - 1].activation]


def _slope_row(frame: Frame, layer: int, neuron: int) -> EquationRow | None:
    """σ′ with the numbers from which it is computed; None where it is read off z, or is a constant."""
    return _card(frame, layer).slope_working(Number(frame.a(layer, neuron), Cell("a", layer, neuron)))


def slope_equation(frame: Frame, layer: int, neuron: int) -> Equation:
    """σ′(z_k^l), the slope of (5); the note names no slopes, these are the ones of its table of activations."""
    value = Number(frame.slope(layer, neuron), Cell("slope", layer, neuron))
    z_symbol, a_symbol = neuron_symbol("z", layer, neuron), factor_symbol("a", layer, neuron)
    working = _slope_row(frame, layer, neuron) or EquationRow(
        ("σ′(", Number(frame.z(layer, neuron), Cell("z", layer, neuron)), ")")
    )
    words = _card(frame, layer).slope_formula(a_symbol, frame.scenario.network.step_slope)
    return Equation("(5)", f"σ′({z_symbol}) = {words}", (working, EquationRow((value,))), (value,))


def hidden_delta_equation(frame: Frame, layer: int, neuron: int, notation: Notation) -> Equation:
    """δ_k^l by (14), the slope taken out of the sum."""
    upper = layer + 1
    deltas = frame.layer_delta(upper)
    column = frame.weights_before(upper)[:, neuron]
    with quiet():
        products = deltas * column
        total = Number(ordered_sum(products))
    terms: list[tuple[Atom, ...]] = [
        (Number(d, Cell("delta", upper, m)), "·", Number(w, Cell("weight", upper, m, neuron)))
        for m, (d, w) in enumerate(zip(deltas.tolist(), column.tolist(), strict=True), start=1)
    ]
    slope = Number(frame.slope(layer, neuron), Cell("slope", layer, neuron))
    value = Number(frame.delta(layer, neuron), Cell("delta", layer, neuron))
    paths = f"{neuron_symbol('δ', upper, 'ₘ')} {notation.weight(upper, 'ₘ', neuron)}"
    formula = f"{neuron_symbol('δ', layer, neuron)} = (Σₘ {paths}) σ′({neuron_symbol('z', layer, neuron)})"
    rows = (
        EquationRow(("(", plus(terms, products.tolist()), ") · ", slope)),
        EquationRow((total, " · ", slope)),
        EquationRow((value,)),
    )
    return Equation("(14)", formula, rows, (value,))


def numbers_of(kind: NumberKind, layer: int, neuron: int, row: list[int], values: list[float]) -> list[Number]:
    """Numbers of a row w_k0, w_k1 … of a matrix with their cells."""
    return [Number(values[j], Cell(kind, layer, neuron, j)) for j in row]


def row_indices(frame: Frame, layer: int, notation: Notation, only: int | None) -> list[int | str]:
    """The index of each symbol that a formula needs: ⱼ for a row, and the bias where it has a letter of its own."""
    if only is not None:
        return [only]
    apart = notation.name == "common" and frame.scenario.network.layers[layer - 1].biases
    return ["ⱼ", 0] if apart else ["ⱼ"]


def gradient_equation(frame: Frame, layer: int, neuron: int, notation: Notation, only: int | None = None) -> Equation:
    """∂C/∂w_kj^{l−1} by (12) and (15), of the row of neuron k or of one weight."""
    row = senders(frame, layer) if only is None else [only]
    made = numbers_of("gradient", layer, neuron, row, frame.gradient_row(layer, neuron).tolist())
    delta = Number(frame.delta(layer, neuron), Cell("delta", layer, neuron))
    signals = [sender(frame, layer, j) for j in row]
    z, d = neuron_symbol("z", layer, neuron), neuron_symbol("δ", layer, neuron)
    formulas = []
    for index in row_indices(frame, layer, notation, only):
        weight = notation.weight(layer, neuron, index)
        if index == 0 and only is None:
            formulas.append(f"∂C/∂{weight} = {d}")
        else:
            signal = "" if index == 0 else f" {neuron_symbol('a', layer - 1, index)}"
            formulas.append(f"∂C/∂{weight} = ∂C/∂{z} · ∂{z}/∂{weight} = {d}{signal}")
    return Equation(
        "(12)(15)", ",  ".join(formulas), (EquationRow((delta, " · ", *vector(signals))), EquationRow(vector(made))), tuple(made)
    )
