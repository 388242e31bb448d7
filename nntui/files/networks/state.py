"""What is exported: a scenario's network with the weights it has at one place of its run, and the data point that follows."""

from dataclasses import replace

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.batch_place import batch_place_of
from nntui.engine.iteration import Iteration, iterate
from nntui.engine.network import to_matrices
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from nntui.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class NetworkState:
    """scenario: the run's own (of a fork that of its edits). theta: the weights, laid out as `engine.network` says.

    place: where they hold, in words. made: what the data point that comes next (after the last: the first of the data)
    does with them, which an exported program makes again.
    """

    scenario: Scenario
    theta: Array
    place: str
    made: Iteration

    @property
    def matrices(self) -> tuple[Array, ...]:
        """One (n_l, 1 + n_{l−1}) array a layer, column 0 the bias (nan where the layer has none)."""
        return to_matrices(self.scenario.network, self.theta)

    @property
    def after(self) -> tuple[Array, ...]:
        """The weights that the data point leaves behind, in the same form."""
        return to_matrices(self.scenario.network, self.made.after)

    @property
    def finite(self) -> bool:
        """Whether the weights, C and the weights after it are finite numbers (biases that are not there left aside)."""
        layers = self.scenario.network.layers
        pairs = [*zip(layers, self.matrices, strict=True), *zip(layers, self.after, strict=True)]
        weights = all(np.isfinite(matrix[:, 0 if layer.biases else 1 :]).all() for layer, matrix in pairs)
        return bool(weights and np.isfinite(self.made.cost))

    @property
    def here(self) -> Scenario:
        """The scenario that begins with these weights; notes and questions speak of another run."""
        return replace(self.scenario, theta=self.theta, next="", notes=(), questions=())


def state_before(timeline: Timeline, n: int) -> NetworkState:
    """The network before iteration n, 0 ≤ n ≤ len; IndexError outside."""
    theta = timeline.theta(n)
    if n == len(timeline):
        scenario = timeline.scenario
        first = int(scenario.trained_rows[0])
        place = batch_place_of(scenario.network.batch, 0, scenario.points)
        made = iterate(scenario.network, timeline.state(n), scenario.x[first], scenario.y[first], place)
        return NetworkState(scenario, theta, "after the last data point", made)
    frame = timeline.frame(n * timeline.course.length)
    address = frame.address
    return NetworkState(frame.scenario, theta, f"before {address.epoch}:{address.point}", frame.iteration)
