"""Where one number of a data point is."""

from nntui.training.kinds import NumberKind
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a data point: of kind `weight` before the update, of kind `update` after it. Sender 0 is the bias."""

    kind: NumberKind
    layer: int = 0
    neuron: int = 0
    sender: int = 0
