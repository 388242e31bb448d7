"""A scenario with edits made before an iteration: its settings, its data, and the weights that change."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.engine.activations import ACTIVATIONS
from nntui.engine.arithmetic import Array, frozen
from nntui.engine.costs import COSTS, Cost, cost_of, output_names, sum_off, target_outside
from nntui.engine.network import Layer, Network
from nntui.training.draws.random_draws import initial_weights
from nntui.training.edits.edit import Edit, EditError
from nntui.training.scenario import Scenario
from nntui.values import dataclass

Positions = NDArray[np.intp]
"""Of weights, in theta."""


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
            case "eta":
                settings["eta"] = _eta(value)
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
                x = _with(x, row, edit, "input")
            case "y":
                y = _with(y, row, edit, "output")
    network = _changed(network, layers, settings)
    _check_targets(network.cost_function, y)
    changed = replace(scenario, network=network, x=x, y=y, forks=())
    return Edited(changed, tuple(weights))


def _changed(network: Network, layers: Sequence[Layer], settings: dict[str, Any]) -> Network:
    """The network with other layers and settings, if they go together."""
    if not settings and tuple(layers) == network.layers:
        return network
    _check_outputs(layers, settings.get("cost", network.cost))
    return replace(network, layers=tuple(layers), **settings)


def _eta(value: float | str) -> float:
    if isinstance(value, float) and value > 0.0:
        return value
    raise EditError(f"η = {value}; expected a number above 0")


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
        raise EditError(f"b{edit.layer}.{edit.neuron} is a bias, and layer {edit.layer} has none; expected a weight")
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


def _with(values: Array, row: int, edit: Edit, what: str) -> Array:
    """The data (rows, numbers) with one number changed. what: the number is an input, or an output."""
    _check(edit.neuron, values.shape[1], what, edit)
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
