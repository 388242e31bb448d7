"""The app as textual-serve starts it, on pipes: whatever comes in packets, it neither ends nor stays behind."""

import signal

import pytest
from textual.drivers.web_driver import WebDriver

from nntui.tui.terminal.browser_driver import BrowserDriver
from tests.web.packets import PipedApp


def test_keys_step_and_q_quits():
    with PipedApp("two-by-two") as app:
        app.shows("step 1/22")
        app.press("\x1b[C\x1b[C")
        app.shows("step 3/22")
        app.press("q")
        assert app.ended() == 0
        assert app.told[-1] == {"type": "exit"}
        assert app.process.stderr.read() == b""


def test_what_is_no_text_and_no_size_ends_nothing_and_a_closed_page_does():
    with PipedApp("two-by-two", size=(100, 30)) as app:
        app.shows("quit")
        assert len(app.text().splitlines()) == 30
        app.press(b"\xff\xe9\x1b[1;99999999999999999999Z")
        app.tell(type="resize", width=10**9, height=-3)
        app.tell(type="resize", width="wide", height=None)
        app.tell(type="deliver_chunk_request", key="x", size=1)
        app.tell(type="resize", width=120, height=40)
        app.press("\x1b[C")
        app.shows("step 2/22")
        app.until(lambda: max(map(len, app.text().splitlines())) == 120 and len(app.text().splitlines()) == 40)
        app.tell(type="quit")
        assert app.ended() == 0


def test_it_ends_with_its_server():
    with PipedApp("two-by-two") as app:
        app.shows("step 1/22")
        app.process.stdin.close()
        assert app.ended() == 128 + signal.SIGHUP


@pytest.mark.parametrize(
    "driver",
    [pytest.param("textual.drivers.headless_driver:HeadlessDriver", marks=pytest.mark.sweep(usual=False)), "os:system"],
)
def test_no_other_driver_is_let_through(driver):
    with PipedApp("two-by-two", driver=driver) as app:
        assert app.ended() == 2
        assert b"standard input is no terminal" in app.process.stderr.read()


def test_textuals_driver_is_what_ours_is_made_for():
    """What ours calls and replaces is there, and used."""
    for name in ("run_input_thread", "on_meta", "_on_meta", "write", "write_meta", "start_application_mode"):
        assert callable(getattr(WebDriver, name))
    for name in ("run_input_thread", "on_meta", "write", "write_meta"):
        assert getattr(BrowserDriver, name) is not getattr(WebDriver, name)
