"""Pictures as one page for a browser, which steps through them without a server and without a network.

The page holds each different line once, and of each picture the lines that differ from the picture before. Its script is
always the same and puts text into the page as text alone; by its own Content-Security-Policy no other script may run, and
nothing may be loaded.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from itertools import groupby

from rich.cells import cell_len
from rich.style import Style

from nntui.draw.base.spans import Block, Line
from nntui.draw.colours.palettes import LookName
from nntui.draw.colours.pieces import runs, shows_ground
from nntui.draw.colours.role_styles import Look, RoleStyles
from nntui.draw.export.page_parts import PAGE, SCRIPT, STYLE
from nntui.draw.export.picture import Picture, TooManyPictures

MOST_CHARACTERS = 20_000_000  # of a page: 10,000 stops of most lessons at 80x24


@dataclass(slots=True)
class _PageData:
    """What the page's script reads. looks, lines: numbered in the order in which they come up first."""

    looks: dict[Look, int] = field(default_factory=dict)
    lines: dict[tuple[tuple[str, Look], ...], int] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    size: int = 0
    stops: list[tuple[float, str]] = field(default_factory=list)
    changes: list[list[int]] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)

    def add(self, picture: Picture, before: Sequence[int]) -> list[int]:
        """Takes in a picture; the numbers of its lines. before: those of the picture before."""
        now = [self._number(line) for line in picture.block]
        if picture.note:
            self.notes.append(len(self.stops))
        self.stops.append((round(picture.seconds, 3), picture.address))
        self.changes.append([x for y, line in enumerate(now) if y >= len(before) or before[y] != line for x in (y, line)])
        self.size += 8 * len(self.changes[-1]) + 30
        return now

    def _number(self, line: Line) -> int:
        pieces = tuple(runs(line))
        if pieces not in self.lines:
            self.lines[pieces] = len(self.lines)
            self.written.append(_json(self._written(pieces)))
            self.size += len(self.written[-1])
        return self.lines[pieces]

    def _written(self, line: Sequence[tuple[str, Look]]) -> list[int | str]:
        """Look and text, one after the other; the look is −1 − its number where each character takes two cells."""
        pieces: list[int | str] = []
        for text, look in line:
            seen = text if (text, look) != line[-1] or shows_ground(look) else text.rstrip()
            number = self.looks.setdefault(look, len(self.looks))
            for wide, group in groupby(seen, lambda character: cell_len(character) == 2):
                pieces += (~number if wide else number, "".join(group))
        return pieces


def lesson_page(pictures: Iterable[Picture], cells: int, rows: int, title: str) -> str:
    """The page; of each picture its first `rows` lines. TooManyPictures where they are more than a page may hold."""
    lesson, before, first = _PageData(), list[int](), ""
    for picture in pictures:
        block = picture.block[:rows]
        first = first or _static(block)
        before = lesson.add(Picture(picture.seconds, block, picture.address, picture.note), before)
        if lesson.size > MOST_CHARACTERS:
            raise TooManyPictures(len(lesson.stops) - 1)
    head = {"rows": rows, "stops": lesson.stops, "changes": lesson.changes, "notes": lesson.notes}
    data = f'{_json(head)[:-1]},"lines":[{",".join(lesson.written)}]}}'
    style = STYLE % {"cells": cells, "rows": rows, "looks": "\n".join(_rules(lesson.looks))}
    return PAGE % {
        "title": escape(title),
        "style": style,
        "style_hash": _digest(style),
        "script": SCRIPT,
        "script_hash": _digest(SCRIPT),
        "first": first,
        "count": len(lesson.stops),
        "lesson": data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(text: str) -> str:
    """How a Content-Security-Policy names a style or a script."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _static(block: Block) -> str:
    """The first picture for a browser that runs no script."""
    return "".join(f"<div>{escape(''.join(span.text for span in line).rstrip())}</div>" for line in block)


def _rules(looks: Iterable[Look]) -> Iterable[str]:
    """The rules of style of all looks, in both themes."""
    themes: tuple[LookName, ...] = ("dark", "light")
    for theme in themes:
        styles = RoleStyles(theme)
        for number, look in enumerate(looks):
            yield f'[data-theme="{theme}"] .l{number} {{ {_css(styles[look])} }}'


def _css(style: Style) -> str:
    ink, ground = (colour.get_truecolor().hex if colour is not None else "inherit" for colour in (style.color, style.bgcolor))
    if style.reverse:
        ink, ground = ground, ink
    rules = [f"color: {ink}", f"background: {ground}"]
    rules += ["font-weight: bold"] * bool(style.bold) + ["text-decoration: underline"] * bool(style.underline)
    return "; ".join(rules)
