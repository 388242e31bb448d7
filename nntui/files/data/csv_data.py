"""CSV data files: a header line with distinct names, then one data point a record. Strict: a number misread teaches a lie.

Empty columns at the end, rows of empty cells and blank lines are ignored. A column holds texts if its first cell is no
number: as the target (or if `one_hot` says so) each distinct cell is a class; as an input, each of at most 20 distinct
cells becomes an input of its own, 1 where the cell is that text and else 0. Columns that are neither input nor target may
hold anything.
"""

from array import array
from itertools import chain, islice
from pathlib import Path

import numpy as np

from nntui.engine.arithmetic import Array
from nntui.files.data.csv_layout import PEEK, csv_layout
from nntui.files.data.csv_lines import lines
from nntui.files.data.csv_rows import CsvRequest, GatheredRows
from nntui.files.io.errors import InputError
from nntui.values import dataclass


@dataclass(slots=True)
class Columns:
    """The columns of a CSV file that were asked for.

    inputs (rows, n): numbers, and for each text of a text column an input of its own, called `column=text`.
    targets (rows, m): numbers, or of classes their numbers from 0 in the order of `classes`, m = 1.
    numeric: the positions of the inputs that are columns of numbers. lines[row]: the line of a row in the file.
    left_out: rows with a missing cell.
    """

    inputs: Array
    targets: Array
    input_names: tuple[str, ...]
    numeric: tuple[int, ...]
    classes: tuple[str, ...]
    lines: "array[int]"
    left_out: int


def read_columns(path: Path, shown: str, request: CsvRequest) -> Columns:
    """The columns that are asked for.

    InputError (of `shown`) for a fault of the file as a whole or in its header, CsvFaults for those in its rows, NoColumn
    for a name that it lacks.
    """
    records = lines(path, shown)
    first = list(islice(records, PEEK))
    if not first:
        raise InputError(shown, None, "is empty; expected a header line and data")
    layout = csv_layout(first, shown, request.separator, request.has_header)
    given = None if request.inputs is None else layout.positions(request.inputs)
    y = layout.positions(request.targets)
    if given is None:
        x = [column for column in range(len(layout.header)) if column not in y]
        if not x:
            raise InputError(shown, None, "has no column beside the target; expected one input at least")
    else:
        x = given
    rows = GatheredRows(shown, layout, request, x, y)
    rows.gather(chain(first[request.has_header :], records))
    return _columns(rows)


def _columns(rows: GatheredRows) -> Columns:
    """The columns of the rows that were kept."""
    numbers = rows.numbers
    names, numeric, inputs = _inputs(rows, numbers)
    classes = tuple(rows.texts.get(rows.y[0], ())) if len(rows.y) == 1 else ()
    return Columns(inputs, numbers[:, len(rows.x) :].copy(), names, numeric, classes, rows.lines, rows.left_out)


def _inputs(rows: GatheredRows, numbers: Array) -> tuple[tuple[str, ...], tuple[int, ...], Array]:
    """Names of the inputs, the positions of those that are columns of numbers, and the inputs themselves (rows, n)."""
    header = rows.layout.header
    if not any(column in rows.texts for column in rows.x):
        names = tuple(header[column] for column in rows.x)
        return names, tuple(range(len(names))), numbers[:, : len(rows.x)].copy()
    names_made: list[str] = []
    numeric: list[int] = []
    parts: list[Array] = []
    for at, column in enumerate(rows.x):
        name, texts = header[column], rows.texts.get(column)
        values = numbers[:, at : at + 1]
        if texts is None:
            numeric.append(len(names_made))
            names_made.append(name)
            parts.append(values)
        else:
            names_made += [f"{name}={one}" for one in texts]
            parts.append((values == np.arange(float(len(texts)))).astype(np.float64))
    return tuple(names_made), tuple(numeric), np.hstack(parts)
