"""A recording that is followed while its writer still adds to it."""

from nntui.session.movement.movement import Movement

FOLLOWING = 0.15  # seconds between two looks at the file


class Following:
    """Looks at the file again and again."""

    def __init__(self, movement: Movement) -> None:
        self._movement = movement

    def start(self) -> None:
        """Begins, where the lesson is such a recording."""
        replay = self._movement.navigator.replay
        if replay is not None and replay.follower is not None:
            self._movement.window.every(FOLLOWING, self.look)

    def look(self) -> None:
        """Reads what is new; a viewer who is where the writer was, and goes with them, is taken along."""
        replay = self._movement.navigator.replay
        if replay is None or self._movement.navigator.goal is not None:
            return
        live = replay.is_live(self._movement.position) and not self._movement.workspace.is_own
        if not replay.news():
            return
        if live:
            self._movement.become(self._movement.destinations.live())
        else:
            self._movement.window.paint_soon()

    def stop(self) -> None:
        """Leaves the file."""
        if self._movement.navigator.replay is not None:
            self._movement.navigator.replay.close()
