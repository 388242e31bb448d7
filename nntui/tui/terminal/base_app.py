"""Where the app differs from one of Textual: in its first screen, and in how a fault of nntui itself ends it."""

from typing import Any

from textual.app import App
from textual.screen import Screen


class AppWithFaults(App[None]):
    """Keeps the fault that ended it, for the command line to tell in one line; no traceback is on the screen."""

    fault: Exception | None = None

    def _handle_exception(self, error: Exception) -> None:
        if self.is_headless:
            super()._handle_exception(error)  # a test wants to see it
        elif self.fault is None:
            self.fault = error
            self.exit(return_code=1)


def as_pushed(screen: Screen[Any]) -> Screen[Any]:
    """The screen as the first one, in place of Textual's empty one, which would be laid out and styled for nothing.

    Another may take its place: Textual 8.2 switches only from a screen that was pushed.
    """
    screen._push_result_callback(screen, None)  # noqa: SLF001  Textual has no other way
    return screen
