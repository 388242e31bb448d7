"""The plot with a cursor: series of a run in any window, and what is not computed yet.

Each column shows the smallest and largest number of its places, so that a million places are drawn as fast as a thousand.
"""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from nntui.draw.base.boxes import framed, right
from nntui.draw.base.spans import Block, Line, Mark, Role, Span, joined, width
from nntui.draw.charts.axes import LABEL, linear, logarithmic, put_labels, round_step
from nntui.draw.charts.braille import Raster
from nntui.draw.charts.tracks import Dots, Stroke, Track, samples, strokes
from nntui.draw.charts.window import Window
from nntui.values import dataclass

TICKS = LABEL + 1  # cells of the ticks at the left
MARKS_APART = 24  # cells between two marks on a line
TALL = 13  # lines of the panel from which the readout may have two lines
NOT_COMPUTED, COMING = " not computed ", " being computed "


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """The place that a click on a column of the plot means."""

    shown: Window
    column: int

    def place(self, cell: int) -> int:
        """The first place of the column `cell` cells to the right."""
        return self.shown.place(self.column + cell)


@dataclass(frozen=True, slots=True)
class ChoicePlace:
    """The entry that a click on a name of the list means."""

    index: int


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """All that is drawn. names: the list, whose entry `chosen` is drawn as tracks in the window `shown`;
    empty where there is nothing to choose.

    cursor, here: the places of the cursor and of the present. known: how many places may be shown; filled: how many have
    their numbers; total: all of the run. diverged: the place where the run diverged. points: places in an epoch. unit:
    the word at the left of the axis. values: the numbers under the cursor. long: whether the readout may have two lines.
    foot: the words in the lower border.
    """

    title: Line
    names: Sequence[str]
    chosen: int
    tracks: Sequence[Track]
    shown: Window
    log: bool
    cursor: int
    here: int
    known: int
    filled: int
    total: int
    diverged: int | None
    points: int
    unit: str
    values: Sequence[float]
    long: bool
    foot: str


def columns_of(cells: int) -> int:
    """How many columns the plot of a panel of `cells` cells has."""
    return cells - 2 - TICKS


def plot_panel(plot: Plot, reading: Sequence[Line], cells: int, height: int) -> Block:
    """The list, the curves, the axis and the readout in a frame of cells × height. reading: the most important part first."""
    read = 2 if plot.long and height >= TALL else 1
    body = (
        *((_list(plot, cells - 2),) if plot.names else ()),
        *_curves(plot, height - (4 if plot.names else 3) - read),
        _axis(plot),
        *_reading(reading, cells - 2, read),
    )
    return framed(plot.title, body, cells, height, lit=bool(plot.names), foot=plot.foot)


def _list(plot: Plot, cells: int) -> Line:
    """The names to choose from; the chosen name is marked and always visible."""
    entries: list[Line] = []
    for index, name in enumerate(plot.names):
        role: Role = "cursor" if index == plot.chosen else "plain"
        entries.append((Span(f" {name} ", role, ChoicePlace(index)),))
    first = 0
    while sum(width(entry) for entry in entries[first : plot.chosen + 1]) > cells - 4:
        first += 1
    line: list[Span] = [Span("…" if first else " ", "dim")]
    for index, entry in enumerate(entries[first:], start=first):
        if width((*line, *entry)) > cells - 1:
            return (*line, Span("…", "dim", ChoicePlace(index)))
        line += entry
    return tuple(line)


