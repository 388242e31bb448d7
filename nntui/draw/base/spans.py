"""What every picture consists of: spans of text with a role, lines of spans, blocks of lines.

A role says what a span means (lit, source, label …); the theme of the app gives it a colour. A span may have a target:
what a click on it means.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Literal, get_args

from rich.cells import cell_len, set_cell_size

from nntui.values import dataclass

MapRole = Literal[
    "map_0", "map_1", "map_2", "map_3", "map_4", "map_5", "map_6", "map_7", "map_8", "map_9", "map_10"
]  # fmt: skip
"""The colours of the map of what is learned, from its lowest value to its highest; the middle is map_5."""
MAP_ROLES: tuple[MapRole, ...] = get_args(MapRole)

ClassRole = Literal["class_0", "class_1", "class_2", "class_3", "class_4", "class_5"]
"""The grounds where a class is predicted; further classes begin again."""
CLASS_ROLES: tuple[ClassRole, ...] = get_args(ClassRole)

InkRole = Literal["ink_0", "ink_1", "ink_2", "ink_3", "ink_4", "ink_5"]
"""The grey levels of an image, from nothing to full."""
INK_ROLES: tuple[InkRole, ...] = get_args(InkRole)

Role = Literal[
    "plain",  # text
    "strong",  # titles
    "dim",  # labels, and what is not known yet
    "number",  # a known number
    "minus",  # a bar of a negative number
    "new",  # a weight that this data point has changed
    "lit",  # what this step computes
    "source",  # what this step uses
    "cursor",  # the number that is inspected
    "accent",  # lecture numbers, keys, the phase
    "frame",  # borders
    "frame_lit",  # the border of the present layer
    "past",  # the plot up to the present
    "future",  # the plot after the present
    "mean",  # epoch means
    "tangent",  # the tangent of a curve
    "run_a",  # other runs in a plot, or other lines
    "run_b",
    "run_c",
    "present",  # the mark of the present
    "area_1",  # regions of a map, which differ by their shading too
    "area_2",
    "area_3",
    "warning",  # warnings and errors
    "band",  # the spread of numbers round their mean, up to the present
    "band_future",  # and after the present
    MapRole,
    ClassRole,
    "edge_1",  # a line of a graph for w > 0, by |w|: large, middle, small
    "edge_2",
    "edge_3",
    "edge_minus_1",  # for w < 0
    "edge_minus_2",
    "edge_minus_3",
    InkRole,
    "edge_path",  # of a weight that this step computes or uses
]


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one role. target: what a click on it means, such as an address or a cell. reverse: colours exchanged.

    ground: the role whose colour lies behind the text; plain is the ground of the window.
    """

    text: str
    role: Role = "plain"
    target: object = None
    reverse: bool = False
    ground: Role = "plain"

    @property
    def width(self) -> int:
        """Its width in cells."""
        return len(self.text) if self.text.isascii() else _cells(self.text)


_cells = lru_cache(maxsize=1 << 14)(cell_len)
"""Cells of a text; the pieces of a picture are mostly those of the picture before."""


Line = tuple[Span, ...]
Block = tuple[Line, ...]
Mark = tuple[str, Role]
"""One cell: a character and its role."""
Paint = tuple[str, Role, bool, Role]
"""One cell: a character, its role, whether it is reversed, and the role behind it."""


class MeasuredLine(tuple[Span, ...]):  # noqa: SLOT001  a tuple has no room for slots
    """A line that knows its width in cells: most lines of a picture go through several boxes, and are measured once."""

    cells: int


def measured(spans: Iterable[Span], cells: int) -> Line:
    """The line of these spans, which are `cells` wide."""
    line = MeasuredLine(spans)
    line.cells = cells
    return line


def width(line: Sequence[Span]) -> int:
    """The width of a line in cells."""
    if isinstance(line, MeasuredLine):
        return line.cells
    return sum([len(span.text) if span.text.isascii() else _cells(span.text) for span in line])


def joined(marks: Iterable[Mark], target: Callable[[int], object] | None = None) -> Line:
    """Single cells as spans, one for each run of equal roles. target: what a click on the span that begins at a cell means."""
    spans: list[Span] = []
    at = 0
    for role, stretch in groupby(marks, key=itemgetter(1)):
        text = "".join(character for character, _ in stretch)
        spans.append(Span(text, role, target(at) if target is not None else None))
        at += len(text)
    return tuple(spans)


def painted(cells: Iterable[Paint], target: Callable[[int], object] | None = None) -> Line:
    """The same of cells that may have a colour behind them."""
    spans: list[Span] = []
    at = 0
    for (role, reverse, ground), stretch in groupby(cells, key=itemgetter(1, 2, 3)):
        text = "".join([cell[0] for cell in stretch])
        spans.append(Span(text, role, target(at) if target is not None else None, reverse, ground))
        at += len(text)
    return tuple(spans)


