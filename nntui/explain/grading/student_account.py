"""The numbers of a data point as a student has them: those on the sheet, else what follows from those."""

from nntui.engine.network import Network
from nntui.explain.grading.ball_arithmetic import Ball
from nntui.training.frame import ALL
from nntui.training.steps import Kind


class StudentAccount:
    """One data point, filled step by step in reading order (`enter`). `before`: the weights of each layer as in the engine."""

    def __init__(self, network: Network, x: Ball, y: Ball, before: list[Ball], earlier: list[Ball] | None = None) -> None:
        self.network = network
        self._y = y
        self._before = before
        self._earlier = earlier
        self._after: dict[int, Ball] = {}
        self._made: dict[tuple[Kind, int], Ball] = {("a", 0): x}

    def enter(self, kind: Kind, layer: int, ball: Ball) -> None:
        """Enters what a group of steps made."""
        self._made[kind, layer] = ball

    def following(self, x: Ball, y: Ball) -> "StudentAccount":
        """The next data point, with the weights that this one leaves behind."""
        after = [self._made["update", layer] for layer in range(1, len(self._before) + 1)]
        return StudentAccount(self.network, x, y, after, self._before)

    def y(self) -> Ball:
        """The targets."""
        return self._y

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
        """The weights from some neurons of `layer` to all of the next, before the update."""
        return self._before[layer][1:][neurons].transposed

    def gradient(self, layer: int, neurons: slice = ALL) -> Ball:
        """∂C/∂w."""
        return self._made["gradient", layer][:, neurons]

    def earlier(self, layer: int, neurons: slice = ALL) -> Ball | None:
        """The weights of before the last data point."""
        return None if self._earlier is None else self._earlier[layer - 1][:, neurons]
