"""The partial derivatives behind a number, one by one, each with its number in the lecture.

δ of a hidden layer comes from (9), the sum of the products δ_m · ∂z_m/∂z_k: for each receiver m, ∂C/∂z_m = δ_m (14),
∂z_m/∂a_k = w_mk (6) and ∂z_m/∂z_k (7), and once ∂a_k/∂z_k = σ′(z_k) (5). A gradient comes from (12): ∂C/∂z_k
(14) and ∂z_k/∂w_kj (8)(13). Behind C is the chain of (10), from x to the outputs.
"""

from collections.abc import Sequence

import numpy as np

from nntui.engine.arithmetic import ordered_sum, quiet
from nntui.explain.equations.backward import cost_slope, gradient_equation, slope_equation
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.equations.cells import may_change, symbol_of
from nntui.explain.equations.equation import Atom, Equation, EquationRow, Number, Part, plus, vector
from nntui.explain.equations.forward import output_numbers, sender
from nntui.explain.equations.long_sums import by_size, shortened, together
from nntui.explain.equations.update import rule_equations
from nntui.explain.notation.numerals import subscript, superscript
from nntui.explain.notation.symbols import Notation, factor_symbol, neuron_symbol
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import NumberKind
from nntui.training.rows.row_after_update import changes, moves

MOST_NESTED = 5  # layers of the chain (10) that are drawn one by one
MOST_LISTED = 6  # numbers of a layer in it


def partials(frame: Frame, cell: Cell, notation: Notation, most: int) -> tuple[Equation, ...]:
    """The partial derivatives behind C, a δ, a gradient, a new weight, G or v; none behind another number.

    At most `most` paths: those that carry most; the rest are counted and summed.
    """
    layer, k, j = cell.layer, cell.neuron, cell.sender
    match cell.kind:
        case "cost":
            return (*_chain(frame), *_promise(frame, most))
        case "delta" if layer < len(frame.course.units):
            return _hidden(frame, layer, k, notation, most)
        case "delta" if not frame.scenario.network.blocks[layer - 1].sigma.each:
            return _softmax(frame, layer, k, most)
        case "delta":
            return (*_output(frame, layer, k), _of_activation(frame, layer, k))
        case "gradient":
            z = neuron_symbol("z", layer, k)
            signal = "" if j == 0 and notation.name == "common" else f" = {neuron_symbol('a', layer - 1, j)}"
            carried = _partial("(8)(13)", f"∂{z}/∂{notation.weight(layer, k, j)}{signal}", [], sender(frame, layer, j))
            return (_of_cost(frame, layer, k), carried)
        case "update" | "velocity" if may_change(frame, cell):
            behind = rule_equations(frame, layer, k, notation, j)
            behind = (*(behind[1:] if cell.kind == "velocity" else behind), gradient_equation(frame, layer, k, notation, j))
            return behind if cell.kind == "velocity" else (*behind, *_promise(frame, most))
        case "sum":
            return (gradient_equation(frame, layer, k, notation, j),)
        case _:
            return ()


def _partial(label: str, formula: str, working: Sequence[tuple[Atom, ...]], value: Number) -> Equation:
    return Equation(label, formula, (*(EquationRow(tuple(parts)) for parts in working), EquationRow((value,))), (value,))


def _of_cost(frame: Frame, layer: int, k: int) -> Equation:
    """∂C/∂z_k = δ_k."""
    delta = Number(frame.delta(layer, k), Cell("delta", layer, k))
    return _partial("(14)", f"∂C/∂{neuron_symbol('z', layer, k)} = {neuron_symbol('δ', layer, k)}", [], delta)


def _of_activation(frame: Frame, layer: int, k: int) -> Equation:
    """∂a_k/∂z_k = σ′(z_k)."""
    slope = slope_equation(frame, layer, k)
    a, z = (neuron_symbol(letter, layer, k) for letter in "az")
    return Equation(slope.label, f"∂{a}/∂{z} = {slope.formula}", slope.rows, slope.made)


