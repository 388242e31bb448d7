"""One writer at a time: a kernel lock on the whole file, which ends with the writer's process, also after kill -9.

Where the system has them (Linux) these are locks of open file descriptions: an ordinary fcntl lock is lost as soon as the
same process opens the file a second time and closes it. Both kinds exclude each other. Readers take no lock.
Windows has neither kind: nothing is locked there.
"""

import os
import struct
import sys
from errno import EACCES, EAGAIN, EINVAL
from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:
    fcntl = None

_APPLE = sys.platform == "darwin"
_FORM = "@qqihh" if _APPLE else "@hhqqi"  # struct flock
_SET = getattr(fcntl, "F_OFD_SETLK", getattr(fcntl, "F_SETLK", 0))
_GET = getattr(fcntl, "F_OFD_GETLK", getattr(fcntl, "F_GETLK", 0))


def lock(handle: int) -> bool:
    """Locks a file open for writing; False if another process holds the lock, OSError if the file system has no locks."""
    if fcntl is None:
        return True
    try:
        fcntl.fcntl(handle, _SET, _packed(fcntl.F_WRLCK))
    except OSError as error:
        if error.errno in (EACCES, EAGAIN):
            return False
        if error.errno != EINVAL or _SET == fcntl.F_SETLK:
            raise
        fcntl.fcntl(handle, fcntl.F_SETLK, _packed(fcntl.F_WRLCK))  # a file system without locks of open file descriptions
    return True


def is_locked(handle: int) -> bool:
    """Whether a writer holds the lock; tests without locking. True if the system cannot say."""
    if fcntl is None:
        return False
    try:
        answer = fcntl.fcntl(handle, _GET, _packed(fcntl.F_RDLCK))
    except OSError:
        return True
    return bool(_kind(answer) != fcntl.F_UNLCK)


def _packed(kind: int) -> bytes:
    """A struct flock for the whole file."""
    return struct.pack(_FORM, 0, 0, 0, kind, os.SEEK_SET) if _APPLE else struct.pack(_FORM, kind, os.SEEK_SET, 0, 0, 0)


def _kind(answer: bytes) -> int:
    fields = struct.unpack(_FORM, answer[: struct.calcsize(_FORM)])
    kind: int = fields[3] if _APPLE else fields[0]
    return kind
