"""The commands of the palette that Ctrl+P opens: every action by its words, the themes, and keeping what was chosen."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from textual.app import SystemCommand
from textual.screen import Screen

from nntui.draw.colours.palettes import LookName
from nntui.files.io.errors import InputError
from nntui.files.settings import keep
from nntui.tui.app import NntuiApp, lesson_of
from nntui.tui.widgets.keys import KEYS
from nntui.tui.widgets.themes import LOOK_OF, LOOK_WORDS, LOOKS


def palette_commands(app: NntuiApp, screen: Screen[object]) -> Iterator[SystemCommand]:
    """The commands over a screen: those of a lesson only where it is one."""
    lesson = lesson_of(screen)
    perform = lesson.action_perform if lesson is not None else screen.run_action
    for key in KEYS:
        if key.action != "app.command_palette" and (key.where == "everywhere" or lesson is not None):
            shown = app.keymap.shown(key)
            yield SystemCommand(key.words, f"key {shown}" if shown else "no key", partial(perform, key.action))
    for look, words in LOOK_WORDS.items():
        yield SystemCommand(words, "for this session", partial(choose_look, app, look))
    yield SystemCommand("Keep theme, digits and notation", "in config.toml, for later sessions", partial(keep_settings, app))


def choose_look(app: NntuiApp, look: LookName) -> None:
    """Another theme, for this session."""
    app.follows = False
    app.theme = LOOKS[look][0].name


def keep_settings(app: NntuiApp) -> None:
    """Writes the theme, the digits and the notation of now into the file of settings, and says so."""
    path = app.session.settings.path or Path("config.toml")  # of an account without a home folder
    values: dict[str, str | int] = {} if app.follows else {"theme": LOOK_OF[app.theme]}
    lesson = lesson_of(app.screen)
    if lesson is not None:
        display = lesson.workspace.display
        values |= {"digits": display.chosen.digits, "notation": display.notation.name}
    said = "settings are not kept in a session whose files are in one folder"
    if app.session.recorders.work_folder is None:
        try:
            keep(path, values)
            said = f"kept in {path}: {', '.join(f'{name} {value}' for name, value in values.items()) or 'nothing was changed'}"
        except InputError as fault:
            said = str(fault)
    if lesson is not None:
        lesson.say(said)
    else:
        app.notify(said, markup=False)
