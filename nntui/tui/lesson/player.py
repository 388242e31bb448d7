"""Play: the stops of a grain at a steady speed, or a recorded lesson in the time it took."""

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

from nntui.session.navigator import Navigator
from nntui.session.recorders import Clock

LEAST_WAIT = 1 / 50  # seconds between two stops of a replay; faster ones are passed over


class Player:
    """Moves a walk on while it plays. window: has the timers. moved: one stands somewhere new. far: it must be computed."""

    def __init__(
        self, window: MessagePump, navigator: Navigator, clock: Clock, moved: Callable[[], None], far: Callable[[], object]
    ) -> None:
        self._window, self._navigator, self._clock = window, navigator, clock
        self._moved, self._far = moved, far
        self._timer: Timer | None = None
        self._since = (0.0, 0.0)  # the clock, and the time of the lesson's bar, when play began or its speed changed
        self._plays: tuple[int, float] | None = None  # the stop and the rate of a lesson that plays

    def keep_time(self) -> None:
        """Runs the timer that the stand asks for, or none."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        position, lesson = self._navigator.position, self._navigator.lesson
        before, self._plays = self._plays, None
        if not position.playing:
            return
        if position.grain != "stop":
            self._timer = self._window.set_interval(1 / position.speed, self._tick)
        elif lesson is not None:
            waited = before is not None and before[0] == position.stop  # only the speed has changed
            self._since = (self._clock(), self._bar_time(before[1]) if waited and before else lesson.time_of(position.stop))
            self._plays = (position.stop, position.rate)
            self._wait_for_stop()

    def _tick(self) -> None:
        if self._navigator.goal is not None:
            return
        if not self._navigator.aim(self._navigator.next_tick()):
            self._far()
            return
        if not self._navigator.position.playing:
            self.keep_time()
        self._moved()

    def _wait_for_stop(self) -> None:
        position, lesson = self._navigator.position, self._navigator.lesson
        if lesson is not None and position.stop < lesson.stops - 1:
            wait = (lesson.time_of(position.stop + 1) - self._bar_time(position.rate)) / position.rate
            self._timer = self._window.set_timer(max(wait, LEAST_WAIT), self._tick_of_lesson)

    def _bar_time(self, rate: float) -> float:
        clock, bar = self._since
        return bar + (self._clock() - clock) * rate

    def _tick_of_lesson(self) -> None:
        if self._navigator.goal is not None:
            return
        if not self._navigator.aim(self._navigator.replayed(self._bar_time(self._navigator.position.rate))):
            self._far()
            return
        self._moved()
        if self._navigator.position.playing:
            self._plays = (self._navigator.position.stop, self._navigator.position.rate)
            self._wait_for_stop()
