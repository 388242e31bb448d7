"""`safe`: no text of a file moves the cursor, turns the writing round, or hides."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.text.safe import quoted, safe

HIDDEN = {
    "C0": "\x00\x07\x08\x1b\x1f\r\t",
    "DEL": "\x7f",
    "C1": "\x80\x85\x9b\x9d\x9f",
    "bidi": "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u200e\u200f",
    "zero width": "\u200b\u200c\u200d\u2060\u00ad\u2061\u034f",
    "fillers": "\u115f\u1160\u3164\uffa0\u17b4\u180e",
    "line separators": "\u2028\u2029",
    "surrogates": "\ud800\udfff",
    "BOM": "\ufeff",
    "tags": "\U000e0001\U000e0041",
    "noncharacters": "\ufffe\uffff\ufdd0\U0001ffff",
    "newline": "\n",
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_hidden_characters_are_replaced(kind):
    assert safe(HIDDEN[kind]) == "\ufffd" * len(HIDDEN[kind])


def test_letters_of_the_world_stay():
    text = "η = ½, naïve, 日本語, עברית, हिन्दी, Việt, 😀, 👍🏽, ✔️, [bold]"
    assert safe(text) == text


def test_newlines_stay_where_they_may():
    assert safe("a\nb\r", newline=True) == "a\nb\ufffd"


def test_a_tower_of_marks_is_cut_down():
    assert safe("a" + "\u0301" * 6 + "b") == "a" + "\u0301" * 4 + "\ufffd" * 2 + "b"


def test_what_is_too_long_is_cut():
    assert safe("x" * 11, 10) == "x" * 9 + "…"
    assert safe("x" * 10, 10) == "x" * 10
    assert quoted("it\n" * 30, 8) == "'it�it�i…'"


@given(st.text(st.characters(codec=None)), st.integers(1, 50))
def test_whatever_it_was(text, most):
    shown = safe(text, most)
    assert len(shown) <= most
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown)
    assert safe(shown, most) == shown
    shown.encode()
