"""What a fork is called: by what was changed in it, where it has no name of its own."""

from collections.abc import Sequence

from nntui.explain.notation.numerals import FOUR, Numerals, subscript, superscript
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.training.edits import Edit

ORIGINAL = "original"


def edit_words(edit: Edit, notation: Notation = LECTURE, numerals: Numerals = FOUR) -> str:
    """`η = 0.1`, `w⁰₁₂ = 0.5`, `x₁ = 1`, `σ¹ = tanh`, `C = cross_entropy`."""
    value = numerals.write_short(edit.value) if isinstance(edit.value, float) else edit.value
    match edit.kind:
        case "eta":
            symbol = "η"
        case "cost":
            symbol = "C"
        case "activation":
            symbol = f"σ{superscript(edit.layer)}"
        case "weight":
            symbol = notation.weight(edit.layer, edit.neuron, edit.sender)
        case _:
            symbol = f"{edit.kind}{subscript(edit.neuron)}"
    return f"{symbol} = {value}"


def fork_words(edits: Sequence[Edit], notation: Notation = LECTURE) -> str:
    """All changes of a fork in a row; what is no fork is the original."""
    return ", ".join(edit_words(edit, notation) for edit in edits) if edits else ORIGINAL
