"""A small SSH server in the test's own loop: what a session asks for runs in a real pty, as sshd would run it."""

import asyncio
import fcntl
import json
import os
import pwd
import signal
import struct
import subprocess
import sys
import termios

import asyncssh

from tests.terminal import unread

# The child makes the pty its own. Not by preexec_fn: Python code between fork and exec, in a process with threads.
LOGIN = """
import os, signal, sys
os.login_tty(0)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
os.execv("/bin/sh", sys.argv[1:])
"""


LOOKS = 10  # this often what is unread is the same


class AsyncSSH:
    """The server; `port` once it is open."""

    log = ""  # what goes wrong here is the test's own traceback

    def __init__(self, keys, folder, told):
        self._keys = keys
        self.forks = None  # a tests.forked.Server, for sessions whose command is one for a fork
        self.connections, self.sessions, self.open_sessions = [], [], []

    async def open(self):
        self._door = await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=lambda: _Server(self),
            server_host_keys=[self._keys.host],
            authorized_client_keys=str(self._keys.authorized),
            encoding=None,
        )
        self.port = self._door.get_port()

    async def until_nobody_reads(self):
        """Waits until a process cannot write: its client takes nothing more, and what lies in its pty is no longer more."""
        looks = []
        while len(looks) < LOOKS or not looks[-1] or len(set(looks[-LOOKS:])) > 1:
            await asyncio.sleep(0.05)  # a process that is stopped tells nobody
            looks.append(sum(session.unread() for session in self.open_sessions))

    async def close(self):
        self._door.close()
        await self._door.wait_closed()
        for connection in self.connections:
            connection.abort()
            await connection.wait_closed()
        await asyncio.gather(*self.sessions)


class _Server(asyncssh.SSHServer):
    def __init__(self, server):
        self._server = server

    def connection_made(self, connection):
        self._server.connections.append(connection)

    def session_requested(self):
        return _Session(self._server)


class _Session(asyncssh.SSHServerSession):
    """One channel and its process, in a pty if one was asked for."""

    def __init__(self, server):
        self._server = server
        self._terminal = None  # type and size
        self._sources = {}  # what the process writes: fd → kind of SSH data
        self._keyboard = -1
        self._typed = bytearray()
        self._is_silent = asyncio.Event()  # the process writes nothing more, or nobody is there to read it
        self._is_lost = False

    def connection_made(self, channel):
        self._channel = channel
        channel.set_write_buffer_limits(4096)  # the process soon waits for a client that does not read

    def pty_requested(self, term_type, term_size, term_modes):
        self._terminal = term_type, term_size
        return True

    def exec_requested(self, command):
        self._command = command
        return True

    def session_started(self):
        self._loop = asyncio.get_running_loop()
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment |= {"USER": pwd.getpwuid(os.geteuid()).pw_name, "SHELL": "/bin/sh", **self._channel.get_environment()}
        if self._terminal:
            self._start_in_pty(environment)
        else:
            self._start(environment)
        for fd in self._sources:
            os.set_blocking(fd, False)
        self.resume_writing()
        self._server.sessions.append(asyncio.ensure_future(self._ended()))
        self._server.open_sessions.append(self)

    def _start(self, environment):
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", self._command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        out, err = (os.dup(stream.fileno()) for stream in (self._process.stdout, self._process.stderr))
        self._process.stdout.close()
        self._process.stderr.close()
        self._sources = {out: None, err: asyncssh.EXTENDED_DATA_STDERR}

    def _start_in_pty(self, environment):
        term, size = self._terminal
        self._keyboard, line = os.openpty()
        self._sources = {self._keyboard: None}
        self.terminal_size_changed(*size)
        self._process = self._logged_in(line, {**environment, "TERM": term})
        os.close(line)

    def _logged_in(self, line, environment):
        if self._command.startswith("{"):
            forked = json.loads(self._command)
            return self._server.forks.login(line, **forked | {"environment": environment | forked["environment"]})
        return subprocess.Popen(
            [sys.executable, "-ISc", LOGIN, "sh", "-c", self._command], stdin=line, stdout=line, stderr=line, env=environment
        )

    def terminal_size_changed(self, width, height, pixwidth, pixheight):
        fcntl.ioctl(self._keyboard, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, pixwidth, pixheight))

    def data_received(self, data, datatype):
        self._typed += data
        if self._keyboard >= 0:
            self._loop.add_writer(self._keyboard, self._type)

    def _type(self):
        del self._typed[: os.write(self._keyboard, self._typed)]
        if not self._typed:
            self._loop.remove_writer(self._keyboard)

    def _read(self, fd, datatype):
        try:
            data = os.read(fd, 65536)
        except OSError:  # Linux's way to say that nobody has the pty open any more
            data = b""
        if data:
            self._channel.write(data, datatype)
        else:
            self._drop(fd)

    def pause_writing(self):
        """The client takes nothing more: the process waits at its terminal."""
        for fd in self._sources:
            self._loop.remove_reader(fd)

    def resume_writing(self):
        for fd, datatype in self._sources.items():
            self._loop.add_reader(fd, self._read, fd, datatype)

    def unread(self):
        """The bytes that wait in the pty."""
        return unread(self._keyboard) if self._keyboard >= 0 else 0

    def connection_lost(self, exc):
        self._is_lost = True
        for fd in list(self._sources):
            self._drop(fd)

    def _drop(self, fd):
        """Closing the last hold on a pty hangs it up: its process gets SIGHUP."""
        self._loop.remove_reader(fd)
        self._loop.remove_writer(fd)
        del self._sources[fd]
        os.close(fd)
        if fd == self._keyboard:
            self._keyboard = -1
        if not self._sources:
            self._is_silent.set()

    async def _ended(self):
        await self._is_silent.wait()
        while (code := self._process.poll()) is None:  # noqa: ASYNC110  whose child it is not is told nothing of its end
            await asyncio.sleep(0.005)
        if self._is_lost:
            return
        if code < 0:
            self._channel.exit_with_signal(signal.Signals(-code).name.removeprefix("SIG"))
        else:
            self._channel.exit(code)
