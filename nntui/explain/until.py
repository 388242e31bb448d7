"""What held where a search stopped, in words, and how conditions are typed."""

from collections.abc import Callable
from math import isfinite

from nntui.explain.cells import symbol_of
from nntui.explain.equation import Cell, CellKind
from nntui.explain.symbols import LECTURE, Notation
from nntui.training.condition import AllClassified, At, Compared, Condition, Judged, Misclassified, NotFinite, Number, Rose, Row
from nntui.training.frame import Frame
from nntui.training.watch import Found

GRAMMAR = """\
A condition is one of:

  C < 0.01                 the cost of a data point; also cost
  mean C < 0.01            the mean cost of an epoch, at the cost step of its last data point
  |δ1.2| < 1e-6            δ of LAYER.NEURON, here its size; also delta1.2, d1.2
  w1.2.1 > 0               the new weight of LAYER.NEURON.FROM, at its update step; at start, the first weights
  b1.2 > 0                 the bias of LAYER.NEURON, which is w1.2.0
  g1.2.1 < 0               the gradient of that weight
  z1.2 >= 0   a2.1 > 0.9   z and a of LAYER.NEURON
  nan                      a step makes inf or nan
  misclassified            the outputs of a data point say another class than its target
  all classified           the weights a data point leaves behind classify every data row right
  cost rose for 3 epochs   the mean cost was larger than an epoch before, 3 times in a row; also C rose 3
  row 17                   the next turn of a data row
  epoch 40                 an epoch begins
  3:2:delta:1:2            an address, as everywhere; also 40, 3:2, start, end

The number stands last, behind < <= > or >=; between | | is its size. Layers, neurons and FROM count as in addresses and
traces: LAYER is the layer that receives, so that the lecture's superscript is one less, and FROM 0 is the bias.
"""

_CELLS: dict[Judged, CellKind] = {
    "cost": "cost",
    "z": "z",
    "a": "a",
    "delta": "delta",
    "gradient": "gradient",
    "update": "weight",
}

Name = Callable[[Number], str]
"""What a number is called."""


def named(notation: Notation = LECTURE) -> Name:
    """Numbers by the symbols of the screen: δ₂¹, w⁰₂₁."""

    def name(number: Number) -> str:
        if number.kind == "mean":
            return "mean C"
        return symbol_of(Cell(_CELLS[number.kind], number.layer, number.neuron, number.sender), notation)

    return name


def held(condition: Condition, found: Found, frame: Frame, write: Callable[[float], str], name: Name = str) -> str:
    """What held at a step: `C = 0.0099`, `w1.2.1 = inf`, `data row 17 is misclassified`. frame: of that step."""
    match condition:
        case Compared(number=number):
            return f"{name(number)} = {_value(found, write)}"
        case Rose():
            return f"{condition}, to {_value(found, write)}"
        case NotFinite():
            number, value = _first_not_finite(frame)
            return f"{name(number)} = {write(value)}"
        case Misclassified():
            return f"data row {frame.row} is misclassified"
        case AllClassified():
            return f"all {frame.scenario.points} data rows are classified right"
        case Row():
            return f"data row {condition.row}"
        case At():
            return "reached"


def _value(found: Found, write: Callable[[float], str]) -> str:
    assert found.value is not None
    return write(found.value)


def _first_not_finite(frame: Frame) -> tuple[Number, float]:
    """The first number that a step makes and that is inf or nan."""
    moment = frame.moment
    numbers = frame.numbers(moment)
    at = next(index for index, value in enumerate(numbers) if not isfinite(value))
    assert moment.kind != "input"
    senders = 0
    if moment.kind in ("gradient", "update"):
        senders = at + (not frame.scenario.network.layers[moment.layer - 1].biases)
    return Number(moment.kind, moment.layer, moment.neuron, senders), numbers[at]
