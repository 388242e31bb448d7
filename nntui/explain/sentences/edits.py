"""What a fork is called: by what was changed in it, where it has no name of its own."""

from collections.abc import Sequence

from nntui.explain.notation.numerals import FOUR, subscript, superscript
from nntui.explain.notation.symbols import LECTURE, Notation
from nntui.training.edits.edit import Edit

ORIGINAL = "original"

EDITS_HELP = """\
What is typed changes the network, or this data point, from here on. The run before stays what it was.

  eta=0.1               η
  w1.2.3=0.5            the weight into neuron 2 of layer 1 from neuron 3 (of the input, below layer 1)
  w1=0  w=0             all weights into layer 1, of the network; biases stay
  b1.2=0  b1=0  b=0     the bias of neuron 2 of layer 1, all of layer 1, all of the network
  x1=0.3  y1=1          input 1, target 1 of this data point
  activation1=tanh      σ of layer 1: sigmoid, tanh, relu …
  cost=cross_entropy    C
  batch=4 batch=epoch   at 1:1: data points before (11) is applied once; average=true: with their mean
  momentum=0.9 init=he  at 1:1: μ; weights drawn again by he, xavier, normal, uniform or zeros

Several changes go in one line, with blanks between them: w=0 b=0 eta=0.1
Symbols may be pasted as the screen has them: w⁰₁₂=0.5  b¹₁=0  x₁=1
"""


def edit_words(edit: Edit, notation: Notation = LECTURE) -> str:
    """`η = 0.1`, `w⁰₁₂ = 0.5`, `x₁ = 1`, `σ¹ = tanh`, `C = cross_entropy`, `all w of layer 1 = 0`."""
    value = FOUR.write_short(edit.value) if isinstance(edit.value, float) else edit.value
    match edit.kind:
        case "eta":
            symbol = "η"
        case "cost":
            symbol = "C"
        case "activation":
            symbol = f"σ{superscript(edit.layer)}"
        case "weights" | "biases":
            letter = notation.letter if edit.kind == "weights" else "b"
            symbol = f"all {letter} of layer {edit.layer}" if edit.layer else f"all {letter}"
        case "weight":
            symbol = notation.weight(edit.layer, edit.neuron, edit.sender)
        case "momentum":
            symbol = "μ"
        case "batch" | "average" | "init":
            symbol = edit.kind
        case "x" | "y":
            symbol = f"{edit.kind}{subscript(edit.neuron)}"
    return f"{symbol} = {value}"


def fork_words(edits: Sequence[Edit], notation: Notation = LECTURE) -> str:
    """All changes of a fork in a row; what is no fork is the original."""
    return ", ".join(edit_words(edit, notation) for edit in edits) if edits else ORIGINAL
