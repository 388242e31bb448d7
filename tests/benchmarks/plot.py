"""plot: building the cost plot of a run of a million data points, beside handing plotext all of them."""

from argparse import Namespace
from statistics import median
from time import perf_counter

import numpy as np

from nntui.draw.costs import Extent, _canvas
from nntui.draw.figure import Curve, figure
from nntui.training.series import Series

CELLS, LINES = 78, 14
FEW = 20_000  # points that plotext is handed whole; a million would take ten seconds


def run(options: Namespace) -> None:
    """Prints the time of one picture at growing lengths, and the ratio to plotext unthinned."""
    generator = np.random.default_rng(0)
    for count in (1_000, 100_000, 1_000_000, 3_000_000):
        costs, means = Series(), Series()
        values = np.exp(-np.arange(count) / count * 4) * generator.random(count)
        costs.extend(values)
        means.extend(values.reshape(-1, 100).mean(axis=1))
        extent = Extent(size=count, behind=count - 5, farthest=count - 1, points=100)
        times = [_time(_canvas.__wrapped__, costs, means, (costs.length, means.length), extent, CELLS, LINES) for _ in range(9)]
        print(f"  {count:>9,} data points: {median(times) * 1e3:6.1f} ms   (goal: under 16 ms)")
    points = generator.random(FEW).tolist()
    whole = _time(figure, [Curve(range(FEW), points, "past")], (CELLS, LINES), (0.0, float(FEW)), (0.0, 1.0), [])
    print(f"  plotext handed all of {FEW:,} points: {whole * 1e3:.0f} ms")


def _time(function, *arguments) -> float:
    begun = perf_counter()
    function(*arguments)
    return perf_counter() - begun
