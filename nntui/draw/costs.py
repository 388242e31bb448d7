"""The cost plot: C of each data point that has been left behind, each epoch's mean, and where the present is.

What is handed to plotext is at most a few points a column, smallest and largest of each, whatever the length.
The picture depends on where one stands and on what has been visited, not on the way there.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import floor, isfinite, log10

import numpy as np

from nntui.draw.figure import Curve, figure
from nntui.draw.spans import Block, Line, Role, Span, framed, left
from nntui.draw.view import View
from nntui.engine.arithmetic import Array
from nntui.training.series import Series

LEAST = 12  # data points that the plot has room for from the start
TICKS = 6  # cells of the numbers at the left


@dataclass(frozen=True, slots=True)
class Along:
    """The place that a click on a span of the plot means: iteration = first + cell · each."""

    first: float
    each: float

    def iteration(self, cell: int) -> int:
        """The iteration under the middle of a cell."""
        return int(self.first + (cell + 0.5) * self.each)


@dataclass(frozen=True, slots=True)
class Extent:
    """What of a run is drawn. size: iterations across; behind: how many lie behind the present, itself from `cost` on."""

    size: int
    behind: int
    farthest: int
    points: int


def costs_panel(view: View, cells: int, height: int) -> Block:
    """The plot in a frame of cells × height."""
    frame = view.frame
    behind = frame.number + (1 if frame.knows("cost", len(frame.course.units)) else 0)
    extent = Extent(_across(view), behind, view.farthest, frame.course.points)
    inner, lines = cells - 2, height - 2
    key = (view.costs.length, view.means.length)
    body = _canvas(view.costs, view.means, key, extent, inner, lines - 1)
    mean = (Span("  ─ ", "mean"), Span("mean of each epoch", "dim")) if frame.course.points > 1 and cells >= 52 else ()
    title = (Span("cost of each data point", "strong"), *mean)
    return framed(title, (*body, _axis(view, extent, inner)), cells, height, frame.moment.kind == "cost", _foot(view, cells - 6))


def _foot(view: View, room: int) -> str:
    """How much is computed, in as many words as there is room for."""
    total = view.frame.course.iterations
    some = f"{view.computed:,} of {total:,}" if view.computed < total else f"all {total:,}"
    return next((text for text in (f"{some} data points computed", f"{some} computed") if len(text) <= room), some)


def _across(view: View) -> int:
    """Iterations that the plot has room for: whole epochs, 1, 2, 5, 10 … of them, enough for the farthest."""
    course = view.frame.course
    needed = max(view.farthest + 1, min(LEAST, course.iterations))
    epochs = -(-needed // course.points)
    decade = int(10 ** floor(log10(epochs)))
    nice = next(step * decade for step in (1, 2, 5, 10) if step * decade >= epochs)
    return min(nice, course.epochs) * course.points


@lru_cache(maxsize=2)  # no more than two runs are kept alive by it
def _canvas(costs: Series, means: Series, key: tuple[int, int], extent: Extent, cells: int, lines: int) -> Block:
    """The curves; `key` tells one length of the series from another."""
    count = cells - TICKS if extent.size > 2 * cells else 2 * (cells - TICKS)
    past = costs.columns(extent.size, count, 0, extent.behind)
    future = costs.columns(extent.size, count, extent.behind, extent.farthest)
    top = _ceiling(past[1], future[1])
    curves: list[Curve] = []
    curves += _bands(future, top, "future", extent.size / count)
    curves += _bands(past, top, "past", extent.size / count)
    if extent.points > 1:
        epochs = extent.size // extent.points
        known = max(extent.behind, extent.farthest) // extent.points
        low, high = means.columns(epochs, min(count, epochs), 0, known)
        curves += _line(low / 2 + high / 2, top, extent, "future", extent.behind, extent.size)
        curves += _line(low / 2 + high / 2, top, extent, "mean", 0, extent.behind)
    ticks = [(0.0, _tick("0")), (top, _tick(_short(top)))]
    if lines >= 5:
        ticks.insert(1, (top / 2, _tick(_short(top / 2))))
    block = figure(curves, (cells, lines), (0.0, float(extent.size)), (0.0, top), ticks)
    along = Along(-TICKS * extent.size / (cells - TICKS), extent.size / (cells - TICKS))
    return tuple(_aimed(line, along) for line in block)


def _aimed(line: Line, along: Along) -> Line:
    """Every span of a line with the iterations that lie under it."""
    spans, at = [], 0
    for span in line:
        spans.append(Span(span.text, span.role, Along(along.first + at * along.each, along.each)))
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


def _bands(columns: tuple[Array, Array], top: float, role: Role, each: float) -> list[Curve]:
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
            y.append(min(value, top))
    return [*curves, Curve(x, y, role)] if x else curves


def _line(means: Array, top: float, extent: Extent, role: Role, first: int, last: int) -> list[Curve]:
    """The epoch means that end at iterations first … last."""
    ends = (np.arange(len(means)) + 1) * (extent.size / len(means))
    known = np.isfinite(means) & (first <= ends) & (ends <= last)
    if not known.any():
        return []
    return [Curve(ends[known].tolist(), np.minimum(means[known], top).tolist(), role)]


def _axis(view: View, extent: Extent, cells: int) -> Line:
    """Under the plot: epochs, the present, what has been visited, and where the run overflowed."""
    room = cells - TICKS
    points, size = extent.points, extent.size

    def cell(iteration: float) -> int:
        return min(max(int(iteration * room / size), 0), room - 1)

    seen, here = cell(view.farthest) if view.farthest else 0, cell(view.frame.number)
    marks: list[tuple[str, Role]] = [("━" if x <= seen else "┄", "frame") for x in range(room)]
    taken = -1
    for epoch in _epoch_ticks(size // points):
        label = str(epoch)
        place = min(cell((epoch - 1) * points), room - len(label))
        if place > taken + 1 and not place - 1 <= here <= place + len(label):
            taken = place + len(label)
            marks[place:taken] = [(character, "dim") for character in label]
    if view.diverged is not None:
        marks[cell(view.frame.course.iteration(view.diverged))] = ("✗", "warning")
    marks[here] = ("▲", "present")
    return (Span(left("epoch", TICKS), "dim"), *_joined(marks, Along(0.0, size / room)))


def _joined(marks: list[tuple[str, Role]], along: Along) -> Line:
    spans: list[Span] = []
    at = 0
    while at < len(marks):
        role = marks[at][1]
        end = at
        while end < len(marks) and marks[end][1] == role:
            end += 1
        spans.append(Span("".join(text for text, _ in marks[at:end]), role, Along(along.first + at * along.each, along.each)))
        at = end
    return tuple(spans)


def _epoch_ticks(epochs: int) -> list[int]:
    """Epoch 1 and a few round numbers."""
    step = 1
    while epochs / step > 6:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return [1, *(epoch for epoch in range(step, epochs + 1, step) if epoch > 1)]
