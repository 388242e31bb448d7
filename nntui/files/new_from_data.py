"""The scenario that `nntui new --data FILE.csv` writes: inputs, target, scale, network and cost that fit the file, and why.

What is chosen is a beginning, to be changed: each choice is in the file with its reason beside it.
"""

import json
import re
import textwrap
from collections.abc import Iterator
from math import ceil
from pathlib import Path

from nntui.files.data.beside import is_beside
from nntui.files.data.csv_data import read_columns
from nntui.files.data.csv_rows import CsvRequest
from nntui.files.data.survey import MOST_DISTINCT, ColumnSurvey, DataSurvey, survey
from nntui.files.io.errors import InputError, did_you_mean
from nntui.files.io.write import check_new, write_new
from nntui.files.scenario.read import scenario_from_text
from nntui.files.schema.keys import MOST_INPUT_TEXTS
from nntui.text.counted import counted
from nntui.text.regex import regex
from nntui.text.safe import quoted, safe
from nntui.values import dataclass

_TARGETS = ("target", "class", "label", "species", "diagnosis", "outcome", "y")  # what people call it, likeliest first
_COUNTER = regex(r"|id|index|row|nr|no|unnamed: 0|.*[ _](id|nr|no|number|index)", re.IGNORECASE)
_MOST_MISSING = 0.2  # of the rows; a column with more is left out
_MOST_CLASSES = 20  # of whole numbers
_ROWS_A_CLASS = 3
_POINTS = 20_000  # data points that a run goes through, about
_LARGE_TARGET = 10.0
_WIDTH = 96


@dataclass(frozen=True, slots=True)
class OutputChoice:
    """The last layer, its cost and η for one kind of target, and why."""

    units: int
    activation: str
    cost: str
    eta: float
    hidden: bool
    one_hot: bool
    why: str


@dataclass(frozen=True, slots=True)
class DataChoice:
    """What was chosen from a data file. left_out: a name and the reason for each column that is not used."""

    inputs: tuple[ColumnSurvey, ...]
    target: ColumnSurvey
    output: OutputChoice
    left_out: tuple[tuple[str, str], ...]


def start_from_data(path: Path, data: Path, target: str | None = None) -> list[Path]:
    """Writes a scenario for a data file that lies in its folder or below; the files that were made.

    target: the name of the target's column, else it is chosen. InputError where the file cannot be used, or the scenario
    is there already.
    """
    check_new(path)
    if not is_beside(data, path.parent):
        raise InputError(str(data), None, f"lies outside the folder of {quoted(path.name)}; expected it there or below")
    found = survey(data, str(data))
    choice = _chosen(found, data, target)
    text = _scenario_text(found, data.resolve().relative_to(path.parent.resolve()), choice)
    scenario_from_text(text, str(path), path.parent)  # so that what is written opens
    write_new({path: text.encode()})
    return [path]


def _scenario_text(found: DataSurvey, file: Path, choice: DataChoice) -> str:
    """The scenario file for a surveyed data file; `file` is where it lies, seen from the scenario."""
    return "\n".join([*_top(found, file), *_network(choice), *_training(found, choice), *_data(found, choice, file)]) + "\n"


# --- choosing


def _chosen(found: DataSurvey, data: Path, target: str | None) -> DataChoice:
    shown = str(data)
    reasons = {column.name: _reason(column, found) for column in found.columns}
    usable = [column for column in found.columns if reasons[column.name] is None]
    chosen = _target(found, usable, target, shown)
    inputs = tuple(column for column in usable if column is not chosen)
    if not inputs:
        raise InputError(shown, None, "has no column beside the target that could be an input; expected one at least")
    left_out = tuple((name, reason) for name, reason in reasons.items() if reason is not None and name != chosen.name)
    if any(column.missing for column in (*inputs, chosen)) and chosen.distinct <= MOST_DISTINCT:
        names = [column.name for column in inputs]
        request = CsvRequest([chosen.name], names, one_hot=True, skip_missing=True, has_header=found.layout.has_header)
        chosen.values = dict.fromkeys(read_columns(data, shown, request).classes)  # of the rows that are kept
    return DataChoice(inputs, chosen, _output(chosen, found, len(inputs)), left_out)


def _reason(column: ColumnSurvey, found: DataSurvey) -> str | None:
    """Why a column cannot be an input; None where it can."""
    rows = found.rows
    if column.missing > _MOST_MISSING * rows:
        return f"{column.missing} of {rows} cells are missing"
    if column.others or (column.numbers and column.texts):
        return "numbers and texts in one column"
    if column.distinct < 2:
        return "the same in every row"
    if column.texts and column.distinct > MOST_INPUT_TEXTS:
        return "too many different texts"
    if column.whole and column.numbers and found.layout.has_header and _COUNTER.fullmatch(column.name.strip()):
        return "a number of each row, by its name"
    return None


def _target(found: DataSurvey, usable: list[ColumnSurvey], name: str | None, shown: str) -> ColumnSurvey:
    by_name = {column.name: column for column in found.columns}
    if name is not None:
        if name not in by_name:
            known = (
                did_you_mean(name, by_name) or f"; expected one of {', '.join(quoted(known, 20) for known in list(by_name)[:6])}"
            )
            raise InputError(shown, None, f"has no column {quoted(name)}{known}")
        column = by_name[name]
        if column.others or (column.numbers and column.texts):
            raise InputError(shown, None, f"column {quoted(name)} holds numbers and texts; expected one kind in the target")
        return column
    if not usable:
        raise InputError(shown, None, "has no column of numbers, or of a few texts, that changes; expected inputs and a target")
    likely = {column.name.strip().lower(): column for column in usable}
    return next((likely[word] for word in _TARGETS if word in likely), usable[-1])


