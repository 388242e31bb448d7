"""One table of keys: every key has one action, and everything that names a key is drawn from it."""

import re

import pytest
from textual.binding import Binding

from nntui.tui.app import NntuiApp
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.widgets.keys import KEYS

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


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.action)
def test_every_action_exists_and_has_words(key):
    of_app, name = re.match(r"(app\.)?(\w+)", key.action).groups()
    assert callable(getattr(NntuiApp if of_app else LessonScreen, f"action_{name}", None))
    assert of_app or key.where == "lesson", "an action that is everywhere says that it is the app's"
    assert key.words[:1].isupper()
    assert not key.words.endswith(".")
    assert len(key.words) <= 64, "fits the help screen"


def test_the_bindings_are_the_table():
    bound = {(b.key, b.action) for owner in (NntuiApp, LessonScreen) for b in owner.BINDINGS if isinstance(b, Binding)}
    assert {(keys, action) for keys, action in bound if not keys.startswith("ctrl+c")} == {(key.keys, key.action) for key in KEYS}
