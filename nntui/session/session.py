"""What a session has besides its windows: where it keeps things, and the clocks. All of it is given by the command line."""

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from pathlib import Path

from nntui.files.history import SessionHistory
from nntui.files.settings import Settings
from nntui.session.recordings.recorders import Recorders
from nntui.session.recordings.running_recording import Clock
from nntui.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """history: None where none is kept. now: the time of day. number: tells this session from others (a process id)."""

    recorders: Recorders
    clock: Clock
    now: Callable[[], datetime]
    history: SessionHistory | None = None
    number: int = 0
    settings: Settings = field(default_factory=Settings)

    def recording_name(self) -> str:
        """The name that is proposed for a recording that begins now."""
        return f"lesson-{self.now():%Y-%m-%d-%H%M}.nnrec"


def begun(
    clock: Clock,
    now: Callable[[], datetime],
    history: SessionHistory | None = None,
    number: int = 0,
    settings: Settings | None = None,
) -> Session:
    """A session that keeps a recording of its own in the history, once there is something to keep."""
    settings = settings or Settings()
    if history is None:
        return Session(Recorders(clock), clock, now, settings=settings)
    known = history

    def session_path() -> Path:
        place, first = known.place(now(), number)
        known.make_room()
        if first:
            words = f"this session is kept for nntui --resume (--no-history keeps nothing), in {known.folder}"
            recorders.say(words, on_leaving=True)
        return place

    recorders = Recorders(clock, session_path)
    return Session(recorders, clock, now, history, number, settings)