def _hidden(frame: Frame, layer: int, k: int, notation: Notation, most: int) -> tuple[Equation, ...]:
    upper = layer + 1
    weights = frame.weights_before(upper)[:, k].tolist()
    slope = Number(frame.slope(layer, k), Cell("slope", layer, k))
    z_k, a_k = neuron_symbol("z", layer, k), neuron_symbol("a", layer, k)

    def path(m: int) -> list[Equation]:
        z_m, symbol = neuron_symbol("z", upper, m), notation.weight(upper, m, k)
        weight = Number(weights[m - 1], Cell("weight", upper, m, k))
        product = Number(weight.value * slope.value)
        return [
            _of_cost(frame, upper, m),
            _partial("(6)", f"∂{z_m}/∂{a_k} = {symbol}", [], weight),
            _partial("(7)", f"∂{z_m}/∂{z_k} = {symbol} {symbol_of(Cell('slope', layer, k))}", [(weight, " · ", slope)], product),
        ]

    shares = [d * w for d, w in zip(frame.layer_delta(upper).tolist(), weights, strict=True)]
    paths = _carrying(shares, most, [path(m) for m in _first(shares, most)])
    total = _sum_over_paths(frame, layer, k, [weight * slope.value for weight in weights])
    return (shortened(total, most), *paths, _of_activation(frame, layer, k))


def _sum_over_paths(frame: Frame, layer: int, k: int, carried: list[float]) -> Equation:
    """(9) with f = C: Σ_m δ_m · ∂z_m/∂z_k. (14) takes σ′ out of it, so the last digits may differ from those of δ_k."""
    deltas = frame.layer_delta(layer + 1).tolist()
    with quiet():
        values = [d * slope for d, slope in zip(deltas, carried, strict=True)]
        total = ordered_sum(np.array(values))
    terms: list[tuple[Atom, ...]] = [
        (Number(d, Cell("delta", layer + 1, m)), "·", Number(slope))
        for m, (d, slope) in enumerate(zip(deltas, carried, strict=True), start=1)
    ]
    value = Number(frame.delta(layer, k), Cell("delta", layer, k))
    z_m, z_k = neuron_symbol("z", layer + 1, "ₘ"), neuron_symbol("z", layer, k)
    rows = (EquationRow((plus(terms, values),), about=total != value.value), EquationRow((value,)))
    return Equation("(9)", f"∂C/∂{z_k} = Σₘ ∂C/∂{z_m} · ∂{z_m}/∂{z_k}", rows, (value,))


def _chain(frame: Frame) -> tuple[Equation, ...]:
    """C(z^N(…z¹(x)…)) (10), and the numbers of the chain from the inside out."""
    top = len(frame.course.units)
    z = [f"z{superscript(layer)}(" for layer in range(top, 0, -1)]
    nested = z if top <= MOST_NESTED else [*z[:2], "…", z[-1]]
    drawn = Equation("(10)", f"C = C({''.join(nested)}x{')' * (top + 1) if top <= MOST_NESTED else ')…)))'}", (), ())
    links = [Equation("", "x", (_vector(frame.layer_a(0).tolist(), "input", 0),), ())]
    layers = range(1, top + 1) if top <= MOST_NESTED else (1, top - 1, top)
    links += [Equation("", f"→ z{superscript(n)}", (_vector(frame.layer_z(n).tolist(), "z", n),), ()) for n in layers]
    cost = Number(frame.iteration.cost, Cell("cost", top))
    return (drawn, *links, Equation("", "→ C", (EquationRow((cost,)),), (cost,)))


def _promise(frame: Frame, most: int) -> tuple[Equation, ...]:
    """At the last update Σ ∂C/∂w · Δw over the weights that changed: what became of C to first order, the largest terms first."""
    if not frame.is_last or not moves(frame):
        return ()
    g, moved = changes(frame)
    g, moved = g[moved != 0.0], moved[moved != 0.0]
    with quiet():
        values = g * moved
        total = Number(ordered_sum(values))
    terms: list[tuple[Atom, ...]] = [(Number(a), "·", Number(b)) for a, b in zip(g.tolist(), moved.tolist(), strict=True)]
    extended = frame.scenario.network.extended
    formula = "promised: Σ ∂C/∂w · Δw" if extended else "promised: Σ ∂C/∂w · Δw,  Δw = −η ∂C/∂w"
    rows = (EquationRow((plus(terms, values.tolist()),), about=len(values) > most + 1), EquationRow((total,)))
    return (shortened(Equation("beyond (11)" if extended else "(11)", formula, rows, (total,)), most),)


