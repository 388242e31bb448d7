"""Straight lines in braille dots, two across and four down in each cell, every cell with a role."""

from nntui.draw.spans import Line, Role, Span

_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # by column and row of the dot in its cell
_BLANK = 0x2800
_DASH, _GAP = 4, 3  # dots

Point = tuple[float, float]


class Raster:
    """So many cells × lines; what is drawn later takes the role of the cells it touches."""

    def __init__(self, cells: int, lines: int) -> None:
        self.cells, self.lines = cells, lines
        self._bits: dict[tuple[int, int], int] = {}
        self._roles: dict[tuple[int, int], Role] = {}

    def line(
        self, start: tuple[float, float], end: tuple[float, float], role: Role, thick: int = 1, dashed: bool = False
    ) -> None:
        """From (x, y) to (x, y) in cells, y down; `thick` dots high; dashes tell it from a whole line without colour."""
        (x0, y0), (x1, y1) = (start[0] * 2, start[1] * 4), (end[0] * 2, end[1] * 4)
        steps = max(int(max(abs(x1 - x0), abs(y1 - y0))), 1)
        for step in range(steps + 1):
            if dashed and step % (_DASH + _GAP) >= _DASH:
                continue
            x = int(x0 + (x1 - x0) * step / steps)
            y = int(y0 + (y1 - y0) * step / steps)
            for offset in range(thick):
                self._dot(x, y + offset - thick // 2, role)

    def _dot(self, x: int, y: int, role: Role) -> None:
        place = (x // 2, y // 4)
        if 0 <= place[0] < self.cells and 0 <= place[1] < self.lines:
            self._bits[place] = self._bits.get(place, 0) | _DOTS[x % 2][y % 4]
            self._roles[place] = role

    def spans(self, y: int, start: int, end: int) -> Line:
        """The cells start … end − 1 of a line."""
        spans: list[Span] = []
        for x in range(start, end):
            bits = self._bits.get((x, y), 0)
            text = chr(_BLANK + bits) if bits else " "
            role = self._roles.get((x, y), "plain")
            if spans and spans[-1].role == role:
                spans[-1] = Span(spans[-1].text + text, role)
            else:
                spans.append(Span(text, role))
        return tuple(spans)
