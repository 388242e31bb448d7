"""A sheet of answers, as CSV in the form that `nntui trace --format csv` prints, or as TOML.

CSV, as any spreadsheet saves it (`paper.table`): the columns epoch, point, kind, layer, neuron, from and value by their
names, in any order; others (step, row, a student's own) may hold anything. An empty value is not answered, and a row that
has neither a value nor a place is passed over. TOML, a table for each step:

    [[answer]]
    at = "1:1:delta:1:2"
    value = "0.0100"            # a number, or a text to keep its digits

    [[answer]]
    at = "1:1:update:1:2"
    weights = [0.25, "", 0.1]   # w_k1, w_k2, …; "" is not answered
    bias = 0.345

Strict about what a number is and where it belongs: what is misread would be marked wrong.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nntui.files.io.errors import InputError, did_you_mean
from nntui.files.io.read import read_text
from nntui.files.paper.table import read_table
from nntui.files.schema.value_types import found
from nntui.files.toml.document import Document, parse
from nntui.lesson.answers import Answer
from nntui.text.counted import counted
from nntui.text.decimal import BLANKS, NotANumber, TypedNumber, read_typed
from nntui.text.regex import regex
from nntui.text.safe import quoted
from nntui.training.address import AddressError, Moment
from nntui.training.kinds import KINDS
from nntui.training.scenario import Scenario
from nntui.training.steps import Course

MOST_ANSWERS = 100_000
COLUMNS = ("epoch", "point", "kind", "layer", "neuron", "from", "value")
_INTEGER = regex(r"\A\+?([0-9]{1,20})(?:[.,]0*)?\Z")
_KEYS = ("at", "value", "weights", "bias")


def read_answers(path: str | Path, scenario: Scenario) -> list[Answer]:
    """The answers in a file, in its order; InputError, with the line, for the first fault in it."""
    name, sheet = str(path), _Sheet(str(path), scenario)
    made = _from_toml(parse(read_text(path), name), sheet) if name.lower().endswith(".toml") else _from_csv(Path(path), sheet)
    answers: list[Answer] = []
    place: dict[tuple[int, int], int] = {}
    for answer in made:
        if len(answers) == MOST_ANSWERS:
            raise InputError(name, answer.line, f"more than {MOST_ANSWERS} answers; expected no more than that")
        known = len(place)
        first = place.setdefault(answer[:2], answer.line)
        if len(place) == known:
            address = f"{sheet.course.address(answer.step)}{sheet.sender_words(answer)}"
            raise InputError(name, answer.line, f"{address} is answered again; expected it once, as on line {first}")
        answers.append(answer)
    if not answers:
        raise InputError(name, None, "has no answers; expected one number a line")
    return answers


class _Sheet:
    """The file's name and the run it is about: what every answer is checked against."""

    def __init__(self, name: str, scenario: Scenario) -> None:
        self.name = name
        self.network = scenario.network
        self.course: Course = scenario.course

    def fault(self, line: int | None, message: str) -> InputError:
        return InputError(self.name, line, message)

    def step(self, address: str, line: int | None) -> tuple[int, Moment]:
        """The step of an address that names its kind."""
        try:
            step = self.course.parse(address)
        except AddressError as error:
            words = str(error)
            raise self.fault(line, words if ";" in words else f"{words}; expected a place of this run") from None
        return step, self.course.moment(step % self.course.length)

    def senders(self, moment: Moment) -> range | None:
        """j of the numbers of a step; None where a number comes from no one sender."""
        match moment.kind:
            case "input":
                return range(1, self.network.inputs + 1)
            case "gradient" | "update":
                first = 0 if self.network.layers[moment.layer - 1].biases else 1
                return range(first, self.network.sizes[moment.layer - 1] + 1)
            case _:
                return None

    def sender_words(self, answer: Answer) -> str:
        senders = self.senders(self.course.moment(answer.step % self.course.length))
        return "" if senders is None else f" from {answer.sender}"

    def typed(self, text: str, line: int | None) -> TypedNumber | None:
        """A number; None for an empty place."""
        try:
            return read_typed(text) if text.strip(BLANKS) else None
        except NotANumber as error:
            raise self.fault(line, str(error)) from None


# --- CSV


def _from_csv(path: Path, sheet: _Sheet) -> Iterator[Answer]:
    for row in read_table(path, COLUMNS):
        cells = [*map(_whole, row.cells[:-1]), row.cells[-1]]
        if cells[-1] or _is_address(cells[:-1]):
            yield _answer(cells, sheet, row.line)


def _whole(cell: str) -> str:
    """A part of a place as it is meant: programs that know no empty whole number write 1.0 or 1,0 for 1."""
    lower = cell.lower()
    return lower if lower in KINDS else _INTEGER.sub(r"\1", cell)


def _is_address(cells: list[str]) -> bool:
    """Whether a row without a value is a place to be answered; a heading or a remark between the rows is not."""
    return cells[2] in KINDS and all(cell.isascii() and cell.isdigit() for cell in (cells[0], cells[1]))


