"""The first screen of an app in place of Textual's empty one, which would be laid out and styled for nothing."""

from typing import Any

from textual.screen import Screen


def as_pushed(screen: Screen[Any]) -> Screen[Any]:
    """The screen as one that another may take the place of: Textual 8.2 switches only from a screen that was pushed."""
    screen._push_result_callback(screen, None)  # noqa: SLF001  Textual has no other way
    return screen
