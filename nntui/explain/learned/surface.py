"""The mean cost over two chosen weights, all others as they are now, and the path of the run over it.

Every number is what the engine makes of exactly these weights; what bounds the work is how many are asked for: a coarse
picture, MOST_ROWS of the rows that are trained on, and MOST_STATES places of the path. It is made in slices.
"""

from collections.abc import Generator, Iterator
from functools import lru_cache

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.explain.learned.function import Interval, WeightsAtStep, effort, extent, middles
from nntui.training.rows.costs_of_rows import mean_cost
from nntui.training.scenario import Rows, Scenario
from nntui.training.timeline import Timeline
from nntui.values import dataclass

COLUMNS, LINES = 40, 16  # of the picture
MOST_ROWS = 100  # rows that the mean is taken over
MOST_STATES = 48  # places of the path
_ROOM = 0.35  # of the path's extent, on each side of it
_WORK = 1 << 16  # effort for one number of the picture; wide networks take the mean over fewer rows
_SLICE = 1 << 15  # effort between two yields: some milliseconds
_NEAR = 4  # slices that a place of the path may take


@dataclass(frozen=True, slots=True)
class SurfaceWeights:
    """Two weights by their places in theta: one along the picture, one up."""

    across: int
    up: int


@dataclass(frozen=True, slots=True, eq=False)
class LossSurface:
    """values (LINES, COLUMNS): the mean C under the middles of cells, the largest weight `up` in the first line.

    path (n, 2): both weights from the start of the run to now, the last of them those of now; cost: the mean C there.
    """

    weights: SurfaceWeights
    across: Interval
    up: Interval
    values: Array
    path: Array
    cost: float


@lru_cache(maxsize=2)  # asked for at every paint of the surface
def places(scenario: Scenario) -> tuple[tuple[int, int, int, int], ...]:
    """Every weight that training may change, of biases those that there are: layer, neuron, sender, place in theta."""
    network = scenario.network
    found: list[tuple[int, int, int, int]] = []
    for layer, block in enumerate(network.blocks, start=1):
        senders = [*(range(1, block.inputs + 1) if network.update_weights else ())]
        senders += [0] if block.biases and network.update_biases else []
        found += [(layer, k, j, block.place(k, j)) for k in range(1, block.units + 1) for j in senders]
    return tuple(found)


def rows_of_surface(scenario: Scenario) -> Rows:
    """The rows that the mean is taken over: all that are trained on or, of many, some in even steps."""
    rows, most = scenario.trained_rows, min(max(_WORK // effort(scenario), 1), MOST_ROWS)
    return rows if len(rows) <= most else rows[np.arange(most) * len(rows) // most]


def path_of(timeline: Timeline, number: int, weights: SurfaceWeights, now: WeightsAtStep) -> Generator[None, None, Array]:
    """Both weights before some of the iterations 0 … number, in even steps, and those of now; shape (n, 2).

    Left out are iterations that are far from all that is computed, as where a recording was opened in its middle.
    """
    count = min(number + 1, MOST_STATES)
    path = []
    for n in (number * part // max(count - 1, 1) for part in range(count)):
        if timeline.distance(n) <= _NEAR * timeline.stride:
            theta = timeline.theta(n)
            path.append((float(theta[weights.across]), float(theta[weights.up])))
        yield
    return np.array([*path, (float(now.theta[weights.across]), float(now.theta[weights.up]))])


def surface(timeline: Timeline, number: int, now: WeightsAtStep, weights: SurfaceWeights) -> Iterator[LossSurface | None]:
    """The surface round the path of a run up to iteration `number`; None between slices before it."""
    scenario = now.scenario
    path = yield from path_of(timeline, number, weights, now)
    known = path[np.isfinite(path).all(axis=1)]
    across, up = (extent(column, _ROOM) for column in (known if len(known) else np.zeros((1, 2))).T)
    rows = rows_of_surface(scenario)
    theta = now.theta[: scenario.network.parameters].copy()
    values = np.empty((LINES, COLUMNS))
    w_across, w_up = across.at(middles(COLUMNS)).tolist(), up.at(1.0 - middles(LINES)).tolist()
    done = 0
    for y, high in enumerate(w_up):
        for x, along in enumerate(w_across):
            theta[weights.across], theta[weights.up] = along, high
            values[y, x] = mean_cost(scenario, theta, rows)
            done += len(rows) * effort(scenario)
            if done >= _SLICE:
                done = 0
                yield None
    yield LossSurface(weights, across, up, values, path, mean_cost(scenario, now.theta, rows))
