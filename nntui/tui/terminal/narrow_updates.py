"""Fewer bytes down the wire: of a changed line only the changed cells are sent, and of their looks only what changes.

Textual 8.2 sends a widget's line from its left edge up to the change (its `ChopsUpdate` says so itself) and spells out
every look in full, which over a slow line is most of what a step costs. `tests/tui/test_narrow_updates.py` fails loudly should
these private classes change.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.screen import Screen
from textual.strip import Strip

_PLAIN = "\x1b[0m"


class NarrowUpdate(ChopsUpdate):
    """An update that leaves out what lies left of a change."""

    def render_segments(self, console: Console) -> str:
        """The changed cells, each stretch after one move of the cursor, along the line where it is on that line already."""
        system = ColorSystem.TRUECOLOR if console.color_system is None else _SYSTEMS[console.color_system]
        pieces: list[str] = []
        look, pen = ("", "", ""), (-1, -1)
        for y, start, stop in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= stop or end <= start:
                    continue
                first, last = max(start, x), min(end, stop)
                if pen != (y, first):
                    pieces.append(f"\x1b[{first + 1}G" if pen[0] == y else f"\x1b[{y + 1};{first + 1}H")
                pen = (y, last)
                look = _paint(_between(strip, first - x, last - x), look, system, pieces)
        return "".join(pieces) + _PLAIN


class NarrowCompositor(Compositor):
    """A compositor whose partial updates are narrow. While an app starts it sends the same picture once only.

    Textual lays out and paints a screen at each of several events of a start, three times the same.
    """

    def __init__(self) -> None:
        super().__init__()
        self._starting = True
        self._sent: list[list[Strip]] = []

    def started(self) -> None:
        """From now on whatever is asked for is sent, since a terminal may have lost it."""
        self._starting, self._sent = False, []

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """As Textual's; None for a whole picture that is on the screen already."""
        update = super().render_update(full, screen_stack, simplify)
        if self._starting and update is not None:
            lines = [list(line) for line in update.strips] if isinstance(update, LayoutUpdate) else []
            if lines and lines == self._sent:
                return None
            self._sent = lines
        return update

    def render_partial_update(self) -> NarrowUpdate | None:
        """The same cells as Textual's own, without those that have not changed."""
        update = super().render_partial_update()
        return None if update is None else NarrowUpdate(update.chops, update.spans, update.chop_ends)


def narrow(screen: Screen[Any]) -> None:
    """Has a screen send narrow updates; comes after `Screen.__init__`."""
    screen._compositor = NarrowCompositor()  # noqa: SLF001  Textual has no other way in


def started(screen: Screen[Any]) -> None:
    """Tells a screen that the app has started."""
    if isinstance(screen._compositor, NarrowCompositor):  # noqa: SLF001
        screen._compositor.started()  # noqa: SLF001


_SYSTEMS = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
    "windows": ColorSystem.WINDOWS,
}

Look = tuple[str, str, str]  # codes of the attributes, the foreground, the background


def _between(strip: Strip, start: int, end: int) -> Iterable[Segment]:
    """The segments from one cell to another; `Strip.crop` gives the same in four times the time."""
    found: list[Segment] = []
    at = 0
    for segment in strip:
        text = segment.text
        if not (text.isascii() or _is_even(text)):
            return strip.crop(start, end)
        if at >= end:
            break
        if at + len(text) > start:
            found.append(Segment(text[max(start - at, 0) : end - at], segment.style))
        at += len(text)
    return found


@lru_cache(maxsize=1 << 12)  # the pieces of a picture are mostly those of the picture before
def _is_even(text: str) -> bool:
    """Whether each character takes one cell."""
    return all(cell_len(character) == 1 for character in text)


def _paint(segments: Iterable[Segment], look: Look, system: ColorSystem, pieces: list[str]) -> Look:
    """Adds the segments to `pieces`, changing from one look to the next; gives the last look."""
    for text, style, _ in segments:
        wanted = ("", "", "") if style is None else _look(style, system)
        wanted = wanted if text.strip(" ") else _of_blanks(look, wanted)
        if wanted != look:
            pieces.append(_change(look, wanted))
            look = wanted
        pieces.append(text)
    return look


@lru_cache(maxsize=4096)
def _of_blanks(old: Look, new: Look) -> Look:
    """What is enough for blanks: the ground, and lines through or under it; the colour of ink that is not there may stay."""
    if _SEEN & set(new[0].split(";")):
        return new
    kept = [code for code in old[0].split(";") if code not in _SEEN]
    return ";".join(kept), old[1] or new[1], new[2]


@lru_cache(maxsize=4096)
def _change(old: Look, new: Look) -> str:
    """The shortest way from one look to another: what ends is ended alone, or all of it is reset."""
    if not any(old):
        return f"\x1b[{';'.join(code for code in new if code)}m"
    reset = ";".join(code for code in ("0", *new) if code)
    before, after = (set(filter(None, look[0].split(";"))) for look in (old, new))
    ended = {_OFF[code] for code in before - after}
    kept = {code for code in after if code not in before or _OFF[code] in ended}
    colours = [code or off for code, was, off in zip(new[1:], old[1:], ("39", "49"), strict=True) if code != was]
    return f"\x1b[{min(';'.join((*sorted(ended), *sorted(kept), *colours)), reset, key=len)}m"


_SEEN = {"4", "7", "9"}
"""Attributes of which a blank shows: underlined, reversed, struck."""

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What ends each attribute; bold and dim end together."""


@lru_cache(maxsize=256)
def _look(style: Style, system: ColorSystem) -> Look:
    attributes = (
        (style.bold, "1"),
        (style.dim, "2"),
        (style.italic, "3"),
        (style.underline, "4"),
        (style.reverse, "7"),
        (style.strike, "9"),
    )
    foreground = style.color.downgrade(system).get_ansi_codes() if style.color else ()
    background = style.bgcolor.downgrade(system).get_ansi_codes(foreground=False) if style.bgcolor else ()
    return ";".join(code for on, code in attributes if on), ";".join(foreground), ";".join(background)
