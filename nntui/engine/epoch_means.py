"""The means of epochs, each added from left to right, of many data points at once."""

import numpy as np

from nntui.engine.arithmetic import Array, quiet


def epoch_means(values: Array, point: int, points: int, begun: Array | float = 0.0) -> tuple[Array, Array | float]:
    """The means of the epochs that end among some data points, and the sum of the one that goes on.

    values: (n, …), one entry a data point. point: the place in its epoch (from 0) of the first. begun: what the data
    points of its epoch before that sum to; every sum starts at +0.0 and adds in the order of the data points.
    """
    with quiet():
        head = min(-point % points, len(values))
        begun = _added(begun, values[:head])
        if (point + head) % points or not len(values):
            return values[:0], begun
        whole = (len(values) - head) // points
        epochs = values[head : head + whole * points].reshape(whole, points, *values.shape[1:])
        sums = np.add.accumulate(epochs, axis=1)[:, -1] + 0.0 if whole else epochs[:, 0]
        if head:
            sums = np.concatenate([np.asarray(begun)[None], sums])
            begun = np.zeros_like(sums[0])
        return sums / points, _added(begun, values[head + whole * points :])


def _added(begun: Array | float, values: Array) -> Array | float:
    if not len(values):
        return begun
    total: Array = np.add.accumulate(np.concatenate([np.asarray(begun)[None], values]), axis=0)[-1]
    return total
