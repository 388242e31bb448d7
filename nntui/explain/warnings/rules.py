"""Warnings at a step: each with its reason and the number that shows it, from what the step has revealed.

A table of rules, one for each thing that can go wrong. Every rule is a function of the frame and the history and reads no
number that the step has not reached. The work of each is bounded; all together take a few milliseconds.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import inf, isfinite

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.explain.equations.cards.activation_card import FLAT
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.notation.numerals import FOUR
from nntui.explain.warnings.dead_relus import dead_relus
from nntui.explain.warnings.duplicate_neurons import duplicates
from nntui.explain.warnings.warning import LearningWarning, RunHistory, called, opening
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.rows.row_after_update import forward_after

OVERFLOW, DEAD, DUPLICATE, EXPLODING, RISING, OVERSHOT, SATURATED, VANISHING = 100, 80, 75, 60, 55, 50, 45, 40

VERY_FLAT = 0.001  # σ′ of a hidden neuron; of an output FLAT and an error of at least OFF
OFF = 0.1
FACTOR = 1000.0  # of the largest |δ| of two layers, across any number of layers
EPOCHS_RISING = 3
RISE = 1.05  # from the first of them to the last, at least
_PROMISED = 0.01  # of the cost: by how much an update must promise to lower it before it may be said to overshoot
_MOST_WEIGHTS = 200_000  # for one more forward sweep

Rule = Callable[[Frame, RunHistory], Iterator[LearningWarning]]


def warnings(frame: Frame, history: RunHistory) -> tuple[LearningWarning, ...]:
    """The warnings at the frame's step, the heaviest first, those of one weight from the top layer down."""
    found = [*history.facts, *(warning for rule in RULES for warning in rule(frame, history))]
    return tuple(sorted(found, key=lambda warning: (-warning.weight, -warning.layer)))


def _weights_at(frame: Frame) -> Array:
    """Theta at the step: the new weights once all of them are known."""
    return frame.iteration.after if frame.is_last else frame.iteration.before


def _all_finite(values: Array) -> bool:
    return bool(np.isfinite(values).all())


# --- the rules


def _overflow(frame: Frame, history: RunHistory) -> Iterator[LearningWarning]:
    """The run has made inf or nan."""
    if history.diverged is not None:
        eta = FOUR.write_short(frame.scenario.network.eta)
        words = f"Since {history.diverged} there are numbers that are not finite (η = {eta}): nothing after it can be trusted."
        yield LearningWarning("overflow", words, OVERFLOW)


def _dead(frame: Frame, history: RunHistory) -> Iterator[LearningWarning]:
    """ReLUs, and others whose σ is 0 below some z, that are 0 for every row of the data."""
    scenario = frame.scenario
    dead = dead_relus(scenario, _weights_at(frame))
    for layer in sorted({neuron.layer for neuron in dead}):
        here = [neuron for neuron in dead if neuron.layer == layer]
        first = max(here, key=lambda neuron: neuron.highest)
        name = opening(called(scenario, layer, first.neuron))
        name += f" and {len(here) - 1} more" if len(here) > 1 else ""
        called_sigma = ACTIVATION_CARDS[scenario.network.layers[layer - 1].activation].called
        rows = f"all {scenario.points} rows" if scenario.points > 1 else "the only row"
        ahead = not frame.knows("z", layer, first.neuron) and frame.z(layer, first.neuron) == first.highest
        highest = f"(highest z: {'below 0' if ahead else FOUR.write(first.highest)})"  # what is to come is not given away
        if len(here) > 1:
            words = f"{name} are silent in {rows} {highest}: σ′ = 0, and no error moves their weights."
        else:
            words = f"{name} is silent in {rows} {highest}: σ′ = 0, and no error moves its weights."
        yield LearningWarning(f"dead {called_sigma}", words, DEAD, layer, Cell("z", layer, first.neuron))


def _duplicates(frame: Frame, history: RunHistory) -> Iterator[LearningWarning]:
    """Duplicate neurons: the same weights in and out."""
    for pair in duplicates(frame.scenario.network, _weights_at(frame)):
        one, two = (called(frame.scenario, pair.layer, k) for k in (pair.first, pair.second))
        who = f"{opening(one)} and {two}" if pair.count == 2 else f"{pair.count} neurons of layer {pair.layer}"
        words = f"{who} have the same weights in and out (first {FOUR.write(pair.weight)}): they stay alike."
        yield LearningWarning("twin neurons", words, DUPLICATE, pair.layer, Cell("weight", pair.layer, pair.first, 1))


