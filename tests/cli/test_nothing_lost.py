"""kill -9, signals, a closed window, a full disk: what was painted is in the file, and the terminal is as it was."""

import os
import random
import re
import select
import signal
import stat
import statistics
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pyte
import pytest

from nntui.files.io.errors import InputError
from nntui.files.io.lock import is_locked
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import verdict
from nntui.files.recording.writer import Recorder
from tests.emulator import Emulator
from tests.terminal import ATOMIC, PATIENCE, WHOLE, unread

XOR = load("xor")
SOON = 30  # seconds in which a process that was told to end is gone, on a busy machine too; in truth it is a tenth of one
TOP = re.compile(rb"\x1b\[1;\d+H.*?(?=\r|\x1b\[\d+;\d+H|\Z)", re.DOTALL)  # what is painted in the first line
WHERE = re.compile(r"epoch (\d+)/\d+ +point (\d+)/\d+.* step (\d+)/")


# --- what was painted, and what was kept


def standing(line):
    """The step of the run that a line of the screen names."""
    epoch, point, step = map(int, WHERE.search(line).groups())
    return ((epoch - 1) * XOR.course.points + point - 1) * XOR.course.length + step - 1


def here(terminal):
    """The step on the screen."""
    return standing(terminal.screen.display[0])


def painted(terminal):
    """Every step that was painted, in order, as often as it changed; half a picture is none."""
    screen = Emulator(terminal.columns, 1)
    stream, steps = pyte.ByteStream(screen), []
    for picture in terminal.sent.split(WHOLE)[:-1]:
        stream.feed(b"".join(TOP.findall(picture)))
        line = screen.display[0]
        if WHERE.search(line) and standing(line) not in steps[-1:]:
            steps.append(standing(line))
    return steps


def places(recording, after=0):
    """Where one stood, one stop after the other, from the last one that was there already."""
    return [recording.lesson.place(stop).step for stop in range(max(after - 1, 0), recording.lesson.stops)]


def is_part(steps, of):
    """Whether the steps come in this order among others."""
    rest = iter(of)
    return all(step in rest for step in steps)


def keep(terminal, path, after=0):
    """Asserts that all that was painted is in a recording, which is sound; gives it."""
    steps = painted(terminal)
    try:
        recording = read_recording(path)
    except (InputError, OSError):
        assert not steps, "nothing is painted before there is a recording"
        return None
    assert recording.fault is None
    assert is_part(steps, places(recording, after)), (steps, places(recording, after))
    return recording


def own_recording(state, terminal):
    """Where the session's own recording is."""
    return next(iter(Path(state).glob(f"nntui/sessions/*-{terminal.process.pid}.nnrec")), Path(state) / "none")


def stops_in(path):
    with suppress(InputError, OSError):
        return read_recording(path).lesson.stops
    return 0


# --- kill -9

KEYS = (*["right"] * 12, *["left"] * 3, "pgdn", "pgdn", "\x1b[5~", " ", "+", "1", "2", "4", "g40:2\r", "mremember this\r")


def type_and_kill(terminal, dice):
    """Types until `pictures` pictures were painted, then once more, and kills at a moment that nobody chose."""
    terminal.press(ATOMIC)
    pictures, moment = dice.choice([(0, 0.3), (1, 0.05), (3, 0.05), (5, 0.05), (8, 0.05)])
    end = time.monotonic() + PATIENCE
    while terminal.sent.count(WHOLE) < pictures:
        assert time.monotonic() < end
        if not terminal.read(0.03):  # a flood would be taken in whole before it is painted
            terminal.press(*dice.choices(KEYS, k=dice.randrange(1, 6)))
    terminal.press(*dice.choices(KEYS, k=dice.randrange(1, 20)))
    end = time.monotonic() + dice.uniform(0, moment)
    while time.monotonic() < end:
        pass
    terminal.process.send_signal(signal.SIGKILL)
    assert terminal.ended() == -signal.SIGKILL
    while terminal.read():
        pass