def first_visible(place: int, room: int, total: int) -> int:
    """The first of `room` visible lines of a list, so that `place` is in their middle if the ends allow; all from 0."""
    return min(max(place - room // 2, 0), max(total - room, 0))


def page_of(place: int, room: int, total: int) -> int:
    """Of a long list, all from 0: the first line of the page that has a place. From place to place few lines change."""
    return min(place // room * room, max(total - room, 0))


_HANGING = str.maketrans(" ▁▂▃▄▅▆▇", "▀▀▀▀▀▔▔▔")  # plain text has no reversed cells: bars of negative numbers have two sizes only


def plain(lines: Iterable[Sequence[Span]]) -> str:
    """The text without roles, spaces at the ends of lines removed."""
    return "\n".join("".join(_on_paper(span) for span in line).rstrip() for line in lines)


def _on_paper(span: Span) -> str:
    return span.text.translate(_HANGING) if span.reverse else span.text


def fit(line: Sequence[Span], cells: int) -> Line:
    """The line cut, with …, or filled with spaces to exactly `cells` cells."""
    have = width(line)
    if have == cells:
        return line if isinstance(line, MeasuredLine) else measured(line, cells)
    if have < cells:
        return measured((*line, Span(" " * (cells - have))), cells)
    return crop(line, cells)


def crop(line: Sequence[Span], cells: int) -> Line:
    """The line cut, with …, to at most `cells` cells."""
    if width(line) <= cells:
        return tuple(line)
    if cells <= 0:
        return ()
    kept: list[Span] = []
    room = cells - 1
    for span in line:
        if span.width > room:
            kept.append(replace(span, text=set_cell_size(span.text, room) + "…"))
            break
        kept.append(span)
        room -= span.width
    return tuple(kept)


def right(text: str, cells: int) -> str:
    """The text at the right of `cells` cells; cut, with …, if it is longer."""
    have = len(text) if text.isascii() else _cells(text)
    if have > cells:
        return _cut(text, cells)
    return " " * (cells - have) + text


def left(text: str, cells: int) -> str:
    """The text at the left of `cells` cells; cut, with …, if it is longer."""
    have = len(text) if text.isascii() else _cells(text)
    if have > cells:
        return _cut(text, cells)
    return text + " " * (cells - have)


def _cut(text: str, cells: int) -> str:
    return set_cell_size(text, max(cells - 1, 0)) + "…" if cells else ""


def beside(blocks: Sequence[tuple[Block, int]]) -> Block:
    """Blocks side by side, each filled to its given width; all as high as the highest."""
    height = max((len(block) for block, _ in blocks), default=0)
    whole = sum(max(cells, 0) for _, cells in blocks)
    lines = []
    for y in range(height):
        line: list[Span] = []
        for block, cells in blocks:
            line += fit(block[y] if y < len(block) else (), cells)
        lines.append(measured(line, whole))
    return tuple(lines)


def lines_of(needed: int, height: int, below: int) -> int:
    """Lines of a box that needs `needed` of `height`: no more where that leaves `below` lines, if any are wanted; else all."""
    return needed if below and height - needed >= below else height


def framed(
    title: Sequence[Span], inside: Sequence[Sequence[Span]], cells: int, height: int, lit: bool = False, foot: str = ""
) -> Block:
    """A box of exactly cells × height with a title in its upper border and a foot in its lower one.

    lit: only the upper border is lit, because lit sides would repaint every line of the box.
    """
    role: Role = "frame"
    upper: Role = "frame_lit" if lit else "frame"
    inner = cells - 2
    head = crop(title, inner - 4)
    bar = inner - width(head) - 3
    if head:
        top: Line = (Span("╭─ ", upper), *head, Span(" " + "─" * bar + "╮", upper))
    else:
        top = (Span("╭" + "─" * inner + "╮", upper),)
    body: list[Line] = []
    side = Span("│", role)
    for y in range(height - 2):
        line = inside[y] if y < len(inside) else ()
        body.append(measured((side, *fit(line, inner), side), 2 + max(inner, 0)))
    text = f" {left(foot, min(cell_len(foot), inner - 4))} " if foot else ""
    bottom: Line = (Span("╰" + "─" * (inner - 1 - cell_len(text)), role), Span(text, "dim"), Span("─╯", role))
    return (top, *body, bottom)


def plain_with_marks(lines: Iterable[Sequence[Span]]) -> str:
    """The text without roles; what is lit or under the cursor is between ▸ and ◂, because plain text has no colours."""
    return "\n".join(_marked(line).rstrip() for line in lines)


def _marked(line: Sequence[Span]) -> str:
    """A line as text; in a frame the marks replace blanks if there are any, elsewhere they are inserted."""
    framed_line = bool(line) and line[0].text[:1] in "│╭╰"
    text = ""
    marked: Role | None = None
    for span in line:
        whole = body = _on_paper(span)
        now = span.role if span.role in ("lit", "cursor") and whole.strip() else None
        if now and not marked:
            body = body.lstrip()
            pad = text + whole[: len(whole) - len(body)]
            text = pad.removesuffix(" ") + "▸"
        elif marked and not now:
            closed = body.startswith(" ") or not framed_line or marked == "cursor"
            text, body = (text + "◂", body[1:]) if closed else (text, body)
            body = body if whole.startswith(" ") else whole
        text += body
        marked = now
    return text + ("◂" if marked else "")
