"""A stretch of a run as text: a line a step, JSON Lines, or CSV. Whole documents are written in `explain.documents`.

JSON Lines and CSV are contracts: full digits, the fields of docs/trace-format.md, ASCII. A number that is not finite is the
string "nan", "inf" or "-inf".
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Literal, get_args

from nntui.explain.documents.blanks import Blanks
from nntui.explain.equations.cells import symbol_of
from nntui.explain.equations.equation import Cell
from nntui.explain.notation.numerals import ALL_DIGITS, Numerals, full
from nntui.explain.notation.symbols import neuron_symbol, weight_symbol
from nntui.training.frame import Frame
from nntui.training.steps import KIND_CARDS
from nntui.training.timeline import Timeline

Format = Literal["text", "jsonl", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)


def trace(timeline: Timeline, first: int, last: int, form: Format, numerals: Numerals = ALL_DIGITS) -> Iterator[str]:
    """Lines, without their ends, for the steps first … last, both included; `numerals` of text only."""
    frames = (timeline.frame(step) for step in range(first, last + 1))
    writers: dict[Format, Callable[[Iterator[Frame]], Iterator[str]]] = {
        "text": lambda frames: text_lines(frames, numerals),
        "jsonl": json_lines,
        "csv": csv_lines,
    }
    return writers[form](frames)


# --- for people


def text_lines(frames: Iterator[Frame], numerals: Numerals = ALL_DIGITS) -> Iterator[str]:
    """`ADDRESS  SYMBOL = VALUE`, in full digits unless others are asked for."""
    for frame in frames:
        yield f"{frame.address!s:<20}  {_symbol(frame)} = {_values(frame, numerals)}"


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


def _values(frame: Frame, numerals: Numerals) -> str:
    moment = frame.moment
    write = full if numerals == ALL_DIGITS else numerals.write
    numbers = [write(value) for value in frame.numbers(moment)]
    if KIND_CARDS[moment.kind].row:
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
    if KIND_CARDS[moment.kind].row:
        biases = frame.scenario.network.layers[moment.layer - 1].biases
        fields["weights"] = values[1:] if biases else values
        fields["bias"] = values[0] if biases else None
    else:
        fields["value"] = values if moment.kind == "input" else values[0]
    return fields


def _number(value: float) -> float | str:
    return value if isfinite(value) else full(value)


CSV_HEADER = "step,epoch,point,row,kind,layer,neuron,from,value"


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """What stands between cells and before decimals: of countries that write 0,5 a semicolon and a comma."""

    comma: bool = False

    def line(self, cells: list[str]) -> str:
        """Cells that hold no separator, as a line."""
        return (";" if self.comma else ",").join(cells)

    def number(self, value: float) -> str:
        """A number with all its digits."""
        return full(value).replace(".", ",") if self.comma else full(value)


def csv_lines(frames: Iterator[Frame], style: CsvStyle = CsvStyle()) -> Iterator[str]:  # it is frozen
    """One number a line; `from` is j, 0 the bias, empty where a number comes from no one sender."""
    yield style.line(CSV_HEADER.split(","))
    for frame in frames:
        for cells, _, value in _numbers(frame):
            yield style.line([*cells, style.number(value)])


def blank_lines(frames: Iterator[Frame], blanks: Blanks, style: CsvStyle = CsvStyle()) -> Iterator[str]:
    """A sheet to be worked out by hand, which `nntui check-work` reads: as `csv_lines`, without the values that are to be
    found, and with a last column for the symbol of each number.
    """
    yield style.line([*CSV_HEADER.split(","), "symbol"])
    number = 0
    for frame in frames:
        moment = frame.moment
        blank = blanks.leaves_out(moment, number)
        number += moment.kind in blanks.kinds
        for cells, sender, value in _numbers(frame):
            cell = Cell(moment.kind, moment.layer, sender if moment.kind == "input" else moment.neuron, sender)
            yield style.line([*cells, "" if blank else style.number(value), symbol_of(cell)])


def _numbers(frame: Frame) -> Iterator[tuple[list[str], int, float]]:
    """The numbers of a step: their places as cells, the sender (0 where there is none), the value."""
    address, moment = frame.address, frame.moment
    neuron = str(moment.neuron) if moment.neuron else ""
    place = [str(frame.step), str(address.epoch), str(address.point), str(frame.row), moment.kind, str(moment.layer), neuron]
    values = frame.numbers(moment)
    for j, value in zip(_senders(frame, len(values)), values, strict=True):
        yield [*place, j], int(j or 0), value


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
