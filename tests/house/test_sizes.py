"""The house in numbers: modules in a folder, names that stand once."""

from collections import defaultdict

from tests.house.source import PACKAGE, classes, dotted, modules

MOST_MODULES = 12
CLASSES = {(dotted(path), node.name): node for path, node in classes()}


def twice(homes):
    """The names that have more than one home."""
    return {name: where for name, where in homes.items() if len(where) > 1}


def test_folder_holds_at_most_a_dozen_modules():
    held = defaultdict(list)
    for path in modules():
        if path.name != "__init__.py" and path.parent != PACKAGE / "commands":  # one module a command
            held[dotted(path.parent)].append(path.stem)
    assert {folder: stems for folder, stems in held.items() if len(stems) > MOST_MODULES} == {}


def test_no_class_name_stands_twice():
    homes = defaultdict(list)
    for module, name in CLASSES:
        homes[name].append(module)
    assert twice(homes) == {}


def test_modules_of_one_stem_are_told_apart_by_their_folders():
    """`io/read` and `scenario/read` may be, two of the name `scenario/read` may not."""
    homes = defaultdict(list)
    for path in modules():
        if path.name != "__init__.py":
            homes[path.parent.name, path.stem].append(dotted(path))
    assert twice(homes) == {}


def test_no_module_has_the_name_of_a_folder_beside_it():
    assert [dotted(path) for path in modules() if path.with_suffix("").is_dir()] == []
