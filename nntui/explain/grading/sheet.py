"""Marking a sheet with error carried forward: which numbers are right, which are wrong, and which only follow from an
earlier error.

Three accounts of every data point are kept. In `written`, each number is the student's where there is one, and else what
follows from the numbers before it. In `corrected`, a wrong number is replaced by what follows, as if it were a slip of
the pen. In `error_free`, the numbers that follow from a wrong one are replaced too. An answer is *right* where it may be
a rounding of what follows in the error-free account, or of the true number; else it *follows* where it may be a rounding
of what follows in one of the others; else it is *wrong*. So an error counts once, carried forward or not, and a number
that is correct again after it is right. Until the first wrong number the three accounts are the same.

Rounding is carried fairly. A number v is written with half a unit h of its last digit, and i ± r follows from the numbers
before it. From then on v stands for v ± min(|v − i| + r, h): the student may go on with the number written, or with the
one in the calculator. What is not written, and what the scenario gives (x, y, the first weights), may have been read off
a screen or rounded to the digits that count there (`ball_arithmetic.last_digit`), and stands for that too. How these
radii pass through a formula, `recompute.follow` says; the answer itself may be off by `ball_arithmetic.tolerance` more.

Weights pass from one data point to the next. Between two answered data points that do not follow one another, up to
MOST_BRIDGED unanswered ones on the whole sheet are computed. Beyond that, and where weights that are not written have
become so uncertain that hardly any number could be wrong (UNCERTAIN), marking begins again with the true weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal, NamedTuple

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.explain.equations.equation import Cell
from nntui.explain.grading.ball_arithmetic import Ball, agrees, rounding_radius, shown
from nntui.explain.grading.judge import recognised
from nntui.explain.grading.recompute import follow
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slip_table import Slip
from nntui.explain.grading.student_account import StudentAccount
from nntui.lesson.answers import Answer
from nntui.text.decimal import TypedNumber
from nntui.training.frame import Frame
from nntui.training.steps import KIND_CARDS, Group, Moment
from nntui.training.timeline import Timeline

MOST_BRIDGED = 1000
MOST_TOLD = 20  # wrong numbers that are searched for a slip and reported one by one
MOST_WEIGHTS = 1 << 21  # of a network whose sheet can be followed: four matrices of them are held at a time
MOST_WORK = 1 << 29  # weights times data points
MOST_POINTS = 10_000  # data points with answers
UNCERTAIN = 0.02  # radius of a weight that is not written, relative to the weight or to 1
_BRIDGE_WORK = 1 << 27  # weights times unanswered data points on the way

Verdict = Literal["right", "follows", "wrong"]


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
class MarkedSheet:
    """The result: how many answers are right, follow, or are wrong; how many numbers have none; the first wrong answers."""

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
    """Where a number is in the array of a group: (neuron,), or (sender, neuron) in a row of weights."""

    at: tuple[int, ...]
    cell: Cell


def follow_work(timeline: Timeline, answers: Sequence[Answer]) -> MarkedSheet:
    """Follows a sheet; TooMuch where the network is too large, NotTheInput where it is the sheet of another scenario.

    answers: at most one for each place; any order.
    """
    course, network = timeline.course, timeline.scenario.network
    ordered = sorted(answers, key=lambda answer: answer[:2])
    points = len({course.iteration(answer.step) for answer in ordered})
    if points > MOST_POINTS:
        raise TooMuch(f"answers at {points} data points; expected at most {MOST_POINTS}")
    if network.parameters > MOST_WEIGHTS or network.parameters * points > MOST_WORK:
        raise TooMuch(
            f"answers at {points} data point{'s' if points > 1 else ''} of a network of {network.parameters} weights; "
            f"expected at most {MOST_WEIGHTS} weights, and {MOST_WORK} weights times data points"
        )
    work, accounts = MarkedSheet(), _StudentAccounts(timeline)
    with quiet():
        for number, group in groupby(ordered, key=lambda answer: course.iteration(answer.step)):
            accounts.to(number)
            _one_point(accounts, list(group), work)
    return work


class _StudentAccounts:
    """The three accounts of one data point: written, corrected, error-free."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.number = -1
        self.bridged = 0
        self.most_bridged = min(MOST_BRIDGED, _BRIDGE_WORK // timeline.scenario.network.parameters)
        self.slipped = False
        self.uncertain = False
        self.accounts: list[StudentAccount] = []
        self.frame: Frame

    @property
    def written(self) -> StudentAccount:
        """The account of what the student wrote."""
        return self.accounts[0]

    def to(self, number: int) -> None:
        """Moves on to the data point of a later iteration."""
        gap = number - self.number - 1
        if not self.accounts or self.bridged + gap > self.most_bridged:
            self._begin(number)
            return
        for between in range(self.number + 1, number):
            if self.uncertain:
                break
            self.bridged += 1
            self._go_on(between)
            for group in self.timeline.course.groups[1:]:
                self.enter(group, self.follow(group), [])
        if self.uncertain:
            self._begin(number)
        else:
            self._go_on(number)

    def follow(self, group: Group) -> list[Ball]:
        """What follows in each account; the same ball three times as long as the accounts are the same."""
        many = self.accounts if self.slipped else self.accounts[:1]
        balls = [follow(account, group.kind, group.layer).copy() for account in many]
        return balls if self.slipped else balls * len(self.accounts)

    def enter(self, group: Group, balls: list[Ball], written: list[_Place]) -> None:
        """Enters what a group of steps makes into the accounts; what the student did not write may have been rounded."""
        for ball in balls if self.slipped else balls[:1]:
            more = rounding_radius(ball)
            for place in written:
                more[place.at] = 0.0
            np.add(ball.rad, more, out=ball.rad)
            if group.kind == "update":
                uncertain = ball.rad > UNCERTAIN * np.maximum(np.abs(ball.mid), 1.0)
                for place in written:
                    uncertain[place.at] = False
                self.uncertain = self.uncertain or bool(uncertain.any())
        for account, ball in zip(self.accounts, balls, strict=True):
            account.enter(group.kind, group.layer, ball)

    def _begin(self, number: int) -> None:
        """Begins with the true weights; earlier errors are forgotten."""
        x, y = self._enter(number)
        network, before = self.frame.scenario.network, self.frame.iteration.before
        weights = [shown(block.matrix(before)) for block in network.blocks]
        self.accounts = [StudentAccount(network, x, y, weights) for _ in range(3)]
        self.slipped = self.uncertain = False

    def _go_on(self, number: int) -> None:
        x, y = self._enter(number)
        self.accounts = [account.following(x, y) for account in self.accounts]

    def _enter(self, number: int) -> tuple[Ball, Ball]:
        """x and y of an iteration."""
        self.number = number
        self.frame = self.timeline.frame(number * self.timeline.course.length)
        return shown(self.frame.iteration.x), shown(self.frame.iteration.y)


def _one_point(accounts: _StudentAccounts, answers: list[Answer], work: MarkedSheet) -> None:
    """Judges the answers of one data point, in the order of the steps, and fills the accounts."""
    course = accounts.timeline.course
    of_group: dict[int, list[Answer]] = {}
    for answer in answers:
        of_group.setdefault(course.group_at(answer.step % course.length).start, []).append(answer)
    for group in course.groups:
        here = of_group.get(group.start, [])
        if group.kind == "input":
            _check_inputs(accounts.frame, here)
            continue
        balls = accounts.follow(group)
        truth = accounts.frame.values(group.kind, group.layer) if here else np.empty(0)
        work.missing += _count(accounts.frame, group)
        answered = []
        for answer in here:
            if answer.typed is not None:
                answered.append(_place(accounts.frame, group, answer))
                _judge(answer, answer.typed, balls, truth, answered[-1], accounts, work)
        work.missing -= len(answered)
        accounts.enter(group, balls, answered)


def _judge(
    answer: Answer,
    typed: TypedNumber,
    balls: list[Ball],
    truth: Array,
    place: _Place,
    accounts: _StudentAccounts,
    work: MarkedSheet,
) -> None:
    """Judges one answer and enters it into the accounts."""
    written, corrected, error_free = ([agrees(typed, *way) for way in _ways(ball, place)] for ball in balls)
    if any(error_free) or agrees(typed, float(truth[place.at]), 0.0):
        work.right += 1
        replaced = balls[3:]
    elif any(written) or any(corrected):
        work.follows += 1
        replaced = balls[2:]
    else:
        work.wrong += 1
        if len(work.findings) < MOST_TOLD:
            work.findings.append(_finding(answer, typed, balls[0], place, accounts.written))
        if not accounts.slipped:
            accounts.slipped = True
            balls[1:] = [balls[0].copy(), balls[0].copy()]
        replaced = balls[1:]
    for ball in balls:
        if any(ball is other for other in replaced):
            ball.rad[place.at] += typed.half  # a student who rounds like this one may write any of these
        else:
            _carry(ball, place.at, typed)


def _finding(answer: Answer, typed: TypedNumber, ball: Ball, place: _Place, numbers: StudentAccount) -> Finding:
    expected, radius = next(_ways(ball, place))
    return Finding(answer, place.cell, expected, recognised(SlipContext(numbers, place.cell), typed, expected, radius))


def _ways(ball: Ball, place: _Place) -> Iterator[tuple[float, float]]:
    """Middle and radius of what follows; of a cost each way to work it out."""
    if place.cell.kind == "cost":
        yield from zip(ball.mid.tolist(), ball.rad.tolist(), strict=True)
    else:
        yield float(ball.mid[place.at]), float(ball.rad[place.at])


def _carry(ball: Ball, at: tuple[int, ...], typed: TypedNumber) -> None:
    """Puts the student's number in the place of what follows; doing it twice changes nothing more."""
    off = abs(typed.value - float(ball.mid[at])) + float(ball.rad[at])
    ball.mid[at], ball.rad[at] = typed.value, min(off, typed.half) if off == off else typed.half


# --- places


def _place(frame: Frame, group: Group, answer: Answer) -> _Place:
    if group.kind == "cost":
        return _Place((0,), Cell("cost", group.layer))
    neuron = answer.step % frame.course.length - group.start + 1
    if KIND_CARDS[group.kind].row:
        return _Place((answer.sender, neuron - 1), Cell(group.kind, group.layer, neuron, answer.sender))
    return _Place((neuron - 1,), Cell(group.kind, group.layer, neuron))


def _count(frame: Frame, group: Group) -> int:
    """How many numbers a group of steps makes."""
    if not KIND_CARDS[group.kind].row:
        return group.count
    network = frame.scenario.network
    return group.count * (network.sizes[group.layer - 1] + network.layers[group.layer - 1].biases)


def _check_inputs(frame: Frame, answers: list[Answer]) -> None:
    """The inputs of a sheet are not answers; but where they are others, the sheet belongs to another scenario."""
    for answer in answers:
        x = float(frame.iteration.x[answer.sender - 1])
        if answer.typed is not None and not agrees(answer.typed, x, 0.0):
            address = replace(frame.address, moment=Moment("input", 0))
            message = f"input {answer.sender} of {address} is {answer.typed.value!r}; expected {x!r}, as in the scenario"
            raise NotTheInput(answer.line, message)
