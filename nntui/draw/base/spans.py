"""What every picture consists of: spans of text with a role, lines of spans, blocks of lines.

A role says what a span means (lit, source, label …); the theme of the app gives it a colour. A span may have a target:
what a click on it means.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Literal, get_args

from rich.cells import cell_len

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
        return text_width(self.text)


_cells = lru_cache(maxsize=1 << 14)(cell_len)
"""Cells of a text; the pieces of a picture are mostly those of the picture before."""


def text_width(text: str) -> int:
    """The width of a text in cells."""
    return len(text) if text.isascii() else _cells(text)


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
    """Single cells that may have a colour behind them as spans, one for each run of equal looks; target as in `joined`."""
    spans: list[Span] = []
    at = 0
    for (role, reverse, ground), stretch in groupby(cells, key=itemgetter(1, 2, 3)):
        text = "".join([cell[0] for cell in stretch])
        spans.append(Span(text, role, target(at) if target is not None else None, reverse, ground))
        at += len(text)
    return tuple(spans)
