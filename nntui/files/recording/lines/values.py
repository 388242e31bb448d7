"""The values of a line of a recording by their keys; a wrong one becomes an error of one sentence."""

from collections.abc import Sequence
from typing import Any, TypeVar

from nntui.files.schema.value_types import found, is_number
from nntui.text.safe import safe
from nntui.training.scenario import MOST_RUN_NAME

MOST_NOTE = 4_000  # characters

Word = TypeVar("Word", bound=str)


class WrongLine(ValueError):
    """A line with wrong content; the message says what was found and what was expected."""


def one_of(record: dict[str, Any], key: str, words: Sequence[Word]) -> Word:
    """The word at a key of a record; WrongLine if it is none of these."""
    text = text_in(record, key)
    for word in words:
        if word == text:
            return word
    raise WrongLine(f"`{key}` is {found(text)}; expected one of {', '.join(word or 'an empty text' for word in words)}")


def text_in(record: dict[str, Any], key: str) -> str:
    """The text at a key of a record; WrongLine if it is none."""
    value = record.get(key)
    if isinstance(value, str):
        return value
    raise _wrong(record, key, "a text")


def number_in(record: dict[str, Any], key: str) -> float:
    """The finite number at a key of a record; WrongLine if it is none."""
    value = record.get(key)
    if is_number(value):
        return float(value)
    raise _wrong(record, key, "a finite number")


def truth_in(record: dict[str, Any], key: str) -> bool:
    """The boolean at a key of a record; WrongLine if it is none."""
    value = record.get(key)
    if isinstance(value, bool):
        return value
    raise _wrong(record, key, "true or false")


def whole_in(record: dict[str, Any], key: str) -> int:
    """The integer ≥ 0 at a key of a record; WrongLine if it is none. The caller checks the upper bound."""
    value = record.get(key)
    if type(value) is int and value >= 0:  # true is an int, too
        return value
    raise _wrong(record, key, "a whole number from 0 on")


def _wrong(record: dict[str, Any], key: str, expected: str) -> WrongLine:
    return WrongLine(f"`{key}` is {found_in(record, key)}; expected {expected}")


def found_in(record: dict[str, Any], key: str) -> str:
    """What is at a key of a record, as a sentence names it."""
    value = record.get(key)
    if value is None:
        return "null" if key in record else "missing"
    if isinstance(value, dict):
        return f"an object of {len(value)}"
    return "a huge number" if type(value) is int and abs(value) >= 1 << 64 else found(value)


def safe_note(text: str) -> str:
    """The text of a note, made safe; it may have several lines."""
    return safe(text.expandtabs(4) if len(text) <= MOST_NOTE else text, MOST_NOTE, newline=True)


def safe_name(text: str) -> str:
    """The name of a run, made safe, in one line."""
    return safe(text.replace("\t", " "), MOST_RUN_NAME)
