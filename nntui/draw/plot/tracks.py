"""A line of a plot as dots: of each place its number, of a column of places the smallest and the largest, gaps kept."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.draw.base.axes import AxisScale
from nntui.draw.base.spans import Role
from nntui.draw.plot.window import Window
from nntui.engine.arithmetic import Array
from nntui.training.series import Series

Dots = NDArray[np.intp]
APART = 3  # dots from which single places are told from the line between them


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One line of a plot. Its numbers stand at the places first, first + 1 …; of those start … stop − 1 are drawn.

    every: more than 1 where a number stands for so many places, at the last of them. symbol: what it is called.
    mark: a character that tells it from the others without colour.
    """

    symbol: str
    series: Series
    role: Role
    mark: str = ""
    first: int = 0
    every: int = 1
    start: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """What of a track can be seen. dots: columns of dots; low, high: numbers, nan where one is missing."""

    dots: Dots
    low: Array
    high: Array


def samples(track: Track, shown: Window) -> Samples:
    """The numbers of a track in a window, two columns of dots in each column."""
    if track.every > 1:
        return _groups(track, shown)
    count = min(shown.size, 2 * shown.columns)
    count = shown.size if shown.size < shown.columns else count
    start, stop, first = (place - track.first for place in (track.start, track.stop, shown.first))
    low, high = track.series.columns(shown.size, count, start, stop, first)
    dots = _dots(np.arange(count) + 0.5, shown.columns / count) if count < 2 * shown.columns else np.arange(count)
    begins = shown.first - np.arange(count) * -shown.size // count - track.first  # the first place of each
    inside = (begins >= start) & (begins < min(stop, track.series.length))
    whole = shown.size // count >= track.series.width  # else only some columns have a number
    kept = np.flatnonzero(~np.isnan(low) | (inside & whole))
    return Samples(dots[kept], low[kept], high[kept])


def _groups(track: Track, shown: Window) -> Samples:
    """Numbers that stand for several places, each at the last of its own."""
    every = track.every
    first = max(shown.first, track.start) // every
    last = min(shown.stop, track.stop, track.series.length * every) // every
    count = min(last - first, 2 * shown.columns)
    if count <= 0:
        return Samples(np.empty(0, np.intp), np.empty(0), np.empty(0))
    low, high = track.series.columns(last - first, count, first, last, first)
    ends = (first + (np.arange(count) + 1) * ((last - first) / count)) * every - 0.5 - shown.first
    dots = np.clip(_dots(ends, shown.columns / shown.size), 0, 2 * shown.columns - 1)
    middle = low / 2 + high / 2
    kept = np.flatnonzero(np.diff(dots, append=-1))  # of several on one column of dots the last
    return Samples(dots[kept], middle[kept], middle[kept])


def _dots(places: NDArray[np.floating[Any]], columns: float) -> Dots:
    dots: Dots = np.floor(2 * places * columns).astype(np.intp)
    return dots


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """Dots to be drawn: in each column of dots from top to bottom, rows counted from above."""

    dots: Dots
    top: Dots
    bottom: Dots


def strokes(found: Samples, scale: AxisScale, rows: int) -> list[Stroke]:
    """The line through the samples in so many rows of dots, cut where there is no number that can be drawn."""
    low, high = scale.bands(found.low, found.high)
    good = np.isfinite(low) & np.isfinite(high)
    cuts = np.flatnonzero(np.diff(good.astype(np.int8), prepend=0, append=0))
    size = scale.high - scale.low

    def row(heights: Array) -> Array:
        found: Array = (scale.high - heights) / size * (rows - 1)
        return found

    made = []
    for begin, end in zip(cuts[::2].tolist(), cuts[1::2].tolist(), strict=True):
        part = slice(begin, end)
        made.append(_stroke(found.dots[part], row(high[part]), row(low[part])))
    return made


def _stroke(at: Dots, top: Array, bottom: Array) -> Stroke:
    """One line without a gap: between places straight on, and no dot apart from its neighbour."""
    dots = np.arange(at[0], at[-1] + 1)
    tops = np.rint(np.interp(dots, at, top)).astype(np.intp)
    bottoms = np.rint(np.interp(dots, at, bottom)).astype(np.intp)
    down, up = (tops[1:] + bottoms[:-1]) // 2, (bottoms[1:] + tops[:-1]) // 2
    falls, rises = tops[1:] > bottoms[:-1] + 1, bottoms[1:] < tops[:-1] - 1
    reach_down, reach_up = bottoms.copy(), tops.copy()
    reach_down[:-1][falls] = down[falls]
    reach_up[1:][falls] = down[falls] + 1
    reach_down[1:][rises] = np.maximum(reach_down[1:], up)[rises]
    reach_up[:-1][rises] = np.minimum(reach_up[:-1], up + 1)[rises]
    tops, bottoms = reach_up, reach_down
    if len(at) == 1 or np.diff(at).min() >= APART:
        places = at - at[0]
        tops[places] -= 1
        bottoms[places] += 1
    return Stroke(dots, tops, bottoms)
