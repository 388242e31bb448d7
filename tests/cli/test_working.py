"""A long command says on a terminal, and only there, that it works."""

import io
import threading

import pytest

from nntui.commands.working import Working


class Terminal(io.StringIO):
    """A stream that is a terminal and tells when something was written."""

    encoding = "utf-8"

    def __init__(self, terminal=True):
        super().__init__()
        self.terminal = terminal
        self.told = threading.Event()

    def isatty(self):
        return self.terminal

    def write(self, text):
        size = super().write(text)
        self.told.set()
        return size


def test_it_says_what_it_does_and_is_gone_afterwards():
    stream = Terminal()
    with Working("checking\x1b[2J xor", stream, after=0.0) as working:
        working.done = 0.25
        assert stream.told.wait(60)
    line, cleared = stream.getvalue().split("\r")[1], stream.getvalue().split("\r")[-2]
    assert line.startswith("nntui: checking\ufffd[2J xor …")
    assert cleared == " " * len(cleared)
    assert len(cleared) >= len(line)
    assert stream.getvalue().endswith("\r")


def test_nothing_where_there_is_no_terminal():
    stream = Terminal(terminal=False)
    with Working("checking xor", stream, after=0.0):
        pass
    assert stream.getvalue() == ""


def test_what_is_quick_says_nothing():
    stream = Terminal()
    with Working("checking xor", stream, after=3600.0):
        pass
    assert stream.getvalue() == ""


def test_an_error_goes_through_and_the_line_is_gone():
    stream = Terminal()

    def fail():
        with Working("checking xor", stream, after=0.0):
            assert stream.told.wait(60)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert stream.getvalue().endswith("\r")
