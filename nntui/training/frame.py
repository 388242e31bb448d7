"""What is known at a step: all numbers of a data point, and which of them the step has reached."""

from dataclasses import dataclass

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.iteration import Iteration
from nntui.training.scenario import Scenario
from nntui.training.steps import Address, Course, Kind, Moment


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

    def knows(self, kind: Kind, layer: int, neuron: int = 0) -> bool:
        """Whether this step has reached the number that the moment computes."""
        return self.m >= self.course.offset(Moment(kind, layer, neuron))

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
        """σ′(z_k^l); nan for softmax, where no output depends on its own z alone."""
        if self.scenario.network.layers[layer - 1].activation == "softmax":
            return float("nan")
        block = self.scenario.network.blocks[layer - 1]
        with quiet():
            return float(block.sigma.slope(self.layer_z(layer), self.layer_a(layer))[neuron - 1])

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

    def gradient_row(self, layer: int, neuron: int) -> Array:
        """∂C/∂w_kj = δ_k a_j of neuron k (15), with a_0 = 1, shape (1 + n_{l−1},); nan in column 0 if the layer has no bias."""
        block = self.scenario.network.blocks[layer - 1]
        with quiet():
            row: Array = self.iteration.a[block.senders] * self.layer_delta(layer)[neuron - 1]
        if not block.biases:
            row[0] = np.nan
        return row

    def numbers(self, moment: Moment) -> list[float]:
        """The numbers that a moment computes: one, or the row w_k0, w_k1 … without the bias if the layer has none."""
        layer, neuron = moment.layer, moment.neuron
        match moment.kind:
            case "input":
                return list(self.iteration.x.tolist())
            case "z":
                return [self.z(layer, neuron)]
            case "a":
                return [self.a(layer, neuron)]
            case "cost":
                return [self.iteration.cost]
            case "delta":
                return [self.delta(layer, neuron)]
            case "gradient":
                row = self.gradient_row(layer, neuron)
            case "update":
                row = self.weights_after(layer)[neuron - 1]
        return list(row[0 if self.scenario.network.layers[layer - 1].biases else 1 :].tolist())

    def first_not_finite(self) -> Moment | None:
        """The first moment of this data point that computes inf or nan; None if none does."""
        for group in self.course.groups:
            if self._all_finite(group.kind, group.layer):
                continue
            for m in range(group.start, group.last + 1):
                moment = self.course.moment(m)
                if not np.isfinite(self.numbers(moment)).all():
                    return moment
        return None

    def _all_finite(self, kind: Kind, layer: int) -> bool:
        """Whether a group certainly computes finite numbers only: a quick test that may say no too often."""
        match kind:
            case "z":
                return bool(np.isfinite(self.layer_z(layer)).all())
            case "a":
                return bool(np.isfinite(self.layer_a(layer)).all())
            case "delta":
                return bool(np.isfinite(self.layer_delta(layer)).all())
            case "update":
                return bool(np.isfinite(self.weights_after(layer)).all())
            case "gradient":  # a finite new weight proves a finite gradient only where training changes the weight
                return self.scenario.network.fixed is None and bool(np.isfinite(self.weights_after(layer)).all())
            case "input" | "cost":
                return False
