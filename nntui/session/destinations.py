"""Where each key leads from here, as a position; nothing here moves anything.

A key moves from `Navigator.base`: from where the viewer is or, while that is still computed, from where they are going.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from nntui.lesson.tour import neighbour
from nntui.session.navigator import Navigator
from nntui.session.position import Position, at_stop, back, forward, is_away

if TYPE_CHECKING:
    from nntui.session.recordings.replay import Replay

_JUMPS = 100  # that Backspace may go back


class Destinations:
    """The positions that keys lead to, and those that Backspace leads back to."""

    def __init__(self, navigator: Navigator) -> None:
        self._navigator = navigator
        self._jumps: list[Position] = []

    @property
    def _base(self) -> Position:
        return self._navigator.base

    @property
    def _lesson_replay(self) -> "Replay | None":
        """The recording, while keys go along its stops."""
        return self._navigator.replay if self._base.grain == "stop" else None

    # --- the run, or the lesson with the grain `stop`

    def forward(self) -> Position:
        """The next stop of the grain."""
        return forward(self._base, self._navigator.base_course, self._navigator.lesson)

    def back(self) -> Position:
        """The stop of the grain before this one."""
        return back(self._base, self._navigator.base_course, self._navigator.lesson)

    def first(self) -> Position:
        """The first stop of the grain: of the run, or of the lesson."""
        replay = self._lesson_replay
        return at_stop(self._base, replay.lesson, 0) if replay is not None else self._navigator.to(0)

    def last(self) -> Position:
        """The last stop of the grain: of the run, or of the lesson."""
        replay = self._lesson_replay
        if replay is not None:
            return at_stop(self._base, replay.lesson, replay.lesson.stops - 1)
        return self._navigator.to(self._navigator.base_course.last)

    def note(self, change: int) -> Position | None:
        """The next note (1) or the one before (−1), of the lesson or of the scenario's tour; None where there is none."""
        replay = self._lesson_replay
        if replay is not None and replay.lesson.marks:
            mark = replay.lesson.marks.neighbour(self._base.stop, change)
            return at_stop(self._base, replay.lesson, mark.stop) if mark is not None else None
        step = neighbour(self._navigator.notes.tour, self._base.step, change)
        return self._navigator.to(step) if step is not None else None

    def note_after(self, step: int) -> int | None:
        """The step of the next note of the scenario's tour."""
        return neighbour(self._navigator.notes.tour, step, 1)

    # --- play

    def next_tick(self) -> Position:
        """Where play goes on to, from stop to stop of the run."""
        return forward(self._navigator.position, self._navigator.course)

    def replayed(self, seconds: float) -> Position:
        """At a time of the lesson's bar, in seconds; play ends with the lesson, unless it is still being written."""
        lesson = self._replay.lesson
        return self._playing(self._navigator.position, max(lesson.stop_at(seconds), self._navigator.position.stop))

    def played(self) -> Position:
        """In the lesson, playing on from the stop that the viewer is at, or left it at."""
        return self._playing(self._base, self._base.stop)

    def live(self) -> Position:
        """Where the writer of a followed lesson is, going on with them."""
        return self._playing(self._base, self._replay.lesson.stops - 1)

    @property
    def _replay(self) -> "Replay":
        replay = self._navigator.replay
        assert replay is not None
        return replay

    def _playing(self, position: Position, stop: int) -> Position:
        """At a stop, and going on from it, unless the lesson ends there."""
        replay = self._replay
        there = at_stop(position, replay.lesson, stop)
        return replace(there, playing=replay.follower is not None or there.stop < replay.lesson.stops - 1)

    # --- Backspace

    def remember(self) -> None:
        """A jump begins here, from which Backspace returns."""
        self._jumps = [*self._jumps, self._base][-_JUMPS:]

    def forget(self) -> None:
        """Forgets all jumps: their runs are gone."""
        self._jumps.clear()

    def returned(self, own: bool = False) -> Position | None:
        """Back in the lesson, at the newest stop of one that is followed; else where the last jump began, or None.

        own: the viewer has opened something that the lesson does not show.
        """
        replay = self._navigator.replay
        if replay is not None and replay.follower is not None and replay.follower.state == "written":
            return self.live()
        if replay is not None and (own or self._base.grain != "stop" or is_away(self._base, replay.lesson)):
            return at_stop(self._base, replay.lesson, self._base.stop)
        while self._jumps and not self._navigator.runs.has(self._jumps[-1].chapter):
            self._jumps.pop()  # from a fork that was deleted
        return replace(self._jumps.pop(), playing=False) if self._jumps else None
