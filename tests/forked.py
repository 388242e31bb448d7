"""Many runs of nntui for the price of its imports once, each a process of its own in a pty of its own.

`python -m tests.forked` has imported all of nntui, what is loaded behind a key, too; for each run it forks, and the
child is what `nntui ARGUMENTS` would be from then on. NumPy gets one thread, so that nothing is lost in a fork.
"""

import ctypes
import gc
import json
import os
import pwd
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from importlib import import_module
from pkgutil import walk_packages

from nntui import commands, draw, explain, files, lesson, session, training, tui
from nntui.tui.terminal.signals import _clean_environment
from tests.terminal import PATIENCE, Terminal, own_terminal

_MOST = 1 << 16  # bytes of a message
_CAP_DAC_OVERRIDE = 1


class Server:
    """The process that forks. A context, and all its children end with it."""

    def __enter__(self):
        self._ours, theirs = socket.socketpair()
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8"}
        self._process = subprocess.Popen([sys.executable, "-m", "tests.forked"], stdin=theirs, env=environment)
        theirs.close()
        return self

    def __exit__(self, *_):
        self._ours.close()
        self._process.wait(PATIENCE)

    def terminal(self, *arguments, **options):
        """A Terminal whose nntui was forked.

        room: bytes that a file may have at most, which is to a program as good as a full disk; None: no limit.
        confined: folders that may not be written may not be written by root either.
        nobody: it runs for a number that is no user's.
        apart: the terminal is nobody's, so that nothing tells the process when it goes.
        """
        return Forked(self, *arguments, **options)

    def login(self, line, arguments, environment, **place):
        """Starts nntui in a pty that is nobody's yet, as a shell that was logged in to would; something like a Popen.

        place: `cwd`, its folder; `alive`, a named pipe that it holds open while it lives, after it wrote its number into it.
        """
        return Child(self, self.ask({"run": arguments, "environment": environment, **place}, [line]))

    def ask(self, question, handles=()):
        """One question and its answer."""
        socket.send_fds(self._ours, [json.dumps(question).encode() + b"\n"], handles)
        return _received(self._ours)[0]


class Forked(Terminal):
    """A Terminal whose process is a child of the server."""

    def __init__(self, server, *arguments, room=None, confined=False, nobody=False, apart=False, **options):
        self._server = server
        self._limits = {"room": room, "confined": confined, "nobody": nobody, "apart": apart}
        super().__init__(*arguments, **options)

    def start(self, arguments, environment):
        """Has the server fork."""
        pid = self._server.ask({"run": arguments, "environment": environment, **self._limits}, [self._line])
        return Child(self._server, pid)


class Child:
    """As much of a Popen as a Terminal needs."""

    def __init__(self, server, pid):
        self._server, self.pid, self.returncode = server, pid, None

    def poll(self):
        """The exit code, or None."""
        if self.returncode is None:
            self.returncode = self._server.ask({"poll": self.pid})
        return self.returncode

    def wait(self, seconds):
        """Waits for the end; the exit code."""
        end = time.monotonic() + seconds
        while self.poll() is None:
            assert time.monotonic() < end, f"process {self.pid} does not end"
            select.select([], [], [], 0.01)  # the time is the app's
        return self.returncode

    def send_signal(self, number):
        """A signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


def _received(line):
    """One message and the handles that came with it; (None, []) at the end."""
    data, handles = b"", []
    while not data.endswith(b"\n"):
        piece, more, _, _ = socket.recv_fds(line, _MOST, 1)
        if not piece:
            return None, []
        data, handles = data + piece, handles + list(more)
    return json.loads(data), handles


def _serve(line):
    """Forks whenever it is asked to; returns in each child, with its arguments, and None at the end."""
    children = set()
    while (asked := _received(line))[0] is not None:
        question, handles = asked
        if "poll" in question:
            pid, status = os.waitpid(question["poll"], os.WNOHANG)
            children.discard(pid)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        else:
            answer = os.fork()
            if not answer:
                line.close()
                _become(handles[0], question["environment"], question.get("apart"))
                _settle(question.get("cwd"), question.get("alive"))
                _limit(question.get("room"), question.get("confined"), question.get("nobody"))
                return question["run"]
            children.add(answer)
            os.close(handles[0])
        line.sendall(json.dumps(answer).encode() + b"\n")
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    return None


def _become(terminal, environment, apart):
    """A process as a shell would start it."""
    os.environ.clear()
    os.environ.update(environment)
    for descriptor in (0, 1, 2):
        os.dup2(terminal, descriptor)
    os.closerange(3, 256)
    if apart:
        os.setsid()
    else:
        own_terminal()


def _settle(folder, alive):
    if folder is not None:
        os.chdir(folder)
    if alive is not None:
        os.write(os.open(alive, os.O_WRONLY), f"{os.getpid()}\n".encode())  # held open until the process ends


def _limit(room, confined, nobody):
    if room is not None:
        sys.dont_write_bytecode = True  # a module's byte code would be cut off, too, and be broken for everybody
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    if confined and os.geteuid() == 0:
        _give_up_dac_override()
    if nobody:
        pwd.getpwuid = {}.__getitem__


def _give_up_dac_override():
    """capget(2), capset(2): this process may write no more than its user may. Linux only."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, of this process
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable: of capabilities 0 to 31, then of the rest
    assert libc.capget(header, sets) == 0
    for index in range(3):
        sets[index] &= ~(1 << _CAP_DAC_OVERRIDE)
    assert libc.capset(header, sets) == 0


def _main():
    _clean_environment()  # Textual looks at some of it when it is imported
    from nntui.cli import main

    for package in (commands, tui, session, draw, files, explain, lesson, training):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)

    gc.collect()
    gc.freeze()  # no child looks through what was imported for garbage, nor copies it
    arguments = _serve(socket.socket(fileno=os.dup(0)))
    return 0 if arguments is None else main(arguments)


if __name__ == "__main__":
    sys.exit(_main())
