"""The band of the spread under the line of the small cost plot, in eighths of a cell."""

import numpy as np
from numpy.typing import NDArray

from nntui.draw.base.spans import Line, Paint, Role
from nntui.draw.charts.axes import AxisScale
from nntui.draw.charts.bars import BARS
from nntui.draw.charts.tracks import Thinned
from nntui.draw.costs.thinned_costs import TICKS

SHADE = "░"  # where there are few colours
THIN = 4  # eighths: a thinner band is left out, and a cell with less of it is none without colours

Eighths = NDArray[np.intp]


def band(spread: Thinned, scale: AxisScale, columns: int, lines: int) -> tuple[Eighths, Eighths]:
    """Lower and upper end of the band in each column, in eighths of a cell from the bottom; both (columns,), equal where none."""
    low, high = scale.bands(spread.low, spread.high)
    known = np.isfinite(low) & np.isfinite(high)

    def eighths(heights: NDArray[np.float64]) -> Eighths:
        share = (np.where(known, heights, scale.low) - scale.low) / (scale.high - scale.low)
        return np.rint(2 * ((4 * lines - 1) * share + 0.5)).astype(np.intp)  # two for each dot of the line

    bottom, top = eighths(low), eighths(high)
    top = np.where(top - bottom < THIN, bottom, top)
    parts = np.arange(columns) * len(low) // columns
    return bottom[parts], top[parts]


def laid_under(line: Line, bottom: Eighths, top: Eighths, here: int, colours: bool) -> list[Paint]:
    """A line of the plot with the band under it. bottom, top: its ends, from the lower edge of the line; here: the present."""
    cells: list[Paint] = [(character, span.role, False, "plain") for span in line for character in span.text]
    bottoms, tops = np.clip(bottom, 0, 8).tolist(), np.clip(top, 0, 8).tolist()
    for x, (low, high) in enumerate(zip(bottoms, tops, strict=True), start=TICKS):
        if low == high:
            continue
        role: Role = "band" if x - TICKS <= here else "band_future"
        character, own, _, _ = cells[x]
        if character != " ":
            cells[x] = (character, own, False, role if colours and high - low >= THIN else "plain")
        elif colours:
            cells[x] = _part(low, high, role)
        elif high - low >= THIN:
            cells[x] = (SHADE, role, False, "plain")
    return cells


def _part(low: int, high: int, role: Role) -> Paint:
    """A cell that is filled from `low` to `high` eighths; a band with both ends in it is moved to the nearer edge."""
    if high - low == 8:
        return (" ", "plain", False, role)
    if low == 0 or low < 8 - high:
        return (BARS[high - low], role, False, "plain")
    return (BARS[8 - (high - low)], role, True, "plain")
