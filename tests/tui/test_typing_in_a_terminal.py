"""Over a real pty: predictions typed at the keyboard, and numbers inspected one after the other."""

import pytest

from tests.terminal import KEYS

TAB, BACKSPACE, UP = "\t", "\x7f", "\x1b[A"


@pytest.mark.sweep
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_predictions_are_typed(server, size):
    with server.terminal("two-by-two", "--no-history", size=size) as terminal:
        terminal.shows("step 1/22")
        terminal.press("p")
        terminal.shows("z₁¹ = ?")
        terminal.press("0.0275", "enter")
        terminal.shows("without the bias")
        assert "0.3775" not in terminal.text()
        terminal.press("\x15", "x", "enter")
        terminal.shows("is no number")
        terminal.press("\x15", "0.3775", "enter")
        terminal.shows("Right. 0 of 1 right: z 0/1")
        terminal.shows("step 2/22")
        terminal.press("P")
        terminal.shows("predict at every")
        terminal.press("c", "enter")
        terminal.shows("→ asks for what comes next")
        terminal.press("5", "right")
        terminal.shows("C = ?")
        terminal.shows("step 9/22")
        terminal.press("?", "?", "?")
        terminal.shows("It is 0.2984.")
        terminal.press("p")
        terminal.shows("δ₁² = ?")
        terminal.press("esc")
        terminal.hides("δ₁² = ?")
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()


def test_numbers_are_inspected_one_after_the_other(server):
    with server.terminal("xor", "--at", "2:1:delta:1:2", "--no-history", size=(80, 24)) as terminal:
        terminal.shows("step 11/17")
        terminal.press("enter")
        terminal.shows("╭─ δ₂¹ ")
        terminal.press("left")
        terminal.shows("╭─ σ′(z₂¹) ")
        terminal.press("left")
        terminal.shows("╭─ a₂¹ ")
        terminal.press("enter")
        terminal.shows("step 5/17")
        terminal.press(TAB)
        terminal.shows("to the term")
        terminal.press("enter")
        terminal.shows("╭─ z₂¹ ")
        terminal.press(BACKSPACE)
        terminal.shows("╭─ a₂¹ ")
        terminal.press(BACKSPACE)
        terminal.shows("step 11/17")
        terminal.press(UP)
        terminal.shows("╭─ a₁¹ ")
        terminal.press(KEYS["esc"])
        terminal.shows("? help")
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()
