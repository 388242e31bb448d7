"""How a weight is changed: (11) as the note has it, or with what a batch and momentum add to it.

A row of new weights is derived whole, as its step makes it, or one weight of it alone (`only`).
"""

from nntui.engine.arithmetic import Array
from nntui.engine.network import Network
from nntui.explain.equations.backward import numbers_of, row_indices
from nntui.explain.equations.cells import senders
from nntui.explain.equations.equation import Atom, Equation, EquationRow, Number, Terms, vector
from nntui.explain.notation.symbols import Notation
from nntui.training.frame import Frame


def update_equation(frame: Frame, layer: int, neuron: int, notation: Notation, only: int | None = None) -> Equation:
    """w_kj^{l−1} ← w − η ∂C/∂w (11), of the row of neuron k or of one weight; nothing is made where nothing may change."""
    network = frame.scenario.network
    may = (network.update_biases, network.update_weights)
    row = senders(frame, layer) if only is None else [only]
    changing = [j for j in row if may[j > 0]]
    weights = [notation.weight(layer, neuron, index) for index in row_indices(frame, layer, notation, only)]
    if network.extended:
        return _with_a_rule(frame, layer, neuron, changing, weights)
    made = numbers_of("update", layer, neuron, changing, frame.weights_after(layer)[neuron - 1].tolist())
    formula = ",  ".join(f"{weight} ← {weight} − η ∂C/∂{weight}" for weight in weights)
    if not made:
        return Equation("(11)", formula, (EquationRow(("nothing here may change",)),), ())
    old = numbers_of("weight", layer, neuron, changing, frame.weights_before(layer)[neuron - 1].tolist())
    slope = numbers_of("gradient", layer, neuron, changing, frame.gradient_row(layer, neuron).tolist())
    rows = (EquationRow((*vector(old), " − ", _eta(network), " · ", *vector(slope))), EquationRow(vector(made)))
    return Equation("(11)", formula, rows, tuple(made))


# --- what is beyond the note: a batch, and momentum

_BEYOND = "beyond (11)"
_NOTHING = (EquationRow(("nothing here may change",)),)


def _with_a_rule(frame: Frame, layer: int, neuron: int, row: list[int], weights: list[str]) -> Equation:
    """G ← G + ∂C/∂w where the batch goes on; where it closes w ← w − η G, or with the velocity w ← w + (μ v − η G)."""
    if not frame.iteration.batch_place.closes:
        return _sums(frame, layer, neuron, row, weights)
    network = frame.scenario.network
    step = "+ (μ v − η {})" if network.moving else "− η {}"
    formula = ",  ".join(f"{weight} ← {weight} {step.format(_letter(frame, weight))}" for weight in weights)
    if not row:
        return Equation(_BEYOND, formula, _NOTHING, ())
    old = vector(numbers_of("weight", layer, neuron, row, frame.weights_before(layer)[neuron - 1].tolist()))
    less = (" − ", _eta(network), " · ")
    if network.moving:
        kept = vector(_plain("v", frame.velocities(layer, before=True)[neuron - 1], row))
        pushed = (" + (", _mu(network), " · ", *kept, *less, *_direction(frame, layer, neuron, row), ")")
        velocity = vector(numbers_of("velocity", layer, neuron, row, frame.velocities(layer)[neuron - 1].tolist()))
        rows = [EquationRow((*old, *pushed)), EquationRow((*old, " + ", *velocity))]
    else:
        rows = [EquationRow((*old, *less, *of(frame, layer, neuron, row))) for of in (_direction, _complete)]
    made = numbers_of("update", layer, neuron, row, frame.weights_after(layer)[neuron - 1].tolist())
    return Equation(_BEYOND, formula, (*rows, EquationRow(vector(made))), tuple(made))


def rule_equations(frame: Frame, layer: int, neuron: int, notation: Notation, j: int) -> tuple[Equation, ...]:
    """How v and G of one weight are made, as far as the network has them: v first, from G."""
    network = frame.scenario.network
    velocity = (velocity_equation(frame, layer, neuron, notation, j),) if network.moving else ()
    return (*velocity, *((sum_equation(frame, layer, neuron, notation, j),) if network.batched else ()))


