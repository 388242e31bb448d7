"""The predicted classes as grounds of a map, each with its name on the widest free place of its area."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len

from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Line, Paint, Span, width
from nntui.draw.charts.braille import Raster
from nntui.draw.learned.contour import contour
from nntui.draw.learned.pixels import class_pair, class_role, on_middle
from nntui.engine.arithmetic import Array, quiet
from nntui.training.classes import Labels

LONGEST_NAME = 14  # cells of a name on the map
LEAST_PLACE = 3  # cells of a place for a name or a mark: a blank at each side
MOST_NAMED = 6  # classes that are named in the title
LONGEST_IN_TITLE = 10


def class_ground(
    said: Labels, outputs: Array, names: Sequence[str], marks: Sequence[str], taken: Sequence[tuple[int, int]]
) -> tuple[tuple[Paint, ...], ...]:
    """The cells of the map: grounds of the classes, the lines between them, and the names.

    said: classes from 0, −1 where there is none, shape (2 · lines, cells). outputs: shape (any, any, classes), for the lines.
    taken: column and line of each cell that will have a mark.
    """
    rows, columns = said.shape
    raster = Raster(columns, rows // 2)
    for lead in leads(outputs):
        contour(lead, raster)
    pixels = said.tolist()
    ground: list[list[Paint]] = []
    free = np.where(said[::2] == said[1::2], said[::2], -1)
    for y in range(rows // 2):
        line: list[Paint] = []
        for x, dots in enumerate(raster.row(y)):
            if dots[0] != " ":
                free[y, x] = -1
            line.append(on_middle(*dots) if dots[0] != " " else class_pair(pixels[2 * y][x], pixels[2 * y + 1][x]))
        ground.append(line)
    for x, y in taken:
        free[y, x] = -1
    for label in np.unique(free[free >= 0]).tolist():
        _write(ground, free == label, names[label], marks[label])
    return tuple(tuple(line) for line in ground)


def leads(outputs: Array) -> Iterator[Array]:
    """For each output that is the largest in some cell: its difference to the largest of the others (lines, columns)."""
    largest = outputs.argmax(axis=2)
    second, first = np.moveaxis(np.partition(outputs, -2, axis=2)[:, :, -2:], 2, 0)
    for k in np.unique(largest).tolist():
        with quiet():
            yield outputs[:, :, k] - np.where(largest == k, second, first)


def _write(ground: list[list[Paint]], free: NDArray[np.bool_], name: str, mark: str) -> None:
    """Writes the name on the longest run of free cells; its mark where it is too long or has characters of two cells."""
    y, start, size = _longest_run(free)
    if size < LEAST_PLACE:
        return
    text = name if len(name) == cell_len(name) <= min(size - 2, LONGEST_NAME) else mark
    for x, character in enumerate(text, start=start + (size - len(text)) // 2):
        ground[y][x] = (character, "strong", False, ground[y][x][3])


def _longest_run(free: NDArray[np.bool_]) -> tuple[int, int, int]:
    """Line, first column and length of the longest run of free cells; of runs of a length that of the middle line."""
    edges = np.diff(free.astype(np.int8), axis=1, prepend=0, append=0)
    starts, ends = np.argwhere(edges == 1), np.argwhere(edges == -1)
    sizes = np.minimum(ends[:, 1] - starts[:, 1], LONGEST_NAME + 2)
    middle = np.abs(starts[:, 0] - np.median(np.argwhere(free)[:, 0]))
    best = int(np.lexsort((middle, -sizes))[0])
    return int(starts[best, 0]), int(starts[best, 1]), int(ends[best, 1] - starts[best, 1])


def class_legend(names: Sequence[str], marks: Sequence[str], room: int) -> Line:
    """The ground and mark of each class, with its name where all have room; of many nothing: they are named on the map."""
    if len(names) > MOST_NAMED:
        return ()
    named: list[Span] = []
    bare: list[Span] = []
    for k, (name, mark) in enumerate(zip(shortened(names, LONGEST_IN_TITLE), marks, strict=True)):
        swatch = (Span("  "), Span(f" {mark} ", "strong", None, False, class_role(k)))
        bare += swatch
        named += (*swatch, Span(f" {name}", "dim")) if name != mark else swatch
    return next((tuple(line) for line in (named, bare) if width(line) <= room), ())
