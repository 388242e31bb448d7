"""Killed at random moments, whatever is open: `--resume` shows the screen that was painted last, its foot aside.

A line is written before its paint, so what was painted is what the whole recording shows, or the recording without the
lines of the last few keys, whose picture was still on its way.
"""

import random
import re
import signal
import time
from pathlib import Path

import pyte
import pytest

from nntui.files.recording.reader import Recording
from nntui.session.opening import of_continuing
from tests.emulator import Emulator
from tests.session.fake_window import FakeLesson
from tests.terminal import ATOMIC, WHOLE

SIZE = (100, 30)
IN_FLIGHT = 12  # lines of the last keys that are not painted yet
SHEET = "epoch,point,kind,layer,neuron,from,value\n3,2,z,1,1,,0.25\n3,2,a,1,1,,0.5\n"
TITLE = re.compile(r"^╭─ (.*?)(?: {2}| ─|$)")  # of a box, as far as it does not depend on what is computed
PAGE_FOOT = re.compile(r"╰─+ [^╯]*(Esc closes?) ─╯")


def keys(folder):
    """Steps, play, forks, all tools and pages, and what is done in them."""
    (folder / "s.csv").write_text(SHEET)
    moves = ["right"] * 6 + ["left", "pgdn", "\x1b[5~", "1", "2", "4", " "]
    inside = ["\t", "\x1b[A", "\x1b[B", "\x1b[B", "\x1b[6~", "\r", "*", "t", "L", "x"]
    opened = [*"ixdlfLvco.,0kka", f"\rw{folder}/s.csv\r", "\reeta=2\r"]
    return moves + 2 * inside + 2 * opened


def press_and_kill(terminal, dice, tokens):
    """Types some keys at a time, and kills at a moment that nobody chose."""
    for _ in range(dice.randrange(1, 7)):
        terminal.press(*dice.choices(tokens, k=dice.randrange(1, 4)))
        pictures, end = terminal.sent.count(WHOLE), time.monotonic() + 0.3
        while terminal.sent.count(WHOLE) == pictures and time.monotonic() < end:
            terminal.read(0.02)
    terminal.press(*dice.choices(tokens, k=dice.randrange(1, 6)))
    end = time.monotonic() + dice.uniform(0, 0.2)
    while time.monotonic() < end:
        terminal.read(0.005)
    terminal.process.send_signal(signal.SIGKILL)
    assert terminal.ended() == -signal.SIGKILL
    while terminal.read():
        pass


def painted_last(terminal):
    """The last picture that was whole."""
    screen = Emulator(*SIZE)
    pyte.ByteStream(screen).feed(terminal.sent.rpartition(WHOLE)[0])
    return list(screen.display)


def foot_aside(*screens):
    """Screens without as many of their last lines as the highest foot has, and without the foot of a page."""
    feet = [1 + sum(line.startswith(" ▍") for line in lines[:-1]) for lines in screens]
    return [[PAGE_FOOT.sub("╰", line).rstrip() for line in lines[: SIZE[1] - max(feet)]] for lines in screens]


def same(one, other):
    one, other = foot_aside(one, other)
    return one == other


def skeleton(lines):
    """The network, and what is open under it: what does not change while the rest is computed, such as a history."""
    network = next((at for at, line in enumerate(lines) if line.startswith("╰")), len(lines))
    return lines[: network + 1], next((TITLE.match(line)[1] for line in lines[network:] if TITLE.match(line)), "")


def resumed_screen(lines):
    """What a session shows that goes on with a recording of these lines, all of it computed; whether some of it was not
    computed at once.
    """
    recording = Recording("model")
    recording.feed(b"".join(lines))
    lesson = FakeLesson(opening=of_continuing(recording))
    lesson.window.width, lesson.workspace.colours = SIZE[0], True
    waits = bool(lesson.window.jobs)
    while lesson.window.jobs:
        lesson.window.finish(next(iter(lesson.window.jobs)))
    block = lesson.workspace.picture(lesson.navigator, *SIZE, [], "")
    return ["".join(span.text for span in line) for line in block], waits


def own_recording(state, terminal):
    return next(Path(state).glob(f"nntui/sessions/*-{terminal.process.pid}.nnrec"))


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(6))
def test_what_was_painted_last_is_on_the_screen_again(server, tmp_path, seed):
    dice, tokens, options = random.Random(seed), keys(tmp_path), {"XDG_STATE_HOME": tmp_path, "size": SIZE}
    (tmp_path / "nntui" / "sessions").mkdir(mode=0o700, parents=True)  # not the first start, which offers the tour
    whole = None
    for arguments in (["xor", "--at", "3:2:delta:1:2"], ["--resume"], ["--resume"]):
        with server.terminal(*arguments, **options) as terminal:
            begun(terminal, whole)
            press_and_kill(terminal, dice, tokens)
            lines = own_recording(tmp_path, terminal).read_bytes().splitlines(keepends=True)
            lines = lines if lines[-1].endswith(b"\n") else lines[:-1]
        shown = painted_last(terminal)
        whole, _ = resumed_screen(lines)
        assert any(shows(lines[: len(lines) - count], shown) for count in range(IN_FLIGHT)), both(shown, whole)
    with server.terminal("--resume", **options) as terminal:
        begun(terminal, whole)


def begun(terminal, whole):
    """Waits for the screen that was recorded; in the first session for any."""
    terminal.press(ATOMIC)
    if whole is None:
        terminal.shows("q quit")
    else:
        terminal.until(lambda: same(terminal.screen.display, whole))


def shows(lines, shown):
    """Whether a recording of these lines shows the same; what is not computed at once may be missing in one of them."""
    recorded, waits = resumed_screen(lines)
    one, other = foot_aside(recorded, shown)
    return one == other or (waits and skeleton(one) == skeleton(other))


def both(shown, recorded):
    return "\n".join(["painted last:", *shown, "recorded:", *recorded])
