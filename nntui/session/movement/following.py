"""A recording that is followed while its writer still adds to it."""

from nntui.session.movement.movement import Movement
from nntui.session.recordings.recorders import Clock

FOLLOWING = 0.15  # seconds between two looks at the file
TOO_QUICK = 20  # stops since the look before that nobody can tell apart
REST = 12  # times what a picture of a quick writer took, until the next one: a class of followers shares a machine
LONGEST = 0.35  # seconds between two looks in any case


class Following:
    """Looks at the file again and again; of a writer who is too quick to be watched, as often as the machine allows."""

    def __init__(self, movement: Movement, clock: Clock) -> None:
        self._movement, self._clock = movement, clock
        self._begun: float | None = None  # when the look began whose picture is not painted yet
        self._took = 0.0  # seconds from the last look to its picture, as long as others use the machine too

    def start(self) -> None:
        """Begins, where the lesson is such a recording."""
        replay = self._movement.navigator.replay
        if replay is not None and replay.follower is not None:
            self._movement.window.after(FOLLOWING, self.look)

    def look(self) -> None:
        """Reads what is new, and says when the next look is."""
        begun = self._clock()
        pause = FOLLOWING
        if self._read(begun) >= TOO_QUICK:
            pause = min(max(FOLLOWING, REST * self._took), LONGEST)
        self._movement.workspace.hurries = pause > FOLLOWING
        self._movement.window.after(pause, self.look)

    def painted(self) -> None:
        """A picture has been painted."""
        if self._begun is not None:
            self._took, self._begun = self._clock() - self._begun, None

    def _read(self, begun: float) -> int:
        """How many stops are new; a viewer who is where the writer was, and goes with them, is taken along to the last."""
        replay = self._movement.navigator.replay
        if replay is None or self._movement.navigator.goal is not None:
            return 0
        live = replay.is_live(self._movement.position) and not self._movement.workspace.is_own
        before = replay.lesson.stops
        if not replay.news():
            return 0
        self._begun = begun
        if live:
            self._movement.become(self._movement.destinations.live())
        else:
            self._movement.window.paint_soon()
        return replay.lesson.stops - before

    def stop(self) -> None:
        """Leaves the file."""
        if self._movement.navigator.replay is not None:
            self._movement.navigator.replay.close()
