"""`nntui serve`: who may ask it for what, where files go, and how it ends."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager

import aiohttp
import pyte
import pytest
from aiohttp import web

from nntui.cli import main
from nntui.tui.web import server as made
from nntui.tui.web.page import headers
from nntui.tui.web.server import LocalServer, listening_socket
from tests.emulator import Emulator

NOBODY = ["false"]


@asynccontextmanager
async def serving(command=NOBODY):
    """A server in this process, and a client."""
    with listening_socket(0) as listening:
        server = LocalServer(command, "A title <b>", listening)
        runner = web.AppRunner(await server.application(), access_log=None)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        try:
            async with aiohttp.ClientSession() as client:
                yield server, client
        finally:
            await runner.cleanup()


def answered(*requests, command=NOBODY):
    """The status and the headers of answers; a request is a path and headers, {} standing for the server's address."""

    async def ask():
        answers = []
        async with serving(command) as (server, client):
            for path, given in requests:
                filled = {name: value.replace("{}", server.address) for name, value in given.items()}
                url = f"http://{server.address}{path}"
                async with client.get(url, headers=filled, allow_redirects=False) as answer:
                    answers.append((answer.status, dict(answer.headers), await answer.text()))
        return answers

    return asyncio.run(ask())


UPGRADE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "x" * 22 + "=="}


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("/", {}, 200),
        ("/static/js/textual.js", {}, 200),
        ("/", {"Origin": "http://{}"}, 200),
        ("/", {"Host": "evil.example"}, 403),
        ("/", {"Host": "evil.example:8000"}, 403),
        ("/", {"Host": "127.0.0.1:1"}, 403),
        ("/", {"Host": "127.0.0.1"}, 403),
        ("/", {"Host": "[::1]:8000"}, 403),
        ("/", {"Origin": "http://evil.example"}, 403),
        ("/static/js/textual.js", {"Host": "evil.example"}, 403),
        ("/ws", UPGRADE, 403),
        ("/ws", {**UPGRADE, "Origin": "null"}, 403),
        ("/ws", {**UPGRADE, "Origin": "http://evil.example"}, 403),
        ("/ws", {**UPGRADE, "Origin": "http://localhost:1"}, 403),
        ("/ws", {**UPGRADE, "Origin": "http://127.0.0.1:1"}, 403),
        ("/ws", {**UPGRADE, "Origin": "https://{}"}, 403),
        ("/ws", {**UPGRADE, "Origin": "http://{}.evil.example"}, 403),
        ("/ws", {**UPGRADE, "Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ("/download/x", {}, 404),
        ("/static/", {}, 403),
        ("/static/../server.py", {}, 404),
        ("/static/%2e%2e/server.py", {}, 404),
    ],
)
def test_only_its_own_page_is_answered(path, given, status):
    [(found, _, text)] = answered((path, given))
    assert found == status
    assert "class LocalServer" not in text


def test_the_page_may_load_nothing_from_elsewhere_and_stands_in_no_frame():
    [(_, given, text)] = answered(("/", {}))
    policy = given["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert given["X-Frame-Options"] == "DENY"
    assert "<title>A title &lt;b&gt;</title>" in text
    assert "http:" not in text.replace("http://www.w3.org", "")
    assert set(headers("x")) <= set(given)


def test_localhost_is_sent_to_the_address():
    async def ask():
        async with serving() as (server, client):
            port = server.port
            async with client.get(f"http://{server.address}/", headers={"Host": f"localhost:{port}"}, allow_redirects=False) as a:
                return a.status, a.headers["Location"], server.address

    status, location, address = asyncio.run(ask())
    assert (status, location) == (302, f"http://{address}/")


def test_there_are_only_so_many_sessions(monkeypatch):
    monkeypatch.setattr(made, "MOST_SESSIONS", 0)
    [(status, _, text)] = answered(("/ws", {**UPGRADE, "Origin": "http://{}"}))
    assert status == 503
    assert "0 sessions are open; expected at most 0" in text


def test_it_listens_on_127_0_0_1_alone():
    with listening_socket(0) as one:
        assert one.family is socket.AF_INET
        assert one.getsockname()[0] == "127.0.0.1"


def test_a_page_drives_an_app_and_files_stay_in_a_folder_that_goes(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "nntui", "serve", "two-by-two", "--port", "0"],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")},
    )
    try:
        address = process.stdout.readline().decode().split()[3].removeprefix("http://")

        async def drive():
            ours = {"Origin": f"http://{address}"}
            async with aiohttp.ClientSession(headers=ours) as client, client.ws_connect(f"ws://{address}/ws") as line:
                page = Page(line)
                await page.shows("step 1/22")
                await page.type("\x1b[C", "step 2/22")
                await page.type("R", "record to")
                await page.type("../x\r", "plain name")
                await page.type("\x1b", "quit")
                await page.type("R", "record to")
                await page.type("mine.nnrec\r", "recording to")
                await page.type("q", None)

        asyncio.run(asyncio.wait_for(drive(), 120))
        [folder] = tmp_path.glob("nntui-serve-*")
        assert [path.name for path in folder.iterdir()] == ["mine.nnrec"]
        assert not (tmp_path / "x").exists()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 128 + signal.SIGTERM
        assert list(tmp_path.iterdir()) == []
    finally:
        process.kill()
        process.communicate()


class Page:
    """What the page of an app shows, and what is typed into it."""

    def __init__(self, line):
        self._line, self._screen = line, Emulator(80, 24)
        self._stream = pyte.ByteStream(self._screen)

    async def type(self, text, words):
        """Types, and reads until some words are shown; without words until the app has ended."""
        await self._line.send_str(json.dumps(["stdin", text]))
        await self.shows(words)

    async def shows(self, words):
        while words is None or not any(words in shown for shown in self._screen.display):
            message = await self._line.receive()
            if message.type is not aiohttp.WSMsgType.BINARY:
                assert words is None, f"{words!r} never came: {self._screen.display}"
                return
            self._stream.feed(message.data.replace(b"\x1b[?2026$p", b""))


def refused(capsys, *arguments):
    assert main(["serve", *map(str, arguments)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert len(told.err) <= 301
    return told.err


def test_without_the_extra_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.delitem(sys.modules, "textual_serve.server", raising=False)
    monkeypatch.delitem(sys.modules, "nntui.tui.web.server")
    line = refused(capsys, "xor")
    assert "nntui serve needs textual_serve" in line
    assert "pip install 'nntui[web]'" in line


def test_what_cannot_be_served_is_said(capsys, tmp_path):
    with listening_socket(0) as taken:
        assert "cannot be had (address already in use)" in refused(capsys, "xor", "--port", taken.getsockname()[1])
    assert "'70000' is no port; expected 0 to 65535" in refused(capsys, "xor", "--port", "70000")
    assert "did you mean 'xor'?" in refused(capsys, "xro")
    (tmp_path / "faulty.toml").write_text("format = 2\n", encoding="utf-8")
    assert "faulty.toml:1" in refused(capsys, tmp_path / "faulty.toml")


def test_nothing_of_it_is_imported_before_it_is_asked_for():
    code = "import sys\nfrom nntui.commands.parsers import command_parser\n"
    code += "command_parser('serve')[1].print_help()\nprint([name for name in sys.modules if 'aiohttp' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "127.0.0.1" in done.stdout
