"""What is typed as a condition, read from left to right: words, integers, decimals, and the error at a character."""

import re
from math import isfinite
from typing import NoReturn

from nntui.text.decimal import NotANumber, read_typed
from nntui.text.regex import regex
from nntui.text.safe import quoted

_WORD = regex(r"[^\W\d_]{1,20}")
_INTEGER = regex(r"[0-9]{1,20}")
_DECIMAL = regex(r"[^\s<>≤≥|]+")
_GAP = regex(r"\s*")
_FOUND = regex(r"[^\W\d_]+|[0-9.:]+|[^\w\s]|\S")


class ConditionError(ValueError):
    """A condition that cannot be read, or names what this run does not have; the message names the character.

    column: the character, from 1.
    """

    def __init__(self, column: int, message: str) -> None:
        super().__init__(f"character {column}: {message}")
        self.column = column


class TypedCondition:
    """A text and `at`, the position of its next character, from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip(self) -> None:
        """Moves past blanks."""
        self.at = _GAP.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing too

    @property
    def rest(self) -> str:
        """The text from `at` on."""
        return self.text[self.at :]

    def take(self, pattern: re.Pattern[str], *, gap: bool = True) -> str:
        """The text that matches here, after blanks if `gap`; empty, and `at` unchanged, if nothing matches."""
        before = self.at
        if gap:
            self.skip()
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else before
        return found[0] if found else ""

    def word(self, *wanted: str) -> str:
        """The next word in small letters if it is one of `wanted`, else empty."""
        before = self.at
        word = self.take(_WORD).lower()
        if word not in wanted:
            self.at = before
            return ""
        return word

    def sign(self, sign: str, *, gap: bool = True) -> bool:
        """Moves past a sign, such as |, if it is next, after blanks if `gap`; whether it was."""
        if gap:
            self.skip()
        found = self.text.startswith(sign, self.at)
        self.at += len(sign) * found
        return found

    def digits(self, *, gap: bool = True) -> str:
        """The digits of the next integer; empty if there is none."""
        return self.take(_INTEGER, gap=gap)

    def decimal(self) -> float:
        """The next number, as people type it; ConditionError if it is none, or not finite."""
        typed = self.take(_DECIMAL)
        if not typed:
            self.refuse("a number such as 0.01 or -2.5e-3")
        try:
            value = read_typed(typed).value
        except NotANumber as fault:
            self.reject(typed, str(fault))
        if not isfinite(value):
            self.reject(typed, f"{typed} as a bound; expected a finite number (the word nan looks for one)")
        return value

    def reject(self, taken: str, message: str) -> NoReturn:
        """Raises ConditionError at the first character of what was taken last."""
        raise ConditionError(self.at - len(taken) + 1, message) from None

    def refuse(self, expected: str) -> NoReturn:
        """Raises ConditionError: what is typed here, and what is expected in its place."""
        self.skip()
        found = _FOUND.match(self.text, self.at)
        what = quoted(found[0], 30) if found else "the condition ends here" if self.text.strip() else "nothing is typed"
        raise ConditionError(self.at + 1, f"{what}; expected {expected}")
