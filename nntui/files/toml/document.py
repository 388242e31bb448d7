"""A TOML text as values with line and column: `locate` checks bounds and finds the places, then tomllib parses."""

import re
import tomllib
from bisect import bisect_right
from itertools import islice
from typing import Any

from nntui.files.io.errors import InputError
from nntui.files.toml.locate import locate_values
from nntui.files.toml.patterns import with_ascii_minus
from nntui.files.toml.places import Misplaced, ValuePlace
from nntui.text.regex import regex
from nntui.text.safe import quoted
from nntui.values import dataclass

Path = tuple[str | int, ...]

_CONTROL = regex(r"[\x00-\x08\x0b-\x1f\x7f]")
_AT_LINE = regex(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")
_ELEMENT = regex(r"[^\s,\[\]]+")


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """The values of a file and their places. A path consists of keys and of positions in lists, from 0."""

    name: str
    values: dict[str, Any]
    text: str
    root: ValuePlace
    starts: list[int]

    def line(self, path: Path) -> int | None:
        """The line of the value that `path` leads to, or of the nearest table or list around it; None for the empty path."""
        place = self.at(path)
        return None if place is None else place[0]

    def at(self, path: Path) -> tuple[int, int] | None:
        """Line and column, from 1, of the value that `path` leads to, or of what is around it; None for the empty path."""
        offset = self._offset(path)
        if offset is None:
            return None
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def _offset(self, path: Path) -> int | None:
        place, offset = self.root, None
        for part in path:
            child = self._child(place, part)
            if child is None:
                break
            place, offset = child, child.offset
        return offset

    def _child(self, place: ValuePlace, part: str | int) -> ValuePlace | None:
        match place.children, part:
            case dict(children), str(key):
                return children.get(key)
            case list(children), int(number):
                return children[number] if number < len(children) else None
            case None, int(number) if place.end:
                element = next(islice(_ELEMENT.finditer(self.text, place.offset + 1, place.end), number, None), None)
                return ValuePlace(element.start()) if element else None
        return None


def parse(text: str, name: str) -> Document:
    """The document in `text`; InputError, with `name` as the file, if it is no TOML or exceeds the bounds of `patterns`."""
    text = with_ascii_minus(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    if control := _CONTROL.search(text):
        line = bisect_right(starts, control.start())
        raise InputError(name, line, f"control character U+{ord(control.group()):04X}; expected plain text")
    try:
        root = locate_values(text)
    except Misplaced as fault:
        raise InputError(name, bisect_right(starts, fault.offset), fault.message) from None
    try:
        return Document(name, tomllib.loads(text), text, root, starts)
    except ValueError as error:
        raise _syntax_fault(str(error), name, text) from None


def _syntax_fault(words: str, name: str, text: str) -> InputError:
    """An error of tomllib as an InputError."""
    place = _AT_LINE.search(words)
    line = int(place.group(1)) if place and place.group(1) else text.rstrip().count("\n") + 1
    said = words[: place.start()] if place else words
    return InputError(name, line, f"{quoted(said, 120)} says TOML; expected KEY = VALUE lines and [TABLE] headers")
