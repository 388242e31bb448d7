"""The past of an inspected number: in a line of its panel, and as a plot below it."""

from dataclasses import replace
from typing import assert_never

from nntui.draw.base.numbers import signed
from nntui.draw.base.spans import Block, Span
from nntui.draw.base.view import View
from nntui.draw.panels.equation import Piece
from nntui.draw.plot.chart import Chart, PlotView
from nntui.draw.plot.choices import LAST
from nntui.draw.plot.panel import columns_of, plot_panel
from nntui.draw.plot.readout import reading
from nntui.explain.history.of_number import Past, RowPast, WeightPast
from nntui.training.cell import Cell
from nntui.training.rows.axis import POINTS, RunAxis
from nntui.training.rows.followed import is_of_row
from nntui.training.rows.measured import Measured

LEAST_HISTORY, LEAST_BELOW = 9, 5  # lines of the plot of a number, and of what is below an inspection
LEAST_PLACES = 2  # numbers that are a curve


def past_chunks(view: View, past: Past) -> list[list[Piece]]:
    """What is said of the past, in parts that are side by side."""
    match past:
        case WeightPast():
            return _of_weight(view, past)
        case RowPast():
            write = view.numerals.write
            first = _chunk("this row's first turn ", write(past.first), past.first_at)
            return [first, _chunk("the turn before ", write(past.last), past.last_at)]
        case _:
            assert_never(past)


def _of_weight(view: View, past: WeightPast) -> list[list[Piece]]:
    write = view.numerals.write
    chunks = [_chunk("at the start ", write(past.start))]
    if past.fixed:
        return [*chunks, [(Span("kept fixed", "dim"),)]]
    if past.now != past.start:
        chunks.append(_chunk("since then ", _signed(view, past.now - past.start)))
    if past.at is not None:
        return [*chunks, _chunk("moved last by ", _signed(view, past.by)), _chunk("at ", str(past.at), past.at)]
    count = "the last data point" if past.looked == 1 else f"the last {past.looked} data points"
    return [*chunks, [(Span(f"not moved by {count}" if past.looked else "not moved yet", "dim"),)]]


def _chunk(words: str, number: str, target: object = None) -> list[Piece]:
    return [(Span(words, "dim", target), Span(number, "plain", target))]


def _signed(view: View, change: float) -> str:
    return signed(view.numerals.write(change), change)


def following_view(plot_view: PlotView, number: Cell, row: int) -> PlotView:
    """The plot of a number over all of the run: of one that depends on the data row (from 1) at the turns of that row."""
    places = RunAxis("turn", row - 1) if is_of_row(number) else POINTS
    return replace(plot_view, chosen=LAST, followed=number, places=places, zoom=None, log=False)


def history_panel(
    view: View, measured: Measured, following: Measured | None, number: Cell | None, cells: int, height: int
) -> Block | None:
    """The history of a number as a plot in cells × height; None where there are too few lines or numbers for a curve."""
    if following is None or number is None or height < LEAST_HISTORY:
        return None
    plot_view = following_view(PlotView(view.frame.number), number, view.frame.row)
    chart = Chart(view, measured, plot_view, columns_of(cells), following)
    if chart.known < LEAST_PLACES or not chart.filled:
        return None
    return plot_panel(chart.plot(alone=True), reading(chart), cells, height)
