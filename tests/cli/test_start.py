"""What is loaded before it is needed: a start is as quick as what it loads is little."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from importlib.util import find_spec

import pytest

from nntui.files.library import bundled, head_of, load, title_of
from nntui.files.toml.document import parse
from nntui.session.session import begun
from nntui.tui.screens.picker_entries import picker_entries

FIRST_PAINT = """
import asyncio, json, sys
from datetime import datetime, UTC
from nntui.files.library import load
from nntui.session.opening import of_scenario
from nntui.session.session import begun
from nntui.tui.app import NntuiApp

async def painted():
    session = begun(lambda: 0.0, lambda: datetime(2026, 1, 1, tzinfo=UTC), None, 1)
    app = NntuiApp(session, of_scenario(load(sys.argv[1])))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert app.screen.query("*")

asyncio.run(painted())
print(json.dumps(sorted(sys.modules)))
"""

PICKER_PAINTED = """
import asyncio, json, sys
from datetime import datetime, UTC
from nntui.commands import open
from nntui.files import history, settings
from nntui.session.session import begun
from nntui.tui.app import NntuiApp
from nntui.tui.screens.picker import Picker

complete, loaded = Picker._complete, []
def look_first(picker):
    loaded.append(sorted(sys.modules))
    complete(picker)
Picker._complete = look_first

