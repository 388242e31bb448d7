"""Closing a screen that lies on top, once, however often the key came."""

from textual.screen import Screen


def close(screen: Screen[None]) -> bool:
    """Closes a screen if it is still the one on top, so that a burst of keys closes nothing below; whether it was."""
    if not screen.is_current:
        return False
    screen.dismiss()
    return True
