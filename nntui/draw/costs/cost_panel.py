"""The small plot: the mean cost of each epoch with the spread of its data points up to the present, and the present.

In a short run the line is the cost of each data point. The picture depends on the present step and on the largest
iteration visited, not on the order of the visits.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import floor, isnan, log10

from nntui.draw.base.boxes import crop, framed, left
from nntui.draw.base.spans import Block, Line, Mark, Role, Span, joined, width
from nntui.draw.base.view import View
from nntui.draw.charts.axes import IterationPlace, put_labels, round_numbers
from nntui.draw.charts.tracks import Track, other_tracks
from nntui.draw.costs.cost_band import SHADE
from nntui.draw.costs.cost_curves import canvas
from nntui.draw.costs.cost_scale import is_log
from nntui.draw.costs.thinned_costs import TICKS, RunExtent, thinned_costs
from nntui.training.rows.axis import points_with_cost
from nntui.values import dataclass

LEAST = 12  # data points that the plot has room for at least
LONG = 76  # cells from which the title has whole words
LOW = 9  # lines of a panel up to which its lower border is the axis


@dataclass(frozen=True, slots=True, eq=False)
class CostsSeen:
    """A view as the small plot sees it: two are equal where `seen`, all numbers that the plot depends on, is equal."""

    view: View
    seen: tuple[object, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CostsSeen) and self.seen == other.seen

    def __hash__(self) -> int:
        return hash(self.seen)


def costs_panel(view: View, cells: int, height: int) -> Block:
    """The small plot in a frame of cells × height."""
    if view.others:
        return _panel(view, cells, height)
    frame, course = view.frame, view.frame.course
    run = (view.costs, view.costs.length, view.means, view.means.length, course.iterations, course.points, view.diverged)
    here = (frame.number, points_with_cost(frame), view.farthest, view.computed, frame.moment.kind == "cost")
    return _kept(CostsSeen(view, (*run, *here, view.log, view.colours, view.numerals)), cells, height)


def is_logarithmic(view: View) -> bool:
    """Whether the scale of the small plot is logarithmic, however wide it is: thinning keeps the ends of all numbers."""
    extent = _extent(view)
    others = tuple(other_tracks(view.others, extent.points, "mean"))
    return is_log(thinned_costs(view.costs, view.means, others, extent, 2 * TICKS), extent)


def _extent(view: View) -> RunExtent:
    reached, points = points_with_cost(view.frame), view.frame.course.points
    return RunExtent(_across(view), reached, view.farthest, points, view.log, view.colours, view.hurried)


@lru_cache(maxsize=2)  # a series only grows, so its length says what is in it; most steps of a data point share their plot
def _kept(seen: CostsSeen, cells: int, height: int) -> Block:
    return _panel(seen.view, cells, height)


def _panel(view: View, cells: int, height: int) -> Block:
    frame, extent = view.frame, _extent(view)
    inner, low = cells - 2, height <= LOW
    others = tuple(other_tracks(view.others, extent.points, "mean"))
    shown = thinned_costs(view.costs, view.means, others, extent, inner)
    body = canvas(shown, extent, inner, height - 2 if low else height - 3)
    axis = _axis(view, extent, inner)
    lit = frame.moment.kind == "cost"
    top = _top(view, extent, others, cells, is_log(shown, extent), lit, said=low)
    box = framed((), (*body, *(() if low else (axis,))), cells, height, foot=computed_words(view, cells - 6))
    return (top, *box[1:-1], (Span("╰", "frame"), *axis, Span("╯", "frame")) if low else box[-1])


def _top(view: View, extent: RunExtent, others: Sequence[Track], cells: int, log: bool, lit: bool, said: bool) -> Line:
    """The upper border: what is drawn, and at the right the last number of the line. said: with how much is computed."""
    border: Role = "frame_lit" if lit else "frame"
    first, more = _parts(view, extent, others, log, said=said, long=cells >= LONG)
    line: Line = (Span("cost", "strong"), *(span for part in first for span in part))
    reading = _reading(view, extent)
    room = cells - 8 - width(reading) - 2
    if not reading or width(line) > room:
        reading, room = (), cells - 6
    for part in more:
        if width(line) + width(part) <= room:
            line = (*line, *part)
    line = crop(line, room)
    end: Line = (Span(" ", border), *reading, Span(" ─╮", border)) if reading else (Span("─╮", border),)
    bar = cells - 4 - width(line) - width(end)
    return (Span("╭─ ", border), *line, Span(" " + "─" * bar, border), *end)


def _parts(
    view: View, extent: RunExtent, others: Sequence[Track], log: bool, *, said: bool, long: bool
) -> tuple[list[Line], list[Line]]:
    """The parts of the title: the scale and other runs, and those that give way to the reading, the last of them first."""
    first: list[Line] = [(Span(", log", "strong"),)] if log else []
    first += [
        (Span(f"  {track.mark} ", track.role), Span(other.name, "dim"))
        for track, other in zip(others, view.others, strict=False)
        if track.is_drawn
    ]
    if extent.by_means:
        line, points = (" mean of each epoch", " its points") if long else (" mean", " points")
        band = Span("  ▄" if view.colours else f"  {SHADE}", "band")
        return first, [(Span("  ━", "mean"), Span(line, "dim")), (band, Span(points, "dim"))]
    more: list[Line] = [(Span("  ━", "past"), Span(" each data point", "dim"))]
    if said:
        more.append((Span(f"  {computed_words(view, 0)} computed", "dim"),))
    return first, more


def _reading(view: View, extent: RunExtent) -> Line:
    """The number of the line at the present: the mean of the last whole epoch, or C of the last data point."""
    every = extent.points if extent.by_means else 1
    last = extent.reached // every
    if not last:
        return ()
    found = float((view.means if extent.by_means else view.costs).columns(1, 1, last - 1, last, last - 1)[0][0])
    if isnan(found):
        return ()
    where = f" in epoch {last}" if every > 1 or extent.points == 1 else ""
    letter = "" if extent.by_means else "C "
    return (Span(letter, "dim"), Span(view.numerals.write(found), "strong"), Span(where, "dim"))


def computed_words(view: View, room: int) -> str:
    """How many data points are computed, in as many words as fit."""
    total = view.frame.course.iterations
    some = f"{view.computed:,} of {total:,}" if view.computed < total else f"all {total:,}"
    return next((text for text in (f"{some} data points computed", f"{some} computed") if len(text) <= room), some)


def _across(view: View) -> int:
    """How many iterations the plot is wide."""
    return epochs_across(view) * view.frame.course.points


def epochs_across(view: View) -> int:
    """How many epochs the plot is wide: 1, 2, 5, 10 …, enough for the largest iteration visited."""
    course = view.frame.course
    needed = max(view.farthest + 1, min(LEAST, course.iterations))
    epochs = -(-needed // course.points)
    decade = int(10 ** floor(log10(epochs)))
    nice = next(step * decade for step in (1, 2, 5, 10) if step * decade >= epochs)
    return min(nice, course.epochs)


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
