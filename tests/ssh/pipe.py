"""A pipe that others hold open: what they wrote, and whether all of them have ended.

A process that was killed, or is a zombie that nobody waits for, holds nothing open; so this tells that a process
has ended, on every system, of processes that are not our children too, and without asking again and again.
"""

import asyncio
import os


class Pipe:
    """The reading end. `told` is called when there is news."""

    def __init__(self, fd, told):
        self.fd, self.told = fd, told
        self.text = ""
        self.ended = False
        os.set_blocking(fd, False)
        asyncio.get_running_loop().add_reader(fd, self._read)

    def _read(self):
        data = os.read(self.fd, 65536)
        self.text += data.decode(errors="replace")
        if not data:
            self.close()
            self.ended = True
        self.told()

    def close(self):
        if self.fd >= 0:
            asyncio.get_running_loop().remove_reader(self.fd)
            os.close(self.fd)
            self.fd = -1
