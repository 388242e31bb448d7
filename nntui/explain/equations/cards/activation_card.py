"""The card of an activation: everything that nntui writes, says and assumes of one σ."""

from collections.abc import Callable
from typing import Literal, Protocol

from nntui.engine.activations import Activation
from nntui.engine.arithmetic import Array
from nntui.explain.equations.equation import EquationRow, Number
from nntui.values import dataclass

FLAT = 0.01  # a slope under this lets hardly anything through


class NeuronAtStep(Protocol):
    """What a sentence about the σ of one neuron may mention."""

    @property
    def name(self) -> str:
        """What the neuron is called."""
        ...

    @property
    def z(self) -> float:
        """Its z."""
        ...

    @property
    def a(self) -> float:
        """Its a."""
        ...

    @property
    def slope(self) -> float:
        """σ′(z); nan where σ does not act on each neuron alone."""
        ...

    @property
    def slope_counts(self) -> bool:
        """Whether σ′ has a part in its δ: with cross-entropy it has none in an output."""
        ...

    def write(self, value: float) -> str:
        """A number as text."""
        ...


Sentence = tuple[Callable[[NeuronAtStep], bool], Callable[[NeuronAtStep], str]]
"""When it is true, and its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivationCard:
    """One σ in words and formulas; every field must be given.

    sigma: its mathematics.
    called: its name within a sentence ("step function").
    label: the lecture's equation, "(5)", or "beyond (5)" where the lecture has no such σ.
    formula: of a_k^l, by layer and neuron.
    working: the formula with its numbers, from z_k and all z of the layer: the rows above the value.
    slope_formula: σ′ in symbols, from the symbol of a and the scenario's `step_slope`.
    slope_working: σ′ with its numbers, from a; None where σ′ is a constant or is read off z.
    sentences: at the step that makes a, in order; the first that holds is said, and the last always holds.
    no_slope: said at δ where σ′ = 0; empty where nothing is to be said but what holds of every σ.
    mistaken_for: the σ that a student may take in its place; None where there is none.
    one_minus_a: what a student forgets who writes 1 − a for σ′: "square" of 1 − a², "factor" of a (1 − a); else empty.
    has_minus_z: its formula has e^(−z), of which the sign may be forgotten: σ(−z) comes out.
    complex_slope: Im σ(z + ih)/h, which the gradient check compares with; nan where it may assume no derivative.
    slope_rounding: the size of the numbers whose rounding σ′ carries, from a; 0 where σ′ is exact.
    slope_rise: how far σ′ may rise between two places above its values there, from the radius of a.
    """

    sigma: Activation
    called: str
    label: str
    formula: Callable[[int, int], str]
    working: Callable[[Number, Array], list[EquationRow]]
    slope_formula: Callable[[str, float], str]
    slope_working: Callable[[Number], EquationRow | None]
    sentences: tuple[Sentence, ...]
    no_slope: str
    mistaken_for: str | None
    one_minus_a: Literal["", "square", "factor"]
    has_minus_z: bool
    complex_slope: Callable[[Array], Array]
    slope_rounding: Callable[[Array], Array]
    slope_rise: Callable[[Array], Array]


def always(f: NeuronAtStep) -> bool:
    """A guard that holds everywhere."""
    return True


PASSES: Sentence = (lambda f: f.a == f.z, lambda f: "z passes through as it is.")


def flat(called: str) -> Sentence:
    """The sentence of a σ that saturates, where it does."""
    return (
        lambda f: f.slope < FLAT and f.slope_counts,
        lambda f: f"z = {f.write(f.z)} lies where {called} is flat: σ′ = {f.write(f.slope)}, hardly any error passes.",
    )
