"""What the network computes now, with the weights that the panels show at a step, over its inputs and for its data rows.

All of it are batched forward passes, remembered for the weights they were made with: a step that changes no weight
costs nothing. What takes longer than a key press may is made in slices (`survey`).
"""

from functools import lru_cache
from hashlib import blake2b
from math import isfinite

import numpy as np

from nntui.engine.arithmetic import Array, frozen, quiet
from nntui.engine.iteration import outputs
from nntui.training.classes import Labels, classes_of
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario
from nntui.values import dataclass

AT_ONCE = 3 << 20  # effort that a paint may take: some fifteen milliseconds
MOST_DRAWN = 600  # data rows that are drawn one by one
FEWEST = 512  # points that a picture of the function is made of
COARSE = (32, 8)  # columns and lines of one that is made in slices
MARGIN = 0.12  # of the range of the data, on each side
_LARGEST = 1e308  # of what is drawn; a range that ends there can still be written with three digits
_NEURON = 20  # σ of one neuron takes as long as this many products


@dataclass(frozen=True, slots=True, eq=False)
class WeightsAtStep:
    """The weights at a step. Two are equal where they are of one scenario and have the same bits."""

    scenario: Scenario
    theta: Array
    digest: bytes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WeightsAtStep) and self.scenario is other.scenario and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def outputs(self, x: Array) -> Array:
        """a^N of data points (points, n_0), shape (points, n_N)."""
        return outputs(self.scenario.network, self.theta, x)


def weights_at_step(frame: Frame) -> WeightsAtStep:
    """The weights of a step: rows whose update is reached are new, all others old."""
    theta = weights_now(frame)
    return WeightsAtStep(
        frame.scenario, theta, blake2b(theta[: frame.scenario.network.parameters].tobytes(), digest_size=16).digest()
    )


def weights_now(frame: Frame) -> Array:
    """Theta as the panels show it at a step, with G and v behind it where the network has them; flat."""
    before, after = frame.iteration.before, frame.iteration.after
    if frame.is_last:
        return after
    theta = before
    for layer, block in enumerate(frame.scenario.network.blocks, start=1):
        new = [k for k in range(block.units) if frame.knows("update", layer, k + 1)]
        if new:
            theta = before.copy() if theta is before else theta
            block.matrix(theta)[:, new] = block.matrix(after)[:, new]
    return frozen(theta)


def row_outputs(frame: Frame, now: WeightsAtStep) -> Array:
    """a^N of the data row of the frame, as the weights make it now; shape (n_N,)."""
    if not updated(frame, now):
        return frame.layer_a(len(frame.course.units))
    made: Array = now.outputs(frame.iteration.x[None])[0]
    return made


def updated(frame: Frame, now: WeightsAtStep) -> bool:
    """Whether weights of now are new: the outputs are then no longer those of the forward pass of this data point."""
    return now.theta is not frame.iteration.before


def answered(frame: Frame) -> bool:
    """Whether this step has reached all outputs of its data row: before, they are not shown."""
    return frame.knows("a", len(frame.course.units), frame.scenario.network.outputs)


def effort(scenario: Scenario) -> int:
    """What one data point costs, in products."""
    return scenario.network.parameters + _NEURON * scenario.network.neurons


