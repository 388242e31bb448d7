"""Keys that arrive together are one message: none is lost, in their order, and a flood is cheap."""

import string

from nntui.files.library import load
from nntui.tui.app import MOST_TYPED
from nntui.tui.screens.help import Help
from nntui.tui.screens.picker import Picker
from nntui.tui.terminal.presses import presses
from nntui.tui.terminal.reader import Typed
from nntui.tui.widgets.keys import ACTIONS
from nntui.tui.widgets.prompt import Prompt
from tests.tui.driven_app import run_story

UNBOUND = next(letter for letter in string.ascii_letters if letter not in ACTIONS)
SEQUENCES = {"→": "\x1b[C", "⏎": "\r"}


def typed(text):
    """The message that a driver makes of keys that come at once."""
    return Typed(tuple(press for character in text for press in presses(SEQUENCES.get(character, character))))


async def come(driven, text):
    """Keys come down the line together."""
    driven.app._driver.send_message(typed(text))
    await driven.settled()


def test_a_step_before_an_address_and_a_step_behind_it():
    async def story(driven):
        await come(driven, "→→g1:1:delta:1:2⏎→")
        step = driven.timeline.course.step(driven.timeline.course.address(driven.position.step))
        await come(driven, "g1:1:delta:1:2⏎")
        assert driven.address == "1:1:delta:1:2"
        assert step == driven.position.step + 1

    run_story(story, load("two-by-two"))


def test_a_flood_of_text_fills_the_line_no_further_than_it_is_long():
    async def story(driven):
        await come(driven, "g" + "1" * 4096)
        line = driven.lesson.query_one(Prompt)
        assert set(line.value) == {"1"}
        assert len(line.value) < 200

    run_story(story, load("two-by-two"))


def test_keys_that_mean_nothing_change_nothing_but_the_words_at_the_foot():
    async def story(driven):
        before = driven.text().splitlines()
        await come(driven, UNBOUND * 4096)
        *picture, foot = driven.text().splitlines()
        assert picture == before[:-1]
        assert f"{UNBOUND} does nothing here" in foot
        await come(driven, UNBOUND * 100 + "→" + UNBOUND * 100)
        assert driven.position.step == 1

    run_story(story, load("two-by-two"))


def test_a_page_that_a_key_opens_gets_the_keys_behind_it():
    async def story(driven):
        await come(driven, "→?")
        assert isinstance(driven.app.screen, Help)
        await come(driven, "?")
        await come(driven, "→")
        assert driven.position.step == 2
        await come(driven, "→?" + UNBOUND * 300 + "?→")
        assert isinstance(driven.app.screen, Help)  # more keys than anybody types: those behind the flood are lost
        await come(driven, "?")
        assert driven.position.step == 3

    run_story(story, load("two-by-two"))


def test_letters_that_come_together_search_in_the_picker():
    async def story(driven):
        assert isinstance(driven.app.screen, Picker)
        await come(driven, "xor")
        await driven.until(lambda: "xor" in driven.text())
        await come(driven, "⏎")
        await driven.until(lambda: not isinstance(driven.app.screen, Picker))
        assert driven.timeline.scenario.title == load("xor").title

    run_story(story)


def test_ctrl_c_within_a_flood_ends_the_app():
    async def story(driven):
        driven.app._driver.send_message(typed(UNBOUND * MOST_TYPED + "\x03"))
        await driven.until(lambda: driven.app._exit)

    run_story(story, load("xor"))
