"""What has no parts in a TOML text: one part of a key, a text in quotes, a bare value, a list of plain numbers.

Each function reads it at the cursor and moves past it; Misplaced if it is none, or exceeds a bound.
"""

import tomllib

from nntui.files.toml import patterns as grammar
from nntui.files.toml.cursor import TomlCursor
from nntui.files.toml.places import ValuePlace
from nntui.text.safe import quoted

_TOO_LONG = f"a number of more than {grammar.MOST_NUMBER} characters; expected a shorter one"


def key_part(cursor: TomlCursor) -> str:
    """One part of a key: `a`, `"a b"` or `'a b'`."""
    match = grammar.KEY.match(cursor.text, cursor.at)
    if not match:
        cursor.check_blank()
        cursor.fault(f"{cursor.rest()} is no key; expected KEY = VALUE or [TABLE]")
    part = match.group()
    if len(part) > grammar.MOST_KEY:
        cursor.fault(f"the key {quoted(part)} has {len(part)} characters; expected at most {grammar.MOST_KEY}")
    name = _unquoted(part, cursor) if part[0] in "\"'" else part
    cursor.at = match.end()
    return name


def _unquoted(part: str, cursor: TomlCursor) -> str:
    try:
        return next(iter(tomllib.loads(f"{part} = 0")))
    except tomllib.TOMLDecodeError:
        cursor.fault(f"the key {quoted(part)} holds an escape that TOML does not know; expected a plain key")


def text_value(cursor: TomlCursor) -> ValuePlace:
    """A text in quotes of any kind."""
    start = cursor.at
    match = grammar.TEXT.match(cursor.text, start)
    if not match:
        rest = cursor.rest()
        straight = "straight " if any(quote in rest for quote in grammar.TYPOGRAPHIC) else ""
        cursor.fault(f"a text that opens here is not closed: {rest}; expected a {straight}closing quote")
    if match.end() - start > grammar.MOST_TEXT:
        cursor.fault(f"a text of {match.end() - start} characters; expected at most {grammar.MOST_TEXT}")
    if match.group()[0] == '"' and "\\" in match.group():
        _check_escapes(match.group(), cursor)
    cursor.at = match.end()
    return ValuePlace(start)


def _check_escapes(text: str, cursor: TomlCursor) -> None:
    """Windows paths are the usual cause of an escape that TOML does not know."""
    for escape in grammar.ESCAPE.finditer(text):
        if escape[1] is None:
            found = f"a backslash before {quoted(escape[2] or '')} in {quoted(text[1:-1])}"
            remedy = "expected / between folders (or a text in single quotes)"
            cursor.fault(f"{found}; {remedy}", cursor.at + escape.start())


def bare_value(cursor: TomlCursor) -> ValuePlace:
    """A number, true, false or a date; errors explain the rules of TOML that students often break."""
    start = cursor.at
    match = grammar.BARE.match(cursor.text, start)
    if not match:
        cursor.check_blank()
        expected = "a number, a text in quotes, a list, true or false"
        cursor.fault(f"{cursor.rest()} where a value should be; expected {expected}")
    if match.end() - start > grammar.MOST_NUMBER:
        cursor.fault(_TOO_LONG)
    word = match.group()
    if not grammar.VALUE.fullmatch(word):
        cursor.fault(f"{quoted(word)} is no value; {grammar.suggestion(word)}")
    cursor.at = match.end()
    return ValuePlace(start)


def flat_list(cursor: TomlCursor) -> ValuePlace | None:
    """A list of plain numbers only: one match, and one ValuePlace, for all of them; None if it is another list."""
    start = cursor.at
    flat = grammar.FLAT.match(cursor.text, start)
    if flat is None:
        return None
    if long := grammar.LONG.search(cursor.text, start, flat.end()):
        cursor.fault(_TOO_LONG, long.start())
    cursor.at = flat.end()
    return ValuePlace(start, end=cursor.at)
