"""The keys of a user: what `[keys]` in the settings says, as another key for an action of the key table.

A key is translated into the key that the table has for its action, and what follows is as if that key was pressed; so it
means the same in the lesson and in every tool. While something is typed, keys are letters.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from nntui.files.settings import ARROWS
from nntui.tui.terminal.presses import presses
from nntui.tui.widgets.keys import ACTIONS, KEYS, KeyAction

_NAMES = {
    "point(1)": "next_point",
    "point(-1)": "previous_point",
    "note(1)": "next_note",
    "note(-1)": "previous_note",
    "until(1)": "until",
    "until(-1)": "until_before",
    "path(1)": "next_path",
    "path(-1)": "previous_path",
    "digits(1)": "more_digits",
    "digits(-1)": "fewer_digits",
}


def action_name(action: str) -> str:
    """What the settings call an action of the key table: `forward`, `next_point`, `grain_epoch`, `help`."""
    return _NAMES.get(action) or re.sub(r"\W+", "_", action.removeprefix("app.")).strip("_")


CANONICAL = {action_name(key.action): key.keys.split(",")[0] for key in KEYS} | {key: key for key in ARROWS}
"""The first key of every action that can be given another, by the name of the action."""


class Keymap:
    """The keys of one user; without settings those of the table."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """keys: of each action, as the settings write them."""
        self._shown = {name: given[0] for name, given in (keys or {}).items()}
        self._canonical = {textual_key(key): CANONICAL[name] for name, given in (keys or {}).items() for key in given}

    def meant(self, key: str) -> tuple[str, ...]:
        """The keys of the table that a key is bound to, in the order in which they are tried; else itself."""
        other = self._canonical.get(key)
        if other is None:
            return (key,)
        return (other,) if key in ACTIONS else (other, key)

    def action(self, key: str) -> str | None:
        """The action of a key, as the key table writes it."""
        return ACTIONS.get(self._canonical.get(key, key))

    def shown(self, entry: KeyAction) -> str:
        """How the key of an entry of the table is written; empty if it was given to another action."""
        own = self._shown.get(action_name(entry.action))
        if own is not None:
            return own
        return "" if all(key in self._canonical for key in entry.keys.split(",")) else entry.shown

    def written(self, shown: str) -> str:
        """Keys as the table or a tool writes them, with blanks between, with those of this user in their place."""
        return " ".join(_replaced(part, self._own) for part in shown.split(" "))

    @cached_property
    def _own(self) -> dict[str, str]:
        """How this user's key is written, by how the table writes its key."""
        arrows = {arrow: self._shown.get(name, "") for arrow, name in (("↑", "up"), ("↓", "down"))}
        return {entry.shown: self.shown(entry) for entry in KEYS} | arrows

    def table(self) -> tuple[KeyAction, ...]:
        """The key table with the keys of this user."""
        return tuple(replace(entry, shown=self.shown(entry)) for entry in KEYS)


def _replaced(keys: str, own: Mapping[str, str]) -> str:
    """A key, or arrows without blanks between."""
    if len(keys) > 1 and all(key in "←→↑↓" for key in keys):
        other = [own.get(key) or key for key in keys]
        return "".join(other) if all(len(key) == 1 for key in other) else " ".join(other)
    return own.get(keys) or keys


def textual_key(text: str) -> str:
    """What Textual calls a key that the settings name."""
    if len(text) == 1:
        pressed = presses(text)
        return pressed[0][0] if pressed else text
    return text
