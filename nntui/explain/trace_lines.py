"""The lines of a trace, data point by data point.

Of a step of any data point (`TracedMoment`) it is known once how its line begins. What most of the time goes into are the
digits of the numbers: those of a layer, or of a row, are written at one go.
"""

import json
import re
from collections.abc import Callable, Iterator
from itertools import count

from nntui.engine.arithmetic import Array
from nntui.explain.notation.numerals import ALL_DIGITS, Numerals
from nntui.explain.notation.symbols import neuron_symbol, weight_symbol
from nntui.training.frame import Frame
from nntui.training.segments.lineage import owner
from nntui.training.steps import KIND_CARDS, Group, Moment
from nntui.training.timeline import Timeline
from nntui.values import dataclass

_NOT_FINITE = re.compile("nan|-?inf")

Write = Callable[[list[float]], str]
"""Writes numbers with a comma and a blank between them."""


@dataclass(frozen=True, slots=True)
class TracedMoment:
    """A step of any data point. suffix: of its address, behind EPOCH:POINT. fields: its kind, layer and neuron in JSON."""

    suffix: str
    symbol: str
    fields: str


def text_lines(timeline: Timeline, first: int, last: int, numerals: Numerals = ALL_DIGITS) -> Iterator[str]:
    """`ADDRESS  SYMBOL = VALUE`, in full digits unless others are asked for."""
    write = _full if numerals == ALL_DIGITS else lambda numbers: ", ".join(map(numerals.write, numbers))
    moments = _moments(timeline)
    for frame, wanted in _data_points(timeline, first, last):
        epoch, point = divmod(frame.number, frame.course.points)
        place = f"{epoch + 1}:{point + 1}"
        texts = (text for group in frame.course.groups for text in _texts(frame, group, write))
        lines = [f"{place + one.suffix:<20}  {one.symbol} = {text}" for one, text in zip(moments, texts, strict=True)]
        yield from lines[wanted]


def _texts(frame: Frame, group: Group, write: Write) -> list[str]:
    """What is told of each step of a group."""
    numbers = frame.values(group.kind, group.layer)
    if not KIND_CARDS[group.kind].row:
        text = write(numbers.tolist())
        return [f"({text})"] if group.kind == "input" else text.split(", ")
    if _biased(frame, group):
        return [f"({write(row[1:])})  bias {write(row[:1])}" for row in numbers.T.tolist()]
    return [f"({write(row)})" for row in numbers[1:].T.tolist()]


def json_lines(timeline: Timeline, first: int, last: int) -> Iterator[str]:
    """One object a step, in full digits."""
    fields = [one.fields for one in _moments(timeline)]
    for frame, wanted in _data_points(timeline, first, last):
        epoch, point = divmod(frame.number, frame.course.points)
        place = f'"epoch": {epoch + 1}, "point": {point + 1}, "row": {frame.row}'
        texts = (text for group in frame.course.groups for text in _values(frame, group))
        steps = zip(count(frame.step), fields, texts, strict=False)  # as many as there are fields and texts
        yield from [f'{{"step": {step}, {place}, {kind}, {text}}}' for step, kind, text in steps][wanted]


def _values(frame: Frame, group: Group) -> list[str]:
    """The fields with the numbers of each step of a group."""
    numbers = frame.values(group.kind, group.layer)
    if not KIND_CARDS[group.kind].row:
        text = _exact(numbers.tolist())
        return [f'"value": [{text}]'] if group.kind == "input" else [f'"value": {one}' for one in text.split(", ")]
    rows = _rows(numbers, "weights", "bias", biased := _biased(frame, group))
    if group.kind == "update":
        network, block = frame.scenario.network, frame.scenario.network.blocks[group.layer - 1]
        for name, part, on in (("sum", network.sum_part, network.batched), ("velocity", network.velocity_part, network.moving)):
            if on:
                kept = _rows(block.matrix(frame.iteration.after[part]), name, f"{name}_bias", biased)
                rows = [f"{row}, {more}" for row, more in zip(rows, kept, strict=True)]
    return rows


def _rows(numbers: Array, weights: str, bias: str, biased: bool) -> list[str]:
    """Each row as two fields: numbers (1 + n_{l−1}, neurons), the biases first, which mean nothing where there are none."""
    if biased:
        return [f'"{weights}": [{_exact(row[1:])}], "{bias}": {_exact(row[:1])}' for row in numbers.T.tolist()]
    return [f'"{weights}": [{_exact(row)}], "{bias}": null' for row in numbers[1:].T.tolist()]


def _biased(frame: Frame, group: Group) -> bool:
    return frame.scenario.network.layers[group.layer - 1].biases


def _full(numbers: list[float]) -> str:
    return repr(numbers)[1:-1]


def _exact(numbers: list[float]) -> str:
    """As `_full`, in JSON, which has no number that is not finite."""
    text = repr(numbers)[1:-1]
    return _NOT_FINITE.sub(r'"\g<0>"', text) if "n" in text else text


def _data_points(timeline: Timeline, first: int, last: int) -> Iterator[tuple[Frame, slice]]:
    """The data points of the steps first … last, each at its first step, and which of its steps are among them."""
    course = timeline.course
    begin, end = first // course.length, last // course.length
    for number, made in enumerate(timeline.iterations(begin, end + 1), begin):
        start = number * course.length
        frame = Frame(owner(timeline, number).scenario, course, number, 0, timeline.row(number) + 1, made)
        yield frame, slice(max(first - start, 0), last - start + 1)


def _moments(timeline: Timeline) -> list[TracedMoment]:
    """Of every step of a data point."""
    made = []
    for m in range(timeline.course.length):
        moment = timeline.course.moment(m)
        suffix = str(timeline.course.address(m)).removeprefix("1:1")
        fields = json.dumps({"kind": moment.kind, "layer": moment.layer, "neuron": moment.neuron or None})[1:-1]
        made.append(TracedMoment(suffix, _symbol(moment), fields))
    return made


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
