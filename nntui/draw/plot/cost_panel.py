"""The small plot: C of each data point up to the present, the mean of each epoch, and the present.

plotext gets the smallest and largest number of each column only, whatever the length of the run. The picture depends on
the present step and on the largest iteration visited, not on the order of the visits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor, isfinite, log10

import numpy as np

from nntui.draw.base.axes import AxisScale, IterationPlace, logarithmic, put_labels, round_numbers
from nntui.draw.base.curves import Curve, curves_block
from nntui.draw.base.spans import Block, Line, Mark, Role, Span, framed, joined, left, width
from nntui.draw.base.view import View
from nntui.draw.plot.tracks import Thinned, Track, other_tracks
from nntui.engine.arithmetic import Array
from nntui.training.rows.axis import points_with_cost
from nntui.training.series import Series

LEAST = 12  # data points that the plot has room for at least
TICKS = 6  # cells of the ticks at the left
_LETTERS = 3  # how often the letter of another run is drawn on its line


@dataclass(frozen=True, slots=True)
class RunExtent:
    """The drawn part of a run. size: iterations across; behind: those up to the present; farthest: the largest visited one."""

    size: int
    reached: int
    farthest: int
    points: int
    log: bool = False


@dataclass(frozen=True, slots=True)
class ThinnedCosts:
    """The numbers that are drawn, a few for each column, whatever the length of the run.

    past, future: C up to the present and beyond it. means: epoch means, None where an epoch is one data point.
    others: letter, role and numbers of other runs: epoch means, or C where an epoch is one data point.
    """

    past: Thinned
    future: Thinned
    means: Thinned | None
    others: tuple[tuple[str, Role, Thinned], ...] = ()


def costs_panel(view: View, cells: int, height: int) -> Block:
    """The small plot in a frame of cells × height."""
    frame = view.frame
    extent = RunExtent(_across(view), points_with_cost(frame), view.farthest, frame.course.points, view.log)
    inner, lines = cells - 2, height - 2
    others = tuple(other_tracks(view.others, extent.points, "mean"))
    body = _canvas(thinned_costs(view.costs, view.means, others, extent, inner), extent, inner, lines - 1)
    title = _title(view, cells - 6, others)
    return framed(
        title, (*body, _axis(view, extent, inner)), cells, height, frame.moment.kind == "cost", computed_words(view, cells - 6)
    )


def _title(view: View, room: int, others: Sequence[Track]) -> Line:
    """What is drawn, and the names of other runs with their letters, as many as fit."""
    line: Line = (Span("cost of each data point", "strong"),)
    parts: list[Line] = [(Span(", log", "strong"),)] if view.log else []
    parts += [
        (Span(f"  {track.mark} ", track.role), Span(other.name, "dim"))
        for track, other in zip(others, view.others, strict=False)
        if track.is_drawn
    ]
    if view.frame.course.points > 1 and room >= 46:
        parts.append((Span("  ─ ", "mean"), Span("mean of each epoch", "dim")))
    for part in parts:
        if width(line) + width(part) <= room:
            line = (*line, *part)
    return line


def computed_words(view: View, room: int) -> str:
    """How many data points are computed, in as many words as fit."""
    total = view.frame.course.iterations
    some = f"{view.computed:,} of {total:,}" if view.computed < total else f"all {total:,}"
    return next((text for text in (f"{some} data points computed", f"{some} computed") if len(text) <= room), some)


def _across(view: View) -> int:
    """Iterations across."""
    return epochs_across(view) * view.frame.course.points


def epochs_across(view: View) -> int:
    """Epochs across: 1, 2, 5, 10 … of them, enough for the largest iteration visited."""
    course = view.frame.course
    needed = max(view.farthest + 1, min(LEAST, course.iterations))
    epochs = -(-needed // course.points)
    decade = int(10 ** floor(log10(epochs)))
    nice = next(step * decade for step in (1, 2, 5, 10) if step * decade >= epochs)
    return min(nice, course.epochs)


def _count(extent: RunExtent, cells: int) -> int:
    """Into how many columns the costs are thinned: one a cell, or two where the run is short."""
    return cells - TICKS if extent.size > 2 * cells else 2 * (cells - TICKS)


def thinned_costs(costs: Series, means: Series, others: Sequence[Track], extent: RunExtent, cells: int) -> ThinnedCosts:
    """What is drawn of a run and of others in `cells` cells."""
    count = _count(extent, cells)

    def thinned(track: Track) -> Thinned:
        numbers = extent.size // track.every
        return track.columns(0, numbers, min(count, numbers) if track.every > 1 else count)

    known = max(extent.reached, extent.farthest)
    return ThinnedCosts(
        thinned(Track("C", costs, "past", stop=extent.reached)),
        thinned(Track("C", costs, "future", start=extent.reached, stop=extent.farthest)),
        thinned(Track("mean", means, "mean", every=extent.points, stop=known)) if extent.points > 1 else None,
        tuple((track.mark, track.role, thinned(track)) for track in others),
    )


@lru_cache(maxsize=2)  # the steps of one data point mostly share their plot
def _canvas(shown: ThinnedCosts, extent: RunExtent, cells: int, lines: int) -> Block:
    """The curves in cells × lines."""
    each = extent.size / _count(extent, cells)
    bands = [shown.past, shown.future, *(thinned for _, _, thinned in shown.others)]
    low, high = [thinned.low for thinned in bands], [thinned.high for thinned in bands]
    scale = logarithmic([*low, *high]) if extent.log else AxisScale(0.0, _ceiling(*high))
    curves = _bands(shown.future, scale, "future", each) + _bands(shown.past, scale, "past", each)
    if shown.means is not None:
        curves += _line(shown.means, scale, extent, "future", extent.reached, extent.size)
        curves += _line(shown.means, scale, extent, "mean", 0, extent.reached)
    for letter, role, thinned in shown.others:
        curves += _other(letter, role, thinned, scale, extent)
    block = figure(curves, (cells, lines), (0.0, float(extent.size)), (scale.low, scale.high), _ticks(scale, lines))
    along = IterationPlace(-TICKS * extent.size / (cells - TICKS), extent.size / (cells - TICKS))
    return tuple(_with_places(line, along) for line in block)


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


def _ticks(scale: AxisScale, lines: int) -> list[tuple[float, str]]:
    """Heights and texts of the ticks: 0, the top and, if there is room, the middle; or powers of ten."""
    if scale.log:
        return [(height, _tick(text)) for height, text in scale.ticks(max(lines // 2, 2))]
    top = scale.high
    ticks = [(0.0, _tick("0")), (top, _tick(_short(top)))]
    if lines >= 5:
        ticks.insert(1, (top / 2, _tick(_short(top / 2))))
    return ticks


def _with_places(line: Line, along: IterationPlace) -> Line:
    """The line with the iterations under each span as its target."""
    spans, at = [], 0
    for span in line:
        spans.append(Span(span.text, span.role, along.beyond(at)))
        at += span.width
    return tuple(spans)


def _tick(text: str) -> str:
    return f"{text:>{TICKS - 1}} "


def _short(value: float) -> str:
    return f"{value:.{TICKS - 3}g}" if 1e-3 <= value < 1e5 else f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e+")


def _ceiling(*rows: Array) -> float:
    """The top of the plot: the smallest of 1, 2, 3 and 5 times a power of ten that is not below any finite cost."""
    largest = max((float(row[np.isfinite(row)].max(initial=0.0)) for row in rows), default=0.0)
    if largest < 1e-290:
        return 1.0
    decade = 10.0 ** floor(log10(min(largest, 1e300)))
    return next((step * decade for step in (1.0, 2.0, 3.0, 5.0, 10.0) if step * decade >= largest), 10.0 * decade)


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


def _other(letter: str, role: Role, thinned: Thinned, scale: AxisScale, extent: RunExtent) -> list[Curve]:
    """The line of another run, and its letter here and there on it."""
    if extent.points == 1:
        middle = scale.heights(thinned.middle)
        known = np.flatnonzero(np.isfinite(middle))
        x, y = ((known + 0.5) * (extent.size / len(middle))).tolist(), middle[known].tolist()
        curves = [Curve(x, y, role)] if x else []
    else:
        curves = _line(thinned, scale, extent, role, 0, extent.size)
    letters = []
    for curve in curves:
        places = sorted({len(curve.x) * part // _LETTERS - 1 for part in range(1, _LETTERS + 1)} - {-1})
        letters.append(Curve([curve.x[at] for at in places], [curve.y[at] for at in places], role, joined=False, marker=letter))
    return [*curves, *letters]


def _axis(view: View, extent: RunExtent, cells: int) -> Line:
    """The line below the plot: epochs, the present, what was visited, and the overflow of the run."""
    room = cells - TICKS
    points, size = extent.points, extent.size

    def cell(iteration: float) -> int:
        return min(max(int(iteration * room / size), 0), room - 1)

    seen, here = cell(view.farthest) if view.farthest else 0, cell(view.frame.number)
    marks: list[Mark] = [("━" if x <= seen else "┄", "frame") for x in range(room)]
    put_labels(marks, [(cell((epoch - 1) * points), str(epoch)) for epoch in round_numbers(size // points)], (here,))
    if view.diverged is not None:
        marks[cell(view.frame.course.iteration(view.diverged))] = ("✗", "warning")
    marks[here] = ("▲", "present")
    return (Span(left("epoch", TICKS), "dim"), *joined(marks, IterationPlace(0.0, size / room).beyond))
