"""The numbers of a data point as a student has them: their own where they wrote one, else what follows from those."""

from collections.abc import Sequence

from nntui.engine.arithmetic import Array
from nntui.engine.network import Network
from nntui.explain.grading.ball_arithmetic import Ball, shown
from nntui.training.frame import ALL
from nntui.training.steps import Kind


class StudentAccount:
    """One data point, filled step by step in reading order (`put`). `before`: the weights of each layer as in the engine."""

    def __init__(
        self, network: Network, x: Ball, y: Array, before: Sequence[Ball], earlier: Sequence[Ball] | None = None
    ) -> None:
        self.network = network
        self._y = y
        self._before = before
        self._earlier = earlier
        self._made: dict[tuple[Kind, int], Ball] = {("a", 0): x}

    def copy(self) -> "StudentAccount":
        """The same, to be filled in another way from here on; what is in it stays shared."""
        other = StudentAccount(self.network, self._made["a", 0], self._y, self._before, self._earlier)
        other._made = dict(self._made)
        return other

    def put(self, kind: Kind, layer: int, ball: Ball) -> None:
        """What a group of steps made."""
        self._made[kind, layer] = ball

    def known(self, kind: Kind, layer: int) -> Ball | None:
        """What a group of steps made, if it was put in."""
        return self._made.get((kind, layer))

    def following(self, x: Ball, y: Array) -> "StudentAccount":
        """The next data point, with the weights that this one leaves behind."""
        after = [self._made["update", layer] for layer in range(1, len(self._before) + 1)]
        return StudentAccount(self.network, x, y, after, self._before)

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
        """The weights of before the update."""
        return self._before[layer - 1][:, neurons]

    def weights_out(self, layer: int, neurons: slice = ALL) -> Ball:
        """The same from below."""
        return self._before[layer][1:][neurons].transposed

    def gradient(self, layer: int, neurons: slice = ALL) -> Ball:
        """∂C/∂w."""
        return self._made["gradient", layer][:, neurons]

    def earlier(self, layer: int, neurons: slice = ALL) -> Ball | None:
        """The weights of before the last data point."""
        return None if self._earlier is None else self._earlier[layer - 1][:, neurons]
