"""Checks a parsed file against the table of keys: defaults are filled in, wrong values become faults and None."""

from collections.abc import Iterator
from dataclasses import field
from itertools import islice
from typing import Any

from nntui.files.io.errors import InputError, nearest
from nntui.files.schema.keys import FORMAT, HEADERS, TABLES, SchemaKey, TableType
from nntui.files.schema.value_types import ChoiceType, ValueFault, found, is_whole
from nntui.files.toml.document import Document, Path
from nntui.text.counted import counted
from nntui.text.safe import quoted
from nntui.values import dataclass

MOST_FAULTS = 200
MOST_FLAWS = 20  # in one value


class TooManyFaults(Exception):
    """A file has MOST_FAULTS faults; checking stops."""


@dataclass(slots=True)
class Faults:
    """The faults of one document, in the order in which they are found."""

    document: Document
    found: list[InputError] = field(default_factory=list)

    def add(self, path: Path, message: str) -> None:
        """Adds a fault at the value that `path` leads to; TooManyFaults if there are too many."""
        self.add_fault(InputError(self.document.name, self.document.line(path), message))

    def add_fault(self, fault: InputError) -> None:
        """Adds a fault that knows its own line; TooManyFaults if there are too many."""
        self.found.append(fault)
        if len(self.found) >= MOST_FAULTS:
            raise TooManyFaults


def label(table: str, number: int) -> str:
    """The name of a table for a sentence: ` in [training]`, ` in layer 2`; empty for the top of the file."""
    if table in ("layer", "note", "question", "fork"):
        return f" in {table} {number}"
    return f" in {HEADERS[table]}" if table else ""


def check_format(document: Document, faults: Faults) -> bool:
    """Whether this is a file of this version; the keys of another version are not checked."""
    if "format" not in document.values:
        faults.add((), "`format` is missing; expected format = 1 at the top of the file")
        return False
    version = document.values["format"]
    if is_whole(version) and version > FORMAT:
        faults.add(("format",), f"`format` is {found(version)}, of a newer nntui; this one reads format {FORMAT}")
        return False
    if not is_whole(version) or version != FORMAT:
        faults.add(("format",), f"`format` is {found(version)}; expected {FORMAT}")
        return False
    return True


def checked_table(values: dict[str, Any], faults: Faults, table: str = "", path: Path = (), number: int = 0) -> dict[str, Any]:
    """The values of a table with every known key: as given, the default, or None if it is missing or wrong."""
    suggested = set(_unknown(values, faults, table, path, number))
    clean: dict[str, Any] = {}
    for key in TABLES[table]:
        if key.name in values:
            clean[key.name] = _checked(key, values[key.name], faults, (*path, key.name), label(table, number))
            continue
        clean[key.name] = [] if isinstance(key.kind, TableType) and key.kind.most else key.default
        if key.required and key.name not in suggested:
            faults.add(path, _missing(key, label(table, number)))
    return clean


def _unknown(values: dict[str, Any], faults: Faults, table: str, path: Path, number: int) -> Iterator[str]:
    """Adds a fault for every unknown key; yields the known names that were probably meant."""
    known = {name: key.name for key in TABLES[table] for name in (key.name, *key.also)}
    names = {key.name for key in TABLES[table]}
    for name in values:
        if name in names:
            continue
        where = label(table, number) or " at the top of the file"
        near = nearest(name, known)
        if name in known:
            yield known[name]
            advice = f"did you mean {quoted(known[name])}?"
        elif elsewhere := _other_table(name, table):
            advice = f"expected it in {elsewhere}"
        elif near is not None:
            yield known[near]
            advice = f"did you mean {quoted(known[near])}?"
        else:
            advice = f"expected one of {', '.join(key.name for key in TABLES[table])}"
        faults.add((*path, name), f"unknown key {quoted(name)}{where}; {advice}")


def _other_table(name: str, table: str) -> str | None:
    """The header of the one other table with this key; None if there is none, or several."""
    homes = [HEADERS[other] for other, keys in TABLES.items() if other != table and name in {key.name for key in keys}]
    return homes[0] if len(homes) == 1 else None


def _missing(key: SchemaKey, where: str) -> str:
    if isinstance(key.kind, TableType):
        return f"{HEADERS[key.kind.name]} is missing; expected {key.about[0].lower()}{key.about[1:].rstrip('.')}"
    return f"`{key.name}` is missing{where}; expected {key.kind.expected}"


def _checked(key: SchemaKey, value: object, faults: Faults, path: Path, where: str) -> Any:
    if isinstance(key.kind, TableType):
        return _tables(key.kind, value, faults, path) if key.kind.most else _table(key.kind, value, faults, path)
    before = len(faults.found)
    for flaw in islice(key.kind.faults_in(value), MOST_FLAWS):
        faults.add((*path, *flaw.path), _sentence(key, flaw, value, where))
    return value if len(faults.found) == before else None


def _sentence(key: SchemaKey, flaw: ValueFault, value: object, where: str) -> str:
    name = f"{flaw.where} of `{key.name}`" if flaw.where else f"`{key.name}`"
    near = key.kind.meant(value) if isinstance(key.kind, ChoiceType) and isinstance(value, str) else None
    meant = f"did you mean {quoted(near)}? " if near else ""
    return f"{name}{where} is {flaw.found}; {meant}expected {flaw.expected}"


def _table(kind: TableType, value: object, faults: Faults, path: Path) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        remedy = " with single brackets" if isinstance(value, list) else ""
        faults.add(path, f"`{kind.name}` is {found(value)}; expected one table {HEADERS[kind.name]}{remedy}")
        return None
    return checked_table(value, faults, kind.name, path)


def _tables(kind: TableType, value: object, faults: Faults, path: Path) -> list[dict[str, Any] | None] | None:
    if not isinstance(value, list):
        remedy = " with double brackets" if isinstance(value, dict) else ""
        faults.add(path, f"`{kind.name}` is {found(value)}; expected {HEADERS[kind.name]}{remedy}")
        return None
    if not kind.least <= len(value) <= kind.most:
        faults.add(path, f"{counted(len(value), kind.name)} in {HEADERS[kind.name]}; expected {kind.least} to {kind.most}")
        return None
    tables: list[dict[str, Any] | None] = []
    for number, table in enumerate(value, start=1):
        if isinstance(table, dict):
            tables.append(checked_table(table, faults, kind.name, (*path, number - 1), number))
        else:
            faults.add((*path, number - 1), f"{kind.name} {number} is {found(table)}; expected a table {HEADERS[kind.name]}")
            tables.append(None)
    return tables
