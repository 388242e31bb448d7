"""The file that `nntui new` writes: XOR, with every key of a scenario file and what it is for.

The comments come from the table of keys (`schema.keys`), so that file, errors and JSON Schema say the same.
"""

import textwrap
from pathlib import Path

from nntui.files.io.errors import InputError, did_you_mean
from nntui.files.io.read import DATA_LIMIT, SCENARIO_LIMIT, read_bytes
from nntui.files.io.write import check_new, write_new
from nntui.files.library import ALIASES, bundled
from nntui.files.schema.keys import HEADERS, TABLES, SchemaKey, Source, TableType
from nntui.files.toml.document import parse

_WIDTH = 96

# What the file says of each key; a key that is left out is written as a comment.
_LAYERS = (
    {"units": "2", "activation": '"sigmoid"', "names": '["h1", "h2"]'},
    {"units": "1", "activation": '"sigmoid"'},
)
_GIVEN: dict[str, dict[str, str]] = {
    "": {
        "format": "1",
        "title": '"XOR, my way"',
        "about": '"""\nWhat to look for: two hidden neurons, and no straight line that parts 0 from 1.\n"""',
    },
    "network": {"seed": "1", "inputs": '["x1", "x2"]'},
    "layer": _LAYERS[0],
    "training": {"eta": "0.5", "epochs": "2000"},
    "data": {"x": "[[0, 0], [0, 1], [1, 0], [1, 1]]", "y": "[[0], [1], [1], [0]]"},
    "note": {"at": '"1:1:delta:1:1"', "text": '"Here the error of the output comes back to the first hidden neuron."'},
    "fork": {"at": '"1:1"', "edits": '"eta=5"', "name": '"η = 5"'},
    "sheet": {"grid": "0.05"},
    "question": {"at": '"1:1:cost"', "hint": '"C = ½(a − y)², and the target y is 0."'},
}
_SOURCES: dict[Source, str] = {
    "x": "# One of three. (i) Rows in place:",
    "file": "# (ii) A data file beside this one; then without x and y:",
    "generate": "# (iii) Made-up data points; then without x and y:",
}
_EXAMPLE: dict[tuple[str, str], str] = {
    ("layer", "weights"): "[[0.15, 0.20], [0.25, 0.30]]",
    ("layer", "biases"): "[0.35, 0.35]",
    ("data", "file"): '"points.csv"',
    ("data", "inputs"): '["width", "height"]',
    ("data", "target"): '"kind"',
    ("data", "targets"): '["first", "second"]',
    ("data", "separator"): '";"',
    ("data", "generate"): '"spiral"',
}


def starting_text() -> str:
    """A commented scenario file that opens without a change."""
    lines = ["# A scenario for nntui. What follows # is a comment; take the # away to set a key."]
    for table, keys in TABLES.items():
        lines += ["", HEADERS[table]] if table else []
        source = None
        for key in keys:
            if isinstance(key.kind, TableType):
                continue
            lines += ["", _SOURCES[key.source]] if key.source and key.source != source else []
            lines += ["", *_comment(key), _setting(table, key)]
            source = key.source
        if table == "layer":
            lines += ["", HEADERS[table], *(f"{name} = {value}" for name, value in _LAYERS[1].items())]
    return "\n".join(lines) + "\n"


def _comment(key: SchemaKey) -> list[str]:
    """What the key is for, its rule, and its default."""
    assert not isinstance(key.kind, TableType)
    rule = [] if key.name == "format" else [key.kind.expected]
    rule += ["required"] if key.required else []
    rule += [f"default {_toml(key.default)}"] if key.default not in (None, "") else []
    text = f"{key.about} ({'; '.join(rule)})"
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)


def _setting(table: str, key: SchemaKey) -> str:
    given = _GIVEN[table].get(key.name)
    if given is not None:
        return f"{key.name} = {given}"
    return f"# {key.name} = {_EXAMPLE.get((table, key.name)) or _toml(key.default)}"


def _toml(value: object) -> str:
    """A default as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            return str(value)


# --- the files


def start(path: Path) -> list[Path]:
    """Writes the commented file; the paths written. InputError as in `write_new`."""
    write_new({path: starting_text().encode()})
    return [path]


def copy_bundled(name: str, path: Path) -> list[Path]:
    """Writes a copy of a bundled scenario, and of its data file beside it; the paths written.

    An existing data file with the same content is left alone. InputError for one with other content, for a name that is
    no bundled scenario, and as in `write_new`.
    """
    known = dict(bundled())
    name = ALIASES.get(name, name)
    if name not in known:
        raise InputError(
            name, None, "is no bundled scenario" + (did_you_mean(name, known) or "; expected a name from `nntui list`")
        )
    source = known[name]
    content = read_bytes(source, SCENARIO_LIMIT)
    check_new(path)
    files = {}
    data = parse(content.decode(), str(source)).values["data"].get("file")
    if data is not None:
        beside = path.parent / data
        files[beside] = read_bytes(source.parent / data, DATA_LIMIT)
        if beside.is_file() and read_bytes(beside, DATA_LIMIT) == files[beside]:
            del files[beside]
    files[path] = content
    write_new(files)
    return list(files)
