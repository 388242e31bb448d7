"""The line on which a function of two inputs is 0, in braille dots, from its values under the middles of cells."""

import numpy as np

from nntui.draw.base.braille import Raster
from nntui.draw.base.spans import Role
from nntui.engine.arithmetic import Array, quiet

_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])  # (x, y), going round a square


def contour(values: Array, raster: Raster, role: Role) -> None:
    """Draws where values (lines, columns), stretched over the raster, change their sign: marching squares.

    0 is on the side of what is above it. Where a value is nan there is no line.
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
        raster.lines_between((places + start)[known] * cell, (places + end)[known] * cell, role, thick=2)


def _segments(corners: Array) -> tuple[list[Array], list[Array]]:
    """Where the line enters and leaves each square (squares, 4): one piece for each and a second, else nan, for some."""
    after = np.roll(corners, -1, axis=1)
    crossed = (corners >= 0.0) != (after >= 0.0)
    with quiet():
        part = corners / (corners - after)
    part = np.where((part >= 0.0) & (part <= 1.0), part, 0.5)  # of values too large to be subtracted: the middle
    met = _CORNERS + part[:, :, None] * (np.roll(_CORNERS, -1, axis=0) - _CORNERS)
    met[~crossed] = np.nan
    order = np.argsort(~crossed, axis=1, kind="stable")[:, :, None]
    met = np.take_along_axis(met, order, axis=1)
    return [met[:, 0], met[:, 2]], [met[:, 1], met[:, 3]]
