"""The cost plot: C of each data point that has been left behind, each epoch's mean, and where the present is.

What is handed to plotext is at most a few points a column, smallest and largest of each, whatever the length.
The picture depends on where one stands and on what has been visited, not on the way there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor, isfinite, log10

import numpy as np

from nntui.draw.base.axes import OTHERS, AxisScale, IterationPlace, labelled, logarithmic, round_numbers
from nntui.draw.base.plotext_figure import Curve, figure
from nntui.draw.base.spans import Block, Line, Mark, Role, Span, framed, joined, left, width
from nntui.draw.base.view import OtherRun, View
from nntui.engine.arithmetic import Array
from nntui.training.rows.axis import behind
from nntui.training.series import Series

LEAST = 12  # data points that the plot has room for from the start
TICKS = 6  # cells of the numbers at the left
_LETTERS = 3  # times that the letter of another run stands on its line


@dataclass(frozen=True, slots=True)
class RunExtent:
    """What of a run is drawn. size: iterations across; behind: how many lie behind the present, itself from `cost` on."""

    size: int
    behind: int
    farthest: int
    points: int
    log: bool = False


@dataclass(frozen=True, slots=True)
class OtherCosts:
    """Another run beside it, as `view.OtherRun`; a letter tells it from the rest."""

    letter: str
    role: Role
    costs: Series
    means: Series
    start: int
    stop: int

    def is_drawn(self, every: int) -> bool:
        """Whether there is anything of it to be drawn. every: data points in an epoch, where its means are; else 1."""
        if every == 1:
            return min(self.stop, self.costs.length) > self.start
        return min(self.stop // every, self.means.length) > self.start // every


def costs_panel(view: View, cells: int, height: int) -> Block:
    """The plot in a frame of cells × height."""
    frame = view.frame
    extent = RunExtent(_across(view), behind(frame), view.farthest, frame.course.points, view.log)
    inner, lines = cells - 2, height - 2
    others = lettered(view.others)
    key = (view.costs.length, view.means.length, *(one.costs.length for one in others))
    body = _canvas(view.costs, view.means, key, extent, inner, lines - 1, others)
    title = _title(view, cells - 6, others)
    return framed(
        title, (*body, _axis(view, extent, inner)), cells, height, frame.moment.kind == "cost", computed_words(view, cells - 6)
    )


def lettered(others: Sequence[OtherRun]) -> tuple[OtherCosts, ...]:
    """Other runs with a letter and a role each; as many as have one."""
    ways = zip("abc", OTHERS, others, strict=False)
    return tuple(OtherCosts(letter, role, one.costs, one.means, one.start, one.start + one.shown) for letter, role, one in ways)


def _title(view: View, room: int, others: Sequence[OtherCosts]) -> Line:
    """What is drawn, and what the letters of other runs stand for, as far as there is room."""
    line: Line = (Span("cost of each data point", "strong"),)
    parts: list[Line] = [(Span(", log", "strong"),)] if view.log else []
    parts += [
        (Span(f"  {one.letter} ", one.role), Span(other.name, "dim"))
        for one, other in zip(others, view.others, strict=False)
        if one.is_drawn(view.frame.course.points)
    ]
    if view.frame.course.points > 1 and room >= 46:
        parts.append((Span("  ─ ", "mean"), Span("mean of each epoch", "dim")))
    for part in parts:
        if width(line) + width(part) <= room:
            line = (*line, *part)
    return line


def computed_words(view: View, room: int) -> str:
    """How much is computed, in as many words as there is room for."""
    total = view.frame.course.iterations
    some = f"{view.computed:,} of {total:,}" if view.computed < total else f"all {total:,}"
    return next((text for text in (f"{some} data points computed", f"{some} computed") if len(text) <= room), some)


def _across(view: View) -> int:
    """Iterations that the plot has room for."""
    return epochs_across(view) * view.frame.course.points


def epochs_across(view: View) -> int:
    """Whole epochs that a plot has room for, 1, 2, 5, 10 … of them, enough for the farthest data point visited."""
    course = view.frame.course
    needed = max(view.farthest + 1, min(LEAST, course.iterations))
    epochs = -(-needed // course.points)
    decade = int(10 ** floor(log10(epochs)))
    nice = next(step * decade for step in (1, 2, 5, 10) if step * decade >= epochs)
    return min(nice, course.epochs)


@lru_cache(maxsize=2)  # of two pictures the series are kept alive by it, of forks that were put away too
def _canvas(
    costs: Series,
    means: Series,
    key: tuple[int, ...],
    extent: RunExtent,
    cells: int,
    lines: int,
    others: tuple[OtherCosts, ...] = (),
) -> Block:
    """The curves; `key` tells one length of the series from another."""
    count = cells - TICKS if extent.size > 2 * cells else 2 * (cells - TICKS)
    past = costs.columns(extent.size, count, 0, extent.behind)
    future = costs.columns(extent.size, count, extent.behind, extent.farthest)
    beside = [_other_columns(one, extent, count) for one in others]
    low, high = ([columns[end] for columns in (past, future, *beside)] for end in (0, 1))
    scale = logarithmic([*low, *high]) if extent.log else AxisScale(0.0, _ceiling(*high))
    curves = _bands(scale.bands(*future), "future", extent.size / count)
    curves += _bands(scale.bands(*past), "past", extent.size / count)
    if extent.points > 1:
        epochs = extent.size // extent.points
        known = max(extent.behind, extent.farthest) // extent.points
        middle = _middle(means.columns(epochs, min(count, epochs), 0, known))
        curves += _line(middle, scale, extent, "future", extent.behind, extent.size)
        curves += _line(middle, scale, extent, "mean", 0, extent.behind)
    for one, columns in zip(others, beside, strict=True):
        curves += _other(one, columns, scale, extent, count)
    block = figure(curves, (cells, lines), (0.0, float(extent.size)), (scale.low, scale.high), _ticks(scale, lines))
    along = IterationPlace(-TICKS * extent.size / (cells - TICKS), extent.size / (cells - TICKS))
    return tuple(_aimed(line, along) for line in block)


def _ticks(scale: AxisScale, lines: int) -> list[tuple[float, str]]:
    """Nothing, the top and, where there is room, the middle; powers of ten."""
    if scale.log:
        return [(height, _tick(text)) for height, text in scale.ticks(max(lines // 2, 2))]
    top = scale.high
    ticks = [(0.0, _tick("0")), (top, _tick(_short(top)))]
    if lines >= 5:
        ticks.insert(1, (top / 2, _tick(_short(top / 2))))
    return ticks


def _aimed(line: Line, along: IterationPlace) -> Line:
    """Every span of a line with the iterations that lie under it."""
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
    """The upper end of the plot: 1, 2 or 5 times a power of ten that holds every finite cost."""
    largest = max((float(row[np.isfinite(row)].max(initial=0.0)) for row in rows), default=0.0)
    if largest < 1e-290:
        return 1.0
    decade = 10.0 ** floor(log10(min(largest, 1e300)))
    return next((step * decade for step in (1.0, 2.0, 3.0, 5.0, 10.0) if step * decade >= largest), 10.0 * decade)


def _bands(columns: tuple[Array, Array], role: Role, each: float) -> list[Curve]:
    """From smallest to largest, column by column, cut where something is not finite."""
    curves: list[Curve] = []
    x: list[float] = []
    y: list[float] = []
    low, high = columns
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


def _middle(columns: tuple[Array, Array]) -> Array:
    """Halfway between smallest and largest."""
    return columns[0] / 2 + columns[1] / 2


def _line(means: Array, scale: AxisScale, extent: RunExtent, role: Role, first: int, last: int) -> list[Curve]:
    """The epoch means that end at iterations first … last."""
    ends = (np.arange(len(means)) + 1) * (extent.size / len(means))
    heights = scale.heights(means)
    known = np.isfinite(heights) & (first <= ends) & (ends <= last)
    return [Curve(ends[known].tolist(), heights[known].tolist(), role)] if known.any() else []


def _other_columns(one: OtherCosts, extent: RunExtent, count: int) -> tuple[Array, Array]:
    """Of another run: its epoch means from where it goes its own way, or its costs where an epoch is one data point."""
    if extent.points == 1:
        return one.costs.columns(extent.size, count, one.start, one.stop)
    epochs = extent.size // extent.points
    return one.means.columns(epochs, min(count, epochs), one.start // extent.points, one.stop // extent.points)


def _other(one: OtherCosts, columns: tuple[Array, Array], scale: AxisScale, extent: RunExtent, count: int) -> list[Curve]:
    """Its line, and its letter here and there on it."""
    if extent.points == 1:
        middle = scale.heights(_middle(columns))
        known = np.flatnonzero(np.isfinite(middle))
        x, y = ((known + 0.5) * (extent.size / count)).tolist(), middle[known].tolist()
        curves = [Curve(x, y, one.role)] if x else []
    else:
        curves = _line(_middle(columns), scale, extent, one.role, 0, extent.size)
    letters = []
    for curve in curves:
        places = sorted({len(curve.x) * part // _LETTERS - 1 for part in range(1, _LETTERS + 1)} - {-1})
        letters.append(
            Curve([curve.x[at] for at in places], [curve.y[at] for at in places], one.role, joined=False, marker=one.letter)
        )
    return [*curves, *letters]


def _axis(view: View, extent: RunExtent, cells: int) -> Line:
    """Under the plot: epochs, the present, what has been visited, and where the run overflowed."""
    room = cells - TICKS
    points, size = extent.points, extent.size

    def cell(iteration: float) -> int:
        return min(max(int(iteration * room / size), 0), room - 1)

    seen, here = cell(view.farthest) if view.farthest else 0, cell(view.frame.number)
    marks: list[Mark] = [("━" if x <= seen else "┄", "frame") for x in range(room)]
    labelled(marks, [(cell((epoch - 1) * points), str(epoch)) for epoch in round_numbers(size // points)], (here,))
    if view.diverged is not None:
        marks[cell(view.frame.course.iteration(view.diverged))] = ("✗", "warning")
    marks[here] = ("▲", "present")
    return (Span(left("epoch", TICKS), "dim"), *joined(marks, IterationPlace(0.0, size / room).beyond))
