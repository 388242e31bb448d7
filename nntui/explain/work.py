"""A sheet of a student's numbers, followed in the order of the steps: which are right, which are wrong, and which only
follow from an earlier slip.

Two accounts are kept of every data point. In one, `own`, each number is the student's where there is one, and else
what follows from those before it. In the other, `clean`, a wrong number is passed over as if it had been made well. An
answer is *right* where it may be a rounding of what follows in the clean account, or of the true number; else it
*follows* where it may be a rounding of what follows from the student's own numbers; else it is *wrong*. So a slip
counts once, and a number put right again after it is right.

Rounding is carried fairly. A number v written with half a unit h of its last digit, where i ± r follows from the
numbers before it, stands from then on for v ± min(|v − i| + r, h): the student may go on with the number written or
with the one in the calculator. h is at least that of the digits that count (`balls.tolerance`), and so much is also
allowed to what the scenario gives (x, y, the first weights), which may be read off a screen.

Weights pass from one data point to the next. Between two answered data points that do not follow one another up to
MOST_BRIDGED unanswered ones are worked out on the way, in the whole sheet; beyond that one begins again with the true
weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal, NamedTuple

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.explain.balls import Ball, fits, shown, tolerance
from nntui.explain.equation import Cell, CellKind
from nntui.explain.facts import Facts
from nntui.explain.follow import follow
from nntui.explain.own import Own
from nntui.explain.slip_table import Slip
from nntui.explain.slips import recognised
from nntui.training.answers import Answer
from nntui.training.frame import Frame
from nntui.training.steps import Group, Kind, Moment
from nntui.training.timeline import Timeline
from nntui.training.typed import Typed

MOST_BRIDGED = 1000
MOST_TOLD = 20  # wrong numbers that are looked at for a slip and told one by one
MOST_WEIGHTS = 1 << 21  # of a network whose sheet can be followed: four matrices of them are held at a time
MOST_WORK = 1 << 29  # weights times data points
_BRIDGE_WORK = 1 << 27  # weights times unanswered data points on the way

Verdict = Literal["right", "follows", "wrong"]
CELL_OF: dict[Kind, CellKind] = {
    "input": "x",
    "z": "z",
    "a": "a",
    "cost": "cost",
    "delta": "delta",
    "gradient": "gradient",
    "update": "new",
}


class TooMuch(ValueError):  # noqa: N818
    """A sheet that would take too long; the message is one sentence."""


class NotTheInput(ValueError):  # noqa: N818
    """An input on the sheet that is not the scenario's; the message is one sentence."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Finding:
    """A wrong number: where, what follows from the numbers before it, and the slips it may come from."""

    answer: Answer
    cell: Cell
    expected: float
    slips: tuple[Slip, ...]


@dataclass(slots=True)
class Work:
    """What was found: counts of answers, numbers of the answered data points that have none, and the first wrong ones."""

    right: int = 0
    follows: int = 0
    wrong: int = 0
    missing: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def answers(self) -> int:
        """How many numbers were given."""
        return self.right + self.follows + self.wrong


class _Place(NamedTuple):
    """Where in the array of a group a number stands; for a row (sender, neuron)."""

    at: tuple[int, ...]
    cell: Cell


def follow_work(timeline: Timeline, answers: Sequence[Answer]) -> Work:
    """Follows a sheet; TooMuch where the network is too large, NotTheInput where it is the sheet of another scenario.

    answers: at most one for each place; any order.
    """
    course, network = timeline.course, timeline.scenario.network
    ordered = sorted(answers, key=lambda answer: answer[:2])
    points = len({course.iteration(answer.step) for answer in ordered})
    if network.parameters > MOST_WEIGHTS or network.parameters * points > MOST_WORK:
        raise TooMuch(
            f"answers at {points} data points of a network of {network.parameters} weights; "
            f"expected at most {MOST_WEIGHTS} weights, and {MOST_WORK} weights times data points"
        )
    work, walk = Work(), _Walk(timeline)
    with quiet():
        for number, group in groupby(ordered, key=lambda answer: course.iteration(answer.step)):
            walk.to(number)
            _one_point(walk, list(group), work)
    return work


