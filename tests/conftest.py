"""Options of the whole test run, Hypothesis's profile for all of it, and what need not be done twice."""

import gc
import os
from collections import defaultdict
from contextlib import suppress
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from inspect import CO_COROUTINE
from math import ceil
from pathlib import Path
from random import Random
from types import CodeType

import pytest
from textual.css.stylesheet import Stylesheet

from nntui.draw.charts.plotext_figure import Curve, figure
from nntui.draw.costs import cost_curves
from nntui.engine.network import Network
from nntui.files import library
from nntui.training.scenario import Scenario
from tests.engines import only_numpy
from tests.forked import Server
from tests.strategies import PROFILE, SHARES


def _read_once(load):
    """`load`, which reads each bundled scenario once: hundreds of tests ask for it, and a Scenario never changes."""
    bundled, read = library.folder(), cache(load)

    def loaded(path_or_name):
        path = Path(library.meant(path_or_name))
        return read(path) if path.parent == bundled else load(path_or_name)

    return loaded


library.load = _read_once(library.load)  # before a module of tests takes it from there


@pytest.fixture
def numpy_alone():
    """NumPy does all the work, whether a compiled object is there or not."""
    with only_numpy():
        yield


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_ones_own(tmp_path_factory):
    """No test reads or writes the settings of the person who runs it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=10, help="how often a recording is killed at a random moment (default 10)")
    parser.addoption("--other-cases", action="store_true", help="of sweeps, only the cases that a usual run leaves out")
    parser.addoption("--in-the-app", action="store_true", help="only stories, all told to the app, which paints every update")
    parser.addoption("--sshd", action="store_true", help="the tests of tests/ssh against OpenSSH's sshd and ssh as well")
    parser.addoption("--torch", metavar="PYTHON", help="a Python that has PyTorch, for the test of what is exported to it")
    parser.addoption("--pdflatex", action="store_true", help="documents in LaTeX go through pdflatex as well")
    parser.addoption("--shells", action="store_true", help="completion is typed into zsh and fish as well")
    parser.addoption("--chromium", action="store_true", help="documents and pages are opened and used by Chromium as well")


def pytest_configure(config):
    config.addinivalue_line("markers", "torch: runs what is exported to PyTorch; only where there is one (--torch)")
    if config.getoption("--in-the-app"):
        keyed_lesson, driven_app = map(import_module, ("tests.session.keyed_lesson", "tests.tui.driven_app"))
        keyed_lesson.tell = driven_app.run_story  # before a module of tests takes it from there
        driven_app.PAINTS_ALL = True


LONGEST_ID = 40  # characters of one value


def pytest_make_parametrize_id(val):
    """Short names of what a test is repeated with; None leaves it to pytest."""
    match val:
        case Scenario():
            return val.title
        case Network():
            return f"{'-'.join(map(str, val.sizes))} {'-'.join(layer.activation for layer in val.layers)}"
        case str() if len(val) > LONGEST_ID or not val.isprintable():
            text = "".join(character if character.isprintable() else " " for character in val[: LONGEST_ID - 1])
            return f"{text}…" if len(val) >= LONGEST_ID else text
        case bytes() if len(val) > LONGEST_ID:
            return f"{len(val)} bytes"
    return None


def pytest_collection(session):
    """While thousands of tests are collected nothing of them is garbage: it is not looked for."""
    gc.disable()
    if session.config.args == session.config.getini("testpaths"):
        import_a_share()


def import_a_share():
    """Of several workers, each first imports other modules: what one has compiled, the others find in the cache.

    A module that cannot be imported says so when its tests are collected.
    """
    folder, workers = Path(__file__).parent, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers > 1:
        own = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
        for path in sorted(folder.rglob("test_*.py"))[own::workers]:
            with suppress(Exception):
                import_module(".".join(path.relative_to(folder.parent).with_suffix("").parts))


def pytest_collection_finish(session):
    """From here on what was collected is passed over where garbage is looked for, which is done seldom: memory is plenty."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_collection_modifyitems(config, items):
    left_out = beyond_the_share(config, items) | without_torch(config, items) | no_stories(config, items)
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = [item for item in items if item not in left_out]


def without_torch(config, items):
    """What needs PyTorch, where there is none."""
    if config.getoption("--torch") or find_spec("torch"):
        return set()
    return {item for item in items if item.get_closest_marker("torch")}


def no_stories(config, items):
    """With --in-the-app, what has no story of its own and does not `tell` one: it would be no other test."""
    if not config.getoption("--in-the-app"):
        return set()
    return {item for item in items if not is_story(item.function.__code__)}


def is_story(code):
    """Whether a test tells something that is a coroutine, its own or another's."""
    parts = [part for part in code.co_consts if isinstance(part, CodeType)]
    return "tell" in code.co_names or any(part.co_flags & CO_COROUTINE for part in parts)


def beyond_the_share(config, items):
    """Of a test marked `sweep` only a share of the cases is kept, chosen by lot but always the same; a thorough run has all.

    A case that is named on the command line is run in any case. With --other-cases it is those beyond the share of a
    usual run that are kept; a property test is kept there, too, as it tries more examples of each case. A case marked
    `sweep(usual=False)`, whole where others are a sample of it, is beyond every share.
    """
    if any("[" in argument for argument in config.args):
        return set()
    cases, unusual = defaultdict(list), set()
    for item in items:
        if mark := item.get_closest_marker("sweep"):
            if mark.kwargs.get("usual", True):
                cases[item.path, item.originalname].append(item)
            else:
                unusual.add(item)
    if config.getoption("--other-cases"):
        usual = set().union(*(share(name, every, SHARES["nntui"]) for (_, name), every in cases.items()))
        return {item for item in usual if not item.get_closest_marker("hypothesis")}
    if SHARES[PROFILE] >= 1:
        return set()
    return unusual.union(*(set(every) - share(name, every, SHARES[PROFILE]) for (_, name), every in cases.items()))


def share(name, cases, part):
    """As many of the cases of a test as the part of them is, at least one: always the same for a name."""
    return set(Random(name).sample(cases, ceil(len(cases) * part)))


def pytest_report_header():
    return f"profile {PROFILE}: {SHARES[PROFILE]:.0%} of the examples of property tests and of the cases of sweeps"


@pytest.fixture(scope="session", autouse=True)
def _same_curves_are_plotted_once():
    """Many steps and many ways lead to the same plot: plotext, which takes the most of a picture, draws it once.

    The figure is a function of its arguments alone; `tests/draw/test_figure.py` calls it as it is.
    """
    drawn = lru_cache(maxsize=256)(lambda curves, *rest: figure([Curve(*curve) for curve in curves], *rest))

    def drawn_once(curves, size, x_range, y_range, y_ticks):
        fixed = tuple((tuple(one.x), tuple(one.y), one.role, one.joined, one.marker) for one in curves)
        return drawn(fixed, size, tuple(x_range), tuple(y_range), tuple(y_ticks))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cost_curves, "figure", drawn_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _same_styles_are_parsed_once():
    """Hundreds of apps have the same style sheets: Textual parses each once, as it does within one app.

    What comes out is a function of the text, the colours of the theme and how it is read.
    """
    parse, parsed = Stylesheet._parse_rules, {}

    def parsed_once(sheet, *told, **options):
        key = told, tuple(options.items()), tuple(sheet._variables.items())
        if key not in parsed:
            parsed[key] = parse(sheet, *told, **options)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed_once)
        yield


@pytest.fixture(scope="session")
def server():
    """The process that forks apps for the whole worker: `server.terminal("xor")` is what `Terminal("xor")` is, sooner."""
    with Server() as one:
        yield one
