"""What a kind of page is: its text, which is a function of its state, and its own keys."""

from collections.abc import Callable, Sequence

from nntui.explain.notation.symbols import Notation
from nntui.lesson.display_state import OpenPage
from nntui.session.navigator import Navigator
from nntui.values import dataclass

Sheets = Sequence[tuple[str, ...]]
"""Marked sheets: of each its head, and a text for each slip."""


@dataclass(frozen=True, slots=True, eq=False)
class PageSource:
    """What a page is made of besides its state. sheets: those that were marked last, where they are in this session."""

    navigator: Navigator
    notation: Notation
    sheets: Sheets = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says. width: columns of its box, where the window has as many."""

    title: str
    text: str
    width: int = 100


def no_key(key: str, page: OpenPage, source: PageSource) -> OpenPage | str | None:
    """A page without keys of its own."""
    return None


@dataclass(frozen=True, slots=True)
class PageCard:
    """A kind of page.

    doing: what the writer of a lesson does who has it open, in a few words. text: made once for each state; how far it is
    scrolled is no part of that. pressed: the page after a key, by Textual's name of it; None where it is none of its keys,
    and a sentence where it is, but leads nowhere.
    """

    doing: str
    text: Callable[[OpenPage, PageSource], PageText]
    pressed: Callable[[str, OpenPage, PageSource], OpenPage | str | None] = no_key
