"""docs/classroom.md: its commands, one after the other, with this machine's paths and OpenSSH. With --sshd only."""

import os
import pwd
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nntui.files.recording.reader import read_recording
from tests.docs.pages import DOCS, blocks
from tests.ssh.host import Host
from tests.ssh.openssh import OpenSSH
from tests.ssh.test_openssh_client import OPTIONS
from tests.terminal import PATIENCE, Terminal

PAGE = {block.argument: block.text for block in blocks(DOCS / "classroom.md") if block.mark == "classroom"}
ME = pwd.getpwuid(os.geteuid()).pw_name
NNTUI = Path(sys.executable).with_name("nntui")


def lines(name):
    """The commands of a block."""
    return PAGE[name].splitlines()


class Classroom:
    """The paths of the page in a folder of the test, and a host for each configuration."""

    def __init__(self, keys, folder):
        self._keys, self._folder = keys, folder
        self._hosts = []
        self.srv, self.work = folder / "class", folder / "work"
        self.changes = {"/srv/class": str(self.srv), "/home/course/work": str(self.work), "/usr/local/bin/nntui": str(NNTUI)}

    def here(self, text):
        """A text of the page with the paths and the account of this test."""
        for there, place in self.changes.items():
            text = text.replace(there, place)
        return text.replace("Match User course", f"Match User {ME}")

    def host(self, extra=""):
        """A machine whose sshd has some more lines of configuration, and finds nntui where it was installed."""
        path = f"{NNTUI.parent}:{os.environ['PATH']}"
        known = {"PATH": path, "XDG_STATE_HOME": self._folder / "state", "TMUX_TMPDIR": self._folder, "LANG": "C.UTF-8"}
        if "PYTHONPATH" in os.environ:
            known["PYTHONPATH"] = os.environ["PYTHONPATH"]
        given = " ".join(f'"{name}={value}"' for name, value in known.items())

        class Configured(OpenSSH):
            EXTRA = f"SetEnv {given}\n{extra}"

        number = len(self._hosts)
        (self._folder / f"host-{number}").mkdir()
        self._hosts.append(Host(Configured, self._keys, self._folder / f"host-{number}"))
        return self._hosts[-1].__enter__()

    def ssh(self, host, line, size=(100, 30)):
        """The terminal of somebody who types a line of the page, `ssh -t HOST …`."""
        program, *options, who = shlex.split(self.here(line))[:3]
        remote = self.here(line).partition(who)[2].strip()
        assert (program, options) == ("ssh", ["-t"])
        port = host.server.port
        known = f"UserKnownHostsFile={self._keys.known_hosts(port)}"
        words = [
            *OPTIONS,
            "-o",
            known,
            "-i",
            self._keys.folder / "client",
            "-p",
            port,
            "127.0.0.1",
            *([remote] if remote else []),
        ]
        return Terminal(*words, size=size, program=["ssh"])

    def close(self):
        environment = os.environ | {"TMUX_TMPDIR": str(self._folder)}
        subprocess.run(["tmux", "kill-server"], env=environment, capture_output=True, check=False)  # none where no test began one
        for host in self._hosts:
            host.__exit__(None, None, None)


@pytest.fixture
def classroom(keys, tmp_path):
    one = Classroom(keys, tmp_path)
    one.srv.mkdir()
    one.work.mkdir()
    try:
        yield one
    finally:
        one.close()


def test_the_page_has_these_blocks():
    assert list(PAGE) == ["setup", "sshd_config", "follow", "lesson", "students", "resume", "tmux"]


def test_accounts_and_folders(classroom, tmp_path):
    """An account is made in files of the test's own, where root may do that; folders belong to whoever runs the test."""
    account, *folders = lines("setup")
    classroom.srv.rmdir()
    classroom.work.rmdir()
    for line in folders:
        words = [ME if word in ("teacher", "course") else word for word in shlex.split(classroom.here(line))]
        subprocess.run(words, check=True)
    assert (classroom.srv.stat().st_mode & 0o777, classroom.work.stat().st_mode & 0o777) == (0o755, 0o700)
    assert shlex.split(account)[0] == "useradd"
    if os.geteuid() == 0:
        root = tmp_path / "root"
        (root / "etc").mkdir(parents=True)
        for name in ("passwd", "group", "shadow", "gshadow", "subuid", "subgid"):
            (root / "etc" / name).write_text("", encoding="utf-8")
        (root / "home").mkdir()
        program, *words = shlex.split(account)
        found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        subprocess.run([found, "--prefix", root, *words], check=True, capture_output=True)
        assert (root / "etc" / "passwd").read_text(encoding="utf-8").startswith("course:")
        assert (root / "home" / "course").is_dir()


def test_an_account_that_runs_nntui_and_nothing_else(classroom):
    (classroom.srv / "sheet.toml").write_text((DOCS.parent / "scenarios" / "two-by-two.toml").read_text(encoding="utf-8"))
    host = classroom.host(classroom.here(PAGE["sshd_config"]))
    sshd = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    subprocess.run([sshd, "-t", "-f", host.server.config], check=True)
    line = lines("students")[1]
    for asked in (line, f"{line} sh -c 'echo in a shell'"):
        with classroom.ssh(host, asked) as terminal:
            terminal.shows("sheet.toml")
            assert "two-by-two" not in terminal.text()
            terminal.press("enter")
            terminal.shows("step 1/22")
            terminal.press("R")
            terminal.shows("record to")
            terminal.press("../x\r")
            terminal.shows("plain name")
            terminal.press("esc")
            terminal.hides("plain name")
            terminal.press("q")
            assert terminal.ended() == 0
            assert b"in a shell" not in terminal.sent
    assert list(classroom.work.iterdir()) == []


def test_a_class_follows_its_teacher_and_an_account_does_nothing_else(classroom):
    teacher, student = lines("lesson")
    host = classroom.host()
    follow = classroom.host(classroom.here(f"Match User {ME}\n{PAGE['follow']}"))
    with classroom.ssh(host, teacher) as lesson:
        lesson.shows("step 1/17")
        with classroom.ssh(host, student) as one, classroom.ssh(follow, lines("students")[1], size=(80, 24)) as other:
            for step in (2, 3):
                lesson.press("right")
                for terminal in (lesson, one, other):
                    terminal.shows(f"step {step}/17")
            lesson.press("q")
            assert lesson.ended() == 0
            for terminal in (one, other):
                terminal.shows("the writer has left")
                terminal.press("q")
                assert terminal.ended() == 0
    assert read_recording(classroom.srv / "l7.nnrec").lesson.end.step == 2


def test_a_line_that_drops_is_gone_on_with(classroom):
    host = classroom.host()
    with classroom.ssh(host, lines("students")[0]) as terminal:
        terminal.shows("step 1/17")
        terminal.press("right", "right")
        terminal.shows("step 3/17")
        terminal.process.kill()
    with classroom.ssh(host, lines("resume")[0]) as terminal:
        terminal.shows("step 3/17")
        terminal.press("q")
        assert terminal.ended() == 0


def test_in_tmux_the_session_stays(classroom):
    host = classroom.host()
    for first in (True, False):
        with classroom.ssh(host, lines("tmux")[0]) as terminal:
            terminal.shows("step 1/17" if first else "step 2/17")
            terminal.press("right")
            terminal.shows("step 2/17" if first else "step 3/17")
            if not first:
                terminal.press("q")
                assert terminal.ended(PATIENCE) == 0
            terminal.process.kill()
