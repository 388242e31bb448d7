"""Recording what is done, and typing notes into it."""

from dataclasses import replace

from nntui.session.movement.movement import Movement
from nntui.session.session import Session


class RecordingController:
    """Begins and ends the recording that the viewer asks for, and takes notes."""

    def __init__(self, movement: Movement, session: Session) -> None:
        self._movement, self._session = movement, session
        self._navigator, self._recorders = movement.navigator, movement.navigator.recorders

    def record(self) -> None:
        """Ends the recording, or asks for the name of a new one, also in place of one that could not be continued."""
        from nntui.session.tools.prompts import for_recording

        mark, status = self._recorders.mark, self._movement.status
        ended = self._recorders.end() if mark else ""
        if ended:
            status.say(ended)
        if mark != "on":
            name = self._session.recording_name()
            status.ask(replace(for_recording(self._navigator, name, status.say), said=ended))

    def remark(self) -> None:
        """Asks for a note, where something is recorded that can hold it; play stops for it."""
        from nntui.session.tools.prompts import for_note

        if not self._recorders.keeps:
            self._movement.status.say("nothing is being recorded here that could hold a note; R records")
            return
        self._movement.adjust(lambda position: replace(position, playing=False))
        self._movement.status.ask(for_note(self._navigator, self._movement.settle))
