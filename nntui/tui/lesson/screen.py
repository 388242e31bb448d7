"""The lesson on the screen: keys and clicks go to its controllers, and the picture of where the viewer is comes back."""

from importlib import import_module

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen

from nntui.draw.base.spans import Block
from nntui.draw.layout.foot import KeyHint
from nntui.session.controllers.lesson_controllers import LessonControllers
from nntui.session.display_options import DisplayOptions
from nntui.session.opening import Opening
from nntui.session.session import Session
from nntui.tui.lesson.footer import hints
from nntui.tui.lesson.key_input import KeyInput
from nntui.tui.lesson.window import ScreenWindow
from nntui.tui.terminal.narrow_updates import narrow
from nntui.tui.terminal.reader import Typed
from nntui.tui.widgets.canvas import Canvas
from nntui.tui.widgets.keymap import Keymap
from nntui.tui.widgets.keys import KEYS, LESSON_BINDINGS
from nntui.tui.widgets.prompt import Prompt

MANY_COLOURS = ("256", "truecolor")
IDLE = 1.0  # seconds after the first picture
PLOTS = "nntui.draw.charts.plotext_figure"  # loaded then: a class that comes to its first cost together does not wait for it
LARGEST = (500, 200)  # a window may claim any size; a picture is never larger


class LessonScreen(Screen[None]):
    """Its parts: the controllers, their window, the keys. What is painted is a function of the navigator and the workspace."""

    BINDINGS = LESSON_BINDINGS
    AUTO_FOCUS = ""
    DEFAULT_CSS = "LessonScreen { layers: base bar; }"

    def __init__(self, opening: Opening, session: Session, display: DisplayOptions | None = None, condition: str = "") -> None:
        super().__init__()
        narrow(self)
        self._painted = Size(0, 0)
        self._keymap = Keymap(session.settings.keys)
        self.window = ScreenWindow(self, session, self._paint)
        self.controllers = LessonControllers(opening, session, self.window, display, condition)
        self._key_input = KeyInput(self.controllers, self._keymap, lambda: self.query_one(Prompt), self.run_action)
        self.navigator, self.workspace = self.controllers.navigator, self.controllers.workspace

    def compose(self) -> ComposeResult:
        """The canvas, and the line in which things are typed."""
        yield Canvas()
        yield Prompt()

    def on_mount(self) -> None:
        """Goes to where the lesson begins, whose picture is there before Textual's first."""
        self.controllers.begin()
        self.window.paint()
        if not self.app.is_headless:
            self.set_timer(IDLE, self._load_plots)

    def _load_plots(self) -> None:
        """Loads what plots need, once no picture is waited for that needs none of it."""
        if self.workspace.hurries:
            self.set_timer(IDLE, self._load_plots)
        else:
            import_module(PLOTS)

    def on_unmount(self) -> None:
        """Leaves the lesson."""
        self.controllers.end()

    def on_resize(self) -> None:
        """Paints for the new size."""
        if self.size != self._painted:
            self.window.paint_soon()

    def on_screen_resume(self) -> None:
        """A page over the lesson was closed, which the tour may have waited for."""
        if self.controllers.tour is not None:
            self.window.paint_soon()

    async def on_key(self, event: events.Key) -> None:
        """Takes a key."""
        event.stop()
        await self._key_input.take(event.key, event.character)

    async def on_typed(self, message: Typed) -> None:
        """Takes many keys; a page that one of them opens gets the rest."""
        message.stop()
        taken = await self._key_input.take_all(message.keys, lambda: self.is_active)
        if taken < len(message.keys):
            self.app.post_message(Typed(message.keys[taken:]))

    async def action_perform(self, action: str) -> None:
        """Does an action as the key table writes it."""
        await self._key_input.perform(action)

    def on_paste(self, event: events.Paste) -> None:
        """A paste into the line."""
        line = self.query_one(Prompt)
        if line.is_open:
            line.put(event.text)

    async def on_canvas_clicked(self, message: Canvas.Clicked) -> None:
        """A click means what the key would; an open line is closed by it, as Escape does."""
        self.query_one(Prompt).leave()
        if isinstance(message.target, KeyHint) and message.target.action:
            await self.action_perform(message.target.action)
        else:
            self.controllers.tools.clicked(message.target, message.offset)

    async def on_canvas_scrolled(self, message: Canvas.Scrolled) -> None:
        """The wheel over an open tool is the tool's; elsewhere it steps. While something is typed it does nothing."""
        if self.query_one(Prompt).is_open:
            return
        if self.controllers.pages.scrolled(message.key):
            return
        top = self.workspace.tool_line
        if top is None or message.line < top or not self.controllers.tools.scrolled(message.key):
            await self.action_perform("forward" if message.key == "down" else "back")

    def say(self, words: str) -> None:
        """Says something at the foot."""
        self.controllers.movement.status.say(words)

    def _paint(self) -> None:
        self._painted = self.size or self.app.size  # before the first layout a screen has no size of its own
        cells, height = (min(size, most) for size, most in zip(self._painted, LARGEST, strict=True))
        if cells and height:
            if self.controllers.tour is not None:
                self.controllers.tour.look()
            self.controllers.movement.view.record()
            self.query_one(Canvas).show(self.picture(cells, height))
            self.controllers.painted()

    def picture(self, cells: int, height: int) -> Block:
        """What is on a screen of cells × height."""
        few = self.app.no_color or self.app.current_theme.ansi or self.app.console.color_system not in MANY_COLOURS
        self.workspace.colours = not few
        keys = hints(self.navigator, self.workspace, self._keymap)
        said = self.controllers.movement.status.words
        return self.workspace.picture(self.navigator, cells, height, keys, said, _tour_words(self.controllers, self._keymap))


def _tour_words(controllers: LessonControllers, keymap: Keymap) -> str:
    """What the tour says; nothing outside one."""
    tour = controllers.tour
    return tour.words({key.action: keymap.shown(key) or key.shown for key in KEYS}) if tour is not None else ""