class _Walk:
    """Both accounts of the data point one stands at."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.number = -1
        self.bridged = 0
        self.most_bridged = min(MOST_BRIDGED, _BRIDGE_WORK // timeline.scenario.network.parameters)
        self.own: Own
        self.clean: Own
        self.frame: Frame

    def to(self, number: int) -> None:
        """Goes on to the data point of an iteration, which lies ahead."""
        gap = number - self.number - 1
        if self.number < 0 or self.bridged + gap > self.most_bridged:
            self._enter(number)
            blocks, before = self.frame.scenario.network.blocks, self.frame.iteration.before
            weights = [shown(block.matrix(before)) for block in blocks]
            self.own, self.clean = (Own(self.frame.scenario.network, *self._given(), weights) for _ in range(2))
            return
        self.bridged += gap
        for between in range(self.number + 1, number):
            self._follow(between)
            for group in self.timeline.course.groups[1:]:
                for account in (self.own, self.clean):
                    account.put(group.kind, group.layer, follow(account, group.kind, group.layer))
        self._follow(number)

    def _follow(self, number: int) -> None:
        self._enter(number)
        self.own, self.clean = (account.following(*self._given()) for account in (self.own, self.clean))

    def _enter(self, number: int) -> None:
        self.number = number
        self.frame = self.timeline.frame(number * self.timeline.course.length)

    def _given(self) -> tuple[Ball, Ball]:
        return shown(self.frame.iteration.x), shown(self.frame.iteration.y)


def _one_point(walk: _Walk, answers: list[Answer], work: Work) -> None:
    """Judges the answers of one data point, in the order of the steps, and fills both accounts."""
    course = walk.timeline.course
    of_group: dict[int, list[Answer]] = {}
    for answer in answers:
        of_group.setdefault(course.group_at(answer.step % course.length).start, []).append(answer)
    for group in course.groups:
        here = of_group.get(group.start, [])
        if group.kind == "input":
            _check_inputs(walk.frame, here)
            continue
        own, clean = (follow(account, group.kind, group.layer).copy() for account in (walk.own, walk.clean))
        work.missing += _numbers(walk.frame, group) - sum(answer.typed is not None for answer in here)
        truth = _truth(walk.frame, group) if here else None
        for answer in here:
            if answer.typed is not None and truth is not None:
                _judge(answer, answer.typed, _place(walk.frame, group, answer), (own, clean, truth), walk, work)
        walk.own.put(group.kind, group.layer, own)
        walk.clean.put(group.kind, group.layer, clean)


def _judge(answer: Answer, typed: Typed, place: _Place, here: tuple[Ball, Ball, Array], walk: _Walk, work: Work) -> None:
    """One answer; it takes its place in both accounts."""
    own, clean, truth = here
    ways = list(_ways(own, place))
    expected, radius = ways[0]
    true = float(truth[place.at])
    if any(fits(typed, *way) for way in _ways(clean, place)) or fits(typed, true, 0.0):
        work.right += 1
        _carry(clean, place.at, typed)
    elif any(fits(typed, *way) for way in ways):
        work.follows += 1
        _pass_over(clean, place.at, typed)
    else:
        work.wrong += 1
        if len(work.findings) < MOST_TOLD:
            slips = recognised(Facts(walk.own, place.cell), typed, expected, radius)
            work.findings.append(Finding(answer, place.cell, expected, slips))
        _pass_over(clean, place.at, typed)
    _carry(own, place.at, typed)


def _ways(ball: Ball, place: _Place) -> Iterator[tuple[float, float]]:
    """Middle and radius of what follows; of a cost each way to work it out."""
    if place.cell.kind == "cost":
        yield from zip(ball.mid.tolist(), ball.rad.tolist(), strict=True)
    else:
        yield float(ball.mid[place.at]), float(ball.rad[place.at])


def _carry(ball: Ball, index: tuple[int, ...], typed: Typed) -> None:
    """The student's number in the place of what follows."""
    middle = float(ball.mid[index])
    most = tolerance(typed, typed.value)
    off = abs(typed.value - middle) + float(ball.rad[index])
    ball.mid[index], ball.rad[index] = typed.value, min(off, most) if off == off else most


def _pass_over(ball: Ball, index: tuple[int, ...], typed: Typed) -> None:
    """What follows stays, as somebody would have written it who rounds as this student does."""
    ball.rad[index] += tolerance(typed, float(ball.mid[index]))


# --- places


def _place(frame: Frame, group: Group, answer: Answer) -> _Place:
    neuron = answer.step % frame.course.length - group.start + 1
    match group.kind:
        case "gradient" | "update":
            return _Place((answer.sender, neuron - 1), Cell(CELL_OF[group.kind], group.layer, neuron, answer.sender))
        case "cost":
            return _Place((0,), Cell("cost", group.layer))
        case _:
            return _Place((neuron - 1,), Cell(CELL_OF[group.kind], group.layer, neuron))


def _numbers(frame: Frame, group: Group) -> int:
    """How many numbers a group of steps makes."""
    if group.kind not in ("gradient", "update"):
        return group.count
    network = frame.scenario.network
    return group.count * (network.sizes[group.layer - 1] + network.layers[group.layer - 1].biases)


def _truth(frame: Frame, group: Group) -> Array:
    """The numbers of a group of steps, in the shape of `follow`."""
    block = frame.scenario.network.blocks[group.layer - 1]
    match group.kind:
        case "z":
            return frame.layer_z(group.layer)
        case "a":
            return frame.layer_a(group.layer)
        case "delta":
            return frame.layer_delta(group.layer)
        case "gradient":
            return frame.iteration.a[block.senders][:, None] * frame.layer_delta(group.layer)
        case "update":
            return block.matrix(frame.iteration.after)
        case _:
            return np.array([frame.iteration.cost])


def _check_inputs(frame: Frame, answers: list[Answer]) -> None:
    """The inputs of a sheet are not answers; but where they are others, the sheet belongs to another scenario."""
    for answer in answers:
        x = float(frame.iteration.x[answer.sender - 1])
        if answer.typed is not None and not fits(answer.typed, x, 0.0):
            address = replace(frame.address, moment=Moment("input", 0))
            message = f"input {answer.sender} of {address} is {answer.typed.value!r}; expected {x!r}, as in the scenario"
            raise NotTheInput(answer.line, message)
