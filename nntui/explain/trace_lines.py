"""The lines of a trace, data point by data point.

How the line of a step begins is worked out once for all data points (`TracedMoment`). Most of the time is spent on the
digits of the numbers: those of a data point are written in one call.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Literal

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.explain.notation.numerals import ALL_DIGITS, Numerals
from nntui.explain.notation.shortest import in_full, joined
from nntui.explain.notation.symbols import neuron_symbol, weight_symbol
from nntui.text.regex import regex
from nntui.training.address import Moment
from nntui.training.frame import Frame
from nntui.training.kinds import KIND_CARDS, NumberKind
from nntui.training.scenario import Scenario
from nntui.training.steps import Group
from nntui.training.timeline import Timeline, frame_of
from nntui.values import dataclass

_NOT_FINITE = regex("nan|-?inf")

Shape = Literal["one", "list", "row", "row without bias"]
"""Of the numbers of a step: one, those of a data row, or those of the weights to a neuron, with or without its bias."""

Write = Callable[[Array, list[int]], list[str]]
"""Writes numbers as `in_full` does: a text for each length, of that many numbers."""


@dataclass(frozen=True, slots=True)
class TracedMoment:
    """A step of any data point. suffix: of its address, behind EPOCH:POINT. fields: its kind, layer and neuron in JSON."""

    suffix: str
    symbol: str
    fields: str
    shape: Shape


def text_lines(timeline: Timeline, first: int, last: int, numerals: Numerals = ALL_DIGITS) -> Iterator[str]:
    """`ADDRESS  SYMBOL = VALUE`, in full digits unless others are asked for."""
    write = in_full if numerals == ALL_DIGITS else lambda numbers, lengths: joined(map(numerals.write, numbers.tolist()), lengths)
    moments = _moments(timeline)
    told = [(one, _TEXTS[one.shape]) for one in moments]
    for frame, wanted in _data_points(timeline, first, last):
        epoch, point = divmod(frame.number, frame.course.points)
        place = f"{epoch + 1}:{point + 1}"
        texts = _texts(frame, [], write)
        lines = [f"{place + one.suffix:<20}  {one.symbol} = {tell(text)}" for (one, tell), text in zip(told, texts, strict=True)]
        yield from lines[wanted]


def _text_of_row(text: str) -> str:
    bias, _, weights = text.partition(", ")
    return f"({weights})  bias {bias}"


_TEXTS: Mapping[Shape, Callable[[str], str]] = {
    "one": str,
    "list": "({})".format,
    "row": _text_of_row,
    "row without bias": "({})".format,
}


def json_lines(timeline: Timeline, first: int, last: int) -> Iterator[str]:
    """One object a step, in full digits."""
    moments = _moments(timeline)
    told = [(one.fields, _VALUES[one.shape]) for one in moments]
    updates = [(m, one.shape == "row") for m, one in enumerate(moments) if timeline.course.moment(m).kind == "update"]
    for frame, wanted in _data_points(timeline, first, last):
        epoch, point = divmod(frame.number, frame.course.points)
        place = f'"epoch": {epoch + 1}, "point": {point + 1}, "row": {frame.row}'
        kept = _kept(frame)
        texts = _texts(frame, kept, _exact)
        values = [f"{fields}, {tell(text)}" for (fields, tell), text in zip(told, texts, strict=False)]
        more = iter(texts[len(values) :])  # what is kept comes after the steps
        for name in kept:
            for m, biased in updates:
                values[m] += f", {_row(next(more), name, f'{name}_bias', biased)}"
        yield from [f'{{"step": {step}, {place}, {value}}}' for step, value in zip(count(frame.step), values)][wanted]


def _row(text: str, weights: str, bias: str, biased: bool) -> str:
    """The weights to a neuron as two fields; its bias means nothing where there is none."""
    one, _, more = text.partition(", ") if biased else ("null", "", text)
    return f'"{weights}": [{more}], "{bias}": {one}'


_VALUES: Mapping[Shape, Callable[[str], str]] = {
    "one": '"value": {}'.format,
    "list": '"value": [{}]'.format,
    "row": lambda text: _row(text, "weights", "bias", biased=True),
    "row without bias": lambda text: _row(text, "weights", "bias", biased=False),
}


def _kept(frame: Frame) -> list[NumberKind]:
    """What an update leaves behind besides the weights."""
    network = frame.scenario.network
    sums: list[NumberKind] = ["sum"] if network.batched else []
    return [*sums, "velocity"] if network.moving else sums


def _texts(frame: Frame, kept: list[NumberKind], write: Write) -> list[str]:
    """The numbers of each step of a data point, then of each kind that is kept for each update."""
    groups = frame.course.groups
    parts = [_numbers(frame, group.kind, group) for group in groups]
    parts += [_numbers(frame, kind, group) for kind in kept for group in groups if group.kind == "update"]
    lengths = [length for part in parts for length in [part.shape[1]] * len(part)]
    return write(np.concatenate([part.ravel() for part in parts]), lengths)


def _numbers(frame: Frame, kind: NumberKind, group: Group) -> Array:
    """The numbers of the steps of a group: a row for each step, the bias first where there is one."""
    numbers = frame.values(kind, group.layer)
    if KIND_CARDS[group.kind].row:
        return numbers.T if _biased(frame.scenario, group.layer) else numbers[1:].T
    return numbers[None] if kind == "input" else numbers[:, None]


def _biased(scenario: Scenario, layer: int) -> bool:
    return scenario.network.layers[layer - 1].biases


def _exact(numbers: Array, lengths: list[int]) -> list[str]:
    """As `in_full`, in JSON, which has no number that is not finite."""
    return [_NOT_FINITE.sub(r'"\g<0>"', text) if "n" in text else text for text in in_full(numbers, lengths)]


def _data_points(timeline: Timeline, first: int, last: int) -> Iterator[tuple[Frame, slice]]:
    """The data points of the steps first … last, each at its first step, and which of its steps are among them."""
    course = timeline.course
    begin, end = first // course.length, last // course.length
    for number, made in enumerate(timeline.iterations(begin, end + 1), begin):
        start = number * course.length
        yield frame_of(timeline, number, made), slice(max(first - start, 0), last - start + 1)


def _moments(timeline: Timeline) -> list[TracedMoment]:
    """Of every step of a data point."""
    made = []
    for m in range(timeline.course.length):
        moment = timeline.course.moment(m)
        suffix = str(timeline.course.address(m)).removeprefix("1:1")
        fields = json.dumps({"kind": moment.kind, "layer": moment.layer, "neuron": moment.neuron or None})[1:-1]
        made.append(TracedMoment(suffix, _symbol(moment), fields, _shape(timeline.scenario, moment)))
    return made


def _shape(scenario: Scenario, moment: Moment) -> Shape:
    if KIND_CARDS[moment.kind].row:
        return "row" if _biased(scenario, moment.layer) else "row without bias"
    return "list" if moment.kind == "input" else "one"


def _symbol(moment: Moment) -> str:
    match moment.kind:
        case "input":
            return "x"
        case "z" | "a":
            return neuron_symbol(moment.kind, moment.layer, moment.neuron)
        case "cost":
            return "C"
        case "delta":
            return neuron_symbol("δ", moment.layer, moment.neuron)
        case "gradient":
            return f"∂C/∂{weight_symbol(moment.layer, moment.neuron, 'ⱼ')}"
        case "update":
            return weight_symbol(moment.layer, moment.neuron, "ⱼ")
