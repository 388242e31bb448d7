"""Themes, the user's keys, and choices that are kept, as they are on the screen."""

from dataclasses import replace
from itertools import combinations
from typing import get_args

import numpy as np
import pytest
from rich.color import ColorType
from textual.widgets import Input

from nntui.draw.base.spans import CLASS_ROLES, INK_ROLES, MAP_ROLES, Role
from nntui.draw.colours.role_styles import RoleStyles
from nntui.draw.learned.pixels import HIGH, LOW, MIDDLE
from nntui.explain.notation.symbols import COMMON
from nntui.files.library import load
from nntui.files.settings import PRESETS, Settings, read_settings
from nntui.session.session import begun
from nntui.tui.palette_commands import choose_look, keep_settings
from nntui.tui.terminal.driver import ASK_BACKGROUND, Driver
from nntui.tui.terminal.reader import BackgroundColour, Reader
from nntui.tui.widgets.keymap import CANONICAL, Keymap
from nntui.tui.widgets.keys import ACTIONS, KEYS
from nntui.tui.widgets.prompt import Prompt
from nntui.tui.widgets.themes import ANSI, LOOK_OF, LOOKS
from tests.tui.driven_app import NOW, Clock, run_story

TWO = replace(load("two-by-two"), notes=(), questions=())
SHADES = {"band", "band_future", *MAP_ROLES, *CLASS_ROLES, *INK_ROLES}
SIZES = [(60, 20), (80, 24), (120, 40)]


def with_settings(**settings):
    return begun(Clock(), lambda: NOW, settings=Settings(**settings))


# --- keys


def test_every_action_has_a_name_of_its_own():
    assert len(CANONICAL) == len({key.action for key in KEYS}) + 2  # the arrows up and down
    assert all(name.replace("_", "").isalnum() for name in CANONICAL)
    assert all(set(preset) <= set(CANONICAL) for preset in PRESETS.values())


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_leaves_no_action_without_a_key(preset):
    assert [entry.action for entry in Keymap(PRESETS[preset]).table() if not entry.shown] == []


def test_vim_keys_step_and_what_they_hid_has_other_keys():
    async def story(w):
        await w.press("l", "l", "l")
        assert w.position.step == 3
        await w.press("h")
        assert w.position.step == 2
        await w.press("right")
        assert w.position.step == 3
        await w.press("L")
        assert type(w.lesson.workspace.tool).__name__ == "Learned"
        await w.press("l")
        assert (w.position.step, type(w.lesson.workspace.tool).__name__) == (4, "Learned")
        await w.press("L")
        assert type(w.lesson.workspace.tool).__name__ == "SurfaceTool"
        await w.press("L")
        assert w.lesson.workspace.tool is None
        await w.press("g", *"hjkl")
        assert w.lesson.query_one(Prompt).value == "hjkl"

    run_story(story, TWO, session=with_settings(keys=PRESETS["vim"]))


def test_vim_keys_move_in_a_tool():
    def cursor(w):
        return w.lesson.workspace.inspector.cell

    async def story(w):
        await w.press("i")
        seen = []
        for key in ("down", "up", "left", "right"):
            await w.press(key)
            seen.append(cursor(w))
        await w.press("escape", "i")
        for key, expected in zip("jkhl", seen, strict=True):
            await w.press(key)
            assert cursor(w) == expected

    run_story(story, TWO, step=TWO.course.parse("1:1:z:1:1"), session=with_settings(keys=PRESETS["vim"]))


def test_vim_keys_choose_in_the_picker_until_a_search_is_typed():
    async def story(w):
        picker = w.app.screen
        first = picker.marked
        await w.press("j", "j")
        second = picker.marked
        assert second is not first
        await w.press("k", "k")
        assert picker.marked is first
        assert "kj choose" in w.text()
        await w.press("/", *"jk")
        await w.until(lambda: picker.query_one(Input).value == "jk")
        await w.press("escape")
        await w.press(*"lecture")
        await w.until(lambda: picker.query_one(Input).value == "lecture")
        found = picker.marked
        await w.press("down", "up")
        assert picker.marked is found

    run_story(story, session=with_settings(keys=PRESETS["vim"]))


def test_without_settings_the_letters_of_vim_search_in_the_picker():
    async def story(w):
        await w.press("j")
        assert w.app.screen.query_one(Input).value == "j"

    run_story(story)


