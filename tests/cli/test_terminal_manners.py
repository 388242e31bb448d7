"""In a real terminal: Ctrl+Z where nothing stops the process, and no colour where none is wished."""

import re
import sys

from tests.terminal import NNTUI, Terminal

COLOUR = re.compile(rb"[34]8;5;(\d+)|[34]8;2;(\d+);(\d+);(\d+)|\x1b\[(?:\d+;)*(?:3|4|9|10)([1-6])[;m]")


def colours(sent):
    """What is neither black, white nor grey of the colours that were sent."""
    found = set()
    for index, red, green, blue, named in COLOUR.findall(sent):
        if named:
            found.add(named)
        elif index:
            number = int(index)
            grey = number in (0, 7, 8, 15, 16, 59, 102, 145, 188, 231) or number >= 232
            found |= set() if grey else {number}
        elif not red == green == blue:
            found.add((red, green, blue))
    return found


def test_without_colour_nothing_but_grey_is_sent_and_all_is_readable(server):
    with Terminal("xor", NO_COLOR="1", size=(80, 24)) as terminal:
        terminal.shows("q quit")
        terminal.step("right", "2")
        assert "−0.2000" in terminal.text()
        assert colours(terminal.sent) == set()
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()
    with server.terminal("xor", size=(80, 24)) as terminal:
        terminal.shows("q quit")
        assert colours(terminal.sent)


JOB_SHELL = """
import os, signal, subprocess, sys, termios

def in_front():
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)

signal.signal(signal.SIGTTOU, signal.SIG_IGN)
found = termios.tcgetattr(0)
child = subprocess.Popen(sys.argv[1:], preexec_fn=in_front)
_, status = os.waitpid(child.pid, os.WUNTRACED)
os.tcsetpgrp(0, os.getpgrp())
print("stopped" if os.WIFSTOPPED(status) else "ended", "as found" if termios.tcgetattr(0) == found else "changed", flush=True)
input()
os.tcsetpgrp(0, child.pid)
os.killpg(child.pid, signal.SIGCONT)
sys.exit(child.wait())
"""
"""What a shell does with a job: it is in front, is stopped, and is continued by a line."""


def test_where_a_shell_controls_jobs_it_stops_with_the_terminal_in_order_and_fg_paints_the_same_screen():
    with Terminal(*NNTUI, "xor", size=(80, 24), program=(sys.executable, "-c", JOB_SHELL)) as terminal:
        terminal.shows("q quit")
        terminal.step("right", "2")
        before, seen = terminal.text(), len(terminal.sent)
        terminal.press("\x1a")
        terminal.until(lambda: b"as found" in terminal.sent[seen:] or b"changed" in terminal.sent[seen:])
        left = terminal.sent[seen:]
        assert b"stopped as found" in left
        assert b"\x1b[?1049h" not in left
        for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l"):
            assert left.index(mode) < left.index(b"stopped")
        seen = len(terminal.sent)
        terminal.press("\r")
        terminal.until(lambda: b"\x1b[?1049h" in terminal.sent[seen:] and terminal.text() == before)
        terminal.step("right", "3")
        terminal.press("q")
        assert terminal.ended() == 0


def test_after_ctrl_z_that_stops_nothing_the_screen_is_there_again(server):
    """A session leader of its own cannot be stopped from its terminal."""
    with server.terminal("xor", size=(80, 24)) as terminal:
        terminal.shows("q quit")
        before = len(terminal.sent)
        terminal.press("\x1a")
        terminal.until(lambda: b"\x1b[?1049h" in terminal.sent[before:])
        left = terminal.sent[before:]
        assert left.index(b"\x1b[?1049l") < left.index(b"\x1b[?1049h")
        terminal.step("right", "2")
        assert "layer 1" in terminal.text()
        terminal.press("q")
        assert terminal.ended() == 0
