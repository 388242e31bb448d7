"""The application: its themes, its first screen, and the way from one screen to the next."""

import gc
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import App, ScreenStackError, SystemCommand
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.timer import Timer

from nntui.session.display_options import DisplayOptions, of_settings
from nntui.session.session import Session
from nntui.tui.terminal.base_app import AppWithFaults, as_pushed
from nntui.tui.terminal.control_filter import install
from nntui.tui.terminal.driver import ask_background, driver_class, shown_size
from nntui.tui.terminal.narrow_updates import started
from nntui.tui.terminal.reader import BackgroundColour, Typed
from nntui.tui.widgets.canvas import Canvas
from nntui.tui.widgets.keymap import Keymap
from nntui.tui.widgets.keys import APP_BINDINGS
from nntui.tui.widgets.themes import LOOKS

if TYPE_CHECKING:  # the picker needs nothing of a lesson, and a lesson nothing of the picker
    from nntui.files.history import KeptSession
    from nntui.session.opening import Opening
    from nntui.tui.lesson.screen import LessonScreen
    from nntui.tui.lesson.window import LessonChosen
    from nntui.tui.screens.picker import Picker

SETTLED = 0.25  # seconds without a change of size
AT_ONCE = frozenset({"ctrl+c", "ctrl+q", "ctrl+p", "ctrl+z"})  # keys that mean the same wherever the viewer is
MOST_TYPED = 64  # keys in one read that a page, the picker or the palette takes; more of them were not typed


def first_theme(app: "NntuiApp") -> str:
    """The name of the theme that the settings ask for; until the terminal has said what it is like, the dark one."""
    wanted = app.session.settings.theme
    return LOOKS["dark" if wanted == "auto" else wanted][0].name


def lesson_of(screen: Screen[Any]) -> "LessonScreen | None":
    """A screen, if it is a lesson: until a lesson is opened, nothing that lessons need is loaded."""
    loaded = sys.modules.get("nntui.tui.lesson.screen")
    return cast("LessonScreen", screen) if loaded is not None and isinstance(screen, loaded.LessonScreen) else None


def is_picker(screen: Screen[Any]) -> bool:
    """Whether a screen is the picker, of which nothing is loaded where the app began with a lesson."""
    loaded = sys.modules.get("nntui.tui.screens.picker")
    return loaded is not None and isinstance(screen, loaded.Picker)


def restyle(app: App[None]) -> None:
    """After a change of theme."""
    for screen in app.screen_stack:
        for canvas in screen.query(Canvas):
            canvas.restyle()


