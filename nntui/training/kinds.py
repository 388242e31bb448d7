"""The kinds of steps of one data point, and of the numbers that they make."""

from typing import Literal, get_args

from nntui.values import dataclass

Kind = Literal["input", "z", "a", "cost", "delta", "gradient", "update"]
"""A kind of step, and of the numbers that it makes."""
KINDS: tuple[Kind, ...] = get_args(Kind)

NumberKind = Literal[Kind, "y", "slope", "weight", "sum", "velocity"]
"""What a number is: the kind of step that makes it, or one that no step is named after (`made_by`).

`sum` is G of a weight with this data point added, `velocity` v after this data point.
"""

Phase = Literal["input", "forward", "cost", "backward", "update"]


@dataclass(frozen=True, slots=True)
class KindCard:
    """A kind of step. letter: of what it makes. each: one step for each neuron, else one for the whole data point.

    row: it makes a number for each weight into a neuron, bias first, else one number (`input`: all of x).
    """

    phase: Phase
    letter: str
    each: bool = True
    row: bool = False


def _card(kind: Kind) -> KindCard:
    match kind:
        case "input":
            return KindCard("input", "x", each=False)
        case "z":
            return KindCard("forward", "z")
        case "a":
            return KindCard("forward", "a")
        case "cost":
            return KindCard("cost", "C", each=False)
        case "delta":
            return KindCard("backward", "δ")
        case "gradient":
            return KindCard("update", "∂", row=True)
        case "update":
            return KindCard("update", "w", row=True)


KIND_CARDS: dict[Kind, KindCard] = {kind: _card(kind) for kind in KINDS}


def made_by(kind: NumberKind) -> Kind:
    """The kind of step from which on a number is known: y and the weights come in with the input, σ′ with a, G and v with w."""
    match kind:
        case "y" | "weight":
            return "input"
        case "slope":
            return "a"
        case "sum" | "velocity":
            return "update"
        case _:
            return kind
