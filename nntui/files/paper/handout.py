"""The files of a set of sheets: what is handed out, what is kept, and the index between them."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from nntui.explain.documents.blanks import ALL_BLANK
from nntui.explain.documents.document import DocumentOptions, document
from nntui.explain.documents.formats import WRITERS, DocumentFormat
from nntui.explain.exercises.drawing import StudentSheet
from nntui.explain.exercises.teacher import teacher_page
from nntui.explain.marking.feedback import feedback_page
from nntui.explain.marking.papers import MarkedPaper
from nntui.explain.marking.points import PointsRule
from nntui.explain.trace import CsvStyle, blank_lines
from nntui.files.io.errors import InputError, system_reason
from nntui.files.io.write import check_new, write_new
from nntui.files.scenario.embedded import document_of
from nntui.files.scenario.save import toml_of
from nntui.training.scenario import Scenario, SheetRules
from nntui.training.timeline import Timeline

_MOST_NAME = 120  # characters of the name of a feedback page


def handout_files(
    folder: Path,
    scenario: Scenario,
    rules: SheetRules,
    sheets: Sequence[StudentSheet],
    form: DocumentFormat,
    style: CsvStyle,
    made: Callable[[float], None],
) -> dict[Path, bytes]:
    """Every file and what is in it: sheets/ to hand out, solutions/ to keep, index.csv and the teacher's page.

    made: is told the share of the sheets that are made.
    """
    ending = WRITERS[form].ending
    files: dict[Path, bytes] = {}
    for number, sheet in enumerate(sheets, start=1):
        files |= _sheet_files(folder, rules, sheet, form, style)
        made(number / len(sheets))
    files[folder / "index.csv"] = _index(sheets)
    page = list(teacher_page(scenario, rules, sheets))
    files[folder / f"teacher{ending}"] = _bytes(WRITERS[form].write(scenario.title, page))
    return files


def _sheet_files(
    folder: Path, rules: SheetRules, sheet: StudentSheet, form: DocumentFormat, style: CsvStyle
) -> dict[Path, bytes]:
    """The files of one student."""
    ending, name = WRITERS[form].ending, sheet.student
    files: dict[Path, bytes] = {}
    timeline = Timeline(sheet.scenario)
    last = rules.points * timeline.course.length - 1
    for place, options in (("sheets", DocumentOptions(blanks=ALL_BLANK)), ("solutions", DocumentOptions())):
        blocks = list(document(timeline, 0, last, options))
        files[folder / place / f"{name}{ending}"] = _bytes(WRITERS[form].write(sheet.scenario.title, blocks))
    lines = list(blank_lines((timeline.frame(step) for step in range(last + 1)), ALL_BLANK, style))
    mark = "\N{ZERO WIDTH NO-BREAK SPACE}" if style.comma else ""
    files[folder / "sheets" / f"{name}.csv"] = _bytes([mark + lines[0], *lines[1:]])
    files[folder / "solutions" / f"{name}.toml"] = toml_of(document_of(sheet.scenario)).encode()
    return files


def feedback_files(folder: Path, papers: Sequence[MarkedPaper], rule: PointsRule, form: DocumentFormat) -> dict[Path, bytes]:
    """A page for each sheet that could be read, named after it."""
    writer = WRITERS[form]
    files: dict[Path, bytes] = {}
    for paper in papers:
        if paper.work is None or paper.scenario is None:
            continue
        name = "-".join(Path(paper.name).with_suffix("").parts).lstrip("./")[-_MOST_NAME:] or "sheet"
        path, number = folder / f"{name}{writer.ending}", 1
        while path in files:
            number += 1
            path = folder / f"{name}-{number}{writer.ending}"
        files[path] = _bytes(writer.write(paper.scenario.title, list(feedback_page(paper, rule))))
    return files


def write_handout(folder: Path, files: dict[Path, bytes]) -> None:
    """Writes them all, into folders that are made for them; InputError, and nothing made, where a file is there already."""
    for path in files:
        check_new(path)
    made: list[Path] = []
    try:
        for place in (*reversed(folder.parents), folder, *sorted({path.parent for path in files})):
            if not place.exists():
                place.mkdir()
                made.append(place)
        write_new(files, sync=False)
    except OSError as error:
        _undo(made)
        reason = system_reason(error)
        raise InputError(str(folder), None, f"cannot be made ({reason}); expected a folder that can be written to") from None
    except BaseException:
        _undo(made)
        raise


def _undo(made: list[Path]) -> None:
    for place in reversed(made):
        with suppress(OSError):
            place.rmdir()


def _bytes(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _index(sheets: Sequence[StudentSheet]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("id", "sheet", "scenario", "seed"))
    for sheet in sheets:
        writer.writerow((sheet.student, f"sheets/{sheet.student}.csv", f"solutions/{sheet.student}.toml", sheet.seed))
    return out.getvalue().encode()
