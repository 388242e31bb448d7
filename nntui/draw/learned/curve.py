"""The function of one input as a curve, with the data points; the present data point is lit, its error a line."""

import numpy as np

from nntui.draw.base.boxes import framed, left, right
from nntui.draw.base.spans import Block, Line, Mark, Role, Span, joined
from nntui.draw.charts.braille import Raster
from nntui.draw.learned.map import HELD_MARKS, WRONG, brief
from nntui.engine.arithmetic import Array, quiet
from nntui.explain.learned.confusion import class_marks
from nntui.explain.learned.function import (
    Interval,
    WeightsAtStep,
    classes,
    drawn,
    extent,
    extents,
    field,
    middles,
    row_outputs,
    scale,
    wrong,
)
from nntui.explain.learned.survey import SurveyResult, needs_picture
from nntui.explain.notation.names import given_name, neuron_label
from nntui.explain.notation.numerals import FOUR
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario
from nntui.values import dataclass

TICKS = 6
TARGET, HERE, BETWEEN = "○", "●", "╌"
_BEYOND = 0.5  # how far a curve may leave the range of the targets before it is cut, relative to that range
_ROLES: tuple[Role, ...] = ("past", "minus", "tangent", "mean", "future")


@dataclass(frozen=True, slots=True)
class _Plot:
    """The places in a picture of cells × lines. up: the range of the outputs."""

    up: Interval
    cells: int
    lines: int

    def column(self, share: float) -> int:
        """The column at a share, 0 to 1, of the width."""
        return int(np.clip(share * self.cells, 0, self.cells - 1))

    def line(self, value: float) -> int:
        """The line of an output."""
        return int(np.clip((1.0 - self.up.share(np.array(value))) * self.lines, 0, self.lines - 1))


def learned_curve(frame: Frame, now: WeightsAtStep, output: int, found: SurveyResult, cells: int, height: int) -> Block:
    """The curve in a frame of cells × height. output: from 1, or 0 for all of them."""
    scenario, room = frame.scenario, cells - 2 - TICKS
    picture = found.picture if needs_picture(now) else field(now, 2 * room, 1)
    title = _title(scenario, output)
    if picture is None:
        return framed(title, [(Span(" being computed …", "dim"),)], cells, height)
    shown = [output - 1] if output else list(range(scenario.network.outputs))
    values = picture[0][:, shown]
    plot = _Plot(_range(scenario, values, shown), room, height - 3)
    grid = _curves(frame, now, values, shown, plot)
    _put_points(grid, now, shown, plot)
    _put_here(grid, frame, shown, plot)
    ticks = {plot.line(value): _tick(value) for value in _marked(scenario, shown)}
    lines = [(Span(ticks.get(y, " " * TICKS), "dim"), *joined(line)) for y, line in enumerate(grid)]
    foot = _foot(scenario, values, plot.up, cells - 6)
    return framed(title, (*lines, _axis(scenario, cells - 2)), cells, height, foot=foot)


def _title(scenario: Scenario, output: int) -> Line:
    top, many = len(scenario.network.layers), scenario.network.outputs
    known_classes = classes(scenario) is not None and many == 1
    legend = f"  {TARGET} {HERE} targets  {WRONG} wrong" if known_classes else f"  {TARGET} targets"
    if output or many == 1:
        return (Span(neuron_label(scenario, top, output or 1), "strong"), Span(legend, "dim"))
    names = [Span(f"  {neuron_label(scenario, top, k + 1)}", _ROLES[k % len(_ROLES)]) for k in range(many)]
    return (Span("outputs", "strong"), *names, Span(legend, "dim"))


def _range(scenario: Scenario, values: Array, shown: list[int]) -> Interval:
    """The range of the targets and of the curve, as far as the curve does not go far beyond them."""
    of = [scale(scenario, k + 1) for k in shown]
    targets = np.array([*(one.low for one in of), *(one.high for one in of)])
    wide = extent(targets, _BEYOND)
    inside = values[np.isfinite(values)].clip(wide.low, wide.high)
    return extent(np.concatenate([targets, inside]), 0.05)


