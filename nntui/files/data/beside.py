"""Where the data file of a scenario may lie: in the scenario's folder, or below it."""

from pathlib import Path

from nntui.files.schema.validate import Faults
from nntui.text.safe import quoted


def data_path(file: str, folder: Path | None, faults: Faults) -> Path | None:
    """The data file, which must lie in the scenario's folder or below it when all links are followed."""
    if folder is None:
        faults.add(("data", "file"), f"a data file {quoted(file)} beside a text without a folder; expected x and y in place")
        return None
    inside = is_beside(folder / file, folder)
    if inside is None:
        faults.add(("data", "file"), f"{quoted(file)} is no path that a file can have; expected a file beside the scenario")
        return None
    if not inside:
        faults.add(("data", "file"), f"{quoted(file)} lies outside the scenario's folder; expected a file in it or below it")
        return None
    return folder / file


def is_beside(path: Path, folder: Path) -> bool | None:
    """Whether a file lies in a folder or below it when all links are followed; None where it is no path that a file can have."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # links that go round in a circle included
        return None


def path_remedy(file: str) -> str:
    """What helps where a path has backslashes, as on Windows; nothing where it has none."""
    if "\\" in file:
        return " (folders are separated by / here)"
    return " (a backslash in double quotes makes tabs and line breaks: write / instead)" if "\t" in file or "\n" in file else ""
