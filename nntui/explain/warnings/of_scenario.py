"""Warnings that hold at every step of a scenario: of its layers and of its data. Made once, when it is opened."""

import numpy as np

from nntui.engine.network import Network
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.notation.numerals import FOUR
from nntui.explain.warnings.warning import LearningWarning, called
from nntui.text.counted import counted
from nntui.training.cell import Cell
from nntui.training.scenario import Scenario

_FLAT, _NEVER_SEEN, _SAME_TARGET = 90, 70, 65


def scenario_facts(scenario: Scenario) -> tuple[LearningWarning, ...]:
    """The warnings that hold at every step of a scenario; reads each target once."""
    return (*_without_slope(scenario.network), *_targets(scenario))


def _without_slope(network: Network) -> list[LearningWarning]:
    """The highest step layer with σ′ = 0: by (14) nothing into or under it learns."""
    if network.step_slope != 0.0:
        return []
    flat = [number for number, block in enumerate(network.blocks, start=1) if block.sigma.steps]
    if not flat:
        return []
    highest = flat[-1]
    count = sum(
        block.inputs * block.units * network.update_weights + block.units * (block.biases and network.update_biases)
        for block in network.blocks[:highest]
    )
    called = ACTIVATION_CARDS[network.layers[highest - 1].activation].called
    what = f"{counted(count, 'weight')} into and under it never change{'' if count > 1 else 's'}"
    words = f"Layer {highest} is a {called} with σ′ = 0: by (14) the {what}."
    return [LearningWarning("step without slope", words, _FLAT, highest)] if count else []


def _targets(scenario: Scenario) -> list[LearningWarning]:
    """The first class without a data point, or outputs whose target is always the same."""
    y = scenario.y
    points, outputs = y.shape
    if points < 2:
        return []
    low, high = np.minimum.reduce(y), np.maximum.reduce(y)
    same = np.flatnonzero(low == high)
    if not same.size:
        return []
    if outputs > 1 and same.size < outputs and _one_hot(scenario):
        missing = [int(k) for k in same if high[k] == 0.0]
        return [_never_seen(scenario, missing, points)] if missing else []
    k = int(same[0]) + 1
    which = "Every target" if outputs == 1 else f"The target of {called(scenario, len(scenario.network.layers), k)}"
    words = f"{which} is {FOUR.brief(float(low[k - 1]))} in all {points} rows: a constant output, whatever comes in, is right."
    return [LearningWarning("target never changes", words, _SAME_TARGET, len(scenario.network.layers), _target_cell(scenario, k))]


def _one_hot(scenario: Scenario) -> bool:
    """Whether each row has one 1 and else zeros."""
    y = scenario.y
    return bool(((y == 0.0) | (y == 1.0)).all() and (np.add.reduce(y, axis=1) == 1.0).all())


def _never_seen(scenario: Scenario, missing: list[int], points: int) -> LearningWarning:
    first = missing[0] + 1
    more = f" (nor to {len(missing) - 1} more)" if len(missing) > 1 else ""
    name = called(scenario, len(scenario.network.layers), first)
    words = f"None of the {points} rows belongs to {name}{more}: it only learns to say 0."
    return LearningWarning("class never seen", words, _NEVER_SEEN, len(scenario.network.layers), _target_cell(scenario, first))


def _target_cell(scenario: Scenario, output: int) -> Cell:
    return Cell("y", len(scenario.network.layers), output)
