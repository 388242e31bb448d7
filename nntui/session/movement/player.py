"""Play: the stops of a grain at a steady speed, or a recorded lesson in the time it took."""

from collections.abc import Callable

from nntui.session.destinations import Destinations
from nntui.session.movement.window import LessonWindow, Timer
from nntui.session.navigator import Navigator
from nntui.session.position import Position
from nntui.session.recordings.recorders import Clock

LEAST_WAIT = 1 / 50  # seconds between two stops of a replay; faster ones are passed over


class Player:
    """The timer of play.

    go_on: takes the position that play goes on to; False where that must be computed first.
    """

    def __init__(
        self,
        navigator: Navigator,
        destinations: Destinations,
        window: LessonWindow,
        clock: Clock,
        go_on: Callable[[Position], bool],
    ) -> None:
        self._navigator, self._destinations = navigator, destinations
        self._window, self._clock, self._go_on = window, clock, go_on
        self.timer: Timer | None = None
        """None while nothing plays."""
        self._since = (0.0, 0.0)  # the clock, and the time of the lesson's bar, when play began or its speed changed
        self._plays: tuple[int, float] | None = None  # the stop and the rate of a lesson that plays

    def keep_time(self) -> None:
        """Starts the timer that the position asks for, or stops it."""
        if self.timer is not None:
            self.timer.stop()
            self.timer = None
        position, lesson = self._navigator.position, self._navigator.lesson
        before, self._plays = self._plays, None
        if not position.playing:
            return
        if position.grain != "stop":
            self.timer = self._window.every(1 / position.speed, self.tick)
        elif lesson is not None:
            waited = before is not None and before[0] == position.stop  # only the speed has changed
            self._since = (self._clock(), self._bar_time(before[1]) if waited and before else lesson.time_of(position.stop))
            self._plays = (position.stop, position.rate)
            self._wait_for_stop()

    def tick(self) -> None:
        """The time of a stop of the run has come."""
        if self._navigator.goal is not None:
            return
        if self._go_on(self._destinations.next_tick()) and not self._navigator.position.playing:
            self.keep_time()

    def lesson_tick(self) -> None:
        """The time of a stop of the recorded lesson has come; stops whose time has passed meanwhile are passed over."""
        if self._navigator.goal is not None:
            return
        reached = self._destinations.replayed(self._bar_time(self._navigator.position.rate))
        if self._go_on(reached) and self._navigator.position.playing:
            self._plays = (self._navigator.position.stop, self._navigator.position.rate)
            self._wait_for_stop()

    def _wait_for_stop(self) -> None:
        position, lesson = self._navigator.position, self._navigator.lesson
        if lesson is not None and position.stop < lesson.stops - 1:
            wait = (lesson.time_of(position.stop + 1) - self._bar_time(position.rate)) / position.rate
            self.timer = self._window.after(max(wait, LEAST_WAIT), self.lesson_tick)

    def _bar_time(self, rate: float) -> float:
        clock, bar = self._since
        return bar + (self._clock() - clock) * rate
