"""Who gets a sheet: a number of students, or a list with an id in its first column."""

import csv
import io
from pathlib import Path

from nntui.files.io.errors import InputError
from nntui.files.io.read import DATA_LIMIT, read_bytes
from nntui.files.paper.table import decoded_table
from nntui.text.decimal import BLANKS
from nntui.text.regex import regex
from nntui.text.safe import quoted

MOST_STUDENTS = 10_000
_ID = regex(r"(?!\.)[A-Za-z0-9._-]{1,100}")


def students(text: str) -> list[str]:
    """The ids that --students means: 1 … N with zeros before them, or those of a CSV file; InputError says what is wrong."""
    if text.isascii() and text.removeprefix("-").isdigit() and not Path(text).exists():
        count = int(text[:9])
        if not 1 <= count <= MOST_STUDENTS:
            raise InputError("--students", None, f"{count} students; expected 1 to {MOST_STUDENTS}")
        return [f"{number:0{len(str(count))}}" for number in range(1, count + 1)]
    return _listed(text)


def _listed(path: str) -> list[str]:
    content = decoded_table(read_bytes(path, DATA_LIMIT), path)
    first = content.lstrip("\r\n").split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=mark, skipinitialspace=True)
    ids: dict[str, tuple[str, int]] = {}
    header = False
    try:
        for row in reader:
            cell = row[0].strip(BLANKS) if row else ""
            if not any(other.strip(BLANKS) for other in row):
                continue
            if not header:
                header = True
                continue
            _add(cell, reader.line_num, ids, path)
    except csv.Error as fault:
        raise InputError(path, reader.line_num, f"is no CSV ({fault}); expected an id in the first column") from None
    if not ids:
        raise InputError(path, None, "names no student; expected a header line and an id in the first column of each line")
    return [student for student, _ in ids.values()]


def _add(cell: str, line: int, ids: dict[str, tuple[str, int]], path: str) -> None:
    if not _ID.fullmatch(cell):
        found = quoted(cell) if cell else "an empty cell"
        raise InputError(path, line, f"{found} is no id; expected letters a to z, digits, `.`, `_` or `-`, no `.` first")
    known = ids.setdefault(cell.lower(), (cell, line))
    if known[1] != line:
        raise InputError(path, line, f"{quoted(cell)} is like {quoted(known[0])} on line {known[1]}; expected ids that differ")
    if len(ids) > MOST_STUDENTS:
        raise InputError(path, line, f"more than {MOST_STUDENTS} students; expected no more than that")
