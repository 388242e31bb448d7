"""The keys that a character or a sequence of a terminal means, by Textual's parser."""

from functools import lru_cache

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser

Press = tuple[str, str | None]
"""A key as Textual calls it, and its character."""


@lru_cache(maxsize=4096)
def presses(text: str) -> tuple[Press, ...] | None:
    """The keys that Textual makes of a character or of a whole sequence, none where it knows none; None if it is no key.

    A character behind an escape is that key with Alt.
    """
    if len(text) == 1 and not text.isascii():
        return ((text, text),)
    if text in (BRACKETED_PASTE_START, BRACKETED_PASTE_END):
        return None
    try:
        found = list(XTermParser().feed(text))
    except Exception:  # noqa: BLE001  a sequence that can mean nothing
        return ()
    if not found and len(text) == 2:
        ((name, character),) = presses(text[1]) or ((text[1], text[1]),)
        shifted = f"shift+{name.lower()}" if len(name) == 1 and name.isupper() else name
        return ((f"alt+{shifted}", character),)
    keys = tuple((key.key, key.character) for key in found if isinstance(key, events.Key))
    return keys if len(keys) == len(found) else None
