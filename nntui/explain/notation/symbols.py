"""The letters with their indices, in the lecture's notation or in the one that most other courses use.

z, a and δ are written alike in both: z₁² is z of neuron 1 of layer 2. A weight is not. The lecture writes w⁰₁₂ (from
neuron 2 of layer 0 to neuron 1 of layer 1; the superscript names the layer that the weight leaves) and w⁰₁₀ for the
bias, the weight of the constant a₀ = 1; others W¹₁₂ (the layer that it enters) and b¹₁. Equations keep the
lecture's numbers in both; files and traces are always in the lecture's notation.
"""

from typing import Literal

from nntui.explain.notation.numerals import subscript, superscript
from nntui.values import dataclass

Index = int | str  # a number, or a letter in its place: ⱼ


@dataclass(frozen=True, slots=True)
class Notation:
    """How weights and biases are written."""

    name: Literal["lecture", "common"] = "lecture"

    @property
    def letter(self) -> str:
        """The letter of a weight."""
        return "w" if self.name == "lecture" else "W"

    def level(self, layer: int) -> str:
        """The superscript of the weights into `layer`."""
        return superscript(layer - 1 if self.name == "lecture" else layer)

    def weight(self, layer: int, neuron: Index, sender: Index) -> str:
        """The weight into a neuron of `layer` from a sender below; sender 0 is the bias."""
        k, j = _index(neuron), _index(sender)
        if sender == 0 and self.name == "common":
            return f"b{self.level(layer)}{k}"
        long = any(isinstance(index, int) and index > 9 for index in (neuron, sender))
        return f"{self.letter}{self.level(layer)}{k}{',' if long else ''}{j}"

    def weights(self, layer: int) -> str:
        """All weights into `layer`: w⁰ or W¹."""
        return f"{self.letter}{self.level(layer)}"

    def bias(self, layer: int) -> str:
        """The head of a column of biases."""
        return "bias" if self.name == "lecture" else f"b{self.level(layer)}"

    @property
    def single(self) -> tuple[str, str]:
        """Weight and bias of a single neuron, section 1 of the note: wᵢ and w₀."""
        return ("wᵢ", "w₀") if self.name == "lecture" else ("Wᵢ", "b")

    @property
    def other(self) -> "Notation":
        """The other one of the two."""
        return COMMON if self.name == "lecture" else LECTURE


LECTURE = Notation("lecture")
COMMON = Notation("common")
NOTATIONS = {notation.name: notation for notation in (LECTURE, COMMON)}
"""Every notation by the name that settings, recordings and commands have for it."""


def _index(index: Index) -> str:
    return subscript(index) if isinstance(index, int) else index


def neuron_symbol(letter: str, layer: int, neuron: Index) -> str:
    """z₁² for ("z", 2, 1)."""
    return f"{letter}{_index(neuron)}{superscript(layer)}"


def index_in_brackets(layer: int) -> str:
    """The index of a layer where it might be read as a power: ¹ for 1, which is none, and ⁽²⁾ for 2."""
    return superscript(layer) if layer < 2 else f"⁽{superscript(layer)}⁾"


def factor_symbol(letter: str, layer: int, neuron: Index) -> str:
    """a₁⁽²⁾ for ("a", 2, 1): the symbol within sums, products and powers, a₁⁽²⁾ (1 − a₁⁽²⁾)."""
    return f"{letter}{_index(neuron)}{index_in_brackets(layer)}"


def weight_symbol(layer: int, neuron: Index, sender: Index) -> str:
    """The lecture's symbol, as files, traces and reports have it."""
    return LECTURE.weight(layer, neuron, sender)
