"""The exact answer of a question: the numbers of its step, their signs, or whether they grew."""

from math import copysign

from nntui.training.frame import Frame
from nntui.training.scenario import Asked


def answer(kind: Asked, frame: Frame, then: Frame | None = None) -> tuple[float, ...]:
    """The right answer at the frame's step, one number for each that the step makes (a row: the bias first, if there is one).

    "value": the numbers. "sign": 1, 0 or −1. "larger": 1 for larger, 0 for the same, −1 for smaller than before the
    update, or, at any other step, than in `then`, the frame of the row's last turn (`differences.last_visit`). nan where
    there is no such answer: of a nan, and of "larger" where there is no turn before.
    """
    now = frame.numbers(frame.moment)
    if kind == "value":
        return tuple(now)
    return tuple(
        _sign(number - old) if number != old else 0.0 for number, old in zip(now, _before(kind, frame, then), strict=True)
    )


def _before(kind: Asked, frame: Frame, then: Frame | None) -> list[float]:
    """What each number is compared with."""
    moment = frame.moment
    count = len(frame.numbers(moment))
    if kind == "sign":
        return [0.0] * count
    if moment.kind == "update":
        row: list[float] = frame.weights_before(moment.layer)[moment.neuron - 1].tolist()
        return row[-count:]
    return then.numbers(moment) if then is not None else [float("nan")] * count


def _sign(number: float) -> float:
    return copysign(1.0, number) if number == number and number != 0.0 else number
