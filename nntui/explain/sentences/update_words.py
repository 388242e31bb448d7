"""The words of an update that is more than (11), with a batch or momentum, and of one that changes nothing.

A rule is told once in a data point; at its other rows what is special of them is said.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite

import numpy as np

from nntui.explain.sentences.facts import (
    StepFacts,
    has_batch_or_momentum,
    has_bias,
    overshoots,
    parts_of_gradient,
    row_unchanged,
    sign_changes,
)
from nntui.training.rows.row_after_update import moves


def _rows_so_far(f: StepFacts) -> Iterator[StepFacts]:
    """The rows that the data point has updated before this one, in reading order, and this one."""
    for group in f.frame.course.groups:
        if group.kind == "update":
            for neuron in range(1, group.count + 1):
                row = replace(f, layer=group.layer, neuron=neuron)
                yield row
                if row == f:
                    return


def tells_rule(f: StepFacts) -> bool:
    """Whether the rule that moves the weights is told here: at the first row of a data point of which nothing else is."""
    if not has_batch_or_momentum(f):
        return False
    special = (row_unchanged, sign_changes, overshoots)
    first = next((row for row in _rows_so_far(f) if not any(holds(row) for holds in special)), None)
    return first == f


def unchanged_words(f: StepFacts) -> str:
    """Why an update changes nothing."""
    network = f.frame.scenario.network
    if not f.frame.iteration.batch_place.closes:
        return _waiting(f)
    values = f.frame.gradient_row(f.layer, f.neuron)
    changing = [float(values[0])] if network.update_biases and has_bias(f) else []
    changing += values[1:].tolist() if network.update_weights else []
    if not changing:
        return f"{_nothing(f)}: `update` of this scenario keeps these weights as they are."
    if has_batch_or_momentum(f):
        return f"{_nothing(f)}: the step of these weights is 0, or too small for their last digit."
    if not any(changing):
        return f"{_nothing(f)}: every gradient is 0."
    return f"{_nothing(f)}: η times the gradient is too small for the last digit of these weights."


def _waiting(f: StepFacts) -> str:
    """Of a batch that is not complete: the rule at the first update of a data point, then what is special of a row."""
    place = f.frame.iteration.batch_place
    largest = float(np.abs([value for _, value in parts_of_gradient(f)]).max())
    if next(_rows_so_far(f)) == f or not isfinite(largest):
        return (
            f"The weights wait: this is data point {place.number} of {place.size} of its batch. "
            "Its gradient is added to the sum G, which the note does not have."
        )
    if largest == 0.0:
        return f"The weights into {f.name} wait, too; every gradient is 0, so G stays."
    return f"The weights into {f.name} wait, too; the largest gradient that goes into G is {f.write(largest)} in size."


def _nothing(f: StepFacts) -> str:
    """That the row stays; by its name where the sentence before tells of the new weights of the network."""
    return f"The weights into {f.name} stay" if f.frame.is_last and moves(f.frame) else "Nothing changes here"


def rule_words(f: StepFacts) -> str:
    """What moves the weights where it is more than the gradient of this data point."""
    network, place = f.frame.scenario.network, f.frame.iteration.batch_place
    if not network.batched:
        kept = f.numerals.brief(network.momentum)
        return f"Momentum is added to (11): v keeps {kept} of what it was, less η times the gradient, and moves the weights."
    what = f"mean G / {place.size}" if network.average and place.size > 1 else "sum G"
    batch = f"The batch of {place.size} is complete" if place.size > 1 else "The batch ends with one data point"
    return f"{batch}: (11) is applied once, with the {what} of its gradients{' and with v' if network.moving else ''}."
