"""The paths of the graph that lead into the number of a step, one by one with its product, and then their sum.

A z is the sum of w_kj a_j (4), its bias last; δ of a hidden neuron the sum of δ_m w_mk (9), times σ′ (14). Of a row of
∂C/∂w each weight has a product of its own, δ_k a_j (15), and nothing is added. The strongest path comes first.
"""

from collections.abc import Sequence
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


def has_paths(frame: Frame) -> bool:
    """Whether what the step makes has paths that lead to it one by one."""
    moment = frame.moment
    return moment.kind in ("z", "gradient") or (moment.kind == "delta" and moment.layer < len(frame.course.units))


def paths_of(frame: Frame, notation: Notation, numerals: Numerals) -> tuple[LitPath, ...]:
    """The paths into what the step makes, the strongest first, and last their sum; () where there are none."""
    if not has_paths(frame):
        return ()
    words = _PathWords(notation, numerals)
    layer, k = frame.moment.layer, frame.moment.neuron
    match frame.moment.kind:
        case "z":
            products = _into_z(frame, layer, k)
            made = Number(frame.z(layer, k), Cell("z", layer, k))
            told = f"{_all(products)}: {words.total(products)} {words.equals(made)} {words.named(made)}"
            return _lit(products, words, told)
        case "delta":
            products = _into_delta(frame, layer, k)
            slope = Number(frame.slope(layer, k), Cell("slope", layer, k))
            made = Number(frame.delta(layer, k), Cell("delta", layer, k))
            scaled = f"({words.total(products)}) · {enclosed('·', slope.write(numerals))}"
            told = f"{scaled} {words.equals(slope, made)} {words.named(made)}"
            return _lit(products, words, f"{_all(products)}, times {words.symbols(slope)}: {told}", Cell("slope", layer, k))
        case _:
            products = _of_gradients(frame, layer, k)
            return _lit(products, words, "Each weight has a ∂C/∂w of its own: nothing is added here.")


def _into_z(frame: Frame, layer: int, k: int) -> list[_Product]:
    row = frame.weights_before(layer)[k - 1].tolist()
    found = []
    for j in senders(frame, layer):
        weight = Number(row[j], Cell("weight", layer, k, j))
        factors = (weight, Number(frame.a(layer - 1, j), sending(layer, j))) if j else (weight,)
        found.append(_product(factors))
    return found


def _into_delta(frame: Frame, layer: int, k: int) -> list[_Product]:
    column = frame.weights_before(layer + 1)[:, k].tolist()
    deltas = frame.layer_delta(layer + 1).tolist()
    pairs = enumerate(zip(column, deltas, strict=True), start=1)
    return [_product((Number(w, Cell("weight", layer + 1, m, k)), Number(d, Cell("delta", layer + 1, m)))) for m, (w, d) in pairs]


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


def _lit(products: list[_Product], words: "_PathWords", whole: str, *also: Cell) -> tuple[LitPath, ...]:
    """Each path, the others together, and all of them with the words of their sum; also: a cell that is lit with the sum."""
    values = tuple(product.value for product in products)
    order = by_size(values)
    shown = order if len(order) <= MOST + 1 else order[:MOST]
    found = [
        LitPath(products[i].cells, f"path {place} of {len(products)}: {words.path(products[i])}")
        for place, i in enumerate(shown, start=1)
    ]
    if rest := order[len(shown) :]:
        cells = frozenset(cell for i in rest for cell in products[i].cells)
        sum_of_rest = words.numerals.write(together(values, rest))
        found.append(LitPath(cells, f"the other {len(rest)} paths together ≈ {sum_of_rest}"))
    every = frozenset(cell for product in products for cell in product.cells)
    return (*found, LitPath(every | {*also}, whole))


def _all(products: Sequence[_Product]) -> str:
    return {1: "the one path", 2: "both paths"}.get(len(products), f"all {len(products)} paths")


@dataclass(frozen=True, slots=True)
class _PathWords:
    """Writes products and their sum."""

    notation: Notation
    numerals: Numerals

    def path(self, product: _Product) -> str:
        """w¹₁₁ δ₁² = 0.4 · 0.1385 ≈ 0.0554; of a gradient with its symbol before it."""
        gradient = next((f"{symbol_of(cell, self.notation)} = " for cell in product.also if cell.kind == "gradient"), "")
        texts = [factor.write(self.numerals) for factor in product.factors]
        working = " · ".join([texts[0], *(enclosed("·", text) for text in texts[1:])])
        told = f"{gradient}{self.symbols(*product.factors)} {self.equals(*product.factors)} {working}"
        if len(product.factors) == 1:
            return told
        value = Number(product.value)
        return f"{told} {self.equals(*product.factors, value)} {value.write(self.numerals)}"

    def total(self, products: Sequence[_Product]) -> str:
        """The products added, the strongest first; of many the rest as one number."""
        values = tuple(product.value for product in products)
        order = by_size(values)
        shown = order if len(order) <= _LISTED + 1 else order[:_LISTED]
        texts = [self.numerals.write(values[i]) for i in shown]
        if rest := order[len(shown) :]:
            texts.append(f"{self.numerals.write(together(values, rest))} of {len(rest)} more")
        return " + ".join([texts[0], *(enclosed("+", text) for text in texts[1:])])

    def named(self, number: Number) -> str:
        """1.2249 = z₂²."""
        return f"{number.write(self.numerals)} = {self.symbols(number)}"

    def symbols(self, *numbers: Number) -> str:
        """The symbols of numbers of the screen."""
        return " ".join(symbol_of(number.cell, self.notation) for number in numbers if number.cell is not None)

    def equals(self, *numbers: Number) -> str:
        """= where all numbers are written whole, else ≈."""
        return "=" if all(number.exact(self.numerals) for number in numbers) else "≈"
