"""The card of a cost: everything that nntui writes, says and assumes of one C."""

from collections.abc import Callable

from nntui.engine.arithmetic import Array
from nntui.engine.costs import Cost
from nntui.explain.equations.equation import Atom, EquationRow, Number
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class OutputNumbers:
    """The numbers of one output, each with its cell."""

    z: Number
    a: Number
    y: Number


@dataclass(frozen=True, slots=True)
class SlopeText:
    """∂C/∂a of one output: in symbols, from those of a and y, and with its numbers."""

    formula: Callable[[str, str], str]
    working: Callable[[Number, Number], tuple[Atom, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostCard:
    """One C in words and formulas; every field must be given.

    cost: its mathematics.
    short: C in a few cells ("½Σ(a−y)²").
    label: its name; the lecture's (10) says of C only what it depends on.
    formula: of C, by the index of the output layer as it is written in a formula.
    working: the formula with the numbers of all outputs: the rows above the value; none where `computed` must be told.
    computed: the form that the engine computes, with its numbers; no row where it is the one told.
    slope: ∂C/∂a alone.
    factor: ∂C/∂a as a factor of a product.
    delta_label: what gives δ^N, of which the lecture says nothing: the chain rule, as in (12), or more.
    complex_slope: Im C(z + ih)/h of every output, from z, a, y and Im σ(z + ih)/h.
    size_of_terms: Σ of the sizes of the numbers that C is computed from, where these are z (z, y); else 0.
    has_logarithm: its formula has ln, which a student may take to base 10.
    two_logarithms: each output has a term (1 − y) ln(1 − a), which may be forgotten.
    share_words: said at C where one output is to get all of the whole, from its name and its share; None: as of every C.
    """

    cost: Cost
    short: str
    label: str
    formula: Callable[[str], str]
    working: Callable[[list[OutputNumbers]], list[EquationRow]]
    computed: Callable[[list[OutputNumbers]], list[EquationRow]]
    slope: SlopeText
    factor: SlopeText
    delta_label: str
    complex_slope: Callable[[Array, Array, Array, Array], Array]
    size_of_terms: Callable[[Array, Array], float]
    has_logarithm: bool
    two_logarithms: bool
    share_words: Callable[[str, float], str] | None
