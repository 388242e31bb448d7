"""The application: its themes, its first screen, and the way from one screen to the next."""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ScreenStackError, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.timer import Timer

from nntui.draw.colours.palettes import LookName
from nntui.files.history import KeptSession
from nntui.files.io.errors import InputError
from nntui.files.settings import keep
from nntui.session.display_options import DisplayOptions, of_settings
from nntui.session.opening import Opening, of_tour
from nntui.session.session import Session
from nntui.tui.lesson.here import lesson_keys
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.screens.picker import HERE, Picker
from nntui.tui.screens.picker_entries import kept_entries, picker_entries
from nntui.tui.terminal.browser_driver import driver_class
from nntui.tui.terminal.control_filter import install
from nntui.tui.terminal.driver import ask_background, shown_size
from nntui.tui.terminal.faults import AppWithFaults
from nntui.tui.terminal.palette import Palette
from nntui.tui.terminal.reader import BackgroundColour, Typed
from nntui.tui.widgets.canvas import Canvas
from nntui.tui.widgets.keymap import Keymap
from nntui.tui.widgets.keys import APP_BINDINGS, KEYS
from nntui.tui.widgets.themes import LOOK_OF, LOOK_WORDS, LOOKS

SETTLED = 0.25  # seconds without a change of size
AT_ONCE = frozenset({"ctrl+c", "ctrl+q", "ctrl+p", "ctrl+z"})  # keys that mean the same wherever the viewer is
MOST_TYPED = 64  # keys in one read that a page, the picker or the palette takes; more of them were not typed


