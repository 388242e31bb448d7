"""Names of code in backticks are names that the code has: classes with their members, tables in the file that is named."""

import ast
import re
from functools import cache

import pytest

from tests.docs.pages import DOCS, PAGES, ROOT

QUOTED = re.compile(r"(?<!`)`([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\(.*?\))?`(?!`)")
PATH = re.compile(r"`((?:nntui|tests|tools)/[\w/]+\.py)`")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
WORD, COMMENT = re.compile(r"\w+"), re.compile(r"(?m)  # .*$|^\s*# .*$")
OF_OTHERS = {
    "MLPClassifier", "MLPRegressor", "out_activation_", "protobuf", "state_dict", "Wl", "bl",
    "macosx_10_13_x86_64", "macosx_11_0_arm64", "f12",
}  # fmt: skip
"""Names of other programs, of files that they write, of platforms, and of keys on a keyboard."""


def prose(page):
    """A page without its fenced blocks, and what is in these."""
    text = page.read_text(encoding="utf-8")
    return FENCED.sub("", text), " ".join(FENCED.findall(text))


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def sources(*tops):
    return [path for top in tops or ("nntui", "tests", "tools") for path in sorted((ROOT / top).rglob("*.py"))]


@cache
def named_at_the_top(path):
    """What a module names at its top: classes, functions, values."""
    names = set()
    for node in tree_of(path).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            names.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        names |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    return names


@cache
def classes():
    """Each class of nntui with its methods and what it names on self or as a field."""
    found = {}
    for path in sources("nntui"):
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef):
                parts = list(ast.walk(node))
                fields = {part.attr for part in parts if isinstance(part, ast.Attribute)}
                fields |= {part.id for part in parts if isinstance(part, ast.Name)}
                found[node.name] = fields | {part.name for part in parts if isinstance(part, ast.FunctionDef)}
    return found


@cache
def words():
    """Every word in the code but those of its comments, and the names of its files."""
    found = {path.stem for path in sources()} | {path.parent.name for path in sources()}
    return found.union(*(WORD.findall(COMMENT.sub("", path.read_text(encoding="utf-8"))) for path in sources()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_in_backticks_is_known(page):
    text, blocks = prose(page)
    known = words() | OF_OTHERS | set(WORD.findall(blocks))
    quoted = [name for name in QUOTED.findall(text) if not (ROOT / name).exists()]
    lacking = [name for name in quoted if not set(name.split(".")) <= known]
    assert not lacking, f"{page.name} names {', '.join(lacking)}, which the code does not"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_member_in_backticks_is_one_of_its_class(page):
    pairs = [name.split(".")[:2] for name in QUOTED.findall(prose(page)[0]) if "." in name]
    lacking = [f"{name}.{member}" for name, member in pairs if name in classes() and member not in classes()[name]]
    assert not lacking, f"{page.name} names {', '.join(lacking)}, which the class does not have"


def test_a_table_or_class_is_in_a_file_that_its_row_names():
    """In "To change X, open Y": `RULES` in `nntui/explain/warnings/rules.py`."""
    lacking = []
    for row in (DOCS / "architecture.md").read_text(encoding="utf-8").partition("## To change X, open Y")[2].splitlines():
        there = set().union(*(named_at_the_top(ROOT / path) for path in PATH.findall(row)))
        names = {name for name in QUOTED.findall(row) if re.match(r"[A-Z]\w*$", name)} - {"README"}
        lacking += [f"{name} ({row.split('|')[1].strip()})" for name in sorted(names - there)]
    assert not lacking, f"docs/architecture.md: no file of the row has {', '.join(lacking)}"