def test_kill_9_at_random_moments_loses_at_most_the_step_in_flight(server, tmp_path, request):
    """A few recordings, continued again and again, torn as they may be; and the session's own each time."""
    dice, kills, seen, torn = random.Random(9), request.config.getoption("--kills"), 0, 0
    for number in range(kills):
        path = tmp_path / f"{number % 5}.nnrec"
        before = stops_in(path)
        with server.terminal("xor", "--record", path, size=(80, 24), XDG_STATE_HOME=tmp_path) as terminal:
            type_and_kill(terminal, dice)
            recording = keep(terminal, path, before)
            own = keep(terminal, own_recording(tmp_path, terminal))
            seen += len(painted(terminal))
        torn += bool(recording and recording.torn) + bool(own and own.torn)
        if own is not None:  # what is in one and not yet in the other is the step in flight
            kept, privately = places(recording, before), places(own)
            assert abs(len(kept) - len(privately)) <= 2
    print(f"{kills} kills, {seen} painted steps, none lost; {torn} last lines torn")
    assert seen > kills
    for path in tmp_path.glob("*.nnrec"):
        assert verdict(read_recording(path)).difference is None


# --- signals, and windows that go away


@pytest.fixture
def recorded(server, tmp_path):
    """A session that plays as fast as it can and is recorded."""
    path = tmp_path / "r.nnrec"
    with server.terminal("xor", "--record", path, size=(80, 24), XDG_STATE_HOME=tmp_path) as terminal:
        yield playing(terminal), path


def playing(terminal):
    terminal.press(ATOMIC)
    terminal.shows("step 1/17")
    terminal.press(*"+++++ ")
    terminal.until(lambda: here(terminal) > 5)
    return terminal


def all_is_kept(server, terminal, path):
    """Both recordings are sound and whole, and another session goes on with what was asked for.

    One step may be in flight, written into the one and not yet into the other.
    """
    ends = []
    for one in (path, own_recording(path.parent, terminal)):
        recording = keep(terminal, one)
        assert recording is not None
        assert not recording.torn
        with one.open("rb") as file:
            assert not is_locked(file.fileno())
        ends.append(recording.lesson.end.step)
    assert abs(ends[0] - ends[1]) <= 1
    with server.terminal("xor", "--record", path, size=(80, 24), XDG_STATE_HOME=path.parent) as again:
        again.until(lambda: WHERE.search(again.screen.display[0]))
        assert here(again) == ends[0]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM])
def test_a_signal_ends_it_soon_with_all_kept_and_the_terminal_as_it_was(server, recorded, number):
    terminal, path = recorded
    terminal.process.send_signal(number)
    assert terminal.ended(SOON) == 128 + number
    assert terminal.is_clean()
    all_is_kept(server, terminal, path)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_amid_a_picture_leaves_the_terminal_as_it_was(server, number):
    with server.terminal("xor", "--no-history", size=(200, 60)) as terminal:
        end = time.monotonic() + PATIENCE
        while unread(terminal.fd) < 2000:  # nobody reads, so the first picture is stuck half way
            assert time.monotonic() < end
            select.select([], [], [], 0.01)  # the time is the app's
        terminal.process.send_signal(number)
        end = time.monotonic() + 0.05
        while terminal.process.poll() is None and time.monotonic() < end:
            pass  # a slow line
        assert terminal.ended(SOON) == 128 + number
        assert terminal.is_clean()
        assert terminal.sent.rpartition(b"\x1b[?1049l")[2].count(b"\x1b[0m") == 1, "nothing is painted after it"


def test_a_window_that_is_closed_ends_it_soon_with_all_kept(server, recorded):
    terminal, path = recorded
    terminal.hang_up()
    assert terminal.process.wait(SOON) == 128 + signal.SIGHUP
    all_is_kept(server, terminal, path)


