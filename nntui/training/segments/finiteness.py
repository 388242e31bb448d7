"""Where a run first makes a number that is inf or nan."""

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.engine.iteration import Iteration
from nntui.engine.network import Network
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario


def first_not_finite(scenario: Scenario, number: int, row: int, made: Iteration) -> int | None:
    """The first step of an iteration that makes inf or nan, if any does; row: its data row, from 0."""
    course = scenario.course
    moment = Frame(scenario, course, number, 0, row + 1, made).first_not_finite()
    return number * course.length + course.offset(moment) if moment is not None else None


def weights_finite(network: Network, theta: Array) -> bool:
    """Whether every weight is a number; the nan in place of a bias that a layer does not have is none."""
    if np.isfinite(np.minimum.reduce(theta)) and np.isfinite(np.maximum.reduce(theta)):
        return True
    return all(np.isfinite(block.matrix(theta)[0 if block.biases else 1 :]).all() for block in network.blocks)