def _delta_ratio(frame: Frame, history: RunHistory) -> Iterator[LearningWarning]:
    """Vanishing or exploding gradients: the largest |δ| of the lowest known layer against that of the layers above it."""
    top = len(frame.course.units)
    known = [layer for layer in range(top, 0, -1) if frame.knows("delta", layer, frame.course.units[layer - 1])]
    if len(known) < 2:
        return
    largest = {layer: float(np.abs(frame.layer_delta(layer)).max()) for layer in known}
    if not all(0.0 < size < inf for size in largest.values()):
        return
    low = known[-1]
    biggest, smallest = (pick(known[:-1], key=lambda layer: largest[layer]) for pick in (max, min))
    for name, weight, other in (("vanishing δ", VANISHING, biggest), ("exploding δ", EXPLODING, smallest)):
        ratio = largest[other] / largest[low] if weight == VANISHING else largest[low] / largest[other]
        if ratio < FACTOR:
            continue
        more = "smaller" if weight == VANISHING else "larger"
        sizes = f"{FOUR.write(largest[low])} against {FOUR.write(largest[other])}"
        words = f"The largest |δ| of layer {low} is {_times(ratio)} times {more} than that of layer {other}: {sizes}."
        neuron = int(np.abs(frame.layer_delta(low)).argmax()) + 1
        yield LearningWarning(name, words, weight, low, Cell("delta", low, neuron))


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio < 1e6 else f"{ratio:.0e}"


def _rising(frame: Frame, history: RunHistory) -> Iterator[LearningWarning]:
    """The mean cost rises from epoch to epoch."""
    count = 0
    for before, after in pairwise(reversed(history.means)):
        if not (isfinite(after) and isfinite(before) and before > after):
            break
        count += 1
    if count < EPOCHS_RISING or history.means[-1] < RISE * history.means[-1 - count]:
        return
    first, last = (FOUR.write(history.means[at]) for at in (-1 - count, -1))
    eta = FOUR.write_short(frame.scenario.network.eta)
    words = f"The mean cost rose {count} epochs in a row, from {first} to {last}: η = {eta} may be too large."
    yield LearningWarning("cost is rising", words, RISING, cell=Cell("cost", len(frame.course.units)))


def _overshot(frame: Frame, history: RunHistory) -> Iterator[LearningWarning]:
    """The update overshoots: with the new weights the cost of the same row is not lower."""
    network, made = frame.scenario.network, frame.iteration
    steps = any(block.sigma.steps for block in network.blocks)
    alone = not network.extended  # else it is not this data point's gradient that moves the weights
    if not frame.is_last or steps or not alone or network.parameters > _MOST_WEIGHTS:
        return
    with quiet():
        promised = network.eta * _gradient_size(frame)
        if not (isfinite(made.cost) and promised > _PROMISED * made.cost > 0.0):
            return
    then = forward_after(frame)[1]
    if then >= made.cost:
        eta, before, after = FOUR.write_short(network.eta), FOUR.write(made.cost), FOUR.write(then)
        words = f"η = {eta} is too large here: C of this row was {before} and would now be {after}, not less."
        yield LearningWarning("η too large", words, OVERSHOT, cell=Cell("cost", len(network.layers)))


def _gradient_size(frame: Frame) -> float:
    """Σ (∂C/∂w)² over the weights that (11) may change."""
    network, made = frame.scenario.network, frame.iteration
    total = 0.0
    for block in network.blocks:
        senders, delta = made.a[block.senders][1:], made.delta[block.neurons]
        signals = float(senders @ senders) if network.update_weights else 0.0
        total += float(delta @ delta) * (signals + (block.biases and network.update_biases))
    return total


def _saturated(frame: Frame, history: RunHistory) -> Iterator[LearningWarning]:
    """Neurons whose σ saturates, at a flat end while the answer is wrong; of outputs those that are wrong themselves.

    A network that has learned its data has such neurons too, and needs them: so the rule waits for a wrong answer.
    """
    network = frame.scenario.network
    top = len(network.layers)
    with quiet():
        off = np.abs(frame.layer_a(top) - frame.iteration.y) >= OFF
    if not frame.knows("a", top, network.outputs) or not off.any():
        return
    for layer, block in enumerate(network.blocks, start=1):
        if not block.sigma.saturates or (layer == top and network.cost_function.cancels_slope):
            continue
        z, a = frame.layer_z(layer), frame.layer_a(layer)
        with quiet():
            slopes = block.sigma.slope(z, a)
            sizes = np.abs(slopes)
            flat = sizes < VERY_FLAT if layer < top else (sizes < FLAT) & off
        if not flat.any() or not _all_finite(z):
            continue
        k = int(np.where(flat, sizes, np.inf).argmin()) + 1
        count = int(np.count_nonzero(flat))
        name = opening(called(frame.scenario, layer, k))
        more = f" ({count} such of {block.units})" if count > 1 else ""
        slope = FOUR.write(float(slopes[k - 1]))
        words = f"{name} is saturated: z = {FOUR.write(frame.z(layer, k))} makes σ′ = {slope}, hardly any error passes{more}."
        yield LearningWarning("saturated neuron", words, SATURATED, layer, Cell("a", layer, k))


RULES: tuple[Rule, ...] = (_overflow, _dead, _duplicates, _delta_ratio, _rising, _overshot, _saturated)
