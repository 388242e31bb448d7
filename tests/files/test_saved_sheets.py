"""Sheets as spreadsheets of several countries save them: every one comes back as what was typed."""

import csv
import io

import pytest

from nntui.explain.marking.sheet import follow_work
from nntui.explain.trace import trace
from nntui.files.io.errors import InputError
from nntui.files.library import load
from nntui.files.paper.answers import read_answers
from nntui.training.timeline import Timeline

SCENE = load("two-by-two")
ROWS = list(csv.reader(trace(Timeline(SCENE), 0, SCENE.course.length - 1, "csv")))
LINES = [",".join(row) for row in ROWS]


def german(row):
    return [cell.replace(".", ",") for cell in row]


def joined(rows, mark=",", end="\n"):
    return "".join(mark.join(row) + end for row in rows)


def quoted(rows, mark=","):
    out = io.StringIO()
    csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


def floats(row):
    """As a program writes whole numbers in a column that has empty cells."""
    return [f"{cell}.0" if cell.isdigit() else cell for cell in row[:-1]] + row[-1:]


SAVED = {
    "commas": joined(ROWS).encode(),
    "semicolons and decimal commas": joined(map(german, ROWS), ";").encode(),
    "a BOM and CRLF": b"\xef\xbb\xbf" + joined(map(german, ROWS), ";", "\r\n").encode(),
    "UTF-16 with tabs": ("\ufeff" + joined(map(german, ROWS), "\t", "\r\n")).encode("utf-16-le"),
    "UTF-16, big end first": ("\ufeff" + joined(map(german, ROWS), "\t")).encode("utf-16-be"),
    "UTF-16 without a mark": joined(map(german, ROWS), "\t").encode("utf-16-le"),
    "decimal commas in quotes": quoted(map(german, ROWS)).encode(),
    "empty columns and rows at the end": joined([*([*row, "", ""] for row in ROWS), [""] * 11, [""] * 11]).encode(),
    "sep=;": b"sep=;\r\n" + joined(map(german, ROWS), ";", "\r\n").encode(),
    "each line in its first cell": joined([[f'"{line}"'] for line in LINES], ";").encode(),
    "each line in its first cell, values beside": (
        LINES[0] + ";\n" + joined([[",".join([*row[:-1], ""]), german(row)[-1]] for row in ROWS[1:]], ";")
    ).encode(),
    "columns the other way round, and one more": joined([[*row[::-1], "note"] for row in ROWS]).encode(),
    "names in capitals": joined(
        [[cell.upper() for cell in ROWS[0]], *([*row[:4], row[4].title(), *row[5:]] for row in ROWS[1:])]
    ).encode(),
    "whole numbers as 1.0": joined(map(floats, ROWS)).encode(),
    "whole numbers as 1,0": joined([german(floats(row)) for row in ROWS], ";").encode(),
    "spaces that do not break": joined([[*row[:-1], f" {row[-1]}\N{NO-BREAK SPACE}"] for row in ROWS]).encode(),
    "true minus signs": joined([[cell.replace("-", "−") for cell in row] for row in ROWS]).encode(),
    "Windows letters in a remark": joined([[*row, "für"] for row in ROWS]).encode("cp1252"),
    "a remark over two lines": joined([[*row, '"one\ntwo"'] for row in ROWS]).encode(),
    "headings between the rows": joined([ROWS[0], ["Layer 1:"], *ROWS[1:9], ["", "", "", "", "the rest"], *ROWS[9:]]).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", SAVED)
def test_a_sheet_comes_back(name, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(SAVED[name])
    work = follow_work(Timeline(SCENE), read_answers(path, SCENE))
    assert (work.right, work.wrong, work.missing) == (37, 0, 0)


def test_rows_without_a_value_and_short_rows_are_not_answered(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(joined([ROWS[0], *(row[:-1] for row in ROWS[1:20]), *ROWS[20:]]))
    work = follow_work(Timeline(SCENE), read_answers(path, SCENE))
    assert (work.wrong, work.answers, work.missing) == (0, 37 - 17, 17)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (joined([ROWS[0], [*ROWS[3][:-1], "0", "3775"]]), "10 cells, but the header has 9; expected one cell for each column"),
        (joined([["epoch", "point", "kind"]]), "there is no column 'layer'; expected the columns epoch, point, kind"),
        (joined([ROWS[0]]).replace("value", "vlaue"), "there is no column 'value'; did you mean 'vlaue'?"),
        (joined([ROWS[0], [*ROWS[3][:-1], '"0.1']]), "a quote goes wrong"),
        ("\ufeffepoch".encode("utf-16-le") + b"\0", "is not whole UTF-16; expected a file saved as CSV in UTF-8"),
        ("", "is empty; expected a header line and answers"),
    ],
)
def test_what_is_refused_says_the_remedy(content, words, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=r"a\.csv") as fault:
        read_answers(path, SCENE)
    assert words in str(fault.value)