def _vector(values: list[float], kind: NumberKind, layer: int) -> EquationRow:
    numbers = [Number(value, Cell(kind, layer, k)) for k, value in enumerate(values[:MOST_LISTED], start=1)]
    more: tuple[Part, ...] = (f" … {len(values) - MOST_LISTED} more",) if len(values) > MOST_LISTED else ()
    return EquationRow((*vector(numbers), *more))


def _first(shares: list[float], most: int) -> list[int]:
    """The paths that are shown, from 1: all by index, or of more than `most` the largest."""
    return [i + 1 for i in (range(len(shares)) if len(shares) <= most else by_size(tuple(shares))[:most])]


def _carrying(shares: list[float], most: int, paths: list[list[Equation]]) -> list[Equation]:
    shown = [equation for path in paths for equation in path]
    if len(shares) <= most:
        return shown
    rest = Number(together(tuple(shares), by_size(tuple(shares))[most:]))
    return [*shown, Equation("", f"… {len(shares) - most} more paths, together", (EquationRow((rest,)),), (rest,))]


def _output(frame: Frame, layer: int, k: int) -> tuple[Equation, ...]:
    """∂C/∂a_k of a cost that is a sum over the outputs, each with its own σ."""
    cost = frame.scenario.network.cost_function
    if cost.cancels_slope and frame.slope(layer, k) == 0.0:
        return ()  # saturated: ∂C/∂a has no bound there, while the product with σ′ stays a − y
    output, card = output_numbers(frame, k), cost_card(frame.scenario.network)
    a_k, y_k = factor_symbol("a", layer, k), f"y{subscript(k)}"
    formula = f"∂C/∂{neuron_symbol('a', layer, k)} = {card.slope.formula(a_k, y_k)}"
    return (_partial(card.label, formula, [card.slope.working(output.a, output.y)], cost_slope(frame, k)),)


def _softmax(frame: Frame, layer: int, k: int, most: int) -> tuple[Equation, ...]:
    """Every z of a softmax moves every a: ∂C/∂z_k = Σ_j ∂C/∂a_j · ∂a_j/∂z_k, over the outputs with a target."""
    a, y = frame.layer_a(layer).tolist(), frame.iteration.y.tolist()
    if any(value == 0.0 for value, target in zip(a, y, strict=True) if target):
        return ()  # ∂C/∂a_j = −y_j / a_j has no bound there, while the sum stays a − y
    card, own = cost_card(frame.scenario.network), Number(a[k - 1], Cell("a", layer, k))
    wanted = [j for j, target in enumerate(y, start=1) if target]
    with quiet():
        slopes = [a[j - 1] * (1.0 - own.value) if j == k else -a[j - 1] * own.value for j in wanted]
        shares = [-y[j - 1] / a[j - 1] * slope for j, slope in zip(wanted, slopes, strict=True)]

    def path(place: int) -> list[Equation]:
        j, slope = wanted[place - 1], Number(slopes[place - 1])
        a_j, a_k, z_k = factor_symbol("a", layer, j), factor_symbol("a", layer, k), neuron_symbol("z", layer, k)
        out, target = Number(a[j - 1], Cell("a", layer, j)), Number(y[j - 1], Cell("y", layer, j))
        formula = f"∂C/∂{neuron_symbol('a', layer, j)} = {card.slope.formula(a_j, f'y{subscript(j)}')}"
        of_cost = _partial(card.label, formula, [card.slope.working(out, target)], Number(-target.value / out.value))
        right = f"{a_j} (1 − {a_k})" if j == k else f"−{a_j} {a_k}"
        parts: tuple[Atom, ...] = (out, "·(1 − ", own, ")") if j == k else ("−", out, "·", own)
        return [of_cost, _partial("beyond (5)", f"∂{a_j}/∂{z_k} = {right}", [parts], slope)]

    return tuple(_carrying(shares, most, [path(place) for place in _first(shares, most)]))
