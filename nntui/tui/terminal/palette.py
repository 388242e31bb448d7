"""The palette: every action of the key table by name, run once however often Enter came."""

from typing import Any

from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette
from textual.widgets import Button, Input

from nntui.tui.terminal.options import has_pages


class Palette(CommandPalette):
    """Textual's palette would close what lies below it, and run the command again, at a second Enter of a burst."""

    def _select_or_command(self, event: Input.Submitted | Button.Pressed | None = None) -> None:
        if self.is_current:
            super()._select_or_command(event)
        elif event is not None:
            event.stop()

    def _action_command_list(self, action: str) -> None:
        if action not in ("page_up", "page_down") or has_pages(self.query_one(CommandList)):
            super()._action_command_list(action)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Closes it if it is on top."""
        return super().dismiss(result) if self.is_current else AwaitComplete.nothing()  # type: ignore[no-untyped-call]
