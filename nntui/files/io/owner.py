"""Files and folders of the account alone: nobody else's, through no link, and for nobody else to read.

What a session keeps is written without being asked, so it must not be possible to have it written elsewhere: a folder that
others may write to could hold a link in the place of a file, or be exchanged between two looks at it.
"""

import io
import os
import stat
from contextlib import suppress
from pathlib import Path

from nntui.files.io.errors import InputError
from nntui.files.io.flags import NO_LINK, UNSHARED, is_own
from nntui.files.io.read import open_regular

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
_EXPECTED = "expected a folder of your own, which nobody else may write to"
_FOLDER = os.O_RDONLY | UNSHARED | NO_LINK | getattr(os, "O_DIRECTORY", 0)


def open_own(path: Path, limit: int) -> io.FileIO:
    """As `open_regular`, of a file of the account's own that is no link; its rights become those of a private file."""
    file = open_regular(path, limit, own=True)
    with suppress(OSError):
        keep_private(file.fileno(), PRIVATE_FILE)
    return file


def keep_private(handle: int, rights: int) -> None:
    """Gives an open file or folder these rights, if it has others."""
    if hasattr(os, "fchmod") and stat.S_IMODE(os.fstat(handle).st_mode) != rights:
        os.fchmod(handle, rights)


def check_above(folder: Path) -> None:
    """InputError where private folders should not be made in a folder: everybody may write to it, or it is another user's.

    One that is not there yet is made by the account, so that the nearest one above it counts. A folder of root's will do.
    """
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    status = there.stat()
    if not is_own(status) and status.st_uid != 0:
        raise InputError(str(there), None, f"is a folder of another user; {_EXPECTED}")
    if there == folder and os.name == "posix" and status.st_mode & stat.S_IWOTH:
        raise InputError(str(there), None, f"is a folder that everybody may write to; {_EXPECTED}")


def make_private(folder: Path) -> None:
    """Makes a folder, or takes one that is there, for the account alone. InputError if it is a link or another user's."""
    with suppress(FileExistsError):
        folder.mkdir(PRIVATE_FOLDER)
    handle = _opened(folder)
    if handle is not None:
        try:
            keep_private(handle, PRIVATE_FOLDER)
        finally:
            os.close(handle)


def check_private(folder: Path) -> None:
    """InputError if a folder that is there is a link, or another user's."""
    if os.path.lexists(folder):
        handle = _opened(folder)
        if handle is not None:
            os.close(handle)


def _opened(folder: Path) -> int | None:
    """A handle of a folder of the account's own; None where folders cannot be opened (Windows)."""
    if folder.is_symlink():
        raise InputError(str(folder), None, f"is a link; {_EXPECTED}")
    if os.name != "posix":
        return None
    if not is_own(folder.stat()):
        raise InputError(str(folder), None, f"is a folder of another user; {_EXPECTED}")
    handle = os.open(folder, _FOLDER)
    if not is_own(os.fstat(handle)):  # it was exchanged meanwhile
        os.close(handle)
        raise InputError(str(folder), None, f"is a folder of another user; {_EXPECTED}")
    return handle
