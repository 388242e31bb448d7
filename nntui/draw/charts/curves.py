"""Curves of a few points with ticks at their left, drawn in a tenth of the time that plotext takes, dot for dot the same.

`tests/draw/test_curves.py` compares the two.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import floor

from nntui.draw.base.boxes import fit
from nntui.draw.base.spans import Block, Mark, Role, Span, joined
from nntui.values import dataclass

_BITS = ((0x40, 0x80), (0x04, 0x20), (0x02, 0x10), (0x01, 0x08))  # of the dots of a braille cell, from the bottom up
_BLANK = 0x2800
_ACROSS, _UP = 2, 4  # dots of a cell
BRAILLE = "braille"

Cell = tuple[int, int]
"""Column from the left, line from the bottom."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Points joined by a line, or, where `joined` is False, left alone. Finite numbers only."""

    x: Sequence[float]
    y: Sequence[float]
    role: Role
    joined: bool = True
    marker: str = BRAILLE


def curves_block(
    curves: Sequence[Curve],
    size: tuple[int, int],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    y_ticks: Sequence[tuple[float, str]],
) -> Block:
    """The curves in exactly size = (cells, lines), y ticks at the left, no x axis; a later curve covers an earlier one."""
    left = max((len(text) for _, text in y_ticks), default=0)
    room, lines = size[0] - left, size[1]
    rows: list[dict[int, Mark]] = [{} for _ in range(lines)]
    for curve in curves:
        across, up = (1, 1) if curve.marker != BRAILLE else (_ACROSS, _UP)
        places = zip(_places(curve.x, x_range, across * room), _places(curve.y, y_range, up * lines), strict=True)
        dots = _joined(list(places)) if curve.joined else places
        cells = _braille(dots) if curve.marker == BRAILLE else dict.fromkeys(dots, curve.marker)
        for (x, y), character in cells.items():
            if 0 <= y < lines:
                rows[y][x] = (character, curve.role)
    ticks = dict(zip(_places([value for value, _ in y_ticks], y_range, lines), (text for _, text in y_ticks), strict=True))
    block = []
    for y in range(lines - 1, -1, -1):
        row, tick = rows[y], f"{ticks.get(y, ''):>{left}}"
        marks = joined([row.get(x, (" ", "dim")) for x in range(room)]) if row else ()
        block.append(fit((Span(tick, "dim"), *marks), size[0]))
    return tuple(block)


def _places(values: Iterable[float], ends: tuple[float, float], count: int) -> list[int]:
    """In which of `count` equal parts numbers lie, the ends in the middle of the first and the last."""
    low, high = ends
    return [floor(round(0.5 + (count - 1) * (value - low) / (high - low), 8)) for value in values]


def _joined(points: list[Cell]) -> Iterator[Cell]:
    """The dots of straight lines from point to point."""
    for (x, y), (next_x, next_y) in pairwise(points):
        steps = max(abs(next_x - x), abs(next_y - y))
        for step in range(steps):
            yield int(x + step * ((next_x - x) / steps)), int(y + step * ((next_y - y) / steps))
    yield from points[-1:]


def _braille(dots: Iterable[Cell]) -> dict[Cell, str]:
    """The cells that hold the dots."""
    cells: dict[Cell, int] = {}
    for x, y in dots:
        cell = (x // _ACROSS, y // _UP)
        cells[cell] = cells.get(cell, 0) | _BITS[y % _UP][x % _ACROSS]
    return {cell: chr(_BLANK + bits) for cell, bits in cells.items()}
