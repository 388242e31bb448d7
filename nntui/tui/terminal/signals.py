"""The terminal that the app is given: checked before it is used, and left as it was found, whatever ends the run.

Textual reads fd 0 and paints on fd 2, and leaves neither in order when a signal kills it. So the signals that end a
session are blocked before NumPy starts threads of its own, which would take them by their default action, and one
thread waits for them.
"""

import os
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from nntui.text.usage_error import UsageError

ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
KEYBOARD, SCREEN = 0, 2
BROWSER_DRIVER = "textual.drivers.web_driver:WebDriver"  # what textual-serve puts into TEXTUAL_DRIVER
_RESTORED = (
    b"\x1b[?1049l"  # the ordinary screen
    b"\x1b[?25h"  # the cursor
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l"  # no mouse reports
    b"\x1b[?2004l\x1b[?1004l\x1b[?2048l"  # no reports of pastes, focus, size
    b"\x1b[<u\x1b[0m"  # ordinary keys and colours
)
EndingAction = Callable[[], Iterable[str] | None]
"""What is done when a signal ends the session, in another thread than the app's; the lines that it gives are said."""

_WATCHDOG = 1  # seconds until the kernel ends a process that cannot end itself
_PATIENCE, _MOMENT = 0.4, 0.005  # seconds for a picture that is under way when the session ends, and between two looks


@contextmanager
def ending_signals() -> Iterator[list[EndingAction]]:
    """Inside, a signal that ends the session leaves the terminal as it was and exits 128 + n. Comes before NumPy.

    Gives a list of what is to be done before, to be added to; a second is given to all of it.
    """
    _clean_environment()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    settings = termios.tcgetattr(KEYBOARD) if os.isatty(KEYBOARD) else None
    last: list[EndingAction] = []
    threading.Thread(target=_wait, args=(settings, last), daemon=True, name="signals").start()
    try:
        yield last
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def check_terminal() -> None:
    """Raises UsageError where the app cannot be painted or typed at; a browser shows what comes on standard output."""
    if is_served():
        return
    for descriptor, name in ((KEYBOARD, "standard input"), (SCREEN, "standard error")):
        if not os.isatty(descriptor):
            raise UsageError(f"{name} is no terminal; expected one (`nntui show` and `nntui trace` need none)")
    term = os.environ.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        raise UsageError(f"TERM is '{term}', a terminal that cannot move its cursor; expected one such as xterm-256color")
    encoding = (sys.stderr.encoding or "").lower().replace("-", "").replace("_", "")
    if encoding != "utf8":
        raise UsageError(f"the terminal's encoding is {sys.stderr.encoding}; expected UTF-8 (try PYTHONIOENCODING=utf-8)")


def is_served() -> bool:
    """Whether textual-serve has started the app, and shows it in a browser."""
    return os.environ.get("TEXTUAL_DRIVER") == BROWSER_DRIVER and not os.isatty(KEYBOARD)


def _clean_environment() -> None:
    """Textual reads these when it is imported: sizes that lie, modules to load, animations.

    What textual-serve says is kept: its driver, by its name alone, and the size of the page, which the driver clamps.
    """
    kept = {"TEXTUAL_DRIVER", "COLUMNS"} if is_served() else set()
    for name in list(os.environ):
        if (name in ("COLUMNS", "LINES") or name.startswith("TEXTUAL")) and name not in kept:
            del os.environ[name]
    if kept:
        os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    os.environ.setdefault("ESCDELAY", "300")  # an arrow key split over a slow line is still an arrow key


def _wait(settings: list[Any] | None, last: list[EndingAction]) -> None:
    """Waits for an ending signal, then leaves at once; nothing here may block but what is to be done last."""
    number = signal.sigwait(ENDING)
    signal.alarm(_WATCHDOG)
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTTOU,))
    screen = _taken_screen() if settings is not None else None
    if screen is not None:
        _send(screen, _RESTORED)
    if settings is not None:
        with suppress(OSError, termios.error):
            termios.tcsetattr(KEYBOARD, termios.TCSANOW, settings)
            termios.tcflush(KEYBOARD, termios.TCIFLUSH)
    said: list[str] = []
    for action in last:
        with suppress(Exception):
            said += action() or ()
    if screen is not None and said:
        _send(screen, "".join(f"{line}\n" for line in said).encode(errors="replace"))
    os._exit(128 + number)


def _taken_screen() -> int | None:
    """The screen under another descriptor; what the app still paints goes to os.devnull. None where the screen is closed."""
    try:
        screen = os.dup(SCREEN)
        os.dup2(os.open(os.devnull, os.O_WRONLY), SCREEN)
    except OSError:
        return None
    return screen


def _send(screen: int, data: bytes) -> None:
    """Sends bytes behind the picture that is under way, or what of them still goes out; the line may be gone."""
    end = time.monotonic() + _PATIENCE
    with suppress(OSError):
        os.set_blocking(screen, False)
        try:
            while data and time.monotonic() < end:
                try:
                    data = data[os.write(screen, data) :]
                except BlockingIOError:  # no room, or another write holds the terminal
                    time.sleep(_MOMENT)
        finally:
            os.set_blocking(screen, True)
