"""The outputs of the present data row beside its targets, for a network with any number of inputs."""

import numpy as np
from rich.cells import cell_len

from nntui.draw.base.boxes import framed, left, right
from nntui.draw.base.numbers import UNKNOWN
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import Block, Line, Mark, Role, Span, joined
from nntui.draw.base.view import View
from nntui.draw.base.visible_lines import first_visible
from nntui.engine.arithmetic import Array
from nntui.explain.learned.confusion import class_names
from nntui.explain.learned.function import Interval, WeightsAtStep, answered, classes, extent, row_outputs, scale, updated
from nntui.explain.notation.names import given_name

LONGEST_NAME = 10
OUTPUT, TARGET, BOTH = "●", "┃", "◉"
LARGEST = " ◂"
UPDATED = "with updated weights"


def outcome_panel(view: View, now: WeightsAtStep, cells: int, height: int) -> Block:
    """A line for each output in cells × height; if there are too many, those around the largest target."""
    frame = view.frame
    count, room = frame.scenario.network.outputs, height - 2
    top = len(frame.course.units)
    names = shortened([given_name(frame.scenario, top, k) or str(k) for k in range(1, count + 1)], LONGEST_NAME)
    made = row_outputs(frame, now) if answered(frame) else None
    targets = frame.iteration.y
    middle = int(targets.argmax())
    first = first_visible(middle, room, count)
    label = min(max(map(cell_len, names)), LONGEST_NAME)
    largest = _largest(made) if count > 1 else -1
    track = cells - 2 - label - 3 - 2 * view.numerals.cell - len(LARGEST)
    along = _axis_range(view, made)
    lines: list[Line] = [
        (
            Span(f" {left(names[k], label)} ", "strong" if k in (largest, middle) else "dim"),
            *_track(along, None if made is None else float(made[k]), float(targets[k]), track),
            *_numbers(view, None if made is None else float(made[k]), float(targets[k])),
            Span(LARGEST if k == largest else " " * len(LARGEST), "accent"),
        )
        for k in range(first, min(first + room, count))
    ]
    foot = [UPDATED] if updated(frame, now) else []
    foot += [f"{first + 1}–{first + len(lines)} of {count}"] if len(lines) < count else []
    return framed(_title(view, cells), lines, cells, height, foot=" · ".join(foot))


def _title(view: View, cells: int) -> Line:
    known_classes = classes(view.frame.scenario)
    words = f"  {OUTPUT} output  {TARGET} target"
    if known_classes is not None:
        words += f"  {LARGEST.strip()} largest" if cells >= 48 else ""
        name = class_names(view.frame.scenario)[known_classes.labels[view.frame.row - 1]]
        return (Span(f"row {view.frame.row}: {name}", "strong"), Span(words, "dim"))
    return (Span(f"row {view.frame.row}", "strong"), Span(words, "dim"))


def _largest(made: Array | None) -> int:
    return int(made.argmax()) if made is not None and not np.isnan(made).any() else -1


def _axis_range(view: View, made: Array | None) -> Interval:
    """The range of all targets and outputs, with 0."""
    of = [scale(view.frame.scenario, k) for k in range(1, min(view.frame.scenario.network.outputs, 64) + 1)]
    found = made[np.isfinite(made)] if made is not None else np.zeros(0)
    ends = np.array([0.0, *(one.low for one in of), *(one.high for one in of), *found.tolist()])
    return extent(ends, 0.0)


def _track(along: Interval, made: float | None, target: float, cells: int) -> Line:
    """A line from 0 to the output, and a mark at the target."""
    if cells < 6:
        return ()
    zero, aim = _place(along, 0.0, cells), _place(along, target, cells)
    marks: list[Mark] = [("┈", "frame")] * cells
    if made is not None and abs(made) < float("inf"):
        end = _place(along, made, cells)
        for x in range(min(zero, end), max(zero, end) + 1):
            marks[x] = ("━", "past" if made >= 0.0 else "minus")
        marks[end] = (OUTPUT, "present")
        marks[aim] = (BOTH, "present") if end == aim else (TARGET, "tangent")
    else:
        marks[aim] = (TARGET, "tangent")
    return joined(marks)


def _place(along: Interval, value: float, cells: int) -> int:
    return int(np.clip(np.round(along.share(np.array(value)) * (cells - 1)), 0, cells - 1))


def _numbers(view: View, made: float | None, target: float) -> Line:
    cells, numerals = view.numerals.cell, view.numerals
    text = UNKNOWN if made is None else numerals.within(made, cells - 1)
    role: Role = "dim" if made is None else "number"
    return (Span(right(text, cells), role), Span(right(numerals.brief(target), cells), "dim"))
