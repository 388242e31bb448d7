"""A server on 127.0.0.1 that shows the app in a browser, a process for each page that is open.

It knows no users and no passwords: what it refuses is every request that a page of another site makes a browser send. A
request must name this server as its host (a name that is re-bound to 127.0.0.1 does not), and what opens the line to an
app must come from our own page.
"""

import asyncio
import logging
import shlex
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import NoReturn

from aiohttp import web
from aiohttp.web_runner import GracefulExit
from textual_serve.server import Server

from nntui.tui.web.page import headers, page

HOST = "127.0.0.1"
MOST_SESSIONS = 40
ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LocalServer(Server):
    """textual-serve's server with a page, a guard and an end of our own; it offers no downloads."""

    def __init__(self, command: Sequence[str], title: str, listening: socket.socket) -> None:
        """command: what starts an app. listening: a socket that is bound to 127.0.0.1."""
        port = listening.getsockname()[1]
        self.address = HOST if port == 80 else f"{HOST}:{port}"  # a browser leaves out the port that is usual
        super().__init__(shlex.join(command), host=HOST, port=port, title=title, public_url=f"http://{self.address}")
        self.sessions = 0
        """How many apps are shown."""
        self.ended_by = 0
        """The signal that ended the server."""
        self._listening = listening

    def run(self) -> int:
        """Serves until a signal comes; its number."""
        logging.getLogger("textual-serve").setLevel(logging.CRITICAL)  # what a page sends that is no message is dropped
        web.run_app(self.application(), sock=self._listening, handle_signals=False, print=None, access_log=None)
        return self.ended_by

    async def application(self) -> web.Application:
        """What is answered, and how."""
        app = web.Application(middlewares=[self._guarded])
        routes = [web.get("/", self._page), web.get("/ws", self.handle_websocket)]
        app.add_routes([*routes, web.static("/static", self.statics_path)])
        app.on_startup.append(self.on_startup)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Ends with the signals that end a session."""
        for number in ENDING:
            asyncio.get_running_loop().add_signal_handler(number, self._end, number)

    def _end(self, number: int) -> NoReturn:
        self.ended_by = number
        raise GracefulExit

    async def _page(self, request: web.Request) -> web.Response:
        return web.Response(text=page(self.title, self.address), content_type="text/html")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """The line between a page and its app."""
        if self.sessions >= MOST_SESSIONS:
            raise web.HTTPServiceUnavailable(text=f"{self.sessions} sessions are open; expected at most {MOST_SESSIONS}")
        self.sessions += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self.sessions -= 1

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Lets in only what asks for this server and, where it would drive an app, comes from this server's page."""
        named, came_from = request.headers.getall("Host", []), request.headers.getall("Origin", [])
        if named == [f"localhost:{self.port}"] and request.path == "/":
            raise web.HTTPFound(f"http://{self.address}/")
        if named != [self.address]:
            raise web.HTTPForbidden(text=f"this server is http://{self.address}, and is asked for under another name")
        line = request.path == "/ws"
        if (line or came_from) and came_from != [f"http://{self.address}"]:
            raise web.HTTPForbidden(text="only the page of this server may open a line to the app")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(headers(self.address))
        return response


def listening_socket(port: int) -> socket.socket:
    """A socket of 127.0.0.1 alone; port 0 takes a free one. OSError where that cannot be had."""
    one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((HOST, port))
        one.listen()
    except BaseException:
        one.close()
        raise
    return one
