"""What a session has besides its windows: where it keeps things, and the clocks. All of it is given by the command line."""

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nntui.files.settings import Settings
from nntui.session.recordings.recorders import Clock, Recorders
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.files.history import SessionHistory


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """history: None where none is kept. now: the time of day. number: tells this session from others (a process id).

    offered: the folder whose scenarios and recordings the picker offers; None: the bundled scenarios and what was opened.
    """

    recorders: Recorders
    clock: Clock
    now: Callable[[], datetime]
    history: "SessionHistory | None" = None
    number: int = 0
    settings: Settings = field(default_factory=Settings)
    offered: Path | None = None

    def recording_name(self) -> str:
        """The name that is proposed for a recording that begins now."""
        return f"lesson-{self.now():%Y-%m-%d-%H%M}.nnrec"


def begun(
    clock: Clock,
    now: Callable[[], datetime],
    history: "SessionHistory | None" = None,
    number: int = 0,
    settings: Settings | None = None,
    offered: Path | None = None,
    work_folder: Path | None = None,
) -> Session:
    """A session that keeps a recording of its own in the history, once there is something to keep.

    work_folder: the one folder for files that are named inside the app.
    """
    settings = settings or Settings()
    if history is None:
        recorders = Recorders(clock)
        recorders.work_folder = work_folder
        return Session(recorders, clock, now, settings=settings, offered=offered)
    known = history

    def session_path() -> Path:
        place, first = known.place(now(), number)
        known.make_room()
        if first:
            words = f"this session is kept for nntui --resume (--no-history keeps nothing), in {known.folder}"
            recorders.say(words, on_leaving=True)
        return place

    recorders = Recorders(clock, session_path)
    recorders.work_folder = work_folder
    return Session(recorders, clock, now, history, number, settings, offered)
