"""How files are opened and read where the system may lack a flag or a call: Windows has neither terminals nor pread."""

import os

UNSHARED = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""No program that is started inherits the file, and no byte of it is changed."""

REGULAR = UNSHARED | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""As well: a pipe or a terminal that was taken for a file is opened at once, and changes nothing."""

NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""A link in the place of the file is not followed: it cannot be opened."""


def is_own(status: os.stat_result) -> bool:
    """Whether a file is the account's; where accounts have no numbers (Windows) every file is."""
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def read_at(handle: int, size: int, place: int) -> bytes:
    """At most `size` bytes from a place of a file on; where a file appends, what is written next does not move."""
    if hasattr(os, "pread"):
        return os.pread(handle, size, place)
    os.lseek(handle, place, os.SEEK_SET)
    return os.read(handle, size)
