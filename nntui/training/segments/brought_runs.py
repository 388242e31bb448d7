"""The runs that a scenario brings along ([[fork]]), as forks of its own run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from nntui.training.timeline import Timeline


class BroughtRuns(Sequence["Timeline"]):
    """In the order of the scenario's file; each is made when it is first asked for, for its weights may have to be drawn."""

    def __init__(self, timeline: "Timeline") -> None:
        """timeline: the scenario's own run."""
        self._timeline = timeline
        self._made: dict[int, Timeline] = {}

    def __len__(self) -> int:
        return len(self._timeline.scenario.forks)

    @overload
    def __getitem__(self, index: int) -> "Timeline": ...

    @overload
    def __getitem__(self, index: slice) -> "Sequence[Timeline]": ...

    def __getitem__(self, index: "int | slice") -> "Timeline | Sequence[Timeline]":
        if isinstance(index, slice):
            return [self[number] for number in range(len(self))[index]]
        number = range(len(self))[index]
        if number not in self._made:
            fork, course = self._timeline.scenario.forks[number], self._timeline.course
            self._made[number] = self._timeline.fork(course.iteration(course.parse(fork.at)), fork.edits)
        return self._made[number]
