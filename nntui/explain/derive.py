"""Frame → Equation: what the step of a frame makes, and how.

`forward` and `backward` hold the equations, one function for each; `inspect` derives single numbers with the same ones.
"""

from typing import Literal

from nntui.explain.equations.equation import Equation
from nntui.explain.equations.forward import a_equation, cost_equation, input_equation, z_equation
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.explain.sentences.table import sentence
from nntui.training.frame import Frame


def derive(frame: Frame, notation: Notation = LECTURE, numerals: Numerals = FOUR) -> Equation:
    """The equation of the frame's step, its sentence included; the numerals are those of the sentence."""
    equation = _equation(frame, notation)
    return Equation(equation.label, equation.formula, equation.rows, equation.made, sentence(frame, numerals))


def _equation(frame: Frame, notation: Notation) -> Equation:
    moment = frame.moment
    layer, neuron = moment.layer, moment.neuron
    match moment.kind:
        case "input":
            return input_equation(frame)
        case "z":
            return z_equation(frame, layer, neuron, notation)
        case "a":
            return a_equation(frame, layer, neuron)
        case "cost":
            return cost_equation(frame)
        case "delta" | "gradient" | "update" as kind:
            return _backward_equation(kind, frame, notation)


def _backward_equation(kind: Literal["delta", "gradient", "update"], frame: Frame, notation: Notation) -> Equation:
    """The equation of a step backward, which no first picture needs."""
    from nntui.explain.equations.backward import gradient_equation, hidden_delta_equation, output_delta_equation
    from nntui.explain.equations.update import update_equation

    layer, neuron = frame.moment.layer, frame.moment.neuron
    match kind:
        case "delta" if layer == len(frame.course.units):
            return output_delta_equation(frame, layer, neuron)
        case "delta":
            return hidden_delta_equation(frame, layer, neuron, notation)
        case "gradient":
            return gradient_equation(frame, layer, neuron, notation)
        case "update":
            return update_equation(frame, layer, neuron, notation)
