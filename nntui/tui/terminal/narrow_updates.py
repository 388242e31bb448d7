"""Fewer bytes down the wire: of a changed line only the changed cells are sent, and of their looks only what changes.

Textual 8.2 sends a widget's line from its left edge up to the change (its `ChopsUpdate` says so itself) and spells out
every look in full, which over a slow line is most of what a step costs. `tests/tui/test_wire.py` fails loudly should
these private classes change.
"""

from collections.abc import Iterable
from functools import lru_cache

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor
from textual.screen import Screen

_PLAIN = "\x1b[0m"


class NarrowUpdate(ChopsUpdate):
    """An update that leaves out what lies left of a change."""

    def render_segments(self, console: Console) -> str:
        """The changed cells, each stretch after one move of the cursor."""
        system = ColorSystem.TRUECOLOR if console.color_system is None else _SYSTEMS[console.color_system]
        pieces: list[str] = []
        look = ("", "", "")
        for y, start, stop in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= stop or end <= start:
                    continue
                first, last = max(start, x), min(end, stop)
                pieces.append(f"\x1b[{y + 1};{first + 1}H")
                look = _paint(strip.crop(first - x, last - x), look, system, pieces)
        return "".join(pieces) + _PLAIN


class NarrowCompositor(Compositor):
    """A compositor whose partial updates are narrow."""

    def render_partial_update(self) -> NarrowUpdate | None:
        """The same cells as Textual's own, without those that have not changed."""
        update = super().render_partial_update()
        return None if update is None else NarrowUpdate(update.chops, update.spans, update.chop_ends)


def narrow(screen: Screen[None]) -> None:
    """Has a screen send narrow updates; comes after `Screen.__init__`."""
    screen._compositor = NarrowCompositor()  # noqa: SLF001  Textual has no other way in


_SYSTEMS = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
    "windows": ColorSystem.WINDOWS,
}

Look = tuple[str, str, str]  # codes of the attributes, the foreground, the background


def _paint(segments: Iterable[Segment], look: Look, system: ColorSystem, pieces: list[str]) -> Look:
    """Adds the segments to `pieces`, changing from one look to the next; gives the last look."""
    for text, style, _ in segments:
        wanted = ("", "", "") if style is None else _look(style, system)
        if wanted != look:
            pieces.append(_change(look, wanted))
            look = wanted
        pieces.append(text)
    return look


def _change(old: Look, new: Look) -> str:
    """The shortest way from one look to another: only an attribute that ends, or a colour that goes, needs a reset."""
    ends = old[0] != new[0] and old[0] != ""
    if ends or (old[1] and not new[1]) or (old[2] and not new[2]):
        return f"\x1b[{';'.join(code for code in ('0', *new) if code)}m"
    return f"\x1b[{';'.join(code for code, before in zip(new, old, strict=True) if code and code != before)}m"


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
