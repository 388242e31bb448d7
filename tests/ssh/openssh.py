"""OpenSSH's sshd on a port of its own, with nothing of the machine's: started by root or by anybody."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ssh.pipe import Pipe
from tests.terminal import PATIENCE

CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {keys.folder}/host
AuthorizedKeysFile {keys.authorized}
PidFile none
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
AcceptEnv LANG LC_* NO_COLOR COLORTERM
UseDNS no
"""


class OpenSSH:
    """The server; `port` once it is open. EXTRA: lines that are added to its configuration."""

    EXTRA = ""

    def __init__(self, keys, folder, told):
        self._keys, self._told = keys, told
        self.config = folder / "sshd_config"

    async def open(self):
        self.port = free_port()
        self.config.write_text(CONFIG.format(port=self.port, keys=self._keys) + self.EXTRA)
        self._process = _start(self.config)
        self._log = Pipe(os.dup(self._process.stderr.fileno()), self._log_grew)
        self._process.stderr.close()
        self._listens, self._ended = asyncio.Event(), asyncio.Event()
        await asyncio.wait_for(self._listens.wait(), PATIENCE)
        assert not self._log.ended, f"sshd did not start: {self._log.text}"

    def _log_grew(self):
        if "Server listening" in self._log.text or self._log.ended:
            self._listens.set()
        if self._log.ended:
            self._ended.set()
        self._told()

    @property
    def log(self):
        return self._log.text

    async def until_nobody_reads(self):
        """Time in which a process comes to where it cannot write: sshd tells nobody."""
        await asyncio.sleep(3)

    async def close(self):
        """Ends it. Its log is held open by the half of it that serves each client: they have all ended too."""
        self._process.terminate()
        self._process.wait(PATIENCE)
        await asyncio.wait_for(self._ended.wait(), PATIENCE)


def _start(config):
    sshd = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin:/sbin")  # it wants to be called by its whole path
    if sshd is None:
        pytest.fail("there is no sshd on this machine; the package openssh-server has it", pytrace=False)
    if os.geteuid() == 0 and sys.platform == "linux":  # where sshd of root locks up its unprivileged half
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    return subprocess.Popen([sshd, "-D", "-e", "-f", config], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]
