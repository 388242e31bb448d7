"""A sheet of a student's numbers, followed in the order of the steps: which are right, which are wrong, and which only
follow from an earlier slip.

Three accounts are kept of every data point (`marking.accounts`). An answer is *right* where it may be what
follows in the clean account, or the true number; else it *follows* where it may be what follows in one of the others;
else it is *wrong*. So a slip counts once, carried on or not, and a number put right after it is right.

Rounding is carried fairly. A number v written with half a unit h of its last digit, where i ± r follows from the
numbers before it, counts from then on as v ± min(|v − i| + r, h): the student may go on with the number written or
with the one in the calculator; of a student who cuts numbers, with 2h in place of h. What is not written, and what the
scenario gives (x, y, the first weights), may have been read off a screen or rounded to the digits that count there
(`ball_arithmetic.unit`), and counts as that too. How these radii go through a formula, `follow` says; at its end an
answer may lie off by `tolerance` more.

Weights pass from one data point to the next. Steps without an answer are worked out on the way, up to MOST_UNANSWERED
groups of them in a sheet. Beyond that, and where weights that are not written have become so vague that little could be
wrong (BLURRED), the next data point begins with the true weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.network import Network
from nntui.explain.grading.ball_arithmetic import Ball, agrees, tolerance
from nntui.explain.grading.judge import recognised
from nntui.explain.grading.recompute import can_make
from nntui.explain.grading.slip_context import SlipContext
from nntui.explain.grading.slips.slip import Slip
from nntui.explain.marking.accounts import Accounts
from nntui.explain.marking.marked_sheet import Finding, MarkedSheet, OtherInput
from nntui.explain.marking.students_frame import students_frame
from nntui.lesson.answers import Answer
from nntui.text.counted import counted
from nntui.text.decimal import TypedNumber
from nntui.training.address import Moment
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.kinds import KIND_CARDS
from nntui.training.steps import Group
from nntui.training.timeline import Timeline
from nntui.values import dataclass

MOST_NAMED = 200  # wrong numbers that are looked at for a slip
MOST_WEIGHTS = 1 << 21  # of a network whose sheet can be followed: four matrices of them are held at a time
MOST_WORK = 1 << 29  # weights times data points
MOST_POINTS = 10_000  # data points with answers


class TooMuch(ValueError):
    """A sheet that would take too long; the message is one sentence."""


class NotTheInput(ValueError):
    """An input on the sheet that is not the scenario's; the message is one sentence."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _Place(NamedTuple):
    """The place of a number in the array of its group; for a row (sender, neuron)."""

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
            f"answers at {counted(points, 'data point')} of a network of {network.parameters} weights; "
            f"expected at most {MOST_WEIGHTS} weights, and {MOST_WORK} weights times data points"
        )
    stop = course.iteration(ordered[-1].step) + 1 if ordered else 0
    work, accounts = MarkedSheet(), Accounts(timeline, stop)
    for made in course.groups[1:]:
        work.tally(made).missing = points * _numbers(network, made)  # less those that come
    with quiet():
        for number, group in groupby(ordered, key=lambda answer: course.iteration(answer.step)):
            accounts.to(number)
            _one_point(accounts, list(group), work)
    return work


def _one_point(accounts: Accounts, answers: list[Answer], work: MarkedSheet) -> None:
    """Judges the answers of one data point, in the order of the steps, and fills the accounts up to the last of them."""
    course = accounts.timeline.course
    of_group: dict[int, list[Answer]] = {}
    for answer in answers:
        of_group.setdefault(course.group_at(answer.step % course.length).start, []).append(answer)
    _check_inputs(accounts.frame, of_group.get(0, []), work)
    last = max(of_group)
    for group in course.groups[1:]:
        if group.start > last:
            break
        _one_group(accounts, group, of_group.get(group.start, []), work)


def _one_group(accounts: Accounts, group: Group, answers: list[Answer], work: MarkedSheet) -> None:
    """Judges the answers of one group of steps, and puts what it made into the accounts."""
    truth = accounts.frame.values(group.kind, group.layer) if answers else np.empty(0)
    marking = _GroupMarking(accounts, work, group, accounts.follow(group), truth)
    written = [marking.judge(answer, answer.typed) for answer in answers if answer.typed is not None]
    accounts.put(group, marking.balls, written)


