"""CSV data files: a header line with distinct names, then one data point a line. Strict, so that no number is misread.

Cells are separated by commas and may be in double quotes ("" is a quote inside them; a quoted cell ends on its line);
spaces and tabs around a cell and blank lines are ignored. Files separated by semicolons or tabs are errors that name the
remedy: their decimals often have commas, and a guess could be wrong without notice. A target column holds classes if its
first cell is no number, or if `one_hot` is set: each distinct cell, as it is written, is a class. Columns that the
scenario does not name may hold anything.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.files.data.csv_lines import CsvLine, cells, lines, plain_number, plain_rows
from nntui.files.io.errors import InputError, did_you_mean
from nntui.files.schema.keys import MOST_POINTS, MOST_UNITS
from nntui.files.schema.value_types import counted
from nntui.text.safe import quoted

MOST_NUMBERS = 1 << 25  # in x and y together: 256 MiB
_BLOCK = 2048  # lines read together


@dataclass(slots=True)
class Columns:
    """The named columns of a CSV file. inputs: (rows, inputs); targets: (rows, outputs); lines[row]: its line in the file."""

    inputs: Array
    targets: Array
    classes: tuple[str, ...]
    lines: "array[int]"


@dataclass(slots=True)
class _Gathered:
    inputs: "array[float]" = field(default_factory=lambda: array("d"))
    targets: "array[float]" = field(default_factory=lambda: array("d"))
    classes: dict[str, int] = field(default_factory=dict)
    lines: "array[int]" = field(default_factory=lambda: array("L"))


class NoColumn(Exception):  # noqa: N818
    """The scenario file names a column that the CSV file does not have."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.message = message


def read_columns(path: Path, shown: str, inputs: Sequence[str], targets: Sequence[str], one_hot: bool) -> Columns:
    """The named columns of a CSV file; InputError, with `shown` as the file, for its first fault; NoColumn for a wrong name."""
    rest = lines(path, shown)
    first = next(rest, None)
    if first is None:
        raise InputError(shown, None, "is empty; expected a header line and data")
    header = cells(first, shown)
    check_header(header, shown, first.number)
    x, y = _positions(inputs, header), _positions(targets, header)
    return _gather(rest, _Wanted(shown, header, x, y), one_hot)


# --- the header


def check_header(header: list[str], shown: str, line: int) -> None:
    """Raises InputError if the cells are separated by something else than commas, or two have the same name."""
    if len(header) == 1:
        for mark, name in ((";", "semicolons"), ("\t", "tabs")):
            if mark in header[0]:
                raise InputError(shown, line, f"cells are separated by {name}; expected commas, and decimals with a point")
    seen = set()
    for name in header:
        if name in seen:
            raise InputError(shown, line, f"two columns are named {quoted(name)}; expected distinct names")
        seen.add(name)


def _positions(names: Sequence[str], header: list[str]) -> list[int]:
    place = {name: at for at, name in enumerate(header)}
    for name in names:
        if name not in place:
            some = ", ".join(quoted(known, 20) for known in header[:6])
            near = did_you_mean(name, header[:1000]) or f"; expected one of {some}{' …' if len(header) > 6 else ''}"
            raise NoColumn(name, f"has no column {quoted(name)}{near}")
    return [place[name] for name in names]


# --- the rows


@dataclass(frozen=True, slots=True)
class _Wanted:
    shown: str
    header: list[str]
    x: list[int]
    y: list[int]

    def numbers(self, row: list[str], columns: list[int], line: CsvLine) -> Iterator[float]:
        """The cells as numbers; InputError for the first that is no number."""
        for column in columns:
            value = plain_number(row[column])
            if value is None:
                found = f"{_shown(row[column])} in column {quoted(self.header[column])}"
                raise InputError(self.shown, line.number, f"{found}; expected a plain number")
            yield value


def _shown(cell: str) -> str:
    return quoted(cell) if cell else "an empty cell"


