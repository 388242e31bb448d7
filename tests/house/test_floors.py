"""What each floor may know: no screen on the lower ones, no clock and no chance below the roof."""

import ast
import subprocess
import sys
from functools import cache
from importlib import import_module

from tests.house.source import PACKAGE, ROOT, classes, dotted, imports, modules, nodes

PURE = ("text", "engine", "training", "lesson", "explain", "files", "draw", "session")
CLOCKS_AND_CHANCE = ("time", "random", "secrets", "datetime", "os", "threading", "asyncio", "uuid")
ALLOWED = {
    "nntui.files": {"os"},  # files are opened there; what of os is no file is looked for below
    "nntui.files.history": {"datetime"},  # a session is named after the moment it began, which is handed in
    "nntui.files.io.write": {"secrets"},  # the name of a file that is not finished
    "nntui.session.session": {"datetime"},  # the type of the moment that is handed in
}
SCREENS = ("textual", "plotext", "rich")


def loaded_after(code):
    """The top-level packages in a fresh interpreter after running `code`."""
    code += "\nimport sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def import_all(folder):
    return "\n".join(f"import {dotted(path)}" for path in modules(folder))


def test_floors_below_the_pictures_load_no_screen():
    below = ("text", "engine", "training", "lesson", "explain", "files")
    assert not loaded_after("\n".join(import_all(folder) for folder in below)) & set(SCREENS)


def test_engine_loads_nothing_of_nntui_but_itself():
    code = import_all("engine")
    code += "\nloaded = [name for name in __import__('sys').modules if name.startswith('nntui.')]"
    code += "\nassert all(name.startswith(('nntui.engine', 'nntui.values', 'nntui.version')) for name in loaded), loaded"
    loaded_after(code)


def test_import_nntui_loads_no_numpy():
    assert "numpy" not in loaded_after("import nntui; nntui.__version__")


def test_the_command_line_loads_nothing_that_takes_long():
    assert not loaded_after("import nntui.cli") & {"numpy", "dataclasses", "inspect", "unicodedata"}


def test_public_names_are_found_when_asked_for():
    assert "numpy" in loaded_after("import nntui; nntui.Timeline; nntui.Scenario; nntui.load")
    assert "ok" in loaded_after(
        "import nntui\ntry: nntui.nothing\nexcept AttributeError: sys = __import__('sys'); sys.modules['ok'] = sys"
    )


# --- no clock, no chance, no environment


def attributes(path):
    """(name, attribute) of everything of the form `name.attribute` in a module."""
    found = [node for node in nodes(path) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)]
    return {(node.value.id, node.attr) for node in found}


def allowed(path):
    """The modules that a module may import for a reason, its own or its folder's."""
    return set().union(*(names for place, names in ALLOWED.items() if f"{dotted(path)}.".startswith(f"{place}.")))


def test_modules_below_the_roof_know_no_clock_and_no_chance():
    found = {}
    for path in modules(*PURE):
        roots = {name.split(".")[0] for name in imports(path)} & set(CLOCKS_AND_CHANCE)
        if wrong := roots - allowed(path):
            found[dotted(path)] = wrong
    assert found == {}


def test_modules_below_the_roof_ask_for_no_time_and_read_no_environment():
    asked = {("datetime", name) for name in ("now", "utcnow", "today")}
    asked |= {("os", name) for name in ("environ", "environb", "getenv", "getpid", "urandom", "times")}
    assert {dotted(path): found for path in modules(*PURE) if (found := attributes(path) & asked)} == {}


def test_chance_comes_from_a_seed():
    """Of numpy.random nothing but the raw bit generators, which promise their bits."""
    used = {
        node.attr
        for path in modules(*PURE)
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "random"
    }
    assert used == {"PCG64", "SeedSequence"}


# --- Textual's private parts


def private(name):
    return name.startswith("_") and not name.startswith("__")


def is_outside(path):
    """Whether a module is not in the room that may use Textual's private parts."""
    return PACKAGE / "tui" / "terminal" not in path.parents


def test_private_modules_of_textual_are_imported_in_the_terminal_room_only():
    found = {dotted(path): [name for name in imports(path) if is_private(name)] for path in modules() if is_outside(path)}
    assert {module: names for module, names in found.items() if names} == {}


def is_private(name):
    """Whether a dotted name leads into a private part of Textual."""
    return name.startswith("textual") and any(private(part) for part in name.split("."))


@cache
def parts_of(class_):
    """The private names that a class of Textual's defines, and those that its methods set on themselves."""
    names = {name for name in vars(class_) if private(name)}
    source = sys.modules[class_.__module__].__file__
    for node in ast.walk(tree_of(source)):
        if isinstance(node, ast.ClassDef) and node.name == class_.__name__:
            names |= set_on_self(node)
    return names


@cache
def tree_of(file):
    with open(file, encoding="utf-8") as source:  # noqa: PTH123
        return ast.parse(source.read())


def set_on_self(class_):
    """The private attributes that a class's methods set on self."""
    return {
        node.attr
        for node in ast.walk(class_)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_self(node.value) and private(node.attr)
    }


def _is_self(node):
    return isinstance(node, ast.Name) and node.id == "self"


def used_on_self(class_):
    """The private names that a class defines, or uses on self or super()."""
    defined = {node.name for node in class_.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    used = {
        node.attr
        for node in ast.walk(class_)
        if isinstance(node, ast.Attribute)
        and (_is_self(node.value) or (isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "super"))
    }
    return {name for name in defined | used if private(name)}


def test_private_parts_of_textual_classes_are_used_in_the_terminal_room_only():
    """Neither on purpose nor by a name that happens to be Textual's too."""
    found = {}
    for path, node in classes():
        if is_outside(path) and "tui" in path.parts:
            order = getattr(import_module(dotted(path)), node.name).__mro__
            theirs = set().union(*(parts_of(base) for base in order if base.__module__.startswith("textual")))
            if used := used_on_self(node) & theirs:
                found[f"{dotted(path)}.{node.name}"] = used
    assert found == {}
