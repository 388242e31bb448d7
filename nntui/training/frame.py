"""What is known at a step: all numbers of a data point, and which of them the step has reached."""

import numpy as np
from numpy.typing import NDArray

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.iteration import Iteration
from nntui.engine.network import Network
from nntui.training.address import Address, Moment
from nntui.training.kinds import KIND_CARDS, Kind, NumberKind
from nntui.training.scenario import Scenario
from nntui.training.steps import Course, Group
from nntui.values import dataclass

ALL = slice(None)


def only(neuron: int) -> slice:
    """One neuron of a layer, counted from 1."""
    return slice(neuron - 1, neuron)


def values(network: Network, made: Iteration, kind: NumberKind, layer: int, neurons: slice = ALL) -> Array:
    """The numbers of one kind in one layer, of some of its neurons: the one way from a kind to its numbers.

    Shape (neurons,), of the cost (1,); of weights and all that is of a weight (1 + n_{l−1}, neurons), the biases first, nan
    where the layer has none. σ′ of a softmax, which has none of one neuron alone, is nan.
    """
    block = network.blocks[layer - 1]
    match kind:
        case "input":
            return made.x[neurons]
        case "y":
            return made.y[neurons]
        case "cost":
            return np.array([made.cost])
        case "z":
            return made.z[block.neurons][neurons]
        case "a":
            return made.a[block.outputs][neurons]
        case "delta":
            return made.delta[block.neurons][neurons]
        case "slope":
            z, a = made.z[block.neurons][neurons], made.a[block.outputs][neurons]
            with quiet():
                return block.sigma.slope(z, a) if block.sigma.each else np.full_like(z, np.nan)
        case "weight":
            return block.matrix(made.before)[:, neurons]
        case "update":
            return block.matrix(made.after)[:, neurons]
        case "sum":
            return block.matrix(made.after[network.sum_part])[:, neurons]
        case "velocity":
            return block.matrix(made.after[network.velocity_part])[:, neurons]
        case "gradient":
            with quiet():
                products: Array = made.a[block.senders][:, None] * made.delta[block.neurons][neurons]
            if not block.biases:
                products[0] = np.nan
            return products


