"""Following a recording while it is written: the caller asks for what is new. No clock, no thread.

A follower only reads, and tests the writer's lock without taking it, so that the writer is never disturbed.
"""

import os
from pathlib import Path
from typing import Literal

from nntui.files.io.errors import InputError
from nntui.files.io.lock import is_locked
from nntui.files.io.read import MIB, open_regular
from nntui.files.recording.format import FILE_LIMIT
from nntui.files.recording.reader import Recording, read_on

AT_ONCE = MIB
"""Bytes that a look at the file reads at most, to the end of a line: a tenth of a second, in which no key is answered."""

State = Literal["written", "left", "gone", "cut", "damaged"]
"""The writer is there; it has left (and may come back); the file is gone; it is shorter than what was read; a line is damaged.

What is damaged is in `recording.fault`.
"""


class Follower:
    """A recording that grows: `news` reads what was written since the last call, of more than AT_ONCE the first part."""

    def __init__(self, path: str | Path) -> None:
        """Opens a recording and reads all of it; InputError as in `read_recording`."""
        self.path = path
        self.state: State = "written"
        self.is_behind = False
        """Whether more is there than was read: much was written since the look before."""
        self.recording = Recording(str(path))
        self._file = open_regular(path, FILE_LIMIT)
        try:
            read_on(self.recording, self._file)
            self.news()
            self.recording.check_begun()
        except BaseException:
            self.close()
            raise

    def news(self) -> int:
        """Reads on and updates `state`; how many new events are at the end of `recording.lesson`."""
        if self._file.closed:
            return 0
        locked = is_locked(self._file.fileno())  # tested first, so that what the writer wrote before it left is read
        before = len(self.recording.lesson) if self.recording.scanner.lines else 0
        self.recording.scanner.forget_torn()
        self._file.seek(self.recording.scanner.size)
        try:
            read_on(self.recording, self._file, AT_ONCE)
        except InputError:  # it grew beyond all bounds, or its disk is gone
            self.close()
            self.state, self.is_behind = "gone", False
            return 0
        self.state = self._state(locked)
        return len(self.recording.lesson) - before if self.recording.scanner.lines else 0

    def close(self) -> None:
        """Stops following."""
        self._file.close()

    def _state(self, locked: bool) -> State:
        self.is_behind = False
        if self.recording.fault:
            return "damaged"
        try:
            there, ours = os.stat(self.path), os.fstat(self._file.fileno())  # noqa: PTH116
        except OSError:
            return "gone"
        if not os.path.samestat(there, ours):
            return "gone"
        scanner = self.recording.scanner
        if ours.st_size < scanner.size:  # a writer may cut off what it wrote of a line
            return "cut"
        self.is_behind = ours.st_size > scanner.size + scanner.torn
        return "written" if locked or self.is_behind else "left"