def test_a_window_that_goes_without_a_signal_ends_it_soon_with_all_kept(server, tmp_path):
    path = tmp_path / "r.nnrec"
    with server.terminal("xor", "--record", path, size=(80, 24), apart=True, XDG_STATE_HOME=tmp_path) as terminal:
        playing(terminal).hang_up()
        assert terminal.process.wait(SOON) == 128 + signal.SIGHUP
        all_is_kept(server, terminal, path)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_terminal_that_reads_no_more_holds_nobody_up(server, recorded, number):
    terminal, path = recorded
    sizes, quiet = [path.stat().st_size], time.monotonic()
    end = quiet + PATIENCE
    while len(sizes) <= 5 or time.monotonic() < quiet + 1:  # until the app is stuck, its pictures in a line before the door
        assert time.monotonic() < end
        select.select([], [], [], 0.01)  # the time is the app's
        if path.stat().st_size != sizes[-1] or not unread(terminal.fd):
            sizes.append(path.stat().st_size)
            quiet = time.monotonic()
    terminal.process.send_signal(number)
    end = time.monotonic() + SOON
    while terminal.process.poll() is None:  # still nobody reads
        assert time.monotonic() < end, "it hangs"
        select.select([], [], [], 0.01)
    assert terminal.process.returncode == 128 + number
    assert len(sizes) > 5
    while terminal.read():
        pass
    all_is_kept(server, terminal, path)


def farewell(terminal):
    """What is on the ordinary screen after the app is gone."""
    return re.sub(r"\x1b\[[<?]?[0-9;]*[a-z]|\r", "", terminal.sent.rpartition(b"\x1b[?1049l")[2].decode())


def test_what_was_not_kept_is_told_where_a_signal_ends_the_session_too(server, recorded):
    terminal, path = recorded
    path.unlink()
    terminal.shows("not recorded (file gone)")
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.ended(SOON) == 128 + signal.SIGTERM
    assert terminal.is_clean()
    told = rf"nntui: not recording: {re.escape(str(path))} is gone\. (\d+) of \1 moves of this session were not kept\.\n"
    assert re.match(told, farewell(terminal))


# --- a disk that is full, folders that cannot be written


FULL = "not recording (file too large); what was written before is kept."


@pytest.mark.parametrize("options", [["--no-history"], []])
def test_a_full_disk_is_told_at_once_and_on_leaving(server, tmp_path, options):
    path = tmp_path / "r.nnrec"
    Recorder.begin(path, XOR, lambda _: None).close()
    room = path.stat().st_size + 300
    path.unlink()
    with server.terminal("xor", "--record", path, *options, room=room, size=(160, 40), XDG_STATE_HOME=tmp_path) as terminal:
        terminal.press(ATOMIC)
        terminal.shows("step 1/17")
        told = None
        for step in range(2, 16):
            terminal.step("right", step)
            if told is None and "not recording (file too large)" in terminal.text():
                told = step
            assert (told is not None) == (len(places(read_recording(path))) < step), "told at once"
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()
        recording = read_recording(path)
        assert (recording.fault, recording.torn) == (None, "")
        assert places(recording) == painted(terminal)[: told - 1]
        lines = farewell(terminal).splitlines()
        assert len(lines) == 2 - len(options), "a line for each recording"
        assert lines[0] == f"nntui: {path}: {FULL} {16 - told} of 15 moves of this session were not kept."


def test_a_full_disk_is_told_where_many_keys_are_painted_as_one(server, tmp_path):
    path = tmp_path / "r.nnrec"
    Recorder.begin(path, XOR, lambda _: None).close()
    room = path.stat().st_size + 300
    path.unlink()
    with server.terminal("xor", "--record", path, "--no-history", room=room, size=(160, 40)) as terminal:
        terminal.shows("step 1/17")
        terminal.press(*["right"] * 12)
        terminal.shows("step 13/17")
        terminal.shows("not recording (file too large)")


def test_a_disk_without_room_for_the_first_line_is_told_and_leaves_no_file(server, tmp_path):
    path = tmp_path / "r.nnrec"
    with server.terminal("xor", "--record", path, "--no-history", room=0, size=(160, 40)) as terminal:
        terminal.shows("not recording (file too large)")
        terminal.press("right")
        terminal.shows("step 2/17")
        terminal.press("q")
        assert terminal.ended() == 0
        assert farewell(terminal) == f"nntui: {path}: {FULL} 2 of 2 moves of this session were not kept.\n"
    assert not path.exists()


def read_only_folder(tmp_path):
    (tmp_path / "state").mkdir(mode=0o500)
    return {"XDG_STATE_HOME": tmp_path / "state"}


def read_only_home(tmp_path):
    (tmp_path / "home").mkdir(mode=0o500)
    return {"XDG_STATE_HOME": None, "HOME": tmp_path / "home"}


def home_that_is_no_folder(tmp_path):
    return {"XDG_STATE_HOME": None, "HOME": "/dev/null"}


