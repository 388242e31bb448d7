"""A stretch of a run as text: a line a step, JSON Lines, CSV, or a worked example in Markdown.

JSON Lines and CSV are contracts: full digits, the fields of docs/trace-format.md, ASCII. A number that is not finite is the
string "nan", "inf" or "-inf".
"""

import json
import re
from collections.abc import Callable, Iterator
from math import isfinite
from typing import Literal, get_args

from nntui.explain.derive import derive
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.equations.equation import Equation, EquationRow, Number, Part
from nntui.explain.notation.numerals import FOUR, Numerals, full
from nntui.explain.notation.symbols import neuron_symbol, weight_symbol
from nntui.training.frame import Frame
from nntui.training.steps import KIND_CARDS, Phase
from nntui.training.timeline import Timeline

Format = Literal["text", "jsonl", "csv", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)


def trace(timeline: Timeline, first: int, last: int, form: Format, blank: bool = False) -> Iterator[str]:
    """Lines, without their ends, for the steps first … last, both included; `blank`, of CSV only: a sheet to fill in."""
    frames = (timeline.frame(step) for step in range(first, last + 1))
    if blank:
        assert form == "csv"
        return csv_lines(frames, blank=True)
    writers: dict[Format, Callable[[Iterator[Frame]], Iterator[str]]] = {
        "text": text_lines,
        "jsonl": json_lines,
        "csv": csv_lines,
        "markdown": markdown_lines,
    }
    return writers[form](frames)


# --- for people


def text_lines(frames: Iterator[Frame]) -> Iterator[str]:
    """`ADDRESS  SYMBOL = VALUE`, in full digits."""
    for frame in frames:
        yield f"{frame.address!s:<20}  {_symbol(frame)} = {_values(frame)}"


def _symbol(frame: Frame) -> str:
    moment = frame.moment
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


def _values(frame: Frame) -> str:
    moment = frame.moment
    numbers = [full(value) for value in frame.numbers(moment)]
    if moment.kind in ("gradient", "update"):
        if frame.scenario.network.layers[moment.layer - 1].biases:
            return f"({', '.join(numbers[1:])})  bias {numbers[0]}"
        return f"({', '.join(numbers)})"
    return f"({', '.join(numbers)})" if moment.kind == "input" else numbers[0]


# --- for programs


def json_lines(frames: Iterator[Frame]) -> Iterator[str]:
    """One object a step."""
    for frame in frames:
        yield json.dumps(record(frame))


def record(frame: Frame) -> dict[str, object]:
    """A step as the object of the `trace` contract."""
    address, moment = frame.address, frame.moment
    fields: dict[str, object] = {
        "step": frame.step,
        "epoch": address.epoch,
        "point": address.point,
        "row": frame.row,
        "kind": moment.kind,
        "layer": moment.layer,
        "neuron": moment.neuron or None,
    }
    values = [_number(value) for value in frame.numbers(moment)]
    if moment.kind in ("gradient", "update"):
        biases = frame.scenario.network.layers[moment.layer - 1].biases
        fields["weights"] = values[1:] if biases else values
        fields["bias"] = values[0] if biases else None
    else:
        fields["value"] = values if moment.kind == "input" else values[0]
    return fields


def _number(value: float) -> float | str:
    return value if isfinite(value) else full(value)


CSV_HEADER = "step,epoch,point,row,kind,layer,neuron,from,value"


def csv_lines(frames: Iterator[Frame], blank: bool = False) -> Iterator[str]:
    """One number a line; `from` is j, 0 the bias, empty where a number comes from no one sender.

    blank: no values but the inputs, a sheet to be computed by hand (`nntui check-work` reads it).
    """
    yield CSV_HEADER
    for frame in frames:
        address, moment = frame.address, frame.moment
        neuron = str(moment.neuron) if moment.neuron else ""
        place = f"{frame.step},{address.epoch},{address.point},{frame.row},{moment.kind},{moment.layer},{neuron}"
        values = frame.numbers(moment)
        for j, value in zip(_senders(frame, len(values)), values, strict=True):
            yield f"{place},{j},{'' if blank and moment.kind != 'input' else full(value)}"


def _senders(frame: Frame, count: int) -> list[str]:
    moment = frame.moment
    match moment.kind:
        case "input":
            return [str(j) for j in range(1, count + 1)]
        case "gradient" | "update":
            first = 0 if frame.scenario.network.layers[moment.layer - 1].biases else 1
            return [str(j) for j in range(first, first + count)]
        case _:
            return [""]


# --- for a handout

HEADINGS: dict[Phase, str] = {
    "input": "Input",
    "forward": "Forward: z and a",
    "cost": "Cost",
    "backward": "Backward: δ",
    "update": "Gradients and new weights",
}
MOST_TERMS = 16  # of a sum on paper; longer ones are shortened in the middle


def markdown_lines(frames: Iterator[Frame]) -> Iterator[str]:
    """A worked example: every equation with its number, its numbers put in, and its value."""
    place: tuple[int, int] | None = None
    phase: Phase | None = None
    for frame in frames:
        address = frame.address
        if place is None:
            yield from _opening(frame)
        if place != (address.epoch, address.point):
            place, phase = (address.epoch, address.point), None
            yield from ("", f"## Epoch {address.epoch}, data point {address.point} (row {frame.row})")
        if phase != KIND_CARDS[frame.moment.kind].phase:
            phase = KIND_CARDS[frame.moment.kind].phase
            yield from ("", f"### {HEADINGS[phase]}")
        yield from _worked(derive(frame))


def _opening(frame: Frame) -> Iterator[str]:
    scenario = frame.scenario
    network = scenario.network
    shape = "–".join(str(size) for size in network.sizes)
    sigmas = ", ".join(layer.activation for layer in network.layers)
    yield f"# {_escaped(scenario.title)}"
    if scenario.about.strip():
        yield from ("", *(f"> {_escaped(line)}".rstrip() for line in scenario.about.strip().splitlines()))
    yield ""
    yield f"Network {shape} ({sigmas}), η = {full(network.eta)}, C = {cost_card(network).short}."
    yield "Where ≈ stands, numbers are shortened."


def _worked(equation: Equation) -> Iterator[str]:
    label = f"**{equation.label}** " if equation.label else ""
    yield from ("", f"{label}{_escaped(equation.sentence)}", "", f"    {equation.formula}")
    for row in equation.rows:
        yield f"      {row.sign(FOUR)} {written(row, FOUR, MOST_TERMS)}"


def written(row: EquationRow, numerals: Numerals, most: int) -> str:
    """A row as text, its sums shortened to `most` terms."""
    return "".join(_part(part, numerals, most) for part in row.parts)


def _part(part: Part, numerals: Numerals, most: int) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Number):
        return part.write(numerals)
    terms = ["".join(_part(atom, numerals, most) for atom in term) for term in part.terms]
    if len(terms) > most + 1:
        terms = [*terms[: most - 1], f"… {len(terms) - most} more …", terms[-1]]
    return part.joiner.join(terms)


def _escaped(text: str) -> str:
    """Text of a file in Markdown: its letters are letters, no heading, list or link."""
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]#+|<>~&$=" else c for c in text).replace("://", "\\://")
    return re.sub(r"^(\s*)([-+]|\d+[.)])(?=\s|$)", r"\1\\\2", escaped)
