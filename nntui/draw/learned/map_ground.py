"""The ground of the map of a function of two inputs: every cell's shading or colour, and over it the boundary line.

The shading is readable without colour: of one output four shades, of classes one for each, of many classes their letters.
With 256 colours every cell is two pixels.
"""

from functools import lru_cache

import numpy as np

from nntui.draw.base.spans import Mark, Paint, Role
from nntui.draw.charts.braille import Raster
from nntui.draw.learned.class_map import class_ground, leads
from nntui.draw.learned.contour import contour
from nntui.draw.learned.pixels import LEVELS, on_middle, pixel_pair
from nntui.engine.arithmetic import Array, quiet
from nntui.explain.learned.confusion import class_marks, class_names
from nntui.explain.learned.function import WeightsAtStep, classes, drawn, extents, field, scale
from nntui.explain.learned.survey import needs_picture
from nntui.training.classes import Labels
from nntui.training.scenario import Scenario
from nntui.values import dataclass

SHADES = " ░▒▓"
AREAS = "·░▒▓"
NAN_SIGN = "?"
LEVEL_ROLES: tuple[Role, ...] = ("area_1", "area_1", "area_2", "area_2")
AREA_ROLES: tuple[Role, ...] = ("area_1", "area_2", "area_3", "frame")

Background = tuple[tuple[Paint, ...], ...]


@dataclass(frozen=True, slots=True)
class CellSize:
    """Cells across and down."""

    cells: int
    lines: int


def map_ground(picture: Array, now: WeightsAtStep, output: int, size: CellSize, *, colours: bool) -> Background:
    """The ground, a line of cells for each of `size.lines`.

    picture: the outputs at points of the map, shape (lines, columns, outputs), stretched over its cells.
    output: from 1, or 0 for the predicted class (or the only output).
    """
    if needs_picture(now):
        return (_colours if colours else _background)(picture, now.scenario, output, size)
    return _cached(now, output, size, colours)


@lru_cache(maxsize=4)
def _cached(now: WeightsAtStep, output: int, size: CellSize, colours: bool) -> Background:
    picture = field(now, size.cells, size.lines * (2 if colours else 1))
    assert picture is not None
    return (_colours if colours else _background)(picture, now.scenario, output, size)


def _colours(outputs: Array, scenario: Scenario, output: int, size: CellSize) -> Background:
    """Every cell as two pixels of a colour each, and over them the boundary line on the colour of the middle."""
    if says_class(scenario, output):
        said = _said(outputs, scenario, CellSize(size.cells, 2 * size.lines))
        taken = places_of_rows(scenario, drawn(scenario).tolist(), size)
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
    if says_class(scenario, output):
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
    cells: list[Mark] = [*zip(SHADES, LEVEL_ROLES, strict=True)]
    return [
        [cells[level] if level >= 0 else _in_some_cells(NAN_SIGN, "warning", x, y) for x, level in enumerate(line)]
        for y, line in enumerate(levels.tolist())
    ]


def _areas(outputs: Array, scenario: Scenario, size: CellSize) -> list[list[Mark]]:
    """A shading for each class or, if there are many, its letter in some of its cells."""
    said, count = _said(outputs, scenario, size).tolist(), outputs.shape[2]
    marks = class_marks(scenario)

    def cell(k: int, x: int, y: int) -> Mark:
        if k < 0:
            return _in_some_cells(NAN_SIGN, "warning", x, y)
        return (AREAS[k], AREA_ROLES[k]) if count <= len(AREAS) else _in_some_cells(marks[k], AREA_ROLES[k % 3], x, y)

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


def says_class(scenario: Scenario, output: int) -> bool:
    """Whether the map shows the predicted class, and not an output."""
    return output == 0 and scenario.network.outputs > 1


def places_of_rows(scenario: Scenario, rows: list[int], size: CellSize) -> list[tuple[int, int]]:
    """Column and line of each data row."""
    across, up = extents(scenario)
    x = across.share(scenario.x[rows, 0]) * size.cells
    y = (1.0 - up.share(scenario.x[rows, 1])) * size.lines
    columns = np.clip(x, 0, size.cells - 1).astype(int).tolist()
    return list(zip(columns, np.clip(y, 0, size.lines - 1).astype(int).tolist(), strict=True))