def finite_steps(network: Network, made: Iteration, group: Group) -> NDArray[np.bool_]:
    """Whether each step of a group makes finite numbers only, shape (steps,)."""
    finite: NDArray[np.bool_] = np.isfinite(values(network, made, group.kind, group.layer))
    card = KIND_CARDS[group.kind]
    if card.row:
        finite = finite[0 if network.blocks[group.layer - 1].biases else 1 :]
    elif card.each:
        return finite
    else:
        finite = finite[:, None]
    every: NDArray[np.bool_] = np.logical_and.reduce(finite, axis=0)
    return every


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One step of a run. Layers and neurons count from 1, as in addresses; j = 0 is the constant a_0 = 1.

    The accessors give the numbers of the whole data point; `knows` says which of them this step has reached.
    """

    scenario: Scenario
    course: Course
    number: int  # of the iteration, from 0
    m: int  # the step within the data point, from 0
    row: int  # of the data, from 1
    iteration: Iteration

    @property
    def step(self) -> int:
        """The step in the whole run, from 0."""
        return self.number * self.course.length + self.m

    @property
    def moment(self) -> Moment:
        """What this step does."""
        return self.course.moment(self.m)

    @property
    def address(self) -> Address:
        """Where this step is."""
        return self.course.address(self.step)

    @property
    def is_last(self) -> bool:
        """Whether it is the last update of its data point."""
        return self.m == self.course.length - 1

    def knows(self, kind: Kind, layer: int, neuron: int = 0) -> bool:
        """Whether this step has reached the number that the moment computes."""
        return self.m >= self.course.offset(Moment(kind, layer, neuron))

    # --- numbers of any kind

    def values(self, kind: NumberKind, layer: int, neurons: slice = ALL) -> Array:
        """The numbers of one kind in one layer (`values` above)."""
        return values(self.scenario.network, self.iteration, kind, layer, neurons)

    def value(self, kind: NumberKind, layer: int, neuron: int, sender: int = 0) -> float:
        """One number; IndexError or nan where there is none. neuron: 0 for the cost; sender: of a weight, 0 the bias."""
        found = self.values(kind, layer, only(neuron) if neuron else ALL)
        return float(found[0] if found.ndim == 1 else found[sender, 0])

    def numbers(self, moment: Moment) -> list[float]:
        """The numbers that a moment makes: one, x, or of a row w_k0, w_k1 …, the bias left out where there is none."""
        found = self.values(moment.kind, moment.layer, only(moment.neuron) if moment.neuron else ALL)
        if found.ndim == 1:
            return list(found.tolist())
        return list(found[0 if self.scenario.network.layers[moment.layer - 1].biases else 1 :, 0].tolist())

    # --- numbers of one neuron

    def z(self, layer: int, neuron: int) -> float:
        """z_k^l."""
        return float(self.layer_z(layer)[neuron - 1])

    def a(self, layer: int, neuron: int) -> float:
        """a_k^l; of layer 0 the inputs, of neuron 0 the constant 1."""
        return 1.0 if neuron == 0 else float(self.layer_a(layer)[neuron - 1])

    def delta(self, layer: int, neuron: int) -> float:
        """δ_k^l."""
        return float(self.layer_delta(layer)[neuron - 1])

    def slope(self, layer: int, neuron: int) -> float:
        """σ′(z_k^l); nan for softmax, which has none of one neuron alone."""
        return float(self.values("slope", layer)[neuron - 1])

    def y(self, neuron: int) -> float:
        """y_k, the target of output k."""
        return float(self.iteration.y[neuron - 1])

    # --- numbers of one layer

    def layer_z(self, layer: int) -> Array:
        """z^l, shape (n_l,)."""
        return self.iteration.z[self.scenario.network.blocks[layer - 1].neurons]

    def layer_a(self, layer: int) -> Array:
        """a^l, shape (n_l,); of layer 0 the inputs x."""
        if layer == 0:
            return self.iteration.x
        return self.iteration.a[self.scenario.network.blocks[layer - 1].outputs]

    def layer_delta(self, layer: int) -> Array:
        """δ^l, shape (n_l,)."""
        return self.iteration.delta[self.scenario.network.blocks[layer - 1].neurons]

    # --- weights: rows of shape (1 + n_{l−1},), column 0 the bias (nan where the layer has none)

    def weights_before(self, layer: int) -> Array:
        """The weights into `layer` that compute this data point, shape (n_l, 1 + n_{l−1})."""
        return self.scenario.network.blocks[layer - 1].matrix(self.iteration.before).T

    def weights_after(self, layer: int) -> Array:
        """The weights into `layer` after the update of this data point, shape (n_l, 1 + n_{l−1})."""
        return self.scenario.network.blocks[layer - 1].matrix(self.iteration.after).T

    def sums(self, layer: int, *, before: bool = False) -> Array:
        """G with this data point added (or before it), undivided, shape (n_l, 1 + n_{l−1}); of a batched network only."""
        return self._kept(layer, self.scenario.network.sum_part, before)

    def velocities(self, layer: int, *, before: bool = False) -> Array:
        """v after this data point (or before it), shape (n_l, 1 + n_{l−1}); of a network with momentum only."""
        return self._kept(layer, self.scenario.network.velocity_part, before)

    def _kept(self, layer: int, part: slice, before: bool) -> Array:
        state = self.iteration.before if before else self.iteration.after
        return self.scenario.network.blocks[layer - 1].matrix(state[part]).T

    def gradient_row(self, layer: int, neuron: int) -> Array:
        """∂C/∂w_kj of neuron k (15): δ_k a_j, with a_0 = 1; nan in column 0 where the layer has no bias."""
        return self.values("gradient", layer, only(neuron))[:, 0]

    def first_not_finite(self) -> Moment | None:
        """The first moment of this data point that computes inf or nan; None if none does."""
        for group in self.course.groups:
            finite = finite_steps(self.scenario.network, self.iteration, group)
            if not finite.all():
                return self.course.moment(group.start + int(finite.argmin()))
        return None
