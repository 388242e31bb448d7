"""The file of a recording while it is written: whole lines at its end, each in one write(2), or nothing of them.

Before each line the file is checked: others may have removed, replaced, cut or changed it.
"""

import os
from array import array
from bisect import bisect_left
from collections.abc import Callable
from contextlib import suppress
from errno import EDQUOT, EFBIG, ENOSPC
from zlib import crc32

from nntui.files.io.errors import InputError, shown_path, system_reason
from nntui.files.io.flags import read_at
from nntui.files.recording.existing import HARM, harm_done
from nntui.files.recording.format import FILE_LIMIT, LINE_LIMIT, MOST_LINES

_NO_ROOM = (ENOSPC, EDQUOT, EFBIG)
_FULL = "disk full"
_HEAD = 9  # bytes of a line before its JSON: the checksum and a space


class NotWritten(Exception):
    """A line was not written, and none will be.

    words: path → the sentence about it. cause: the same in two words, where there are such. left: the bytes of the file
    that others left as they were written; None where they did nothing to it.
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

    last: where the last of them begins. handle: None once it is released, and of a file that could not be opened; then
    nothing is written.
    """

    def __init__(self, path: str, handle: int | None = None, size: int = 0, crc: int = 0, lines: int = 0, last: int = 0) -> None:
        self.path, self.handle = path, handle
        self.size, self.crc, self.lines = size, crc, lines
        self._status = os.fstat(handle) if handle is not None else None
        self._last = last
        self._ends, self._crcs = array("q"), array("I")  # of each line that is written here

    def append(self, line: bytes, crc: int, closely: bool = False) -> bool:
        """Writes a whole line; False for a released file, NotWritten if it cannot be written. crc: of the file with it.

        closely: also a change that leaves the size as it was is looked for, in the last line.
        """
        handle = self.handle
        if handle is None:
            return False
        if len(line) > LINE_LIMIT or self.size + len(line) > FILE_LIMIT or self.lines >= MOST_LINES:
            raise NotWritten.too_large()
        self._look_for_harm(handle, closely)
        self._write(handle, line)
        self._last = self.size
        self.size += len(line)
        self.crc = crc
        self.lines += 1
        self._ends.append(self.size)
        self._crcs.append(crc)
        return True

    def _write(self, handle: int, line: bytes) -> None:
        """Writes all of a line, or nothing of it, and then NotWritten."""
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

    def flush(self) -> None:
        """Waits until all that was written is on the disk; NotWritten if it is not. May be called from any thread."""
        handle = self.handle
        if handle is not None:
            try:
                os.fsync(handle)
            except OSError as error:
                raise NotWritten.because(system_reason(error)) from error

    def sync(self) -> None:
        """Waits as `flush` does; NotWritten also for what others did to the file.

        Not while a line is written: then its size is unknown.
        """
        self.flush()
        if self.handle is not None:
            self._look_for_harm(self.handle, closely=True)

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

    def _look_for_harm(self, handle: int, closely: bool) -> None:
        harm = harm_done(self.path, self._status, self.size) if self._status is not None else ""
        if not harm and closely and not self._has_last_line(handle):
            harm = "file changed"
        if harm:
            elsewhere = harm in ("file gone", "file replaced")
            left = 0 if elsewhere else bytes_left(handle, self._ends, self._crcs)
            raise NotWritten(lambda path: f"not recording: {shown_path(path)} {HARM[harm]}.", harm, left)

    def _has_last_line(self, handle: int) -> bool:
        """Whether the last line begins where it was written, with its checksum, which covers all lines before it."""
        try:
            return not self.size or read_at(handle, _HEAD, self._last) == b"%08x " % self.crc
        except OSError:
            return True


def bytes_left(handle: int, ends: "array[int]", crcs: "array[int]") -> int:
    """How many bytes of a file are as they were written, up to the end of a line.

    ends, crcs: of each line that its writer wrote, where it ends, and its checksum.
    """
    crc = end = left = 0
    with suppress(OSError), open(handle, "rb", closefd=False) as file:
        file.seek(0)
        while (line := file.readline(LINE_LIMIT)).endswith(b"\n"):
            crc = crc32(line[_HEAD:-1], crc)
            if line[:_HEAD] != b"%08x " % crc:
                break
            end += len(line)
            number = bisect_left(ends, end)
            if number < len(ends) and (ends[number], crcs[number]) == (end, crc):
                left = end
    return left
