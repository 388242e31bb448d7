"""The loss surface as a picture: the mean cost over two weights, with the path of the run on it.

Low is dark and high is light, or the palette of the map in 256 colours. The line goes where C is what it is now.
"""

import numpy as np

from nntui.draw.base.boxes import framed
from nntui.draw.base.spans import Block, Line, Paint, Role, Span, painted
from nntui.draw.charts.braille import Raster
from nntui.draw.charts.images import NOT_A_NUMBER
from nntui.draw.learned.contour import contour
from nntui.draw.learned.map import brief
from nntui.draw.learned.pixels import LEVELS, legend_colours, marked, on_middle, pixel_pair
from nntui.engine.arithmetic import Array, quiet
from nntui.explain.learned.function import OutputScale
from nntui.explain.learned.surface import LossSurface
from nntui.explain.notation.numerals import Numerals

SHADES = " ░▒▓"
_SHADE_ROLES: tuple[Role, ...] = ("area_1", "area_1", "area_2", "area_2")
START, NOW, PATH = "○", "●", "•"
_HIGH = 90  # percentile of C above which all is drawn as the highest


def surface_panel(
    found: LossSurface | None, names: tuple[str, str], words: str, numerals: Numerals, cells: int, height: int, *, colours: bool
) -> Block:
    """The picture in cells × height. names: of the weights along and up; words: at the foot; colours: there are 256."""
    title: Line = (Span("mean C", "strong"), Span(f" over {names[0]} → and {names[1]} ↑", "dim"))
    if found is None:
        return framed(title, [(Span(" being computed …", "dim"),)], cells, height)
    columns, lines = cells - 2, height - 2
    of = _scale(found.values)
    legend = legend_colours() if colours else (Span(SHADES[1], _SHADE_ROLES[1]), Span(SHADES[2:], _SHADE_ROLES[2]))
    low, high = _apart(of.low, of.high)
    title = (*title, Span(f"  {low} ", "dim"), *legend, Span(f" {high}+", "dim"))
    title = (*title, Span("  ⠒⠒", "strong"), Span(f" {numerals.write(found.cost)} now", "dim"))
    raster = Raster(columns, lines)
    with quiet():
        contour(found.values - found.cost, raster)
    ground = _ground(found.values, of, raster, columns, lines, colours)
    _put_path(ground, found, columns, lines)
    ranges = f"{_ends(names[0], found.across.low, found.across.high)}  {_ends(names[1], found.up.low, found.up.high)}"
    foot = next((text for text in (f"{ranges}  {words}", ranges, words) if len(text) <= cells - 6), "")
    return framed(title, [painted(line) for line in ground], cells, height, foot=foot)


def _apart(low: float, high: float) -> tuple[str, str]:
    """Both ends with as many digits as tell them apart, three at least."""
    texts = ((brief(low, digits), brief(high, digits)) for digits in range(3, 18))
    return next((pair for pair in texts if pair[0] != pair[1]), (brief(low), brief(high)))


def _ends(name: str, low: float, high: float) -> str:
    return f"{name} {brief(low)} … {brief(high)}"


def _scale(values: Array) -> OutputScale:
    """From the lowest C to a high one: few cells with a very high C leave the others to be told apart."""
    known = values[np.isfinite(values)]
    if not len(known):
        return OutputScale(0.0, 1.0, 0.5)
    low, high = float(known.min()), float(np.percentile(known, _HIGH))
    high = high if high > low else low + 1.0
    return OutputScale(low, high, low / 2 + high / 2)


def _ground(values: Array, of: OutputScale, raster: Raster, columns: int, lines: int, colours: bool) -> list[list[Paint]]:
    """The shading of every cell, and over it the line where C is that of now."""
    rows = 2 * lines if colours else lines
    down = np.arange(rows) * len(values) // rows
    across = np.arange(columns) * values.shape[1] // columns
    levels = of.levels(values[down][:, across], LEVELS if colours else len(SHADES)).tolist()
    ground: list[list[Paint]] = []
    for y in range(lines):
        line: list[Paint] = []
        for x, dots in enumerate(raster.row(y)):
            if colours:
                line.append(on_middle(*dots) if dots[0] != " " else pixel_pair(levels[2 * y][x], levels[2 * y + 1][x]))
            elif dots[0] != " ":
                line.append((dots[0], dots[1], False, "plain"))
            else:
                level = levels[y][x]
                line.append((SHADES[level], _SHADE_ROLES[level], False, "plain") if level >= 0 else NOT_A_NUMBER)
        ground.append(line)
    return ground


def _put_path(ground: list[list[Paint]], found: LossSurface, columns: int, lines: int) -> None:
    """The places of the run, its start, and last where it is now."""
    known = found.path[np.isfinite(found.path).all(axis=1)]
    if not len(known):
        return
    x = np.clip(found.across.share(known[:, 0]) * columns, 0, columns - 1).astype(int).tolist()
    y = np.clip((1.0 - found.up.share(known[:, 1])) * lines, 0, lines - 1).astype(int).tolist()
    for column, line in zip(x, y, strict=True):
        ground[line][column] = marked(ground[line][column], PATH, "plain")
    ground[y[0]][x[0]] = marked(ground[y[0]][x[0]], START, "plain")
    ground[y[-1]][x[-1]] = (NOW, "lit", False, "plain")
