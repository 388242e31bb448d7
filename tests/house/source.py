"""The project's own code as syntax trees."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "nntui"


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*folders):
    """All modules of nntui, or those in some of its folders, `__init__` included."""
    return sorted(path for folder in folders or ("",) for path in (PACKAGE / folder).rglob("*.py"))


def dotted(path):
    """nntui.engine.network for its file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def classes():
    """(file, class) of every class at the top of a module of nntui."""
    return [(path, node) for path in modules() for node in tree(path).body if isinstance(node, ast.ClassDef)]


@cache
def nodes(path):
    """Everything in a module."""
    return tuple(ast.walk(tree(path)))


@cache
def imports(path):
    """The dotted names that a module imports, anywhere in it: the module, and what is taken from it."""
    found = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(found)