# --- where the function is drawn


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of numbers, low < high, both finite, however far apart."""

    low: float
    high: float

    def at(self, share: Array) -> Array:
        """The numbers at the given shares (0 … 1) of the way from low to high."""
        numbers: Array = self.low * (1.0 - share) + self.high * share
        return numbers

    def share(self, numbers: Array) -> Array:
        """The parts of the way at which numbers lie; inf and nan stay what they are. Shape as `numbers`."""
        with quiet():
            shares: Array = (numbers / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return shares


def extent(numbers: Array, margin: float = MARGIN) -> Interval:
    """The range of finite numbers with a margin; some room round them where they are all (nearly) the same."""
    low, high = float(numbers.min()), float(numbers.max())
    half = high / 2 - low / 2
    if half <= max(1e-12 * max(abs(low), abs(high)), 1e-290):
        room = max(1.0, abs(high) / 2)
    else:
        room = 2 * half * margin if half < 1e307 else 0.0
    return Interval(max(low - room, -_LARGEST), min(high + room, _LARGEST))


@lru_cache(maxsize=4)
def extents(scenario: Scenario) -> tuple[Interval, ...]:
    """The range of each input."""
    return tuple(extent(column) for column in scenario.x.T)


def middles(count: int) -> Array:
    """The middles of `count` equal cells, as shares of the whole, shape (count,)."""
    parts: Array = (np.arange(count) + 0.5) / count
    return parts


def grid(scenario: Scenario, columns: int, lines: int) -> Array:
    """The data points under the middles of cells, line by line, the largest x₂ first; of one input a single line of them.

    Shape (lines · columns, n_0).
    """
    ranges = extents(scenario)
    across = ranges[0].at(middles(columns))
    if len(ranges) == 1:
        return across[:, None]
    down = ranges[1].at(1.0 - middles(lines))
    return np.stack([np.tile(across, lines), np.repeat(down, columns)], axis=1)


@lru_cache(maxsize=4)
def field(now: WeightsAtStep, columns: int, lines: int) -> Array | None:
    """The outputs under `columns` × `lines` cells, shape (lines, columns, n_N): fewer of both where that would take long.

    None where it takes long with the fewest that a picture needs. Of one input, lines is 1.
    """
    each = effort(now.scenario)
    while columns * lines * each > AT_ONCE and columns * lines > FEWEST:
        columns, lines = (columns, -(-lines // 2)) if lines > columns // 2 else (-(-columns // 2), lines)
    if columns * lines * each > AT_ONCE:
        return None
    return now.outputs(grid(now.scenario, columns, lines)).reshape(lines, columns, -1)


def coarse(scenario: Scenario) -> tuple[int, int]:
    """Columns and lines of a picture that is made in slices."""
    return COARSE if scenario.network.inputs == 2 else (COARSE[0] * COARSE[1], 1)


@lru_cache(maxsize=4)
def drawn(scenario: Scenario) -> Labels:
    """The data rows, from 0, that are drawn: all of them or, of many, some in even steps."""
    count = scenario.rows
    rows: Labels = np.arange(count) if count <= MOST_DRAWN else np.arange(MOST_DRAWN) * count // MOST_DRAWN
    return rows


@lru_cache(maxsize=4)
def wrong(now: WeightsAtStep) -> frozenset[int]:
    """Of the rows that are drawn, from 0, those that are said to be of another class; none where there is no telling."""
    told, rows = classes(now.scenario), drawn(now.scenario)
    if told is None or len(rows) * effort(now.scenario) > AT_ONCE:
        return frozenset()
    return frozenset(rows[~told.right(now.outputs(now.scenario.x[rows]), rows)].tolist())


# --- classes and scales


classes = lru_cache(maxsize=4)(classes_of)


@dataclass(frozen=True, slots=True)
class OutputScale:
    """What is low and what is high of an output, and the number between them at which the line is drawn."""

    low: float
    high: float
    middle: float

    def levels(self, numbers: Array, count: int) -> Labels:
        """Which of `count` equal steps, from 0, each number lies in, those beyond in the last; −1 where it is nan."""
        shares = Interval(self.low, self.high).share(numbers)
        with quiet():
            found: Labels = np.clip(np.nan_to_num(shares * count, posinf=count), 0, count - 1).astype(np.intp)
        found[np.isnan(shares)] = -1
        return found


def scale(scenario: Scenario, output: int) -> OutputScale:
    """From the lowest target to the highest; of targets that are all the same, what σ can make, with the line at the target."""
    low, high = (float(ends[output - 1]) for ends in _targets(scenario))
    middle = low / 2 + high / 2
    if high / 2 - low / 2 > 1e-290:
        return OutputScale(low, high, middle)
    least, greatest = scenario.network.blocks[-1].sigma.range
    if isfinite(least) and isfinite(greatest) and least <= low <= greatest:
        return OutputScale(least, greatest, middle)
    room = extent(np.array([low, high]))
    return OutputScale(room.low, room.high, middle)


@lru_cache(maxsize=4)
def _targets(scenario: Scenario) -> tuple[Array, Array]:
    """The lowest and the highest target of each output."""
    return scenario.y.min(axis=0), scenario.y.max(axis=0)


def choices(scenario: Scenario) -> tuple[int, ...]:
    """Which outputs can be shown, 0 all at once: of a map the class that is said, of a curve all curves."""
    network = scenario.network
    each = tuple(range(1, network.outputs + 1))
    if network.inputs > 2 or network.outputs == 1:
        return (0,)
    return (0, *each) if network.inputs == 1 or classes(scenario) is not None else each
