"""The foot of the screen: the keys and what they do, or a message."""

from collections.abc import Sequence
from dataclasses import replace

from nntui.draw.base.spans import Block, Line, Span, width
from nntui.draw.base.wrap import wrapped
from nntui.values import dataclass

MOST_SAID = 6  # lines of a message


@dataclass(frozen=True, slots=True)
class KeyHint:
    """One entry of the footer: a key, what it does, and the action of a click on it."""

    key: str
    words: str
    action: str


def footer(hints: Sequence[KeyHint], cells: int) -> Line:
    """Keys and what they do, as many as fit; entries in the middle go first, the last two (help and quit) stay."""
    entries = [(Span(hint.key, "accent", hint), Span(f" {hint.words}  ", "dim", hint)) for hint in hints]
    while len(entries) > 2 and 1 + sum(width(entry) for entry in entries) - 2 > cells:
        del entries[-3]
    spans = [Span(" "), *(span for entry in entries for span in entry)]
    # a click on the blanks after the last entry means nothing
    return (*spans[:-1], replace(spans[-1], text=spans[-1].text.rstrip()))


def message_lines(text: str, cells: int) -> Block:
    """A message in as many lines as it needs, MOST_SAID at most."""
    lines = [line for part in text.split("\n") for line in wrapped(part, cells - 3)][:MOST_SAID]
    return tuple((Span(" ▍", "present"), Span(line)) for line in lines)