@dataclass(frozen=True, slots=True, eq=False)
class _GroupMarking:
    """One group of steps while its answers are judged.

    balls: what it makes in each account; the answers take their places there. truth: what it makes in the run.
    """

    accounts: Accounts
    work: MarkedSheet
    group: Group
    balls: list[Ball]
    truth: Array

    def judge(self, answer: Answer, typed: TypedNumber) -> tuple[int, ...]:
        """Judges one answer, which takes its place in the accounts; that place."""
        accounts, balls, tally = self.accounts, self.balls, self.work.tally(self.group)
        place, clean = _place(accounts.frame, self.group, answer), accounts.place["clean"]
        tally.missing -= 1
        possible = can_make(accounts.own.network, self.group.kind, self.group.layer, typed.value)
        fitting = [possible and any(agrees(typed, *way) for way in _ways(ball, place)) for ball in balls]
        if fitting[clean] or agrees(typed, float(self.truth[place.at]), 0.0):
            tally.right += 1
            kept = len(balls)
            accounts.cuts = accounts.cuts or (fitting[clean] and _is_only_cut(typed, balls[clean], place))
        elif any(fitting):
            tally.follows += 1
            accounts.part(balls)
            kept = accounts.place["clean"]
        else:
            tally.wrong += 1
            self.work.findings.append(self._finding(answer, typed, place))
            accounts.slip(balls)
            kept = 1
        reach = 2.0 * typed.half if accounts.cuts else typed.half
        for number, ball in enumerate(balls):
            if number < kept:
                _carry(ball, place.at, typed.value, reach)
            else:
                ball.rad[place.at] += reach  # what a student writes who rounds as this one
        return place.at

    def _finding(self, answer: Answer, typed: TypedNumber, place: _Place) -> Finding:
        """A wrong answer with the slips that it may come from; the first of a sheet with the student's numbers before it."""
        own, mine = self.accounts.own, self.balls[0]
        expected, radius = next(_ways(mine, place))
        slips: tuple[Slip, ...] = ()
        if self.work.wrong < MOST_NAMED:
            slips = recognised(SlipContext(own, place.cell, typed.decimals), typed, expected, radius)
        frame = None
        if not self.work.findings:
            frame = students_frame(self.accounts.frame, own, self.group, mine, place.cell.neuron)
        return Finding(answer, place.cell, expected, slips, frame)


def _is_only_cut(typed: TypedNumber, ball: Ball, place: _Place) -> bool:
    """Whether a right number is no rounding, but the right one cut."""
    middle, radius = next(_ways(ball, place))
    return abs(typed.value - middle) > tolerance(typed, middle) + radius


def _ways(ball: Ball, place: _Place) -> Iterator[tuple[float, float]]:
    """Middle and radius of what follows; of a cost each way to work it out."""
    if place.cell.kind == "cost":
        yield from zip(ball.mid.tolist(), ball.rad.tolist(), strict=True)
    else:
        yield float(ball.mid[place.at]), float(ball.rad[place.at])


def _carry(ball: Ball, at: tuple[int, ...], value: float, reach: float) -> None:
    """The student's number in the place of what follows."""
    off = abs(value - float(ball.mid[at])) + float(ball.rad[at])
    ball.mid[at], ball.rad[at] = value, min(off, reach) if off == off else reach


# --- places


def _place(frame: Frame, group: Group, answer: Answer) -> _Place:
    if group.kind == "cost":
        return _Place((0,), Cell("cost", group.layer))
    neuron = answer.step % frame.course.length - group.start + 1
    if KIND_CARDS[group.kind].row:
        return _Place((answer.sender, neuron - 1), Cell(group.kind, group.layer, neuron, answer.sender))
    return _Place((neuron - 1,), Cell(group.kind, group.layer, neuron))


def _numbers(network: Network, group: Group) -> int:
    """How many numbers a group of steps makes."""
    if not KIND_CARDS[group.kind].row:
        return group.count
    return group.count * (network.sizes[group.layer - 1] + network.layers[group.layer - 1].biases)


def _check_inputs(frame: Frame, answers: list[Answer], work: MarkedSheet) -> None:
    """Holds the inputs of a sheet, which are no answers, against those of the scenario, and notes those that differ.

    NotTheInput where more than half of them differ: then the sheet belongs to another scenario.
    """
    address = replace(frame.address, moment=Moment("input", 0))
    given = [answer for answer in answers if answer.typed is not None]
    others = []
    for answer in given:
        x = float(frame.iteration.x[answer.sender - 1])
        if answer.typed is not None and not agrees(answer.typed, x, 0.0):
            words = f"input {answer.sender} of {address} is {answer.typed.value!r}; expected {x!r}, as in the scenario"
            others.append(OtherInput(answer.line, words))
    if 2 * len(others) > len(given):
        raise NotTheInput(*others[0])
    work.other_inputs += others
