"""Drawing with braille dots, two across and four down in each cell; every cell has one role."""

import numpy as np
from numpy.typing import NDArray

from nntui.draw.base.spans import Line, Role, Span
from nntui.engine.arithmetic import Array

_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])  # by row and column of the dot in its cell
_BLANK = 0x2800
_DASH, _GAP = 4, 3  # dots

Point = tuple[float, float]


def dots_of(start: Point, end: Point, *, dashed: bool = False) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The dots (x, y) of a line from (x, y) to (x, y) in cells."""
    (x0, y0), (x1, y1) = (start[0] * 2, start[1] * 4), (end[0] * 2, end[1] * 4)
    steps = max(int(max(abs(x1 - x0), abs(y1 - y0))), 1)
    along = np.arange(steps + 1)
    if dashed:
        along = along[along % (_DASH + _GAP) < _DASH]
    return (x0 + (x1 - x0) * along / steps).astype(np.intp), (y0 + (y1 - y0) * along / steps).astype(np.intp)


class Raster:
    """A picture of cells × lines; a cell has the role of the last line that touches it."""

    def __init__(self, cells: int, lines: int) -> None:
        self.cells, self.lines = cells, lines
        self._dots: NDArray[np.bool_] = np.zeros((4 * lines, 2 * cells), dtype=np.bool_)
        self._role_of: list[Role] = ["plain"]
        self._roles: NDArray[np.intp] = np.zeros((lines, cells), dtype=np.intp)
        self._rows: dict[int, tuple[str, list[int]]] = {}

    def line(self, start: Point, end: Point, role: Role, thick: int = 1, dashed: bool = False) -> None:
        """Draws a line from (x, y) to (x, y) in cells, y downward, `thick` dots high; dashes are visible without colour."""
        x, y = dots_of(start, end, dashed=dashed)
        y = y - thick // 2
        if role not in self._role_of:
            self._role_of.append(role)
        for down in range(thick):
            self._draw(x, y + down, self._role_of.index(role))
        self._rows.clear()

    def bars(self, x: NDArray[np.intp], top: NDArray[np.intp], bottom: NDArray[np.intp], role: Role, over: bool = False) -> None:
        """Draws the dots top … bottom, counted from above, in each dot column x; no x may be repeated.

        x, top, bottom: shape (columns,); dots outside the picture are ignored. over: erases all else in the touched cells.
        """
        if role not in self._role_of:
            self._role_of.append(role)
        rows = np.arange(4 * self.lines)[:, None]
        dots = np.zeros_like(self._dots)
        dots[:, x] = (rows >= top) & (rows <= bottom)
        touched = dots.reshape(self.lines, 4, self.cells, 2).any(axis=(1, 3))
        if over:
            self._dots &= ~np.repeat(np.repeat(touched, 4, axis=0), 2, axis=1)
        self._dots |= dots
        self._roles[touched] = self._role_of.index(role)
        self._rows.clear()

    def row(self, y: int) -> list[tuple[str, Role]]:
        """The cells of a line: characters with their roles."""
        text, roles = self._row(y)
        return [(character, self._role_of[role]) for character, role in zip(text, roles, strict=True)]

    def lines_between(self, starts: Array, ends: Array, role: Role, thick: int = 1) -> None:
        """Draws many short lines at once. starts, ends: (lines, 2), x and y in cells as in `line`."""
        dots = np.array([2.0, 4.0])
        across = (ends - starts) * dots
        steps = int(np.abs(across).max(initial=0.0)) + 1
        along = np.linspace(0.0, 1.0, steps + 1)[:, None, None]
        places = (starts * dots + across * along).reshape(-1, 2)
        x, y = np.floor(places[:, 0]).astype(np.intp), np.floor(places[:, 1]).astype(np.intp) - thick // 2
        if role not in self._role_of:
            self._role_of.append(role)
        for down in range(thick):
            self._draw(x, y + down, self._role_of.index(role))
        self._rows.clear()

    def _draw(self, x: NDArray[np.intp], y: NDArray[np.intp], role: int) -> None:
        inside = (x >= 0) & (x < 2 * self.cells) & (y >= 0) & (y < 4 * self.lines)
        x, y = x[inside], y[inside]
        self._dots[y, x] = True
        self._roles[y // 4, x // 2] = role

    def spans(self, y: int, start: int, end: int) -> Line:
        """The cells start … end − 1 of a line as spans."""
        if y not in self._rows:
            self._rows[y] = self._row(y)
        text, roles = self._rows[y]
        spans: list[Span] = []
        at = start
        while at < end:
            last = at + 1
            while last < end and roles[last] == roles[at]:
                last += 1
            spans.append(Span(text[at:last], self._role_of[roles[at]]))
            at = last
        return tuple(spans)

    def _row(self, y: int) -> tuple[str, list[int]]:
        """The characters of a line, and the index of the role of each."""
        dots = self._dots[4 * y : 4 * y + 4].reshape(4, self.cells, 2)
        bits = (dots * _BITS[:, None, :]).sum(axis=(0, 2)).tolist()
        return "".join(chr(_BLANK + part) if part else " " for part in bits), self._roles[y].tolist()
