"""Reading the scenario's file again after it was edited."""

from collections.abc import Callable

from nntui.files.io.errors import InputError
from nntui.session.movement.movement import Movement
from nntui.training.scenario import Scenario


class ReloadController:
    """read: gives the scenario as the file has it now, or raises InputError; None for a recording."""

    def __init__(self, movement: Movement, read: Callable[[], Scenario] | None) -> None:
        self._movement, self._read = movement, read

    def reload(self) -> None:
        """Goes to the same address of the new run where that still exists; the forks of the run before are gone."""
        if self._read is None:
            self._movement.status.say("a recording is what it is: there is no file to read again")
            return
        try:
            scenario = self._read()
        except InputError as fault:
            self._movement.status.say(str(fault))
            return
        self._movement.jobs.stop("jump")
        position, said = self._movement.navigator.change(scenario)
        self._movement.destinations.forget()
        self._movement.navigator.recorders.say(said)
        self._movement.become(position)
