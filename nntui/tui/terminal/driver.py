"""Our own way of reading the keyboard: whatever comes down the line, the app neither ends nor spins.

Textual's Linux driver ends the app at one byte that is not UTF-8 and at an absurd CSI (textual #6456), reads for ever
at the end of input (#6690), takes a paste of any length as one event, and believes any size. Here bytes that are no
UTF-8 become U+FFFD, a parser that fails is replaced at the next character, a paste is cut, keys are read no faster
than the app takes them, and sizes are those of fd 2, clamped. A line that is gone is a SIGHUP to ourselves, so that there
is one way to end. `tests/tui/test_driver.py` fails loudly when Textual's own driver changes.
"""

import os
import re
import select
import signal
from codecs import getincrementaldecoder

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

LARGEST, SMALLEST = (500, 200), (3, 1)  # two columns or fewer flip Textual's layout for ever
MOST_PASTED = 8192  # characters
MOST_WAITING = 512  # messages that the app has not taken in yet
_SCREEN = 2
_TICK = 0.1  # seconds
_STALLED = 50  # ticks without input after which a paste that never ended has ended
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Driver(LinuxDriver):
    """Textual's Linux driver with a sturdy input thread."""

    def _get_terminal_size(self) -> tuple[int, int]:
        return terminal_size()

    def process_message(self, message: Message) -> None:
        """A size that the terminal tells in band is clamped too."""
        if isinstance(message, events.Resize):
            size = Size(*clamped(*message.size))
            message = events.Resize(size, size, size, message.pixel_size)
        super().process_message(message)

    def run_input_thread(self) -> None:
        """Reads until the app is done or the line is gone."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        reader, idle = Reader(self._debug), 0
        while not self.exit_event.is_set():
            ready, _, _ = select.select([self.fileno], [], [], _TICK)
            if not ready:
                idle += 1
                self._dispatch(reader.tick(idle >= _STALLED))
                continue
            idle = 0
            try:
                data = os.read(self.fileno, 4096)
            except OSError:
                data = b""
            if not data:
                hang_up()
                return
            self._dispatch(reader.feed(decode(data)))
            while self._app._message_queue.qsize() > MOST_WAITING and not self.exit_event.wait(_TICK / 10):  # noqa: SLF001
                pass  # the terminal waits with the rest

    def _dispatch(self, messages: list[Message]) -> None:
        for message in messages:
            self.process_message(message)


def hang_up() -> None:
    """The line is gone: the session ends as by the signal that says so."""
    os.kill(os.getpid(), signal.SIGHUP)


def terminal_size() -> tuple[int, int]:
    """Columns and lines of the terminal that is painted on."""
    try:
        return clamped(*os.get_terminal_size(_SCREEN))
    except OSError:
        return 80, 24


def clamped(width: int, height: int) -> tuple[int, int]:
    """A size that can be painted; one that is not known is 80x24."""
    if width <= 0 or height <= 0:
        return 80, 24
    return min(max(width, SMALLEST[0]), LARGEST[0]), min(max(height, SMALLEST[1]), LARGEST[1])


class Reader:
    """Characters → messages, by Textual's parser: replaced where it fails, with pastes cut and made harmless."""

    def __init__(self, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)
        self._tail = ""  # what came last outside a paste, in which one may have begun
        self._paste = ""  # what may be the beginning of the end of a paste
        self._room: int | None = None  # characters that a paste may still have; None outside of one

    def feed(self, text: str) -> list[Message]:
        """The messages in some more characters."""
        messages: list[Message] = []
        for character in self._cut(text):
            try:
                messages.extend(self._parser.feed(character))
            except Exception:  # noqa: BLE001  whatever was typed, the next key is read
                self._replace_parser()
        return messages

    def tick(self, stalled: bool = False) -> list[Message]:
        """What the passing of time means: an Escape that is none of a sequence, the end of a paste without an end."""
        if stalled and self._room is not None:
            return self.feed(BRACKETED_PASTE_END)
        try:
            return list(self._parser.tick())
        except Exception:  # noqa: BLE001
            self._replace_parser()
            return []

    def _replace_parser(self) -> None:
        old, self._parser = self._parser, XTermParser(self._debug)
        for name in ("mouse_pixels", "terminal_size", "terminal_pixel_size"):
            setattr(self._parser, name, getattr(old, name))

    def _cut(self, text: str) -> str:
        """The text with its pastes shortened, and nothing but text in them."""
        pieces: list[str] = []
        while text:
            if self._room is None:
                start = (self._tail + text).find(BRACKETED_PASTE_START) - len(self._tail) + len(BRACKETED_PASTE_START)
                found = start > 0 and BRACKETED_PASTE_START in self._tail + text
                before, text = (text[:start], text[start:]) if found else (text, "")
                pieces.append(before)
                self._tail = "" if found else (self._tail + before)[1 - len(BRACKETED_PASTE_START) :]
                self._room = MOST_PASTED if found else None
            else:
                body, end, text = (self._paste + text).partition(BRACKETED_PASTE_END)
                self._paste = "" if end else _unfinished(body)
                kept = _CONTROL.sub("", body[: len(body) - len(self._paste)])[: self._room]
                self._room = None if end else self._room - len(kept)
                pieces += [kept, end]
        return "".join(pieces)


def _unfinished(text: str) -> str:
    """The longest end of a text with which the end of a paste may begin."""
    lengths = range(min(len(BRACKETED_PASTE_END) - 1, len(text)), 0, -1)
    return next((text[-n:] for n in lengths if BRACKETED_PASTE_END.startswith(text[-n:])), "")
