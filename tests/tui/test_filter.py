"""The last door: nothing that a widget paints moves the cursor, rings, sets a title or becomes a link."""

import asyncio

import pytest
from rich.cells import cell_len
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Label, OptionList, Static

from nntui.tui.terminal.control_filter import ControlFilter, install

BLACK = Color(0, 0, 0)
WRONG = [chr(c) for c in (*range(32), *range(0x7F, 0xA0), 0x200B, 0x200E, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xD800)]


def passed(*segments):
    return ControlFilter().apply(list(segments), BLACK)


@pytest.mark.parametrize("character", WRONG, ids=lambda c: f"U+{ord(c):04X}")
def test_no_control_character_passes(character):
    (segment,) = passed(Segment(f"a{character}b", Style(bold=True)))
    assert character not in segment.text
    assert segment.text.startswith("a")
    assert segment.text.endswith("b")
    assert segment.style == Style(bold=True)
    assert segment.text.encode()


def test_the_cells_stay_where_they_are():
    for character in WRONG[:-1]:
        text = f"δ{character}界"
        (segment,) = passed(Segment(text))
        assert cell_len(segment.text) == cell_len(text)


def test_what_is_harmless_is_the_same_list():
    segments = [Segment("δ₂¹ ≈ 0.0100 界 é ▸ e\u0301 \u00a0"), Segment(" ", Style(color="red"))]
    assert ControlFilter().apply(segments, BLACK) is segments


def test_links_and_control_segments_do_not_pass():
    link, move = Segment("x", Style(link="file:///etc/passwd", bold=True)), Control.home().segment
    (segment,) = passed(move, link)
    assert (segment.text, segment.style.link, segment.style.bold) == ("x", None, True)


ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\x08x"


class Raw(Widget):
    """Paints by the Line API, as the canvas does."""

    def render_line(self, y):
        return Strip([Segment(ESCAPES)])


class Hostile(App):
    def __init__(self):
        super().__init__()
        install(self)

    def compose(self):
        yield Raw()
        yield Static(Text(ESCAPES))
        yield Label(ESCAPES, markup=False)
        yield OptionList(Text(ESCAPES))

    CSS = "Raw, Static, Label, OptionList { height: 3; }"


def test_every_widget_of_an_app_passes_the_filter():
    """Fails where Textual paints something that its filters have not seen."""

    async def story():
        app = Hostile()
        async with app.run_test(size=(60, 20)) as pilot:
            await pilot.pause()
            painted = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
            texts = "".join(segment.text for segment in painted)
            assert texts.count("x") >= 4
            assert not set(texts) & set(WRONG)
            app.notify(ESCAPES, title=ESCAPES, markup=False)
            app.screen.sub_title = ESCAPES
            await pilot.pause()
            painted = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
            assert not set("".join(segment.text for segment in painted)) & set(WRONG)
            assert not any(segment.control for segment in painted)

    asyncio.run(story())


def test_textual_still_has_what_the_filter_hangs_on():
    app = Hostile()
    assert isinstance(app._filters, list)
    assert isinstance(app.get_line_filters()[-1], ControlFilter)
    assert issubclass(ControlFilter, LineFilter)
