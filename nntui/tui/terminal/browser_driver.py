"""The app in a browser: what textual-serve's page types and how large it is come in packets on standard input.

Textual's driver of that kind ends at one byte that is not UTF-8, believes any size, and stays when its server is gone.
Here bytes are read as from a terminal (`reader.py`), sizes are clamped, and a server that is gone is a SIGHUP to
ourselves. `tests/web/test_browser_driver.py` fails loudly when Textual's own driver changes.
"""

import json
import os
import select
from codecs import getincrementaldecoder

from textual import events
from textual.app import App
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size

from nntui.tui.terminal.driver import TICK, clamped, hang_up
from nntui.tui.terminal.reader import Reader
from nntui.tui.terminal.signals import KEYBOARD


class BrowserDriver(WebDriver):
    """Textual's driver for browsers with the input thread of the terminal's; it offers no files to download."""

    def __init__(self, app: App[None], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._size = clamped(*(self._size or (0, 0)))

    def write(self, data: str) -> None:
        """Text for the page, as a packet."""
        self._send(b"D", data.encode())

    def write_meta(self, data: dict[str, object]) -> None:
        """Something to be done by the server, as a packet."""
        self._send(b"M", json.dumps(data).encode())

    def _send(self, kind: bytes, payload: bytes) -> None:
        packet = b"%s%s%s" % (kind, len(payload).to_bytes(4, "big"), payload)
        while packet:  # a pipe may take less than it is given
            packet = packet[os.write(self.fileno, packet) :]

    def run_input_thread(self) -> None:
        """Reads packets until the app is done or the server is gone."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        reader, packets = Reader(self._debug), ByteStream()
        while not self.exit_event.is_set():
            if not select.select([KEYBOARD], [], [], TICK)[0]:
                messages = reader.tick()
            elif data := os.read(KEYBOARD, 4096):
                messages = []
                for kind, payload in packets.feed(data):
                    if kind == "D":
                        messages += reader.feed(decode(payload))
                    else:
                        self._on_meta(kind, payload)
            else:
                hang_up()
                return
            for message in messages:
                self.process_message(message)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """A size is clamped; pieces of files are not asked for, because none is offered."""
        width, height = payload.get("width"), payload.get("height")
        if packet_type == "resize" and isinstance(width, int) and isinstance(height, int):
            self._size = clamped(width, height)
            self.process_message(events.Resize(Size(*self._size), Size(*self._size)))
        elif packet_type in ("focus", "blur", "quit"):
            super().on_meta(packet_type, payload)
