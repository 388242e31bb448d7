"""The cost in one line, for a screen without room for a plot: C now, the mean of each epoch as bars, and the present."""

import numpy as np

from nntui.draw.base.boxes import fit
from nntui.draw.base.spans import Line, Mark, Role, Span, joined, width
from nntui.draw.base.view import View
from nntui.draw.charts.bars import BARS
from nntui.draw.costs.cost_panel import epochs_across
from nntui.engine.arithmetic import Array, quiet
from nntui.training.rows.axis import points_with_cost

LEAST = 8  # cells of bars
UNKNOWN = "┄"


def cost_line(view: View, cells: int) -> Line:
    """The line in exactly `cells` cells; bars reach from 0 to the largest mean, those after the present are dim."""
    frame, points = view.frame, view.frame.course.points
    known = frame.knows("cost", len(frame.course.units))
    cost = view.numerals.write(frame.iteration.cost) if known else "·"
    epochs = epochs_across(view)
    begin: Line = (Span(" C ", "dim"), Span(cost, "number" if known else "dim"))
    begin = (*begin, Span("  mean of each epoch " if points > 1 else "  of each data point ", "dim"))
    end: Line = (Span(f" {epochs} ", "dim"),)
    room = cells - width(begin) - width(end)
    if room < LEAST:
        return fit(begin, cells)
    return fit((*begin, *_bars(view, epochs, room, points), *end), cells)


def _bars(view: View, epochs: int, room: int, points: int) -> Line:
    past = points_with_cost(view.frame) // points
    seen = max(view.farthest // points, past)
    means: Array = view.means.columns(epochs, min(room, epochs), 0, seen)[1]
    here = min(view.frame.number // points * room // epochs, room - 1)
    with quiet():
        largest = float(np.nanmax(means[np.isfinite(means)], initial=0.0))
    marks: list[Mark] = []
    for x in range(room):
        value = float(means[x * len(means) // room])
        role: Role = "past" if x <= here else "future"
        marks.append((_bar(value, largest), role) if value == value else (UNKNOWN, "frame"))
    marks[here] = ("▲", "present")
    return joined(marks)


def _bar(value: float, largest: float) -> str:
    if value == float("inf"):
        return "✗"
    return BARS[max(1, round(8 * (value / largest)))] if largest > 0.0 else BARS[1]
