"""The function of two inputs as a map: shaded by its value or by the predicted class, with the boundary line.

The shading is readable without colour. With 256 colours the value of one output is a colour instead, two pixels in a cell.
Data points are drawn on it, misclassified ones as ✗, the present one lit.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rich.cells import cell_len

from nntui.draw.base.boxes import framed
from nntui.draw.base.spans import Block, Line, Mark, Paint, Role, Span, painted
from nntui.draw.charts.braille import Raster
from nntui.draw.learned.class_map import class_ground, class_legend, leads
from nntui.draw.learned.contour import contour
from nntui.draw.learned.pixels import LEVELS, legend_colours, marked, on_middle, pixel_pair
from nntui.engine.arithmetic import Array, quiet
from nntui.explain.learned.confusion import class_marks, class_names
from nntui.explain.learned.function import WeightsAtStep, classes, drawn, extents, field, scale, wrong
from nntui.explain.learned.survey import SurveyResult, needs_picture
from nntui.explain.notation.names import given_name, neuron_label
from nntui.explain.notation.numerals import FOUR, subscript
from nntui.training.classes import Labels
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario
from nntui.values import dataclass

SHADES = " ░▒▓"
AREAS = "·░▒▓"
WRONG = "✗"
NAN = "?"
POINT = "●"
HELD_MARKS = {"○": "□", "●": "■"}  # of a data point that is held out
_LEVEL_ROLES: tuple[Role, ...] = ("area_1", "area_1", "area_2", "area_2")
_AREA_ROLES: tuple[Role, ...] = ("area_1", "area_2", "area_3", "frame")

Background = tuple[tuple[Paint, ...], ...]


@dataclass(frozen=True, slots=True)
class CellSize:
    """Cells across and down."""

    cells: int
    lines: int


def learned_map(
    frame: Frame, now: WeightsAtStep, output: int, found: SurveyResult, cells: int, height: int, colours: bool = False
) -> Block:
    """The map in a frame of cells × height. output: from 1, or 0 for the predicted class (or the only output).

    colours: there are at least 256 of them.
    """
    scenario = frame.scenario
    size = CellSize(cells - 2, height - 2)
    pixels = size.lines * (2 if colours else 1)
    picture = found.picture if needs_picture(now) else field(now, size.cells, pixels)
    title = (*_title(scenario, output), *_legend(scenario, output, colours, cells - 16))
    if picture is not None and np.isnan(picture).any():
        title = (*title, Span(f"  {NAN} nan", "warning"))
    if picture is None:
        lines: Sequence[Line] = [(Span(" being computed …", "dim"),)]
    else:
        make = _colours if colours else _background
        ground = make(picture, scenario, output, size) if needs_picture(now) else _cached(now, output, size, colours)
        lines = _with_points(ground, frame, now, size, colours)
    return framed(title, lines, cells, height, foot=_foot(scenario, cells - 6))


def _says_class(scenario: Scenario, output: int) -> bool:
    return output == 0 and scenario.network.outputs > 1


def _title(scenario: Scenario, output: int) -> Line:
    top = len(scenario.network.layers)
    name = "class said" if _says_class(scenario, output) else neuron_label(scenario, top, max(output, 1))
    return (Span(name, "strong"),)


def _legend(scenario: Scenario, output: int, colours: bool, room: int) -> Line:
    """What the shading means, and the number at which the boundary line is drawn; classes in `room` cells."""
    if _says_class(scenario, output):
        names, marks = class_names(scenario), class_marks(scenario)
        if colours:
            return class_legend(names, marks, room)
        spans: list[Span] = []
        for k, name in enumerate(names[: len(AREAS)] if len(names) <= len(AREAS) else ()):
            spans += [Span(f"  {AREAS[k] * 2}", _AREA_ROLES[k]), Span(f" {name}", "dim")]
        return tuple(spans) if spans else (Span(f"  by letter: {marks[0]}, {marks[1]} …", "dim"),)
    of = scale(scenario, output or 1)
    low, high, middle = (FOUR.brief(value) for value in (of.low, of.high, of.middle))
    shades: Line = (Span(SHADES[1], _LEVEL_ROLES[1]), Span(SHADES[2:], _LEVEL_ROLES[2]))
    return (
        Span(f"  {low} ", "dim"),
        *(legend_colours() if colours else shades),
        Span(f" {high}  ", "dim"),
        Span("⠒⠒", "strong"),
        Span(f" {middle}", "dim"),
    )


def _foot(scenario: Scenario, cells: int) -> str:
    """The ranges of the inputs and how many data rows are drawn, as many words as fit; no number is cut."""
    shown = len(drawn(scenario))
    some = f"  {shown} of {scenario.rows:,} rows drawn" if shown < scenario.rows else ""
    some += f"  {''.join(_held_marks(scenario))} held out" if scenario.trained is not None else ""
    long, short = _ranges(scenario, 3, " … "), _ranges(scenario, 2, "…")
    texts = (long + some, long, short, short.replace(" →", "").replace(" ↑", ""), some.strip())
    return next((text for text in texts if cell_len(text) <= cells), "")


def _held_marks(scenario: Scenario) -> tuple[str, ...]:
    """How the rows that are held out are drawn: of two classes of one output each with its mark, else all alike."""
    two = classes(scenario) is not None and scenario.network.outputs == 1
    return tuple(HELD_MARKS.values()) if two else (HELD_MARKS[POINT],)


def _ranges(scenario: Scenario, digits: int, to: str) -> str:
    names = [given_name(scenario, 0, j) or f"x{subscript(j)}" for j in (1, 2)]
    ends = [f"{brief(span.low, digits)}{to}{brief(span.high, digits)}" for span in extents(scenario)]
    return f"{names[0]} {ends[0]} →  {names[1]} {ends[1]} ↑"


def brief(value: float, digits: int = 3) -> str:
    """An end of a range with a few digits."""
    return FOUR.brief(float(f"{max(min(value, 1e308), -1e308):.{digits}g}"))


# --- the background


@lru_cache(maxsize=4)
def _cached(now: WeightsAtStep, output: int, size: CellSize, colours: bool) -> Background:
    picture = field(now, size.cells, size.lines * (2 if colours else 1))
    assert picture is not None
    return (_colours if colours else _background)(picture, now.scenario, output, size)


def _colours(outputs: Array, scenario: Scenario, output: int, size: CellSize) -> Background:
    """Every cell as two pixels of a colour each, and over them the boundary line on the colour of the middle."""
    if _says_class(scenario, output):
        said = _said(outputs, scenario, CellSize(size.cells, 2 * size.lines))
        taken = _places(scenario, drawn(scenario).tolist(), size)
        return class_ground(said, outputs, class_names(scenario), class_marks(scenario), taken)
    raster = Raster(size.cells, size.lines)
    of = scale(scenario, output or 1)
    values = outputs[:, :, (output or 1) - 1]
    with quiet():
        contour(values - of.middle, raster)
    pixels = _stretched(of.levels(values, LEVELS), CellSize(size.cells, 2 * size.lines)).tolist()
    return tuple(
        tuple(
            on_middle(*dots) if dots[0] != " " else pixel_pair(above, below)
            for dots, above, below in zip(raster.row(y), pixels[2 * y], pixels[2 * y + 1], strict=True)
        )
        for y in range(size.lines)
    )


def _background(outputs: Array, scenario: Scenario, output: int, size: CellSize) -> Background:
    """The character and role of every cell: the shading, and over it the boundary line."""
    raster = Raster(size.cells, size.lines)
    if _says_class(scenario, output):
        fill = _areas(outputs, scenario, size)
        for lead in leads(outputs):
            contour(lead, raster)
    else:
        of = scale(scenario, output or 1)
        values = outputs[:, :, (output or 1) - 1]
        fill = _shades(_stretched(of.levels(values, len(SHADES)), size))
        with quiet():
            contour(values - of.middle, raster)
    return tuple(_row(line, raster, y) for y, line in enumerate(fill))


def _row(fill: list[Mark], raster: Raster, y: int) -> tuple[Paint, ...]:
    cells = (dots if dots[0] != " " else cell for dots, cell in zip(raster.row(y), fill, strict=True))
    return tuple((character, role, False, "plain") for character, role in cells)


def _stretched(values: Labels, size: CellSize) -> Labels:
    """Values of fewer lines and columns, repeated over all cells."""
    lines, columns = values.shape
    down, across = np.arange(size.lines) * lines // size.lines, np.arange(size.cells) * columns // size.cells
    stretched: Labels = values[down][:, across]
    return stretched


def _shades(levels: Labels) -> list[list[Mark]]:
    cells: list[Mark] = [*zip(SHADES, _LEVEL_ROLES, strict=True)]
    return [
        [cells[level] if level >= 0 else _in_some_cells(NAN, "warning", x, y) for x, level in enumerate(line)]
        for y, line in enumerate(levels.tolist())
    ]


def _areas(outputs: Array, scenario: Scenario, size: CellSize) -> list[list[Mark]]:
    """A shading for each class or, if there are many, its letter in some of its cells."""
    said, count = _said(outputs, scenario, size).tolist(), outputs.shape[2]
    marks = class_marks(scenario)

    def cell(k: int, x: int, y: int) -> Mark:
        if k < 0:
            return _in_some_cells(NAN, "warning", x, y)
        return (AREAS[k], _AREA_ROLES[k]) if count <= len(AREAS) else _in_some_cells(marks[k], _AREA_ROLES[k % 3], x, y)

    return [[cell(k, x, y) for x, k in enumerate(line)] for y, line in enumerate(said)]


def _said(outputs: Array, scenario: Scenario, size: CellSize) -> Labels:
    """The predicted class of every cell, from 0; −1 where an output is nan."""
    known_classes = classes(scenario)
    assert known_classes is not None
    lines, columns, count = outputs.shape
    return _stretched(known_classes.predicted(outputs.reshape(-1, count)).reshape(lines, columns), size)


def _in_some_cells(text: str, role: Role, x: int, y: int) -> Mark:
    """A character in one of four cells, a blank in the others."""
    return (text, role) if (x + 2 * (y % 2)) % 4 == 1 else (" ", role)


# --- the points


def _with_points(ground: Background, frame: Frame, now: WeightsAtStep, size: CellSize, colours: bool) -> list[Line]:
    scenario, here = frame.scenario, frame.row - 1
    cells = [list(line) for line in ground]
    misclassified = wrong(now)
    known_classes = classes(scenario)
    told = known_classes is not None and (colours or known_classes.count <= len(AREAS))
    marks = class_marks(scenario) if told else ()  # with more classes the shaded background shows letters
    rows = [*(row for row in drawn(scenario).tolist() if row not in misclassified), *sorted(misclassified), here]
    places = _places(scenario, rows, size)
    for row, (x, y) in zip(rows, places, strict=True):
        mark = marks[known_classes.labels[row]] if known_classes is not None and marks else POINT
        mark = HELD_MARKS.get(mark, HELD_MARKS[POINT]) if scenario.is_held(row) else mark
        is_wrong = row in misclassified and row != here
        cells[y][x] = marked(ground[y][x], *((WRONG, "warning") if is_wrong else (mark, "plain")))
    x, y = places[-1]
    cells[y][x] = (cells[y][x][0], "lit", False, "plain")
    return [painted(line) for line in cells]


def _places(scenario: Scenario, rows: list[int], size: CellSize) -> list[tuple[int, int]]:
    """Column and line of each data row."""
    across, up = extents(scenario)
    x = across.share(scenario.x[rows, 0]) * size.cells
    y = (1.0 - up.share(scenario.x[rows, 1])) * size.lines
    columns = np.clip(x, 0, size.cells - 1).astype(int).tolist()
    return list(zip(columns, np.clip(y, 0, size.lines - 1).astype(int).tolist(), strict=True))
