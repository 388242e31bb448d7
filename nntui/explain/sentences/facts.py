"""The numbers of a step that its sentence mentions, and the conditions under which a sentence is true; all pure."""

from math import isfinite

import numpy as np

from nntui.engine.arithmetic import column_sums, quiet
from nntui.explain.equations.cards.activation_card import ActivationCard
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.notation.names import neuron_name
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.training.frame import Frame
from nntui.training.kinds import Kind
from nntui.values import dataclass

_MOST_DUPLICATES = 16  # neurons of a layer that are compared with one


@dataclass(frozen=True, slots=True)
class StepFacts:
    """The frame, the neuron of its step, and how sentences write numbers."""

    frame: Frame
    kind: Kind
    layer: int
    neuron: int
    numerals: Numerals = FOUR

    def write(self, value: float) -> str:
        """A number as text."""
        return self.numerals.write(value)

    @property
    def top(self) -> int:
        """N, the number of the last layer."""
        return len(self.frame.course.units)

    @property
    def name(self) -> str:
        """What the neuron is called."""
        return neuron_name(self.frame.scenario, self.layer, self.neuron)

    @property
    def card(self) -> ActivationCard:
        """The card of the layer's σ."""
        return ACTIVATION_CARDS[self.frame.scenario.network.layers[self.layer - 1].activation]

    @property
    def slope_counts(self) -> bool:
        """Whether σ′ has a part in the neuron's δ: not in an output whose cost cancels it."""
        return not (self.layer == self.top and self.frame.scenario.network.cost_function.cancels_slope)

    @property
    def z(self) -> float:
        """z of the neuron."""
        return self.frame.z(self.layer, self.neuron)

    @property
    def a(self) -> float:
        """a of the neuron."""
        return self.frame.a(self.layer, self.neuron)

    @property
    def delta(self) -> float:
        """δ of the neuron."""
        return self.frame.delta(self.layer, self.neuron)

    @property
    def slope(self) -> float:
        """σ′(z) of the neuron."""
        return self.frame.slope(self.layer, self.neuron)

    @property
    def y(self) -> float:
        """The target of the output."""
        return self.frame.y(self.neuron)

    @property
    def row(self) -> list[tuple[int, float, float]]:
        """(j, w_kj, a_j) for the weights into the neuron, the bias left out."""
        weights = self.frame.weights_before(self.layer)[self.neuron - 1].tolist()
        senders = self.frame.layer_a(self.layer - 1).tolist()
        return [(j, weights[j], senders[j - 1]) for j in range(1, len(weights))]


def finite(f: StepFacts) -> bool:
    """Whether every number that the step makes is finite."""
    return all(isfinite(value) for value in f.frame.numbers(f.frame.moment))


def on_target(f: StepFacts) -> bool:
    """Whether every output is its target to the last bit."""
    return bool((f.frame.layer_a(f.top) == f.frame.iteration.y).all())


def bias(f: StepFacts) -> float:
    """w_k0, with which z was made; 0 where the layer has none."""
    return float(f.frame.weights_before(f.layer)[f.neuron - 1, 0]) if has_bias(f) else 0.0


def parts_of_z(f: StepFacts) -> list[tuple[int, float]]:
    """(j, w_kj a_j) for every term of z, the bias (j = 0) last."""
    return [*((j, w * a) for j, w, a in f.row), *([(0, bias(f))] if has_bias(f) else [])]


def parts_of_delta(f: StepFacts) -> list[float]:
    """δ_m w_mk for every neuron m of the layer above."""
    deltas, column = f.frame.layer_delta(f.layer + 1).tolist(), f.frame.weights_before(f.layer + 1)[:, f.neuron].tolist()
    return [delta * w for delta, w in zip(deltas, column, strict=True)]


def parts_of_gradient(f: StepFacts) -> list[tuple[int, float]]:
    """(j, ∂C/∂w_kj) for every weight into the neuron, the bias (j = 0) last."""
    row = f.frame.gradient_row(f.layer, f.neuron).tolist()
    return [*((j, row[j]) for j in range(1, len(row))), *([(0, row[0])] if has_bias(f) else [])]


def largest_at(values: list[float]) -> list[int]:
    """The places of the values that are largest in size: more than one where they are equal to the last bit."""
    most = max(abs(value) for value in values)
    return [place for place, value in enumerate(values) if abs(value) == most]


