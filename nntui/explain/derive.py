"""Frame → Equation: what the step of a frame makes, and how.

`forward` and `backward` hold the equations, one function for each; `inspect` derives single numbers with the same ones.
"""

from nntui.explain.equations.backward import gradient_equation, hidden_delta_equation, output_delta_equation
from nntui.explain.equations.equation import Equation
from nntui.explain.equations.forward import a_equation, cost_equation, input_equation, z_equation
from nntui.explain.equations.update import update_equation
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.explain.sentences.table import sentence
from nntui.training.frame import Frame


def derive(frame: Frame, notation: Notation = LECTURE, numerals: Numerals = FOUR) -> Equation:
    """The equation of the frame's step, its sentence included; the numerals are those of the sentence."""
    moment = frame.moment
    layer, neuron = moment.layer, moment.neuron
    match moment.kind:
        case "input":
            equation = input_equation(frame)
        case "z":
            equation = z_equation(frame, layer, neuron, notation)
        case "a":
            equation = a_equation(frame, layer, neuron)
        case "cost":
            equation = cost_equation(frame)
        case "delta" if layer == len(frame.course.units):
            equation = output_delta_equation(frame, layer, neuron)
        case "delta":
            equation = hidden_delta_equation(frame, layer, neuron, notation)
        case "gradient":
            equation = gradient_equation(frame, layer, neuron, notation)
        case "update":
            equation = update_equation(frame, layer, neuron, notation)
    return Equation(equation.label, equation.formula, equation.rows, equation.made, sentence(frame, numerals))
