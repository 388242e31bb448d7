"""Keys that go somewhere at once."""

from collections.abc import Callable

from nntui.files.io.errors import InputError
from nntui.session.movement.movement import Movement
from nntui.session.position import other_point


class JumpController:
    """Steps back, other data points, the ends of the run, addresses, notes, and the way back from a jump."""

    def __init__(self, movement: Movement, asks: Callable[[int], bool]) -> None:
        """asks: asks the question of a step before a note there is shown; whether there was one to ask."""
        self._movement = movement
        self._navigator, self._destinations = movement.navigator, movement.destinations
        self._asks = asks
        self._offered: int | None = None
        """The step at which the next scenario was offered."""

    def back(self) -> None:
        """To the stop of the grain before this one."""
        self._movement.become(self._destinations.back())

    def point(self, points: int) -> None:
        """To the same step, a number of data points on; beyond the ends of the run nothing moves."""
        self._movement.become(other_point(self._navigator.base, self._navigator.course, points))

    def first(self) -> None:
        """To the first stop."""
        self._movement.jump(self._destinations.first())

    def last(self) -> None:
        """To the last stop."""
        self._movement.jump(self._destinations.last())

    def address(self) -> None:
        """Asks for an address and goes there."""
        from nntui.session.tools.prompts import for_address

        self._movement.status.ask(for_address(self._navigator, lambda step: self._movement.jump(self._navigator.to(step))))

    def note(self, change: int) -> None:
        """To the next note (1) or the one before (−1)."""
        position = self._destinations.note(change)
        if position is not None:
            if change > 0 and self._asks(position.step):
                return
            self._movement.become(position)
            if change > 0 and self._next and self._destinations.note_after(position.step) is None:
                self._offered = position.step
                self._movement.status.say(f"this is the last note; n again opens {self._next}")
        elif change > 0 and self._next:
            self._open_next()
        elif self._navigator.notes.lead_anywhere:
            self._movement.status.say(f"no note {'after' if change > 0 else 'before'} this step")
        else:
            self._movement.status.say("there are no notes here; m types one")

    @property
    def _next(self) -> str:
        """The scenario that the tour leads to; nothing in a replay."""
        return self._navigator.timeline.scenario.next if self._navigator.replay is None else ""

    def _open_next(self) -> None:
        """Opens it, if that was offered at this step; else offers it."""
        step = self._navigator.base.step
        if self._offered != step:
            self._offered = step
            self._movement.status.say(f"no note after this step; n again opens {self._next}")
            return
        try:
            self._movement.window.open_file(self._next)
        except InputError as fault:
            self._movement.status.say(str(fault))

    def back_from_jump(self) -> None:
        """Back to the lesson of a recording; else back to where the last jump began."""
        position = self._destinations.returned(self._movement.workspace.is_own)
        if position is not None:
            self._movement.rejoin(position)
        else:
            self._movement.status.say("there is nowhere to go back to")
