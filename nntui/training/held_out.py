"""Which data rows are held out: shown, and never trained on."""

import numpy as np
from numpy.typing import NDArray

from nntui.training.draws.random_draws import epoch_order

Rows = NDArray[np.intp]


def trained_rows(share: float, seed: int, rows: int) -> Rows | None:
    """The data rows (from 0) that are trained on, in the order of the file; None where all are.

    Held out are the last ⌊share · rows⌋ of the order of epoch 0 of that seed (the product in float64).
    """
    held = int(share * rows)
    if not held:
        return None
    trained: Rows = np.sort(epoch_order("shuffled", seed, 0, rows)[: rows - held])
    trained.flags.writeable = False
    return trained