def _curves(plot: Plot, lines: int) -> list[Line]:
    """The tracks, the areas that are not computed, and the ticks."""
    shown = plot.shown
    found = [samples(track, shown) for track in plot.tracks]
    ticks = max(min(lines // 2, 6), 2)
    numbers = [row for one in found for row in (one.low, one.high)]
    scale = logarithmic(numbers) if plot.log else linear(numbers)
    raster = Raster(shown.columns, lines)
    rows: list[tuple[Track, Dots]] = []
    for track, seen in zip(plot.tracks, found, strict=True):
        drawn = strokes(seen, scale, 4 * lines)
        for stroke in drawn:
            raster.bars(stroke.dots, stroke.top, stroke.bottom, track.role, over=track.every > 1 and bool(rows))
        rows.append((track, _rows(drawn, shown.columns)))
    cells = [raster.row(y) for y in range(lines)]
    _mark_tracks(cells, rows)
    _dim_after_present(cells, shown.column(plot.here))
    _fill_unknown(plot, cells)
    column = shown.column(plot.cursor)

    def row(height: float) -> int:
        return round((scale.high - height) / (scale.high - scale.low) * (4 * lines - 1)) // 4

    for height in scale.heights(np.array(plot.values, dtype=np.float64)).tolist():
        if isfinite(height):
            there = cells[row(height)][column][0]
            cells[row(height)][column] = ("•" if there in " ·" else there, "cursor")
    labels = {row(height): text for height, text in scale.ticks(ticks)}
    return [(Span(right(labels.get(y, ""), TICKS - 1) + " ", "dim"), *_with_places(line, shown)) for y, line in enumerate(cells)]


def _rows(drawn: Sequence[Stroke], columns: int) -> Dots:
    """The line of cells of a track in each column, shape (columns,); −1 where it has none."""
    rows = np.full(columns, -1)
    for stroke in drawn:
        rows[stroke.dots // 2] = (stroke.top + stroke.bottom) // 8
    return rows


def _mark_tracks(cells: list[list[Mark]], rows: Sequence[tuple[Track, Dots]]) -> None:
    """Puts the mark of each track on it at some columns, and at its end."""
    for number, (track, places) in enumerate(rows):
        columns = np.flatnonzero(places >= 0).tolist()
        if not track.mark or not columns:
            continue
        begin = min(3 + number * MARKS_APART // max(len(rows), 2), len(columns) - 1)
        for column in {*columns[begin::MARKS_APART], columns[-1]}:
            cells[min(max(int(places[column]), 0), len(cells) - 1)][column] = (track.mark, track.role)


def _dim_after_present(cells: list[list[Mark]], here: int) -> None:
    """Dims what lies after the present."""
    for line in cells:
        line[max(here + 1, 0) :] = [(character, "future") for character, _ in line[max(here + 1, 0) :]]


def _fill_unknown(plot: Plot, cells: list[list[Mark]]) -> None:
    """Fills what is not computed, or has no numbers yet, with dots and a word."""
    shown = plot.shown

    def after(place: int) -> int:
        return min(max(shown.column(place - 1) + 1, 0), shown.columns) if place > shown.first else 0

    ends = (after(plot.filled), after(max(plot.known, plot.filled)), after(plot.total))
    for word, begin, end in ((COMING, ends[0], ends[1]), (NOT_COMPUTED, ends[1], ends[2])):
        for y, line in enumerate(cells):
            for column in range(begin + (2 * y - begin) % 4, end, 4):
                if line[column][0] == " ":
                    line[column] = ("·", "dim")
        if end - begin >= len(word):
            place, middle = (begin + end - len(word)) // 2, cells[len(cells) // 2]
            if all(mark[0] in " ·" for mark in middle[place : place + len(word)]):
                middle[place : place + len(word)] = [(character, "dim") for character in word]


def _with_places(marks: Sequence[Mark], shown: Window) -> Line:
    """Cells as spans with the places that clicks mean."""
    return joined(marks, lambda column: ColumnPlace(shown, column))


def _axis(plot: Plot) -> Line:
    """The line below the curves: what is computed, epochs, the present, the cursor, and the overflow of the run."""
    shown = plot.shown
    marks: list[Mark] = []
    for column in range(shown.columns):
        place = shown.place(column)
        marks.append(("━" if place < plot.known else "┄" if place < plot.total else " ", "frame"))
    special: list[tuple[int, Mark]] = [(plot.here, ("▲", "present")), (plot.cursor, ("◆", "cursor"))]
    if plot.diverged is not None:
        special.insert(0, (plot.diverged, ("✗", "warning")))
    seen = [(shown.column(place), mark) for place, mark in special if shown.first <= place < shown.stop]
    put_labels(marks, [(shown.column(place), text) for place, text in _labels(plot)], [column for column, _ in seen], -2)
    if marks[1:2] == [("1", "dim")] and marks[0][1] == "frame":
        marks[0] = (" ", "frame")  # one dash before a 1 reads as a minus sign
    for column, mark in seen:
        marks[column] = mark
    return (Span(f"{plot.unit:>{TICKS - 1}} ", "dim"), *_with_places(marks, shown))


def _labels(plot: Plot) -> list[tuple[int, str]]:
    """Places and texts of the labels: round epochs if several are visible, else round data points."""
    shown, points = plot.shown, plot.points
    last = min(shown.stop, plot.total)
    if points == 1 or last - shown.first > 3 * points:
        step = round_step((last - shown.first) / points, shown.columns // 14)
        first, end = shown.first // points + 1, (last - 1) // points + 1
        epochs = [number for number in (1, *range(step, end + 1, step)) if number >= first]
        return [((number - 1) * points, str(number)) for number in dict.fromkeys(epochs) if (number - 1) * points >= shown.first]
    step = round_step(last - shown.first, shown.columns // 14)
    labels: list[tuple[int, str]] = []
    for epoch in range(shown.first // points, (last - 1) // points + 1):
        for point in (1, *range(step, points + 1, step)):
            place = epoch * points + point - 1
            if shown.first <= place < last and (place, f"{epoch + 1}:{point}") not in labels[-1:]:
                labels.append((place, f"{epoch + 1}:{point}"))
    return labels


def _reading(parts: Sequence[Line], cells: int, lines: int) -> list[Line]:
    """The readout in `lines` lines: whole parts, one after the other, as many as fit."""
    rows: list[list[Span]] = [[]]
    for part in parts:
        if width(rows[-1]) + 2 + width(part) <= cells:
            rows[-1] += [Span("  " if rows[-1] else " "), *part]
        elif len(rows) < lines and 1 + width(part) <= cells:
            rows.append([Span(" "), *part])
    return [tuple(row) for row in (*rows, *[[]] * lines)][:lines]
