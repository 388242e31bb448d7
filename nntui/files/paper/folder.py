"""The sheets in a folder: which files of it are sheets, and whose they are."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from nntui.files.io.errors import InputError
from nntui.files.io.read import SCENARIO_LIMIT, is_folder, read_text
from nntui.files.paper.table import read_table
from nntui.values import dataclass

MOST_SHEETS = 20_000
OTHER_TABLES = (".xlsx", ".xls", ".ods", ".numbers")  # of a spreadsheet, but no sheet as it is


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A sheet: its file, and its name as it is told. error: why it cannot be read, as far as is known by its name."""

    path: Path
    name: str
    error: str | None = None


def sheets_of(paths: Sequence[str]) -> list[SheetFile]:
    """Every sheet that is named, those of a folder in the order of their names; InputError where a folder has none."""
    found: list[SheetFile] = []
    for path in paths:
        if not is_folder(path):
            found.append(SheetFile(Path(path), path))
            continue
        inside = [sheet for sheet in map(_in_folder, files_in(path), [path] * MOST_SHEETS) if sheet]
        if not inside:
            raise InputError(path, None, "has no sheet in it; expected .csv files, or .toml files with [[answer]]")
        found += inside
    if len(found) > MOST_SHEETS:
        raise InputError(paths[0], None, f"{len(found)} sheets; expected at most {MOST_SHEETS}")
    return found


def files_in(folder: str) -> list[Path]:
    """The files of a folder and of those in it, by name; hidden ones and links are passed over.

    InputError where the folder cannot be read, or holds more than MOST_SHEETS files.
    """
    found: list[Path] = []
    try:
        for path in _walk(Path(folder)):
            found.append(path)
            if len(found) > MOST_SHEETS:
                raise InputError(folder, None, f"more than {MOST_SHEETS} files; expected no more than that")
    except OSError as error:
        raise InputError(folder, None, f"cannot be read ({error.strerror}); expected a folder that can be read") from None
    return sorted(found)


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry


def _in_folder(path: Path, folder: str) -> SheetFile | None:
    """A file of a folder as a sheet; a scenario and what is no table is none."""
    name, kind = str(path.relative_to(folder)), path.suffix.lower()
    if kind == ".toml":
        return SheetFile(path, name) if _has_answers(path) else None
    if kind == ".csv":
        return SheetFile(path, name)
    return SheetFile(path, name, other_kind(path)) if kind in OTHER_TABLES else None


def other_kind(path: Path) -> str:
    """Why a file of another kind is not read."""
    return f"is a {path.suffix.lower() or 'nameless'} file; expected a sheet saved as CSV, or TOML"


def _has_answers(path: Path) -> bool:
    """Whether a TOML file is a sheet; one that cannot be read is taken for one, so that its fault is told."""
    try:
        return "[[answer]]" in read_text(path, SCENARIO_LIMIT).replace(" ", "")
    except InputError:
        return True


# --- a folder that `nntui sheets` made, and what came back


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A student's sheet: their id and the scenario it is about."""

    student: str
    scenario: Path


def read_index(folder: str) -> list[HandedOut]:
    """Who got which scenario, from index.csv; InputError where the folder has none or it is damaged."""
    path = Path(folder) / "index.csv"
    made = []
    for row in read_table(path, ("id", "scenario")):
        student, scenario = row.cells
        if not student or not scenario:
            raise InputError(str(path), row.line, "has no id or no scenario; expected the columns id,sheet,scenario,seed")
        made.append(HandedOut(student, Path(folder) / scenario))
    if not made:
        raise InputError(str(path), None, "names no student; expected a folder that `nntui sheets` made")
    return made


def owner_of(stem: str, students: Sequence[HandedOut]) -> HandedOut | None:
    """The longest id that a file's name begins with and that no letter or digit follows; else an id further in."""
    folded = stem.casefold()
    best: tuple[bool, int, HandedOut] | None = None
    for student in students:
        name = student.student.casefold()
        at = _place(folded, name)
        if at is not None and (best is None or (at == 0, len(name)) > best[:2]):
            best = at == 0, len(name), student
    return best[2] if best else None


def _place(stem: str, name: str) -> int | None:
    at = stem.find(name)
    while at >= 0:
        end = at + len(name)
        if not stem[end : end + 1].isalnum() and not (at and stem[at - 1].isalnum()):
            return at
        at = stem.find(name, at + 1)
    return None
