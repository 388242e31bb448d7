"""The last check before the terminal: whatever a widget paints, no control character and no link is sent.

Texts are made harmless when they are read (`nntui.text.safe`); this catches what should never have come so far.
A replaced character takes as many cells as Textual has counted for it, so that nothing on the line moves: one that
was counted as none is left out. `tests/tui/test_filter.py` fails loudly should Textual apply its filters otherwise.
"""

from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from nntui.text.regex import regex
from nntui.text.safe import REPLACEMENT

_WRONG = regex("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]")


class ControlFilter(LineFilter):
    """Replaces control characters, bidirectional controls and surrogates; takes links off."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells, harmless."""
        if any(_is_wrong(segment) for segment in segments):
            return [_harmless(segment) for segment in segments if not segment.control]
        return segments


def install(app: App[Any]) -> None:
    """Has every painted segment of an app pass the filter; comes after `App.__init__`."""
    app._filters.append(ControlFilter())  # noqa: SLF001  Textual has no other way in


def _is_wrong(segment: Segment) -> bool:
    text, style, control = segment
    return bool(control or (style is not None and style.link) or (not text.isprintable() and _WRONG.search(text)))


def _harmless(segment: Segment) -> Segment:
    style = segment.style
    if style is not None and style.link:
        style = style.update_link(None)
    return Segment(_WRONG.sub(lambda match: REPLACEMENT * _cells(match.group()), segment.text), style)


def _cells(character: str) -> int:
    return max(cell_len(character), 0) if not "\ud800" <= character <= "\udfff" else 1
