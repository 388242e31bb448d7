"""The rows of a CSV file, gathered as numbers: of a column of texts the number of each text, from 0.

Rows of plain numbers are read in blocks, all others cell by cell, so that a fault names its line, its column and its cell.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import islice

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.files.data.csv_cells import MISSING, is_text, missing_fault, number_fault
from nntui.files.data.csv_layout import CsvLayout
from nntui.files.data.csv_lines import CsvLine, cells, plain_column, plain_number, plain_rows, without_empty_end
from nntui.files.io.errors import InputError
from nntui.files.schema.keys import MOST_INPUT_TEXTS, MOST_POINTS, MOST_UNITS, SeparatorName
from nntui.text.counted import counted
from nntui.text.safe import quoted
from nntui.values import dataclass

MOST_NUMBERS = 1 << 25  # in x and y together: 256 MiB
MOST_FAULTS = 20  # of one file
_BLOCK = 2048  # records parsed together


@dataclass(frozen=True, slots=True)
class CsvRequest:
    """What is asked of a CSV file. inputs None: every column but the targets."""

    targets: Sequence[str]
    inputs: Sequence[str] | None = None
    one_hot: bool = False
    skip_missing: bool = False
    has_header: bool = True
    separator: SeparatorName | None = None


class CsvFaults(Exception):
    """The faults in the rows of a data file, at most `MOST_FAULTS` of them."""

    def __init__(self, faults: list[InputError]) -> None:
        super().__init__(str(faults[0]))
        self.faults = faults


@dataclass(slots=True)
class GatheredRows:
    """The rows that were read so far. x, y: the positions of the columns of inputs and of targets.

    values: row after row, the inputs before the targets; lines: the line of each row. texts: of each column of texts its
    distinct texts, with their numbers. left_out: rows with a missing cell.
    """

    shown: str
    layout: CsvLayout
    request: CsvRequest
    x: list[int]
    y: list[int]
    values: "array[float]" = field(default_factory=lambda: array("d"))
    lines: "array[int]" = field(default_factory=lambda: array("L"))
    texts: dict[int, dict[str, int]] = field(default_factory=dict)
    faults: list[InputError] = field(default_factory=list)
    begun: bool = False
    left_out: int = 0

    def gather(self, records: Iterator[CsvLine]) -> None:
        """Takes in all rows. CsvFaults if some are wrong, InputError if there are none, or too many."""
        while len(self.faults) < MOST_FAULTS and (block := list(islice(records, _BLOCK if self.begun else 1))):
            if not (self.begun and self._take_many(block)):
                for line in block:
                    if len(self.faults) < MOST_FAULTS:
                        self._take(line)
            if self.lines:
                self._check_size()
        if self.faults:
            raise CsvFaults(self.faults[:MOST_FAULTS])
        if not self.lines:
            raise InputError(self.shown, None, self._nothing())

    def _take_many(self, block: list[CsvLine]) -> bool:
        """Takes in all of these records at once, if they are plain numbers and perhaps classes; whether they were."""
        if any(column in self.texts for column in self.x):
            return False
        numbers = [*self.x, *(column for column in self.y if column not in self.texts)]
        many = plain_rows(block, len(self.layout.header), numbers, self.layout.separator)
        if many is None:
            return False
        for column, texts in self.texts.items():
            found = plain_column(block, len(self.layout.header), column, self.layout.separator)
            if not MISSING.isdisjoint(found) or len(texts | dict.fromkeys(found)) > MOST_UNITS:
                return False
            many = np.column_stack([many, [texts.setdefault(cell, len(texts)) for cell in found]])
        self.values.frombytes(many.tobytes())
        self.lines.extend(line.number for line in block)
        return True

    def _nothing(self) -> str:
        if self.left_out:
            return f"has a missing cell in each of its {counted(self.left_out, 'row')}; expected one row at least without"
        return "has a header and no data; expected one data point a line"

    def _take(self, line: CsvLine) -> None:
        """Takes in one record, which is kept, left out, or a fault."""
        width = len(self.layout.header)
        try:
            row = cells(line, self.shown, self.layout.separator)
            if not any(row):
                return
            if len(without_empty_end(row, width)) != width:
                raise self.layout.wrong_width(len(row), self.shown, line)
            if self._is_left_out(row, line):
                self.left_out += 1
                return
            if not self.begun:
                self._begin(row)
            self.values.extend([self._value(row[column], column, line) for column in (*self.x, *self.y)])
            self.lines.append(line.number)
        except InputError as fault:
            self.faults.append(fault)

    def _is_left_out(self, row: list[str], line: CsvLine) -> bool:
        for column in (*self.x, *self.y):
            if row[column] in MISSING:
                if self.request.skip_missing:
                    return True
                raise InputError(self.shown, line.number, missing_fault(row[column], self.layout.header[column]))
        return False

    def _begin(self, row: list[str]) -> None:
        """Tells columns of texts from columns of numbers by the first row."""
        self.begun = True
        for column in self.x:
            if is_text(row[column], self.layout.separator):
                self.texts[column] = {}
        if len(self.y) == 1 and (self.request.one_hot or is_text(row[self.y[0]], self.layout.separator)):
            self.texts[self.y[0]] = {}

    def _value(self, cell: str, column: int, line: CsvLine) -> float:
        texts = self.texts.get(column)
        if texts is not None:
            return self._text(cell, column, texts, line)
        value = plain_number(cell, self.layout.separator)
        if value is None:
            raise InputError(self.shown, line.number, number_fault(cell, self.layout.header[column], self.layout.separator))
        return value

    def _text(self, cell: str, column: int, texts: dict[str, int], line: CsvLine) -> int:
        number = texts.setdefault(cell, len(texts))
        if column in self.y:
            if number >= MOST_UNITS:
                raise InputError(self.shown, line.number, f"more than {MOST_UNITS} classes; expected one for each output")
        elif number >= MOST_INPUT_TEXTS:
            del texts[cell]
            raise InputError(self.shown, line.number, self._too_many_texts(cell, column))
        return number

    def _too_many_texts(self, cell: str, column: int) -> str:
        name = self.layout.header[column]
        found = f"{quoted(cell)} in column {quoted(name)} is its text number {MOST_INPUT_TEXTS + 1}"
        remedy = " (`inputs` names the columns that are inputs)" if self.request.inputs is None else ""
        return f"{found}; expected numbers, or at most {MOST_INPUT_TEXTS} different texts as an input{remedy}"

    def _check_size(self) -> None:
        """InputError for too many rows or numbers, the latter at the last line of the block in which they became too many."""
        rows, line = len(self.lines), self.lines[-1]
        if rows > MOST_POINTS:
            line = self.lines[MOST_POINTS]
            raise InputError(self.shown, line, f"more than {MOST_POINTS} rows; expected no more than that")
        width = sum(len(self.texts[column]) if column in self.texts else 1 for column in (*self.x, *self.y))
        if rows * width > MOST_NUMBERS:
            raise InputError(self.shown, line, f"more than {MOST_NUMBERS} numbers; expected no more than that (256 MiB)")

    @property
    def numbers(self) -> Array:
        """The values of all rows, shape (rows, len(x) + len(y)); InputError if one of them is not finite."""
        values = np.frombuffer(self.values).reshape(len(self.lines), -1)
        wrong = ~np.isfinite(values).all(axis=1)
        if wrong.any():
            line = self.lines[int(wrong.argmax())]
            raise InputError(self.shown, line, "a number beyond what float64 can hold; expected a finite number")
        return values
