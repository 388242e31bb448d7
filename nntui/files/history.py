"""The history of an account: recordings of its last ten sessions, and the files it opened last.

The caller chooses the folder. A folder that cannot be used (a full disk, a home that cannot be written, one of another
user) never ends a session; its content is as untrusted as any file. Its files are made under names that cannot be guessed,
opened as the account's own and never through a link.
"""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from nntui.files.io.errors import InputError
from nntui.files.io.lock import is_locked
from nntui.files.io.owner import check_above, check_private, make_private, open_own
from nntui.files.io.read import is_folder, pieces
from nntui.files.io.write import replace_private, unguessable
from nntui.files.recording.format import FILE_LIMIT, SUFFIX, first_line, looks_like_recording
from nntui.text.regex import regex
from nntui.values import dataclass

KEPT = 10  # sessions, besides those that are still running
_NAME = regex(r"(\d{8}T\d{6})-(?:[0-9a-f]{16}-)?\d+\.nnrec")
_STAMP = "%Y%m%dT%H%M%S"
_OURS = "nntui"  # the name of the program's own folder, in which there is one of sessions
_LONGEST = 64 << 10  # bytes of the list of files


@dataclass(frozen=True, slots=True)
class KeptSession:
    """The recording of a session: when it began and when its last line was written, in seconds since 1970."""

    path: Path
    begun: float
    ended: float
    going_on: bool

    def overlaps(self, other: "KeptSession") -> bool:
        """Whether both sessions ran at the same time."""
        return self.begun < int(other.ended) and other.begun < int(self.ended)  # a file name has whole seconds


class SessionHistory:
    """The sessions and files of one account, under `folder`, which is made when something is first kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_first = not is_folder(folder)
        self.passed_over = 0
        """How many sessions `to_resume` could not read that ended after those it found."""

    @property
    def is_first(self) -> bool:
        """Whether nothing was ever kept: this account starts for the first time."""
        return self._is_first and not is_folder(self.folder)

    # --- sessions

    def place(self, now: datetime, number: int) -> tuple[Path, bool]:
        """The path for the recording of a session that begins now, and whether it is the first session ever kept.

        number: of the process. Makes the folder, for its owner only; OSError if that fails, InputError if it, or the one
        above the program's own, is a link, another user's, or one that everybody may write to.
        """
        self._make()
        return self.folder / f"{now.astimezone(UTC):{_STAMP}}-{unguessable()}-{number}{SUFFIX}", self._is_first

    def check(self) -> None:
        """InputError where the folder may not be used, OSError where it cannot be looked at; it need not be there."""
        own = self._own_folders
        check_above(own[0].parent)
        for folder in own:
            check_private(folder)

    def _make(self) -> None:
        self.check()
        own = self._own_folders
        missing = [folder for folder in own[0].parents if not folder.exists()]
        for folder in (*reversed(missing), *own):
            make_private(folder)

    @property
    def _own_folders(self) -> tuple[Path, ...]:
        """The program's folder, where that has its name, and the one of sessions."""
        return (self.folder.parent, self.folder) if self.folder.parent.name == _OURS else (self.folder,)

    def sessions(self) -> list[KeptSession]:
        """All kept sessions, the one written last first; none if the folder cannot be read."""
        try:
            self.check()
            names = [entry.name for entry in os.scandir(self.folder)]
        except (InputError, OSError):
            return []
        found = [_session(self.folder / name, match[1]) for name in names if (match := _NAME.fullmatch(name))]
        return sorted((session for session in found if session), key=lambda session: (session.ended, session.path), reverse=True)

    def to_resume(self) -> list[KeptSession]:
        """The session that ended last, and those that ran at the same time, any of which the user may mean.

        A session whose recording has no sound first line, as a power cut may leave it, is passed over (`passed_over`).
        """
        ended = [session for session in self.sessions() if not session.going_on]
        last = next((session for session in ended if _has_first_line(session.path)), None)
        self.passed_over = len(ended) if last is None else ended.index(last)
        if last is None:
            return []
        others = [session for session in ended if session is not last and session.overlaps(last)]
        return [last, *(session for session in others if _has_first_line(session.path))]

    def moved_on(self, session: KeptSession, now: datetime, number: int) -> Path:
        """Renames a session that is resumed, as if it began now: it no longer overlaps those that ended before. Its path."""
        with suppress(OSError, InputError):
            return session.path.rename(self.place(now, number)[0])
        return session.path

    def make_room(self) -> None:
        """Deletes all but the last nine sessions and those still running, so that with the next one there are ten."""
        for session in self.sessions()[KEPT - 1 :]:
            if not session.going_on:
                with suppress(OSError):
                    session.path.unlink()

    # --- files

    def files(self) -> list[str]:
        """The files opened last that still exist, the last one first."""
        try:
            self.check()
            with open_own(self._list, _LONGEST) as file:
                paths = json.loads(file.read(_LONGEST))
        except (InputError, OSError, ValueError, RecursionError):
            return []
        return [path for path in paths if isinstance(path, str) and _is_file(path)][:KEPT] if isinstance(paths, list) else []

    def remember(self, path: str) -> None:
        """Puts a file at the head of the list; if the list cannot be written, nothing happens."""
        paths = [path, *(other for other in self.files() if other != path)][:KEPT]
        with suppress(OSError, ValueError, InputError):
            self._make()
            replace_private(self._list, json.dumps(paths).encode())

    @property
    def _list(self) -> Path:
        return self.folder / "files.json"


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def _session(path: Path, stamp: str) -> KeptSession | None:
    """A kept session; None if the file is no recording, or has just been deleted."""
    try:
        begun = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        with open_own(path, FILE_LIMIT) as file:
            handle = file.fileno()
            if not looks_like_recording(file.read(16)):
                return None
            return KeptSession(path, begun.timestamp(), os.fstat(handle).st_mtime, is_locked(handle))
    except (InputError, OSError, ValueError):
        return None


def _has_first_line(path: Path) -> bool:
    """Whether a recording has a sound first line, whatever it says; False if it cannot be read."""
    with suppress(InputError, OSError), open_own(path, FILE_LIMIT) as file:
        return first_line(pieces(file), str(path)) is not None
    return False
