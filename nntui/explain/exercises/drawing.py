"""A scenario with numbers drawn for one student; draws that would teach nothing are drawn again."""

from dataclasses import replace

import numpy as np

from nntui.engine.arithmetic import Array, frozen
from nntui.engine.network import from_matrices
from nntui.explain.notation.names import neuron_name
from nntui.training.draws.grid_draws import GridDraws, seed_of
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario, SheetRules
from nntui.training.timeline import Timeline
from nntui.values import dataclass

MOST_DRAWS = 1000
SATURATED = 4.0  # |z| beyond which a sigmoid or tanh has hardly a slope


class NoGoodDraw(ValueError):
    """Every draw had a neuron that teaches nothing; the message names it."""


@dataclass(frozen=True, slots=True, eq=False)
class StudentSheet:
    """A student's id, the seed that the key gives them, and their scenario; draws: how many it took."""

    student: str
    seed: int
    scenario: Scenario
    draws: int


def drawn_sheet(scenario: Scenario, rules: SheetRules, key: str, student: str) -> StudentSheet:
    """The sheet of one student, from (key, id) alone; NoGoodDraw after MOST_DRAWS that are no good."""
    seed, kept = seed_of(key, student), _kept(scenario, rules.points)
    fault = ""
    for draw in range(MOST_DRAWS):
        made = _drawn(kept, rules, seed, draw)
        fault = _fault(made, rules.points) or ""
        if not fault:
            return StudentSheet(student, seed, replace(made, title=f"{scenario.title}: sheet {student}"), draw + 1)
    raise NoGoodDraw(f"none of {MOST_DRAWS} draws for {student} is good: {fault}")


def _kept(scenario: Scenario, points: int) -> Scenario:
    """The scenario without what its author says of its numbers; of its data the rows that the sheet asks for.

    The last batch that the sheet begins is kept whole, so that each data point has the place in its batch that it had.
    """
    plain = replace(scenario, about="", next="", notes=(), questions=(), forks=(), sheet=None)
    points = -(-points // scenario.network.batch) * scenario.network.batch
    if points >= scenario.points:
        return plain
    timeline = Timeline(scenario)
    rows = [timeline.frame(scenario.course.first(number)).row - 1 for number in range(points)]
    return replace(plain, x=frozen(scenario.x[rows]), y=frozen(scenario.y[rows]), order="given", held_share=0.0, trained=None)


def _drawn(scenario: Scenario, rules: SheetRules, seed: int, draw: int) -> Scenario:
    numbers = GridDraws(seed, draw, rules.grid, rules.range)
    matrices = []
    for layer, given in zip(scenario.network.layers, scenario.weights, strict=True):
        matrix: Array = np.array(given)
        if "weights" in rules.draw:
            matrix[:, 1:] = numbers.numbers(matrix[:, 1:].size, zero=False).reshape(matrix[:, 1:].shape)
        if "biases" in rules.draw and layer.biases:
            matrix[:, 0] = numbers.numbers(len(matrix), zero=True)
        matrices.append(matrix)
    x = scenario.x
    if "inputs" in rules.draw:
        x = frozen(numbers.numbers(x.size, zero=False).reshape(x.shape))
    return replace(scenario, theta=from_matrices(scenario.network, matrices), x=x)


def _fault(scenario: Scenario, points: int) -> str | None:
    """What is wrong with a draw: a dead, a saturated or a duplicate neuron, by its name."""
    timeline = Timeline(scenario)
    frames = [timeline.frame(scenario.course.first(number)) for number in range(points)]
    for layer in range(1, len(scenario.network.layers) + 1):
        fault = _fault_of_layer(scenario, layer, frames)
        if fault:
            return fault
    return None


def _fault_of_layer(scenario: Scenario, layer: int, frames: list[Frame]) -> str | None:
    sigma = scenario.network.blocks[layer - 1].sigma
    z = np.array([frame.layer_z(layer) for frame in frames])
    if not np.isfinite(z).all():
        return f"the numbers of layer {layer} overflow"
    if sigma.dead_below is not None and (dead := (z <= sigma.dead_below).all(axis=0)).any():
        return f"{_name(scenario, layer, int(dead.argmax()))} is dead, it sends 0"
    squeezes = np.isfinite(sigma.range).all() and not sigma.steps and not sigma.corners
    if squeezes and (large := (np.abs(z) > SATURATED).any(axis=0)).any():
        return f"{_name(scenario, layer, int(large.argmax()))} is saturated, |z| > {SATURATED:g}"
    weights = frames[0].weights_before(layer)
    seen: dict[bytes, int] = {}
    for neuron, row in enumerate(weights):
        for alike in (row.tobytes(), z[:, neuron].tobytes()):
            first = seen.setdefault(alike, neuron)
            if first != neuron:
                return f"{_name(scenario, layer, neuron)} does the same as {_name(scenario, layer, first)}"
    return None


def _name(scenario: Scenario, layer: int, neuron: int) -> str:
    return neuron_name(scenario, layer, neuron + 1)
