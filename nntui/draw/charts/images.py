"""Numbers as the pixels of an image: inputs that are a picture, and the weights of a neuron that looks at one.

With 256 colours a pixel is `zoom` cells wide and as many halves of a line high, so that it is about square. Without them it
is a character repeated, two cells for each zoom, and a line high: ░▒▓█ for what is above zero, -=≡# for what is below.
"""

import numpy as np

from nntui.draw.base.spans import INK_ROLES, MAP_ROLES, Block, Paint, Role, painted
from nntui.engine.arithmetic import Array, quiet

HALF = "▀"
NAN = "?"
_LARGEST_ZOOM = 4
_ABOVE, _BELOW = " ░▒▓█", " -=≡#"


def image_size(rows: int, columns: int, zoom: int, *, colours: bool) -> tuple[int, int]:
    """Cells and lines of an image."""
    return (columns * zoom, -(-rows * zoom // 2)) if colours else (2 * columns * zoom, rows * zoom)


def zoom_within(rows: int, columns: int, cells: int, lines: int, *, colours: bool) -> int:
    """The largest zoom with which an image has room; 0 if it has none."""
    fitting = [0]
    for zoom in range(1, _LARGEST_ZOOM + 1):
        wide, high = image_size(rows, columns, zoom, colours=colours)
        if wide <= cells and high <= lines:
            fitting.append(zoom)
    return fitting[-1]


def image_block(values: Array, low: float, high: float, zoom: int, *, signed: bool, colours: bool) -> Block:
    """values: shape (rows, columns). low, high: the ends of the palette; signed: one of two colours with 0 in the middle."""
    levels = _levels(values, low, high, signed=signed, count=len(MAP_ROLES if signed else INK_ROLES) if colours else 4)
    across = np.repeat(levels, zoom if colours else 2 * zoom, axis=1)
    every = np.repeat(across, zoom, axis=0).tolist()
    if not colours:
        return tuple(painted(_character(level, signed=signed) for level in line) for line in every)
    roles = MAP_ROLES if signed else INK_ROLES
    pairs = zip(every[::2], every[1::2] + ([[None] * len(every[0])] if len(every) % 2 else []), strict=True)
    return tuple(painted(_pixels(a, b, roles) for a, b in zip(above, below, strict=True)) for above, below in pairs)


def _levels(values: Array, low: float, high: float, *, signed: bool, count: int) -> Array:
    """The level of each pixel: of colours an index into the palette; without, signed, −4 … 4."""
    with quiet():
        span = max(abs(low), abs(high)) if signed else high - low
        share = values / (span or 1.0) if signed else (values - low) / (span or 1.0)
        share = np.clip(share, -1.0 if signed else 0.0, 1.0)
        if count == len(MAP_ROLES) and signed:
            levels = np.rint((share + 1.0) / 2.0 * (count - 1))
        else:
            levels = np.sign(share) * np.ceil(np.abs(share) * count - 0.25) if count == 4 else np.rint(share * (count - 1))
    levels[~np.isfinite(values)] = np.nan
    return np.asarray(levels)


def _pixels(above: float, below: float | None, roles: tuple[Role, ...]) -> Paint:
    if above != above or (below is not None and below != below):
        return (NAN, "warning", False, "plain")
    upper = roles[int(above)]
    if below is None:
        return (HALF, upper, False, "plain")
    lower = roles[int(below)]
    return (" ", "plain", False, upper) if upper == lower else (HALF, upper, False, lower)


def _character(level: float, *, signed: bool) -> Paint:
    if level != level:
        return (NAN, "warning", False, "plain")
    size = min(int(abs(level)), 4)
    if not signed:
        return (_ABOVE[size], "plain", False, "plain")
    return (_BELOW[size], "minus", False, "plain") if level < 0 else (_ABOVE[size], "past", False, "plain")
