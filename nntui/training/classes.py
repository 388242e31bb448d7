"""Classification: which class a row of outputs, or of targets, says; whether a scenario is about classes at all.

Several outputs: the largest one is the class (the first of equals), where every row of targets has one 1 and else
zeros. A single output: the nearer of two targets, where all targets are one of two numbers, the larger one halfway.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array
from nntui.training.scenario import Scenario

Labels = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """The classes of a scenario. count: at least two; labels: of every data row, from 0, in the order of the file.

    low, high: the two targets of a single output.
    """

    count: int
    labels: Labels
    low: float = 0.0
    high: float = 1.0

    @property
    def middle(self) -> float:
        """Of a single output: from where on it says the second class."""
        return (self.low + self.high) / 2

    def said(self, outputs: Array) -> Labels:
        """The class that each row of outputs says, from 0; −1 where a number is nan. outputs (points, n_N)."""
        single = outputs.shape[1] == 1
        chosen: Labels = (outputs[:, 0] >= self.middle).astype(np.intp) if single else np.argmax(outputs, axis=1)
        chosen[np.isnan(outputs).any(axis=1)] = -1
        return chosen

    def right(self, outputs: Array, rows: slice | Labels | None = None) -> NDArray[np.bool_]:
        """Whether each row of outputs says the class of its data row (of all rows, or of those in `rows`)."""
        labels = self.labels if rows is None else self.labels[rows]
        right: NDArray[np.bool_] = self.said(outputs) == labels
        return right


def classes_of(scenario: Scenario) -> Classes | None:
    """The classes that the targets tell apart; None where they tell of none (a regression, or one class alone)."""
    y = scenario.y
    if y.shape[1] == 1:
        low, high = float(y.min()), float(y.max())
        if low == high or not ((y == low) | (y == high)).all():
            return None
        return Classes(2, (y[:, 0] == high).astype(np.intp), low, high)
    one_hot = ((y == 0.0) | (y == 1.0)).all() and (np.add.reduce(y, axis=1) == 1.0).all()
    return Classes(y.shape[1], np.argmax(y, axis=1)) if one_hot else None