def test_a_key_of_ones_own_is_at_the_foot_and_the_old_one_still_works():
    async def story(w):
        assert "G go to" in w.text()
        await w.press("G", "escape", "g")
        assert w.lesson.query_one(Prompt).is_open

    run_story(story, TWO, (120, 40), session=with_settings(keys={"go_to": ("G",)}))


def test_a_key_that_was_given_away_shows_nowhere_for_its_old_action():
    keymap = Keymap({"forward": ("g",)})
    entries = {key.action: keymap.shown(key) for key in KEYS}
    assert (entries["forward"], entries["go_to"], entries["back"]) == ("g", "", "←")
    assert keymap.action("g") == "forward"
    assert keymap.action("right") == "forward"
    assert {key: keymap.action(key) for key in ACTIONS if key != "g"} == {k: v for k, v in ACTIONS.items() if k != "g"}


# --- themes


def role_styles(look):
    """The style of every role, upright and reversed, on the background of its theme."""
    made = RoleStyles(look)
    return {(role, reverse): made[role, reverse, "plain"] for role in get_args(Role) for reverse in (False, True)}


@pytest.mark.parametrize("look", LOOKS)
def test_every_theme_has_a_style_for_every_role_and_tells_what_is_lit_without_colour(look):
    styles = role_styles(look)
    assert set(LOOKS[look][1]) == set(get_args(Role))
    for role in ("lit", "source", "cursor"):
        style = styles[role, False]
        assert style.reverse or style.underline or style.bgcolor != styles["plain", False].bgcolor


def test_the_sixteen_colours_are_the_terminals_own_and_readable_on_white_and_on_black():
    for style in role_styles("ansi").values():
        for colour in (style.color, style.bgcolor):
            assert colour.type in (ColorType.DEFAULT, ColorType.STANDARD)
            assert colour.name in ("default", "red", "blue", "magenta")


def luminance(colour):
    parts = [c / 255 for c in colour.get_truecolor()]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_high_contrast_is_seven_to_one():
    """But for shades, which are areas of a picture and never letters."""
    for (role, _), style in role_styles("contrast").items():
        if role in SHADES:
            continue
        assert contrast(style) >= 7


def contrast(style):
    light, dark = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LINES = {"frame", "future", *(role for role in get_args(Role) if role.startswith(("area_", "edge_")))}


