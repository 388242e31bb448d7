"""Says on a terminal that a long command works: one line on stderr that is gone when there is something to print."""

import sys
import threading
from types import TracebackType
from typing import Self, TextIO

from nntui.text.safe import safe

AFTER = 1.0  # seconds; what is quicker says nothing
_EVERY = 0.5
_MOST = 70  # characters


class Working:
    """`with Working("checking FILE") as working:`. Where stderr is no terminal it does nothing.

    done: the share that is done, from 0 to 1, where it can be told.
    """

    def __init__(self, what: str, stream: TextIO | None = None, after: float = AFTER) -> None:
        self.done: float | None = None
        self._what = safe(what, _MOST)
        self._stream = sys.stderr if stream is None else stream
        self._after = after
        self._ended = threading.Event()
        self._written = 0
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        if self._stream is not None and self._stream.isatty():
            self._thread = threading.Thread(target=self._say, name="working", daemon=True)
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        if self._written:
            self._write("")

    def made(self, share: float) -> None:
        """Sets the share that is done, as a function to hand on."""
        self.done = share

    def _say(self) -> None:
        wait = self._after
        while not self._ended.wait(wait):
            share = "" if self.done is None else f" {100 * self.done:.0f} %"
            self._write(f"nntui: {self._what} …{share}")
            wait = _EVERY

    def _write(self, line: str) -> None:
        """The line in the place of the one before."""
        encoding = self._stream.encoding or "ascii"
        written = line.encode(encoding, "replace").decode(encoding)
        self._stream.write("\r" + written.ljust(self._written) + ("" if line else "\r"))
        self._stream.flush()
        self._written = len(written)
