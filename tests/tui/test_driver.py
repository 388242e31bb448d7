"""Whatever is typed, pasted or sent by a terminal: keys arrive, the app goes on, and a line that is gone ends it."""

import asyncio
import hashlib
import inspect
import os
import pty
import threading
import tty
from contextlib import contextmanager
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from nntui.tui.terminal import driver
from nntui.tui.terminal.driver import LARGEST, Driver, clamped
from nntui.tui.terminal.reader import MOST_PASTED, Reader, Typed
from tests.strategies import examples

BEGIN, END = "\x1b[200~", "\x1b[201~"

# Textual's own code that ours stands in for or hangs on. Where one of these differs, compare it with nntui/tui/terminal/driver.py
# (are #6456, #6690 mended? is what ours leaves out new?), then put the new digest here.
KNOWN = {
    LinuxDriver.run_input_thread: "d796af6d69db337d",
    LinuxDriver._run_input_thread: "d2ef22cc2c97a9eb",
    LinuxDriver._get_terminal_size: "7e80e59356c609c4",
    LinuxDriver.process_message: "685f4c56ecfc3fe2",
    XTermParser: "fc1e32fb7a4ae5a0",
    Parser: "5e97a0be1bb08455",
}


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.__qualname__)
def test_textuals_own_driver_is_the_one_we_know(known):
    found = hashlib.sha256(inspect.getsource(known).encode()).hexdigest()[:16]
    assert found == KNOWN[known], f"Textual has changed {known.__qualname__}: see nntui/tui/terminal/driver.py"


def keys(messages):
    return [
        key
        for message in messages
        if isinstance(message, (events.Key, Typed))
        for key, _ in (message.keys if isinstance(message, Typed) else [(message.key, message.character)])
    ]


def pasted(messages):
    return [message.text for message in messages if isinstance(message, events.Paste)]


@pytest.mark.parametrize(
    "absurd",
    [
        "\x1b[9999999999u", "\x1b[1114112u", "\x1b[4294967296;2u", "\x1b[57344;999999999999u", "\x1b[55296u", "\x1b[;;u",
        "\x1b[48;0;0;0;0t\x1b[<0;1;1M", "\x1b[<99999999999999999999;1;1M", "\x1b[48;1:;2:;3:;4:t", "\x1b[<0;99999999999;5M",
        "\x1b[97;1;1114112u", "\x1b[97;1;9999999999999u", "\x1b[?2026;9$y", "\x1b[1;1R", "\x1b\x1b\x1b[[[[", "\ufffd\ud800\x00",
        "\x1b[" + "9" * 5000 + "u",
    ],
)  # fmt: skip
def test_after_an_absurd_sequence_the_next_key_is_read(absurd):
    reader = Reader()
    reader.feed(absurd)
    reader.feed("a\x1b[C")
    assert keys(reader.feed("q\x1b[C"))[-2:] == ["q", "right"]


@given(st.lists(st.text(st.sampled_from("\x1b[]<>;:?~$019uMmtyRO^a\x9b\ud800\U0010ffff\x00"), max_size=40), max_size=6))
@examples(300)
def test_no_characters_stop_the_reader(pieces):
    reader = Reader()
    for piece in pieces:
        reader.feed(piece)
        reader.tick()
    reader.feed(END + "\x1b\\" + "a" * 40)
    assert keys(reader.feed("qq"))[-1] == "q"


@pytest.mark.parametrize("piece", [1, 3, 4096, 1 << 22])
def test_a_paste_of_megabytes_is_cut_and_the_keys_after_it_are_read(piece):
    text = "\x1b[C" + BEGIN + "x" * (3 << 20 if piece > 100 else 30_000) + END + "q"
    reader, messages = Reader(), []
    for start in range(0, len(text), piece):
        messages += reader.feed(text[start : start + piece])
    assert pasted(messages) == ["x" * MOST_PASTED]
    assert keys(messages) == ["right", "q"]


def test_a_paste_is_text_only():
    reader = Reader()
    messages = reader.feed(f"{BEGIN}a\x1b[48;9999;9999;0;0t\x1b[2J\x9bb\n{END}k")
    assert pasted(messages) == ["a[48;9999;9999;0;0t[2Jb\n"]
    assert keys(messages) == ["k"]
    assert not [m for m in messages if isinstance(m, events.Resize)]
    assert pasted(reader.feed(f"{BEGIN}one{END}{BEGIN}two{END}")) == ["one", "two"]


