"""The house in numbers: modules in a folder, methods of a class, names that are unique."""

import ast
from collections import defaultdict
from functools import cache
from importlib import import_module

from tests.house.source import PACKAGE, classes, dotted, modules

MOST_MODULES = 12
MOST_METHODS = 25


@cache
def nodes():
    """Every class of nntui at the top of its module."""
    return {(dotted(path), node.name): node for path, node in classes()}


def twice(homes):
    """The names that have more than one home, a line each."""
    return [f"{name} in {' and '.join(where)}" for name, where in homes.items() if len(where) > 1]


def test_folder_holds_at_most_a_dozen_modules():
    held = defaultdict(list)
    for path in modules():
        if path.name != "__init__.py" and path.parent != PACKAGE / "commands":  # one module a command
            held[dotted(path.parent)].append(path.stem)
    full = [f"{folder} ({len(stems)})" for folder, stems in held.items() if len(stems) > MOST_MODULES]
    assert not full, f"more than {MOST_MODULES} modules: {', '.join(full)}; a part of them can have a folder of its own"


def test_no_two_classes_have_one_name():
    homes = defaultdict(list)
    for module, name in nodes():
        homes[name].append(module)
    assert twice(homes) == []


def test_modules_of_one_stem_are_told_apart_by_their_folders():
    """`io/read` and `scenario/read` may be, two of the name `scenario/read` may not."""
    homes = defaultdict(list)
    for path in modules():
        if path.name != "__init__.py":
            homes[f"{path.parent.name}/{path.stem}"].append(dotted(path))
    assert twice(homes) == []


def test_no_module_has_the_name_of_a_folder_beside_it():
    assert [dotted(path) for path in modules() if path.with_suffix("").is_dir()] == []


def methods(module, name):
    """The names of the methods and properties of a class as they stand in the source, those of its bases of ours included."""
    own = [nodes()[base.__module__, base.__name__] for base in bases(module, name)]
    return {inside.name for node in own for inside in node.body if isinstance(inside, ast.FunctionDef | ast.AsyncFunctionDef)}


def bases(module, name):
    """A class and its bases, as far as they are ours."""
    order = getattr(import_module(module), name).__mro__
    return [base for base in order if (base.__module__, base.__name__) in nodes()]


def test_class_has_at_most_25_methods_over_its_own_bases():
    counts = {f"{module}.{name}": len(methods(module, name)) for module, name in nodes()}
    long = [f"{name} ({count})" for name, count in counts.items() if count > MOST_METHODS]
    assert not long, f"more than {MOST_METHODS} methods: {', '.join(long)}"