def _gather(rest: Iterator[CsvLine], wanted: _Wanted, one_hot: bool) -> Columns:
    gathered = _Gathered()
    while block := list(islice(rest, _BLOCK)):
        if not gathered.lines and len(wanted.y) == 1:
            one_hot = one_hot or _is_class(block[0], wanted)
        many = None if one_hot else plain_rows(block, len(wanted.header), wanted.x + wanted.y)
        if many is None:
            _gather_cell_by_cell(block, wanted, one_hot, gathered)
        else:
            gathered.inputs.frombytes(many[:, : len(wanted.x)].tobytes())
            gathered.targets.frombytes(many[:, len(wanted.x) :].tobytes())
            gathered.lines.extend(line.number for line in block)
        _check_size(gathered, wanted)
    if not gathered.lines:
        raise InputError(wanted.shown, None, "has a header and no data; expected one data point a line")
    return _finished(gathered, wanted, one_hot)


def _is_class(line: CsvLine, wanted: _Wanted) -> bool:
    """Whether the target of the first data point is a text; then all targets are classes."""
    row = cells(line, wanted.shown)
    return len(row) == len(wanted.header) and bool(row[wanted.y[0]]) and plain_number(row[wanted.y[0]]) is None


def _gather_cell_by_cell(block: list[CsvLine], wanted: _Wanted, one_hot: bool, gathered: _Gathered) -> None:
    for line in block:
        row = cells(line, wanted.shown)
        if len(row) != len(wanted.header):
            found = f"{counted(len(row), 'cell')}, but the header has {len(wanted.header)}"
            raise InputError(wanted.shown, line.number, f"{found}; expected one cell for each column")
        gathered.inputs.extend(wanted.numbers(row, wanted.x, line))
        if one_hot:
            gathered.targets.append(_class(row[wanted.y[0]], gathered.classes, wanted, line))
        else:
            gathered.targets.extend(wanted.numbers(row, wanted.y, line))
        gathered.lines.append(line.number)


def _class(name: str, classes: dict[str, int], wanted: _Wanted, line: CsvLine) -> int:
    if not name:
        found = f"an empty cell in column {quoted(wanted.header[wanted.y[0]])}"
        raise InputError(wanted.shown, line.number, f"{found}; expected the name of a class")
    number = classes.setdefault(name, len(classes))
    if number >= MOST_UNITS:
        raise InputError(wanted.shown, line.number, f"more than {MOST_UNITS} classes; expected one for each output")
    return number


def _check_size(gathered: _Gathered, wanted: _Wanted) -> None:
    """InputError if there are too many rows or numbers; its line is the last one of the block with the excess."""
    rows, outputs, line = len(gathered.lines), len(gathered.classes) or len(wanted.y), gathered.lines[-1]
    if rows > MOST_POINTS:
        line = gathered.lines[MOST_POINTS]
        raise InputError(wanted.shown, line, f"more than {MOST_POINTS} rows; expected at most so many")
    if rows * (len(wanted.x) + outputs) > MOST_NUMBERS:
        raise InputError(wanted.shown, line, f"more than {MOST_NUMBERS} numbers; expected at most so many (256 MiB)")


def _finished(gathered: _Gathered, wanted: _Wanted, one_hot: bool) -> Columns:
    points = len(gathered.lines)
    x = np.frombuffer(gathered.inputs).reshape(points, -1)
    y = np.frombuffer(gathered.targets).reshape(points, -1)
    for values in (x, y):
        wrong = ~np.isfinite(values).all(axis=1)
        if wrong.any():
            line = gathered.lines[int(wrong.argmax())]
            raise InputError(wanted.shown, line, "a number beyond what float64 can hold; expected a finite number")
    if one_hot:
        y = (y == np.arange(float(len(gathered.classes)))).astype(np.float64)
    return Columns(x, y, tuple(gathered.classes), gathered.lines)