@given(st.text(st.sampled_from("ab\x1b[20~"), max_size=30), st.lists(st.integers(1, 7), min_size=1, max_size=20))
@examples(200)
def test_pastes_in_pieces_are_pastes(body, sizes):
    text = BEGIN + body + END + "q"
    whole = Reader().feed(text)
    reader, messages, number = Reader(), [], 0
    while text:
        size = sizes[number % len(sizes)]
        messages += reader.feed(text[:size])
        text, number = text[size:], number + 1
    assert (pasted(messages), keys(messages)) == (pasted(whole), keys(whole))


def test_a_paste_that_never_ends_ends():
    reader = Reader()
    assert keys(reader.feed(BEGIN + "abcq")) == []
    reader.tick()
    reader.tick(stalled=True)
    assert keys(reader.feed("q")) == ["q"]


@pytest.mark.parametrize(
    ("told", "painted"),
    [
        ((80, 24), (80, 24)),
        ((0, 0), (80, 24)),
        ((-1, 9), (80, 24)),
        ((65535, 65535), LARGEST),
        ((1, 1), (3, 1)),
        ((2, 70), (3, 70)),
    ],
)
def test_sizes_are_clamped(told, painted):
    assert clamped(*told) == painted


# --- floods


PIECE = 4096


def read(text):
    """The messages in a text that comes as a driver reads it."""
    reader = Reader()
    return [message for at in range(0, len(text), PIECE) for message in reader.feed(text[at : at + PIECE])]


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("text", "pressed"),
    [
        ("y" * 100_000, 100_000),
        ("\x01" * 100_000, 100_000),
        ("\x1b" * 100_000, 100_000),
        ("\x1ba" * 50_000, 50_000),
        ("\x1b[99z" * 20_000, 0),
        ("\x1b]0;" + "x" * 100_000, 0),
        ("\x1bP1$r0m\x1b\\" * 10_000, 0),
        ("\x1b_never\x07" * 10_000, 0),
        ("\x1b[I\x1b[O" * 16_000, 0),
        ("\x1b[48;24;80;480;640t" * 5_000, 0),
        ("".join(f"\x1b[<35;{x % 80 + 1};3M" for x in range(8_000)), 0),
        ("\x1b[<64;3;3M" * 10_000, 0),
        ("y\x1b[Iz\x1b[<35;3;3M" * 5_000, 10_000),
    ],
    ids=range(13),
)
def test_a_flood_is_few_messages(text, pressed):
    messages = read(text + "\x1b[C")
    assert len(messages) <= 12 * (len(text) // PIECE + 1)
    assert keys(messages)[-1] == "right"
    assert len(keys(messages)) == pressed + 1


def test_of_reports_the_last_counts():
    messages = Reader().feed("\x1b[O\x1b[<35;1;1M\x1b[I\x1b[48;24;80;0;0t\x1b[<35;7;5M\x1b[48;30;100;0;0t\x1b[O")
    assert [type(message) for message in messages] == [events.MouseMove, events.Resize, events.AppBlur]
    assert (messages[0].screen_x, messages[0].screen_y) == (6, 4)
    assert messages[1].size == Size(100, 30)


def test_clicks_are_all_there_and_in_order():
    kinds = [type(message) for message in Reader().feed("\x1b[<0;3;3M\x1b[<0;3;3m" * 3)]
    assert kinds == [events.MouseDown, events.MouseUp] * 3


@pytest.mark.parametrize("end", ["\x07", "\x1b\\", "\x18", "\x9c"])
@pytest.mark.parametrize("begin", ["\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX"])
@pytest.mark.parametrize("piece", [1, 2, 3, 100])
def test_what_a_control_string_says_is_no_key(begin, end, piece):
    text = f"a{begin}11;rgb:1e1e/1e1e/2e2e{end}b"
    reader, messages = Reader(), []
    for at in range(0, len(text), piece):
        messages += reader.feed(text[at : at + piece])
    assert keys(messages) == ["a", "b"]


def test_a_control_string_that_never_ends_ends():
    reader = Reader()
    assert reader.feed("\x1b]0;abc") == []
    for _ in range(3):
        assert reader.tick() == []
    assert keys(reader.feed("q")) == ["q"]
    assert keys(reader.feed("\x1b]0;abc\x1b[C")) == ["right"]


@given(
    st.lists(
        st.sampled_from(
            ["a", "é", "\r", "\x01", "\x1b[C", "\x1bOA", "\x1b[1;2A", "\x1b[99~", "\x1b]0;x\x07", "\x1b[Z", "\x1b[[A"]
        )
    )
)
@examples(200)
def test_keys_in_pieces_are_the_same_keys(presses):
    text = "".join(presses)
    whole, reader, pieces = Reader().feed(text), Reader(), []
    for character in text:
        pieces += reader.feed(character)
    assert keys(pieces) == keys(whole)
    assert len(whole) <= 1


@pytest.mark.parametrize(
    ("late", "named"),
    [
        ("y", ["escape", "y"]),
        ("P", ["escape", "P"]),
        ("é", ["escape", "é"]),
        ("\r", ["escape", "enter"]),
        ("fk", ["escape", "f", "k"]),
        ("\x1b[C", ["escape", "right"]),
        ("[C", ["right"]),
        ("OA", ["up"]),
        ("]0;title\x07q", ["q"]),
    ],
)
def test_a_key_a_tick_after_escape_is_no_key_with_alt(late, named):
    reader = Reader()
    assert reader.feed("\x1b") == []
    reader._parser._timeout_time = inf  # a busy machine may take longer than the parser waits
    assert reader.tick() == []
    assert keys(reader.feed(late)) == named
    assert keys(reader.feed("\x1by")) == ["alt+y"]


# --- the thread, on a real pty


class FakeApp:
    """As much of an app as a driver needs."""

    def __init__(self):
        self.got = []
        self.loop = asyncio.get_running_loop()
        self.changed = asyncio.Event()
        self._message_queue = asyncio.Queue()

    async def _post_message(self, message):
        self.got.append(message)
        self.changed.set()

    async def until(self, condition):
        async with asyncio.timeout(10):
            while not condition():
                await self.changed.wait()
                self.changed.clear()


@contextmanager
def running(app, hangs_up=False):
    """A driver that reads from a pty; gives it, the other end, and the thread."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    made = Driver.__new__(Driver)
    super(LinuxDriver, made).__init__(app)
    made.fileno, made.exit_event = theirs, threading.Event()
    made._in_band_window_resize = False
    thread = threading.Thread(target=made.run_input_thread)
    thread.start()
    try:
        yield made, ours, thread
    finally:
        made.exit_event.set()
        thread.join()
        os.close(theirs)
        if not hangs_up:
            os.close(ours)


def test_bytes_of_any_kind_on_a_real_line():
    async def story():
        app = FakeApp()
        with running(app) as (_, line, _thread):
            os.write(line, b"\xff\xfea\xe9\xc3" + "é".encode() + b"\x1b[9999999999u\x1b[Cq")
            await app.until(lambda: "q" in keys(app.got))
            assert [key for key in keys(app.got) if key in ("a", "é", "right", "q")] == ["a", "é", "right", "q"]
            os.write(line, b"\x1b[48;65535;65535;9;9t")
            await app.until(lambda: isinstance(app.got[-1], events.Resize))
            assert app.got[-1].size == Size(*LARGEST)

    asyncio.run(story())


def test_keys_wait_on_the_line_while_the_app_is_busy():
    async def story():
        app = FakeApp()
        for _ in range(driver.MOST_WAITING + 1):
            app._message_queue.put_nowait(None)
        with running(app) as (_, line, _thread):
            os.write(line, b"a")
            await app.until(lambda: keys(app.got) == ["a"])
            os.write(line, b"b")
            for _ in range(100):
                await asyncio.sleep(0)
            assert keys(app.got) == ["a"]
            app._message_queue.get_nowait()
            await app.until(lambda: keys(app.got) == ["a", "b"])

    asyncio.run(story())


def test_a_line_that_is_gone_ends_the_session_and_nothing_spins(monkeypatch):
    async def story():
        gone = threading.Event()
        monkeypatch.setattr(driver, "hang_up", gone.set)
        app = FakeApp()
        with running(app, hangs_up=True) as (_, line, thread):
            os.close(line)
            await asyncio.to_thread(thread.join, 10)
            assert not thread.is_alive()
            assert gone.is_set()

    asyncio.run(story())
