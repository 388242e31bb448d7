"""What textual-serve and the app say to each other on pipes, and an emulator of what the page shows."""

import json
import os
import select
import subprocess
import sys
import time
from contextlib import suppress

import pyte

from nntui.tui.terminal.signals import BROWSER_DRIVER
from tests.emulator import Emulator

PATIENCE = 60  # seconds


def packet(kind, payload):
    return kind + len(payload).to_bytes(4, "big") + payload


class PipedApp:
    """The app as textual-serve starts it. A context: at its end it is gone."""

    def __init__(self, *arguments, size=(80, 24), driver=BROWSER_DRIVER, **variables):
        known = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
        told = {"TEXTUAL_DRIVER": driver, "COLUMNS": str(size[0]), "ROWS": str(size[1]), "TERM": "dumb"}
        command = [sys.executable, "-m", "nntui", *map(str, arguments), "--no-history"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(command, env=known | told | variables, **pipes)
        self._screen = Emulator(500, 200)
        self._stream = pyte.ByteStream(self._screen)
        self._taken, self.told = b"", []
        """What the app asked of the server."""
        self._begun = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(PATIENCE)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with suppress(BrokenPipeError):  # what was not sent any more
                pipe.close()

    def send(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def press(self, text):
        self.send(packet(b"D", text if isinstance(text, bytes) else text.encode()))

    def tell(self, **meta):
        self.send(packet(b"M", json.dumps(meta).encode()))

    def text(self):
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def until(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"never came; the page:\n{self.text()}"
            if select.select([self.process.stdout], [], [], 0.05)[0]:
                data = os.read(self.process.stdout.fileno(), 65536)
                self._taken += data
                self._take()
                if not data:
                    time.sleep(0.01)  # it has ended

    def _take(self):
        if not self._begun:
            _, found, rest = self._taken.partition(b"__GANGLION__\n")
            if not found:
                return
            self._begun, self._taken = True, rest
        while len(self._taken) >= 5 and len(self._taken) >= 5 + (size := int.from_bytes(self._taken[1:5], "big")):
            kind, payload, self._taken = self._taken[:1], self._taken[5 : 5 + size], self._taken[5 + size :]
            if kind == b"D":
                self._stream.feed(payload.replace(b"\x1b[?2026$p", b""))  # pyte would print its end
            else:
                self.told.append(json.loads(payload))

    def shows(self, words):
        self.until(lambda: words in self.text())

    def ended(self):
        self.until(lambda: self.process.poll() is not None)
        return self.process.returncode
