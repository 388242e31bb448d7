"""Text that came from outside: made harmless once, at the door, and quoted where a message repeats it."""

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = frozenset(
    {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F)}  # order of writing
    | {chr(c) for c in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x2028, 0x2029)}  # no width, line separators
)


def safe(text: str, most: int = 10_000, newline: bool = False) -> str:
    """`text` with every control, invisible, bidirectional or surrogate character replaced, cut to `most` characters."""
    shown = "".join(_safe_character(c, newline) for c in text[: most + 1])
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def _safe_character(c: str, newline: bool) -> str:
    if c == "\n" and newline:
        return c
    if " " <= c <= "~":
        return c
    if c in _INVISIBLE or unicodedata.category(c) in ("Cc", "Cs", "Cf", "Zl", "Zp"):
        return REPLACEMENT
    return c


def quoted(text: str, most: int = 40) -> str:
    """Text of a file or of the user inside one of our sentences."""
    return f"'{safe(text, most)}'"
