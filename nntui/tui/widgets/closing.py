"""Closing a screen that lies on top, once, however often the key came, and what becomes of the keys behind it."""

from typing import Protocol, runtime_checkable

from textual import events
from textual.screen import Screen

from nntui.files.settings import ARROWS
from nntui.tui.terminal.reader import Typed
from nntui.tui.widgets.keymap import Keymap


@runtime_checkable
class HasKeymap(Protocol):
    """An app with the keys of its user."""

    keymap: Keymap


def close(screen: Screen[None]) -> bool:
    """Closes a screen if it is still the one on top, so that a burst of keys closes nothing below; whether it was."""
    if not screen.is_current:
        return False
    screen.dismiss()
    return True


def hand_on(screen: Screen[None], event: events.Key) -> bool:
    """Gives a key that came while a screen is closing to the screen below, so that none is lost; whether it was one."""
    if screen.is_current:
        return False
    event.stop()
    event.prevent_default()
    screen.app.post_message(Typed(((event.key, event.character),)))
    return True


def arrow_of(screen: Screen[None], key: str) -> str:
    """The arrow for which the user has another key, such as j for down; empty for any other key."""
    meant = keymap_of(screen).meant(key)
    return next((arrow for arrow in ARROWS if arrow in meant and arrow != key), "")


def keymap_of(screen: Screen[None]) -> Keymap:
    """The keys of the user."""
    return screen.app.keymap if isinstance(screen.app, HasKeymap) else Keymap()
