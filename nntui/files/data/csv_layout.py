"""How a CSV file is laid out: what separates its cells, what its columns are called, and where those that are asked for are."""

from collections.abc import Sequence

from nntui.files.data.csv_lines import CsvLine, Separator, cells, plain_number, without_empty_end
from nntui.files.io.errors import InputError, did_you_mean
from nntui.files.schema.keys import SeparatorName
from nntui.text.counted import counted
from nntui.text.safe import quoted
from nntui.values import dataclass

PEEK = 20  # records that are read to find out what separates their cells

_BY_NAME: dict[SeparatorName, Separator] = {",": ",", ";": ";", "tab": "\t", "space": " "}
_LIKELY: tuple[Separator, ...] = ("\t", ";", ",", " ")  # a comma may be a decimal point, a blank part of a name


class NoColumn(Exception):
    """A column that was asked for and is not in the file; the fault is in the scenario file."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.message = message


@dataclass(frozen=True, slots=True)
class CsvLayout:
    """What separates the cells, the names of the columns, and whether the first record holds them."""

    separator: Separator
    header: tuple[str, ...]
    has_header: bool
    looks_like_data: bool  # the header holds a number: it may be none

    def positions(self, names: Sequence[str]) -> list[int]:
        """The positions of the columns of these names; NoColumn for the first that is not there."""
        place = {name: at for at, name in enumerate(self.header)}
        asked = [one_line(name) for name in names]
        for given, name in zip(names, asked, strict=True):
            if name not in place:
                raise NoColumn(given, f"has no column {quoted(name)}{self._advice(name)}")
        return [place[name] for name in asked]

    def wrong_width(self, count: int, shown: str, line: CsvLine) -> InputError:
        """The InputError of a record that has another number of cells than there are columns."""
        others = "the header has" if self.has_header else "other lines have"
        found = f"{counted(count, 'cell')}, but {others} {len(self.header)}"
        return InputError(shown, line.number, f"{found}; expected one cell for each column")

    def _advice(self, name: str) -> str:
        some = ", ".join(quoted(known, 20) for known in self.header[:6])
        expected = f"; expected one of {some}{' …' if len(self.header) > 6 else ''}"
        if not self.has_header:
            return f"{expected}, for `header` is false"
        if self.looks_like_data:
            return f"{expected}; without a header line, header = false names the columns 1, 2, …"
        return did_you_mean(name, self.header[:1000]) or expected


def csv_layout(
    first: Sequence[CsvLine], shown: str, separator: SeparatorName | None, has_header: bool, or_none: bool = False
) -> CsvLayout:
    """The layout of a file that begins with these records; InputError where its header cannot be one.

    or_none: a first record with a number in it is no header.
    """
    chosen = _found_out(first, shown) if separator is None else _BY_NAME[separator]
    if or_none and any(plain_number(cell, chosen) is not None for cell in _cells(first[0], shown, chosen) or ()):
        has_header = False
    rows = [cells(first[0], shown, chosen)] if has_header else [row for line in first if (row := _cells(line, shown, chosen))]
    rows = [without_empty_end(row, 0) for row in rows] or [cells(first[0], shown, chosen)]
    if not has_header:
        names = tuple(str(number) for number in range(1, max(map(len, rows)) + 1))
        return CsvLayout(chosen, names, has_header=False, looks_like_data=False)
    header = [one_line(name) for name in rows[0]]
    looks_like_data = any(plain_number(name, chosen) is not None for name in header)
    check_header(header, shown, first[0].number, looks_like_data)
    return CsvLayout(chosen, tuple(header), has_header=True, looks_like_data=looks_like_data)


def one_line(name: str) -> str:
    """A name of several lines as one."""
    return " ".join(name.split()) if "\n" in name else name


def check_header(header: list[str], shown: str, line: int, looks_like_data: bool = False) -> None:
    """Raises InputError where two columns have one name, or a whole line is one cell."""
    if len(header) == 1:
        for mark, name in ((";", "semicolons"), ("\t", "tabs"), (",", "commas")):
            if mark in header[0]:
                message = f"the whole line is one cell with {name} in it; expected cells separated by , ; tabs or spaces"
                raise InputError(shown, line, message)
    seen = set()
    remedy = " (without a header line: header = false)" if looks_like_data else ""
    for name in header:
        if name in seen:
            raise InputError(shown, line, f"two columns are named {quoted(name)}; expected distinct names{remedy}")
        seen.add(name)


def _found_out(first: Sequence[CsvLine], shown: str) -> Separator:
    """The separator by which the first records have as many cells as their header; else that of the header alone."""
    rows = {separator: [_cells(line, shown, separator) for line in first] for separator in _LIKELY}
    for separator in _LIKELY:
        if _is_even(rows[separator]):
            return separator
    return next((separator for separator in _LIKELY[:3] if len(rows[separator][0] or ()) > 1), ",")


def _is_even(rows: list[list[str] | None]) -> bool:
    """Whether there are several cells in each row, and as many as in the first."""
    if rows[0] is None:
        return False
    width = len(without_empty_end(list(rows[0]), 0))
    return width > 1 and all(row is not None and len(without_empty_end(list(row), width)) == width for row in rows)


def _cells(line: CsvLine, shown: str, separator: Separator) -> list[str] | None:
    """The cells of a record; None where its quotes do not fit this separator."""
    try:
        return cells(line, shown, separator)
    except InputError:
        return None
