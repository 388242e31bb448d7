"""An SSH client with a terminal: what is typed here, and what is on its screen."""

import asyncssh
import pyte

from tests.emulator import Emulator
from tests.terminal import KEYS


class Client(asyncssh.SSHClientSession):
    """One session. It is opened by a Host, in whose loop all of it happens."""

    def __init__(self, host, relay, app, size):
        self._host, self._relay, self.app = host, relay, app
        self.screen = Emulator(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        self.errors = b""  # standard error, which is apart only where there is no terminal
        self.code = None  # the exit code, once the server told it
        self.is_over = False
        self.lost = None  # why the connection ended, if not by itself

    # What the SSH library calls.

    def connection_made(self, channel):
        self._channel = channel

    def data_received(self, data, datatype):
        if datatype == asyncssh.EXTENDED_DATA_STDERR:
            self.errors += data
        else:
            self._stream.feed(data)
            self.sent += data
        self._host.news.set()

    def exit_status_received(self, status):
        self.code = status

    def connection_lost(self, exc):
        self.is_over, self.lost = True, exc
        self._host.news.set()

    # What a student sees and does.

    def text(self):
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def cells(self):
        """Every cell as it is seen: of a blank only its ground and its line."""
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return [[_seen(row[x]) for x in range(self.screen.columns)] for row in rows]

    def until(self, shown):
        """Waits for words on the screen, or for anything that a function says of its text."""
        holds, held = (lambda text: shown in text) if isinstance(shown, str) else shown, False

        def came():
            nonlocal held  # what holds now may be painted over before the wait is over
            held = holds(self.text())
            return held or self.is_over

        self._host.until(came, told=lambda: f"never came: {shown}; the screen:\n{self.text()}")
        assert held, f"ended with {self.code}, {self.lost!r}, {self.errors!r}; the screen:\n{self.text()}"

    def press(self, *keys):
        """Types keys."""
        self._host.do(self._channel.write, "".join(KEYS.get(key, key) for key in keys).encode())

    def resize(self, columns, lines):
        """Changes the window, as dragging its corner does."""
        self._host.do(self.screen.resize, lines, columns)  # where what the server sends is fed to it, too
        self._host.do(self._channel.change_terminal_size, columns, lines)

    def ended(self):
        """Waits for the end of the session; the exit code."""
        self._host.until(lambda: self.is_over, told=lambda: f"it goes on; the screen:\n{self.text()}")
        return self.code

    def silent(self):
        """The line carries nothing any more, and says nothing."""
        self._host.do(self._relay.fall_silent)

    def back(self):
        """The line carries again, what had been sent meanwhile first."""
        self._host.do(self._relay.come_back)

    def close(self):
        """Leaves as an SSH client does: the channel is closed, then the connection."""
        self._host.do(self.connection.close)

    def kill(self):
        """The client's process dies: its system closes the connection, and nobody says goodbye."""
        self._host.do(self.connection.abort)

    def reset(self):
        """The line breaks: a connection reset at both ends."""
        self._host.do(self._relay.reset)

    async def end(self):
        """Whatever happened before."""
        self.connection.abort()
        await self._relay.close()
        await self.connection.wait_closed()


def _seen(cell):
    return cell._replace(fg="default", bold=False) if cell.data.isspace() else cell
