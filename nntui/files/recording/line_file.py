"""The file of a recording while it is written: whole lines at its end, each in one write(2), or nothing of them.

Before each line the file is checked: others may have removed, replaced, cut or changed it.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from errno import EDQUOT, EFBIG, ENOSPC

from nntui.files.io.errors import InputError, shown_path, system_reason
from nntui.files.recording.existing import HARM, harm_done
from nntui.files.recording.format import FILE_LIMIT, LINE_LIMIT, MOST_LINES

_NO_ROOM = (ENOSPC, EDQUOT, EFBIG)
_FULL = "disk full"


class NotWritten(Exception):
    """A line was not written, and none will be.

    words: path → the sentence about it. cause: the same in two words, where there are such. left: the bytes of the file
    that others left in it; None where they did nothing to it.
    """

    def __init__(self, words: Callable[[str], str], cause: str = "", left: int | None = None) -> None:
        super().__init__(cause)
        self.words, self.cause, self.left = words, cause, left

    @classmethod
    def because(cls, reason: str, cause: str = "") -> "NotWritten":
        """For a reason that leaves what was written before in the file."""
        words = f"not recording ({reason}); what was written before is kept."
        return cls(lambda path: str(InputError(path, None, words)), cause)

    @classmethod
    def of_error(cls, error: OSError) -> "NotWritten":
        """For an error of the system."""
        return cls.because(system_reason(error), _FULL if error.errno in _NO_ROOM else "")

    @classmethod
    def too_large(cls) -> "NotWritten":
        """For a recording at one of its limits."""
        return cls.because("it would be larger than a recording may be")


class LineFile:
    """An open, locked file. size, crc, lines: its bytes, checksum and lines, as far as they are sound.

    handle: None once it is released, and of a file that could not be opened; then nothing is written.
    """

    def __init__(self, path: str, handle: int | None = None, size: int = 0, crc: int = 0, lines: int = 0) -> None:
        self.path, self.handle = path, handle
        self.size, self.crc, self.lines = size, crc, lines
        self._status = os.fstat(handle) if handle is not None else None

    def append(self, line: bytes, crc: int) -> bool:
        """Writes a whole line; False for a released file, NotWritten if it cannot be written. crc: of the file with it."""
        handle = self.handle
        if handle is None:
            return False
        if len(line) > LINE_LIMIT or self.size + len(line) > FILE_LIMIT or self.lines >= MOST_LINES:
            raise NotWritten.too_large()
        self._look_for_harm()
        try:
            written = os.write(handle, line)
            if written < len(line):  # if the disk is full, writing the rest raises the error that says so
                written += os.write(handle, line[written:])
        except OSError as error:
            self.cut_back()
            raise NotWritten.of_error(error) from error
        if written < len(line):
            self.cut_back()
            raise NotWritten.because("no space left on device", _FULL)
        self.size += written
        self.crc = crc
        self.lines += 1
        return True

    def sync(self) -> None:
        """Waits until all that was written is on the disk; NotWritten if it is not. May be called from any thread."""
        handle = self.handle
        if handle is None:
            return
        try:
            os.fsync(handle)
        except OSError as error:
            raise NotWritten.because(system_reason(error)) from error
        self._look_for_harm()

    def cut_back(self) -> None:
        """Cuts the file back to its last whole line; if that fails, readers ignore the torn one."""
        if self.handle is not None:
            with suppress(OSError):
                os.ftruncate(self.handle, self.size)

    def release(self) -> None:
        """Closes the file, which releases the lock."""
        handle, self.handle = self.handle, None
        if handle is not None:
            with suppress(OSError):
                os.close(handle)

    def _look_for_harm(self) -> None:
        if self._status is None:
            return
        harm, left = harm_done(self.path, self._status, self.size)
        if harm:
            raise NotWritten(lambda path: f"not recording: {shown_path(path)} {HARM[harm]}.", harm, left)
