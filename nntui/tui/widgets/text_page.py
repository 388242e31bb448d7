"""A page of text over the lesson, which scrolls: the help, a gradient check, a sheet that was checked."""

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
        Binding("escape,enter,space,k,question_mark", "dismiss", "Close", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]
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
        box.border_subtitle = "↑↓ scroll · Esc close"
        yield box
