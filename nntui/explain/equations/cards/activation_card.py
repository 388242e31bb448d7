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
        """z of the neuron."""
        ...

    @property
    def a(self) -> float:
        """a of the neuron."""
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
    computed: the form that the engine computes, with its numbers; no row where it is the one told.
    slope_formula: σ′ in symbols, from the symbol of a and the scenario's `step_slope`.
    slope_working: σ′ with its numbers, from a; None where σ′ is a constant or is read off z.
    sentences: at the step that makes a, in order; the first that holds is said, and the last always holds.
    no_slope: said at δ where σ′ = 0; empty where nothing is to be said but what holds of every σ.
    mistaken_for: the σ that a student may take in its place; None where there is none.
    one_minus_a: what a student forgets who writes 1 − a for σ′: "square" of 1 − a², "factor" of a (1 − a); else empty.
    has_minus_z: its formula has e^(−z), of which the sign may be forgotten: σ(−z) comes out.
    complex_slope: Im σ(z + ih)/h, which the gradient check compares with; nan where it may assume no derivative.
    slope_rounding: the size of the numbers whose rounding σ′ carries, from a; 0 where σ′ is exact.
    rise: how far σ may lie, between two places, outside its values there, from the radius of z; 0 where σ never turns.
    slope_rise: how far σ′ may lie, between two places, outside its values there, from the radii of z and a.
    """

    sigma: Activation
    called: str
    label: str
    formula: Callable[[int, int], str]
    working: Callable[[Number, Array], list[EquationRow]]
    computed: Callable[[Number, Array], list[EquationRow]]
    slope_formula: Callable[[str, float], str]
    slope_working: Callable[[Number], EquationRow | None]
    sentences: tuple[Sentence, ...]
    no_slope: str
    mistaken_for: str | None
    one_minus_a: Literal["", "square", "factor"]
    has_minus_z: bool
    complex_slope: Callable[[Array], Array]
    slope_rounding: Callable[[Array], Array]
    rise: Callable[[Array], Array]
    slope_rise: Callable[[Array, Array], Array]


def always(f: NeuronAtStep) -> bool:
    """A guard that holds everywhere."""
    return True


PASSES: Sentence = (lambda f: f.a == f.z, lambda f: "a is z itself.")


def flat(called: str) -> Sentence:
    """The sentence of a σ that saturates, where it does."""
    return (
        lambda f: abs(f.slope) < FLAT and f.slope_counts,
        lambda f: f"{called} is flat at z = {f.write(f.z)}: σ′ = {f.write(f.slope)} lets under a hundredth of an error back.",
    )


def bent(called: str, middle: float) -> tuple[Sentence, Sentence]:
    """The sentences of a σ that is steepest at z = 0, where it is `middle`: there, and to the left or right of it."""

    def beside(f: NeuronAtStep) -> str:
        side = "above" if f.a > middle else "below"
        return f"a is {side} {middle:g}, as z is {side} 0; the slope here is σ′ = {f.write(f.slope)}."

    return (
        (lambda f: f.a == middle, lambda f: f"a is {middle:g}, where {called} is steepest: σ′ = {f.write(f.slope)}."),
        (always, beside),
    )


def share(part: float) -> str:
    """A part of 1 in percent; what is not 0 or 1 is not written as 0 or 100."""
    if 0.0 < part < 0.0005:
        return "less than 0.1%"
    return "more than 99.9%" if 0.9995 <= part < 1.0 else f"{part:.1%}"