def _curves(frame: Frame, now: WeightsAtStep, values: Array, shown: list[int], plot: _Plot) -> list[list[Mark]]:
    """The cells with the curves, the threshold between two classes, and the error of the present row."""
    raster = Raster(plot.cells, plot.lines)
    x = middles(len(values)) * plot.cells
    for place, k in enumerate(shown):
        with quiet():  # of a number near the largest, y is infinite, and outside
            y = (1.0 - plot.up.share(values[:, place])) * plot.lines
        points = np.stack([x, np.where((y >= 0.0) & (y <= plot.lines), y, np.nan)], axis=1)
        known = ~np.isnan(points[:-1, 1] + points[1:, 1])
        raster.lines_between(points[:-1][known], points[1:][known], _ROLES[k % len(_ROLES)])
    here = plot.column(float(extents(frame.scenario)[0].share(frame.iteration.x)[0])) + 0.5
    made = row_outputs(frame, now)
    for k in shown:
        if made[k] == made[k]:
            with quiet():
                ends = [(1.0 - float(plot.up.share(np.array(value)))) * plot.lines for value in (frame.y(k + 1), made[k])]
            start, end = (float(np.clip(y, 0.0, plot.lines - 0.01)) for y in ends)
            raster.line((here, start), (here, end), "present")
    middle = scale(frame.scenario, shown[0] + 1).middle
    between = plot.line(middle) if classes(frame.scenario) is not None and len(shown) == 1 else -1
    return [_row(raster, y, BETWEEN if y == between else " ") for y in range(plot.lines)]


def _row(raster: Raster, y: int, blank: str) -> list[Mark]:
    return [dots if dots[0] != " " else (blank, "dim") for dots in raster.row(y)]


def _put_points(grid: list[list[Mark]], now: WeightsAtStep, shown: list[int], plot: _Plot) -> None:
    """Puts the targets of the drawn data rows into the cells, those of misclassified rows last."""
    scenario = now.scenario
    rows, known_classes, misclassified = drawn(scenario).tolist(), classes(scenario), wrong(now)
    single = known_classes is not None and scenario.network.outputs == 1
    across = extents(scenario)[0].share(scenario.x[rows, 0]).tolist()
    for row, share in sorted(zip(rows, across, strict=True), key=lambda one: one[0] in misclassified):
        mark = class_marks(scenario)[known_classes.labels[row]] if single and known_classes is not None else TARGET
        mark = HELD_MARKS.get(mark, HELD_MARKS["○"]) if scenario.is_held(row) else mark
        for k in shown:
            cell: Mark = (WRONG, "warning") if row in misclassified else (mark, "strong")
            grid[plot.line(float(scenario.y[row, k]))][plot.column(share)] = cell


def _put_here(grid: list[list[Mark]], frame: Frame, shown: list[int], plot: _Plot) -> None:
    """Puts the targets of the present row into the cells."""
    scenario = frame.scenario
    known_classes = classes(scenario)
    mark = (
        class_marks(scenario)[known_classes.labels[frame.row - 1]]
        if known_classes is not None and scenario.network.outputs == 1
        else HERE
    )
    column = plot.column(float(extents(scenario)[0].share(frame.iteration.x)[0]))
    for k in shown:
        grid[plot.line(frame.y(k + 1))][column] = (mark, "lit")


def _marked(scenario: Scenario, shown: list[int]) -> list[float]:
    """The numbers at the left: the lowest and the highest target, and the threshold between two classes."""
    of = [scale(scenario, k + 1) for k in shown]
    ends = [min(one.low for one in of), max(one.high for one in of)]
    return [*ends, of[0].middle] if classes(scenario) is not None and len(of) == 1 else ends


def _tick(value: float) -> str:
    """A number with as many of three digits as fit."""
    texts = [brief(value, digits) for digits in (3, 2, 1)]
    text = next((text for text in texts if len(text) < TICKS), FOUR.within(value, TICKS - 1))
    return right(text, TICKS - 1) + " "


def _axis(scenario: Scenario, cells: int) -> Line:
    """The line below the curve: the range of the input."""
    span = extents(scenario)[0]
    low, high = brief(span.low), brief(span.high)
    room = cells - TICKS - len(low) - len(high)
    name = left(given_name(scenario, 0, 1) or "x₁", room)
    return (Span(" " * TICKS), Span(low, "dim"), Span(f"{name.strip():^{room}}", "dim"), Span(high, "dim"))


def _held_marks(scenario: Scenario) -> str:
    two = classes(scenario) is not None and scenario.network.outputs == 1
    return "".join(HELD_MARKS.values()) if two else HELD_MARKS[TARGET]


def _foot(scenario: Scenario, values: Array, up: Interval, cells: int) -> str:
    """Words about what is not visible, a curve beyond the picture or rows left out, as many as fit."""
    beyond = short = some = ""
    if not np.isfinite(values).all():
        beyond, short = "not finite: the run has diverged", "not finite"
    elif values.min() < up.low or values.max() > up.high:
        ends = [brief(float(value)) for value in (values.min(), values.max())]
        beyond, short = f"the output goes from {ends[0]} to {ends[1]}", f"from {ends[0]} to {ends[1]}"
    if len(drawn(scenario)) < scenario.rows:
        some = f"{len(drawn(scenario))} of {scenario.rows:,} rows drawn"
    if scenario.trained is not None:
        some = " · ".join(words for words in (some, f"{_held_marks(scenario)} held out") if words)
    texts = (" · ".join(words for words in (beyond, some) if words), beyond, short, some)
    return next((text for text in texts if text and len(text) <= cells), "")
