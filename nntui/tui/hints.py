"""The line at the foot: the keys that matter here."""

from nntui.draw.screen import KeyHint
from nntui.tui.keys import KEYS
from nntui.tui.walk import Walk


def hints(walk: Walk) -> list[KeyHint]:
    """Those of the table of keys that have words for the foot."""
    stand = walk.stand
    entries = {key.action: KeyHint(key.shown, key.footer, key.action) for key in KEYS if key.footer}
    entries["forward"] = KeyHint("←→", "step", "forward")
    if stand.playing:
        pause = "pause" if stand.grain == "stop" else f"pause, {stand.speed:g}/s"
        entries["play"] = KeyHint("space", pause, "play")
    first, *rest = entries.values()
    notes = [KeyHint("n", "notes", "note(1)")] if walk.has_notes else []
    grains = "1-6" if walk.lesson is not None else "1-5"
    return [first, KeyHint(grains, f"grain: {stand.grain}", "next_grain"), *rest[:2], *notes, *rest[2:]]