def duplicate(f: StepFacts) -> int | None:
    """The first neuron before this one, in a hidden layer, that has the same weights in; None where there is none."""
    if f.layer == f.top:
        return None
    z, matrix = f.frame.layer_z(f.layer), f.frame.weights_before(f.layer)
    alike = np.flatnonzero(z[: f.neuron - 1] == f.z)[:_MOST_DUPLICATES]
    start = 0 if has_bias(f) else 1
    same = (int(j) for j in alike if np.array_equal(matrix[j, start:], matrix[f.neuron - 1, start:]))
    return next((j + 1 for j in same), None)


def duplicate_out(f: StepFacts) -> int | None:
    """The duplicate, if its weights out are the same too."""
    other = duplicate(f)
    if other is None:
        return None
    upper = f.frame.weights_before(f.layer + 1)
    return other if np.array_equal(upper[:, other], upper[:, f.neuron]) else None


def delta_above(f: StepFacts) -> float:
    """The largest |δ| of the layer above; 0 in the last layer."""
    return float(np.abs(f.frame.layer_delta(f.layer + 1)).max()) if f.layer < f.top else 0.0


def first_dead(f: StepFacts) -> int | None:
    """The first sender that sent 0."""
    return next((j for j, _, a in f.row if a == 0.0), None)


def dead_senders(f: StepFacts) -> bool:
    """Whether all that came in was 0, without even the constant 1 of a bias."""
    return not has_bias(f) and not any(a for _, _, a in f.row)


def earlier_neuron_with_error(f: StepFacts) -> int | None:
    """The first neuron before this one, in its layer, that has an error to multiply the same signals by; None without one."""
    return next((k for k, delta in enumerate(f.frame.layer_delta(f.layer)[: f.neuron - 1].tolist(), start=1) if delta), None)


def has_bias(f: StepFacts) -> bool:
    """Whether the layer has biases."""
    return f.frame.scenario.network.layers[f.layer - 1].biases


def row_unchanged(f: StepFacts) -> bool:
    """Whether the update leaves the whole row as it was."""
    before, after = f.frame.weights_before(f.layer)[f.neuron - 1], f.frame.weights_after(f.layer)[f.neuron - 1]
    start = 0 if has_bias(f) else 1
    return bool((before[start:] == after[start:]).all())


def right_class(f: StepFacts) -> int | None:
    """The output that is to get all of the whole and gets some of it, where C speaks of shares of a whole."""
    y = f.frame.iteration.y
    shares = cost_card(f.frame.scenario.network).share_words is not None
    one_hot = shares and float(y.max()) == 1.0 and int(np.count_nonzero(y)) == 1
    k = int(y.argmax()) + 1
    return k if one_hot and f.frame.a(f.top, k) > 0.0 else None


def z_would_be(f: StepFacts) -> float:
    """z of the neuron for the same signals with the new weights."""
    block = f.frame.scenario.network.blocks[f.layer - 1]
    weights = f.frame.weights_after(f.layer)[f.neuron - 1]
    with quiet():
        z = float(column_sums(weights[1:, None], f.frame.layer_a(f.layer - 1))[0])
    return z + float(weights[0]) if block.biases else z


def would_be(f: StepFacts) -> float:
    """a of an output for the same signals with the new weights; nan where the other outputs have a part in it."""
    block = f.frame.scenario.network.blocks[f.layer - 1]
    if not block.sigma.each:
        return float("nan")
    with quiet():
        return float(block.sigma.value(np.array([z_would_be(f)]))[0])


def overshoots(f: StepFacts) -> bool:
    """Whether an output would now miss its target on the other side, by more than a hundredth of what it missed it by."""
    if f.layer != f.top:
        return False
    would = would_be(f)
    return ((f.a > f.y > would) or (f.a < f.y < would)) and abs(would - f.y) > 0.01 * abs(f.a - f.y)


def sign_changes(f: StepFacts) -> list[int]:
    """The senders whose weights change sign."""
    before, after = f.frame.weights_before(f.layer)[f.neuron - 1], f.frame.weights_after(f.layer)[f.neuron - 1]
    return [int(j) + 1 for j in np.flatnonzero(np.sign(before[1:]) * np.sign(after[1:]) < 0.0)]


def has_batch_or_momentum(f: StepFacts) -> bool:
    """Whether a weight is moved by more than the gradient of its own data point: a batch, or momentum."""
    return f.frame.scenario.network.extended
