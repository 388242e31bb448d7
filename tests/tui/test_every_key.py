"""Every key that a foot shows, and every key of the table, wherever the viewer is: each once, and as a burst of three."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pytest

from nntui.draw.layout.foot import KeyHint
from nntui.explain.learned import surface
from nntui.files.library import load
from nntui.session import tools
from nntui.session.opening import of_scenario
from nntui.session.tools.tool import Tool
from nntui.tui.app import NntuiApp
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.screens.picker import Picker
from nntui.tui.widgets.canvas import Canvas
from nntui.tui.widgets.keys import ACTIONS
from nntui.tui.widgets.prompt import Prompt
from tests.docs.pages import complete
from tests.session.keyed_lesson import tell
from tests.tui.driven_app import a_session, driven, run_story

XOR = replace(load("xor"), epochs=5, notes=(), questions=())
OPENED = {
    "lesson": (),
    "inspector": ("right", "i"),
    "plotter": ("pagedown", "pagedown", "pagedown", "x"),
    "table": ("d",),
    "learned": ("l",),
    "surface": ("l", "l"),
    "nudge": ("k",),
    "forks": ("e", *"eta=1", "enter", "f"),
}
OVER = {"prompt": ("g",), "help": ("question_mark",), "page": ("k", "k"), "palette": ("ctrl+p",), "edit": ("e",)}
TYPED = ("prompt", "palette", "edit")  # there letters are text
TOOLS = [where for where in OPENED if where != "lesson"]
OPPOSITE = {"left": ("right",), "right": ("left",), "up": ("down",), "down": ("up",), "1": ("2",)}  # there is room to go then
UNSEEN = ("1", "5", "space")  # the grain and play, which the foot of a tool does not tell
NAMES = {
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    "Esc": "escape",
    "Bksp": "backspace",
    "PgDn": "pagedown",
    "*": "asterisk",
}


@pytest.fixture(scope="module", autouse=True)
def _a_point_of_a_loss_surface_is_computed_once():
    """A new lesson is opened for nearly every key, and its surface is that of the one before."""
    mean_cost = surface.mean_cost

    @cache
    def computed(scenario, theta, rows):
        return mean_cost(scenario, np.frombuffer(theta), np.frombuffer(rows, np.intp))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surface, "mean_cost", lambda scenario, theta, rows: computed(scenario, theta.tobytes(), rows.tobytes()))
        yield


def test_every_tool_is_tried():
    for module in iter_modules(tools.__path__, f"{tools.__name__}."):
        import_module(module.name)
    complete("OPENED of this test", TOOLS, {tool.__module__.rpartition(".")[2] for tool in Tool.__subclasses__()})


def ways(key):
    return [(key,), (key, key, key)]


@asynccontextmanager
async def open_at(where):
    """A new app in which something is open."""
    async with driven(NntuiApp(a_session(), of_scenario(XOR))) as w:
        for before in OPENED[where]:
            await w.press(before)
        yield w


async def each(opened, keys):
    """Each key once and thrice, always at the same place of a new lesson; in a new app, where the last has ended."""
    to_press = [(key, burst) for key in keys for burst in ways(key)]
    while to_press:
        app = NntuiApp(a_session(), of_scenario(XOR))
        async with driven(app) as w:
            while to_press and not app._exit:
                for before in opened:
                    await w.press(before)
                yield w, *to_press.pop(0)
                if not app._exit:
                    await begin_again(w)


async def begin_again(w):
    """Leaves whatever is open for a new lesson."""
    while len(w.app.screen_stack) > 2:
        await w.app.pop_screen()
    await w.app.switch_screen(w.app._lesson(of_scenario(XOR)))
    await w.settled()


def bursts(where):
    """What is pressed there: three of each key; where they are text, the letters are typed one after the other."""
    keys = sorted({*ACTIONS, "tab", "f5", "delete", "L", "t", "S", "D"} - {"q", "ctrl+z", "s"})
    letters = [key for key in keys if len(key) == 1] if where in TYPED else []
    return [*([letters] if letters else []), *([key] * 3 for key in keys if key not in letters)]


SAMPLE, PARTS = pytest.mark.sweep, 4  # of the keys of a place a usual run presses a part, which is another one at each place
WHOLE = pytest.mark.sweep(usual=False)


@pytest.mark.parametrize(
    "how", [pytest.param("sample", marks=SAMPLE), pytest.param("all", marks=WHOLE), pytest.param("afresh", marks=WHOLE)]
)
@pytest.mark.parametrize("where", [*OPENED, *OVER])
def test_no_key_ends_the_program_but_q(where, how):
    """Nor does any raise a fault: the app of a test raises those. `afresh`: what is tried is closed and opened for each key."""
    opened = OPENED.get(where) or OVER.get(where, ())
    tried = bursts(where)
    if how == "sample":
        tried = tried[[*OPENED, *OVER].index(where) % PARTS :: PARTS]

    async def told():
        app = NntuiApp(a_session(), of_scenario(XOR))
        async with driven(app) as w:
            there = None
            for burst in tried:
                if how == "afresh" or there != place(w):
                    await home(w)
                    await w.press(*opened)
                    there = place(w)
                await w.press(*burst)
                assert app.is_running, burst

    asyncio.run(told())


def place(w):
    """What is on top: it may have moved in there, but is still what it was."""
    lesson = w.app.screen
    if not isinstance(lesson, LessonScreen):
        return len(w.app.screen_stack), type(lesson)
    return type(lesson.workspace.tool), lesson.query_one(Prompt).is_open


async def quits(w):
    """Presses q, which ends the program."""
    w.send("q")
    await w.until(lambda: w.app._exit)


async def home(w):
    """Closes whatever is on top, by Escape alone."""
    for _ in range(12):
        lesson = w.app.screen
        if isinstance(lesson, LessonScreen) and lesson.workspace.tool is None and not lesson.query_one(Prompt).is_open:
            return
        await w.press("escape")
    raise AssertionError("Escape closes what is on top")


@pytest.mark.parametrize("part", [pytest.param(part, marks=WHOLE if part else SAMPLE) for part in range(PARTS)])
@pytest.mark.parametrize("where", OPENED)
def test_a_key_at_the_foot_does_something(where, part):
    async def told():
        keys = (await foot(where))[part::PARTS]
        assert keys
        async for w, key, burst in each(OPENED[where], keys):
            await w.press(*OPPOSITE.get(key, ()))
            lesson, before = w.app.screen, w.text()
            if key == "q" and where == "lesson":
                await quits(w)
                continue
            await w.press(*burst)
            if len(burst) == 1 and key not in UNSEEN:
                await w.until(lambda w=w, lesson=lesson, before=before: w.app.screen is not lesson or w.text() != before)
            assert "does nothing here" not in w.text(), key

    asyncio.run(told())


async def foot(where):
    """The keys that the foot shows there."""
    async with open_at(where) as w:
        line = w.lesson.query_one(Canvas)._block[-1]
        shown = list(dict.fromkeys(span.target.key for span in line if isinstance(span.target, KeyHint)))
    single = [name for key in shown for name in ([*key] if set(key) <= set("↑↓←→") else ["1", "5"] if key == "1-5" else [key])]
    return [NAMES.get(name, name if len(name) == 1 and name.isalnum() else name.lower()) for name in single if name != "?"]


@pytest.mark.parametrize("where", TOOLS)
def test_a_tool_takes_the_keys_that_it_names_and_no_other(where):
    async def story(w):
        for key in OPENED[where]:
            await w.press(key)
        tool, navigator = w.lesson.workspace.tool, w.lesson.navigator
        named = {name for key in tool.own_keys() if key.keys for name in key.keys.split(",")}
        taken = {key for key in {*ACTIONS, *named, "up", "down", "tab", "shift+tab", "delete", "L", "t", "S", "D"}
                 if tool.pressed(key, navigator) is not None}  # fmt: skip
        assert taken - {"backspace"} == named - {"backspace"}
        assert all(len(key.words) <= 27 for key in tool.own_keys()), "fits a column of the help"

    tell(story, XOR)


@pytest.mark.parametrize("where", TOOLS)
def test_q_closes_a_tool_and_the_program_from_its_bottom_screen(where):
    async def told():
        async with open_at(where) as w:
            await w.press("q")
            assert w.lesson.workspace.tool is None
            assert w.app.is_running
            await quits(w)

    asyncio.run(told())


@pytest.mark.sweep
@pytest.mark.parametrize("where", TOOLS)
def test_the_help_begins_with_the_keys_of_what_is_open(where):
    async def told():
        async with open_at(where) as w:
            tool = w.lesson.workspace.tool
            await w.press("question_mark")
            for key in tool.own_keys():
                assert key.words in w.text()
            assert w.text().index(tool.NAME) < w.text().index("─ Move")

    asyncio.run(told())


def test_three_enters_in_the_palette_run_one_command_once():
    async def story(w):
        await w.press("ctrl+p")
        await w.press(*"More digits")
        await w.until(lambda: "More digits" in w.text())
        before = w.app.screen_stack[0].workspace.display.chosen.digits
        await w.press("down")
        await w.press("enter", "enter", "enter")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))
        await w.settled()
        assert w.app.is_running
        assert w.lesson.workspace.display.chosen.digits in (before, before + 1)

    run_story(story, XOR)


def test_a_key_without_a_meaning_says_so():
    async def story(w):
        await w.press("f5")
        await w.until(lambda: "F5 does nothing here; ? tells what the keys do" in w.text())
        await w.press("right")
        assert "nothing here" not in w.text()
        await w.press("escape")
        await w.until(lambda: "q quits" in w.text())
        await w.press("k", "k")
        await w.press("f5")
        await w.until(lambda: "F5 does nothing here" in w.text())

    run_story(story, XOR)


def test_q_quits_the_picker_while_nothing_is_typed_and_is_a_letter_in_a_search():
    async def searching(w):
        await w.press("/", "q")
        assert isinstance(w.app.screen, Picker)
        await w.until(lambda: w.app.screen.query_one("Input").value == "q")
        await w.press("escape")
        await quits(w)

    async def quitting(w):
        await w.press("f5")
        await w.until(lambda: "F5 does nothing here" in w.text())
        await quits(w)

    run_story(searching)
    run_story(quitting)


def test_help_is_searched_and_tells_what_a_key_does():
    async def story(w):
        await w.press("question_mark")
        await w.press("G")
        await w.until(lambda: "G: nothing here" in w.text())
        await w.press("k")
        await w.until(lambda: "k: Gradient check" in w.text())
        await w.press("/", *"fork")
        await w.until(lambda: "Change a number" in w.text())
        assert "Gradient check" not in w.text()
        await w.press("escape")
        await w.until(lambda: "─ Move" in w.text())
        await w.press("/", *"equations")
        await w.until(lambda: "(9) ∂f/∂zⱼˡ⁻¹" in w.text() and "seen at" in w.text())
        await w.press("escape", "escape")
        assert isinstance(w.app.screen, LessonScreen)

    run_story(story, XOR)


def test_the_help_of_a_lesson_fits_80x24():
    async def story(w):
        await w.press("question_mark")
        lines = w.text().splitlines()
        whole = any("close what is on top; quit" in line for line in lines)
        assert whole, "the help is longer than 24 lines: a key that has the words of its neighbour shares its row"
        assert len(lines) == 24

    run_story(story, XOR)
