"""The letters and what they mean, in both notations: for the page of help."""

from nntui.explain.notation.symbols import LECTURE, Notation

Glossary = tuple[tuple[str, str], ...]  # (letter, meaning)

_NEURONS: Glossary = (
    ("l = 1 … N", "a layer with neurons; layer 0 is the input"),
    ("k", "a neuron of layer l, the one that receives"),
    ("j", "a neuron of layer l−1, the one that sends"),
    ("x, y", "the numbers of a data row: what goes in, and what should come out"),
    ("zₖˡ", "the weighted sum into neuron k of layer l (4)"),
    ("aₖˡ", "its output σ(zₖˡ) (5); a⁰ = x"),
)
_ERRORS: Glossary = (
    ("C", "the cost of one data point (10)"),
    ("δₖˡ", "∂C/∂zₖˡ, how C changes with the sum into neuron k (14)"),
    ("σ, σ′", "the activation, and its slope at z"),
    ("η", "the learning rate (11)"),
)
_WEIGHTS: dict[str, Glossary] = {
    "lecture": (
        ("wˡ⁻¹ₖⱼ", "the weight from neuron j of layer l−1 to neuron k of layer l; the superscript names the layer it leaves"),
        ("wˡ⁻¹ₖ₀", "the bias of neuron k: the weight of the constant a₀ = 1 (2)"),
    ),
    "common": (
        ("Wˡₖⱼ", "the weight from neuron j of layer l−1 to neuron k of layer l; the superscript names the layer it enters"),
        ("bˡₖ", "the bias of neuron k; to the lecture it is the weight of a constant 1 (2)"),
    ),
}


def glossary(notation: Notation = LECTURE) -> Glossary:
    """Every letter of a notation, in the order in which a lesson introduces them."""
    return (*_NEURONS, *_WEIGHTS[notation.name], *_ERRORS)
