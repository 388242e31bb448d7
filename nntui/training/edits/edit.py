"""What if: a weight, a bias, η, an activation, the cost, or x and y of one data row, changed from a data point on.

An edit is a value that reads and prints as text: `eta=0.1`, `w1.2.1=0.5` (receiving layer, neuron, sender; sender 0 is
the bias, also written `b1.2`), `x1=0.3`, `y1=1`, `activation1=relu`, `cost=cross_entropy`. `w1`, `w`, `b1` and `b`
set all weights, or all biases, that begin so. Several on one line are applied together, in their order. Which
combinations are allowed is the same as in a scenario file.

At the start of a run also `batch=4` (or `epoch`), `average=true`, `momentum=0.9`, and `init=he`, which draws the weights
again from the seed of the file and leaves the biases.
"""

from collections.abc import Collection
from math import isfinite
from typing import Literal

from nntui.engine.activations import ACTIVATIONS
from nntui.engine.costs import COSTS
from nntui.text.decimal import NotANumber, read_typed
from nntui.text.regex import regex
from nntui.text.safe import quoted
from nntui.training.draws.random_draws import INIT_NAMES
from nntui.values import dataclass

EditKind = Literal["eta", "cost", "activation", "weight", "weights", "biases", "x", "y", "batch", "average", "momentum", "init"]

LONGEST = 2_000  # characters of a line of edits
MOST = 50  # edits made at once
_FORM = "expected such as eta=0.1, w1.2.1=0.5, w=0 (all of them), b1.2=0, x1=1, y1=0, activation1=tanh, cost=cross_entropy"
# a comma before digits is a decimal comma: what is changed begins with a letter
_PIECE = regex(r"([^\s=,]+)\s*=\s*([^\s=,]+(?:,[0-9][0-9eE+\-]*)?)")
_WHOLE = regex(r"[1-9][0-9]{0,8}")
_GAP = regex(r"[\s,]*")
_NUMBERED = {
    "w": (
        regex(r"w(?:([0-9]{1,4})(?:\.([0-9]{1,4})\.([0-9]{1,4}))?)?"),
        "w1.2.1, the layer that receives, the neuron, and from which; w1 and w set many",
    ),
    "b": (
        regex(r"b(?:([0-9]{1,4})(?:\.([0-9]{1,4}))?)?"),
        "b1.2, the layer and the neuron; b1 and b set many",
    ),
    "x": (regex(r"x([0-9]{1,4})"), "x1"),
    "y": (regex(r"y([0-9]{1,4})"), "y1"),
    "activation": (regex(r"activation\.?([0-9]{1,4})"), "activation1, with the layer"),
}


class EditError(ValueError):
    """An edit that cannot be read, or does not fit the scenario; the message says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. layer, neuron: from 1, as in addresses; sender: the neuron that a weight comes from, 0 for the bias.

    `weights` and `biases` set all of a layer to one value, with layer 0 all of the network.

    value: a finite number, or the name of an activation or of a cost.
    """

    kind: EditKind
    value: float | str
    layer: int = 0
    neuron: int = 0
    sender: int = 0

    @property
    def target(self) -> str:
        """What it changes, as it is typed."""
        match self.kind:
            case "weight":
                return f"w{self.layer}.{self.neuron}.{self.sender}"
            case "weights" | "biases":
                return f"{self.kind[0]}{self.layer or ''}"
            case "activation":
                return f"activation{self.layer}"
            case "x" | "y":
                return f"{self.kind}{self.neuron}"
            case _:
                return self.kind

    def __str__(self) -> str:
        """As it is typed, a number with all its digits: `read_edits` reads it back."""
        return f"{self.target}={self.value!r}" if isinstance(self.value, float) else f"{self.target}={self.value}"


def read_edits(text: str) -> tuple[Edit, ...]:
    """The edits of a line, at least one and none of the same target twice; EditError says what is wrong."""
    if len(text) > LONGEST:
        raise EditError(f"{len(text)} characters; expected at most {LONGEST}")
    edits: list[Edit] = []
    at = _GAP.match(text).end()  # type: ignore[union-attr]  # it matches nothing too
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            raise EditError(_without_value(text[at:]) or f"character {at + 1}: {quoted(text[at:])} sets nothing; {_FORM}")
        edit = _read(piece[1], piece[2])
        if any(edit.target == other.target for other in edits):
            raise EditError(f"{edit.target} is set twice; expected once")
        edits.append(edit)
        at = _GAP.match(text, piece.end()).end()  # type: ignore[union-attr]
    if not edits:
        raise EditError(f"nothing is set; {_FORM}")
    if len(edits) > MOST:
        raise EditError(f"{len(edits)} changes at once; expected at most {MOST}")
    return tuple(edits)


def _without_value(text: str) -> str:
    """What a known key may be, where a text ends with its name; empty where it does not."""
    name = text.strip().removesuffix("=").rstrip().lower().replace("σ", "activation").replace("sigma", "activation")
    known = {"eta": (), "η": (), "c": COSTS, "cost": COSTS}
    words = ACTIVATIONS if name.rstrip("0123456789") == "activation" else known.get(name)
    if words is None:
        return ""
    return f"{quoted(text.strip())} has no value; expected " + (f"one of {', '.join(words)}" if words else "a number above 0")


def _read(target: str, value: str) -> Edit:
    name = target.lower().replace("σ", "activation").replace("sigma", "activation")
    match name:
        case "eta" | "η":
            return Edit("eta", _number(value))
        case "c" | "cost":
            return Edit("cost", _word(value, COSTS, "cost"))
        case "momentum" | "μ" | "mu":
            return Edit("momentum", _number(value))
        case "average":
            return Edit("average", _word(value.lower(), ("true", "false"), "true or false"))
        case "init":
            return Edit("init", _word(value, INIT_NAMES, "init"))
        case "batch":
            return Edit("batch", _batch(value))
    letters = name.rstrip("0123456789.")
    if letters not in _NUMBERED:
        raise EditError(f"{quoted(target)} is nothing that can be changed; {_FORM}")
    pattern, form = _NUMBERED[letters]
    found = pattern.fullmatch(name)
    if found is None:
        raise EditError(f"{quoted(target)} names no place; expected such as {form}")
    numbers = [int(number) for number in found.groups() if number is not None]
    match letters:
        case "w" if len(numbers) == 3:
            return Edit("weight", _number(value), numbers[0], numbers[1], numbers[2])
        case "b" if len(numbers) == 2:
            return Edit("weight", _number(value), numbers[0], numbers[1], 0)
        case "w" | "b":
            if 0 in numbers:
                raise EditError(f"{quoted(target)} names no place; expected such as {form}")
            return Edit("weights" if letters == "w" else "biases", _number(value), *numbers)
        case "activation":
            return Edit("activation", _word(value, ACTIVATIONS, "activation"), numbers[0])
        case _:
            return Edit("x" if letters == "x" else "y", _number(value), 0, numbers[0])


def _number(text: str) -> float:
    try:
        value = read_typed(text).value
    except NotANumber as fault:
        raise EditError(str(fault)) from None
    if not isfinite(value):
        raise EditError(f"{text} as a new value; expected a finite number")
    return value + 0.0  # no −0


def _batch(text: str) -> str:
    """A whole number from 1 on, or epoch."""
    if text == "epoch" or _WHOLE.fullmatch(text):
        return text
    raise EditError(f"batch={text}; expected a whole number from 1 on, or epoch")


def _word(text: str, known: Collection[str], what: str) -> str:
    if text not in known:
        raise EditError(f"{quoted(text)} is no {what}; expected one of {', '.join(known)}")
    return text
