"""Chromium without a window, driven by its DevTools protocol: keys, clicks, questions to a page, and pictures of it."""

import asyncio
import base64
import json
import shutil
import time

import aiohttp

PATIENCE = 60  # seconds
CODES = {"ArrowRight": 39, "ArrowLeft": 37, "Home": 36, "End": 35, "PageDown": 34, "Enter": 13, "Escape": 27, "Backspace": 8}


class Chromium:
    """A browser with one page. A context: at its end the browser is gone."""

    def __init__(self, folder, dark=False):
        self._profile = folder / "profile"
        self._dark = dark
        self._number = 0
        self.events = []
        """What the browser told of by itself."""

    async def __aenter__(self):
        binary = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,800"]
        options += ["--remote-debugging-port=0", f"--user-data-dir={self._profile}", "--no-first-run", "about:blank"]
        quiet = asyncio.subprocess.DEVNULL
        self._process = await asyncio.create_subprocess_exec(binary, *options, stdout=quiet, stderr=quiet)
        try:
            await self._connect()
        except BaseException:
            await self._end()
            raise
        return self

    async def _connect(self):
        told = self._profile / "DevToolsActivePort"
        await self.until(lambda: told.exists() and told.read_text().count("\n"))
        port = told.read_text().split()[0]
        self._session = aiohttp.ClientSession()
        async with self._session.get(f"http://127.0.0.1:{port}/json/list") as answer:
            page = next(one for one in await answer.json() if one["type"] == "page")
        self._line = await self._session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
        for domain in ("Page", "Runtime", "Network", "Log"):
            await self.ask(f"{domain}.enable")
        theme = {"name": "prefers-color-scheme", "value": "dark" if self._dark else "light"}
        await self.ask("Emulation.setEmulatedMedia", features=[theme])

    async def __aexit__(self, *_):
        await self._line.close()
        await self._session.close()
        await self._end()

    async def _end(self):
        self._process.terminate()
        await asyncio.wait_for(self._process.wait(), PATIENCE)

    async def until(self, condition, shown=str):
        """Waits until something holds; `condition` may be a coroutine function. shown: gives what there was instead."""
        end = time.monotonic() + PATIENCE
        while True:
            held = condition()
            if asyncio.iscoroutine(held):
                held = await held
            if held:
                return held
            assert time.monotonic() < end, f"it never came; there was:\n{shown()}"
            await asyncio.sleep(0.05)

    async def ask(self, method, **parameters):
        """A command of the protocol, and its answer."""
        self._number += 1
        await self._line.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            message = json.loads(await self._line.receive_str(timeout=PATIENCE))
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]
            self.events.append(message)

    async def before(self, script):
        """Runs a script in every page before its own."""
        await self.ask("Page.addScriptToEvaluateOnNewDocument", source=script)

    async def open(self, url):
        """Goes to a page, and waits until it is loaded."""
        await self.ask("Page.navigate", url=url)
        await self.until(lambda: self.value("document.readyState === 'complete' && location.href !== 'about:blank'"))

    async def value(self, expression):
        """What a JavaScript expression is in the page."""
        answer = await self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def press(self, *keys):
        """Presses keys, by the names that JavaScript has for them."""
        for key in keys:
            code = {"windowsVirtualKeyCode": CODES.get(key, ord(key[0].upper())), "key": key, "code": key}
            text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
            await self.ask("Input.dispatchKeyEvent", type="keyDown", **code, **text)
            await self.ask("Input.dispatchKeyEvent", type="keyUp", **code)

    async def click(self, x, y):
        """A click of the left button."""
        for kind in ("mousePressed", "mouseReleased"):
            await self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def swipe(self, x, y, to):
        """A finger goes from one column of the page to another."""
        await self.ask("Emulation.setTouchEmulationEnabled", enabled=True)
        await self.ask("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        await self.ask("Input.dispatchTouchEvent", type="touchMove", touchPoints=[{"x": to, "y": y}])
        await self.ask("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    async def picture(self, path=None):
        """A picture of the window, as PNG."""
        data = base64.b64decode((await self.ask("Page.captureScreenshot", format="png"))["data"])
        if path is not None:
            path.write_bytes(data)
        return data

    def told(self, method):
        """What the browser told of by itself, of one kind."""
        return [event["params"] for event in self.events if event["method"] == method]
