"""The paths of the graph that lead into the number of a step, one by one with its product, and then their sum.

A z is the sum of w_kj a_j (4), its bias last; δ of a hidden neuron the sum of δ_m w_mk (9), times σ′ (14). Of a row of
∂C/∂w each weight has a product of its own, δ_k a_j (15), and nothing is added. The strongest path comes first.
"""

from collections.abc import Callable, Sequence
from math import prod

from nntui.explain.equations.cells import senders, sending, symbol_of
from nntui.explain.equations.equation import Number, enclosed
from nntui.explain.equations.long_sums import by_size, together
from nntui.explain.notation.numerals import Numerals
from nntui.explain.notation.symbols import Notation
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.values import dataclass

MOST = 12  # paths that are shown one by one; the others are added up
_LISTED = 6  # products that the sum writes out


@dataclass(frozen=True, slots=True)
class LitPath:
    """What is lit: the numbers of one path, or of all; and its product, or their sum, in words."""

    cells: frozenset[Cell]
    words: str


@dataclass(frozen=True, slots=True)
class _Product:
    """One path. factors: the numbers that are multiplied; also: cells that are lit beside them."""

    factors: tuple[Number, ...]
    value: float
    also: tuple[Cell, ...] = ()

    @property
    def cells(self) -> frozenset[Cell]:
        """Where its numbers are."""
        return frozenset((*(factor.cell for factor in self.factors if factor.cell is not None), *self.also))


def paths_of(frame: Frame, notation: Notation, numerals: Numerals) -> tuple[LitPath, ...]:
    """The paths into what the step makes, the strongest first, and last their sum; () where there are none."""
    moment = frame.moment
    layer, k = moment.layer, moment.neuron
    match moment.kind:
        case "z":
            return _lit(_into_z(frame, layer, k), _z_sum(frame, layer, k), notation, numerals)
        case "delta" if layer < len(frame.course.units):
            return _lit(_into_delta(frame, layer, k), _delta_sum(frame, layer, k), notation, numerals)
        case "gradient":
            return _lit(_of_gradients(frame, layer, k), None, notation, numerals)
        case _:
            return ()


def has_paths(frame: Frame) -> bool:
    """Whether what the step makes has paths that lead to it one by one."""
    moment = frame.moment
    return moment.kind in ("z", "gradient") or (moment.kind == "delta" and moment.layer < len(frame.course.units))


_Sum = Callable[[str, Notation, Numerals], tuple[str, tuple[Cell, ...]]]
"""From the written sum of the products: the words after `all 3 paths`, and what is lit beside the paths."""


def _into_z(frame: Frame, layer: int, k: int) -> list[_Product]:
    row = frame.weights_before(layer)[k - 1].tolist()
    found = []
    for j in senders(frame, layer):
        weight = Number(row[j], Cell("weight", layer, k, j))
        factors = (weight, Number(frame.a(layer - 1, j), sending(layer, j))) if j else (weight,)
        found.append(_product(factors))
    return found


def _z_sum(frame: Frame, layer: int, k: int) -> _Sum:
    made = Number(frame.z(layer, k), Cell("z", layer, k))
    return lambda total, notation, numerals: (f": {total} {_equals(numerals, made)} {_named(made, notation, numerals)}", ())


def _into_delta(frame: Frame, layer: int, k: int) -> list[_Product]:
    column = frame.weights_before(layer + 1)[:, k].tolist()
    deltas = frame.layer_delta(layer + 1).tolist()
    pairs = enumerate(zip(column, deltas, strict=True), start=1)
    return [_product((Number(w, Cell("weight", layer + 1, m, k)), Number(d, Cell("delta", layer + 1, m)))) for m, (w, d) in pairs]


def _delta_sum(frame: Frame, layer: int, k: int) -> _Sum:
    slope = Number(frame.slope(layer, k), Cell("slope", layer, k))
    made = Number(frame.delta(layer, k), Cell("delta", layer, k))

    def words(total: str, notation: Notation, numerals: Numerals) -> tuple[str, tuple[Cell, ...]]:
        scaled = f"({total}) · {enclosed('·', slope.write(numerals))}"
        told = f"{scaled} {_equals(numerals, slope, made)} {_named(made, notation, numerals)}"
        return f", times {symbol_of(Cell('slope', layer, k))}: {told}", (Cell("slope", layer, k),)

    return words


