"""What a CSV file holds, column by column, for whoever is to choose inputs and target from it."""

from dataclasses import field
from itertools import chain, islice
from math import inf, isfinite
from pathlib import Path

from nntui.files.data.csv_cells import MISSING, is_text
from nntui.files.data.csv_layout import PEEK, CsvLayout, csv_layout
from nntui.files.data.csv_lines import cells, lines, plain_number, without_empty_end
from nntui.files.io.errors import InputError
from nntui.files.schema.keys import MOST_POINTS, MOST_UNITS
from nntui.values import dataclass

MOST_DISTINCT = 256  # values of a column that are told apart


@dataclass(slots=True)
class ColumnSurvey:
    """The cells of one column. values: the distinct ones, as they are written, up to `MOST_DISTINCT` and one more."""

    name: str
    numbers: int = 0
    texts: int = 0
    missing: int = 0
    others: int = 0  # neither: a number written in another way
    values: dict[str, None] = field(default_factory=dict)
    low: float = inf
    high: float = -inf
    whole: bool = True

    def take(self, cell: str, layout: CsvLayout) -> None:
        """Counts one more cell."""
        if cell in MISSING:
            self.missing += 1
            return
        if len(self.values) <= MOST_DISTINCT:
            self.values[cell] = None
        number = plain_number(cell, layout.separator)
        if number is not None and isfinite(number):
            self.numbers += 1
            self.low, self.high = min(self.low, number), max(self.high, number)
            self.whole = self.whole and number == int(number)
        elif number is None and is_text(cell, layout.separator):
            self.texts += 1
        else:
            self.others += 1

    @property
    def distinct(self) -> int:
        """Distinct cells, at most one more than `MOST_DISTINCT`."""
        return len(self.values)


@dataclass(frozen=True, slots=True)
class DataSurvey:
    """A CSV file: how it is laid out, its rows, its columns."""

    layout: CsvLayout
    rows: int
    columns: tuple[ColumnSurvey, ...]


def survey(path: Path, shown: str) -> DataSurvey:
    """Reads a whole data file once; InputError (of `shown`) where it is no table."""
    records = lines(path, shown)
    first = list(islice(records, PEEK))
    if not first:
        raise InputError(shown, None, "is empty; expected a header line and data")
    layout = csv_layout(first, shown, None, has_header=True, or_none=True)
    columns = [ColumnSurvey(name) for name in layout.header]
    if len(columns) > MOST_UNITS:
        raise InputError(shown, first[0].number, f"{len(columns)} columns; expected at most {MOST_UNITS}")
    rows = 0
    for line in chain(first[layout.has_header :], records):
        row = cells(line, shown, layout.separator)
        if not any(row):
            continue
        if len(without_empty_end(row, len(columns))) != len(columns):
            raise layout.wrong_width(len(row), shown, line)
        rows += 1
        if rows > MOST_POINTS:
            raise InputError(shown, line.number, f"more than {MOST_POINTS} rows; expected no more than that")
        for column, cell in zip(columns, row, strict=True):
            column.take(cell, layout)
    if not rows:
        raise InputError(shown, None, "has a header and no data; expected one data point a line")
    return DataSurvey(layout, rows, tuple(columns))
