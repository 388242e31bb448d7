"""The settings of a user, config.toml: read strictly. A mistake is one line with its place, and stops nothing."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from nntui.explain.notation.numerals import FEWEST, MOST
from nntui.files.io.errors import InputError, did_you_mean
from nntui.files.io.read import read_text
from nntui.files.io.write import replace_file
from nntui.files.schema.value_types import ChoiceType, FlagType, ValueType, WholeType, found
from nntui.files.toml.document import Document, parse
from nntui.lesson.display_state import NotationName
from nntui.text.regex import regex
from nntui.text.safe import quoted
from nntui.values import dataclass

ThemeName = Literal["auto", "dark", "light", "ansi", "contrast"]

LIMIT = 1 << 16  # bytes of a file of settings
MOST_FAULTS = 20
MOST_KEYS = 4  # of one action
PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "vim": {"back": ("h",), "down": ("j",), "up": ("k",), "forward": ("l",), "check": ("K",), "learned": ("L",)}
}
"""Keys of each preset; what `[keys]` says of an action goes before them."""

ARROWS = ("up", "down")
"""Keys of lists and tools that `[keys]` can give other keys, beside the actions of the key table."""

_TYPES: Mapping[str, ValueType] = {
    "theme": ChoiceType(get_args(ThemeName)),
    "digits": WholeType(FEWEST, MOST),
    "notation": ChoiceType(get_args(NotationName)),
    "history": FlagType(),
}
_NAMED = (
    "left", "right", "up", "down", "home", "end", "pageup", "pagedown", "space", "tab", "enter", "backspace", "insert", "delete",
)  # fmt: skip
_NAMED_KEY = regex(rf"(?:ctrl\+|alt\+|shift\+)?(?:{'|'.join(_NAMED)}|f[1-9]|f1[0-2])|(?:ctrl|alt)\+[a-z]")
_RESERVED = {
    "ctrl+c": "ends nntui",
    "ctrl+q": "ends nntui",
    "ctrl+z": "suspends nntui",
    "ctrl+i": "is Tab on a terminal",
    "ctrl+m": "is Enter on a terminal",
    "ctrl+j": "is Enter on a terminal",
    "ctrl+h": "is Backspace on a terminal",
}
KEY_WORDS = 'one character such as "h", or a name such as "f5", "pageup" or "ctrl+n"'


@dataclass(frozen=True, slots=True)
class Settings:
    """What config.toml says; faults: its mistakes, of which each leaves the default in place.

    digits: None where the screen decides. keys: the keys of an action by the action's name, in the words of the file.
    """

    theme: ThemeName = "auto"
    digits: int | None = None
    notation: NotationName = "lecture"
    history: bool = True
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    faults: tuple[InputError, ...] = ()
    path: Path | None = None


def read_settings(path: Path | None, actions: Collection[str]) -> Settings:
    """The settings in a file; the defaults where there is none. actions: the names that `[keys]` may give keys to."""
    if path is None or not os.path.lexists(path):
        return Settings(path=path)
    try:
        document = parse(read_text(path, LIMIT), str(path))
    except InputError as fault:
        return Settings(faults=(fault,), path=path)
    reader = SettingsReader(document)
    values = {name: reader.value(name, kind) for name, kind in _TYPES.items() if name in document.values}
    for name in document.values:
        if name not in _TYPES and name != "keys":
            known = (*_TYPES, "keys")
            advice = did_you_mean(name, known) or f"; expected one of {', '.join(known)}"
            reader.fault((name,), f"unknown key {quoted(name)}{advice}")
    keys = reader.keys(actions)
    given: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
    return Settings(**given, keys=MappingProxyType(keys), faults=tuple(reader.faults[:MOST_FAULTS]), path=path)


class SettingsReader:
    """Takes what is right from a document and keeps its mistakes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.faults: list[InputError] = []

    def fault(self, path: tuple[str | int, ...], message: str) -> None:
        """Keeps a mistake at the value that `path` leads to."""
        self.faults.append(InputError(self.document.name, self.document.line(path), message))

    def value(self, name: str, kind: ValueType) -> object:
        """The value of a key; None if it is wrong."""
        value = self.document.values[name]
        flaw = next(iter(kind.faults_in(value)), None)
        if flaw is None:
            return value
        self.fault((name,), f"`{name}` is {flaw.found}; expected {flaw.expected}")
        return None

    def keys(self, actions: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The keys of each action: of the preset, and before it those of `[keys]`; each key has one meaning."""
        table = self.document.values.get("keys", {})
        if not isinstance(table, dict):
            self.fault(("keys",), f"`keys` is {found(table)}; expected a table [keys]")
            return {}
        given = {name: keys for name, keys in self._given(table, actions) if keys}
        taken = {key for keys in given.values() for key in keys}
        preset = self._preset(table)
        free = {name: tuple(key for key in keys if key not in taken) for name, keys in preset.items() if name not in given}
        return {name: keys for name, keys in free.items() if keys} | given

    def _preset(self, table: dict[str, Any]) -> Mapping[str, tuple[str, ...]]:
        name = table.get("preset")
        if name is None:
            return {}
        if not isinstance(name, str) or name not in PRESETS:
            self.fault(("keys", "preset"), f"`preset` is {found(name)}; expected {' or '.join(map(quoted, PRESETS))}")
            return {}
        return PRESETS[name]

    def _given(self, table: dict[str, Any], actions: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The keys that the table gives to each action, without those that are wrong."""
        meant: dict[str, str] = {}
        for name, value in table.items():
            if name == "preset":
                continue
            if name not in actions:
                advice = did_you_mean(name, actions) or "; expected one of docs/settings.md"
                self.fault(("keys", name), f"unknown action {quoted(name)} in [keys]{advice}")
                continue
            keys = value if isinstance(value, list) else [value]
            if not 1 <= len(keys) <= MOST_KEYS:
                self.fault(("keys", name), f"{len(keys)} keys for `{name}`; expected 1 to {MOST_KEYS}")
                continue
            yield name, tuple(key for key in keys if self._fits(name, key, meant))

    def _fits(self, name: str, key: object, meant: dict[str, str]) -> bool:
        """Whether a key can be given to an action; else a mistake is kept. meant: what keys were given to already."""
        if not isinstance(key, str) or not is_key(key):
            self.fault(("keys", name), f"the key of `{name}` is {found(key)}; expected {KEY_WORDS}")
        elif key in _RESERVED:
            self.fault(("keys", name), f"the key of `{name}` is {quoted(key)}, which {_RESERVED[key]}; expected another key")
        elif key in meant:
            self.fault(
                ("keys", name), f"the key {quoted(key)} of `{name}` is the key of `{meant[key]}` too; expected one of them"
            )
        else:
            meant[key] = name
            return True
        return False


def is_key(text: str) -> bool:
    """Whether a text names a key: one character that can be seen, or a name such as `ctrl+n`."""
    if len(text) == 1:
        return text.isprintable() and not text.isspace()
    return len(text) < 40 and _NAMED_KEY.fullmatch(text) is not None


def keep(path: Path, values: Mapping[str, str | int]) -> None:
    """Writes values into a file of settings: in the lines that have them, else at its top; other lines stay as they are.

    InputError if the file has a mistake in its form or cannot be written. A link stays a link.
    """
    text = read_text(path, LIMIT) if os.path.lexists(path) else ""
    replace_file(path, with_values(text, str(path), values).encode())


def with_values(text: str, name: str, values: Mapping[str, str | int]) -> str:
    """The text of a file of settings with these values; InputError if it is no TOML, or a value spans lines."""
    document = parse(text, name)
    end = "\r\n" if "\r\n" in text else "\n"
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text.removeprefix(mark).split("\n")
    added = []
    for key, value in values.items():
        written = f'"{value}"' if isinstance(value, str) else str(value)
        place = document.at((key,))
        if place is None:
            added.append(f"{key} = {written}{end}")
        elif document.values[key] != value:
            lines[place[0] - 1] = _replaced(lines[place[0] - 1], place[1] - 1, written, InputError(name, place[0], _LONG))
    changed = mark + "".join(added) + "\n".join(lines)
    parse(changed, name)
    return changed


_LONG = "a value that cannot be replaced; expected a text or a number on one line"
_SIMPLE = regex(r"""\"(?:[^"\\]|\\.)*\"|'[^']*'|[A-Za-z0-9_.+-]+""")


def _replaced(line: str, column: int, value: str, fault: InputError) -> str:
    """A line with another value at its column; what is behind the value stays."""
    match = _SIMPLE.match(line, column)
    if match is None or line.startswith(('"""', "'''"), column):
        raise fault
    return line[:column] + value + line[match.end() :]
