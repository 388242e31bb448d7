"""plot: building the plots of a run of a million data points, beside handing plotext all of them, and plotext by columns."""

from argparse import Namespace
from dataclasses import replace
from statistics import median
from time import perf_counter

import numpy as np

from nntui.draw.base.view import View
from nntui.draw.charts.curves import Curve
from nntui.draw.charts.plotext_figure import figure
from nntui.draw.charts.tracks import Track
from nntui.draw.charts.window import whole
from nntui.draw.costs.cost_curves import canvas
from nntui.draw.costs.thinned_costs import RunExtent, thinned_costs
from nntui.draw.plot.chart import Chart, PlotView
from nntui.draw.plot.panel import columns_of, plot_panel
from nntui.files.library import load
from nntui.training.containers.series import Series
from nntui.training.rows.measured import Measured
from nntui.training.timeline import Timeline

CELLS, LINES = 78, 14
WIDE, HIGH = 120, 24  # the instrument in a window of 120x40
FEW = 20_000  # points that plotext is handed whole; a million would take ten seconds
ROUNDS = 9


def run(options: Namespace) -> None:
    """Prints the time of one picture at growing lengths, and the ratios to plotext."""
    generator = np.random.default_rng(0)
    for count in (1_000, 100_000, 1_000_000, 3_000_000):
        costs, means = Series(), Series()
        values = np.exp(-np.arange(count) / count * 4) * generator.random(count)
        costs.extend(values)
        means.extend(values.reshape(-1, 100).mean(axis=1))
        extent = RunExtent(size=count, reached=count - 5, farthest=count - 1, points=100)
        instrument = _instrument(costs, means)
        small, large, columns = [], [], []
        for _ in range(ROUNDS):
            small.append(_time(_small, costs, means, extent))
            large.append(_time(plot_panel, instrument, (), WIDE, HIGH))
            columns.append(_time(_by_plotext, costs))
        ratio = median(theirs / ours for theirs, ours in zip(columns, large, strict=True))
        print(
            f"  {count:>9,} points: small {median(small) * 1e3:5.1f} ms, instrument {WIDE}x{HIGH} {median(large) * 1e3:5.1f} ms"
            f" (goal: under 16 ms); plotext, the same columns, ×{ratio:.1f}"
        )
    points = generator.random(FEW).tolist()
    by_plotext = _time(figure, [Curve(range(FEW), points, "past")], (CELLS, LINES), (0.0, float(FEW)), (0.0, 1.0), [])
    print(f"  plotext handed all of {FEW:,} points: {by_plotext * 1e3:.0f} ms")


def _small(costs: Series, means: Series, extent: RunExtent):
    """The small plot."""
    return canvas.__wrapped__(thinned_costs(costs, means, (), extent, CELLS), extent, CELLS, LINES)


def _instrument(costs: Series, means: Series):
    """The plot of a run that has such costs."""
    timeline = Timeline(load("xor"))
    plot = Chart(View(timeline.frame(0)), Measured(timeline), PlotView(), columns_of(WIDE)).plot()
    count = costs.length
    tracks = [Track("C", costs, "past", stop=count), Track("mean", means, "mean", every=100, stop=count)]
    return replace(plot, tracks=tracks, shown=whole(count, columns_of(WIDE)), known=count, filled=count, total=count)


def _by_plotext(costs: Series):
    """Smallest and largest of each column as plotext draws them."""
    low, high = costs.columns(costs.length, columns_of(WIDE), 0, costs.length)
    ends = np.stack([low, high], axis=1).ravel().tolist()
    x = np.repeat(np.arange(len(low)) + 0.5, 2).tolist()
    return figure([Curve(x, ends, "past")], (WIDE - 2, HIGH - 5), (0.0, float(len(low))), (0.0, 1.0), [])


def _time(function, *arguments) -> float:
    begun = perf_counter()
    function(*arguments)
    return perf_counter() - begun
