"""The scale of the small cost plot, from 0 or by powers of ten, and its ticks."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor, log10

import numpy as np

from nntui.draw.charts.axes import AxisScale, brief_power, logarithmic
from nntui.draw.charts.tracks import Thinned
from nntui.draw.costs.thinned_costs import TICKS, RunExtent, ThinnedCosts, ends
from nntui.engine.arithmetic import Array

DECADES = 1.5  # of the drawn numbers, from which the scale is logarithmic
_NEAR = 0.3  # decades to a power of ten that becomes the end of the scale, and for the band above the line
_LEAST_POWER, _MOST_POWER = -99.0, 300.0


@lru_cache(maxsize=2)
def is_log(shown: ThinnedCosts, extent: RunExtent) -> bool:
    """Whether the scale is logarithmic: the viewer wants it, or all numbers of the lines are positive and span decades."""
    if extent.log:
        return True
    known = np.concatenate([row[np.isfinite(row)] for row in shown.line()])
    return known.size > 0 and bool(known.min() > 0.0) and log10(known.max()) - log10(known.min()) >= DECADES


def cost_scale(shown: ThinnedCosts, extent: RunExtent) -> AxisScale:
    """From 0 to a round number; or logarithmic."""
    rows = shown.line()
    if is_log(shown, extent):
        return _decades(rows, shown.spread)
    widest = _largest(*ends(shown.spread)) if shown.spread is not None else 0.0
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


def cost_ticks(scale: AxisScale, lines: int) -> list[tuple[float, str]]:
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
