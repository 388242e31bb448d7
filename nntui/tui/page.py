"""A page of text over the lesson, which scrolls: a gradient check, a sheet that was checked."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class Page(ModalScreen[None]):
    """A title and a text; any key that closes other things closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,k", "dismiss", "Close", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]
    DEFAULT_CSS = """
    Page { align: center middle; background: $background; }
    Page > VerticalScroll {
        width: 100; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        border: round $accent; background: $background; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """The text in a box."""
        box = VerticalScroll(Static(self._text))
        box.border_title = Content(self._title)
        box.border_subtitle = "↑↓ scroll · Esc close"
        yield box
