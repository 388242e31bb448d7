"""Keys of a user's own in what is written: the help, the foot of a tool, and pages that scroll."""

import pytest

from nntui.files.library import load
from nntui.files.settings import PRESETS
from nntui.tui.lesson.footer import hints
from nntui.tui.lesson.here import lesson_keys
from nntui.tui.screens.help import Help
from nntui.tui.widgets.keymap import Keymap
from nntui.tui.widgets.text_page import Page
from tests.session.fake_window import FakeLesson
from tests.tui.driven_app import run_story
from tests.tui.test_settings import with_settings

VIM = PRESETS["vim"]


@pytest.mark.parametrize(
    ("shown", "written"),
    [("→ ←", "l h"), ("←→↑↓", "hlkj"), ("↑ ↓", "k j"), ("l", "L"), ("k", "K"), ("Esc", "Esc"), ("1 2 3", "1 2 3"), ("D", "D")],
)
def test_keys_are_written_as_the_user_has_them(shown, written):
    assert Keymap(VIM).written(shown) == written
    assert Keymap().written(shown) == shown


def test_a_key_with_a_long_name_stands_apart():
    assert Keymap({"up": ("ctrl+n",), "down": ("j",)}).written("↑↓") == "ctrl+n j"


def test_here_in_the_help_and_the_foot_of_a_tool_have_them():
    lesson = FakeLesson(load("xor"), step=3)
    lesson.do("learned")
    page = Help(lesson_keys(lesson.navigator, lesson.workspace), keymap=Keymap(VIM))
    shown = {key for key, _ in page._here.rows}
    assert any("L" in key.split() for key in shown)
    assert not any("l" in key.split() for key in shown if "h" not in key)
    assert "L" in {hint.key for hint in hints(lesson.navigator, lesson.workspace, Keymap(VIM))}


def test_a_page_scrolls_by_them():
    async def story(w):
        await w.press("question_mark")
        await w.until(lambda: isinstance(w.app.screen, Page))
        box = w.app.screen.query_one("VerticalScroll")
        await w.press(*"jjj")
        await w.until(lambda: box.scroll_y == 3)
        await w.press("k")
        await w.until(lambda: box.scroll_y == 2)

    run_story(story, load("two-by-two"), session=with_settings(keys=VIM), size=(80, 24))
