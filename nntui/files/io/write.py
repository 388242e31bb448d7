"""Writing files, whole or not at all; only a file of settings is ever written over.

A signal that ends the process in the middle of it is followed by `remove_unfinished`, from another thread.
"""

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from nntui.files.io.errors import InputError, system_reason
from nntui.files.io.flags import NO_LINK, UNSHARED

_UNFINISHED: set[Path] = set()  # what is to be removed if the process ends now
_ENDING: list[bool] = []  # not empty once nothing more may be written


def remove_unfinished() -> None:
    """Removes what is being written, and lets nothing more be written: the process is about to end.

    A file that was just being made is removed by a second call.
    """
    _ENDING.append(True)
    for path in list(_UNFINISHED):
        with suppress(OSError):
            path.unlink()


def unguessable() -> str:
    """A part of a file name that nobody can know before."""
    return secrets.token_hex(8)


def write_new(files: dict[Path, bytes], sync: bool = True) -> None:
    """Writes all of these files, none of which may exist; if one cannot be written, InputError, and none of them is left.

    sync: each is on the disk before the next is begun, which takes a while for many.
    """
    made: list[Path] = []
    try:
        for path, content in files.items():
            _write(path, content, sync)
            made.append(path)
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.unlink()
        raise
    finally:
        _UNFINISHED.difference_update(files)


def check_new(path: Path) -> None:
    """Raises InputError if the path exists, also as a broken link."""
    if os.path.lexists(path):
        raise InputError(str(path), None, "is there already and stays as it is; expected the name of a new file")


def replace_file(path: Path, content: bytes) -> None:
    """Writes a file that may exist, in a folder that need not; InputError if it cannot be written, and it is as it was.

    A link stays a link, and an existing file keeps its rights.
    """
    try:
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.parent / f".nntui-{unguessable()}.tmp"
        try:
            _write_content(beside, content, sync=True)
            if target.exists():
                beside.chmod(target.stat().st_mode & 0o777)
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink()
            _UNFINISHED.discard(beside)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise InputError(str(path), None, f"{_reason(error)}; expected a file that can be written") from None


def replace_private(path: Path, content: bytes) -> None:
    """Writes a file that may exist, in a folder that does, for the account alone; OSError if it cannot be written."""
    beside = path.parent / f".nntui-{unguessable()}.tmp"
    try:
        _write_content(beside, content, sync=False, rights=0o600)
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink()
        _UNFINISHED.discard(beside)


def _write(path: Path, content: bytes, sync: bool) -> None:
    check_new(path)
    beside = path.parent / f".nntui-{unguessable()}.tmp"
    try:
        try:
            _write_content(beside, content, sync)
            _give_name(beside, path)
        finally:
            with suppress(OSError, ValueError):
                beside.unlink()
            _UNFINISHED.discard(beside)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise InputError(str(path), None, f"{_reason(error)}; expected a place that can be written to") from None


def _write_content(path: Path, content: bytes, sync: bool, rights: int = 0o666) -> None:
    """Writes a new file, with `sync` to the disk, and waits until it is there; the umask decides who may read it."""
    _UNFINISHED.add(path)  # before it is made, so that whoever ends the process knows of it
    if _ENDING:
        raise OSError(errno.EINTR, os.strerror(errno.EINTR))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | UNSHARED, rights)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        if sync:
            os.fsync(handle)


def _give_name(beside: Path, path: Path) -> None:
    """Gives the finished file its name, by a hard link: unlike renaming, it never replaces a file that has just been made."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        check_new(path)
        raise
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES):
            raise
        check_new(path)  # a file system without hard links
        beside.rename(path)
    _UNFINISHED.add(path)  # until all files that belong together are there


def _reason(error: OSError | ValueError) -> str:
    match error:
        case ValueError():
            return "is no path that a file can have"
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such folder"
        case PermissionError():
            return "may not be written (permission denied)"
        case _:
            return f"cannot be written ({system_reason(error)})"
