"""The function of two inputs as a map: shaded by its value or by the predicted class, with the boundary line.

The shading is readable without colour. With 256 colours the value of one output is a colour instead, two pixels in a cell.
Data points are drawn on it, misclassified ones as ✗, the present one lit.
"""

from collections.abc import Sequence

import numpy as np
from rich.cells import cell_len

from nntui.draw.base.boxes import framed
from nntui.draw.base.spans import Block, Line, Span, painted
from nntui.draw.learned.class_map import class_legend
from nntui.draw.learned.map_ground import (
    AREA_ROLES,
    AREAS,
    LEVEL_ROLES,
    NAN_SIGN,
    SHADES,
    Background,
    CellSize,
    map_ground,
    places_of_rows,
    says_class,
)
from nntui.draw.learned.pixels import legend_colours, marked
from nntui.explain.learned.confusion import class_marks, class_names
from nntui.explain.learned.function import WeightsAtStep, classes, drawn, extents, field, scale, wrong
from nntui.explain.learned.survey import SurveyResult, needs_picture
from nntui.explain.notation.names import given_name, neuron_label
from nntui.explain.notation.numerals import FOUR, subscript
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario

WRONG = "✗"
POINT = "●"
HELD_MARKS = {"○": "□", "●": "■"}  # of a data point that is held out


def learned_map(
    frame: Frame, now: WeightsAtStep, output: int, found: SurveyResult, cells: int, height: int, colours: bool = False
) -> Block:
    """The map in a frame of cells × height. output: from 1, or 0 for the predicted class (or the only output).

    colours: there are at least 256 of them.
    """
    scenario = frame.scenario
    size = CellSize(cells - 2, height - 2)
    pixels = size.lines * (2 if colours else 1)
    picture = found.picture if needs_picture(now) else field(now, size.cells, pixels)
    title = (*_title(scenario, output), *_legend(scenario, output, colours, cells - 16))
    if picture is not None and np.isnan(picture).any():
        title = (*title, Span(f"  {NAN_SIGN} nan", "warning"))
    if picture is None:
        lines: Sequence[Line] = [(Span(" being computed …", "dim"),)]
    else:
        ground = map_ground(picture, now, output, size, colours=colours)
        lines = _with_points(ground, frame, now, size, colours)
    return framed(title, lines, cells, height, foot=_foot(scenario, cells - 6))


def _title(scenario: Scenario, output: int) -> Line:
    top = len(scenario.network.layers)
    name = "class said" if says_class(scenario, output) else neuron_label(scenario, top, max(output, 1))
    return (Span(name, "strong"),)


def _legend(scenario: Scenario, output: int, colours: bool, room: int) -> Line:
    """What the shading means, and the number at which the boundary line is drawn; classes in `room` cells."""
    if says_class(scenario, output):
        names, marks = class_names(scenario), class_marks(scenario)
        if colours:
            return class_legend(names, marks, room)
        spans: list[Span] = []
        for k, name in enumerate(names[: len(AREAS)] if len(names) <= len(AREAS) else ()):
            spans += [Span(f"  {AREAS[k] * 2}", AREA_ROLES[k]), Span(f" {name}", "dim")]
        return tuple(spans) if spans else (Span(f"  by letter: {marks[0]}, {marks[1]} …", "dim"),)
    of = scale(scenario, output or 1)
    low, high, middle = (FOUR.brief(value) for value in (of.low, of.high, of.middle))
    shades: Line = (Span(SHADES[1], LEVEL_ROLES[1]), Span(SHADES[2:], LEVEL_ROLES[2]))
    return (
        Span(f"  {low} ", "dim"),
        *(legend_colours() if colours else shades),
        Span(f" {high}  ", "dim"),
        Span("⠒⠒", "strong"),
        Span(f" {middle}", "dim"),
    )


def _foot(scenario: Scenario, cells: int) -> str:
    """The ranges of the inputs and how many data rows are drawn, as many words as fit; no number is cut."""
    shown = len(drawn(scenario))
    some = f"  {shown} of {scenario.rows:,} rows drawn" if shown < scenario.rows else ""
    some += f"  {''.join(_held_marks(scenario))} held out" if scenario.trained is not None else ""
    long, short = _ranges(scenario, 3, " … "), _ranges(scenario, 2, "…")
    texts = (long + some, long, short, short.replace(" →", "").replace(" ↑", ""), some.strip())
    return next((text for text in texts if cell_len(text) <= cells), "")


def _held_marks(scenario: Scenario) -> tuple[str, ...]:
    """How the rows that are held out are drawn: of two classes of one output each with its mark, else all alike."""
    two = classes(scenario) is not None and scenario.network.outputs == 1
    return tuple(HELD_MARKS.values()) if two else (HELD_MARKS[POINT],)


def _ranges(scenario: Scenario, digits: int, to: str) -> str:
    names = [given_name(scenario, 0, j) or f"x{subscript(j)}" for j in (1, 2)]
    ends = [f"{brief(span.low, digits)}{to}{brief(span.high, digits)}" for span in extents(scenario)]
    return f"{names[0]} {ends[0]} →  {names[1]} {ends[1]} ↑"


def brief(value: float, digits: int = 3) -> str:
    """An end of a range with a few digits."""
    return FOUR.brief(float(f"{max(min(value, 1e308), -1e308):.{digits}g}"))


# --- the points


def _with_points(ground: Background, frame: Frame, now: WeightsAtStep, size: CellSize, colours: bool) -> list[Line]:
    scenario, here = frame.scenario, frame.row - 1
    cells = [list(line) for line in ground]
    misclassified = wrong(now)
    known_classes = classes(scenario)
    told = known_classes is not None and (colours or known_classes.count <= len(AREAS))
    marks = class_marks(scenario) if told else ()  # with more classes the shaded background shows letters
    rows = [*(row for row in drawn(scenario).tolist() if row not in misclassified), *sorted(misclassified), here]
    places = places_of_rows(scenario, rows, size)
    for row, (x, y) in zip(rows, places, strict=True):
        mark = marks[known_classes.labels[row]] if known_classes is not None and marks else POINT
        mark = HELD_MARKS.get(mark, HELD_MARKS[POINT]) if scenario.is_held(row) else mark
        is_wrong = row in misclassified and row != here
        cells[y][x] = marked(ground[y][x], *((WRONG, "warning") if is_wrong else (mark, "plain")))
    x, y = places[-1]
    cells[y][x] = (cells[y][x][0], "lit", False, "plain")
    return [painted(line) for line in cells]
