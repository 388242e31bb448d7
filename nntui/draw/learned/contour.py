"""The line on which a function of two inputs is 0, in braille dots, from its values at the middles of cells."""

import numpy as np

from nntui.draw.charts.braille import Raster
from nntui.engine.arithmetic import Array, quiet

_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])  # (x, y) of the corners of a square, in order


def contour(values: Array, raster: Raster) -> None:
    """Draws where values (lines, columns), scaled to the raster, change sign, by marching squares.

    0 counts as positive. There is no line next to a nan.
    """
    lines, columns = values.shape
    if lines < 2 or columns < 2:
        return
    corners = np.stack([values[:-1, :-1], values[:-1, 1:], values[1:, 1:], values[1:, :-1]], axis=-1)  # as _CORNERS
    above = corners >= 0.0
    mixed = above.any(axis=-1) & ~above.all(axis=-1) & ~np.isnan(corners).any(axis=-1)
    starts, ends = _segments(corners[mixed])
    places = np.argwhere(mixed)[:, ::-1] + 0.5  # x, y of the first corner
    cell = np.array([raster.cells / columns, raster.lines / lines])
    for start, end in zip(starts, ends, strict=True):
        known = ~np.isnan(start[:, 0])
        raster.lines_between((places + start)[known] * cell, (places + end)[known] * cell, "strong", thick=2)


def _segments(corners: Array) -> tuple[list[Array], list[Array]]:
    """Start and end points of the line in each square, from its corners (squares, 4): a first and, if any, a second piece."""
    after = np.roll(corners, -1, axis=1)
    crossed = (corners >= 0.0) != (after >= 0.0)
    with quiet():
        part = corners / (corners - after)
    part = np.where((part >= 0.0) & (part <= 1.0), part, 0.5)  # the middle, if the values are too large to be subtracted
    met = _CORNERS + part[:, :, None] * (np.roll(_CORNERS, -1, axis=0) - _CORNERS)
    met[~crossed] = np.nan
    order = np.argsort(~crossed, axis=1, kind="stable")[:, :, None]
    met = np.take_along_axis(met, order, axis=1)
    return [met[:, 0], met[:, 2]], [met[:, 1], met[:, 3]]
