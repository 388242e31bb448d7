"""The cards of the costs. To add one: its mathematics in `nntui.engine.costs`, its card here; mypy names what is missing."""

import numpy as np

from nntui.engine.arithmetic import Array, exp, log, log1p, ordered_sum
from nntui.engine.costs import (
    CATEGORICAL_CROSS_ENTROPY,
    HALF_SQUARED_ERROR,
    LOGISTIC_CROSS_ENTROPY,
    SQUARED_ERROR,
    Cost,
    EachCost,
)
from nntui.engine.network import Network
from nntui.explain.equations.cards.activation_card import share
from nntui.explain.equations.cards.complex_step import log_sum_slope, softplus_slope, square_slope
from nntui.explain.equations.cards.cost_card import CostCard, OutputNumbers, SlopeText
from nntui.explain.equations.equation import Atom, EquationRow, Number, plus

CHAIN_RULE = "chain rule"
"""The label of δ^N: the lecture has no equation for it; it follows as (12) does."""
NEAR = 1e-4  # how far −ln a may be from C, relative to it, and still be told as C

# --- the formulas with their numbers


def _half_square_rows(outputs: list[OutputNumbers]) -> list[EquationRow]:
    many = len(outputs) > 1
    return [EquationRow(("½·", "(" if many else "", *row.parts, ")" if many else "")) for row in _square_rows(outputs)]


def _square_rows(outputs: list[OutputNumbers]) -> list[EquationRow]:
    differences: list[tuple[Atom, ...]] = [("(", one.a, " − ", one.y, ")²") for one in outputs]
    values = [(one.a.value - one.y.value) * (one.a.value - one.y.value) for one in outputs]
    squares: list[tuple[Atom, ...]] = [(Number(value),) for value in values]
    return [EquationRow((plus(terms, values),)) for terms in (differences, squares)]


def _logistic_computed(outputs: list[OutputNumbers]) -> list[EquationRow]:
    terms: list[tuple[Atom, ...]] = [
        ("(max(", one.z, ", 0) − ", one.z, "·", one.y, " + ln(1 + e^(−|", one.z, "|)))") for one in outputs
    ]
    z, y = (np.array(numbers) for numbers in zip(*((one.z.value, one.y.value) for one in outputs), strict=True))
    values = (np.maximum(z, 0.0) - z * y) + log1p(exp(-np.abs(z)))
    return [EquationRow((plus(terms, values.tolist()),))]


def _categorical_computed(outputs: list[OutputNumbers]) -> list[EquationRow]:
    z = np.array([one.z.value for one in outputs])
    highest = float(np.maximum.reduce(z))
    log_sum = highest + float(log(np.array([ordered_sum(exp(z - highest))]))[0])
    wanted = [one for one in outputs if one.y.value != 0.0]
    terms: list[tuple[Atom, ...]] = [(one.y, "·(", Number(log_sum), " − ", one.z, ")") for one in wanted]
    return [EquationRow((plus(terms, [one.y.value * (log_sum - one.z.value) for one in wanted]),))]


def _log(value: float) -> float:
    """ln; −inf of 0."""
    return float(log(np.array([value]))[0])


def _share(weight: float, a: float) -> float:
    """−weight · ln a; 0 where the weight is 0, for an a of 0 too."""
    return -(weight * _log(a)) if weight else 0.0


def _logistic_rows(outputs: list[OutputNumbers]) -> list[EquationRow]:
    """−y ln a − (1 − y) ln(1 − a); what is 0 times the logarithm of 0 is left out."""
    terms: list[tuple[Atom, ...]] = []
    values: list[float] = []
    for one in outputs:
        a, y = one.a.value, one.y.value
        first: tuple[Atom, ...] = ("−", one.y, "·ln(", one.a, ")") if y or a else ()
        second: tuple[Atom, ...] = ("(1 − ", one.y, ")·ln(1 − ", one.a, ")") if 1.0 - y or 1.0 - a else ()
        minus = " − " if first else "−"
        whole = (*first, *((minus, *second) if second else ()))
        terms.append(("(", *whole, ")") if len(outputs) > 1 else whole)
        values.append(_share(y, a) + _share(1.0 - y, 1.0 - a))
    return _told(terms, values, LOGISTIC_CROSS_ENTROPY, outputs)


def _categorical_rows(outputs: list[OutputNumbers]) -> list[EquationRow]:
    """−Σ y ln a, over the outputs with a target."""
    wanted = [one for one in outputs if one.y.value != 0.0]
    terms: list[tuple[Atom, ...]] = [("−", one.y, "·ln(", one.a, ")") for one in wanted]
    values = [_share(one.y.value, one.a.value) for one in wanted]
    return _told(terms, values, CATEGORICAL_CROSS_ENTROPY, outputs)


