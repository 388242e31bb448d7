"""Fewer bytes by private classes of Textual: should those change, these tests say so loudly."""

import inspect
import random

import pytest
import textual
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor
from textual.screen import Screen
from textual.strip import Strip

from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.terminal.narrow_updates import NarrowCompositor, NarrowUpdate, narrow


def test_textual_is_the_version_this_is_written_for():
    assert textual.__version__.startswith("8.")


def test_the_private_classes_have_what_is_used():
    assert list(inspect.signature(ChopsUpdate.__init__).parameters) == ["self", "chops", "spans", "chop_ends"]
    assert "console" in inspect.signature(ChopsUpdate.render_segments).parameters
    assert list(inspect.signature(Compositor.render_partial_update).parameters) == ["self"]
    assert issubclass(NarrowUpdate, ChopsUpdate)
    assert issubclass(NarrowCompositor, Compositor)


def test_a_screen_keeps_its_compositor_where_the_lesson_puts_ours():
    screen = Screen()
    assert type(screen._compositor) is Compositor
    narrow(screen)
    assert type(screen._compositor) is NarrowCompositor
    assert "narrow(self)" in inspect.getsource(LessonScreen)


def test_only_the_changed_cells_are_sent():
    strip = Strip([Segment("abc", Style.parse("red")), Segment("defgh", Style.parse("bold red"))])
    update = NarrowUpdate([{0: strip}], [(0, 2, 5)], [[8]])
    console = Console(color_system="256", force_terminal=True)
    assert update.render_segments(console) == "\x1b[1;3H\x1b[31mc\x1b[1mde\x1b[0m"


TEXTS = st.text("ab é∂δ界\u0301", max_size=4)


@given(st.lists(TEXTS, max_size=5), st.integers(0, 12), st.integers(0, 12))
def test_a_part_of_a_line_is_the_one_that_textual_cuts_out(texts, start, length):
    strip = Strip([Segment(text, Style(bold=n % 2 == 0)) for n, text in enumerate(texts)])
    end = min(start + length, strip.cell_length)
    console = Console(color_system="256", force_terminal=True)
    cut = NarrowUpdate([{0: strip.crop(start, end)}], [(0, 0, max(end - start, 0))], [[end - start]])
    part = NarrowUpdate([{0: strip}], [(0, start, end)], [[strip.cell_length]])
    assert part.render_segments(console).removeprefix(f"\x1b[1;{start + 1}H") == cut.render_segments(console).removeprefix(
        "\x1b[1;1H"
    )


def looks(terminal):
    """Every cell as it is seen: of a blank only its ground and its line."""
    cells = []
    for y in range(terminal.screen.lines):
        for x in range(terminal.screen.columns):
            cell = terminal.screen.buffer[y][x]
            ink = (cell.data, cell.fg, cell.bold) if cell.data.strip() else ()
            cells.append((ink, cell.bg, cell.underscore, cell.reverse))
    return cells


@pytest.mark.sweep
@pytest.mark.parametrize(("size", "term"), [((80, 24), "xterm-256color"), ((120, 40), "linux")])
def test_many_narrow_updates_paint_what_one_whole_repaint_does(server, size, term):
    with server.terminal("two-by-two", size=size, TERM=term) as terminal:
        terminal.shows("step 1/22")
        keys = random.Random(7).choices(["right", "right", "left", "pgdn", "1", "2", "3"], k=40)
        for key in keys:
            terminal.press(key)
            while terminal.read():
                pass
        terminal.press("home", "1", "right", "right", "right")
        terminal.shows("step 4/22")
        terminal.until(lambda: terminal.read(0.1) == 0)
        narrow = looks(terminal)
        terminal.resize(size[0] - 1, size[1])
        terminal.until(lambda: terminal.read(0.1) == 0 and "quit" in terminal.text())
        assert looks(terminal) != narrow
        terminal.resize(*size)
        terminal.until(lambda: looks(terminal) == narrow)
