"""`--set training.eta=0.1`: another value for a key of the scenario file in this run, checked as if it were in the file.

A path goes through lists by number, counted from 1 (`network.layer.2.units`, `network.layer.1.weights.2.1`,
`note.3.text`). It may add a key or a table, but no element of a list; to add a layer, all layers are given:
`network.layer=[{units=3, activation="tanh"}]`. The value is TOML; a text needs no quotes unless it looks like a number, a
list, a table, true or false. Of two options for the same key the later one counts. A fault at a changed value, or one
that the file does not have without the option, names the option in place of FILE:LINE.
"""

import re
from collections.abc import Sequence
from dataclasses import field
from typing import Any

from nntui.files.io.errors import InputError
from nntui.files.schema.validate import Faults
from nntui.files.schema.value_types import found
from nntui.files.toml import patterns as grammar
from nntui.files.toml.document import Document, Path, parse
from nntui.text.regex import regex
from nntui.text.safe import quoted, safe
from nntui.values import dataclass

MOST_OVERRIDES = 100
_SHOWN = 40  # characters of a value in a message
_FORM = "expected KEY=VALUE, such as training.eta=0.1"
_PART = regex(r"[A-Za-z0-9_-]{1,60}")
_NUMBER = regex(r"[1-9][0-9]{0,8}")
_TOML = regex(r"""["'\[{]|[+\-−]?\.?[0-9]|(?:true|false|[+\-−]?(?:inf|nan))\Z""")
_MISTYPED = regex(r"[-−+0-9.,eE_ ]*|[\"'\[{].*", re.DOTALL)  # a number, a list, a text in quotes, with something wrong
_CONTROL = regex(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Override:
    """One `--set`: the parts of its key as they were typed, the value, and how errors name it."""

    parts: tuple[str, ...]
    value: Any
    name: str


@dataclass(slots=True)
class ChangedFaults(Faults):
    """The faults of a document with values of the command line. changes: the path of each new value, and its option."""

    changes: list[tuple[Path, str]] = field(default_factory=list)
    suspects: dict[str, str] = field(default_factory=dict)  # by the text of a fault in the file: the option nearest to it

    def is_new(self, path: Path) -> bool:
        """Whether the value at `path`, a part of it, or something around it comes from an option."""
        return any(path[: len(new)] == new[: len(path)] for new, _ in self.changes)

    def add(self, path: Path, message: str) -> None:
        """Adds a fault at the value that `path` leads to: it names the option that set the value, else the file."""
        for changed, name in reversed(self.changes):
            if path[: len(changed)] == changed:
                self.add_fault(InputError(name, None, message))
                return
        nearest = max(reversed(self.changes), key=lambda change: _common(path, change[0]))
        fault = InputError(self.document.name, self.document.line(path), message)
        self.suspects[str(fault)] = nearest[1]
        self.add_fault(fault)

    def blame(self, before: Sequence[InputError]) -> None:
        """Makes each fault that the file did not have `before` the options a fault of the option nearest to it."""
        own = {str(fault) for fault in before}
        for at, fault in enumerate(self.found):
            name = self.suspects.get(str(fault))
            if name is not None and str(fault) not in own:
                line = f" (line {fault.line} of the file)" if fault.line is not None else ""
                self.found[at] = InputError(name, None, fault.message + line)


def _common(path: Path, other: Path) -> int:
    """How many first parts two paths share."""
    return next((at for at, (a, b) in enumerate(zip(path, other, strict=False)) if a != b), min(len(path), len(other)))


def read_overrides(texts: Sequence[str]) -> list[Override]:
    """Reads the --set options of a command line; InputError for the first that cannot be read."""
    if len(texts) > MOST_OVERRIDES:
        raise InputError("--set", None, f"is there {len(texts)} times; expected at most {MOST_OVERRIDES}")
    return [_read(text) for text in texts]


def override(document: Document, overrides: Sequence[Override]) -> tuple[Document, list[tuple[Path, str]]]:
    """A document with the values changed, and for each change the path of what is new and its option.

    The given document does not change. InputError if a path leads through a value that has no keys.
    """
    values = document.values
    changes: list[tuple[Path, str]] = []
    for change in overrides:
        values, path = _changed(values, change)
        changes.append((path, change.name))
    return Document(document.name, values, document.text, document.root, document.starts), changes


# --- reading an option


def _read(text: str) -> Override:
    key, equals, value = text.partition("=")
    key, value = key.strip(" "), value.strip(" ")
    shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
    name = f"--set {safe(key, _SHOWN)}={shown}" if equals else f"--set {safe(text, _SHOWN)}"
    if not equals:
        raise InputError(name, None, f"names no value; {_FORM}")
    parts = tuple(key.split("."))
    if len(parts) > grammar.MOST_PARTS:
        raise InputError(name, None, f"a key of more than {grammar.MOST_PARTS} parts; {_FORM}")
    wrong = next((part for part in parts if not _PART.fullmatch(part)), None)
    if wrong is not None:
        raise InputError(name, None, f"{quoted(wrong) if wrong else 'nothing'} where a key should be; {_FORM}")
    if not value:
        raise InputError(name, None, f"nothing after =; {_FORM}")
    return Override(parts, _value(value, name), name)


def _value(text: str, name: str) -> Any:
    """A TOML value within the bounds of a file, or the text itself."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(name, None, "bytes that are not UTF-8; expected text in UTF-8") from None
    if _TOML.match(text):
        try:
            return _toml(text, name)
        except InputError:
            if _MISTYPED.fullmatch(text) or "\n" in text:
                raise
    if control := _CONTROL.search(text):
        raise InputError(name, None, f"control character U+{ord(control.group()):04X}; expected plain text")
    if len(text) > grammar.MOST_TEXT:
        raise InputError(name, None, f"a text of {len(text)} characters; expected at most {grammar.MOST_TEXT}")
    return text


def _toml(text: str, name: str) -> Any:
    try:
        values = parse(f"value = {text}", name).values
    except InputError as fault:
        raise InputError(name, None, fault.message) from None  # an option has only one line
    if values.keys() != {"value"}:
        raise InputError(name, None, "more than one value; expected one --set for each key")
    return values["value"]


# --- changing the values


def _changed(values: dict[str, Any], change: Override) -> tuple[dict[str, Any], Path]:
    """A copy of `values` along the path of `change`, and the path to the first thing that is new in it."""
    root: dict[str, Any] = dict(values)
    inside: Any = root
    path: Path = ()
    new: Path | None = None
    for part, following in zip(change.parts, (*change.parts[1:], None), strict=True):
        key = _key(inside, part, path, change.name)
        path = (*path, key)
        there = isinstance(inside, list) or key in inside
        new = path if new is None and not there else new
        if following is None:
            inside[key] = change.value
        else:
            below = inside[key] if there else {}
            if not isinstance(below, dict | list):
                message = f"`{part}` is {found(below)}, which has no {quoted(following)} in it; {_FORM}"
                raise InputError(change.name, None, message)
            inside[key] = inside = below.copy()
    return root, new or path


def _key(inside: dict[str, Any] | list[Any], part: str, path: Path, name: str) -> str | int:
    """The key or the position, from 0, of one part of a path; InputError if a list has no such element."""
    if isinstance(inside, dict):
        return part
    what = path[-1] if path and isinstance(path[-1], str) else "list"
    if not _NUMBER.fullmatch(part):
        raise InputError(name, None, f"{quoted(part)} is no number in `{what}`; expected its number, from 1, as in {what}.1")
    if int(part) > len(inside):
        raise InputError(name, None, f"number {part} of `{what}`, which has {len(inside)}; expected 1 to {len(inside)}")
    return int(part) - 1
