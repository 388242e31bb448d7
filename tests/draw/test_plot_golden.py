"""The plot as text, kept for readers. tests/golden/README.md says how to renew them."""

from dataclasses import replace
from functools import cache

import pytest

from nntui.draw.base.plain_text import plain, plain_with_marks
from nntui.draw.charts.window import Zoom
from nntui.draw.costs.cost_panel import costs_panel
from nntui.draw.plot.chart import PlotView
from nntui.draw.plot.panel import columns_of, plot_panel
from nntui.draw.plot.readout import reading
from nntui.draw.screen import screen
from nntui.files.library import load
from nntui.training.rows.axis import RunAxis
from tests import goldens
from tests.draw.test_golden import HINTS
from tests.draw.test_plot import chart, drawn, forked, reached
from tests.scenes import view

PLOTS = {
    "cost": PlotView(1203),
    "cost-log": PlotView(700, log=True),
    "near": PlotView(205, zoom=Zoom(1, 24, 196)),
    "outputs": PlotView(41, 1, RunAxis("turn", 2)),
    "delta-log": PlotView(900, 2, log=True),
    "weights": PlotView(1000, 3, RunAxis("epoch")),
    "accuracy": PlotView(1500, 4),
    "not-computed": PlotView(1900, zoom=Zoom(32)),
}


@cache
def run(name, iterations):
    """A bundled run, computed so far, once for all that is drawn of it."""
    return reached(load(name), iterations)


@pytest.mark.parametrize("cells", [80, 120])
@pytest.mark.parametrize("name", PLOTS)
def test_golden_of_the_plot(name, cells):
    timeline = run("xor", 1601)
    text = plain_with_marks(drawn(timeline, PLOTS[name], cells, 13 if cells == 80 else 20, timeline.course.parse("301:1:cost")))
    goldens.check(f"plot/{name}-{cells}.txt", text)


@pytest.mark.parametrize("cells", [80, 120])
def test_golden_of_a_run_that_diverged_and_of_a_fork(cells):
    timeline = run("learning-rates", 700)
    goldens.check(f"plot/diverged-{cells}.txt", plain_with_marks(drawn(timeline, PlotView(200, log=True), cells, 13)))
    timeline, _, other = forked()
    beside = replace(other, name="η 5 from 26:1")
    goldens.check(f"plot/fork-{cells}.txt", plain_with_marks(drawn(timeline, PlotView(301), cells, 13, others=(beside,))))
    here = view(timeline, timeline.course.length * 400 - 1, farthest=399, others=(beside,), log=True)
    goldens.check(f"plot/fork-small-{cells}.txt", plain(costs_panel(here, cells - 22, 9)))


@pytest.mark.parametrize(("cells", "height"), [(60, 20), (80, 24), (120, 40)])
def test_golden_of_the_plot_in_the_window(cells, height):
    timeline = run("spiral", 3541)
    made = chart(timeline, PlotView(3000), timeline.course.parse("60:1:input"), columns_of(cells))
    here = view(timeline, timeline.course.parse("60:1:input"))
    text = plain(screen(here, cells, height, HINTS, under=lambda wide, high: plot_panel(made.plot(), reading(made), wide, high)))
    goldens.check(f"plot/screen-{cells}x{height}.txt", text)
