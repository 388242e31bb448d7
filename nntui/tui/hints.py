"""The line at the foot: what is under way or was said, else the keys."""

from nntui.draw.screen import KeyHint
from nntui.tui.keys import KEYS
from nntui.tui.stand import Stand


def hints(stand: Stand, progress: str, message: str, tour: bool) -> list[KeyHint]:
    """Progress before messages before keys; the keys are those of the table that have words for the foot."""
    if progress:
        return [KeyHint("…", progress, "")]
    if message:
        return [KeyHint("▍", message, "")]
    entries = {key.action: KeyHint(key.shown, key.footer, key.action) for key in KEYS if key.footer}
    entries["forward"] = KeyHint("←→", "step", "forward")
    if stand.playing:
        entries["play"] = KeyHint("space", f"pause, {stand.speed:g}/s", "play")
    first, *rest = entries.values()
    notes = [KeyHint("n", "notes", "note(1)")] if tour else []
    return [first, KeyHint("1-5", f"grain: {stand.grain}", "next_grain"), *rest[:2], *notes, *rest[2:]]
