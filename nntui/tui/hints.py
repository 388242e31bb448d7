"""The line at the foot: the keys that matter here."""

from nntui.draw.screen import KeyHint
from nntui.tui.desk import Desk
from nntui.tui.keys import KEYS
from nntui.tui.walk import Walk

_INSPECT = (("←→↑↓", "numbers", ""), ("Tab", "terms", "inspected('tab')"), ("Bksp", "back", "inspected('backspace')"))


def hints(walk: Walk, desk: Desk) -> list[KeyHint]:
    """Those of the table of keys that have words for the foot; while a number is inspected, those for that."""
    if desk.inspector is not None:
        go = "to the term" if desk.inspector.term is not None else "where it is made"
        last = (("Enter", go, "inspected('enter')"), ("Esc", "closes", "inspected('escape')"))
        return [KeyHint(key, words, action) for key, words, action in (*_INSPECT, *last)]
    stand = walk.stand
    entries = {key.action: KeyHint(key.shown, key.footer, key.action) for key in KEYS if key.footer}
    entries["forward"] = KeyHint("←→", "step", "forward")
    if stand.playing:
        pause = "pause" if stand.grain == "stop" else f"pause, {stand.speed:g}/s"
        entries["play"] = KeyHint("space", pause, "play")
    first, *rest = entries.values()
    notes = [KeyHint("n", "notes", "note(1)")] if walk.has_notes else []
    if stand.step + 1 in walk.questions:
        notes = [KeyHint("p", "a question", "predict")]
    grains = "1-6" if walk.lesson is not None else "1-5"
    return [first, KeyHint(grains, f"grain: {stand.grain}", "next_grain"), *rest[:2], *notes, *rest[2:]]
