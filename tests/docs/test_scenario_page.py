"""docs/scenario-format.md: every key is described as the language has it, every example is a sound scenario."""

import re
import tomllib

import pytest

from nntui.explain.gradient_check.report import report
from nntui.files.open import read_scenario
from nntui.files.schema.keys import HEADERS, TABLES, TableType
from nntui.files.schema.value_types import ChoiceType
from nntui.training.kinds import KINDS
from tests.docs.pages import DOCS, blocks, complete, section

PAGE = DOCS / "scenario-format.md"
EXAMPLES = blocks(PAGE, "toml")
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) \| (.*) \|$", re.MULTILINE)


def described(table):
    """Key → (type, default, meaning), as the page's table has it."""
    header = "## At the top" if not table else f"## `{HEADERS[table]}`"
    return {name: rest for name, *rest in ROW.findall(section(PAGE, header))}


def used(values, table=""):
    """(table, key) of everything that a scenario's values say."""
    for key in TABLES[table]:
        if key.name not in values:
            continue
        yield table, key.name
        if isinstance(key.kind, TableType):
            inside = values[key.name]
            for one in inside if isinstance(inside, list) else [inside]:
                yield from used(one, key.kind.name)


@pytest.fixture
def folder(tmp_path):
    """A folder with the data files of the page."""
    for block in blocks(PAGE):
        if block.mark == "file":
            (tmp_path / block.argument).write_text(block.text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("table", TABLES)
def test_every_key_is_described_in_order_with_its_default(table):
    rows = described(table)
    names = [key.name for key in TABLES[table]]
    complete(f"the table of keys of {HEADERS[table] or 'the top'} in docs/scenario-format.md", rows, names)
    assert list(rows) == names
    for key in TABLES[table]:
        _, default, _ = rows[key.name]
        if key.required:
            assert default == "required"
        elif key.default is None:
            assert default == "none"
        else:
            assert tomllib.loads(f"value = {default.strip('`')}")["value"] == key.default


@pytest.mark.parametrize("table", TABLES)
def test_every_word_that_a_key_can_have_is_described(table):
    for key in TABLES[table]:
        if isinstance(key.kind, ChoiceType):
            words = re.findall(r'`"([^"`]+)"`', described(table)[key.name][0])
            complete(f"`{key.name}` in docs/scenario-format.md", words, key.kind.options)
            assert len(words) == len(key.kind.options)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line {example.line}")
def test_example_is_read_and_trains(example, folder):
    file = folder / "example.toml"
    file.write_text(example.text, encoding="utf-8")
    scenario = read_scenario(file)
    assert not report(scenario).disagrees


def test_every_key_is_in_an_example():
    seen = {pair for example in EXAMPLES for pair in used(tomllib.loads(example.text))}
    there = {(table, key.name) for table, keys in TABLES.items() for key in keys}
    assert seen <= there
    unused = sorted(".".join(pair) for pair in there - seen)
    assert not unused, f"no example of docs/scenario-format.md uses {', '.join(unused)}"


def test_every_kind_of_step_is_in_the_table_of_addresses():
    rows = [line for line in section(PAGE, "## Addresses").splitlines() if line.startswith("| ")]
    named = [kind for row in rows for kind in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert named == list(KINDS)