def _of_gradients(frame: Frame, layer: int, k: int) -> list[_Product]:
    delta = Number(frame.delta(layer, k), Cell("delta", layer, k))
    upper = range(1, frame.course.units[layer] + 1) if layer < len(frame.course.units) else ()
    above = tuple(Cell("weight", layer + 1, m, k) for m in upper)
    return [
        _product(
            (delta, Number(frame.a(layer - 1, j), sending(layer, j))) if j else (delta,),
            (Cell("gradient", layer, k, j), Cell("weight", layer, k, j), *above),
        )
        for j in senders(frame, layer)
    ]


def _product(factors: tuple[Number, ...], also: tuple[Cell, ...] = ()) -> _Product:
    return _Product(factors, prod(factor.value for factor in factors), also)


# --- in words


def _lit(products: list[_Product], total: _Sum | None, notation: Notation, numerals: Numerals) -> tuple[LitPath, ...]:
    """Each path, the others together, and the sum; without a sum, what is to be said instead."""
    values = tuple(product.value for product in products)
    order = by_size(values)
    shown = order if len(order) <= MOST + 1 else order[:MOST]
    found = [_path(products[i], place, len(products), notation, numerals) for place, i in enumerate(shown, start=1)]
    if rest := order[len(shown) :]:
        cells = frozenset(cell for i in rest for cell in products[i].cells)
        found.append(LitPath(cells, f"the other {len(rest)} paths together ≈ {numerals.write(together(values, rest))}"))
    every = frozenset(cell for product in products for cell in product.cells)
    if total is None:
        return (*found, LitPath(every, "Each weight has a ∂C/∂w of its own: nothing is added here."))
    words, also = total(_written_sum(values, order, numerals), notation, numerals)
    count = {1: "the one path", 2: "both paths"}.get(len(products), f"all {len(products)} paths")
    return (*found, LitPath(every | frozenset(also), f"{count}{words}"))


def _path(product: _Product, place: int, count: int, notation: Notation, numerals: Numerals) -> LitPath:
    """path 1 of 2: w¹₁₁ δ₁² = 0.4 · 0.1385 ≈ 0.0554."""
    symbols = " ".join(symbol_of(factor.cell, notation) for factor in product.factors if factor.cell is not None)
    gradient = next((f"{symbol_of(cell, notation)} = " for cell in product.also if cell.kind == "gradient"), "")
    texts = [factor.write(numerals) for factor in product.factors]
    working = " · ".join([texts[0], *(enclosed("·", text) for text in texts[1:])])
    value = Number(product.value)
    told = f"{symbols} {_equals(numerals, *product.factors)} {working}"
    if len(product.factors) > 1:
        told += f" {_equals(numerals, *product.factors, value)} {value.write(numerals)}"
    return LitPath(product.cells, f"path {place} of {count}: {gradient}{told}")


def _written_sum(values: Sequence[float], order: Sequence[int], numerals: Numerals) -> str:
    """The products, the strongest first; of many the rest as one number."""
    shown = order if len(order) <= _LISTED + 1 else order[:_LISTED]
    texts = [numerals.write(values[i]) for i in shown]
    if rest := order[len(shown) :]:
        texts.append(f"{numerals.write(together(tuple(values), list(rest)))} of {len(rest)} more")
    return " + ".join([texts[0], *(enclosed("+", text) for text in texts[1:])])


def _named(number: Number, notation: Notation, numerals: Numerals) -> str:
    return f"{number.write(numerals)} = {symbol_of(number.cell, notation)}" if number.cell is not None else number.write(numerals)


def _equals(numerals: Numerals, *numbers: Number) -> str:
    """= where all numbers are written whole, else ≈."""
    return "=" if all(number.exact(numerals) for number in numbers) else "≈"
