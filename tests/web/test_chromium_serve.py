"""The app in Chromium: `nntui serve`, and `textual serve "nntui …"`; keys, pictures, and pages of others that try to drive it.
With --chromium only; the pictures stay in the folder of the test run.
"""

import asyncio
import os
import subprocess
import sys
from base64 import b64decode
from contextlib import asynccontextmanager, contextmanager

import pyte
import pytest
from aiohttp import web

from tests.ssh.openssh import free_port
from tests.web.chromium import PATIENCE, Chromium

WATCHED = """
window.lines = []; window.taken = [];
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    window.lines.push(this);
    this.addEventListener("message", (event) => {
      if (typeof event.data !== "string") window.taken.push(btoa(String.fromCharCode(...new Uint8Array(event.data))));
    });
  }
};
"""
PLAIN = """
import sys
from textual_serve.server import Server
Server(sys.argv[1], host="127.0.0.1", port=int(sys.argv[2])).serve()
"""


@contextmanager
def server(*command, **variables):
    """A server as a process; it ends with the test."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | variables)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()


@contextmanager
def nntui_serve(folder, *arguments):
    """The address of `nntui serve`."""
    command = [sys.executable, "-m", "nntui", "serve", *map(str, arguments), "--port", "0"]
    with server(*command, TMPDIR=str(folder)) as process:
        yield process.stdout.readline().decode().split()[3]


class Shown:
    """What the terminal of a page shows: what came down its line, in an emulator."""

    def __init__(self, browser):
        self._browser = browser
        self._screen = pyte.Screen(300, 120)
        self._stream = pyte.ByteStream(self._screen)

    async def has(self, words):
        for data in await self._browser.value("window.taken.splice(0)"):
            self._stream.feed(b64decode(data).replace(b"\x1b[?2026$p", b""))
        return any(words in line for line in self._screen.display)

    async def shows(self, words):
        await self._browser.until(lambda: self.has(words), self._text)

    def _text(self):
        return "\n".join(line.rstrip() for line in self._screen.display if line.strip())


def in_chromium(folder, story):
    async def told():
        async with Chromium(folder) as browser:
            await browser.before(WATCHED)
            await story(browser, Shown(browser))
            await browser.picture(folder / "page.png")

    asyncio.run(told())


def test_the_page_of_nntui_serve_takes_keys_and_loads_nothing_from_elsewhere(tmp_path):
    with nntui_serve(tmp_path, "two-by-two") as address:

        async def story(browser, shown):
            await browser.open(f"{address}/")
            await shown.shows("step 1/22")
            await browser.press("ArrowRight", "ArrowRight", "ArrowRight")
            await shown.shows("step 4/22")
            await browser.press("ArrowLeft")
            await shown.shows("step 3/22")
            await browser.press("i")
            await shown.shows("Esc closes")
            loaded = [event["request"]["url"] for event in browser.told("Network.requestWillBeSent")]
            assert loaded
            assert all(url.startswith((address, "data:")) for url in loaded)
            assert not [entry for entry in browser.told("Log.entryAdded") if "Content Security" in entry["entry"]["text"]]

        in_chromium(tmp_path, story)


def test_the_lecture_is_served_by_its_name(tmp_path):
    """Keys of all sorts: steps, a tool, a page, an address that is typed, a key with Shift, the help."""
    with nntui_serve(tmp_path, "lecture") as address:

        async def story(browser, shown):
            await browser.open(f"{address}/")
            await shown.shows("The lecture, step by step")
            first = await browser.picture(tmp_path / "first.png")
            await browser.press("ArrowRight")
            await shown.shows("step 2/")
            await browser.press("k")
            await shown.shows("all weights")
            await browser.press("k")
            await shown.shows("∂C/∂w at data point 1:1")
            await browser.press("Escape")
            await browser.until(lambda: gone(shown, "∂C/∂w at data point 1:1"))
            await browser.press("Escape")
            await browser.until(lambda: gone(shown, "all weights"))
            await browser.press("g", *"1:1:cost", "Enter")
            await shown.shows("½")
            await browser.press("i")
            await shown.shows("Esc closes")
            await browser.press("Escape")
            await browser.until(lambda: gone(shown, "Esc closes"))
            await browser.press("?")
            await shown.shows("any key says what it does")
            await browser.press("Escape")
            await browser.until(lambda: gone(shown, "any key says what it does"))
            await browser.press("g", *"100:1:a", "Enter")
            await shown.shows("n now opens the second part")
            assert await browser.picture(tmp_path / "last.png") != first
            await browser.press("n")
            await shown.shows("n again opens lecture-layers")
            await browser.press("n")
            await shown.shows("The lecture: layers")
            await browser.press("ArrowRight")
            await shown.shows("step 2/")

        in_chromium(tmp_path, story)


async def gone(shown, words):
    return not await shown.has(words)


def test_a_folder_is_chosen_from(tmp_path):
    (tmp_path / "course").mkdir()
    subprocess.run([sys.executable, "-m", "nntui", "new", "--from", "xor", tmp_path / "course" / "sheet.toml"], check=True)
    with nntui_serve(tmp_path, tmp_path / "course") as address:

        async def story(browser, shown):
            await browser.open(f"{address}/")
            await shown.shows("sheet.toml")
            assert not await shown.has("two-by-two")
            await browser.press("Enter")
            await shown.shows("step 1/17")

        in_chromium(tmp_path, story)


@asynccontextmanager
async def page_of_another(script):
    """A page of another site on this machine."""
    app = web.Application()

    async def page(_):
        return web.Response(text=f"<!doctype html><script>{script}</script>", content_type="text/html")

    app.add_routes([web.get("/", page)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_of_another_site_opens_no_line_and_reads_nothing(tmp_path, host):
    with nntui_serve(tmp_path, "two-by-two") as address:
        port = address.rpartition(":")[2]
        script = f"""
        window.told = [];
        const line = new WebSocket("ws://{host}:{port}/ws");
        line.onopen = () => told.push("open"); line.onerror = () => told.push("refused");
        fetch("http://{host}:{port}/").then(() => told.push("read"), () => told.push("unread"));
        """

        async def story(browser, shown):
            async with page_of_another(script) as other:
                await browser.open(other)
                await browser.until(lambda: ended(browser))
                assert sorted(await browser.value("told")) == ["refused", "unread"]

        in_chromium(tmp_path, story)


async def ended(browser):
    return await browser.value("told.length") == 2


def test_textual_serve_shows_it_too(tmp_path):
    """`textual serve "nntui two-by-two"` is this server of textual-serve; its page takes keys once it was clicked."""
    app = f"{sys.executable} -m nntui two-by-two --no-history"
    port = free_port()
    with server(sys.executable, "-c", PLAIN, app, str(port)):

        async def story(browser, shown):
            await browser.until(lambda: opened(browser, f"http://127.0.0.1:{port}/"))
            await shown.shows("step 1/22")
            await browser.click(100, 12)  # the title, which a click leaves as it is: one in the cost plot goes to a data point
            await browser.press("ArrowRight", "ArrowRight")
            await shown.shows("step 3/22")

        in_chromium(tmp_path, story)


async def opened(browser, url):
    """Whether a server that has just been started is there."""
    answer = await browser.ask("Page.navigate", url=url)
    return "errorText" not in answer
