"""The curves of the small plot of the cost: what is drawn of a run, its scale, and the band of the spread under the line.

plotext draws the lines and the ticks. It gets a few numbers for each column, whatever the length of the run; the band is
laid under its cells.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor, isfinite, log10

import numpy as np

from nntui.draw.base.axes import OTHER_ROLES, AxisScale, IterationPlace, brief_power, logarithmic
from nntui.draw.base.curves import Curve, curves_block
from nntui.draw.base.spans import Block, Line, Role, Span, painted
from nntui.draw.plot.cost_band import band, laid_under
from nntui.draw.plot.tracks import Thinned, Track
from nntui.engine.arithmetic import Array
from nntui.training.series import Series
from nntui.values import dataclass

TICKS = 6  # cells of the ticks at the left
ROLES: tuple[Role, ...] = ("past", "future")
EPOCHS = 10  # epochs across from which the mean of each is the line, and its data points the band
DECADES = 1.5  # of the drawn numbers, from which the scale is logarithmic
_LETTERS = 3  # how often the letter of another run is drawn on its line
_MOST_OTHERS = len(OTHER_ROLES)
_NEAR = 0.3  # decades to a power of ten that becomes the end of the scale, and for the band above the line
_LEAST_POWER, _MOST_POWER = -99.0, 300.0


@dataclass(frozen=True, slots=True)
class RunExtent:
    """The drawn part of a run. size: iterations across; reached: those up to the present; farthest: the largest visited one.

    log: the viewer wants a logarithmic scale. colours: the band is a colour, else characters.
    hurried: drawn without plotext, dot for dot the same in less time.
    """

    size: int
    reached: int
    farthest: int
    points: int
    log: bool = False
    colours: bool = False
    hurried: bool = False

    @property
    def by_means(self) -> bool:
        """Whether the line is the mean of each epoch; in a short run it is the cost of each data point."""
        return self.points > 1 and self.size >= EPOCHS * self.points


@dataclass(frozen=True, slots=True)
class ThinnedCosts:
    """The numbers that are drawn, a few for each column, whatever the length of the run.

    costs: C up to the present and beyond it, where C is the line. means: epoch means, None where an epoch is one data point.
    spread: C of all that was visited, for the band, None where C is the line.
    others: letter, role and numbers of other runs: epoch means, or C where an epoch is one data point.
    """

    costs: tuple[Thinned, ...]
    means: Thinned | None
    spread: Thinned | None
    others: tuple[tuple[str, Role, Thinned], ...] = ()

    def line(self) -> list[Array]:
        """The numbers of the lines, from which the scale is made."""
        means = [] if self.spread is None or self.means is None else [*_ends(self.means)]
        of_run = means if any(np.isfinite(row).any() for row in means) else [row for one in self._points() for row in _ends(one)]
        return [*of_run, *(row for _, _, thinned in self.others for row in _ends(thinned))]

    def _points(self) -> tuple[Thinned, ...]:
        return self.costs if self.spread is None else (self.spread,)


def thinned_costs(costs: Series, means: Series, others: Sequence[Track], extent: RunExtent, cells: int) -> ThinnedCosts:
    """What is drawn of a run and of others in `cells` cells."""
    columns = cells - TICKS
    count = columns if extent.size > 2 * columns else 2 * columns

    def thinned(track: Track, most: int) -> Thinned:
        numbers = extent.size // track.every
        return track.columns(0, numbers, min(most, numbers) if track.every > 1 else most)

    known = max(extent.reached, extent.farthest)
    dense = extent.points > 1 and (extent.by_means or extent.size > 2 * columns)
    parts = min(columns, extent.size // extent.points)
    past = Track("C", costs, "past", stop=extent.reached)
    future = Track("C", costs, "future", start=extent.reached, stop=extent.farthest)
    return ThinnedCosts(
        () if extent.by_means else (thinned(past, count), thinned(future, count)),
        thinned(Track("mean", means, "mean", every=extent.points, stop=known), 2 * columns) if dense else None,
        thinned(Track("C", costs, "band", stop=known), parts) if extent.by_means else None,
        tuple((track.mark, track.role, thinned(track, count)) for track in others),
    )


@lru_cache(maxsize=2)  # the steps of one data point mostly share their plot
def canvas(shown: ThinnedCosts, extent: RunExtent, cells: int, lines: int) -> Block:
    """The curves in cells × lines."""
    scale = _scale(shown, extent)
    curves: list[Curve] = []
    for one, role in zip(shown.costs[::-1], ROLES[::-1], strict=False):
        curves += _bands(one, scale, role, extent.size / len(one.low))
    if shown.means is not None:
        curves += _line(shown.means, scale, extent, "future", extent.reached, extent.size)
        curves += _line(shown.means, scale, extent, "mean", 0, extent.reached)
    lines_of_others = [_other(role, thinned, scale, extent) for _, role, thinned in shown.others]
    curves += [curve for line in lines_of_others for curve in line]
    for number, ((letter, _, _), line) in enumerate(zip(shown.others, lines_of_others, strict=True)):
        curves += [_letters(letter, number, curve) for curve in line]  # on top of all lines, where these cover each other
    draw = curves_block if extent.hurried else figure
    block = draw(curves, (cells, lines), (0.0, float(extent.size)), (scale.low, scale.high), _ticks(scale, lines))
    along = IterationPlace(-TICKS * extent.size / (cells - TICKS), extent.size / (cells - TICKS))
    if shown.spread is None:
        return tuple(_with_places(line, along) for line in block)
    low, high = band(shown.spread, scale, cells - TICKS, lines)
    here = extent.reached * (cells - TICKS) // extent.size
    return tuple(
        painted(laid_under(line, low - 8 * up, high - 8 * up, TICKS, here, extent.colours), along.beyond)
        for line, up in zip(block, range(lines - 1, -1, -1), strict=True)
    )


def figure(
    curves: Sequence[Curve],
    size: tuple[int, int],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    y_ticks: Sequence[tuple[float, str]],
) -> Block:
    """The curves as plotext draws them; it is loaded for the first one, and an empty plot needs none."""
    if not curves:
        return curves_block(curves, size, x_range, y_range, y_ticks)
    from nntui.draw.base import plotext_figure

    return plotext_figure.figure(curves, size, x_range, y_range, y_ticks)


# --- the scale


def _ends(thinned: Thinned) -> tuple[Array, Array]:
    return thinned.low, thinned.high


@lru_cache(maxsize=2)
def is_log(shown: ThinnedCosts, extent: RunExtent) -> bool:
    """Whether the scale is logarithmic: the viewer wants it, or all numbers of the lines are positive and span decades."""
    if extent.log:
        return True
    known = np.concatenate([row[np.isfinite(row)] for row in shown.line()])
    return known.size > 0 and bool(known.min() > 0.0) and log10(known.max()) - log10(known.min()) >= DECADES


def _scale(shown: ThinnedCosts, extent: RunExtent) -> AxisScale:
    """From 0 to a round number; or logarithmic."""
    rows = shown.line()
    if is_log(shown, extent):
        return _decades(rows, shown.spread)
    widest = _largest(*_ends(shown.spread)) if shown.spread is not None else 0.0
    line = _largest(*rows)
    return AxisScale(0.0, _ceiling(max(line, min(widest, 2 * line))))


def _decades(rows: Sequence[Array], spread: Thinned | None) -> AxisScale:
    """A logarithmic scale that leaves little room above and below the lines, and some for the band."""
    known = np.concatenate(rows)
    positive = known[np.isfinite(known) & (known > 0.0)]
    if not positive.size:
        return logarithmic(rows)
    low, high = max(log10(positive.min()), _LEAST_POWER), min(log10(positive.max()), _MOST_POWER)
    if high - low < 1.0:
        return logarithmic(rows)
    if spread is not None:
        high = max(high, min(log10(_largest(spread.high) or 1e-99), high + _NEAR))
    low = floor(low) if low - floor(low) < _NEAR else low - 0.03 * (high - low)
    high = ceil(high) if ceil(high) - high < _NEAR else high + 0.03 * (high - low)
    return AxisScale(low, high, log=True)


def _largest(*rows: Array) -> float:
    return max((float(row[np.isfinite(row)].max(initial=0.0)) for row in rows), default=0.0)


def _ceiling(largest: float) -> float:
    """The top of the plot: the smallest of 1, 2, 3 and 5 times a power of ten that is not below any finite cost."""
    if largest < 1e-290:
        return 1.0
    decade = 10.0 ** floor(log10(min(largest, 1e300)))
    return next((step * decade for step in (1.0, 2.0, 3.0, 5.0, 10.0) if step * decade >= largest), 10.0 * decade)


def _ticks(scale: AxisScale, lines: int) -> list[tuple[float, str]]:
    """Heights and texts of the ticks: 0, the top and, if there is room, the middle; or powers of ten, each in its own line."""
    if scale.log:
        return [(height, _tick(text)) for height, text in _powers(scale, lines)]
    top = scale.high
    ticks = [(0.0, _tick("0")), (top, _tick(_short(top)))]
    if lines >= 5:
        ticks.insert(1, (top / 2, _tick(_short(top / 2))))
    return ticks


def _powers(scale: AxisScale, lines: int) -> list[tuple[float, str]]:
    """Powers of ten that are some lines apart; the ends as well where there is only one."""
    apart = max(ceil((scale.high - scale.low) / max(lines - 1, 1) * (2 if lines > 8 else 1)), 1)
    powers = range(ceil(scale.low), floor(scale.high) + 1)
    kept = [power for power in powers if power % apart == 0]
    kept = kept if len(kept) > 1 else [powers[0], powers[-1]] if len(powers) > 1 else list(powers)
    if len(kept) > 1:
        return [(float(power), brief_power(power)) for power in kept]
    return [(scale.low, _short(10.0**scale.low)), (scale.high, _short(10.0**scale.high))]


def _tick(text: str) -> str:
    return f"{text:>{TICKS - 1}} "


def _short(value: float) -> str:
    return f"{value:.{TICKS - 3}g}" if 1e-3 <= value < 1e5 else f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e+")


# --- the lines


def _with_places(line: Line, along: IterationPlace) -> Line:
    """The line with the iterations under each span as its target."""
    spans, at = [], 0
    for span in line:
        spans.append(Span(span.text, span.role, along.beyond(at)))
        at += span.width
    return tuple(spans)


def _bands(thinned: Thinned, scale: AxisScale, role: Role, each: float) -> list[Curve]:
    """A line from smallest to largest, column by column, cut where a number is not finite. each: iterations in a column."""
    curves: list[Curve] = []
    x: list[float] = []
    y: list[float] = []
    low, high = scale.bands(thinned.low, thinned.high)
    for column in np.flatnonzero(~np.isnan(low) | ~np.isnan(high)).tolist():
        lowest, highest = float(low[column]), float(high[column])
        if not (isfinite(lowest) and isfinite(highest)):
            curves += [Curve(x, y, role)] if x else []
            x, y = [], []
            continue
        middle = (column + 0.5) * each
        ends = (lowest, highest) if not y or abs(y[-1] - lowest) <= abs(y[-1] - highest) else (highest, lowest)
        for value in ends if lowest != highest else ends[:1]:
            x.append(middle)
            y.append(value)
    return [*curves, Curve(x, y, role)] if x else curves


def _line(means: Thinned, scale: AxisScale, extent: RunExtent, role: Role, first: int, last: int) -> list[Curve]:
    """The epoch means that end at iterations first … last."""
    heights = scale.heights(means.middle)
    ends = (np.arange(len(heights)) + 1) * (extent.size / len(heights))
    known = np.isfinite(heights) & (first <= ends) & (ends <= last)
    return [Curve(ends[known].tolist(), heights[known].tolist(), role)] if known.any() else []


def _other(role: Role, thinned: Thinned, scale: AxisScale, extent: RunExtent) -> list[Curve]:
    """The line of another run."""
    if extent.points == 1:
        middle = scale.heights(thinned.middle)
        known = np.flatnonzero(np.isfinite(middle))
        x, y = ((known + 0.5) * (extent.size / len(middle))).tolist(), middle[known].tolist()
        return [Curve(x, y, role)] if x else []
    return _line(thinned, scale, extent, role, 0, extent.size)


def _letters(letter: str, number: int, line: Curve) -> Curve:
    """The letter of a run here and there on its line. number: of the run, from 0; each has its letters at other places."""
    count = len(line.x)
    shift = count * number // (_LETTERS * _MOST_OTHERS)
    places = sorted({max(count * part // _LETTERS - 1 - shift, 0) for part in range(1, _LETTERS + 1) if count * part >= _LETTERS})
    return Curve([line.x[at] for at in places], [line.y[at] for at in places], line.role, joined=False, marker=letter)
