"""The numbers of a data point as a student has them: their own where they wrote one, else what follows from those."""

from collections.abc import Sequence

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.batch_place import ALONE, BatchPlace
from nntui.engine.network import Network
from nntui.explain.grading.ball_arithmetic import Ball, shown
from nntui.explain.grading.recompute import added, moved
from nntui.training.frame import ALL
from nntui.training.kinds import Kind
from nntui.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class KeptBetween:
    """What goes from data point to data point beside the weights: the place in the batch, and G and v of each layer."""

    batch_place: BatchPlace = ALONE
    sums: Sequence[Ball] = ()
    velocities: Sequence[Ball] = ()


NOTHING_KEPT = KeptBetween()


class StudentAccount:
    """One data point, filled step by step in reading order (`put`). `before`: the weights of each layer as in the engine.

    kept: G and v of each layer, as the data points before left them, where the network has them.
    """

    def __init__(
        self,
        network: Network,
        x: Ball,
        y: Array,
        before: Sequence[Ball],
        earlier: Sequence[Ball] | None = None,
        kept: KeptBetween = NOTHING_KEPT,
    ) -> None:
        self.network = network
        self._kept = kept
        self._y = y
        self._before = before
        self._earlier = earlier
        self._made: dict[tuple[Kind, int], Ball] = {("a", 0): x}

    def copy(self) -> "StudentAccount":
        """A copy of the account, to be filled in another way from here on; what is in it stays shared."""
        other = StudentAccount(self.network, self._made["a", 0], self._y, self._before, self._earlier, self._kept)
        other._made = dict(self._made)
        return other

    def put(self, kind: Kind, layer: int, ball: Ball) -> None:
        """What a group of steps made."""
        self._made[kind, layer] = ball

    def known(self, kind: Kind, layer: int) -> Ball | None:
        """What a group of steps made, if it was put in."""
        return self._made.get((kind, layer))

    def following(self, x: Ball, y: Array, batch_place: BatchPlace = ALONE) -> "StudentAccount":
        """The next data point, with the weights that this one leaves behind, and G and v as they follow from its numbers."""
        layers = range(1, len(self._before) + 1)
        after = [self._made["update", layer] for layer in layers]
        with quiet():
            kept = KeptBetween(
                batch_place,
                [added(self, layer) for layer in layers] if self.network.batched else (),
                [moved(self, layer) for layer in layers] if self.network.moving else (),
            )
        return StudentAccount(self.network, x, y, after, self._before, kept)

    def y(self) -> Ball:
        """The targets."""
        return shown(self._y)

    def a(self, layer: int) -> Ball:
        """a^l, or x."""
        return self._made["a", layer]

    def z(self, layer: int) -> Ball:
        """z^l."""
        return self._made["z", layer]

    def delta(self, layer: int) -> Ball:
        """δ^l."""
        return self._made["delta", layer]

    def weights(self, layer: int, neurons: slice = ALL) -> Ball:
        """The weights into a layer, before the update."""
        return self._before[layer - 1][:, neurons]

    def weights_out(self, layer: int, neurons: slice = ALL) -> Ball:
        """The weights from neurons of a layer to the layer above, before the update; without the biases."""
        return self._before[layer][1:][neurons].transposed

    def gradient(self, layer: int, neurons: slice = ALL) -> Ball:
        """∂C/∂w."""
        return self._made["gradient", layer][:, neurons]

    def earlier(self, layer: int, neurons: slice = ALL) -> Ball | None:
        """The weights of before the last data point."""
        return None if self._earlier is None else self._earlier[layer - 1][:, neurons]

    @property
    def batch_place(self) -> BatchPlace:
        """The place of the data point in its batch."""
        return self._kept.batch_place

    def sums(self, layer: int, neurons: slice = ALL) -> Ball:
        """G before this data point."""
        return self._kept.sums[layer - 1][:, neurons]

    def velocities(self, layer: int, neurons: slice = ALL) -> Ball:
        """v before this data point."""
        return self._kept.velocities[layer - 1][:, neurons]
