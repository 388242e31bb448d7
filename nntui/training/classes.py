"""Classification: which class the outputs of a data row predict, and whether a scenario is about classes at all.

Several outputs: the largest output is the predicted class (the first of equals); every row of targets must be one-hot.
A single output: the nearer of its two targets is predicted, the larger one if it is halfway; all targets must be one of
two numbers.
"""

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array
from nntui.training.scenario import Scenario
from nntui.values import dataclass

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
        """The threshold of a single output: from there on it predicts the second class."""
        return (self.low + self.high) / 2

    def predicted(self, outputs: Array) -> Labels:
        """The predicted class of each row, from 0, shape (points,); −1 if an output is nan. outputs: (points, n_N)."""
        single = outputs.shape[1] == 1
        chosen: Labels = (outputs[:, 0] >= self.middle).astype(np.intp) if single else np.argmax(outputs, axis=1)
        chosen[np.isnan(outputs).any(axis=1)] = -1
        return chosen

    def right(self, outputs: Array, rows: slice | Labels | None = None) -> NDArray[np.bool_]:
        """Whether each row of outputs (points, n_N) predicts the class of its data row: of all rows, or of those in `rows`."""
        labels = self.labels if rows is None else self.labels[rows]
        right: NDArray[np.bool_] = self.predicted(outputs) == labels
        return right


def classes_of(scenario: Scenario) -> Classes | None:
    """The classes of the targets; None if they have none (a regression, or a single class)."""
    y = scenario.y
    if y.shape[1] == 1:
        low, high = float(y.min()), float(y.max())
        if low == high or not ((y == low) | (y == high)).all():
            return None
        return Classes(2, (y[:, 0] == high).astype(np.intp), low, high)
    one_hot = ((y == 0.0) | (y == 1.0)).all() and (np.add.reduce(y, axis=1) == 1.0).all()
    return Classes(y.shape[1], np.argmax(y, axis=1)) if one_hot else None
