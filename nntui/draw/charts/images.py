"""Numbers as the pixels of an image: inputs that are a picture, and the weights of a neuron that looks at one.

With 256 colours a pixel is `zoom` cells wide and as many halves of a line high, so that it is about square. Without them it
is a character repeated, two cells for each zoom, and a line high: ░▒▓█ for what is above zero, -=≡# for what is below.
"""

from itertools import zip_longest

import numpy as np

from nntui.draw.base.spans import INK_ROLES, MAP_ROLES, Block, Paint, Role, painted
from nntui.engine.arithmetic import Array, quiet

HALF = "▀"
NOT_A_NUMBER: Paint = ("?", "warning", False, "plain")
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
    with quiet():
        if signed:
            shares = np.clip(values / (max(abs(low), abs(high)) or 1.0), -1.0, 1.0)
        else:
            shares = np.clip((values - low) / ((high - low) or 1.0), 0.0, 1.0)
    shares[~np.isfinite(values)] = np.nan
    return _in_colours(shares, zoom, signed=signed) if colours else _in_characters(shares, zoom, signed=signed)


def _in_colours(shares: Array, zoom: int, *, signed: bool) -> Block:
    """Pixels of the palette, two of them in each cell, one above the other."""
    roles: tuple[Role, ...] = MAP_ROLES if signed else INK_ROLES
    with quiet():
        levels = np.rint(((shares + 1.0) / 2.0 if signed else shares) * (len(roles) - 1))
    pixels = np.repeat(np.repeat(levels, zoom, axis=0), zoom, axis=1).tolist()
    nothing_below = [None] * len(pixels[0])
    pairs = zip_longest(pixels[::2], pixels[1::2], fillvalue=nothing_below)
    return tuple(painted(_pixels(a, b, roles) for a, b in zip(above, below, strict=True)) for above, below in pairs)


def _in_characters(shares: Array, zoom: int, *, signed: bool) -> Block:
    """Two characters across for each zoom, of four sizes above zero and four below it."""
    with quiet():
        levels = np.sign(shares) * np.ceil(np.abs(shares) * 4 - 0.25)
    pixels = np.repeat(np.repeat(levels, zoom, axis=0), 2 * zoom, axis=1).tolist()
    return tuple(painted(_character(level, signed=signed) for level in line) for line in pixels)


def _pixels(above: float, below: float | None, roles: tuple[Role, ...]) -> Paint:
    if above != above or (below is not None and below != below):
        return NOT_A_NUMBER
    upper = roles[int(above)]
    if below is None:
        return (HALF, upper, False, "plain")
    return two_pixels(upper, roles[int(below)])


def two_pixels(upper: Role, lower: Role) -> Paint:
    """A cell of two pixels, one above the other."""
    return (" ", "plain", False, upper) if upper == lower else (HALF, upper, False, lower)


def _character(level: float, *, signed: bool) -> Paint:
    if level != level:
        return NOT_A_NUMBER
    size = min(int(abs(level)), 4)
    if not signed:
        return (_ABOVE[size], "plain", False, "plain")
    return (_BELOW[size], "minus", False, "plain") if level < 0 else (_ABOVE[size], "past", False, "plain")
