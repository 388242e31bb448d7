"""The curves of the small cost plot: a run up to the present and beyond it, other runs, and the band under the line.

plotext draws the lines and the ticks. It gets a few numbers for each column, whatever the length of the run; the band is
laid under its cells.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import isfinite

import numpy as np

from nntui.draw.base.spans import Block, Line, Role, Span, painted
from nntui.draw.charts.axes import OTHER_ROLES, AxisScale, IterationPlace
from nntui.draw.charts.curves import Curve, curves_block
from nntui.draw.charts.tracks import Thinned
from nntui.draw.costs.cost_band import band, laid_under
from nntui.draw.costs.cost_scale import cost_scale, cost_ticks
from nntui.draw.costs.thinned_costs import TICKS, RunExtent, ThinnedCosts

ROLES: tuple[Role, ...] = ("past", "future")
_LETTERS = 3  # how often the letter of another run is drawn on its line
_MOST_OTHERS = len(OTHER_ROLES)


@lru_cache(maxsize=2)  # the steps of one data point mostly share their plot
def canvas(shown: ThinnedCosts, extent: RunExtent, cells: int, lines: int) -> Block:
    """The curves in cells × lines."""
    scale = cost_scale(shown, extent)
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
    block = draw(curves, (cells, lines), (0.0, float(extent.size)), (scale.low, scale.high), cost_ticks(scale, lines))
    along = IterationPlace(-TICKS * extent.size / (cells - TICKS), extent.size / (cells - TICKS))
    if shown.spread is None:
        return tuple(_with_places(line, along) for line in block)
    low, high = band(shown.spread, scale, cells - TICKS, lines)
    here = extent.reached * (cells - TICKS) // extent.size
    return tuple(
        painted(laid_under(line, low - 8 * up, high - 8 * up, here, extent.colours), along.beyond)
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
    from nntui.draw.charts import plotext_figure

    return plotext_figure.figure(curves, size, x_range, y_range, y_ticks)


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