def sum_equation(frame: Frame, layer: int, neuron: int, notation: Notation, j: int) -> Equation:
    """G ← G + ∂C/∂w of one weight; G begins at 0 with the batch."""
    return _sums(frame, layer, neuron, [j], [notation.weight(layer, neuron, j)])


def velocity_equation(frame: Frame, layer: int, neuron: int, notation: Notation, j: int) -> Equation:
    """v ← μ v − η G of one weight, where its batch closes."""
    network, weight = frame.scenario.network, notation.weight(layer, neuron, j)
    made = numbers_of("velocity", layer, neuron, [j], frame.velocities(layer)[neuron - 1].tolist())
    before = Number(float(frame.velocities(layer, before=True)[neuron - 1][j]), symbol="v")
    factors = (_mu(network), " · ", before, " − ", _eta(network), " · ")
    rows = (EquationRow((*factors, *_complete(frame, layer, neuron, [j]))), EquationRow(vector(made)))
    return Equation(_BEYOND, f"v({weight}) ← μ v({weight}) − η {_letter(frame, weight)}", rows, tuple(made))


def _letter(frame: Frame, weight: str) -> str:
    """What η is multiplied with: ∂C/∂w, G, or the mean G / n."""
    network, size = frame.scenario.network, frame.iteration.batch_place.size
    if not network.batched:
        return f"∂C/∂{weight}"
    return f"G / {size}" if network.average and size > 1 else "G"


def _sums(frame: Frame, layer: int, neuron: int, row: list[int], weights: list[str]) -> Equation:
    begins = frame.iteration.batch_place.begins
    formula = ",  ".join(f"G({weight}) ← {'0' if begins else f'G({weight})'} + ∂C/∂{weight}" for weight in weights)
    if not row:
        return Equation(_BEYOND, formula, _NOTHING, ())
    made = numbers_of("sum", layer, neuron, row, frame.sums(layer)[neuron - 1].tolist())
    return Equation(_BEYOND, formula, (EquationRow(_summed(frame, layer, neuron, row)), EquationRow(vector(made))), tuple(made))


def _summed(frame: Frame, layer: int, neuron: int, row: list[int]) -> tuple[Atom | Terms, ...]:
    """G before this data point, plus its gradient; 0 plus the gradient where the batch begins."""
    slope = vector(numbers_of("gradient", layer, neuron, row, frame.gradient_row(layer, neuron).tolist()))
    if frame.iteration.batch_place.begins:
        return (Number(0.0, given=True), " + ", *slope)
    return (*vector(_plain("G", frame.sums(layer, before=True)[neuron - 1], row)), " + ", *slope)


def _direction(frame: Frame, layer: int, neuron: int, row: list[int]) -> tuple[Atom | Terms, ...]:
    """What η is multiplied with, G as a sum of what it was and of ∂C/∂w."""
    if not frame.scenario.network.batched:
        return vector(numbers_of("gradient", layer, neuron, row, frame.gradient_row(layer, neuron).tolist()))
    total, divided = _summed(frame, layer, neuron, row), _divided(frame)
    return ("((", *total, ")", *divided, ")") if divided else ("(", *total, ")")


def _complete(frame: Frame, layer: int, neuron: int, row: list[int]) -> tuple[Atom | Terms, ...]:
    """What η is multiplied with, G as one number for each weight."""
    if not frame.scenario.network.batched:
        return _direction(frame, layer, neuron, row)
    total = vector(numbers_of("sum", layer, neuron, row, frame.sums(layer)[neuron - 1].tolist()))
    divided = _divided(frame)
    return ("(", *total, *divided, ")") if divided else total


def _divided(frame: Frame) -> tuple[Atom, ...]:
    """/ n of a mean."""
    size = frame.iteration.batch_place.size
    return (" / ", Number(float(size), given=True)) if frame.scenario.network.average and size > 1 else ()


def _plain(letter: str, values: Array, row: list[int]) -> list[Number]:
    """Numbers of the data point before: G and v as it left them."""
    return [Number(float(values[j]), symbol=letter) for j in row]


def _eta(network: Network) -> Number:
    return Number(network.eta, given=True, symbol="η")


def _mu(network: Network) -> Number:
    return Number(network.momentum, given=True, symbol="μ")
