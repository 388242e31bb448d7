"""A recording that is followed while its writer still adds to it."""

from nntui.engine.compiled.choice import usable
from nntui.session.movement.movement import Movement
from nntui.session.recordings.recorders import Clock

FOLLOWING = 0.15  # seconds between two looks at the file
TOO_QUICK = 20  # stops since the look before that nobody can tell apart
BEAT = 0.25  # seconds between two looks at the file of such a writer: a class of followers shares a machine
REST = BEAT / 2  # seconds at least from a look that came late to the next, and where there is more than one look reads
SETTLED = 0.5  # seconds after the beginning, when the first picture is painted


class Following:
    """Looks at the file in a steady beat: the time that a look and its picture take does not delay the next look."""

    def __init__(self, movement: Movement, clock: Clock) -> None:
        self._movement, self._clock = movement, clock
        self._due = 0.0  # when the next look is due, by the clock

    def start(self) -> None:
        """Begins, where the lesson is such a recording."""
        replay = self._movement.navigator.replay
        if replay is not None and replay.follower is not None:
            self._movement.window.after(SETTLED, usable)  # then no follower of a class waits for it at the first far move
            self._due = self._clock()
            self._look_after(FOLLOWING)

    def look(self) -> None:
        """Reads what is new, and says when the next look is."""
        self._movement.workspace.hurries = quick = self._read() >= TOO_QUICK
        self._look_after(REST if self._is_behind else BEAT if quick else FOLLOWING)

    @property
    def _is_behind(self) -> bool:
        """Whether the next look has something to read already."""
        replay = self._movement.navigator.replay
        return replay is not None and replay.follower is not None and replay.follower.is_behind

    def _look_after(self, pause: float) -> None:
        """Sets the next look: a pause after the present look was due; at least REST from now if that came late."""
        now = self._clock()
        self._due = min(max(self._due + pause, now + REST), now + pause)
        self._movement.window.after(self._due - now, self.look)

    def _read(self) -> int:
        """How many stops are new; a viewer who is where the writer was, and goes with them, is taken along to the last."""
        replay = self._movement.navigator.replay
        if replay is None or self._movement.navigator.goal is not None:
            return 0
        live = replay.is_live(self._movement.position) and not self._movement.workspace.is_own
        before = replay.lesson.stops
        if not replay.news():
            return 0
        if live:
            self._movement.become(self._movement.destinations.live())
        else:
            self._movement.window.paint_soon()
        return replay.lesson.stops - before

    def stop(self) -> None:
        """Ends following: the file of the recording is closed."""
        if self._movement.navigator.replay is not None:
            self._movement.navigator.replay.close()
