"""A recording that is followed while its writer still adds to it."""

from nntui.session.movement.movement import Movement

FOLLOWING = 0.15  # seconds between two looks at the file
TOO_QUICK = 20  # stops since the look before that nobody can tell apart: a class of such followers would keep a machine busy


class Following:
    """Looks at the file again and again."""

    def __init__(self, movement: Movement) -> None:
        self._movement = movement
        self._passes = False  # whether the next look is left out

    def start(self) -> None:
        """Begins, where the lesson is such a recording."""
        replay = self._movement.navigator.replay
        if replay is not None and replay.follower is not None:
            self._movement.window.every(FOLLOWING, self.look)

    def look(self) -> None:
        """Reads what is new; a viewer who is where the writer was, and goes with them, is taken along.

        Of a writer who is too quick to be watched, every second look is enough.
        """
        if self._passes:
            self._passes = False
            return
        replay = self._movement.navigator.replay
        if replay is None or self._movement.navigator.goal is not None:
            return
        live = replay.is_live(self._movement.position) and not self._movement.workspace.is_own
        before = replay.lesson.stops
        if not replay.news():
            return
        self._passes = replay.lesson.stops - before >= TOO_QUICK
        if live:
            self._movement.become(self._movement.destinations.live())
        else:
            self._movement.window.paint_soon()

    def stop(self) -> None:
        """Leaves the file."""
        if self._movement.navigator.replay is not None:
            self._movement.navigator.replay.close()
