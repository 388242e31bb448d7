"""Lists of options that have no lines: before they are laid out, and where the window leaves them no room."""

import pytest
from textual import events
from textual.widgets import OptionList

from nntui.files.library import load
from nntui.tui.screens.picker import Picker
from nntui.tui.terminal.options import has_pages
from nntui.tui.terminal.palette import Palette
from tests.tui.driven_app import run_story

MOVES = ("pagedown", "pageup", "down", "up", "end", "home")


def options_of(w):
    return w.app.screen.query_one(OptionList)


def test_where_the_picker_has_no_room_keys_still_move_the_mark():
    async def story(w):
        assert isinstance(w.app.screen, Picker)
        assert not has_pages(options_of(w))
        first = options_of(w).highlighted
        await w.press("pagedown", "pagedown", "pageup")
        assert options_of(w).highlighted == first
        await w.press("down", "pagedown", "pageup")
        assert options_of(w).highlighted > first
        await w.press(*MOVES)
        await w.resize(80, 24)
        await w.until(lambda: has_pages(options_of(w)))
        await w.press("home", "pagedown")
        assert options_of(w).highlighted > first + 1

    run_story(story, size=(80, 3))


def test_where_the_palette_has_no_room_keys_still_move_the_mark():
    async def story(w):
        await w.press("ctrl+p")
        assert isinstance(w.app.screen, Palette)
        await w.until(lambda: options_of(w).option_count > 2)
        await w.press("down")
        assert not has_pages(options_of(w))
        first = options_of(w).highlighted
        await w.press("pagedown", "pageup")
        assert options_of(w).highlighted == first
        await w.press("down", *MOVES)
        assert w.app.is_running

    run_story(story, load("two-by-two"), size=(80, 2))


def test_a_page_up_ends_at_the_first_option_not_at_its_heading():
    async def story(w):
        first = options_of(w).highlighted
        assert options_of(w).get_option_at_index(first - 1).disabled
        await w.press("down", "pageup", "pageup")
        assert options_of(w).highlighted == first

    run_story(story)


@pytest.mark.sweep
@pytest.mark.parametrize("key", MOVES)
def test_a_key_that_comes_before_the_picker_has_a_list_moves_nothing(key):
    async def story(w):
        w.app.action_scenarios()
        assert isinstance(w.app.screen, Picker)
        assert not w.app.screen.query(OptionList)
        await w.app.on_event(events.Key(key, None))
        await w.settled()
        await w.until(lambda: w.app.screen.marked)

    run_story(story, load("two-by-two"))
