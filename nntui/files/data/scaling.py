"""Scaling of input columns: sums in row order, so that the same file gives the same bits everywhere."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import NAN, Array, ordered_sum, quiet
from nntui.files.schema.keys import Scale


def scale(x: Array, how: Scale, columns: Sequence[int], trained: NDArray[np.intp] | None = None) -> int | None:
    """Scales these columns of x (rows, n) in place; the first that would hold a number that is not finite, or None.

    trained: the rows from which mean, deviation and range are taken; None: all.
    """
    with quiet():
        for column in columns:
            values = x[:, column]
            match how:
                case "none":
                    pass
                case "standard":
                    values[:] = _standard(values, values if trained is None else values[trained])
                case "minmax":
                    values[:] = _minmax(values, values if trained is None else values[trained])
            if not np.isfinite(values).all():
                return column
    return None


def _standard(values: Array, known: Array) -> Array:
    """(x − mean)/σ with the population σ of the known rows, sums in row order; 0 for a constant column."""
    mean = ordered_sum(known) / len(known)
    off = known - mean
    deviation = np.sqrt(ordered_sum(off * off) / len(known))
    constant = known.min() == known.max() or deviation == 0.0
    return np.zeros_like(values) if constant else (values - mean) / _finite(deviation)


def _minmax(values: Array, known: Array) -> Array:
    """(x − min)/(max − min) of the known rows; 0 for a constant column."""
    low, high = known.min(), known.max()
    return np.zeros_like(values) if low == high else (values - low) / _finite(high - low)


def _finite(divisor: float) -> float:
    """A number to divide by; nan where it overflowed, so that nothing becomes 0 quietly."""
    return divisor if np.isfinite(divisor) else NAN
