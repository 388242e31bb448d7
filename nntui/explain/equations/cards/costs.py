"""The cards of the costs. To add one: its mathematics in `nntui.engine.costs`, its card here; mypy names what is missing."""

import numpy as np

from nntui.engine.arithmetic import Array, exp, log, log1p, ordered_sum
from nntui.engine.costs import (
    CATEGORICAL_CROSS_ENTROPY,
    HALF_SQUARED_ERROR,
    LOGISTIC_CROSS_ENTROPY,
    SQUARED_ERROR,
    EachCost,
)
from nntui.engine.network import Network
from nntui.explain.equations.cards.complex_step import log_sum_slope, softplus_slope, square_slope
from nntui.explain.equations.cards.cost_card import CostCard, OutputNumbers, SlopeText
from nntui.explain.equations.equation import Atom, EquationRow, Number, plus

# --- the formulas with their numbers


def _half_square_rows(outputs: list[OutputNumbers]) -> list[EquationRow]:
    many = len(outputs) > 1
    return [EquationRow(("½·", "(" if many else "", *row.parts, ")" if many else "")) for row in _square_rows(outputs)]


def _square_rows(outputs: list[OutputNumbers]) -> list[EquationRow]:
    differences: list[tuple[Atom, ...]] = [("(", one.a, " − ", one.y, ")²") for one in outputs]
    values = [(one.a.value - one.y.value) * (one.a.value - one.y.value) for one in outputs]
    squares: list[tuple[Atom, ...]] = [(Number(value),) for value in values]
    return [EquationRow((plus(terms, values),)) for terms in (differences, squares)]


def _logistic_rows(outputs: list[OutputNumbers]) -> list[EquationRow]:
    terms: list[tuple[Atom, ...]] = [
        ("(max(", one.z, ", 0) − ", one.z, "·", one.y, " + ln(1 + e^(−|", one.z, "|)))") for one in outputs
    ]
    z, y = (np.array(numbers) for numbers in zip(*((one.z.value, one.y.value) for one in outputs), strict=True))
    values = (np.maximum(z, 0.0) - z * y) + log1p(exp(-np.abs(z)))
    return [EquationRow((plus(terms, values.tolist()),))]


def _categorical_rows(outputs: list[OutputNumbers]) -> list[EquationRow]:
    z = np.array([one.z.value for one in outputs])
    highest = float(np.maximum.reduce(z))
    log_sum = highest + float(log(np.array([ordered_sum(exp(z - highest))]))[0])
    wanted = [one for one in outputs if one.y.value != 0.0]
    terms: list[tuple[Atom, ...]] = [(one.y, "·(", Number(log_sum), " − ", one.z, ")") for one in wanted]
    return [EquationRow((plus(terms, [one.y.value * (log_sum - one.z.value) for one in wanted]),))]


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
    label="(10)",
    formula=lambda upper: f"C = ½ Σₖ (aₖ{upper} − yₖ)²",
    working=_half_square_rows,
    slope=_DIFFERENCE,
    factor=_IN_BRACKETS,
    delta_label="(12)",
    complex_slope=lambda z, a, y, slopes: 0.5 * square_slope(a - y, slopes),
    size_of_terms=_no_terms,
    has_logarithm=False,
    two_logarithms=False,
    share_words=None,
)
_SQUARED_ERROR = CostCard(
    cost=SQUARED_ERROR,
    short="Σ(a−y)²",
    label="(10)",
    formula=lambda upper: f"C = Σₖ (aₖ{upper} − yₖ)²",
    working=_square_rows,
    slope=SlopeText(lambda a, y: f"2 ({a} − {y})", lambda a, y: ("2·(", a, " − ", y, ")")),
    factor=SlopeText(lambda a, y: f"2·({a} − {y})", lambda a, y: ("2·(", a, " − ", y, ")")),
    delta_label="(12)",
    complex_slope=lambda z, a, y, slopes: square_slope(a - y, slopes),
    size_of_terms=_no_terms,
    has_logarithm=False,
    two_logarithms=False,
    share_words=None,
)
_LOGISTIC_CROSS_ENTROPY = CostCard(
    cost=LOGISTIC_CROSS_ENTROPY,
    short="cross-entropy",
    label="(10)",
    formula=lambda upper: f"C = Σₖ (max(zₖ{upper},0) − zₖ{upper} yₖ + ln(1 + e^(−|zₖ{upper}|)))",
    working=_logistic_rows,
    slope=SlopeText(
        lambda a, y: f"({a} − {y}) / ({a} (1 − {a}))",
        lambda a, y: ("(", a, " − ", y, ") / (", a, "·(1 − ", a, "))"),
    ),
    factor=_IN_BRACKETS,
    delta_label="(12)",
    complex_slope=lambda z, a, y, slopes: softplus_slope(z) - y,
    size_of_terms=lambda z, y: _terms_of_z(0.0, z, y),
    has_logarithm=True,
    two_logarithms=True,
    share_words=None,
)
_CATEGORICAL_CROSS_ENTROPY = CostCard(
    cost=CATEGORICAL_CROSS_ENTROPY,
    short="cross-entropy",
    label="beyond (10)",
    formula=lambda upper: f"C = Σₖ yₖ (m + ln Σⱼ e^(zⱼ{upper}−m) − zₖ{upper})  = −Σₖ yₖ ln aₖ{upper}",
    working=_categorical_rows,
    slope=SlopeText(lambda a, y: f"−{y} / {a}", lambda a, y: ("−", y, " / ", a)),
    factor=_IN_BRACKETS,
    delta_label="beyond (5)",
    complex_slope=lambda z, a, y, slopes: np.sum(y) * log_sum_slope(z) - y,
    size_of_terms=lambda z, y: _terms_of_z(float(np.abs(z).max()), z, y),
    has_logarithm=True,
    two_logarithms=False,
    share_words=lambda name, share: f"The right class, {name}, gets {share:.1%} of the whole; C is −ln of that share.",
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
