"""A page of text over the lesson that is no part of it, which scrolls: the help."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from nntui.session.pages.manners import CLOSING, FOOT
from nntui.tui.widgets.closing import arrow_of, close, hand_on
from nntui.tui.widgets.keys import key_name

_SCROLLING = ("up", "down", "pageup", "pagedown", "home", "end", "left", "right")


class Page(ModalScreen[None]):
    """A title and a text; any key that closes other things closes it."""

    FOOT: ClassVar[str] = FOOT

    DEFAULT_CSS = """
    Page { align: center middle; background: $background; }
    Page > VerticalScroll {
        max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        border: round $accent; background: $background; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, title: str, *parts: Content, width: int = 100) -> None:
        """parts: one under the other. width: cells, where the window has as many."""
        super().__init__()
        self._title, self._parts, self._width = title, parts, width

    def compose(self) -> ComposeResult:
        """The text in a box."""
        box = VerticalScroll(*map(Static, self._parts))
        box.styles.width = self._width
        box.border_title = Content(self._title)
        box.border_subtitle = self.FOOT
        yield box

    def on_key(self, event: events.Key) -> None:
        """A key that closes it, or means nothing here and says so."""
        if hand_on(self, event):
            return
        arrow = arrow_of(self, event.key)
        if arrow:
            event.stop()
            box = self.query_one(VerticalScroll)
            (box.scroll_down if arrow == "down" else box.scroll_up)(animate=False, immediate=True)
            return
        if event.key in CLOSING:
            event.stop()
            close(self)
            return
        known = event.key in self.active_bindings or event.key in _SCROLLING
        self.say(self.FOOT if known else f"{key_name(event.key, event.character)} does nothing here · Esc closes")

    def say(self, words: str) -> None:
        """Says something at the foot of the page."""
        self.query_one(VerticalScroll).border_subtitle = Content(words)
