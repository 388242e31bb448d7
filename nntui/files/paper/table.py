"""A table as spreadsheets save it: header and rows, whatever separates the cells and however they are encoded.

Read are UTF-8 and UTF-16, with a mark at the beginning or without, else the Windows letters; commas, semicolons or tabs
between cells; cells in double quotes, in which a line may end; columns and rows that are empty at the end. A comma file
that was opened where semicolons are usual has each line whole in its first cell, and is read too.
"""

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from pathlib import Path

from nntui.files.io.errors import InputError, did_you_mean
from nntui.files.io.read import DATA_LIMIT, read_bytes
from nntui.text.counted import counted
from nntui.text.decimal import BLANKS
from nntui.text.safe import quoted
from nntui.values import dataclass

_MARKS = (";", "\t", ",")
_MOST_CELL = 1 << 17  # characters, as the csv module has it


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of the columns that were asked for, in that order; `line` is where the row ends in its file, from 1."""

    line: int
    cells: tuple[str, ...]


def read_table(path: str | Path, columns: Sequence[str]) -> Iterator[SheetRow]:
    """The rows of a file that are not empty; InputError where it cannot be read or a column is not there."""
    shown = str(path)
    text = decoded_table(read_bytes(path, DATA_LIMIT), shown)
    mark, first = _separator(text, columns)
    rows = _rows(text, mark, shown)
    header: _Header | None = None
    for line, cells in rows:
        if not any(cells) or (line == 1 and first):
            continue
        if header is None:
            header = _header(cells, columns, shown, line)
        else:
            yield SheetRow(line, header.pick(cells, shown, line))
    if header is None:
        raise InputError(shown, None, "is empty; expected a header line and answers")


def decoded_table(data: bytes, shown: str) -> str:
    """The text of a file: UTF-8, UTF-16, or what Windows writes, since letters matter only in columns that are passed over.

    InputError for UTF-16 that is cut off.
    """
    encoding = _wide(data)
    if encoding:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            raise InputError(shown, 1, "is not whole UTF-16; expected a file saved as CSV in UTF-8") from None
    data = data.removeprefix(BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _wide(data: bytes) -> str:
    """The name of UTF-16 where a file begins with its mark, or with an ASCII letter in it; else nothing."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    return "utf-16-be" if data[:1] == b"\0" else "utf-16-le" if data[1:2] == b"\0" else ""


def _separator(text: str, columns: Sequence[str]) -> tuple[str, bool]:
    """What separates the cells, and whether the first line only says so (`sep=;`)."""
    lines = text.lstrip("\r\n").split("\n", 2)
    told = lines[0].strip().strip('"')
    if told.lower().startswith("sep=") and told[4:5] in _MARKS:
        return told[4], True
    for mark in _MARKS[:2]:
        whole, *beside = lines[0].split(mark)
        if beside and not "".join(beside).strip() and _known(whole, ",", columns) > 1:
            return mark, False
    return max(_MARKS, key=lambda mark: _known(lines[0], mark, columns)), False


def _known(line: str, mark: str, columns: Sequence[str]) -> int:
    """How many of the columns a line names with this mark between its cells."""
    return len({_name(cell) for cell in line.split(mark)} & set(columns))


def _name(cell: str) -> str:
    return cell.strip(BLANKS + '"\r\n').lower()


def _rows(text: str, mark: str, shown: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True, strict=True)
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            fault = f'a quote goes wrong, or a cell has more than {_MOST_CELL} characters; expected "…" round a whole cell'
            raise InputError(shown, reader.line_num, fault) from None
        if row is None:
            return
        cells = [cell.strip(BLANKS) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield reader.line_num, cells


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the columns that were asked for are. whole: each line is in its first cell, commas between."""

    width: int
    places: tuple[int, ...]
    whole: bool

    def pick(self, cells: list[str], shown: str, line: int) -> tuple[str, ...]:
        if self.whole:
            cells = self._taken_apart(cells)
        if len(cells) > self.width:
            found = f"{counted(len(cells), 'cell')}, but the header has {self.width}"
            remedy = "a decimal comma needs a point, quotes, or semicolons between cells"
            raise InputError(shown, line, f"{found}; expected one cell for each column ({remedy})")
        return tuple(cells[place] if place < len(cells) else "" for place in self.places)

    def _taken_apart(self, cells: list[str]) -> list[str]:
        """A line out of its first cell; a number that was typed into a cell beside it is its value, where it has none."""
        parts = [part.strip(BLANKS) for part in cells[0].split(",")]
        beside = [cell for cell in cells[1:] if cell]
        value = self.places[-1]
        if len(beside) == 1 and len(parts) >= value and not "".join(parts[value : value + 1]):
            parts[value : value + 1] = beside
        while parts and not parts[-1]:
            parts.pop()
        return parts


def _header(cells: list[str], columns: Sequence[str], shown: str, line: int) -> _Header:
    names = [_name(cell) for cell in cells]
    whole = len([name for name in names if name]) == 1 and _known(cells[0], ",", columns) > 1
    if whole:
        names = [_name(cell) for cell in cells[0].split(",")]
    for column in columns:
        if column not in names:
            advice = did_you_mean(column, names[:1000]) or f"; expected the columns {', '.join(columns)}"
            raise InputError(shown, line, f"there is no column {quoted(column)}{advice}")
        if names.count(column) > 1:
            raise InputError(shown, line, f"two columns are named {quoted(column)}; expected distinct names")
    return _Header(len(names), tuple(names.index(column) for column in columns), whole)
