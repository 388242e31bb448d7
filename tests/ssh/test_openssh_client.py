"""`ssh -tt` in a student's own terminal, and OpenSSH at the other end: nothing of the line is ours. With --sshd only."""

import signal

import pytest

from tests.ssh.host import Host
from tests.ssh.openssh import OpenSSH
from tests.terminal import Terminal

OPTIONS = ["-F", "none", "-tt", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR"]


@pytest.fixture
def host(keys, tmp_path):
    with Host(OpenSSH, keys, tmp_path) as host:
        yield host


def login(host, keys, *arguments, size=(120, 40), **environment):
    """A terminal in which a student has typed `ssh -t host nntui …`, and the app that runs there."""
    port = host.server.port
    app, command = host.command(*arguments)
    known = f"UserKnownHostsFile={keys.known_hosts(port)}"
    ssh = ["ssh", *OPTIONS, "-o", known, "-i", keys.folder / "client", "-p", port, "127.0.0.1", command.for_a_shell()]
    return Terminal(*ssh[1:], size=size, program=ssh[:1], **environment), app


def test_step_through_and_quit(host, keys):
    terminal, _ = login(host, keys, "two-by-two")
    with terminal:
        terminal.shows("step 1/22")
        terminal.press("right", "right")
        terminal.shows("step 3/22")
        terminal.resize(80, 24)
        terminal.until(lambda: "quit" in terminal.text().splitlines()[-1])
        terminal.press("left")
        terminal.shows("step 2/22")
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()


def test_a_terminal_that_will_not_do(host, keys):
    terminal, _ = login(host, keys, "two-by-two", TERM="dumb")
    with terminal:
        assert terminal.ended() == 2
        assert "nntui: TERM is 'dumb'" in terminal.text()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM], ids=lambda number: number.name)
def test_the_app_ends_with_its_client(host, keys, number):
    terminal, app = login(host, keys, "two-by-two")
    with terminal:
        terminal.shows("step 1/22")
        assert not app.is_gone
        terminal.process.send_signal(number)
        host.until_gone(app)


def test_the_escape_of_ssh_leaves_a_hung_session(host, keys):
    terminal, app = login(host, keys, "two-by-two")
    with terminal:
        terminal.shows("step 1/22")
        terminal.press("enter")
        terminal.press("~.")
        terminal.ended()
        host.until_gone(app)
