"""A place in a TOML text, moved from left to right, and the error there."""

import re
from typing import NoReturn

from nntui.files.toml import patterns as grammar
from nntui.files.toml.places import Misplaced
from nntui.text.safe import quoted


class TomlCursor:
    """A text and `at`, the offset of its next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def is_next(self, literal: str) -> bool:
        """Whether a literal is next."""
        return self.text.startswith(literal, self.at)

    def take(self, literal: str) -> bool:
        """Moves past a literal, if it is next; whether it was."""
        if found := self.is_next(literal):
            self.at += len(literal)
        return found

    def skip(self, pattern: re.Pattern[str]) -> int:
        """Moves past what a pattern matches, if it matches; the offset then."""
        if match := pattern.match(self.text, self.at):
            self.at = match.end()
        return self.at

    def rest(self) -> str:
        """The text from here to the end of the line, quoted."""
        rest = grammar.REST.match(self.text, self.at)
        return quoted(rest.group().strip()) if rest and rest.group().strip() else "the end of the line"

    def check_blank(self) -> None:
        """Misplaced where a blank that only looks like a space is next, and only a space can be."""
        blank = grammar.foreign_blank(self.text[self.at : self.at + 1])
        if blank is not None:
            self.fault(f"{blank} stands here; expected a plain space")

    def fault(self, message: str, offset: int | None = None) -> NoReturn:
        """Raises Misplaced, here or at another offset."""
        raise Misplaced(self.at if offset is None else offset, message)
