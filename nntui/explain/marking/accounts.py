"""The accounts that are kept of a data point while a sheet is followed, and the way from one data point to the next.

In `own`, each number is the student's where there is one, and else what follows from those before it. In `mended`, a
wrong number is passed over as if it had been a slip of the pen; in `clean`, what followed from it is passed over too.
Until the first wrong number the three are one, and `mended` and `clean` are one until something follows from it.
"""

from collections.abc import Sequence
from typing import Literal, overload

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.explain.grading.ball_arithmetic import Ball, rounding_radius, shown
from nntui.explain.grading.recompute import follow
from nntui.explain.marking.frames_ahead import FramesAhead
from nntui.explain.marking.student_account import KeptBetween, StudentAccount
from nntui.training.frame import Frame
from nntui.training.steps import Group
from nntui.training.timeline import Timeline

MOST_UNANSWERED = 1500  # groups of steps without an answer that are worked out in a whole sheet
BLURRED = 0.02  # radius of a weight that is not written, relative to the weight or to 1
_BRIDGE_WORK = 1 << 27  # weights times unanswered data points on the way

Role = Literal["own", "mended", "clean"]
Places = list[tuple[int, ...]]  # where in the array of a group the student's own numbers stand
_ONE: dict[Role, int] = {"own": 0, "mended": 0, "clean": 0}
_SLIPPED: dict[Role, int] = {"own": 0, "mended": 1, "clean": 1}
_APART: dict[Role, int] = {"own": 0, "mended": 1, "clean": 2}


class _ShownWeights(Sequence[Ball]):
    """The weights of each layer, as a student may have read them off a screen; looked at when they are needed."""

    def __init__(self, matrices: list[Array]) -> None:
        self._matrices = matrices
        self._shown: dict[int, Ball] = {}

    def __len__(self) -> int:
        return len(self._matrices)

    @overload
    def __getitem__(self, index: int) -> Ball: ...
    @overload
    def __getitem__(self, index: slice) -> list[Ball]: ...
    def __getitem__(self, index: int | slice) -> Ball | list[Ball]:
        if isinstance(index, slice):
            return [self[at] for at in range(len(self))[index]]
        if index not in self._shown:
            self._shown[index] = shown(self._matrices[index])
        return self._shown[index]


class Accounts:
    """The accounts of the data point that the marking is at."""

    def __init__(self, timeline: Timeline, stop: int) -> None:
        """stop: the iteration after the last that will be marked."""
        self.timeline = timeline
        self._frames = FramesAhead(timeline, stop)
        self.number = -1
        self.place = _ONE
        self.cuts = False  # whether the student cuts numbers instead of rounding them
        self.frame: Frame
        self._accounts: list[StudentAccount] = []
        self._left: tuple[Group, ...] = ()  # groups of this data point that are not worked out yet
        self._last: tuple[Group, list[Ball], Places] | None = None  # what was worked out last, not put into them yet
        self._blurred = False
        course, network = timeline.course, timeline.scenario.network
        self._budget = min(MOST_UNANSWERED, _BRIDGE_WORK // network.parameters * len(course.groups))

    @property
    def own(self) -> StudentAccount:
        """The account of what the student wrote."""
        return self._accounts[0]

    # --- from data point to data point

    def to(self, number: int) -> None:
        """Goes on to the data point of an iteration that lies ahead: over what is not answered, or with the true weights."""
        groups = self.timeline.course.groups[1:]
        needed = len(self._left) + (number - self.number - 1) * len(groups)
        if not self._accounts or needed > self._budget:
            self._begin(number)
            return
        self._settle()
        self._budget -= needed
        self._work_out(self._left)
        for between in range(self.number + 1, number):
            if self._blurred:
                break
            self._go_on(between)
            self._work_out(groups)
        if self._blurred:
            self._begin(number)
        else:
            self._go_on(number)

    def _work_out(self, groups: tuple[Group, ...]) -> None:
        for group in groups:
            self.put(group, self.follow(group), [])
        self._settle()

    def _begin(self, number: int) -> None:
        """With the true weights; whatever was wrong before has no part in it."""
        x, y = self._enter(number)
        network, before = self.frame.scenario.network, self.frame.iteration.before
        weights = _ShownWeights([block.matrix(before) for block in network.blocks])
        sums, velocities = (
            [block.matrix(before[part]) for block in network.blocks] if on else []
            for part, on in ((network.sum_part, network.batched), (network.velocity_part, network.moving))
        )
        kept = KeptBetween(self.frame.iteration.batch_place, _ShownWeights(sums), _ShownWeights(velocities))
        self._accounts = [StudentAccount(network, x, y, weights, None, kept)]
        self.place = _ONE
        self._last = None
        self._blurred = False

    def _go_on(self, number: int) -> None:
        x, y = self._enter(number)
        self._accounts = [account.following(x, y, self.frame.iteration.batch_place) for account in self._accounts]

    def _enter(self, number: int) -> tuple[Ball, Array]:
        """x and y of an iteration."""
        self.number = number
        self._left = self.timeline.course.groups[1:]
        self.frame = self._frames.first_step(number)
        return shown(self.frame.iteration.x), self.frame.iteration.y

    # --- within a data point

    def follow(self, group: Group) -> list[Ball]:
        """What a group of steps makes in each account."""
        self._settle()
        return [follow(account, group.kind, group.layer).copy() for account in self._accounts]

    def put(self, group: Group, balls: list[Ball], written: Places) -> None:
        """Puts what a group of steps made into the accounts; what the student did not write may have been rounded."""
        self._last = group, balls, written
        self._left = self._left[1:]

    def _settle(self) -> None:
        """Only now, when something is made of the last group: after the last answer of a sheet nothing is."""
        if self._last is None:
            return
        group, balls, written = self._last
        self._last = None
        for account, ball in zip(self._accounts, balls, strict=True):
            more = rounding_radius(ball)
            for place in written:
                more[place] = 0.0
            np.add(ball.rad, more, out=ball.rad)
            if group.kind == "update":
                vague = ball.rad > BLURRED * np.maximum(np.abs(ball.mid), 1.0)
                for place in written:
                    vague[place] = False
                self._blurred = self._blurred or bool(vague.any())
            account.put(group.kind, group.layer, ball)

    def slip(self, balls: list[Ball]) -> None:
        """From a wrong number on, what the student wrote and what is right are two accounts."""
        if self.place is _ONE:
            self._split(balls, 0, _SLIPPED)

    def part(self, balls: list[Ball]) -> None:
        """From a number on that only follows, what followed is told from what is right."""
        if self.place is _SLIPPED:
            self._split(balls, 1, _APART)

    def _split(self, balls: list[Ball], of: int, place: dict[Role, int]) -> None:
        self._accounts.append(self._accounts[of].copy())
        balls.append(balls[of].copy())
        self.place = place
