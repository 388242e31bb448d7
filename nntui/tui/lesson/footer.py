"""The line at the foot: the keys that matter here."""

from typing import TYPE_CHECKING

from nntui.draw.layout.foot import KeyHint
from nntui.session.navigator import Navigator
from nntui.session.tools.workspace import Workspace
from nntui.tui.widgets.keymap import Keymap
from nntui.tui.widgets.keys import KEYS

if TYPE_CHECKING:
    from nntui.session.tools.tool import ToolKey

_PATHS = next(key for key in KEYS if key.action == "path(1)")


def hints(navigator: Navigator, workspace: Workspace, keymap: Keymap) -> list[KeyHint]:
    """The keys of the open tool, or the keys of the key table, that have words for the foot."""
    if workspace.tool is not None and not workspace.tool_is_led(navigator):
        return [KeyHint(keymap.written(key.shown), key.foot, _action(key)) for key in workspace.tool.own_keys() if key.foot]
    position = navigator.position
    entries = {key.action: KeyHint(keymap.shown(key), key.footer, key.action) for key in KEYS if key.footer}
    if entries["forward"].key == "→":
        entries["forward"] = KeyHint("←→", "step", "forward")
    if position.playing:
        pause = "pause" if position.grain == "stop" else f"pause, {position.speed:g}/s"
        entries["play"] = KeyHint(entries["play"].key, pause, "play")
    first, *rest = (entry for entry in entries.values() if entry.key)
    notes = [KeyHint("n", "notes", "note(1)")] if navigator.notes.lead_anywhere else []
    if position.step + 1 in navigator.questions and position.step + 1 not in navigator.notes.tour:  # there n asks it
        notes = [KeyHint("p", "a question", "predict")]
    paths = [KeyHint(keymap.shown(_PATHS), "paths", _PATHS.action)] if _leads_along_paths(navigator, workspace) else []
    grains = "1-6" if navigator.lesson is not None else "1-5"
    return [first, KeyHint(grains, f"grain: {position.grain}", "next_grain"), *paths, *rest[:2], *notes, *rest[2:]]


def _leads_along_paths(navigator: Navigator, workspace: Workspace) -> bool:
    """Whether the graph is drawn, and the number of the step has paths."""
    if not workspace.display.graph:
        return False
    from nntui.explain.paths import has_paths

    return has_paths(navigator.frame)


def _action(key: "ToolKey") -> str:
    """What a click on it does."""
    return f"tool('{key.click}')" if key.click and key.keys else key.click
