"""A stretch of a run as text: a line a step, JSON Lines, or CSV. Whole documents are written in `explain.documents`.

JSON Lines and CSV are contracts: full digits, the fields of docs/trace-format.md, ASCII. A number that is not finite is the
string "nan", "inf" or "-inf".
"""

from collections.abc import Iterator
from typing import Literal, assert_never, get_args

from nntui.explain.documents.blanks import Blanks
from nntui.explain.equations.cells import symbol_of
from nntui.explain.notation.numerals import ALL_DIGITS, Numerals, full
from nntui.explain.trace_lines import json_lines, text_lines
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.training.timeline import Timeline
from nntui.values import dataclass

Format = Literal["text", "jsonl", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)


def trace(timeline: Timeline, first: int, last: int, form: Format, numerals: Numerals = ALL_DIGITS) -> Iterator[str]:
    """Lines, without their ends, for the steps first … last, both included; `numerals` of text only."""
    match form:
        case "text":
            return text_lines(timeline, first, last, numerals)
        case "jsonl":
            return json_lines(timeline, first, last)
        case "csv":
            return csv_lines(timeline.frame(step) for step in range(first, last + 1))
        case _:
            assert_never(form)


CSV_HEADER = "step,epoch,point,row,kind,layer,neuron,from,value"


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """What separates cells, and what comes before decimals: of countries that write 0,5 a semicolon and a comma."""

    comma: bool = False

    def line(self, cells: list[str]) -> str:
        """Cells that hold no separator, as a line."""
        return (";" if self.comma else ",").join(cells)

    def number(self, value: float) -> str:
        """A number with all its digits."""
        return full(value).replace(".", ",") if self.comma else full(value)


_PLAIN = CsvStyle()


def csv_lines(frames: Iterator[Frame], style: CsvStyle = _PLAIN) -> Iterator[str]:
    """One number a line; `from` is j, 0 the bias, empty where a number comes from no one sender."""
    yield style.line(CSV_HEADER.split(","))
    for frame in frames:
        for cells, _, value in _numbers(frame):
            yield style.line([*cells, style.number(value)])


def blank_lines(frames: Iterator[Frame], blanks: Blanks, style: CsvStyle = _PLAIN) -> Iterator[str]:
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
