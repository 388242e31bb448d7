"""Completion typed into real shells: zsh in a terminal of its own, fish by its own command (with --shells)."""

import os
import pty
import select
import stat
import subprocess
import sys
from contextlib import suppress

import pytest

from nntui.cli import main

PATIENCE = 30  # seconds
TYPED = [
    ("nntui two", "nntui two-by-two "),
    ("nntui trac", "nntui trace "),
    ("nntui show xor --wi", "nntui show xor --width "),
    ("nntui trace xor --format js", "nntui trace xor --format jsonl "),
]


@pytest.fixture
def path(tmp_path):
    """PATH with a nntui that is the one under test."""
    program = tmp_path / "nntui"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m nntui "$@"\n', encoding="utf-8")
    program.chmod(stat.S_IRWXU)
    return f"{tmp_path}:{os.environ['PATH']}"


@pytest.mark.parametrize(("typed", "completed"), TYPED)
def test_fish_completes(typed, completed, path, tmp_path, capsys):
    assert main(["completion", "fish"]) == 0
    (tmp_path / "nntui.fish").write_text(capsys.readouterr().out, encoding="utf-8")
    asked = f"source {tmp_path / 'nntui.fish'}; complete -C '{typed}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", asked],
        env=os.environ | {"PATH": path, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert completed.split()[-1] in {line.split("\t")[0] for line in done.stdout.splitlines()}


class Zsh:
    """An interactive zsh in a terminal of its own."""

    def __init__(self, path, home):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe("zsh", ["zsh", "-f", "-i"], os.environ | {"PATH": path, "TERM": "dumb", "HOME": str(home)})
        self.text = ""

    def type(self, text, until):
        """Types a text and reads until another one comes."""
        self.text = ""
        os.write(self.fd, text.encode())
        while until not in self.text:
            ready, _, _ = select.select([self.fd], [], [], PATIENCE)
            assert ready, f"{until!r} did not come; there is {self.text!r}"
            self.text += os.read(self.fd, 65536).decode(errors="replace").replace("\x07", "")

    def end(self):
        with suppress(OSError):
            os.close(self.fd)
        os.waitpid(self.pid, 0)


def test_zsh_completes(path, tmp_path):
    shell = Zsh(path, tmp_path)
    try:
        shell.type("PS1='ready''> '; autoload -Uz compinit; compinit -u -D\n", "ready> ")
        shell.type('eval "$(nntui completion zsh)"; PS1="ta""ken> "\n', "taken> ")
        for typed, completed in TYPED:
            shell.type(f"{typed}\t", completed)
            shell.type("\x15\n", "taken> ")
    finally:
        shell.end()
