"""Our own way of reading the keyboard: whatever comes down the line, the app neither ends nor spins.

Textual's Linux driver ends the app at one byte that is not UTF-8 and at an absurd CSI (textual #6456), reads for ever
at the end of input (#6690), takes a paste of any length as one event, and believes any size. Here bytes that are no
UTF-8 become U+FFFD, a parser that fails is replaced at the next character, a paste is cut, keys are read no faster
than the app takes them, and sizes are those of fd 2, clamped. A line that is gone is a SIGHUP to ourselves, so that there
is one way to end. `tests/tui/test_driver.py` fails loudly when Textual's own driver changes.
"""

import os
import select
import signal
import termios
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from nntui.tui.terminal.narrow_updates import started
from nntui.tui.terminal.reader import Reader
from nntui.tui.terminal.signals import is_served

if TYPE_CHECKING:
    from nntui.tui.terminal.browser_driver import BrowserDriver

LARGEST, SMALLEST = (500, 200), (3, 1)  # two columns or fewer flip Textual's layout for ever
MOST_WAITING = 512  # messages that the app has not taken in yet
ASK_BACKGROUND = "\x1b]11;?\x1b\\"  # OSC 11 of xterm
NEVER_ASKED = ("", "dumb", "linux")  # terminals that have no answer, and may show the question
_SCREEN = 2
TICK = 0.1  # seconds
_STALLED = 50  # ticks without input after which a paste that never ended has ended


class Driver(LinuxDriver):
    """Textual's Linux driver with a sturdy input thread, and another way to stop and to come back."""

    _typing: list[Any] | None = None  # how the keyboard is set while the app is shown

    def _get_terminal_size(self) -> tuple[int, int]:
        return terminal_size()

    def process_message(self, message: Message) -> None:
        """A size that the terminal tells in band is clamped too."""
        if isinstance(message, events.Resize):
            size = Size(*clamped(*message.size))
            message = events.Resize(size, size, size, message.pixel_size)
        super().process_message(message)

    def start_application_mode(self) -> None:
        """As Textual; remembers how the keyboard is set then."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        with suppress(termios.error):
            self._typing = termios.tcgetattr(self.fileno)

    def _sigtstp_application(self, *_: object) -> None:
        """Leaves the terminal in order and stops, with all of its job; comes back when it is continued.

        Textual stops by SIGSTOP, which nobody would undo where no shell controls jobs (`ssh -t host nntui`). The kernel
        drops a SIGTSTP there, and this comes back at once.
        """
        self.suspend_application_mode()
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._sigtstp_application)
        signal.signal(signal.SIGCONT, self._sigcont_application)
        self._must_signal_resume = True
        self.resume_application_mode()
        self._loop.call_soon_threadsafe(self._paint_all)

    def _sigcont_application(self, *_: object) -> None:
        """Continued without having been stopped by Ctrl+Z: the keyboard is set as it was, and all is painted once more."""
        if self._typing is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._typing)
        self._loop.call_soon_threadsafe(self._paint_all)

    def _paint_all(self) -> None:
        """Sends all of the picture, although it was sent before: the terminal has lost it."""
        for screen in self._app.screen_stack:
            started(screen)
        self._app.refresh(layout=True)

    def ask_background(self) -> None:
        """Asks the terminal for the colour of its background; the answer, where there is one, is a `BackgroundColour`."""
        if os.environ.get("TERM", "") not in NEVER_ASKED:
            self.write(ASK_BACKGROUND)
            self.flush()

    def run_input_thread(self) -> None:
        """Reads until the app is done or the line is gone."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        reader, idle = Reader(self._debug), 0
        while not self.exit_event.is_set():
            ready, _, _ = select.select([self.fileno], [], [], TICK)
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
            while self._app._message_queue.qsize() > MOST_WAITING and not self.exit_event.wait(TICK / 10):  # noqa: SLF001
                pass  # the terminal waits with the rest

    def _dispatch(self, messages: list[Message]) -> None:
        for message in messages:
            self.process_message(message)


def driver_class() -> "type[Driver | BrowserDriver]":
    """The driver for what the app is shown in: a terminal, or a browser."""
    if not is_served():
        return Driver
    from nntui.tui.terminal.browser_driver import BrowserDriver

    return BrowserDriver


def shown_size(app: App[None]) -> Size:
    """Columns and lines of what an app is shown in; where that is no terminal, those that it was told."""
    return Size(*terminal_size()) if isinstance(app._driver, Driver) else app.size  # noqa: SLF001


def ask_background(app: App[None]) -> None:
    """Asks the terminal of an app for the colour of its background, and does not wait for the answer."""
    if isinstance(app._driver, Driver):  # noqa: SLF001  none where a test drives the app
        app._driver.ask_background()  # noqa: SLF001


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
