"""The fifteen equations of the lecture, each with the place where it is seen."""

from collections.abc import Iterator

from nntui.training.cell import Cell
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class LectureEquation:
    """One equation of the note.

    what: what it says. where: the steps that show it, in words.
    scenario, address: a bundled scenario and a step of it that show it. cell: the number to inspect there; None: the step itself.
    """

    number: int
    formula: str
    what: str
    where: str
    scenario: str
    address: str
    cell: Cell | None = None

    @property
    def label(self) -> str:
        """The label of the equation, such as (7)."""
        return f"({self.number})"

    @property
    def place(self) -> str:
        """Where the equation is seen, such as `lecture-layers 1:1:cost, i`: a scenario, an address, and a key."""
        return f"{self.scenario} {self.address}{', i' if self.cell else ''}"


_ONE, _MORE = "lecture", "lecture-layers"
_HIDDEN, _WEIGHT = Cell("delta", 1, 1), Cell("gradient", 2, 1, 1)

EQUATIONS = (
    LectureEquation(
        1, "z = Σᵢ wᵢ xᵢ", "a neuron without a bias: its weighted sum", "z of a single neuron", "no-bias", "1:1:z:1:1"
    ),
    LectureEquation(2, "z = Σᵢ wᵢ xᵢ + w₀", "the same with the bias w₀", "z of a single neuron", _ONE, "1:1:z:1:1"),
    LectureEquation(3, "a = σ(z)", "the output of a neuron", "a of a single neuron", _ONE, "1:1:a:1:1"),
    LectureEquation(
        4, "zₖˡ = Σⱼ wˡ⁻¹ₖⱼ aⱼˡ⁻¹", "the weighted sum in a network; nntui adds the bias of (2)", "z", _MORE, "1:1:z:1:1"
    ),
    LectureEquation(5, "aₖˡ = σ(zₖˡ)", "the output of a neuron in a network", "a", _MORE, "1:1:a:1:1"),
    LectureEquation(6, "zₖˡ = Σⱼ wˡ⁻¹ₖⱼ σ(zⱼˡ⁻¹)", "(5) put into (4)", "z of any layer but the first", _MORE, "1:1:z:2:1"),
    LectureEquation(
        7,
        "∂zₖˡ/∂zⱼˡ⁻¹ = wˡ⁻¹ₖⱼ σ′(zⱼˡ⁻¹)",
        "how a sum changes with a sum of the layer below",
        "i on δ of a hidden neuron",
        _MORE,
        "1:1:delta:1:1",
        _HIDDEN,
    ),
    LectureEquation(
        8,
        "∂zₖˡ/∂wˡ⁻¹ₖⱼ = σ(zⱼˡ⁻¹)",
        "how a sum changes with one of its weights",
        "i on a ∂C/∂w",
        _MORE,
        "1:1:gradient:2:1",
        _WEIGHT,
    ),
    LectureEquation(
        9,
        "∂f/∂zⱼˡ⁻¹ = Σₘ ∂f/∂zₘˡ · wˡ⁻¹ₘⱼ σ′(zⱼˡ⁻¹)",
        "all paths from a sum to f, added up",
        "i on δ of a hidden neuron",
        _MORE,
        "1:1:delta:1:1",
        _HIDDEN,
    ),
    LectureEquation(
        10, "C(zᴺ(zᴺ⁻¹(… z¹ …)))", "C depends on every z, layer inside layer", "i on C", _MORE, "1:1:cost", Cell("cost", 2)
    ),
    LectureEquation(
        11,
        "wᴸₖⱼ ← wᴸₖⱼ − η ∂C/∂wᴸₖⱼ",
        "each weight takes a step against its ∂C/∂w, one data point at a time",
        "the new weights; what it promised: with the last of a data point",
        _MORE,
        "1:1:update:2:1",
    ),
    LectureEquation(
        12,
        "∂C/∂wˡ⁻¹ₖⱼ = ∂C/∂zₖˡ · ∂zₖˡ/∂wˡ⁻¹ₖⱼ",
        "the chain rule: C depends on a weight through the sum it goes into",
        "∂C/∂w",
        _MORE,
        "1:1:gradient:2:1",
    ),
    LectureEquation(
        13,
        "∂zₖˡ/∂wˡ⁻¹ₖⱼ = aⱼˡ⁻¹",
        "(8) again: the second factor of (12) is the signal",
        "i on a ∂C/∂w",
        _MORE,
        "1:1:gradient:2:1",
        _WEIGHT,
    ),
    LectureEquation(
        14,
        "δₖˡ = Σₘ δₘˡ⁺¹ wˡₘₖ σ′(zₖˡ)",
        "δ = ∂C/∂z of a hidden neuron, from the δ of the layer above",
        "δ of a hidden neuron",
        _MORE,
        "1:1:delta:1:1",
    ),
    LectureEquation(
        15, "∂C/∂wˡ⁻¹ₖⱼ = δₖˡ aⱼˡ⁻¹", "with (14): all that backpropagation needs", "∂C/∂w", _MORE, "1:1:gradient:2:1"
    ),
)


def equation_rows() -> Iterator[tuple[str, str]]:
    """Its label, and its formula, what it says and where it is seen in a line."""
    for one in EQUATIONS:
        yield one.label, f"{one.formula} · {one.what} · seen at: {one.where}"


def equation_lines() -> Iterator[str]:
    """The page: three lines for each equation."""
    for one in EQUATIONS:
        yield f"{one.label:<6}{one.formula}"
        yield f"      {one.what}"
        yield f"      seen at: {one.where} ({one.place})"
