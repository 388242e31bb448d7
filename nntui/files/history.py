"""What is kept of the sessions of an account: a recording of each of the last ten, and the files opened lately.

The folder is given by the roof. Whatever stands in the way of it (a full disk, a home that cannot be written) is told
and never ends a session; what others put into it is as untrusted as any file.
"""

import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nntui.files.io.errors import InputError
from nntui.files.io.read import open_regular
from nntui.files.recording.format import FILE_LIMIT, looks_like_recording
from nntui.files.recording.lock import is_locked

KEPT = 10  # sessions, besides those that are still going on
_NAME = re.compile(r"(\d{8}T\d{6})-\d+\.nnrec")
_STAMP = "%Y%m%dT%H%M%S"
_LONGEST = 64 << 10  # bytes of the list of files


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A recording of a session: when it began and when its last line was written (seconds of the epoch)."""

    path: Path
    begun: float
    ended: float
    going_on: bool

    def meets(self, other: "KeptSession") -> bool:
        """Whether both went on at the same time: then they are not one person's, one after the other."""
        return self.begun < int(other.ended) and other.begun < int(self.ended)  # a name tells whole seconds


class SessionHistory:
    """The sessions and files of one account, under `folder` (made when something is first kept)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_first = not folder.is_dir()

    # --- sessions

    def place(self, now: datetime, number: int) -> tuple[Path, bool]:
        """Where a session that begins now is to be kept, `number` telling it from others; and whether it is the first ever.

        Makes the folder, for its owner only; OSError where that cannot be.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.folder / f"{now.astimezone(UTC):{_STAMP}}-{number}.nnrec", self._is_first

    def sessions(self) -> list[KeptSession]:
        """All that are kept, the last to be written first."""
        try:
            names = [entry.name for entry in os.scandir(self.folder)]
        except OSError:
            return []
        found = [_session(self.folder / name, match[1]) for name in names if (match := _NAME.fullmatch(name))]
        return sorted((session for session in found if session), key=lambda session: (session.ended, session.path), reverse=True)

    def to_resume(self) -> list[KeptSession]:
        """The session that ended last; with those that met it, of which any could be meant, where there are some."""
        ended = [session for session in self.sessions() if not session.going_on]
        return [session for session in ended if session is ended[0] or session.meets(ended[0])]

    def moved_on(self, session: KeptSession, now: datetime, number: int) -> Path:
        """A session that is gone on with begins anew, in name: it met none of those that ended before."""
        with suppress(OSError):
            return session.path.rename(self.place(now, number)[0])
        return session.path

    def make_room(self) -> None:
        """Keeps the last nine, and any that is still going on: with the next they are ten."""
        for session in self.sessions()[KEPT - 1 :]:
            if not session.going_on:
                with suppress(OSError):
                    session.path.unlink()

    # --- files

    def files(self) -> list[str]:
        """The files opened last that are still there, the last first."""
        try:
            with open_regular(self._list, _LONGEST) as file:
                paths = json.loads(file.read(_LONGEST))
        except (InputError, OSError, ValueError, RecursionError):
            return []
        return [path for path in paths if isinstance(path, str) and _is_file(path)][:KEPT] if isinstance(paths, list) else []

    def remember(self, path: str, number: int) -> None:
        """Puts a file at the head of the list; where that cannot be written, nothing is remembered."""
        paths = [path, *(other for other in self.files() if other != path)][:KEPT]
        beside = self._list.with_suffix(f".{number}")
        with suppress(OSError, ValueError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.write_text(json.dumps(paths), encoding="utf-8")
            beside.chmod(0o600)
            beside.replace(self._list)

    @property
    def _list(self) -> Path:
        return self.folder / "files.json"


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def _session(path: Path, stamp: str) -> KeptSession | None:
    """A kept session; None where it is none, or went away meanwhile."""
    try:
        begun = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        with open_regular(path, FILE_LIMIT) as file:
            handle = file.fileno()
            if not looks_like_recording(file.read(16)):
                return None
            return KeptSession(path, begun.timestamp(), os.fstat(handle).st_mtime, is_locked(handle))
    except (InputError, OSError, ValueError):
        return None