class NntuiApp(AppWithFaults):
    """Opens a lesson, or the picker where none is given."""

    TITLE = "nntui"
    ALLOW_SELECT = False  # a mouse that is dragged over panels would have each of their lines sent at each cell
    BINDINGS: ClassVar[list[BindingType]] = [
        *APP_BINDINGS,
        Binding("ctrl+c,ctrl+q", "end", "Quit", show=False, priority=True),  # what a terminal user tries
    ]
    theme: Reactive[str] = Reactive(Initialize(lambda app: first_theme(cast("NntuiApp", app))), init=False)  # no repaint at once
    CSS = "Screen { background: $background; color: $foreground; }"

    def __init__(
        self,
        session: Session,
        opening: "Opening | None" = None,
        to_resume: "list[KeptSession] | None" = None,
        *,
        big: bool = False,
    ) -> None:
        """to_resume: earlier sessions of which any could be meant. big: less and larger, for a projector."""
        self.session, self._opening, self._to_resume = session, opening, to_resume
        super().__init__(driver_class=driver_class())
        install(self)
        self._settling: Timer | None = None
        self._given: Size | None = None  # the size that the window was given last
        self._dragged = False  # whether it has had another
        self.keymap = Keymap(session.settings.keys)
        self._redisplay: DisplayOptions | None = of_settings(session.settings, big=big)
        self._condition = ""  # that was last run until
        self.follows = False  # whether the theme is that of the terminal

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes and ours."""
        return {**super().available_themes, **{theme.name: theme for theme, _ in LOOKS.values()}}

    def on_mount(self) -> None:
        """Takes the theme of the settings; where that is `auto`, the terminal is asked what its background is like."""
        self.follows = self.session.settings.theme == "auto"
        self.theme_changed_signal.subscribe(self, lambda _: restyle(self))
        if self.follows:
            ask_background(self)

    def get_default_screen(self) -> Screen[Any]:
        """The first screen: the lesson, or what to choose from."""
        return as_pushed(self._lesson(self._opening) if self._opening is not None else self._picker())

    def on_ready(self) -> None:
        """The first picture is shown; a start collects no garbage, of which it makes none to speak of, up to here."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    async def on_typed(self, message: Typed) -> None:
        """Keys that came together, in their order: to a screen that takes them so, else one by one."""
        for at_once, group in groupby(message.keys, lambda press: press[0] in AT_ONCE):
            keys = tuple(group)
            if self._shown is not None and not at_once:
                self.app_focus = True
                self._shown.post_message(Typed(keys))
                continue
            for press in keys[:MOST_TYPED]:
                await self.on_event(events.Key(*press))

    def on_background_colour(self, message: BackgroundColour) -> None:
        """The terminal has said what its background is like: painted again where it is not what was taken for granted."""
        if self.follows:
            self.theme = LOOKS["dark" if message.dark else "light"][0].name

    def on_resize(self, event: events.Resize) -> None:
        """While a window is dragged, sizes and paints cross each other: when it rests, all is painted once more."""
        self._dragged, self._given = self._dragged or self._given not in (None, event.size), event.size
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLED, self._settle)

    def _settle(self) -> None:
        for screen in self.screen_stack:
            started(screen)
        size = shown_size(self)
        if not self.is_headless and size != self.size:
            self.post_message(events.Resize(size, size))
        elif self._dragged:
            self._dragged = False
            with suppress(ScreenStackError):  # the app may be ending
                self.screen.refresh()

    def on_picker_chosen(self, message: "Picker.Chosen") -> None:
        """Opens what was picked."""
        self.switch_screen(self._lesson(message.opening))

    def on_lesson_chosen(self, message: "LessonChosen") -> None:
        """Opens the scenario that a tour leads to."""
        self._keep_display()
        self.switch_screen(self._lesson(message.opening))

    def action_scenarios(self) -> None:
        """Back to the picker."""
        self._keep_display()
        self.switch_screen(self._picker())

    def _keep_display(self) -> None:
        """The next lesson begins with the display options of this one."""
        if self._shown is not None:
            self._redisplay = self._shown.workspace.display
            self._condition = self._shown.controllers.search.condition

    def action_tour(self) -> None:
        """The tour by doing, from its beginning."""
        from nntui.session.opening import of_tour

        self.switch_screen(self._lesson(of_tour()))

    def _lesson(self, opening: "Opening") -> "LessonScreen":
        from nntui.tui.lesson.screen import LessonScreen

        return LessonScreen(opening, self.session, self._redisplay, self._condition)

    @property
    def _shown(self) -> "LessonScreen | None":
        """The lesson, if it is on top."""
        return lesson_of(self.screen)

    def _picker(self) -> "Picker":
        """What can be opened; where several sessions could be meant, at first only these."""
        from nntui.tui.screens.picker import Picker
        from nntui.tui.screens.picker_entries import kept_entries, picker_entries

        if self._to_resume:
            kept, self._to_resume = self._to_resume, None
            return Picker(partial(kept_entries, kept, self.session), "which of these sessions do you mean?")
        return Picker(partial(picker_entries, self.session))

    def action_help(self) -> None:
        """Shows the keys: first what they do where the viewer is."""
        from nntui.tui.lesson.here import lesson_keys
        from nntui.tui.screens.help import Help

        if self._shown is not None:
            self._shown.workspace.help_was_shown = True
            here = lesson_keys(self._shown.navigator, self._shown.workspace)
            self.push_screen(Help(here, self._shown.workspace.display.notation, self.keymap))
        elif is_picker(self.screen):
            from nntui.tui.screens.picker import HERE

            self.push_screen(Help(HERE))

    def action_close(self) -> None:
        """What could be closed has taken the key."""
        if self._shown is not None:
            self._shown.say("nothing is open that Esc would close; q quits")

    def action_end(self) -> None:
        """Ends the program at once, whatever is on top."""
        self.exit()

    async def action_quit(self) -> None:
        """Ends the program, from its bottom screen."""
        if self._shown is not None or is_picker(self.screen):
            self.exit()

    def action_command_palette(self) -> None:
        """Every action by name."""
        from nntui.tui.terminal.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_suspend_process(self) -> None:
        """Gives the terminal back to the shell, which `fg` ends; where nothing stops the process it is painted again."""
        super().action_suspend_process()
        self.refresh(layout=True)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands that the palette offers over a screen."""
        from nntui.tui.palette_commands import palette_commands

        return palette_commands(self, screen)
