"""Reading bytes from a path: from regular files only, whose size is checked before a byte is read."""

import io
import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from nntui.files.io.errors import InputError, system_reason
from nntui.files.io.flags import NO_LINK, REGULAR, is_own

MIB = 1 << 20
PIECE = MIB // 4  # bytes of a long file that are read at once
SCENARIO_LIMIT = 1 * MIB
DATA_LIMIT = 64 * MIB

# Without O_NONBLOCK, opening a pipe waits for a writer; without O_NOCTTY, a terminal could become the controlling one.
_FLAGS = os.O_RDONLY | REGULAR

_OTHER = {
    stat.S_IFLNK: "is a link",
    stat.S_IFDIR: "is a directory",
    stat.S_IFIFO: "is a pipe",
    stat.S_IFSOCK: "is a socket",
    stat.S_IFCHR: "is a device",
    stat.S_IFBLK: "is a device",
}


def open_regular(path: str | Path, limit: int, shown: str | None = None, *, own: bool = False) -> io.FileIO:
    """An unbuffered regular file of at most `limit` bytes, open for reading; else InputError, which names it `shown`.

    own: through no link, and only if it is the account's.
    """
    shown = shown if shown is not None else str(path)
    try:
        # before opening it, because opening a device may have effects
        _check(os.stat(path, follow_symlinks=not own), limit, shown)  # noqa: PTH116
        handle = os.open(path, _FLAGS | (NO_LINK if own else 0))
        try:
            _check(os.fstat(handle), limit, shown, own=own)
            return os.fdopen(handle, "rb", buffering=0)
        except BaseException:
            os.close(handle)
            raise
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL or a surrogate in it
        raise InputError(shown, None, f"{_reason(error)}; expected a file that can be read") from None


def pieces(file: io.FileIO) -> Iterator[bytes]:
    """The rest of a file, as long as more of it is asked for. OSError if it cannot be read."""
    return iter(partial(file.read, PIECE), b"")


def _check(status: os.stat_result, limit: int, shown: str, *, own: bool = False) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind != stat.S_IFREG:
        raise InputError(shown, None, f"{_OTHER.get(kind, 'is no regular file')}; expected a regular file")
    if status.st_size > limit:
        raise too_big(shown, limit, status.st_size)
    if own and not is_own(status):
        raise InputError(shown, None, "is another user's; expected a file of your own")


def too_big(shown: str, limit: int, size: int | None = None) -> InputError:
    """The InputError of a file that is longer than `limit` bytes."""
    found = f"has {size} bytes" if size is not None else f"has more than {limit} bytes"
    return InputError(shown, None, f"{found}; expected at most {limit // MIB} MiB")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    if isinstance(error, OSError):
        return f"cannot be read ({system_reason(error)})"
    return "is no path that a file can have"


def read_bytes(path: str | Path, limit: int) -> bytes:
    """All bytes of a regular file; InputError if it cannot be read or has more than `limit`, also if it grows meanwhile."""
    with open_regular(path, limit) as file:
        try:
            return _read_all(file, str(path), limit)
        except OSError as error:
            raise InputError(str(path), None, f"{_reason(error)}; expected a file that can be read") from None


def _read_all(file: io.FileIO, shown: str, limit: int) -> bytes:
    data = bytearray()
    while chunk := file.read(min(MIB, limit + 1 - len(data))):
        data += chunk
        if len(data) > limit:
            raise too_big(shown, limit)
    return bytes(data)


def read_text(path: str | Path, limit: int = SCENARIO_LIMIT) -> str:
    """The text of a UTF-8 file, BOM and line ends included; InputError as in `read_bytes` and `decoded`."""
    return decoded(read_bytes(path, limit), str(path))


def decoded(data: bytes, shown: str, line: int = 1) -> str:
    """Decodes strict UTF-8; InputError names the line of the first wrong byte. line: the line of the first byte."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        at = line + data.count(b"\n", 0, error.start)
        raise InputError(shown, at, f"byte 0x{data[error.start]:02x} is not UTF-8; expected a text file in UTF-8") from None


def is_folder(path: str | Path) -> bool:
    """Whether there is a folder of that name; one that may not be looked at is none."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False
