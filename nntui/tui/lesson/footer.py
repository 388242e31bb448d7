"""The line at the foot: the keys that matter here."""

from nntui.draw.screen import KeyHint
from nntui.session.navigator import Navigator
from nntui.session.tools.workspace import Workspace
from nntui.tui.widgets.keys import KEYS


def hints(navigator: Navigator, workspace: Workspace) -> list[KeyHint]:
    """The hints of the open tool; where it has none, the keys of the key table that have words for the foot."""
    of_tool = workspace.tool.hints() if workspace.tool is not None else ()
    if of_tool:
        return [KeyHint(key, words, f"tool('{pressed}')" if pressed else "") for key, words, pressed in of_tool]
    position = navigator.position
    entries = {key.action: KeyHint(key.shown, key.footer, key.action) for key in KEYS if key.footer}
    entries["forward"] = KeyHint("←→", "step", "forward")
    if position.playing:
        pause = "pause" if position.grain == "stop" else f"pause, {position.speed:g}/s"
        entries["play"] = KeyHint("space", pause, "play")
    first, *rest = entries.values()
    notes = [KeyHint("n", "notes", "note(1)")] if navigator.notes.lead_anywhere else []
    if position.step + 1 in navigator.questions:
        notes = [KeyHint("p", "a question", "predict")]
    grains = "1-6" if navigator.lesson is not None else "1-5"
    return [first, KeyHint(grains, f"grain: {position.grain}", "next_grain"), *rest[:2], *notes, *rest[2:]]