def state_that_is_a_file(tmp_path):
    (tmp_path / "state").write_text("")
    return {"XDG_STATE_HOME": tmp_path / "state"}


def no_home_at_all(tmp_path):
    """As of a number that is no user's."""
    return {"XDG_STATE_HOME": None, "HOME": None, "nobody": True}


@pytest.mark.skipif(os.geteuid() == 0 and sys.platform != "linux", reason="nothing stops root here")
@pytest.mark.parametrize(
    "where", [read_only_folder, read_only_home, home_that_is_no_folder, state_that_is_a_file, no_home_at_all]
)
def test_where_nothing_can_be_kept_one_sentence_says_so(server, tmp_path, where):
    environment = where(tmp_path)
    confined = partial(server.terminal, confined=True)
    with confined("xor", size=(120, 24), **environment) as terminal:
        terminal.shows("step 1/17")
        terminal.shows("This session is not kept for --resume: ")
        assert terminal.text().count("not kept") == 1
        terminal.press("right")
        terminal.shows("step 2/17")
        terminal.until(lambda: "not kept" not in terminal.text())
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()
        assert farewell(terminal) == ""
    with confined("xor", "--no-history", size=(120, 24), **environment) as terminal:
        terminal.shows("q quit")
        assert "not kept" not in terminal.text()
        terminal.press("q")
        assert (terminal.ended(), farewell(terminal)) == (0, "")


def test_where_sessions_are_kept_is_said_once_and_is_for_nobody_else(server, tmp_path):
    home = {"XDG_STATE_HOME": None, "HOME": tmp_path}
    for first in (True, False):
        with server.terminal("xor", size=(120, 24), **home) as terminal:
            terminal.shows("q quit")
            assert "is kept for" not in terminal.text()
            terminal.press("q")
            assert terminal.ended() == 0
            assert ("is kept for nntui --resume" in farewell(terminal)) == first
    kept = list((tmp_path / ".local/state/nntui/sessions").glob("*.nnrec"))
    assert len(kept) == 2
    assert [stat.S_IMODE(path.stat().st_mode) for path in (*kept, kept[0].parent)] == [0o600, 0o600, 0o700]


# --- going on


def picture(terminal):
    """The screen without its foot."""
    return terminal.screen.display[:-1]


def test_resuming_after_kill_9_while_playing_shows_the_same_picture(server, tmp_path):
    with server.terminal("xor", "--at", "2:3:z:1:2", size=(120, 40), XDG_STATE_HOME=tmp_path) as terminal:
        terminal.press(ATOMIC)
        terminal.shows("step 3/17")
        terminal.press(" ")
        terminal.shows("step 6/17")
        terminal.process.send_signal(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
        while terminal.read():
            pass
        with server.terminal("--resume", size=(120, 40), XDG_STATE_HOME=tmp_path) as again:
            again.until(lambda: WHERE.search(again.screen.display[0]))
            assert 0 <= here(again) - here(terminal) <= 1, "at most the step in flight was not painted yet"
            if here(again) > here(terminal):
                again.step("left", 6)
            again.until(lambda: picture(again) == picture(terminal))
            again.press("q")
            assert again.ended() == 0


TOOL_KEYS = (*"ixdlfvco.,Lt*0", "\t", "\t", "\x1b[A", "\x1b[B", "left", "right", "right")
"""Keys that open something, and that do something in it."""


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(6))
def test_resuming_after_kill_9_shows_whatever_was_open(server, tmp_path, seed):
    """Killed when the last of some keys was painted, gone on with, and again."""
    dice, options, shown = random.Random(seed), {"XDG_STATE_HOME": tmp_path, "size": (100, 30)}, None
    for arguments in (["xor", "--at", "3:2:delta:1:2"], ["--resume"], ["--resume"]):
        with server.terminal(*arguments, **options) as terminal:
            resumed(terminal, shown)
            terminal.press(*dice.choices(TOOL_KEYS, k=8), "%")
            terminal.shows("% does nothing here")
            terminal.until(lambda terminal=terminal: "being computed" not in terminal.text())
            shown = list(picture(terminal))
            terminal.process.send_signal(signal.SIGKILL)
            assert terminal.ended() == -signal.SIGKILL
    with server.terminal("--resume", **options) as terminal:
        resumed(terminal, shown)


