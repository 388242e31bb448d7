"""One table of keys: every key has one action, and everything that names a key is drawn from it."""

import re

import pytest
from rich.cells import cell_len
from textual.binding import Binding

from nntui.explain.notation.glossary import glossary
from nntui.explain.notation.symbols import COMMON, LECTURE
from nntui.files.library import load
from nntui.session.controllers.tools import ToolController
from nntui.session.opening import of_scenario
from nntui.tui.app import NntuiApp
from nntui.tui.lesson.here import lesson_keys
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.screens.help import Help
from nntui.tui.widgets.keys import ACTIONS, KEYS
from tests.session.fake_window import FakeLesson
from tests.tui.driven_app import a_session, run_story

# Which key means what, as README says, and nothing else ever.
RESERVED = {
    "right": "forward", "left": "back", "pagedown": "point(1)", "pageup": "point(-1)", "home": "home", "end": "end",
    "space": "play", "plus": "faster", "minus": "slower", "g": "go_to", "n": "note(1)", "N": "note(-1)", "r": "reload",
    "question_mark": "app.help", "ctrl+p": "app.command_palette", "q": "app.quit",
    "1": "grain('neuron')", "2": "grain('layer')", "3": "grain('phase')", "4": "grain('point')", "5": "grain('epoch')",
}  # fmt: skip
LATER = {"6", "i", "enter", "backspace", "m", "p", "k", "v", "o", ".", ",", "d", "e", "f", "u", "x", "R", "y"}


def all_keys():
    return [(name, key) for key in KEYS for name in key.keys.split(",")]


def test_no_key_has_two_meanings():
    names = [name for name, _ in all_keys()]
    assert len(names) == len(set(names))


def test_reserved_keys_mean_what_they_are_reserved_for():
    meaning = {name: key.action for name, key in all_keys()}
    for name, action in RESERVED.items():
        assert meaning[name] == action
    plain = {name for name in meaning if name not in RESERVED} & LATER
    for name in plain:  # taken since: then by the action that it was reserved for, never by another
        assert meaning[name].split("(")[0] in {
            "6": "grain", "i": "inspect", "enter": "open", "backspace": "return", "m": "remark", "p": "predict", "k": "check",
            "v": "view", "o": "notation", ".": "digits", ",": "digits", "d": "data", "e": "edit", "f": "forks", "u": "until",
            "x": "cursor", "R": "record", "y": "copy",
        }[name]  # fmt: skip


def name_of(action):
    return re.match(r"(app\.)?(\w+)", action).groups()


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.action)
def test_every_key_has_words_and_says_where_it_holds(key):
    of_app, name = name_of(key.action)
    assert not of_app or callable(getattr(NntuiApp, f"action_{name}", None))
    assert of_app or key.where == "lesson", "an action that is everywhere says that it is the app's"
    assert key.words[:1].isupper()
    assert not key.words.endswith(".")
    assert len(key.words) <= 64, "fits the help screen"


def test_the_controllers_answer_every_action_of_a_lesson_and_no_other():
    screen = LessonScreen(of_scenario(load("xor")), a_session())
    of_keys = {name for of_app, name in map(name_of, (key.action for key in KEYS)) if not of_app}
    assert screen.controllers.actions.keys() == of_keys | {"next_grain", "tool"}, "these two are answers to clicks at the foot"
    answers = [(type(method.__self__), method.__name__) for method in screen.controllers.actions.values()]
    twice = {answer for answer in answers if answers.count(answer) > 1}
    assert twice == {(ToolController, "inspect")}, "i and Enter both inspect; any other action has a method of its own"


@pytest.mark.parametrize(("wide", "cells"), [(True, 75), (False, 55)])
@pytest.mark.parametrize("notation", [LECTURE, COMMON], ids=["lecture", "common"])
def test_no_line_of_the_help_is_wrapped_and_each_goes_on_under_its_words(wide, cells, notation):
    lesson = FakeLesson(load("xor"))
    page = Help(lesson_keys(lesson.navigator, lesson.workspace), notation)
    text = page._whole(wide, cells).plain
    assert [line for line in text.splitlines() if cell_len(line) > cells] == []
    assert "v Tab Shift+Tab b graph, paths, big" in text
    assert cell_len(page.FOOT) <= cells
    letters = text[text.index("Letters, and") : text.index("The lecture's equations")].splitlines()[1:]
    assert {line[:11].strip() for line in letters if line} >= {letter for letter, _ in glossary(notation)}
    assert any(line.startswith(" " * 11) and line.strip() for line in letters), "a long meaning goes on under its first word"


def test_the_bindings_are_the_table():
    bound = {(b.key, b.action) for b in NntuiApp.BINDINGS if isinstance(b, Binding) and not b.key.startswith("ctrl+c")}
    assert bound == {(key.keys, key.action) for key in KEYS if key.where == "everywhere"}
    bound = {(b.key, b.action) for b in LessonScreen.BINDINGS}
    assert bound == {(key.keys, f"perform({key.action!r})") for key in KEYS if key.where == "lesson"}
    assert {name: key.action for name, key in all_keys()} == ACTIONS


def test_a_key_that_comes_while_a_page_is_closing_is_not_lost():
    async def story(w):
        await w.press("?")
        await w.until(lambda: isinstance(w.app.screen, Help))
        await w.press("escape", "3")
        assert w.position.grain == "phase"

    run_story(story, load("xor"))
