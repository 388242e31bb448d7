"""A machine that one logs in to: an SSH server, its clients, and the app's processes, all watched from one event loop.

The loop runs only while a test waits, so a test is a plain story from top to bottom, and nothing happens behind its back.
"""

import asyncio
import json
import os
import pwd
import shlex
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass

import asyncssh

from tests.ssh.client import Client
from tests.ssh.pipe import Pipe
from tests.ssh.relay import Relay
from tests.terminal import PATIENCE

HANGS_UP = 30  # seconds in which an app whose line is gone has ended, on a busy machine too; it takes some milliseconds


@dataclass(frozen=True, slots=True)
class Command:
    """What starts the app: in a folder, with variables, holding the named pipe `alive` open while it lives."""

    arguments: list[str]
    alive: str
    cwd: str
    environment: dict[str, str]

    def for_a_shell(self, stdout=None):
        """A line for any login shell; standard output goes into a file where one is named."""
        variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in self.environment.items())
        app = shlex.join([sys.executable, "-m", "nntui", *self.arguments])
        if stdout is not None:
            app += f" >{shlex.quote(str(stdout))}"
        line = f"exec 9>{shlex.quote(self.alive)} && echo $$ >&9 && cd {shlex.quote(self.cwd)} && exec env {variables} {app}"
        return f"exec /bin/sh -c {shlex.quote(line)}"

    def for_a_fork(self):
        """A line for a server that has the app forked."""
        return json.dumps(asdict(self))


class App:
    """One process of the app, told of by the pipe that it holds."""

    def __init__(self, alive, told):
        os.mkfifo(alive)
        self._pipe = Pipe(os.open(alive, os.O_RDONLY | os.O_NONBLOCK), told)

    @property
    def pid(self):
        return int(self._pipe.text or 0)

    @property
    def is_gone(self):
        """Whether it was there and has ended."""
        return self._pipe.ended

    def end(self):
        if self.pid and not self.is_gone:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self._pipe.close()


class Host:
    """A context: whatever happens inside, at the end there is no client, no app and no server."""

    def __init__(self, kind, keys, folder, forks=None):
        """forks: what forks the app for a server that can have it forked; without it a shell starts every app."""
        self._keys, self._folder = keys, folder
        self._runner = asyncio.Runner()
        self._runner.get_loop().set_exception_handler(self._failed)
        self._faults = []
        self._clients, self._apps = [], []
        self.news = asyncio.Event()
        self.server = kind(keys, folder, self.news.set)
        self._is_forked = forks is not None
        if self._is_forked:
            self.server.forks = forks

    def __enter__(self):
        try:
            self._runner.run(self.server.open())
        except BaseException:
            self._runner.close()
            raise
        return self

    def __exit__(self, kind, *_):
        try:
            self._run(self._end_clients())
            if kind is None:
                self.until_gone(*self._apps)
        finally:
            for app in self._apps:
                self.do(app.end)
            self._run(self.server.close())
            self._runner.close()
            if kind is not None:
                print(self.server.log)
        assert kind is not None or not self._faults, self._faults

    async def _end_clients(self):
        for client in self._clients:
            await client.end()

    def _failed(self, loop, context):
        self._faults.append(context)
        self.news.set()

    def _run(self, story):
        return self._runner.run(asyncio.wait_for(story, PATIENCE))

    def do(self, action, *arguments):
        """Does something in the loop."""

        async def act():
            return action(*arguments)

        return self._run(act())

    def until(self, condition, patience=PATIENCE, told=lambda: "never came"):
        """Lets everything go on until something holds."""

        async def wait():
            while not condition():
                assert not self._faults, self._faults
                self.news.clear()
                await self.news.wait()

        try:
            self._runner.run(asyncio.wait_for(wait(), patience))
        except TimeoutError:
            raise AssertionError(told()) from None

    def until_nobody_reads(self):
        """Waits until an app whose line is silent cannot write any more."""
        self._run(self.server.until_nobody_reads())

    def let_pass(self, seconds):
        """Time in which things happen, or do not."""
        self._runner.run(asyncio.sleep(seconds))

    def until_gone(self, *apps):
        """Waits until apps have ended that have nobody any more."""
        self.until(
            lambda: all(app.is_gone for app in apps),
            HANGS_UP,
            told=lambda: f"still there: {[app.pid for app in apps if not app.is_gone]}",
        )

    def command(self, *arguments, cwd=None, **environment):
        """A new App, and the Command that starts it. Nothing is written to the real home."""
        alive = self._folder / f"alive-{len(self._apps)}"
        app = self.do(App, alive, self.news.set)
        self._apps.append(app)
        kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
        environment = {"XDG_STATE_HOME": self._folder / "state", **kept, **environment}
        told = {name: str(value) for name, value in environment.items()}
        return app, Command([str(one) for one in arguments], str(alive), str(cwd or self._folder), told)

    def open(self, *arguments, size=(120, 40), term="xterm-256color", send=None, window=1 << 21, **rest):
        """A client in whose terminal the app is.

        `window` is how many bytes the server may send before the client has read them; `send` are the client's own
        variables that it sends along, as ssh does with LANG; the rest (cwd, variables) goes to `command`.
        """
        app, command = self.command(*arguments, **rest)
        line = command.for_a_fork() if self._is_forked else command.for_a_shell()
        return self._opened(app, line, size, term, send, window)

    def start(self, *arguments, size=(120, 40), term="xterm-256color", send=None, stdout=None, **rest):
        """As `open`, but a shell starts a Python of its own, on every server; without a terminal where `term` is None.

        `stdout`: a file for the standard output.
        """
        app, command = self.command(*arguments, **rest)
        return self._opened(app, command.for_a_shell(stdout), size, term, send, 1 << 21)

    def _opened(self, app, line, size, term, send, window):
        options = {"env": {"LANG": "C.UTF-8"} if send is None else send, "window": window, "encoding": None}
        if term is not None:
            options |= {"term_type": term, "term_size": size}
        try:
            client = self._run(self._connected(app, size, line, options))
        except BaseException:
            self._apps.remove(app)
            self.do(app.end)
            raise
        self._clients.append(client)
        return client

    async def _connected(self, app, size, line, options):
        relay = Relay(self.server.port)
        client = Client(self, relay, app, size)
        try:
            client.connection = await asyncssh.connect(
                "127.0.0.1",
                await relay.open(),
                username=pwd.getpwuid(os.geteuid()).pw_name,
                client_keys=[self._keys.client],
                known_hosts=([self._keys.host.convert_to_public()], [], []),
                agent_path=None,
                config=None,
            )
            await client.connection.create_session(lambda: client, line, **options)
        except BaseException:
            await relay.close()
            raise
        return client
