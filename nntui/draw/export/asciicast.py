"""Pictures as an asciicast of version 2, which the players of asciinema play.

The first line is a header, each other line an event [seconds, code, data]: "o" is what is written to the terminal, "m" a
marker. https://docs.asciinema.org/manual/asciicast/v2/
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from rich.color import Color, ColorType
from rich.style import Style

from nntui.draw.colours.palettes import GROUNDS, PALETTES
from nntui.draw.colours.pieces import runs
from nntui.draw.colours.role_styles import Look, RoleStyles
from nntui.draw.export.picture import Picture, TooManyPictures

Pieces = list[tuple[str, Look]]

_CLEAR = "\x1b[?25l\x1b[2J"  # the cursor hidden, the screen empty
_PALETTE = "#101216:#ff5f5f:#5fd7af:#ffc857:#87afff:#d7875f:#5fd7af:#d0d4dc"  # a theme must have one; nothing here uses it
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), "\ufffd")  # no text of a file may tell a terminal anything
MOST_CHARACTERS = 100_000_000  # of the file: 10,000 stops of most lessons at 120x40
_PLACES = 6  # decimals of a time, as asciinema writes them


def asciicast(pictures: Iterable[Picture], cells: int, height: int, title: str, pace: float | None = None) -> Iterator[str]:
    """The lines of the file; TooManyPictures where they are more than a file may hold.

    pace: seconds from each picture to the next, in the place of the lesson's own time.
    """
    theme = {"fg": PALETTES["dark"]["plain"], "bg": GROUNDS["dark"], "palette": _PALETTE}
    header = {"version": 2, "width": cells, "height": height, "title": title, "env": {"TERM": "xterm-256color"}, "theme": theme}
    yield json.dumps(header)
    styles = RoleStyles("dark")
    size = 0
    before: list[Pieces] = []
    for number, picture in enumerate(pictures):
        seconds = round(picture.seconds if pace is None else number * pace, _PLACES)
        now = [runs(line) for line in picture.block]
        painted = "".join(_repaint(before, now, styles))
        before = now
        size += len(painted)
        if size > MOST_CHARACTERS:
            raise TooManyPictures(number)
        yield json.dumps([seconds, "o", painted if number else _CLEAR + painted])
        if picture.note:
            yield json.dumps([seconds, "m", picture.note])


def _repaint(before: Sequence[Pieces], now: Sequence[Pieces], styles: RoleStyles) -> Iterator[str]:
    """Every line that differs from the picture before, written whole."""
    for y, line in enumerate(now):
        if y >= len(before) or before[y] != line:
            yield f"\x1b[{y + 1};1H{written(line, styles)}"


def written(line: Pieces, styles: RoleStyles) -> str:
    """A line as a terminal takes it: text between SGR sequences with 24-bit colours, all attributes off at its end."""
    return "".join(f"\x1b[{sgr(styles[look])}m{text.translate(_CONTROLS)}" for text, look in line) + "\x1b[0m"


def sgr(style: Style) -> str:
    """The parameters of the SGR sequence that sets a style after a reset (ECMA-48, and 38;2 and 48;2 of xterm)."""
    parts = ["0", *(code for code, on in (("1", style.bold), ("4", style.underline), ("7", style.reverse)) if on)]
    parts += [part for colour, first in ((style.color, "38"), (style.bgcolor, "48")) for part in _colour(colour, first)]
    return ";".join(parts)


def _colour(colour: Color | None, first: str) -> tuple[str, ...]:
    if colour is None or colour.type is ColorType.DEFAULT:
        return ()
    return (first, "2", *map(str, colour.get_truecolor()))