@pytest.mark.parametrize("look", ["dark", "light", "contrast"])
def test_every_text_has_a_contrast_of_four_and_a_half_to_one(look):
    """Lines and areas of pictures apart; what is written on a map included."""
    styles = RoleStyles(look)
    texts = {(role, "plain") for role in get_args(Role) if role not in SHADES | LINES}
    texts |= {("strong", ground) for ground in (LOW, MIDDLE, HIGH, *CLASS_ROLES)} | {("warning", MIDDLE)}
    found = {(role, ground): contrast(styles[role, False, ground]) for role, ground in texts}
    assert {text: ratio for text, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("look", ["dark", "light", "contrast"])
def test_a_line_of_a_picture_is_told_from_the_window(look):
    styles = RoleStyles(look)
    ratios = {role: contrast(styles[role, False, "plain"]) for role in ("frame", "future", "edge_3", "edge_minus_3")}
    assert min(ratios.values()) > 1.8


SEEN = {  # Machado, Oliveira and Fernandes (2009): what is left of red, green and blue; severity 1
    "all": np.eye(3),
    "no red": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "no green": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lightness_and_hue(colour, seen):
    """CIE L*a*b* of a colour as it is seen."""
    parts = np.array(colour.get_truecolor()) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(np.maximum(XYZ @ np.clip(SEEN[seen] @ linear, 0, 1) / [0.9505, 1, 1.089], 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("look", ["dark", "light", "contrast"])
def test_grounds_of_classes_and_both_ends_of_a_map_are_told_apart_by_everyone(look, seen):
    styles = RoleStyles(look)

    def apart(one, other):
        first, second = (lightness_and_hue(styles["plain", False, role].bgcolor, seen) for role in (one, other))
        return np.linalg.norm(first - second)

    assert min(apart(*pair) for pair in combinations(CLASS_ROLES[:4], 2)) > 20
    assert min(apart(*pair) for pair in combinations(CLASS_ROLES, 2)) > 12
    assert min(apart(MAP_ROLES[low], MAP_ROLES[10 - low]) for low in range(3)) > 20


@pytest.mark.sweep
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", SIZES)
def test_a_theme_changes_colours_and_no_character(look, size):
    async def story(w):
        assert w.app.theme == LOOKS[look][0].name
        for keys in ([], ["i"], ["escape", "v"], ["v", "l"]):
            await w.press(*keys)
            assert w.text() == w.expected()

    run_story(story, TWO, size, step=TWO.course.parse("1:1:delta:1:2"), session=with_settings(theme=look))


def test_auto_follows_the_answer_of_the_terminal_and_a_choice_does_not():
    async def story(w):
        assert LOOK_OF[w.app.theme] == "dark"
        w.app.post_message(BackgroundColour(dark=False))
        await w.settled()
        assert LOOK_OF[w.app.theme] == "light"
        choose_look(w.app, "contrast")
        w.app.post_message(BackgroundColour(dark=True))
        await w.settled()
        assert LOOK_OF[w.app.theme] == "contrast"

    run_story(story, TWO, session=with_settings())


ANSWERS = [("0000/0000/0000", True), ("ffff/ffff/ffff", False), ("28/2c/34", True), ("fd/f6/e3", False), ("f/f/f", False)]


@pytest.mark.parametrize(("colour", "dark"), ANSWERS)
@pytest.mark.parametrize("end", ["\x07", "\x1b\\"])
def test_the_answer_is_read_in_pieces_of_any_size_between_keys(colour, dark, end):
    text = f"\x1b]11;rgb:{colour}{end}"
    for cut in range(len(text)):
        reader = Reader()
        found = [*reader.feed("a" + text[:cut]), *reader.feed(text[cut:] + "b")]
        assert [m.dark for m in found if isinstance(m, BackgroundColour)] == [dark]
        assert [m.key for m in found if hasattr(m, "key")] == ["a", "b"]


@pytest.mark.parametrize(
    "text", ["\x1b]11;rgb:ff/ff\x07", "\x1b]11;?\x07", "\x1b]10;rgb:ff/ff/ff\x07", "\x1b]11;rgb:fffff/f/f\x07"]
)
def test_what_is_no_answer_says_nothing(text):
    assert Reader().feed(text) == []


@pytest.mark.parametrize(("term", "asked"), [("xterm-256color", True), ("linux", False), ("dumb", False), ("", False)])
def test_only_terminals_that_know_the_question_are_asked(term, asked, monkeypatch):
    monkeypatch.setenv("TERM", term)
    written = []
    driver = Driver.__new__(Driver)
    monkeypatch.setattr(Driver, "write", lambda self, text: written.append(text))
    monkeypatch.setattr(Driver, "flush", lambda self: None)
    driver.ask_background()
    assert written == ([ASK_BACKGROUND] if asked else [])


# --- what is kept


def test_digits_and_notation_of_the_settings_open_the_lesson():
    async def story(w):
        display = w.lesson.workspace.display
        assert (display.numerals.digits, display.notation) == (6, COMMON)

    run_story(story, TWO, session=with_settings(digits=6, notation="common"))


def test_choices_are_kept_and_are_there_the_next_time(tmp_path):
    path = tmp_path / "nntui" / "config.toml"

    async def story(w):
        choose_look(w.app, "light")
        await w.press(",", "o")
        keep_settings(w.app)
        await w.settled()
        assert "theme light, digits 3, notation common" in " ".join(w.text().replace("▍", "").split())

    run_story(story, TWO, (120, 40), session=with_settings(path=path))
    found = read_settings(path, CANONICAL)
    assert (found.theme, found.digits, found.notation, found.faults) == ("light", 3, "common", ())


def test_what_cannot_be_kept_is_said(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("theme = \n")

    async def story(w):
        keep_settings(w.app)
        await w.settled()
        assert "config.toml:1:" in w.text()

    run_story(story, TWO, (120, 40), session=with_settings(path=path))
    assert path.read_text() == "theme = \n"


def test_the_track_of_a_scroll_bar_is_the_terminals_own_background_with_its_sixteen_colours():
    colours = ANSI.to_color_system().generate()
    tracks = {colours[name] for name in colours if name.startswith("scrollbar-background")}
    assert tracks == {"ansi_default"}
