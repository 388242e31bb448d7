"""The lines of a trace, data point by data point: what is the same at every data point is written once.

A step of a data point (`Moment`) has its symbol, its place in JSON and how its numbers are put; the numbers come layer by
layer out of an iteration, not step by step.
"""

import json
from collections.abc import Iterator
from math import isfinite

from nntui.explain.notation.numerals import ALL_DIGITS, Numerals, full
from nntui.explain.notation.symbols import neuron_symbol, weight_symbol
from nntui.training.frame import Frame
from nntui.training.steps import KIND_CARDS, Moment
from nntui.training.timeline import Timeline
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class TracedMoment:
    """A step of any data point.

    suffix: of its address, behind EPOCH:POINT. fields: its kind, layer and neuron in JSON. listed: its numbers are a list.
    biased: the first of them is a bias. row: they are weights or their gradients.
    """

    suffix: str
    symbol: str
    fields: str
    listed: bool
    row: bool
    biased: bool


def text_lines(timeline: Timeline, first: int, last: int, numerals: Numerals = ALL_DIGITS) -> Iterator[str]:
    """`ADDRESS  SYMBOL = VALUE`, in full digits unless others are asked for."""
    write = repr if numerals == ALL_DIGITS else numerals.write
    for frame, steps in _data_points(timeline, first, last):
        epoch, point = divmod(frame.number, frame.course.points)
        place = f"{epoch + 1}:{point + 1}"
        for _, traced, values in steps:
            if not traced.listed:
                text = write(values[0])
            elif traced.biased:
                text = f"({', '.join(map(write, values[1:]))})  bias {write(values[0])}"
            else:
                text = f"({', '.join(map(write, values))})"
            yield f"{place + traced.suffix:<20}  {traced.symbol} = {text}"


def json_lines(timeline: Timeline, first: int, last: int) -> Iterator[str]:
    """One object a step, in full digits."""
    for frame, steps in _data_points(timeline, first, last):
        epoch, point = divmod(frame.number, frame.course.points)
        place = f'"epoch": {epoch + 1}, "point": {point + 1}, "row": {frame.row}'
        for step, traced, values in steps:
            if traced.row:
                bias = _number(values[0]) if traced.biased else "null"
                numbers = f'"weights": {_list(values[1:] if traced.biased else values)}, "bias": {bias}{_kept(frame, step)}'
            else:
                numbers = f'"value": {_list(values) if traced.listed else _number(values[0])}'
            yield f'{{"step": {step}, {place}, {traced.fields}, {numbers}}}'


def _kept(frame: Frame, step: int) -> str:
    """The fields of an update row that a batch and momentum add: G with this data point in it, and v after it."""
    network, moment = frame.scenario.network, frame.course.moment(step - frame.step)
    if moment.kind != "update":
        return ""
    fields = ""
    for name, kept, on in (("sum", frame.sums, network.batched), ("velocity", frame.velocities, network.moving)):
        if on:
            bias, *rest = kept(moment.layer)[moment.neuron - 1].tolist()
            fields += f', "{name}": {_list(rest)}, "{name}_bias": '
            fields += _number(bias) if network.layers[moment.layer - 1].biases else "null"
    return fields


TracedSteps = Iterator[tuple[int, TracedMoment, list[float]]]
"""Steps of the run, each with its numbers."""


def _data_points(timeline: Timeline, first: int, last: int) -> Iterator[tuple[Frame, TracedSteps]]:
    """The steps first … last, data point by data point, each with the frame of its first step."""
    course = timeline.course
    moments = _moments(timeline)
    for number in range(first // course.length, last // course.length + 1):
        start = number * course.length
        wanted = range(max(first - start, 0), min(last - start, course.length - 1) + 1)
        frame = timeline.frame(start)
        yield frame, _of_point(frame, moments, wanted)


def _of_point(frame: Frame, moments: list[TracedMoment], wanted: range) -> TracedSteps:
    start = frame.step
    for group in frame.course.groups:
        steps = range(max(group.start, wanted.start), min(group.start + group.count, wanted.stop))
        if not steps:
            continue
        found = frame.values(group.kind, group.layer)
        if found.ndim == 2:
            rows = found[0 if frame.scenario.network.layers[group.layer - 1].biases else 1 :].T.tolist()
        else:
            rows = [[value] for value in found.tolist()] if KIND_CARDS[group.kind].each else [found.tolist()]
        for step in steps:
            yield start + step, moments[step], rows[step - group.start]


def _moments(timeline: Timeline) -> list[TracedMoment]:
    """Of every step of a data point."""
    made = []
    for m in range(timeline.course.length):
        moment = timeline.course.moment(m)
        suffix = str(timeline.course.address(m)).removeprefix("1:1")
        fields = json.dumps({"kind": moment.kind, "layer": moment.layer, "neuron": moment.neuron or None})[1:-1]
        row = KIND_CARDS[moment.kind].row
        biased = row and timeline.scenario.network.layers[moment.layer - 1].biases
        made.append(TracedMoment(suffix, _symbol(moment), fields, row or moment.kind == "input", row, biased))
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


def _number(value: float) -> str:
    return repr(value) if isfinite(value) else f'"{full(value)}"'


def _list(values: list[float]) -> str:
    return repr(values) if all(map(isfinite, values)) else f"[{', '.join(map(_number, values))}]"
