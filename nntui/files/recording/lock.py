"""One writer: a kernel lock on the whole file, gone with its holder, also after kill -9. Readers never ask for it.

Locks of open file descriptions where the system has them (Linux): an ordinary fcntl lock would be lost as soon as the
same process reads the file elsewhere and closes it. Both kinds exclude each other.
"""

import fcntl
import os
import struct
import sys
from errno import EACCES, EAGAIN, EINVAL

_APPLE = sys.platform == "darwin"
_FORM = "@qqihh" if _APPLE else "@hhqqi"  # struct flock
_SET = getattr(fcntl, "F_OFD_SETLK", fcntl.F_SETLK)
_GET = getattr(fcntl, "F_OFD_GETLK", fcntl.F_GETLK)


def lock(handle: int) -> bool:
    """Takes the lock of a file open for writing; False where another holds it, OSError where it cannot be had at all."""
    try:
        fcntl.fcntl(handle, _SET, _packed(fcntl.F_WRLCK))
    except OSError as error:
        if error.errno in (EACCES, EAGAIN):
            return False
        if error.errno != EINVAL or _SET == fcntl.F_SETLK:
            raise
        fcntl.fcntl(handle, fcntl.F_SETLK, _packed(fcntl.F_WRLCK))  # a file system without the better kind
    return True


def is_locked(handle: int) -> bool:
    """Whether a writer holds the lock; asks without taking anything. True where it cannot be told."""
    try:
        answer = fcntl.fcntl(handle, _GET, _packed(fcntl.F_RDLCK))
    except OSError:
        return True
    return _kind(answer) != fcntl.F_UNLCK


def _packed(kind: int) -> bytes:
    """The whole file."""
    return struct.pack(_FORM, 0, 0, 0, kind, os.SEEK_SET) if _APPLE else struct.pack(_FORM, kind, os.SEEK_SET, 0, 0, 0)


def _kind(answer: bytes) -> int:
    fields = struct.unpack(_FORM, answer[: struct.calcsize(_FORM)])
    kind: int = fields[3] if _APPLE else fields[0]
    return kind