def _answer(row: list[str], sheet: _Sheet, line: int) -> Answer:
    epoch, point, kind, layer, neuron, sender, value = row
    short = kind in ("input", "cost") and not neuron
    place = [layer] if short and layer else [] if short else [layer, neuron]
    step, moment = sheet.step(":".join([epoch, point, kind, *place]), line)
    return Answer(step, _sender(sender, moment, sheet, line), line, sheet.typed(value, line))


def _sender(text: str, moment: Moment, sheet: _Sheet, line: int) -> int:
    senders = sheet.senders(moment)
    if senders is None:
        if text:
            raise sheet.fault(line, f"{quoted(text)} in column 'from'; expected nothing, {moment.kind} comes from no one sender")
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) in senders):
        shown = quoted(text) if text else "nothing"
        raise sheet.fault(line, f"{shown} in column 'from'; expected {senders.start} to {senders.stop - 1}")
    return int(text)


# --- TOML


def _from_toml(document: Document, sheet: _Sheet) -> Iterator[Answer]:
    for key in document.values:
        if key != "answer":
            raise sheet.fault(document.line((key,)), f"unknown key {quoted(key)}; expected [[answer]]")
    tables = document.values.get("answer", [])
    if not isinstance(tables, list):
        raise sheet.fault(document.line(("answer",)), f"`answer` is {found(tables)}; expected [[answer]] with double brackets")
    for number, table in enumerate(tables):
        line = document.line(("answer", number))
        if not isinstance(table, dict):
            raise sheet.fault(line, f"answer {number + 1} is {found(table)}; expected a table [[answer]]")
        yield from _of_table(table, _Table(document, sheet, number))


class _Table:
    """An [[answer]]: where its keys are, and its faults."""

    def __init__(self, document: Document, sheet: _Sheet, number: int) -> None:
        self.document, self.sheet, self.number = document, sheet, number

    def line(self, *path: str | int) -> int:
        return self.document.line(("answer", self.number, *path)) or 1

    def fault(self, message: str, *path: str | int) -> InputError:
        return self.sheet.fault(self.line(*path), message)

    def typed(self, value: object, *path: str | int) -> TypedNumber | None:
        """A number, or a text that is one; None for an empty text."""
        if type(value) in (int, float):
            return self.sheet.typed(repr(value), self.line(*path))
        if isinstance(value, str):
            return self.sheet.typed(value, self.line(*path))
        raise self.fault(f"`{path[0]}` is {found(value)}; expected a number, or a text that is one", *path)


def _of_table(values: dict[str, Any], table: _Table) -> Iterator[Answer]:
    for key in values:
        if key not in _KEYS:
            advice = did_you_mean(key, _KEYS) or f"; expected one of {', '.join(_KEYS)}"
            raise table.fault(f"unknown key {quoted(key)} in [[answer]]{advice}", key)
    at = values.get("at")
    if not isinstance(at, str):
        raise table.fault(
            f"`at` is {found(at) if 'at' in values else 'missing'}; expected an address such as 1:1:delta:1:2", "at"
        )
    if at.count(":") < 2:
        raise table.fault(f"`at` is {quoted(at)}; expected an address that names a kind, such as 1:1:delta:1:2", "at")
    step, moment = table.sheet.step(at, table.line("at"))
    senders = table.sheet.senders(moment)
    if senders is None:
        yield from _single(values, table, step, moment)
    elif moment.kind == "input":
        raise table.fault("`at` names an input; expected a number that is worked out", "at")
    else:
        yield from _row(values, table, step, senders)


def _single(values: dict[str, Any], table: _Table, step: int, moment: Moment) -> Iterator[Answer]:
    wrong = next((key for key in ("weights", "bias") if key in values), None)
    if wrong:
        raise table.fault(f"`{wrong}` at a {moment.kind}, which is one number; expected `value`", wrong)
    if "value" not in values:
        raise table.fault("`value` is missing in [[answer]]; expected a number, or a text that is one")
    yield Answer(step, 0, table.line("value"), table.typed(values["value"], "value"))


def _row(values: dict[str, Any], table: _Table, step: int, senders: range) -> Iterator[Answer]:
    if "value" in values:
        raise table.fault("`value` at a row of weights; expected `weights` and `bias`", "value")
    if "weights" not in values and "bias" not in values:
        raise table.fault("`weights` and `bias` are missing in [[answer]]; expected one or both")
    if "bias" in values:
        if senders.start:
            raise table.fault("`bias` at a layer without biases; expected `weights` alone", "bias")
        yield Answer(step, 0, table.line("bias"), table.typed(values["bias"], "bias"))
    if "weights" in values:
        weights, count = values["weights"], senders.stop - 1
        if not isinstance(weights, list) or len(weights) != count:
            expected = f'a list of {counted(count, "number")}, with "" for what is not answered'
            raise table.fault(f"`weights` is {found(weights)}; expected {expected}", "weights")
        for at, value in enumerate(weights):
            yield Answer(step, at + 1, table.line("weights", at), table.typed(value, "weights", at))
