"""The application: its themes, its first screen, and the way from one screen to the next."""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from itertools import groupby
from typing import ClassVar

from textual import events
from textual.app import ScreenStackError, SystemCommand
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer

from nntui.files.history import KeptSession
from nntui.session.display_options import DisplayOptions
from nntui.session.opening import Opening
from nntui.session.session import Session
from nntui.tui.lesson.here import lesson_keys
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.screens.help import Help
from nntui.tui.screens.picker import HERE, Picker
from nntui.tui.screens.picker_entries import kept_entries, picker_entries
from nntui.tui.terminal.control_filter import install
from nntui.tui.terminal.driver import Driver, terminal_size
from nntui.tui.terminal.faults import AppWithFaults
from nntui.tui.terminal.palette import Palette
from nntui.tui.terminal.reader import Typed
from nntui.tui.widgets.canvas import Canvas
from nntui.tui.widgets.keys import APP_BINDINGS, KEYS
from nntui.tui.widgets.themes import DARK, LIGHT

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

    def __init__(self, session: Session, opening: Opening | None = None, to_resume: list[KeptSession] | None = None) -> None:
        """to_resume: earlier sessions of which any could be meant."""
        super().__init__(driver_class=Driver)
        install(self)
        self._settling: Timer | None = None
        self._session, self._opening, self._to_resume = session, opening, to_resume
        self._redisplay: DisplayOptions | None = None
        self._condition = ""  # that was last run until

    def on_mount(self) -> None:
        """Themes and the first screen."""
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name
        self.theme_changed_signal.subscribe(self, self._restyle)
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

    def on_resize(self) -> None:
        """While a window is dragged, sizes and paints cross each other: when it rests, all is looked at once more."""
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLED, self._settle)

    def _settle(self) -> None:
        size = Size(*terminal_size())
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
        """Back to the picker; the next lesson is looked at as this one was."""
        if isinstance(self.screen, LessonScreen):
            self._redisplay = self.screen.workspace.display
            self._condition = self.screen.controllers.search.condition
        self.switch_screen(self._picker())

    def _lesson(self, opening: Opening) -> LessonScreen:
        return LessonScreen(opening, self._session, self._redisplay, self._condition)

    def _picker(self) -> Picker:
        return Picker(partial(picker_entries, self._session))

    def action_help(self) -> None:
        """Shows the keys: first what they do where the viewer is."""
        if isinstance(self.screen, LessonScreen):
            here = lesson_keys(self.screen.navigator, self.screen.workspace)
            self.push_screen(Help(here, self.screen.workspace.display.notation))
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
        """The palette: every action of the table of keys, and the two looks."""
        perform = screen.action_perform if isinstance(screen, LessonScreen) else screen.run_action
        for key in KEYS:
            if key.action != "app.command_palette" and (key.where == "everywhere" or isinstance(screen, LessonScreen)):
                yield SystemCommand(key.words, f"key {key.shown}", partial(perform, key.action))
        for theme, words in ((DARK, "Dark colours"), (LIGHT, "Light colours")):
            yield SystemCommand(words, "for this session", partial(setattr, self, "theme", theme.name))
