"""nntui in a real pty, read through a terminal emulator: what a student at a terminal types and sees."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

import pyte

from tests.emulator import Emulator

KEYS = {"left": "\x1b[D", "right": "\x1b[C", "home": "\x1b[H", "end": "\x1b[F", "pgdn": "\x1b[6~", "enter": "\r", "esc": "\x1b"}
NNTUI = (sys.executable, "-m", "nntui")
ATOMIC = "\x1b[?2026;2$y"  # the terminal says that it takes a whole picture at once
WHOLE = b"\x1b[?2026l"  # ends one
PATIENCE = 60  # seconds until what never comes is a failure
KEPT = ("PATH", "HOME", "PYTHONPATH", "VIRTUAL_ENV")
STATE = tempfile.TemporaryDirectory(prefix="nntui-state-")  # no test writes into a real home, nor is it told of the folder
(Path(STATE.name) / "nntui" / "sessions").mkdir(parents=True)


class Terminal:
    """One run of nntui, or of what leads to it, in one pty. A context: it is ended and waited for whatever happens inside."""

    def __init__(self, *arguments, size=(120, 40), program=NNTUI, **environment):
        self._screen = Emulator(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._seen = 0  # bytes of `sent` that the emulator has taken in
        self._text = None  # of the screen, and after how many bytes
        self.sent = b""
        self.fd, self._line = pty.openpty()
        self.resize(*size)
        self.settings = termios.tcgetattr(self._line)
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        standard = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "XDG_STATE_HOME": STATE.name, **kept}
        told = {name: str(value) for name, value in (standard | environment).items() if value is not None}
        self.program = program
        self.arguments = [str(argument) for argument in arguments]
        self.process = self.start(self.arguments, told)

    def start(self, arguments, environment):
        """Starts the program; something like a Popen."""
        return subprocess.Popen(
            [*self.program, *arguments],
            stdin=self._line,
            stdout=self._line,
            stderr=self._line,
            env=environment,
            preexec_fn=own_terminal,  # noqa: PLW1509
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)
        self.hang_up()

    def hang_up(self):
        """Closes the window."""
        for name in ("fd", "_line"):
            if getattr(self, name) >= 0:
                os.close(getattr(self, name))
                setattr(self, name, -1)

    @property
    def screen(self):
        """What the emulator makes of all that came."""
        self._stream.feed(self.sent[self._seen :])
        self._seen = len(self.sent)
        return self._screen

    @property
    def columns(self):
        """How wide the window is."""
        return self._screen.columns

    def resize(self, columns, lines):
        """Changes the window, as dragging its corner does."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)
        self._text = None

    def read(self, seconds=0.02):
        """Takes in what comes within a moment; how many bytes."""
        got = 0
        while select.select([self.fd], [], [], seconds)[0]:
            data = os.read(self.fd, 65536)
            self.sent += data
            got += len(data)
            seconds = 0
        return got

    def text(self):
        """What is on the screen; while nothing comes it is not put together again."""
        screen = self.screen
        if self._text is None or self._text[0] != self._seen:
            self._text = self._seen, "\n".join(line.rstrip() for line in screen.display)
        return self._text[1]

    def until(self, condition, patience=PATIENCE):
        """Reads until something holds."""
        end = time.monotonic() + patience
        while not condition():
            assert time.monotonic() < end, f"never came; the screen:\n{self.text()}"
            self.read()

    def shows(self, words):
        """Reads until some words are on the screen."""
        self.until(lambda: words in self.text())

    def hides(self, words):
        """Reads until some words are not on the screen any more.

        After an Escape that closes them: a key that came while the picture was half there would make it Alt and that key.
        """
        self.until(lambda: words not in self.text())

    def press(self, *keys):
        """Types keys."""
        os.write(self.fd, "".join(KEYS.get(key, key) for key in keys).encode())

    def step(self, key, shown):
        """One key, and the bytes that come until `step SHOWN/` is on the screen and the line is quiet."""
        before = len(self.sent)
        self.press(key)
        self.shows(f"step {shown}/")
        while self.read(0.05):
            pass
        return len(self.sent) - before

    def ended(self, patience=PATIENCE):
        """Waits for the end; the exit code."""
        self.until(lambda: self.process.poll() is not None, patience)
        self.read()
        return self.process.returncode

    def end(self, number):
        """Sends a signal; the exit code."""
        self.process.send_signal(number)
        return self.ended()

    @property
    def modes(self):
        """Of what changes a terminal for the worse, what is on: alternate screen, mouse, hidden cursor, pastes."""
        on = set()
        for piece in self.sent.split(b"\x1b[?")[1:]:
            digits = piece.partition(b"h")[0] if b"h" in piece[:12] else piece.partition(b"l")[0]
            if not digits.replace(b";", b"").isdigit():
                continue
            switch = piece[len(digits) : len(digits) + 1]
            for mode in digits.split(b";"):
                (on.add if switch == b"h" else on.discard)(int(mode))
        bad = on & {1049, 1000, 1002, 1003, 1006, 1015, 2004, 1004, 2048}
        return bad | ({25} if self.sent.rfind(b"\x1b[?25l") > self.sent.rfind(b"\x1b[?25h") else set())

    def is_clean(self):
        """Whether the terminal is as it was found."""
        return not self.modes and termios.tcgetattr(self._line) == self.settings


def unread(fd):
    """The bytes that were painted into a pty and not read."""
    return struct.unpack("i", fcntl.ioctl(fd, termios.FIONREAD, bytes(4)))[0]


def own_terminal():
    """What a process does before it becomes nntui: it gets a session of its own, whose terminal is its standard input."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever started the tests may have had it ignored (nohup)
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