def _told(terms: list[tuple[Atom, ...]], values: list[float], cost: Cost, outputs: list[OutputNumbers]) -> list[EquationRow]:
    """The terms of the lecture's letters; none where so little of a or 1 − a is left that ln would be of its rounding."""
    z, a, y = (np.array(numbers) for numbers in zip(*((o.z.value, o.a.value, o.y.value) for o in outputs), strict=True))
    value, told = float(cost.value(z, a, y)), ordered_sum(np.array(values))
    if not abs(told - value) <= NEAR * max(abs(value), NEAR):
        return []
    rows = [EquationRow((plus(terms, values),), told != value)]
    return [*rows, EquationRow((plus([(Number(one),) for one in values], values),), told != value)] if len(terms) > 1 else rows


def as_told(outputs: list[OutputNumbers]) -> list[EquationRow]:
    """For a cost that is computed in the form that is told."""
    return []


def _no_terms(z: Array, y: Array) -> float:
    return 0.0


def _terms_of_z(least: float, z: Array, y: Array) -> float:
    return float(np.sum(np.maximum(np.abs(z), least) + np.abs(z) * y))


_DIFFERENCE = SlopeText(lambda a, y: f"{a} − {y}", lambda a, y: (a, " − ", y))
_IN_BRACKETS = SlopeText(lambda a, y: f"({a} − {y})", lambda a, y: ("(", a, " − ", y, ")"))

# --- the cards

_HALF_SQUARED_ERROR = CostCard(
    cost=HALF_SQUARED_ERROR,
    short="½Σ(a−y)²",
    label="half squared error",
    formula=lambda upper: f"C = ½ Σₖ (aₖ{upper} − yₖ)²",
    working=_half_square_rows,
    computed=as_told,
    slope=_DIFFERENCE,
    factor=_IN_BRACKETS,
    delta_label=CHAIN_RULE,
    complex_slope=lambda z, a, y, slopes: 0.5 * square_slope(a - y, slopes),
    size_of_terms=_no_terms,
    has_logarithm=False,
    two_logarithms=False,
    share_words=None,
)
_SQUARED_ERROR = CostCard(
    cost=SQUARED_ERROR,
    short="Σ(a−y)²",
    label="squared error",
    formula=lambda upper: f"C = Σₖ (aₖ{upper} − yₖ)²",
    working=_square_rows,
    computed=as_told,
    slope=SlopeText(lambda a, y: f"2 ({a} − {y})", lambda a, y: ("2·(", a, " − ", y, ")")),
    factor=SlopeText(lambda a, y: f"2·({a} − {y})", lambda a, y: ("2·(", a, " − ", y, ")")),
    delta_label=CHAIN_RULE,
    complex_slope=lambda z, a, y, slopes: square_slope(a - y, slopes),
    size_of_terms=_no_terms,
    has_logarithm=False,
    two_logarithms=False,
    share_words=None,
)
_LOGISTIC_CROSS_ENTROPY = CostCard(
    cost=LOGISTIC_CROSS_ENTROPY,
    short="cross-entropy",
    label="cross-entropy",
    formula=lambda upper: f"C = Σₖ (−yₖ ln aₖ{upper} − (1 − yₖ) ln(1 − aₖ{upper}))",
    working=_logistic_rows,
    computed=_logistic_computed,
    slope=SlopeText(
        lambda a, y: f"({a} − {y}) / ({a} (1 − {a}))",
        lambda a, y: ("(", a, " − ", y, ") / (", a, "·(1 − ", a, "))"),
    ),
    factor=_IN_BRACKETS,
    delta_label=CHAIN_RULE,
    complex_slope=lambda z, a, y, slopes: softplus_slope(z) - y,
    size_of_terms=lambda z, y: _terms_of_z(0.0, z, y),
    has_logarithm=True,
    two_logarithms=True,
    share_words=None,
)
_CATEGORICAL_CROSS_ENTROPY = CostCard(
    cost=CATEGORICAL_CROSS_ENTROPY,
    short="cross-entropy",
    label="cross-entropy",
    formula=lambda upper: f"C = Σₖ (−yₖ ln aₖ{upper})",
    working=_categorical_rows,
    computed=_categorical_computed,
    slope=SlopeText(lambda a, y: f"−{y} / {a}", lambda a, y: ("−", y, " / ", a)),
    factor=_IN_BRACKETS,
    delta_label="beyond (5)",
    complex_slope=lambda z, a, y, slopes: np.sum(y) * log_sum_slope(z) - y,
    size_of_terms=lambda z, y: _terms_of_z(float(np.abs(z).max()), z, y),
    has_logarithm=True,
    two_logarithms=False,
    share_words=lambda name, part: f"The right class, {name}, gets {share(part)}; C is −ln of that share.",
)

COST_CARDS: dict[str, tuple[CostCard, ...]] = EachCost(
    half_squared_error=(_HALF_SQUARED_ERROR,),
    squared_error=(_SQUARED_ERROR,),
    cross_entropy=(_LOGISTIC_CROSS_ENTROPY, _CATEGORICAL_CROSS_ENTROPY),
).by_name()
"""The cards of the costs of each name."""


def cost_card(network: Network) -> CostCard:
    """The card of a network's cost."""
    return next(card for card in COST_CARDS[network.cost] if card.cost is network.cost_function)