def resumed(terminal, shown):
    """Waits for the screen of before; without one, for the first."""
    terminal.until(lambda: picture(terminal) == shown if shown is not None else WHERE.search(terminal.screen.display[0]))


def test_a_class_sees_what_its_teacher_sees_and_comes_back_from_elsewhere(server, tmp_path):
    path = tmp_path / "r.nnrec"
    with server.terminal("two-by-two", "--at", "1:1:delta:1:2", "--record", path, "--no-history", size=(120, 40)) as teacher:
        teacher.shows("step 14/22")
        sizes = ((80, 24), (60, 20))
        with (
            server.terminal(path, "--follow", "--no-history", size=sizes[0]) as one,
            server.terminal(path, "--follow", "--no-history", size=sizes[1]) as two,
        ):
            for student in (one, two):
                student.shows("live")
            teacher.press("i")
            for student in (one, two):
                student.shows("made at 1:1:delta:1:2")
            one.press("v")
            one.shows("away · teacher: inspecting δ₂¹")
            teacher.press("\x1b[A")
            for student in (one, two):
                student.shows("inspecting δ₁¹" if student is one else "made at 1:1:delta:1:1")
            one.press("\x7f")
            one.until(lambda: "away" not in one.text() and "live" in one.text())
            teacher.press("id")
            for student in (one, two):
                student.until(lambda student=student: "│›▸  1" in student.text())


# --- following


def test_followers_see_every_step_and_the_writer_notices_nothing(server, tmp_path):
    """How long after the writer's key both of them show the step is printed: they look every 0.15 s."""
    keys = ["right"] * 12 + ["left"] * 3 + ["right"]
    alone = run_of_a_writer(server, tmp_path / "alone.nnrec", keys)
    path, late = tmp_path / "r.nnrec", []

    def seen(step, pressed):
        for follower in followers:
            follower.until(lambda: f"step {step}/17" in follower.screen.display[0], SOON)  # noqa: B023
        late.append(time.monotonic() - pressed)

    with server.terminal("xor", "--record", path, "--no-history", size=(100, 30)) as writer:
        writer.shows("step 1/17")
        followers = [server.terminal(path, "--follow", "--no-history", size=size) for size in ((80, 24), (120, 40))]
        with followers[0], followers[1]:
            for follower in followers:
                follower.shows("live")
            watched = typed(writer, keys, seen)
    print(f"a follower is {statistics.median(late):.2f} s behind, {max(late):.2f} s at most")
    assert watched == alone, "the same bytes down the writer's line, and the same lines in the file"


def run_of_a_writer(server, path, keys):
    with server.terminal("xor", "--record", path, "--no-history", size=(100, 30)) as writer:
        writer.shows("step 1/17")
        return typed(writer, keys, lambda step, pressed: None)


def typed(writer, keys, seen):
    """Types one key after the other, then q; what was painted since the first key, and what was recorded but for the times."""
    while writer.read(0.5):
        pass
    step, before = 1, len(writer.sent)
    for key in keys:
        step += 1 if key == "right" else -1
        pressed = time.monotonic()
        writer.press(key)
        writer.shows(f"step {step}/17")
        seen(step, pressed)
    writer.press("q")
    assert writer.ended() == 0
    while writer.read():
        pass
    path = Path(writer.arguments[2])
    painted = writer.sent[before:].partition(b"\x1b[?1049l")[0]
    return painted, [line.partition(b'"step"')[2] for line in path.read_bytes().splitlines()[1:]]


# --- the mouse


@pytest.mark.parametrize(("options", "asked"), [(["--no-mouse"], False), ([], True)])
def test_without_the_mouse_the_terminal_is_asked_for_no_mouse_reports(server, options, asked):
    with server.terminal("xor", *options) as terminal:
        terminal.shows("q quit")
        terminal.press("right")
        terminal.shows("step 2/17")
        assert bool(terminal.modes & {1000, 1002, 1003, 1006, 1015}) == asked
        terminal.press("q")
        assert terminal.ended() == 0
        assert any(b"\x1b[?%dh" % mode in terminal.sent for mode in (1000, 1002, 1003, 1006, 1015)) == asked