class NntuiApp(AppWithFaults):
    """Opens a lesson, or the picker where none is given."""

    TITLE = "nntui"
    ALLOW_SELECT = False  # a mouse that is dragged over panels would have each of their lines sent at each cell
    BINDINGS: ClassVar[list[BindingType]] = [
        *APP_BINDINGS,
        Binding("ctrl+c,ctrl+q", "end", "Quit", show=False, priority=True),  # what a terminal user tries
    ]
    CSS = "Screen { background: $background; color: $foreground; }"

    def __init__(
        self,
        session: Session,
        opening: Opening | None = None,
        to_resume: list[KeptSession] | None = None,
        *,
        big: bool = False,
    ) -> None:
        """to_resume: earlier sessions of which any could be meant. big: less and larger, for a projector."""
        super().__init__(driver_class=driver_class())
        install(self)
        self._settling: Timer | None = None
        self._session, self._opening, self._to_resume = session, opening, to_resume
        self.keymap = Keymap(session.settings.keys)
        self._redisplay: DisplayOptions | None = of_settings(session.settings, big=big)
        self._condition = ""  # that was last run until
        self._follows = False  # whether the theme is that of the terminal

    def on_mount(self) -> None:
        """Themes and the first screen."""
        for theme, _ in LOOKS.values():
            self.register_theme(theme)
        wanted = self._session.settings.theme
        self._follows = wanted == "auto"
        self.theme = LOOKS["dark" if wanted == "auto" else wanted][0].name
        self.theme_changed_signal.subscribe(self, self._restyle)
        if self._follows:
            ask_background(self)
        if self._opening is not None:
            self.push_screen(self._lesson(self._opening))
        elif self._to_resume:
            entries = partial(kept_entries, self._to_resume, self._session)
            self.push_screen(Picker(entries, "which of these sessions do you mean?"))
        else:
            self.push_screen(self._picker())

    async def on_typed(self, message: Typed) -> None:
        """Keys that came together, in their order: to a screen that takes them so, else one by one."""
        for at_once, group in groupby(message.keys, lambda press: press[0] in AT_ONCE):
            keys = tuple(group)
            if isinstance(self.screen, LessonScreen) and not at_once:
                self.app_focus = True
                self.screen.post_message(Typed(keys))
                continue
            for press in keys[:MOST_TYPED]:
                await self.on_event(events.Key(*press))

    def on_background_colour(self, message: BackgroundColour) -> None:
        """The terminal has said what its background is like: painted again where it is not what was taken for granted."""
        if self._follows:
            self.theme = LOOKS["dark" if message.dark else "light"][0].name

    def choose_look(self, look: LookName) -> None:
        """Another theme, for this session."""
        self._follows = False
        self.theme = LOOKS[look][0].name

    def keep_settings(self) -> None:
        """Writes the theme, the digits and the notation of now into the file of settings."""
        path = self._session.settings.path or Path("config.toml")  # of an account without a home folder
        values: dict[str, str | int] = {} if self._follows else {"theme": LOOK_OF[self.theme]}
        if isinstance(self.screen, LessonScreen):
            display = self.screen.workspace.display
            values |= {"digits": display.chosen.digits, "notation": display.notation.name}
        if self._session.recorders.work_folder is not None:
            self._tell("settings are not kept in a session whose files are in one folder")
            return
        try:
            keep(path, values)
            said = f"kept in {path}: {', '.join(f'{name} {value}' for name, value in values.items()) or 'nothing was changed'}"
        except InputError as fault:
            said = str(fault)
        self._tell(said)

    def _tell(self, said: str) -> None:
        if isinstance(self.screen, LessonScreen):
            self.screen.controllers.movement.status.say(said)
        else:
            self.notify(said, markup=False)

    def on_resize(self) -> None:
        """While a window is dragged, sizes and paints cross each other: when it rests, all is painted once more."""
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLED, self._settle)

    def _settle(self) -> None:
        size = shown_size(self)
        if not self.is_headless and size != self.size:
            self.post_message(events.Resize(size, size))
        else:
            with suppress(ScreenStackError):  # the app may be ending
                self.screen.refresh()

    def _restyle(self, _: object) -> None:
        for screen in self.screen_stack:
            for canvas in screen.query(Canvas):
                canvas.restyle()

    def on_picker_chosen(self, message: Picker.Chosen) -> None:
        """Opens what was picked."""
        self.switch_screen(self._lesson(message.opening))

    def action_scenarios(self) -> None:
        """Back to the picker; the next lesson begins with the display options of this one."""
        if isinstance(self.screen, LessonScreen):
            self._redisplay = self.screen.workspace.display
            self._condition = self.screen.controllers.search.condition
        self.switch_screen(self._picker())

    def action_tour(self) -> None:
        """The tour by doing, from its beginning."""
        self.switch_screen(self._lesson(of_tour()))

    def _lesson(self, opening: Opening) -> LessonScreen:
        return LessonScreen(opening, self._session, self._redisplay, self._condition)

    def _picker(self) -> Picker:
        return Picker(partial(picker_entries, self._session))

    def action_help(self) -> None:
        """Shows the keys: first what they do where the viewer is."""
        from nntui.tui.screens.help import Help

        if isinstance(self.screen, LessonScreen):
            self.screen.workspace.help_was_shown = True
            here = lesson_keys(self.screen.navigator, self.screen.workspace)
            self.push_screen(Help(here, self.screen.workspace.display.notation, self.keymap))
        elif isinstance(self.screen, Picker):
            self.push_screen(Help(HERE))

    def action_close(self) -> None:
        """What could be closed has taken the key."""
        if isinstance(self.screen, LessonScreen):
            self.screen.say("nothing is open that Esc would close; q quits")

    def action_end(self) -> None:
        """Ends the program at once, whatever is on top."""
        self.exit()

    async def action_quit(self) -> None:
        """Ends the program, from its bottom screen."""
        if isinstance(self.screen, LessonScreen | Picker):
            self.exit()

    def action_command_palette(self) -> None:
        """Every action by name."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_suspend_process(self) -> None:
        """Gives the terminal back to the shell, which `fg` ends; where nothing stops the process it is painted again."""
        super().action_suspend_process()
        self.refresh(layout=True)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action of the table of keys, the themes, and keeping what was chosen."""
        perform = screen.action_perform if isinstance(screen, LessonScreen) else screen.run_action
        for key in KEYS:
            if key.action != "app.command_palette" and (key.where == "everywhere" or isinstance(screen, LessonScreen)):
                shown = self.keymap.shown(key)
                yield SystemCommand(key.words, f"key {shown}" if shown else "no key", partial(perform, key.action))
        for look, words in LOOK_WORDS.items():
            yield SystemCommand(words, "for this session", partial(self.choose_look, look))
        yield SystemCommand("Keep theme, digits and notation", "in config.toml, for later sessions", self.keep_settings)
