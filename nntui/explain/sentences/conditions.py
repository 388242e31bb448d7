"""What held where a search stopped, in words, and how conditions are typed."""

from collections.abc import Callable
from math import isfinite

from nntui.explain.equations.cells import symbol_of
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import NumberKind
from nntui.training.until.condition import (
    AllClassified,
    AtStep,
    Compared,
    Condition,
    Misclassified,
    NotFinite,
    NumberOfRun,
    Rose,
    TurnOfRow,
)
from nntui.training.until.finder import Found
from nntui.training.until.right_for_good import RightSpan

GRAMMAR = """\
A condition is one of:

  C < 0.01                the cost of a data point (also: cost)
  mean C < 0.01           the mean cost of an epoch, at its last cost
  |δ1.2| < 1e-6           the size of δ of LAYER.NEURON (also: d1.2)
  w1.2.1 > 0              a new weight, LAYER.NEURON.FROM; at the start
                          of the run the first weights too
  b1.2 > 0                the bias of LAYER.NEURON, which is w1.2.0
  g1.2.1 < 0              the gradient of w1.2.1
  z1.2 >= 0, a2.1 > 0.9   z and a of LAYER.NEURON
  nan                     a step makes inf or nan
  misclassified           outputs say another class than the target
  all classified          the weights that a data point leaves behind
                          classify every data row right
  cost rose for 3 epochs  the mean cost was larger than an epoch
                          before, 3 times in a row (also: C rose 3)
  row 17                  the next turn of a data row
  epoch 40                an epoch begins
  3:2:delta:1:2           an address (also: 40, 3:2, start, end)

A number is behind < <= > or >=, and between | | for its size.
Layers and neurons count as in addresses and traces: LAYER is the one
that receives (the lecture's superscript is one less), FROM 0 the bias.
"""

Name = Callable[[NumberOfRun], str]
"""What a number is called."""


def named(notation: Notation = LECTURE) -> Name:
    """Numbers by the symbols of the screen: δ₂¹, w⁰₂₁."""

    def name(number: NumberOfRun) -> str:
        if number.kind == "mean":
            return "mean C"
        kind: NumberKind = "weight" if number.kind == "update" else number.kind
        return symbol_of(Cell(kind, number.layer, number.neuron, number.sender), notation)

    return name


def held(
    condition: Condition,
    found: Found,
    frame: Frame,
    write: Callable[[float], str],
    name: Name = str,
    span: RightSpan | None = None,
) -> str:
    """What held at a step: `C = 0.0099`, `w1.2.1 = inf`, `data row 17 is misclassified`. frame: of that step.

    span: of weights that classify all rows right, for how long.
    """
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
            return f"all {frame.scenario.points} data rows are classified right by these weights{_lasting(span, frame)}"
        case TurnOfRow():
            return f"data row {condition.row}"
        case AtStep():
            return "arrived"


def _lasting(span: RightSpan | None, frame: Frame) -> str:
    """` for the first time; lost again at 552:1; for good from 598:4`."""
    if span is None:
        return ""
    first = " for the first time" if span.first else ""
    if span.lost is None:
        return f"{first}, and stay so to the end"
    lost = f"{first}; lost again at {frame.course.address(span.lost).data_point}"
    return (
        f"{lost}; for good from {frame.course.address(span.good).data_point}"
        if span.good is not None
        else f"{lost}; never for good"
    )


def _value(found: Found, write: Callable[[float], str]) -> str:
    assert found.value is not None
    return write(found.value)


def _first_not_finite(frame: Frame) -> tuple[NumberOfRun, float]:
    """The first number that a step makes and that is inf or nan."""
    moment = frame.moment
    numbers = frame.numbers(moment)
    at = next(index for index, value in enumerate(numbers) if not isfinite(value))
    assert moment.kind != "input"
    senders = 0
    if moment.kind in ("gradient", "update"):
        senders = at + (not frame.scenario.network.layers[moment.layer - 1].biases)
    return NumberOfRun(moment.kind, moment.layer, moment.neuron, senders), numbers[at]