def _output(target: ColumnSurvey, found: DataSurvey, inputs: int) -> OutputChoice:
    classes = target.distinct
    coded = target.whole and 2 <= classes <= _MOST_CLASSES and classes * _ROWS_A_CLASS <= found.rows
    if target.numbers and coded and (target.low, target.high, classes) == (0.0, 1.0, 2):
        why = "the target is 0 or 1: one sigmoid between them, with cross-entropy"
        return OutputChoice(1, "sigmoid", "cross_entropy", 0.1, hidden=True, one_hot=False, why=why)
    if target.texts or coded:
        kind = "texts" if target.texts else "whole numbers"
        if classes == 2:
            first, second = (quoted(name, 20) for name in target.values)
            why = f"two {kind}: {first} is 0 and {second} is 1, one sigmoid between them, with cross-entropy"
            return OutputChoice(1, "sigmoid", "cross_entropy", 0.1, hidden=True, one_hot=not target.texts, why=why)
        why = f"{classes} different {kind}: a softmax output for each class, with cross-entropy"
        return OutputChoice(classes, "softmax", "cross_entropy", 0.1, hidden=True, one_hot=not target.texts, why=why)
    size = max(abs(target.low), abs(target.high))
    if size > _LARGE_TARGET:
        why = f"numbers up to {size:g}, which are not scaled: one layer of identity learns them without hidden neurons"
        return OutputChoice(1, "identity", "half_squared_error", _steady(inputs), hidden=False, one_hot=False, why=why)
    why = "the target is a number of any size: identity, with the squared error"
    return OutputChoice(1, "identity", "half_squared_error", _steady(inputs), hidden=True, one_hot=False, why=why)


def _steady(inputs: int) -> float:
    """A learning rate with which a sum over this many scaled inputs does not overshoot."""
    return next(eta for eta in (0.05, 0.01, 0.005, 0.001, 0.0001) if eta * (inputs + 1) * 4 <= 1.0 or eta <= 0.0001)


# --- writing


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def _text(text: str) -> str:
    """A text of the data file as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _top(found: DataSurvey, file: Path) -> Iterator[str]:
    yield from _comment(
        f"Made from {safe(file.name, 60)}: {counted(found.rows, 'row')}, {counted(len(found.columns), 'column')}."
    )
    yield from _comment("This is a beginning: change it, and `nntui check` tells what does not fit.")
    yield "format = 1"
    yield f"title = {_text(safe(file.stem, 60).strip() or 'Data')}"


def _network(choice: DataChoice) -> Iterator[str]:
    output = choice.output
    yield from ("", "[network]", "seed = 1")
    if output.hidden:
        units = min(max(len(choice.inputs), 3), 8)
        yield from ("", *_comment("one hidden layer, small enough to be looked at number by number"))
        yield from ("[[network.layer]]", f"units = {units}", 'activation = "tanh"')
    yield from ("", *_comment(output.why))
    yield from ("[[network.layer]]", f"units = {output.units}", f'activation = "{output.activation}"')


def _training(found: DataSurvey, choice: DataChoice) -> Iterator[str]:
    epochs = min(max(ceil(_POINTS / found.rows), 5), 200)
    yield from ("", "[training]", f"eta = {choice.output.eta}", f"epochs = {epochs}", f'cost = "{choice.output.cost}"')
    yield from (
        *_comment("rows that lie sorted in a file would be learned and forgotten one kind after the other"),
        'order = "shuffled"',
    )


def _data(found: DataSurvey, choice: DataChoice, file: Path) -> Iterator[str]:
    yield from ("", "[data]", f"file = {_text(file.as_posix())}")
    if not found.layout.has_header:
        yield from (*_comment("the first line holds data: the columns are called 1, 2, …"), "header = false")
    for name, reason in choice.left_out[:20]:
        yield from _comment(f"not an input: {quoted(name)}, {reason}")
    yield from _list("inputs", [_text(column.name) for column in choice.inputs])
    texts = [column for column in choice.inputs if column.texts]
    if texts:
        some = ", ".join(quoted(column.name, 30) for column in texts[:4])
        yield from _comment(f"texts in {some}: an input for each different text, 1 where it is and else 0")
    yield f"target = {_text(choice.target.name)}"
    if choice.output.one_hot:
        yield from (*_comment("the numbers of the target are names of classes"), "one_hot = true")
    yield from _scale(choice)
    missing = max((column.missing for column in (*choice.inputs, choice.target)), default=0)
    if missing:
        yield from (*_comment("some cells are empty, NA or ?: their rows are left out"), 'missing = "skip"')


def _list(key: str, items: list[str]) -> Iterator[str]:
    """A list of texts, over as many lines as it needs."""
    line = f"{key} = ["
    for item in items:
        if len(line) + len(item) > _WIDTH and line.strip():
            yield line.rstrip()
            line = "    "
        line += f"{item}, "
    yield line.removesuffix(", ") + "]"


def _scale(choice: DataChoice) -> Iterator[str]:
    numbers = [column for column in choice.inputs if column.numbers]
    if not numbers:
        return
    widest = max(numbers, key=lambda column: max(abs(column.low), abs(column.high)))
    size = max(abs(widest.low), abs(widest.high))
    if size <= 2.0:
        yield from (*_comment("the inputs are near 1 in size as they are"), 'scale = "none"')
        return
    yield from _comment(f"inputs up to {size:g} ({quoted(widest.name, 30)}) would saturate a σ: mean 0, deviation 1")
    yield 'scale = "standard"'
