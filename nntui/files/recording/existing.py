"""Opening the file for a recording: a new one, or an existing recording of the same scenario; locked in both cases."""

import io
import os
from errno import EACCES, EDQUOT, EIO, ENOSPC, EPERM, EROFS
from stat import S_ISREG
from typing import TYPE_CHECKING

from nntui.files.io.errors import InputError
from nntui.files.io.flags import NO_LINK, REGULAR, is_own, read_at
from nntui.files.io.lock import lock
from nntui.files.io.owner import PRIVATE_FILE, keep_private
from nntui.files.recording.format import FILE_LIMIT, looks_like_recording
from nntui.files.scenario.embedded import alike
from nntui.text.safe import quoted
from nntui.training.scenario import Scenario
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.files.recording.reader import Recording

_FLAGS = os.O_RDWR | os.O_APPEND | REGULAR
_OF_THE_DISK = (EACCES, EDQUOT, EIO, ENOSPC, EPERM, EROFS)
_NEW = "expected a new file, or a recording of this scenario to continue"


HARM = {
    "file gone": "is gone",
    "file replaced": "was replaced by another file",
    "file cut": "was cut short by another program",
    "file changed": "was changed by another program",
}
"""What others may do to a recording: in two words, and what is said behind its name."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A locked file: new (`recording` None), or a recording to continue after its last sound line."""

    handle: int
    recording: "Recording | None"
    created: bool


def open_for_recording(
    path: str, header: bytes, scenario: Scenario, *, private: bool = False, known: "Recording | None" = None
) -> Opened:
    """Opens and locks the file at `path`. OSError if the disk refuses; InputError for a file that may not be written.

    private: it is for the account alone: through no link, and only if it is the account's. known: what is read of it
    already, so that it is not read again.
    """
    try:
        created = not os.path.lexists(path)
        if not created and not S_ISREG(os.stat(path, follow_symlinks=not private).st_mode):  # noqa: PTH116  to open a device may already do something
            raise InputError(path, None, f"is no regular file; {_NEW}")
        flags = _FLAGS | (os.O_CREAT | os.O_EXCL if created else 0) | (NO_LINK if private else 0)
        handle = os.open(path, flags, PRIVATE_FILE if private else 0o666)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
            raise
        reason = (error.strerror or "").lower() if isinstance(error, OSError) else "no path that a file can have"
        raise InputError(path, None, f"cannot be written ({reason}); {_NEW}") from None
    try:
        if private:
            _check_private(handle, path)
        if created:
            _lock(handle, path)
        return Opened(handle, None if created else _found(handle, path, header, scenario, known), created)
    except BaseException:
        os.close(handle)
        raise


def harm_done(path: str, ours: os.stat_result, size: int) -> str:
    """What others did to a file that is being written, whose size should be `size`, as a key of `HARM`, or nothing.

    Where that cannot be told, nothing was done. ours: the status of the open file, at any time: as long as it is open, no
    other file has its number.
    """
    try:
        there = os.stat(path)  # noqa: PTH116
    except (FileNotFoundError, NotADirectoryError):
        return "file gone"
    except OSError:
        return ""
    if not os.path.samestat(ours, there):
        return "file replaced"
    if there.st_size < size:
        return "file cut"
    return "file changed" if there.st_size > size else ""


def _check_private(handle: int, path: str) -> None:
    """InputError for another user's file; other rights than those of a private one are set right."""
    if not is_own(os.fstat(handle)):
        raise InputError(path, None, "is another user's; expected a file of your own")
    keep_private(handle, PRIVATE_FILE)


def _lock(handle: int, path: str) -> None:
    if not lock(handle):
        raise InputError(path, None, "is being recorded by another session; expected a file of its own")


def _found(handle: int, path: str, header: bytes, scenario: Scenario, known: "Recording | None") -> "Recording | None":
    """The recording in an existing file; None if it has only a part of the first line of this recording."""
    from nntui.files.recording.reader import Recording, read_on

    status = os.fstat(handle)
    if not S_ISREG(status.st_mode):
        raise InputError(path, None, f"is no regular file; {_NEW}")
    if status.st_size > FILE_LIMIT:
        raise InputError(path, None, f"has {status.st_size} bytes; {_NEW}")
    if not status.st_size:
        raise InputError(path, None, f"is there already and empty; {_NEW}")
    beginning = read_at(handle, 16, 0)
    if not looks_like_recording(beginning) and not header.startswith(beginning):
        raise InputError(path, None, f"is there already and no recording; {_NEW}")
    _lock(handle, path)
    recording = known if known is not None and _is_beginning(known, handle) else Recording(path)
    recording.scanner.forget_torn()
    with open(handle, "rb", buffering=0, closefd=False) as file:
        assert isinstance(file, io.FileIO)
        file.seek(recording.scanner.size)
        read_on(recording, file)
    if not recording.scanner.size and not recording.fault:
        _begin_again(handle, path, header)
        return None
    if recording.fault:
        fault = f"{recording.fault.message.partition(';')[0]}; expected a sound recording to continue"
        raise InputError(path, recording.fault.line, fault)
    if not alike(recording.scenario, scenario):
        raise InputError(path, None, f"is a recording of another scenario, {quoted(recording.scenario.title)}; {_NEW}")
    return recording


def _is_beginning(known: "Recording", handle: int) -> bool:
    """Whether a file still begins with what was read: the chained checksum of the last line covers all before it."""
    scanner = known.scanner
    ends = read_at(handle, 9, scanner.last), read_at(handle, 1, scanner.size - 1)
    return not known.fault and ends == (b"%08x " % scanner.crc, b"\n")


def _begin_again(handle: int, path: str, header: bytes) -> None:
    """Empties a file with an incomplete first line, if that is the beginning of `header`; else InputError."""
    size = os.fstat(handle).st_size
    if read_at(handle, len(header), 0) != header[:size]:
        raise InputError(path, None, f"has no whole line; {_NEW}")
    os.ftruncate(handle, 0)
