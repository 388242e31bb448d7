"""What a recording expands to is bounded, not its bytes: the numbers of all its scenarios, reloaded, forked or generated.

A line of 290 bytes can ask for a million data points. So the numbers of a scenario are counted from its document before
any of them is made, and those of a fork with other data before they are copied.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nntui.files.schema.keys import DATA
from nntui.files.schema.value_types import is_whole
from nntui.training.draws.generators import GENERATOR_NAMES, inputs_of
from nntui.training.scenario import Scenario

if TYPE_CHECKING:
    from nntui.training.edits.edit import Edit

MOST_NUMBERS = 8_000_000
"""Weights, inputs and targets of all scenarios of one recording together: 64 MB."""

EACH_RUN = 100
"""What a run that a scenario brings along, or a scenario that is read again, counts besides its numbers, for its memory."""

_POINTS = next(key.default for key in DATA if key.name == "points")  # that are generated where their number is not said


def numbers_of(scenario: Scenario) -> int:
    """The numbers of a scenario, and those that the forks it brings along have of their own, each counted with `EACH_RUN`."""
    return scenario.theta.size + scenario.x.size + scenario.y.size + (_numbers_brought(scenario) if scenario.forks else 0)


def _numbers_brought(scenario: Scenario) -> int:
    from nntui.training.edits.edit import read_edits

    return sum(numbers_forked(scenario, read_edits(fork.edits)) + EACH_RUN for fork in scenario.forks)


def numbers_reloaded(scenario: Scenario) -> int:
    """What a scenario counts that is read again."""
    return numbers_of(scenario) + EACH_RUN


def numbers_forked(scenario: Scenario, edits: "tuple[Edit, ...]") -> int:
    """The numbers that a fork of a scenario has of its own: with an edit of x or of y a copy of all of them."""
    kinds = {edit.kind for edit in edits}
    return scenario.x.size * ("x" in kinds) + scenario.y.size * ("y" in kinds)


def numbers_in(values: dict[str, Any]) -> int:
    """The numbers that a document expands to; 0 where it is no sound scenario, as reading it will say."""
    network, data = values.get("network"), values.get("data")
    layers = network.get("layer") if isinstance(network, dict) else None
    if not isinstance(layers, list) or not isinstance(data, dict):
        return 0
    if "generate" in data:
        points = data.get("points", _POINTS)
        name = data["generate"]
        inputs, targets = (inputs_of(name), 1) if name in GENERATOR_NAMES else (0, 0)
    else:
        rows, wanted = data.get("x"), data.get("y")
        points, inputs, targets = _length(rows), _width(rows), _width(wanted)
    sizes: list[Any] = [inputs, *(layer.get("units") if isinstance(layer, dict) else None for layer in layers)]
    if not all(is_whole(size) and size >= 0 for size in (*sizes, points)):
        return 0
    forks = EACH_RUN * _length(values.get("fork"))
    weights = sum((below + 1) * above for below, above in pairwise(sizes))
    return int(forks + weights + points * (inputs + targets))


def _length(rows: object) -> int:
    return len(rows) if isinstance(rows, list) else 0


def _width(rows: object) -> int:
    return _length(rows[0]) if isinstance(rows, list) and rows else 0
