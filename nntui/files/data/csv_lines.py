"""The lines of a CSV file and their cells, read one by one: a large file is never in memory as a whole."""

import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.files.io.errors import InputError
from nntui.files.io.read import DATA_LIMIT, MIB, decoded, open_regular, too_big

MOST_LINE = MIB

# of these characters float() reads plain decimals only: no 1_0, infinity, nan or full-width digits
_PLAIN = re.compile(r"[0-9eE+\-., \t]*+")
_CELL = re.compile(r"""[ \t]*+(?:"((?>(?:[^"]++|"")*))"[ \t]*+|([^",]*+))(,|\Z)""")


class CsvLine(NamedTuple):
    """A line that is not blank, and its number in the file."""

    number: int
    text: str


def lines(path: Path, shown: str) -> Iterator[CsvLine]:
    """All lines of a data file that are not blank; InputError, with `shown` as the file, if it cannot be read."""
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
            text = decoded(line.removeprefix(BOM_UTF8) if number == 1 else line, shown, number).rstrip("\r\n")
            if text.strip(" \t"):
                yield CsvLine(number, text)


def _next(file: "io.BufferedReader[io.FileIO]", shown: str) -> bytes:
    try:
        return file.readline(MOST_LINE + 1)
    except OSError as error:
        raise InputError(shown, None, f"cannot be read ({error.strerror}); expected a file that can be read") from None


def cells(line: CsvLine, shown: str) -> list[str]:
    """The cells of a line, without their quotes and the spaces around them; InputError if a quote is wrong."""
    if '"' not in line.text:
        return [cell.strip(" \t") for cell in line.text.split(",")]
    found: list[str] = []
    at = 0
    while True:
        match = _CELL.match(line.text, at)
        if not match:
            message = f'a quote goes wrong in cell {len(found) + 1}; expected "…" round a whole cell'
            raise InputError(shown, line.number, message)
        inside, plain, comma = match.groups()
        found.append(plain.strip(" \t") if inside is None else inside.replace('""', '"'))
        at = match.end()
        if not comma:
            return found


def plain_number(cell: str) -> float | None:
    """A cell as a number; None if it is not a plain ASCII decimal."""
    if "," in cell or not _PLAIN.fullmatch(cell):
        return None
    try:
        return float(cell)
    except ValueError:
        return None


def plain_rows(block: list[CsvLine], width: int, columns: list[int]) -> Array | None:
    """Columns of many lines at once, shape (lines, columns); None if a line has anything else than plain decimals.

    NumPy reads plain decimals to the same bits as float(), five times as fast.
    """
    for line in block:
        if line.text.count(",") != width - 1 or not _PLAIN.fullmatch(line.text):
            return None
    try:
        return np.loadtxt([line.text for line in block], delimiter=",", comments=None, usecols=columns, ndmin=2)
    except ValueError:
        return None
