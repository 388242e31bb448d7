"""The bundled scenarios, and the file that a FILE|NAME of the command line means."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from nntui.files.io.errors import InputError, did_you_mean
from nntui.files.io.read import SCENARIO_LIMIT, is_folder, read_text
from nntui.files.toml.document import parse
from nntui.text.regex import regex
from nntui.text.safe import MOST_TITLE, safe

if TYPE_CHECKING:
    from nntui.training.scenario import Scenario

_PLAIN = r'[^"\\\x00-\x08\x0b-\x1f\x7f]'  # a character that means itself in a text, where it may have line ends
_HEAD = regex(rf'format = 1\ntitle = "((?>(?:(?!\n){_PLAIN})*))"\nabout = """\n?((?>(?:{_PLAIN}|"(?!""))*))"""\n')
"""How most files begin. Such a head needs no parser, and nothing that the parser needs."""

ALIASES = {
    "eta-oscillates": "learning-rates",
    "eta-overflow": "learning-rates",
    "eta-too-small": "learning-rates",
    "or": "or-nand",
    "nand": "or-nand",
}
"""Other names of bundled scenarios, which are in no list: each opens the scenario that it is a name of."""

_NAME = regex(r"[A-Za-z0-9_-]{1,100}")


def folder() -> Path:
    """The folder of the bundled scenarios: in the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "scenarios"
    return installed if installed.is_dir() else package.parent / "scenarios"


def bundled() -> list[tuple[str, Path]]:
    """Name and file of every bundled scenario, by name."""
    return [(path.stem, path) for path in sorted(folder().glob("*.toml")) if _NAME.fullmatch(path.stem)]


def grouped() -> list[tuple[str, list[str]]]:
    """The bundled scenarios in the groups of groups.txt: the title of each group, and its names in order."""
    groups: list[tuple[str, list[str]]] = []
    missing = [name for name, _ in bundled()]
    for line in (folder() / "groups.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            groups.append((line[1:].strip(), []))
        elif line.strip() in missing:
            groups[-1][1].append(line.strip())
            missing.remove(line.strip())
    return [*groups, ("Others", missing)] if missing else groups


def named(name: str) -> str | None:
    """The bundled scenario of a name or another name of it, upper or lower case; None where there is none."""
    return _named(name, dict(bundled()))


def _named(name: str, known: Iterable[str]) -> str | None:
    return {one.lower(): one for one in known}.get(ALIASES.get(name.lower(), name.lower()))


def resolve(path_or_name: str | Path) -> Path:
    """The file of a path or a name: an existing file, else the bundled scenario, which no folder hides; or an InputError."""
    return Path(meant(path_or_name))


def meant(path_or_name: str | Path) -> str | Path:
    """As `resolve`, but a path stays as the user wrote it (`./x`, or empty), so that errors can name it so.

    InputError where there is no such file and no bundled scenario of that name.
    """
    given = str(path_or_name)
    if not _NAME.fullmatch(given) or (_exists(given) and not is_folder(given)):
        return path_or_name
    known = dict(bundled())
    name = _named(given, known)
    if name is None:
        if _exists(given):  # a folder of that name: whoever opens it says so
            return path_or_name
        advice = did_you_mean(given, known) or "; expected a file or a name from `nntui list`"
        raise InputError(given, None, f"there is no such file and no bundled scenario of that name{advice}")
    return known[name]


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def typed(path: str, within: Path | None = None) -> str:
    """A path that was typed inside the app, where no shell replaces `~` by the home folder.

    within: the folder in which all files must be; a plain name is one in it, anything else an InputError.
    """
    if within is not None:
        place = within / path
        if Path(path).name != path or path in ("", ".", "..") or "\0" in path or os.path.islink(place):  # noqa: PTH114  of a name too long pathlib raises
            raise InputError(path, None, "is no plain name; here all files are in one folder, expected one such as my-lesson")
        return str(place)
    return os.path.expanduser(path)  # noqa: PTH111  pathlib would raise where there is no such user, and drop ./


def head_of(path: str | Path) -> tuple[str, str]:
    """Title and `about` of a scenario file, whose tables are not looked at; InputError where there is no title.

    The title is made safe to show; the `about` is as the file has it, to be searched in.
    """
    text = read_text(path, SCENARIO_LIMIT)
    if head := _HEAD.match(text):
        title, about = head.groups()
        return safe(title.replace("\t", " "), MOST_TITLE), about
    try:
        values = parse(text.partition("\n[")[0], str(path)).values
    except InputError:  # the first bracket at the beginning of a line may be in a text
        values = parse(text, str(path)).values
    title, about = values.get("title"), values.get("about")
    if not isinstance(title, str):
        raise InputError(str(path), None, "`title` is missing; expected a text")
    return safe(title.replace("\t", " "), MOST_TITLE), about if isinstance(about, str) else ""


def title_of(path: Path) -> str:
    """The title of a scenario file, of which nothing else is looked at; InputError where there is none."""
    return head_of(path)[0]


def load(path_or_name: str | Path) -> "Scenario":
    """The scenario in a file, or the bundled one of that name (`nntui.load`); InputError says what is wrong."""
    from nntui.files.open import read_scenario  # it loads NumPy, which a list of names does not need

    return read_scenario(meant(path_or_name))