async def painted():
    app = NntuiApp(begun(lambda: 0.0, lambda: datetime(2026, 1, 1, tzinfo=UTC)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert app.screen.query("*")

asyncio.run(painted())
print(json.dumps([loaded[0], sorted(sys.modules)]))
"""

BEHIND_A_KEY = {
    "the plot with numbers in it": ("plotext",),
    "draws from a seed": ("numpy.random",),
    "data in a file of its own": ("nntui.files.data.csv_data", "csv"),
    "other formats": ("nntui.files.networks", "nntui.explain.documents", "nntui.explain.exercises"),
    "the gradient check": ("nntui.explain.gradient_check",),
    "predictions and sheets": ("nntui.explain.grading", "nntui.explain.marking", "nntui.files.paper"),
    "what is learned": ("nntui.draw.learned", "nntui.explain.learned"),
    "the table": ("nntui.draw.table", "nntui.session.tools.table"),
    "numbers laid open": ("nntui.draw.panels.inspect",),
    "conditions": ("nntui.training.until.parser", "nntui.explain.sentences.conditions"),
    "saving": ("nntui.files.scenario.save",),
    "help": ("nntui.tui.screens.help", "nntui.explain.notation.glossary"),
    "graphs and bands": ("nntui.draw.graph.graph", "nntui.draw.bands.bands"),
}

BEHIND_A_KEY_OF_A_LESSON = BEHIND_A_KEY | {
    "the picker and the palette": ("nntui.tui.screens", "nntui.tui.terminal.palette"),
    "the app in a browser": ("nntui.tui.terminal.browser_driver", "textual.drivers.web_driver"),
    "reading recordings": ("nntui.files.recording.reader", "nntui.files.recording.lines", "nntui.lesson.log"),
    "forks": ("nntui.session.tools.forks", "nntui.training.edits", "nntui.files.scenario.forks"),
    "steps backward": ("nntui.explain.equations.backward", "nntui.explain.equations.update"),
    "the plot as a tool": ("nntui.session.tools.plotter", "nntui.draw.plot.chart", "nntui.training.rows.measured"),
    "other tools": ("nntui.session.tools.inspector", "nntui.explain.equations.inspect", "nntui.session.walkthrough"),
    "pages": ("nntui.session.pages.page_table", "nntui.draw.panels.page"),
}
MOST_MODULES = 250  # of ours before the first picture; each costs a start a quarter of a millisecond


def loaded_by(*arguments):
    """The modules in a process that has run Python with some arguments, and ended well."""
    run = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout.splitlines()[-1]))


def loaded_of(modules, packages):
    return {module for module in modules for package in packages if module == package or module.startswith(f"{package}.")}


def test_what_lies_behind_a_key_has_these_names():
    named = {package for packages in BEHIND_A_KEY_OF_A_LESSON.values() for package in packages}
    assert {package for package in named if find_spec(package) is None} == set()


def test_before_the_first_paint_nothing_is_loaded_that_lies_behind_a_key():
    modules = loaded_by("-c", FIRST_PAINT, "xor")
    assert {what: loaded_of(modules, packages) for what, packages in BEHIND_A_KEY_OF_A_LESSON.items()} == {
        what: set() for what in BEHIND_A_KEY_OF_A_LESSON
    }
    assert "nntui.draw.screen" in modules
    assert len(loaded_of(modules, ("nntui",))) <= MOST_MODULES


@pytest.fixture(scope="module")
def picker():
    """The modules that are loaded when the picker is painted, and those when it has looked into what is marked."""
    run = subprocess.run([sys.executable, "-c", PICKER_PAINTED], capture_output=True, text=True, check=True)
    return [set(modules) for modules in json.loads(run.stdout.splitlines()[-1])]


def test_the_picker_loads_no_scenario_but_the_one_that_is_marked_and_nothing_that_lies_behind_a_key(picker):
    _, modules = picker
    assert {what: loaded_of(modules, packages) for what, packages in BEHIND_A_KEY.items()} == {
        what: set() for what in BEHIND_A_KEY
    }
    assert "nntui.tui.screens.picker" in modules


def test_the_picker_is_painted_before_numpy_or_anything_of_a_run_is_loaded(picker):
    modules, _ = picker
    unneeded = ("numpy", "nntui.engine.network", "nntui.training.timeline", "nntui.training.scenario", "nntui.files.scenario")
    unneeded += ("nntui.explain.equations", "nntui.lesson.log", "nntui.files.recording.reader", "nntui.session.opening")
    assert not loaded_of(modules, unneeded)
    assert "nntui.tui.screens.picker" in modules


def test_the_first_move_loads_nothing_that_only_reads_recordings():
    imported = "import json, sys, nntui.session.recordings.running_recording"
    modules = loaded_by("-c", f"{imported}; print(json.dumps(sorted(sys.modules)))")
    unneeded = ("nntui.files.recording.reader", "nntui.files.recording.lines.line_cards", "nntui.lesson.log")
    assert not loaded_of(modules, unneeded)
    assert "nntui.files.recording.writer" in modules


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (
            ["check", "xor"],
            ("textual", "rich", "plotext", "numpy.random", "nntui.draw", "nntui.session", "nntui.files.recording.reader"),
        ),
        (["show", "xor"], ("textual", "plotext", "numpy.random", "nntui.explain.gradient_check", "nntui.files.recording.reader")),
        (["trace", "xor", "--to", "1:1"], ("textual", "rich", "plotext", "numpy.random", "nntui.draw", "nntui.session")),
    ],
    ids=["check", "show", "trace"],
)
def test_a_command_loads_what_it_needs(arguments, unneeded):
    told = f"import json, sys; from nntui.cli import main; main({arguments}); print(json.dumps(sorted(sys.modules)))"
    assert not loaded_of(loaded_by("-c", told), unneeded)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["list"], ["schema"]])
def test_what_prints_texts_loads_neither_numpy_nor_textual(arguments):
    told = f"import json, sys; from nntui.cli import main; main({arguments}); print(json.dumps(sorted(sys.modules)))"
    modules = loaded_by("-c", told)
    assert not loaded_of(modules, ("numpy", "textual", "rich", "plotext", "nntui.engine.network"))


def test_a_head_that_is_read_without_the_parser_is_what_the_parser_reads():
    for _, path in bundled():
        values = parse(path.read_text(encoding="utf-8"), path.name).values
        assert head_of(path) == (values["title"], values["about"])


@pytest.mark.parametrize(
    ("head", "title", "about"),
    [
        ('format = 1\ntitle = "plain"\nabout = """\ntwo "quoted" ""lines""\n"""\n', "plain", 'two "quoted" ""lines""\n'),
        ('format = 1\ntitle = "a\\u0062c"\nabout = """x"""\n', "abc", "x"),
        ('format = 1\ntitle = "t"\nabout = """a\\\n   b\\tc"""\n', "t", "ab\tc"),
        ('format = 1\ntitle = "t"\nabout = """a""\\""b"""\n', "t", 'a""""b'),
        ('format = 1\r\ntitle = "t"\r\nabout = """\r\na"""\r\n', "t", "a"),
        ('# why\nabout = "a"\ntitle = "t" # so\nformat = 1\n', "t", "a"),
        ('format = 1\ntitle = "t"\n', "t", ""),
    ],
)
def test_a_head_however_it_is_written(tmp_path, head, title, about):
    path = tmp_path / "one.toml"
    path.write_bytes(f"{head}[network]\n".encode())
    assert head_of(path) == (title, about)


def test_what_the_picker_tells_before_it_looks_into_a_scenario_is_told_after_it_at_the_same_place():
    session = begun(lambda: 0.0, lambda: datetime(2026, 1, 1, tzinfo=UTC))
    entries = [entry for entry in picker_entries(session) if entry.name]
    assert len(entries) == len(bundled())
    for entry in entries[::5]:
        glimpse, about = (text.plain.splitlines() for text in (entry.glimpse(), entry.about()))
        assert about[2:5] != glimpse[2:5] == ["", "", ""]
        assert (about[:2], about[5:]) == (glimpse[:2], glimpse[5:])


def test_titles_are_those_of_the_scenarios():
    assert {name: title_of(path) for name, path in bundled()} == {name: load(path).title for name, path in bundled()}
