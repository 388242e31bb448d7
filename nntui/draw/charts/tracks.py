"""The lines of a plot: the numbers of a run thinned to a few for each column, and the dots that are drawn of them.

Thinning keeps of every column of places the smallest and the largest number. The small plot of the cost and the plot with
a cursor both draw what `Track` gives.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nntui.draw.base.spans import Role
from nntui.draw.base.view import OtherRun
from nntui.draw.charts.axes import OTHER_ROLES, AxisScale
from nntui.draw.charts.window import Window
from nntui.engine.arithmetic import Array
from nntui.training.containers.series import Series
from nntui.values import dataclass

Dots = NDArray[np.intp]
APART = 3  # dots between two places from which each place is drawn thicker than the line through them


@dataclass(frozen=True, slots=True, eq=False)
class Thinned:
    """Smallest and largest number of each column, nan where a column has none. Equal if all numbers are, to the last bit."""

    low: Array
    high: Array

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thinned) and self._bytes() == other._bytes()

    def __hash__(self) -> int:
        return hash(self._bytes())

    def _bytes(self) -> tuple[bytes, bytes]:
        return self.low.tobytes(), self.high.tobytes()

    @property
    def middle(self) -> Array:
        """Halfway between smallest and largest: of epoch means, which are drawn as a line and not as a band. Shape as `low`."""
        return self.low / 2 + self.high / 2


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One line of a plot. Its numbers belong to the places first, first + 1 …; those of start … stop − 1 are drawn.

    every: 1, or how many places each number is the mean of; it is drawn at the last of them. symbol: what it is called.
    mark: a character that tells it from the other lines without colour.
    """

    symbol: str
    series: Series
    role: Role
    mark: str = ""
    first: int = 0
    every: int = 1
    start: int = 0
    stop: int = 0

    @property
    def is_drawn(self) -> bool:
        """Whether there is any number to draw."""
        return min(self.stop // self.every, self.series.length) > self.start // self.every

    def columns(self, first: int, size: int, count: int) -> Thinned:
        """The numbers from number `first` on, `size` of them, thinned to `count` columns. Numbers count from place 0."""
        start, stop = self.start // self.every - self.first, self.stop // self.every - self.first
        return Thinned(*self.series.columns(size, count, start, stop, first - self.first))


def other_tracks(others: Sequence[OtherRun], points: int, by: Literal["point", "mean", "epoch"]) -> Iterator[Track]:
    """The costs of other runs, as many as there are roles: of each data point, as epoch means among them, or by epoch.

    points: data points in an epoch; where it is one, costs and epoch means are the same numbers.
    """
    for letter, role, one in zip("abc", OTHER_ROLES, others, strict=False):
        start, stop = one.start, one.start + one.shown
        if by == "epoch":
            yield Track(letter, one.means, role, letter, start=start // points, stop=stop // points)
        elif by == "mean" and points > 1:
            yield Track(letter, one.means, role, letter, every=points, start=start, stop=stop)
        else:
            yield Track(letter, one.costs, role, letter, start=start, stop=stop)


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """What of a track is in a window. dots: columns of dots, two in a cell; low, high: numbers, nan where there is none."""

    dots: Dots
    low: Array
    high: Array


def samples(track: Track, shown: Window) -> Samples:
    """The numbers of a track in a window, two columns of dots in each column."""
    if track.every > 1:
        return _mean_samples(track, shown)
    count = min(shown.size, 2 * shown.columns)
    count = shown.size if shown.size < shown.columns else count
    thinned = track.columns(shown.first, shown.size, count)
    dots = _dots(np.arange(count) + 0.5, shown.columns / count) if count < 2 * shown.columns else np.arange(count)
    begins = shown.first - np.arange(count) * -shown.size // count  # the first place of each column of dots
    inside = (begins >= track.start) & (begins < min(track.stop, track.first + track.series.length))
    whole = shown.size // count >= track.series.width  # else only some columns have a number
    kept = np.flatnonzero(~np.isnan(thinned.low) | (inside & whole))
    return Samples(dots[kept], thinned.low[kept], thinned.high[kept])


def _mean_samples(track: Track, shown: Window) -> Samples:
    """The samples of a track of means, each of several places and drawn at the last of them."""
    every = track.every
    first = max(shown.first, track.start) // every
    last = min(shown.stop, track.stop, track.series.length * every) // every
    count = min(last - first, 2 * shown.columns)
    if count <= 0:
        return Samples(np.empty(0, np.intp), np.empty(0), np.empty(0))
    middle = track.columns(first, last - first, count).middle
    ends = (first + (np.arange(count) + 1) * ((last - first) / count)) * every - 0.5 - shown.first
    dots = np.clip(_dots(ends, shown.columns / shown.size), 0, 2 * shown.columns - 1)
    kept = np.flatnonzero(np.diff(dots, append=-1))  # of several in one column of dots the last
    return Samples(dots[kept], middle[kept], middle[kept])


def _dots(places: NDArray[np.floating[Any]], columns: float) -> Dots:
    dots: Dots = np.floor(2 * places * columns).astype(np.intp)
    return dots


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """Dots to draw: in each column of dots from row `top` to row `bottom`, counted from above."""

    dots: Dots
    top: Dots
    bottom: Dots


def strokes(found: Samples, scale: AxisScale, rows: int) -> list[Stroke]:
    """The line through the samples in `rows` rows of dots, cut where no number can be drawn."""
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
    """One line without a gap: straight between the places, and each column of dots touches the next."""
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
