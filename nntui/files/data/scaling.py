"""Scaling of input columns: sums in row order, so that the same file gives the same bits everywhere."""

from collections.abc import Sequence

import numpy as np

from nntui.engine.arithmetic import NAN, Array, ordered_sum, quiet
from nntui.files.schema.keys import Scale


def scale(x: Array, how: Scale, columns: Sequence[int]) -> int | None:
    """Scales these columns of x (rows, n) in place; the first that would hold a number that is not finite, or None."""
    with quiet():
        for column in columns:
            values = x[:, column]
            match how:
                case "none":
                    pass
                case "standard":
                    values[:] = _standard(values)
                case "minmax":
                    values[:] = _minmax(values)
            if not np.isfinite(values).all():
                return column
    return None


def _standard(values: Array) -> Array:
    """(x − mean)/σ with the population σ, sums in row order; 0 for a constant column."""
    centred = values - ordered_sum(values) / len(values)
    deviation = np.sqrt(ordered_sum(centred * centred) / len(values))
    constant = values.min() == values.max() or deviation == 0.0
    return np.zeros_like(values) if constant else centred / _finite(deviation)


def _minmax(values: Array) -> Array:
    """(x − min)/(max − min); 0 for a constant column."""
    low, high = values.min(), values.max()
    return np.zeros_like(values) if low == high else (values - low) / _finite(high - low)


def _finite(divisor: float) -> float:
    """A number to divide by; nan where it overflowed, so that nothing becomes 0 quietly."""
    return divisor if np.isfinite(divisor) else NAN
