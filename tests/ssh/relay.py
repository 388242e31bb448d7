"""The line between a client and its server: it can fall silent, come back, and break."""

import asyncio
import socket
import struct
from contextlib import suppress

RESET = struct.pack("ii", 1, 0)  # closing throws away what waits and sends RST instead of FIN


class Relay:
    """A port of its own that leads to one other."""

    def __init__(self, port):
        self._to = port
        self._ends = []
        self._flows = asyncio.Event()
        self._flows.set()

    async def open(self):
        self._door = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return self._door.sockets[0].getsockname()[1]

    async def _connected(self, reader, writer):
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        self._ends += [writer, far_writer]
        with suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))

    async def _carry(self, reader, writer):
        """One direction. At its end both ends are closed, as a machine that goes away does."""
        try:
            while data := await reader.read(65536):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
        finally:
            for end in self._ends:
                end.close()

    def fall_silent(self):
        """Nothing arrives any more, in both directions, and nobody is told."""
        self._flows.clear()

    def come_back(self):
        self._flows.set()

    def reset(self):
        """Both sides see `connection reset by peer`."""
        for end in self._ends:
            end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            end.transport.abort()

    async def close(self):
        self.come_back()
        self._door.close()
        for end in self._ends:
            end.transport.abort()
            with suppress(ConnectionError):
                await end.wait_closed()
