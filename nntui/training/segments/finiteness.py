"""Where a run first makes a number that is inf or nan."""

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.iteration import Iteration
from nntui.engine.network import Network
from nntui.training.frame import Frame
from nntui.training.row_order import row_of
from nntui.training.scenario import Scenario


def surely_finite(network: Network, made: list[Iteration], costs: Array, theta: Array) -> bool:
    """Whether it is certain, at a glance, that all numbers of some iterations are finite: z, a, δ, δ a, C and new weights.

    costs: of these iterations. theta: the weights after the last of them.
    """
    return bool(np.isfinite(costs).all() and _weights_finite(network, theta) and _products_finite(made))


def first_not_finite(scenario: Scenario, number: int, made: Iteration) -> int | None:
    """The first step of an iteration that makes inf or nan, if any does."""
    course = scenario.course
    moment = Frame(scenario, course, number, 0, row_of(scenario, number) + 1, made).first_not_finite()
    return number * course.length + course.offset(moment) if moment is not None else None


def _weights_finite(network: Network, theta: Array) -> bool:
    """Whether every weight is a number; the nan in place of a bias that a layer does not have is none."""
    if np.isfinite(np.minimum.reduce(theta)) and np.isfinite(np.maximum.reduce(theta)):
        return True
    return all(np.isfinite(block.matrix(theta)[0 if block.biases else 1 :]).all() for block in network.blocks)


def _products_finite(made: list[Iteration]) -> bool:
    z, a, delta = (np.concatenate(arrays) for arrays in zip(*((one.z, one.a, one.delta) for one in made), strict=True))
    with quiet():
        largest = np.abs(a).max() * np.abs(delta).max()
    return bool(np.isfinite(z).all() and np.isfinite(largest))
