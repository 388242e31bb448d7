"""Sheets from files, marked: one by one, each fault of a file a word about that file."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from nntui.explain.marking.papers import MarkedPaper
from nntui.explain.marking.sheet import NotTheInput, TooMuch, follow_work
from nntui.files.io.errors import InputError
from nntui.files.open import read_scenario
from nntui.files.paper.answers import read_answers
from nntui.files.paper.folder import HandedOut, SheetFile, files_in, other_kind, owner_of
from nntui.text.safe import safe
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline

_MOST_NAME = 200  # characters of a sheet's name


def marked(sheet: SheetFile, timeline: Timeline) -> MarkedPaper:
    """A sheet, followed; InputError where it cannot be read, or is that of another scenario."""
    if sheet.error:
        raise InputError(str(sheet.path), None, sheet.error)
    try:
        work = follow_work(timeline, read_answers(sheet.path, timeline.scenario))
    except NotTheInput as fault:
        raise InputError(str(sheet.path), fault.line, str(fault)) from None
    except TooMuch as fault:
        raise InputError(str(sheet.path), None, str(fault)) from None
    return MarkedPaper(safe(sheet.name, _MOST_NAME), timeline.scenario, work)


def marked_all(scenario: Scenario, sheets: Sequence[SheetFile]) -> Iterator[MarkedPaper]:
    """Sheets of one scenario."""
    timeline = Timeline(scenario)
    for sheet in sheets:
        yield _one(sheet, timeline)


def marked_returned(students: Sequence[HandedOut], returned: str) -> Iterator[MarkedPaper]:
    """The files of a folder, each by the scenario of the student whose id its name has."""
    timelines: dict[Path, Timeline] = {}
    for path in files_in(returned):
        name = str(path.relative_to(returned))
        owner = owner_of(path.stem, students)
        if owner is None:
            yield _unread(name, "belongs to no student of index.csv; expected their id at the beginning of its name")
            continue
        if path.suffix.lower() not in (".csv", ".toml"):
            yield _unread(name, other_kind(path))
            continue
        try:
            if owner.scenario not in timelines:
                timelines[owner.scenario] = Timeline(read_scenario(owner.scenario))
        except InputError as fault:
            yield MarkedPaper(safe(name, _MOST_NAME), error=str(fault))
            continue
        yield _one(SheetFile(path, name), timelines[owner.scenario])


def _one(sheet: SheetFile, timeline: Timeline) -> MarkedPaper:
    try:
        return marked(sheet, timeline)
    except InputError as fault:
        return _unread(sheet.name, fault.message, fault.line)


def _unread(name: str, message: str, line: int | None = None) -> MarkedPaper:
    return MarkedPaper(safe(name, _MOST_NAME), error=str(InputError(name, line, message)))
