"""`nntui schema`: sound files pass it, and most of what the checks refuse it refuses too."""

import ast
import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from nntui import files
from nntui.commands.schema import STORED
from nntui.files.library import bundled
from nntui.files.schema.json_schema import json_schema
from nntui.files.schema.keys import TABLES
from tests.files.test_language import BROKEN, KEPT

FILES = Path(files.__path__[0])


@pytest.fixture(scope="module")
def validator():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_stored_schema_is_that_of_the_table_of_keys():
    stored = STORED.read_text(encoding="utf-8") == json.dumps(json_schema(), indent=2) + "\n"
    assert stored, "the table of keys, an activation or a cost has changed: run tools/write_schema.py"


def test_a_sound_file_passes(validator, sound):
    validator.validate(tomllib.loads(sound))


@pytest.mark.parametrize(("old", "new"), KEPT)
def test_kept(validator, changed, old, new):
    validator.validate(tomllib.loads(changed((old, new))))


# what one key demands of another, what TOML itself refuses, and 1.0, which JSON cannot tell from 1
BEYOND = (
    "expected one for each",
    "for each",
    "the data points of an epoch",
    "is there already",
    "not finite",
    "expected the same in each",
    "note 1: ",
    "question 1: ",
    "question 2: ",
)
FOR_THE_SCHEMA = [
    (old, new)
    for old, new, message in BROKEN
    if not any(words in message for words in BEYOND)
    and not any(word in new for word in ("nan", "inf", "1e400", "1979", "999", "2.0", "2e3", "1.0", '" "'))
]


@pytest.mark.parametrize(("old", "new"), FOR_THE_SCHEMA)
def test_broken(validator, changed, old, new):
    assert list(validator.iter_errors(tomllib.loads(changed((old, new)))))


RESOLVED = {
    "network": {"init", "weights_by"},
    "data": {"file", "target", "targets", "one_hot", "scale", "missing", "header", "separator"},
}
"""Keys that a recording does not need: it has the numbers that they lead to."""


def texts(path):
    return {node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)}


@pytest.mark.parametrize("table", TABLES)
def test_every_key_is_read_and_kept_in_recordings(table):
    read = set().union(*(texts(path) for path in FILES.rglob("*.py") if path.parent.name != "schema"))
    kept = texts(FILES / "scenario" / "embedded.py") | RESOLVED.get(table, set())
    for key in TABLES[table]:
        assert key.name in read, f"`{key.name}` is in the table of keys, but nothing in nntui/files reads it"
        assert key.name in kept, f"`{key.name}` is not kept in recordings: nntui/files/scenario/embedded.py"


def test_every_key_is_described(validator):
    names = {key.name for keys in TABLES.values() for key in keys}
    described = set()

    def walk(schema):
        for name, inner in schema.get("properties", {}).items():
            assert inner["description"].endswith((".", ")."))
            described.add(name)
            walk(inner)
            walk(inner.get("items", {}))

    walk(json_schema())
    assert described == names


@pytest.mark.parametrize(("name", "path"), bundled())
def test_every_bundled_scenario_passes(validator, name, path):
    validator.validate(tomllib.loads(path.read_text(encoding="utf-8")))
