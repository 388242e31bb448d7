"""The records of a CSV file and the cells in them, read as they are needed: a large file is never whole in memory.

A record is a line, or several where a cell in quotes holds line breaks. Cells may be in double quotes ("" is a quote
inside them); spaces and tabs round a cell are ignored.
"""

import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.files.io.errors import InputError
from nntui.files.io.read import DATA_LIMIT, MIB, decoded, open_regular, too_big
from nntui.text.decimal import MINUS
from nntui.text.regex import regex

MOST_LINE = MIB

Separator = Literal[",", ";", "\t", " "]
"""What is between two cells; " " means one or more spaces and tabs."""

# of these characters float() makes plain decimals and nothing else: no 1_0, infinity, nan or full-width digits
_PLAIN = regex(r"[0-9eE+\-.]*+")
_PLAIN_LINE = regex(r"[0-9eE+\-.,; \t]*+")
_BLANK = {",": r"[ \t]*+", ";": r"[ \t]*+", "\t": r"[ ]*+"}
_CELLS = {
    separator: regex(rf"""{blank}(?:"((?>(?:[^"]++|"")*))"{blank}|([^"{separator}]*+))({separator}|\Z)""")
    for separator, blank in _BLANK.items()
}
_WORD = regex(r"""(?:"((?>(?:[^"]++|"")*))"|([^" \t]++))(?:[ \t]++|\Z)""")


class CsvLine(NamedTuple):
    """A record that is not blank, and the number of its first line in the file."""

    number: int
    text: str


def lines(path: Path, shown: str) -> Iterator[CsvLine]:
    """All records of a data file that are not blank; InputError of `shown` where it cannot be read."""
    opened: int | None = None  # the line in which a quote was opened that is not closed yet
    parts: list[str] = []
    size = 0
    for number, text in _texts(path, shown):
        if opened is None and text.count('"') % 2 == 0:
            if text.strip(" \t"):
                yield CsvLine(number, text)
            continue
        parts.append(text)
        if opened is None:
            opened, size = number, len(text)
        elif text.count('"') % 2:
            yield CsvLine(opened, "\n".join(parts))
            opened, parts = None, []
        elif (size := size + len(text)) > MOST_LINE:
            message = 'a quote that opens here is not closed within 1 MiB; expected "…" round a whole cell'
            raise InputError(shown, opened, message)
    if opened is not None:
        yield CsvLine(opened, "\n".join(parts))


def _texts(path: Path, shown: str) -> Iterator[tuple[int, str]]:
    """Number and text of each line, without its end."""
    with open_regular(path, DATA_LIMIT, shown) as raw:
        file, size = io.BufferedReader(raw), 0
        for number in count(1):
            line = _next(file, shown)
            if not line:
                return
            size += len(line)
            if size > DATA_LIMIT:  # it grew while it was read
                raise too_big(shown, DATA_LIMIT)
            if len(line) > MOST_LINE:
                raise InputError(shown, number, "a line of more than 1 MiB; expected one data point a line")
            if number == 1:
                line = _without_mark(line, shown)
            yield number, decoded(line, shown, number).rstrip("\r\n")


def _without_mark(line: bytes, shown: str) -> bytes:
    """The first line without its byte order mark, which must be that of UTF-8."""
    if line.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise InputError(shown, 1, "the file is UTF-16; expected UTF-8 (in a spreadsheet, save it as CSV UTF-8)")
    return line.removeprefix(BOM_UTF8)


def _next(file: "io.BufferedReader[io.FileIO]", shown: str) -> bytes:
    try:
        return file.readline(MOST_LINE + 1)
    except OSError as error:
        raise InputError(shown, None, f"cannot be read ({error.strerror}); expected a file that can be read") from None


def cells(line: CsvLine, shown: str, separator: Separator = ",") -> list[str]:
    """The cells of a record, without spaces round them and without their quotes."""
    if '"' not in line.text:
        if separator == " ":
            return [word for word in line.text.replace("\t", " ").split(" ") if word]
        return [cell.strip(" \t") for cell in line.text.split(separator)]
    return _words(line, shown) if separator == " " else _quoted_cells(line, shown, separator)


def _quoted_cells(line: CsvLine, shown: str, separator: Separator) -> list[str]:
    pattern, found, at = _CELLS[separator], list[str](), 0
    while True:
        match = pattern.match(line.text, at)
        if not match:
            raise _quote_fault(line, shown, len(found) + 1)
        inside, plain, comma = match.groups()
        found.append(plain.strip(" \t") if inside is None else inside.replace('""', '"'))
        at = match.end()
        if not comma:
            return found


def _words(line: CsvLine, shown: str) -> list[str]:
    """The cells of a record whose cells are separated by blanks."""
    text, found, at = line.text.strip(" \t"), list[str](), 0
    while at < len(text):
        match = _WORD.match(text, at)
        if not match:
            raise _quote_fault(line, shown, len(found) + 1)
        inside, plain = match.groups()
        found.append(plain if inside is None else inside.replace('""', '"'))
        at = match.end()
    return found


def _quote_fault(line: CsvLine, shown: str, cell: int) -> InputError:
    return InputError(shown, line.number, f'a quote goes wrong in cell {cell}; expected "…" round a whole cell')


def without_empty_end(row: list[str], width: int) -> list[str]:
    """A row without the empty cells behind the first `width`: spreadsheets leave such columns."""
    while len(row) > width and not row[-1]:
        row.pop()
    return row


def plain_number(cell: str, separator: Separator = ",") -> float | None:
    """A cell as a number, if it is a decimal in plain ASCII (or with the minus sign U+2212).

    Where cells are separated by semicolons, a comma is a decimal point.
    """
    if not _PLAIN.fullmatch(cell):
        cell = cell.replace(MINUS, "-")
        if separator == ";" and "." not in cell:
            cell = cell.replace(",", ".")
        if not _PLAIN.fullmatch(cell):
            return None
    try:
        return float(cell)
    except ValueError:
        return None


def plain_column(block: list[CsvLine], width: int, column: int, separator: Separator) -> list[str]:
    """The cells of one column of lines that `plain_rows` reads, which have `width` cells and no quotes."""
    if separator == " ":
        return [line.text.split()[column] for line in block]
    behind = width - column  # cells from it on: the target mostly is the last, and only they are made
    return [line.text.rsplit(separator, behind)[-behind].strip(" \t") for line in block]


def plain_rows(block: list[CsvLine], width: int, columns: list[int], separator: Separator = ",") -> Array | None:
    """Columns of many lines at once, shape (lines, columns), or None if something in them needs a closer look.

    NumPy reads plain decimals to the same bits as float(), five times as fast.
    """
    texts = []
    for line in block:
        text = line.text
        if not _PLAIN_LINE.fullmatch(text):
            return None
        if (len(text.split()) if separator == " " else text.count(separator) + 1) != width:
            return None
        if "," in text and separator != ",":
            if separator != ";" or "." in text:
                return None
            text = text.replace(",", ".")
        texts.append(text)
    try:
        return np.loadtxt(texts, delimiter=None if separator == " " else separator, comments=None, usecols=columns, ndmin=2)
    except ValueError:
        return None
