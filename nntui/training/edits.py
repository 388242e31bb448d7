"""What if: a weight, a bias, η, an activation, the cost, or x and y of one data row, changed from a data point on.

An edit is a value that reads and prints as text: `eta=0.1`, `w1.2.1=0.5` (receiving layer, neuron, sender; sender 0 is
the bias, also written `b1.2`), `x1=0.3`, `y1=1`, `activation1=relu`, `cost=cross_entropy`. `w1`, `w`, `b1` and `b`
set all weights, or all biases, that begin so. Several on one line are applied together, in their order. Which
combinations are allowed is the same as in a scenario file.

At the start of a run also `batch=4` (or `epoch`), `average=true`, `momentum=0.9`, and `init=he`, which draws the weights
again from the seed of the file and leaves the biases.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nntui.engine.activations import ACTIVATIONS
from nntui.engine.arithmetic import Array, frozen
from nntui.engine.costs import COSTS, Cost, cost_of, output_names, sum_off, target_outside
from nntui.engine.network import Layer, Network
from nntui.text.decimal import NotANumber, read_typed
from nntui.text.safe import quoted
from nntui.training.draws.random_draws import INIT_NAMES, initial_weights
from nntui.training.scenario import Scenario
from nntui.values import dataclass

EditKind = Literal["eta", "cost", "activation", "weight", "weights", "biases", "x", "y", "batch", "average", "momentum", "init"]

Positions = NDArray[np.intp]
"""Of weights, in theta."""

LONGEST = 2_000  # characters of a line of edits
MOST = 50  # edits made at once
_FORM = "expected such as eta=0.1, w1.2.1=0.5, w=0 (all of them), b1.2=0, x1=1, y1=0, activation1=tanh, cost=cross_entropy"
# a comma before digits is a decimal comma: what is changed begins with a letter
_PIECE = re.compile(r"([^\s=,]+)\s*=\s*([^\s=,]+(?:,[0-9][0-9eE+\-]*)?)")
_WHOLE = re.compile(r"[1-9][0-9]{0,8}")
_GAP = re.compile(r"[\s,]*")
_NUMBERED = {
    "w": (
        re.compile(r"w(?:([0-9]{1,4})(?:\.([0-9]{1,4})\.([0-9]{1,4}))?)?"),
        "w1.2.1, the layer that receives, the neuron, and from which; w1 and w set many",
    ),
    "b": (
        re.compile(r"b(?:([0-9]{1,4})(?:\.([0-9]{1,4}))?)?"),
        "b1.2, the layer and the neuron; b1 and b set many",
    ),
    "x": (re.compile(r"x([0-9]{1,4})"), "x1"),
    "y": (re.compile(r"y([0-9]{1,4})"), "y1"),
    "activation": (re.compile(r"activation\.?([0-9]{1,4})"), "activation1, with the layer"),
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


# --- reading


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


# --- applying


@dataclass(frozen=True, slots=True, eq=False)
class Edited:
    """The scenario after some edits, and the weights they change, in the order in which they are set.

    Each part: positions in theta (number,), and the new values (number,), or one for all of them.
    """

    scenario: Scenario
    parts: tuple[tuple[Positions, Array | float], ...]

    def weights(self, theta: Array) -> Array:
        """Theta (parameters,) with the new values in place, read-only."""
        if not self.parts:
            return theta
        changed = theta.copy()
        for positions, values in self.parts:
            changed[positions] = values
        return frozen(changed)


def apply_edits(scenario: Scenario, row: int, edits: Sequence[Edit], start: int = 0) -> Edited:
    """Applies edits to a scenario; edits of x and y change data row `row` (from 0). EditError if an edit does not fit.

    start: the iteration before which they are made; what holds for a whole run can be changed before the first only.

    Unchanged arrays are shared, not copied; the sizes of the network and the steps of the run stay the same.
    """
    network = scenario.network
    settings: dict[str, Any] = {}
    layers = list(network.layers)
    x, y = scenario.x, scenario.y
    weights: list[tuple[Positions, Array | float]] = []
    for edit in edits:
        value = edit.value
        match edit.kind:
            case "eta" if isinstance(value, float) and value > 0.0:
                settings["eta"] = value
            case "eta":
                raise EditError(f"η = {value}; expected a number above 0")
            case "cost":
                settings["cost"] = value
            case "activation":
                _check(edit.layer, len(layers), "layer", edit)
                layers[edit.layer - 1] = replace(layers[edit.layer - 1], activation=str(value))
            case "weight":
                weights.append((np.array([_position(network, edit)]), float(value)))
            case "weights" | "biases":
                weights.append((_positions(network, edit), float(value)))
            case "batch" | "average" | "momentum":
                _check_start(edit, start)
                settings[edit.kind] = _rule(edit, scenario.points)
            case "init":
                _check_start(edit, start)
                weights[:0] = _drawn(scenario, str(value))
            case "x":
                _check(edit.neuron, network.inputs, "input", edit)
                x = _with(x, row, edit)
            case "y":
                _check(edit.neuron, network.outputs, "output", edit)
                y = _with(y, row, edit)
    if settings or tuple(layers) != network.layers:
        _check_outputs(layers, settings.get("cost", network.cost))
        network = replace(network, layers=tuple(layers), **settings)
    _check_targets(network.cost_function, y)
    changed = replace(scenario, network=network, x=x, y=y, forks=())
    return Edited(changed, tuple(weights))


def _check_start(edit: Edit, start: int) -> None:
    if start:
        raise EditError(f"{edit.target} holds for a whole run; expected it at 1:1 only")


def _rule(edit: Edit, points: int) -> int | bool | float:
    """The new value of `batch`, `average` or `momentum` of a network."""
    if edit.kind == "average":
        return edit.value == "true"
    if isinstance(edit.value, float):
        if not 0.0 <= edit.value < 1.0:
            raise EditError(f"momentum = {edit.value}; expected 0 or more, and less than 1")
        return edit.value
    batch = points if edit.value == "epoch" else int(edit.value)
    if batch > points:
        raise EditError(f"batch = {batch}; expected 1 to {points}, the data points of an epoch")
    return batch


def _drawn(scenario: Scenario, init: str) -> list[tuple[Positions, Array | float]]:
    """Weights drawn from the seed of the file, a part for each layer; no bias."""
    drawn: list[tuple[Positions, Array | float]] = []
    for number, block in enumerate(scenario.network.blocks, start=1):
        rows = initial_weights(init, scenario.init_seed, number, block.inputs, block.units).T  # type: ignore[arg-type]  # read
        drawn.append((block.place(1, 1) + np.arange(rows.size), rows.ravel()))
    return drawn


def _check(number: int, most: int, what: str, edit: Edit) -> None:
    if not 1 <= number <= most:
        raise EditError(f"{edit.target} names {what} {number}, of {most}; expected 1 to {most}")


def _position(network: Network, edit: Edit) -> int:
    """The position of a weight in theta."""
    _check(edit.layer, len(network.layers), "layer", edit)
    block = network.blocks[edit.layer - 1]
    _check(edit.neuron, block.units, "neuron", edit)
    if edit.sender == 0 and not block.biases:
        raise EditError(f"{edit.target} is a bias, and layer {edit.layer} has none; expected a weight")
    if edit.sender > block.inputs:
        raise EditError(f"{edit.target} comes from {edit.sender}; expected 0 (the bias) to {block.inputs}")
    return block.place(edit.neuron, edit.sender)


def _positions(network: Network, edit: Edit) -> Positions:
    """The positions in theta of many weights, or of many biases."""
    top = len(network.layers)
    if edit.layer:
        _check(edit.layer, top, "layer", edit)
    positions: list[Positions] = []
    for layer in [edit.layer] if edit.layer else range(1, top + 1):
        block = network.blocks[layer - 1]
        if edit.kind == "weights":
            positions.append(block.place(1, 1) + np.arange(block.inputs * block.units))
        elif block.biases:
            positions.append(block.place(1, 0) + np.arange(block.units))
    if not positions:
        raise EditError(f"{edit.target} sets biases, and there are none; expected weights, such as w={edit.value:g}")
    return np.concatenate(positions)


def _with(values: Array, row: int, edit: Edit) -> Array:
    """The data with one number changed."""
    values = values.copy()
    values[row, edit.neuron - 1] = edit.value
    return frozen(values)


def _check_outputs(layers: Sequence[Layer], cost: str) -> None:
    """Which layers may have which activation, and which cost goes with the outputs (docs/scenario-format.md)."""
    names = [layer.activation for layer in layers]
    for number, name in enumerate(names[:-1], start=1):
        if not ACTIVATIONS[name].each:
            raise EditError(f"{name} in layer {number} of {len(names)}; expected it in the last only")
    sigma = ACTIVATIONS[names[-1]]
    if cost_of(cost, sigma) is not None:
        return
    if not sigma.each:
        with_it = next((name for name in COSTS if sigma.name in output_names(name)), "none: no cost takes it")
        raise EditError(f"{sigma.name} outputs with cost {cost}; expected cost={with_it} with them")
    first, *rest = output_names(cost)
    others = f" (or {', '.join(rest)})" if rest else ""
    raise EditError(f"{cost} with {sigma.name} outputs; expected activation{len(names)}={first}{others} with it")


def _check_targets(cost: Cost, y: Array) -> None:
    """Whether the cost takes all targets."""
    outside, off = target_outside(cost, y), sum_off(cost, y)
    if outside is not None:
        least, greatest = cost.targets
        raise EditError(f"a target of {outside[1]:g} with {cost.name}; expected targets from {least:g} to {greatest:g}")
    if off is not None:
        row, total = off
        found = f"targets of row {row + 1} sum to {total:.12g} with {cost.outputs[0]}"
        raise EditError(f"{found}; expected {cost.target_sum:g} (change several at once)")
