"""The lines of a trace, data point by data point: what is the same at every data point is written once, as a template.

A step of a data point (`Moment`) has its symbol, its place in JSON and how its numbers are put.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from nntui.explain.notation.numerals import ALL_DIGITS, Numerals
from nntui.explain.notation.symbols import neuron_symbol, weight_symbol
from nntui.explain.trace_templates import LineTemplate, PointTemplate, StepPlaces, flat_numbers, joined, step_places
from nntui.training.frame import Frame
from nntui.training.steps import KIND_CARDS, Moment
from nntui.training.timeline import Timeline
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class TracedMoment:
    """A step of any data point, the m-th of it from 0.

    suffix: of its address, behind EPOCH:POINT. fields: its kind, layer and neuron in JSON. listed: its numbers are a list.
    biased: the first of them is a bias. row: they are weights or their gradients.
    """

    m: int
    suffix: str
    symbol: str
    fields: str
    listed: bool
    row: bool
    biased: bool


def text_lines(timeline: Timeline, first: int, last: int, numerals: Numerals = ALL_DIGITS) -> Iterator[str]:
    """`ADDRESS  SYMBOL = VALUE`, in full digits unless others are asked for."""
    write = repr if numerals == ALL_DIGITS else numerals.write
    templates: dict[int, PointTemplate] = {}  # by the length of EPOCH:POINT, which is part of what is padded
    for frame, wanted in _data_points(timeline, first, last):
        epoch, point = divmod(frame.number, frame.course.points)
        place = f"{epoch + 1}:{point + 1}"
        if len(place) not in templates:
            templates[len(place)] = _template(timeline, frame, partial(_text_line, blanks=20 - len(place)))
        lines = templates[len(place)].lines(_texts(frame, place, map(write, flat_numbers(frame))))
        yield from lines[wanted.start : wanted.stop]


def _text_line(traced: TracedMoment, at: StepPlaces, blanks: int) -> LineTemplate:
    places = at.numbers
    head = f"%s{traced.suffix:<{blanks}}  {traced.symbol} = "
    if not traced.listed:
        return LineTemplate(head + "%s", (PLACE, *places))
    if traced.biased:
        bias, *weights = places
        return LineTemplate(f"{head}({_slots(weights)})  bias %s", (PLACE, *weights, bias))
    return LineTemplate(f"{head}({_slots(places)})", (PLACE, *places))


def json_lines(timeline: Timeline, first: int, last: int) -> Iterator[str]:
    """One object a step, in full digits."""
    template: PointTemplate | None = None
    for frame, wanted in _data_points(timeline, first, last):
        epoch, point = divmod(frame.number, frame.course.points)
        place = f'"epoch": {epoch + 1}, "point": {point + 1}, "row": {frame.row}'
        if template is None:
            template = _template(timeline, frame, _json_line)
        texts = _texts(frame, place, map(repr, flat_numbers(frame)))
        if not NOT_FINITE.isdisjoint(texts):
            texts = [f'"{text}"' if text in NOT_FINITE else text for text in texts]
        yield from template.lines(texts)[wanted.start : wanted.stop]


def _json_line(traced: TracedMoment, at: StepPlaces) -> LineTemplate:
    step, places = STEPS + traced.m, at.numbers
    if traced.row:
        bias, weights = (places[:1], places[1:]) if traced.biased else ([], places)
        numbers = f'"weights": [{_slots(weights)}], "bias": {"%s" if bias else "null"}'
        places = [*weights, *bias]
        for name, (kept_bias, *rest) in at.kept.items():
            numbers += f', "{name}": [{_slots(rest)}], "{name}_bias": {"%s" if bias else "null"}'
            places += [*rest, *([kept_bias] if bias else [])]
    else:
        numbers = f'"value": [{_slots(places)}]' if traced.listed else '"value": %s'
    return LineTemplate(f'{{"step": %s, %s, {traced.fields}, {numbers}}}', (step, PLACE, *places))


def _slots(places: list[int]) -> str:
    return ", ".join(["%s"] * len(places))


AHEAD = 256  # data points whose weights are computed at once, which is quicker than one by one
NOT_FINITE = frozenset({"nan", "inf", "-inf"})
PLACE, STEPS = 0, 1  # in the list of texts: where the data point is, then the number of each of its steps, then its numbers


def _texts(frame: Frame, place: str, numbers: Iterable[str]) -> list[str]:
    """All that is put into a template."""
    return [place, *map(str, range(frame.step, frame.step + frame.course.length)), *numbers]


def _template(timeline: Timeline, frame: Frame, line: Callable[[TracedMoment, StepPlaces], LineTemplate]) -> PointTemplate:
    """The lines of a data point; line: of one step, and where its numbers are."""
    moments = _moments(timeline)
    return joined([line(moments[at.m], at) for at in step_places(frame, STEPS + timeline.course.length)])


def _data_points(timeline: Timeline, first: int, last: int) -> Iterator[tuple[Frame, range]]:
    """The data points of the steps first … last, each at its first step, and which of its steps are among them."""
    length = timeline.course.length
    for number in range(first // length, last // length + 1):
        if not number % AHEAD:
            for _ in timeline.reach(min(number + AHEAD, last // length + 1)):
                pass
        start = number * length
        yield timeline.frame(start), range(max(first - start, 0), min(last - start, length - 1) + 1)


def _moments(timeline: Timeline) -> list[TracedMoment]:
    """Of every step of a data point."""
    made = []
    for m in range(timeline.course.length):
        moment = timeline.course.moment(m)
        suffix = str(timeline.course.address(m)).removeprefix("1:1")
        fields = json.dumps({"kind": moment.kind, "layer": moment.layer, "neuron": moment.neuron or None})[1:-1]
        row = KIND_CARDS[moment.kind].row
        biased = row and timeline.scenario.network.layers[moment.layer - 1].biases
        made.append(TracedMoment(m, suffix, _symbol(moment), fields, row or moment.kind == "input", row, biased))
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
