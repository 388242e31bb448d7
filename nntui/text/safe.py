"""Text from outside nntui: made harmless once, where it enters, and quoted if a message repeats it."""

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = frozenset(
    {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F)}  # order of writing
    | {chr(c) for c in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x2028, 0x2029)}  # no width, line separators
    | {chr(c) for c in (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x3164, 0xFFA0)}  # fillers
)
_FIRST_MARK = "\N{COMBINING GRAVE ACCENT}"  # before it, all that is printable is harmless
_MOST_MARKS = 4  # combining marks on one letter; many of them would cover other lines

MOST_TITLE = 200  # characters that a screen may have to show on one line


def safe(text: str, most: int = 10_000, newline: bool = False) -> str:
    """`text` with every control, invisible, bidirectional or surrogate character replaced, cut to `most` characters."""
    if len(text) > most:
        return _harmless(text[: most - 1], newline) + "…"
    return _harmless(text, newline)


def _harmless(text: str, newline: bool) -> str:
    if text.isprintable() and (text.isascii() or max(text) < _FIRST_MARK):
        return text
    shown, marks = [], 0
    for c in text:
        marks = marks + 1 if unicodedata.category(c) in ("Mn", "Me") else 0
        shown.append(_safe_character(c, newline) if marks <= _MOST_MARKS else REPLACEMENT)
    return "".join(shown)


def _safe_character(c: str, newline: bool) -> str:
    if c == "\n" and newline:
        return c
    if " " <= c <= "~":
        return c
    if c in _INVISIBLE or unicodedata.category(c) in ("Cc", "Cs", "Cf", "Zl", "Zp") or _is_noncharacter(ord(c)):
        return REPLACEMENT
    return c


def _is_noncharacter(code: int) -> bool:
    """Whether Unicode will never assign a character to this code point."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def quoted(text: str, most: int = 40) -> str:
    """Text of a file or of the user as a sentence of nntui quotes it: in quotes, made safe, cut to `most` characters."""
    return f"'{safe(text, most)}'"
