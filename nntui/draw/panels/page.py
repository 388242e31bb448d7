"""A page of text in a box that lies over the lesson. How far it is scrolled is a character of the text, in any window."""

from bisect import bisect_right
from functools import lru_cache

from rich.cells import cell_len, chop_cells

from nntui.draw.base.boxes import fit, framed
from nntui.draw.base.spans import Block, Line, Span
from nntui.text.regex import regex
from nntui.values import dataclass

_COLUMNS = regex(r"\S {2,}\S")
_BORDER = 4  # columns: a line and a blank at both sides


@dataclass(frozen=True, slots=True)
class PageRows:
    """The text in rows. offsets: the character that begins each. cells: columns of the box. room: rows that fit into it."""

    rows: tuple[str, ...]
    offsets: tuple[int, ...]
    cells: int
    room: int

    def first(self, at: int) -> int:
        """The first visible row where a character is to be at the top; the last rows fill the box."""
        return max(min(bisect_right(self.offsets, at) - 1, len(self.rows) - self.room), 0)

    def offset(self, row: int) -> int:
        """The character that begins a row, kept inside the rows that can be at the top."""
        return self.offsets[max(min(row, len(self.rows) - self.room), 0)]


@lru_cache(maxsize=2)
def page_rows(text: str, width: int, cells: int, height: int) -> PageRows:
    """The text in a box of `width` columns, where a window of cells × height has as many. Blanks within a line stay."""
    wide = min(width, cells)
    rows: list[str] = []
    offsets: list[int] = []
    begin = 0
    for line in text.split("\n"):
        for at, row in _in_columns(_broken(line, max(wide - _BORDER, 2))):
            rows.append(row)
            offsets.append(begin + at)
        begin += len(line) + 1
    return PageRows(tuple(rows), tuple(offsets), wide, max(height - 2, 1))


def page_panel(title: str, page: PageRows, at: int, foot: str, cells: int, height: int) -> Block:
    """Exactly cells × height, with the box in the middle. at: the character at the top. foot: in the lower border."""
    first, count = page.first(at), len(page.rows)
    shown = page.rows[first : first + page.room]
    if count > page.room:
        foot = f"{first + 1}–{first + len(shown)} of {count} · {foot}"
    inside = [(Span(" "), *fit((Span(row),), page.cells - _BORDER), Span(" ")) for row in shown]
    box = framed((Span(title, "strong"),), inside, page.cells, len(shown) + 2, foot=foot)
    side, above = (cells - page.cells) // 2, max(height - len(box), 0) // 2
    empty: Line = ()
    lines = [*[empty] * above, *((Span(" " * side), *line) for line in box)]
    return tuple(fit(line, cells) for line in (*lines, *[empty] * height)[:height])


def _broken(line: str, cells: int) -> list[tuple[int, str]]:
    """A line in rows of at most `cells` cells, broken at blanks where there are any: where each begins, and its text."""
    rows: list[tuple[int, str]] = []
    at = 0
    while (piece := _first_piece(line, at, cells)) != line[at:]:
        blank = len(piece) if line[at + len(piece)] == " " else piece.rfind(" ")
        end = blank if piece[:blank].strip() and blank > 0 else len(piece)
        rows.append((at, piece[:end]))
        at += end
        while line[at : at + 1] == " ":
            at += 1
    return [*rows, (at, line[at:])] if at < len(line) or not rows else rows


def _in_columns(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The rows of a line; what goes on of the columns of a table ends where its first row ends, as in the lines above it."""
    end = cell_len(rows[0][1].rstrip())
    return [rows[0], *((at, " " * (end - cell_len(row)) + row if _COLUMNS.search(row) else row) for at, row in rows[1:])]


def _first_piece(line: str, at: int, cells: int) -> str:
    """As much of a line as fits from a place on. Looks only as far ahead as that needs: many rows take no longer each."""
    size = 2 * cells
    while len(pieces := chop_cells(line[at : at + size], cells)) < 2 and at + size < len(line):
        size *= 2  # characters without a width
    return pieces[0] if len(pieces) > 1 else line[at:]
