"""The exact answer of a question: the numbers of its step, their signs, or whether they grew; and whether C rises."""

from math import copysign

from nntui.engine.arithmetic import Array
from nntui.training.frame import Frame
from nntui.training.rows.row_after_update import forward_after
from nntui.training.scenario import QuestionKind
from nntui.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class CostAfter:
    """C of the row of a data point and its outputs a^N, shape (n_N,), as they were and with the weights after its update."""

    before: float
    after: float
    outputs_before: Array
    outputs_after: Array


def cost_after(frame: Frame) -> CostAfter:
    """C of this row with the weights before and after the update of its data point."""
    outputs, after = forward_after(frame)
    return CostAfter(frame.iteration.cost, after, frame.iteration.a[frame.scenario.network.blocks[-1].outputs], outputs)


def asks_of_cost(frame: Frame) -> bool:
    """Whether "C rises or falls?" can be asked: at the last update of a data point after which (11) is applied."""
    return frame.is_last and frame.iteration.batch_place.closes


def answer(kind: QuestionKind, frame: Frame, then: Frame | None = None) -> tuple[float, ...]:
    """The right answer at the frame's step, one number for each that the step makes (a row: the bias first, if there is one).

    "value": the numbers. "sign": 1, 0 or −1. "larger": 1 for larger, 0 for the same, −1 for smaller than before the
    update, or, at any other step, than in `then`, the frame of the row's last turn (`differences.last_visit`). "cost", one
    number: 1 where C of this row rises with the new weights, −1 where it falls, 0 where it stays. nan where there is no
    such answer: of a nan, and of "larger" where there is no turn before.
    """
    if kind == "cost":
        cost = cost_after(frame)
        return (_compared(cost.after, cost.before),)
    now = frame.numbers(frame.moment)
    if kind == "value":
        return tuple(now)
    return tuple(_compared(number, old) for number, old in zip(now, _before(kind, frame, then), strict=True))


def _before(kind: QuestionKind, frame: Frame, then: Frame | None) -> list[float]:
    """What each number is compared with."""
    moment = frame.moment
    count = len(frame.numbers(moment))
    if kind == "sign":
        return [0.0] * count
    if moment.kind == "update":
        row: list[float] = frame.weights_before(moment.layer)[moment.neuron - 1].tolist()
        return row[-count:]
    return then.numbers(moment) if then is not None else [float("nan")] * count


def _compared(number: float, old: float) -> float:
    """The sign of number − old; 0 for two infinities of one sign, nan where either is nan."""
    return _sign(number - old) if number != old else 0.0


def _sign(number: float) -> float:
    return copysign(1.0, number) if number == number and number != 0.0 else number
