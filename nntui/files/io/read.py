"""Bytes from a path: a regular file and nothing else, its size checked before a byte is read."""

import io
import os
import stat
from pathlib import Path

from nntui.files.io.errors import InputError

MIB = 1 << 20
SCENARIO_LIMIT = 1 * MIB
DATA_LIMIT = 64 * MIB

# Without O_NONBLOCK the opening of a pipe waits for its writer; without O_NOCTTY a terminal could become ours.
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC

_OTHER = {
    stat.S_IFDIR: "is a directory",
    stat.S_IFIFO: "is a pipe",
    stat.S_IFSOCK: "is a socket",
    stat.S_IFCHR: "is a device",
    stat.S_IFBLK: "is a device",
}


def open_regular(path: str | Path, limit: int, shown: str | None = None) -> io.FileIO:
    """An unbuffered regular file of at most `limit` bytes, open for reading; `shown` names it in errors."""
    shown = shown if shown is not None else str(path)
    try:
        _check(os.stat(path), limit, shown)  # noqa: PTH116  before opening: to open a device may already do something
        handle = os.open(path, _FLAGS)
        try:
            _check(os.fstat(handle), limit, shown)
            return os.fdopen(handle, "rb", buffering=0)
        except BaseException:
            os.close(handle)
            raise
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL or a surrogate in it
        raise InputError(shown, None, f"{_reason(error)}; expected a file that can be read") from None


def _check(status: os.stat_result, limit: int, shown: str) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind != stat.S_IFREG:
        raise InputError(shown, None, f"{_OTHER.get(kind, 'is no regular file')}; expected a regular file")
    if status.st_size > limit:
        raise too_big(shown, limit, status.st_size)


def too_big(shown: str, limit: int, size: int | None = None) -> InputError:
    """The fault of a file that is longer than `limit`."""
    found = f"has {size} bytes" if size is not None else f"has more than {limit} bytes"
    return InputError(shown, None, f"{found}; expected at most {limit // MIB} MiB")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    if isinstance(error, OSError):
        return f"cannot be read ({(error.strerror or 'input/output error').lower()})"
    return "is no path that a file can have"


def read_bytes(path: str | Path, limit: int) -> bytes:
    """All bytes of a regular file; never more than limit + 1 are read, whatever its size was said to be."""
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
    """The text of a UTF-8 file as it is, BOM and line ends included."""
    return decoded(read_bytes(path, limit), str(path))


def decoded(data: bytes, shown: str, line: int = 1) -> str:
    """Strict UTF-8; the fault names the line of the first wrong byte (`line` is that of the first byte)."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        at = line + data.count(b"\n", 0, error.start)
        raise InputError(shown, at, f"byte 0x{data[error.start]:02x} is not UTF-8; expected a text file in UTF-8") from None
