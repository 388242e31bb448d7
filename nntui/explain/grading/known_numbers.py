"""The numbers of one data point from which the next is made: those of a frame, or those of a student."""

from typing import Protocol

from nntui.engine.arithmetic import quiet
from nntui.engine.batch_place import BatchPlace
from nntui.engine.network import Network
from nntui.explain.grading.ball_arithmetic import Ball, shown
from nntui.training.frame import ALL, Frame


class KnownNumbers(Protocol):
    """What is known of a data point. `neurons` picks some of a layer; matrices are laid out as in the engine, bias first."""

    @property
    def network(self) -> Network: ...

    def y(self) -> Ball:
        """The targets, shape (n_N,)."""
        ...

    def a(self, layer: int) -> Ball:
        """a^l, shape (n_l,); of layer 0 the inputs."""
        ...

    def z(self, layer: int) -> Ball:
        """z^l, shape (n_l,)."""
        ...

    def delta(self, layer: int) -> Ball:
        """δ^l, shape (n_l,)."""
        ...

    def weights(self, layer: int, neurons: slice = ALL) -> Ball:
        """The weights into some neurons of a layer, shape (1 + n_{l−1}, neurons)."""
        ...

    def weights_out(self, layer: int, neurons: slice = ALL) -> Ball:
        """The weights from some neurons of a layer to all of the next, shape (n_{l+1}, neurons)."""
        ...

    def gradient(self, layer: int, neurons: slice = ALL) -> Ball:
        """∂C/∂w as `weights`."""
        ...

    def earlier(self, layer: int, neurons: slice = ALL) -> Ball | None:
        """The weights before the data point before this one, where they are known."""
        ...

    @property
    def batch_place(self) -> BatchPlace:
        """The place of the data point in its batch."""
        ...

    def sums(self, layer: int, neurons: slice = ALL) -> Ball:
        """G before this data point, as `weights`; of a batch that does not begin with it."""
        ...

    def velocities(self, layer: int, neurons: slice = ALL) -> Ball:
        """v before this data point, as `weights`; of a network with momentum."""
        ...


class ShownNumbers:
    """The numbers of a frame, of which a student may have read no more digits than the screen shows.

    A part of a layer is read without computing the rest, so that one number of a wide network costs little.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.network = frame.scenario.network

    def y(self) -> Ball:
        """The targets."""
        return shown(self.frame.iteration.y)

    def a(self, layer: int) -> Ball:
        """a^l, or x."""
        return shown(self.frame.layer_a(layer))

    def z(self, layer: int) -> Ball:
        """z^l."""
        return shown(self.frame.layer_z(layer))

    def delta(self, layer: int) -> Ball:
        """δ^l."""
        return shown(self.frame.layer_delta(layer))

    def weights(self, layer: int, neurons: slice = ALL) -> Ball:
        """The weights of before the update."""
        return shown(self.frame.weights_before(layer)[neurons].T)

    def weights_out(self, layer: int, neurons: slice = ALL) -> Ball:
        """The weights before the update, seen from the neuron that sends."""
        return shown(self.frame.weights_before(layer + 1)[:, 1:][:, neurons])

    def gradient(self, layer: int, neurons: slice = ALL) -> Ball:
        """δ_k a_j, with a_0 = 1."""
        senders = self.frame.iteration.a[self.network.blocks[layer - 1].senders]
        with quiet():
            return shown(senders[:, None] * self.frame.layer_delta(layer)[neurons])

    def earlier(self, layer: int, neurons: slice = ALL) -> Ball | None:
        """None: a frame does not hold the data point before it."""
        return None

    @property
    def batch_place(self) -> BatchPlace:
        """The place of the data point in its batch."""
        return self.frame.iteration.batch_place

    def sums(self, layer: int, neurons: slice = ALL) -> Ball:
        """G before this data point."""
        return shown(self.frame.sums(layer, before=True)[neurons].T)

    def velocities(self, layer: int, neurons: slice = ALL) -> Ball:
        """v before this data point."""
        return shown(self.frame.velocities(layer, before=True)[neurons].T)
