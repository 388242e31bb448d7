"""The lesson on the screen: keys and clicks go to its controllers, and the picture of where the viewer is comes back."""

import asyncio
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import takewhile

from textual import events
from textual.actions import parse
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.worker import WorkType

from nntui.draw.base.spans import Block
from nntui.draw.screen import KeyHint
from nntui.session.controllers.lesson_controllers import LessonControllers
from nntui.session.display_options import DisplayOptions
from nntui.session.movement.window import Job
from nntui.session.opening import Opening, of_file
from nntui.session.session import Session
from nntui.session.text_request import TextRequest
from nntui.tui.lesson.footer import hints
from nntui.tui.terminal.narrow_updates import narrow
from nntui.tui.terminal.reader import Typed
from nntui.tui.widgets.canvas import Canvas
from nntui.tui.widgets.keymap import Keymap
from nntui.tui.widgets.keys import KEYS, LESSON_BINDINGS, key_name
from nntui.tui.widgets.prompt import Prompt

MANY_COLOURS = ("256", "truecolor")
IDLE = 1.0  # seconds after the first picture
PLOTS = "nntui.draw.base.plotext_figure"  # loaded then: a class that comes to its first cost together does not wait for it
LARGEST = (500, 200)  # a window may claim any size; a picture is never larger


class LessonScreen(Screen[None]):
    """The `LessonWindow` of the controllers. What is painted is a function of the navigator and the workspace."""

    BINDINGS = LESSON_BINDINGS
    AUTO_FOCUS = ""
    DEFAULT_CSS = "LessonScreen { layers: base bar; }"

    @dataclass
    class Chosen(Message):
        """What to open in place of this lesson."""

        opening: Opening

    def __init__(self, opening: Opening, session: Session, display: DisplayOptions | None = None, condition: str = "") -> None:
        super().__init__()
        narrow(self)
        self._session = session
        self.paint_is_due = False
        self._painted = Size(0, 0)
        self._keymap = Keymap(session.settings.keys)
        self.controllers = LessonControllers(opening, session, self, display, condition)
        self.navigator, self.workspace = self.controllers.navigator, self.controllers.workspace

    def compose(self) -> ComposeResult:
        """The canvas, and the line in which things are typed."""
        yield Canvas()
        yield Prompt()

    def on_mount(self) -> None:
        """Goes to where the lesson begins, whose picture is there before Textual's first."""
        self.controllers.begin()
        self._paint()
        if not self.app.is_headless:
            self.set_timer(IDLE, partial(import_module, PLOTS))

    def on_unmount(self) -> None:
        """Leaves the lesson."""
        self.controllers.end()

    def on_resize(self) -> None:
        """Paints for the new size."""
        if self.size != self._painted:
            self.paint_soon()

    def on_screen_resume(self) -> None:
        """A page over the lesson was closed, which the tour may have waited for."""
        if self.controllers.tour is not None:
            self.paint_soon()

    async def on_key(self, event: events.Key) -> None:
        """Takes keys in the order in which they came: into the line while it is open, else as the key table says.

        Textual's bindings alone would run a step that was typed before g after the address that was typed behind it.
        """
        event.stop()
        await self._take(event.key, event.character, self.query_one(Prompt))

    async def on_typed(self, message: Typed) -> None:
        """Takes many keys, those that are text into an open line as one; a page that one of them opens gets the rest."""
        message.stop()
        keys, line, at = message.keys, self.query_one(Prompt), 0
        while at < len(keys) and self.is_active:
            text = "".join(takewhile(str.isprintable, (key[1] or "\0" for key in keys[at:]))) if line.is_open else ""
            if text and not line.acts_on(text[0]):
                line.put(text)
            else:
                await self._take(*keys[at], line)
                text = ""
            at += max(len(text), 1)
        if at < len(keys):
            self.app.post_message(Typed(keys[at:]))

    async def _take(self, key: str, character: str | None, line: Prompt) -> None:
        """One key; one that means nothing is said to."""
        if line.is_open:
            line.take(events.Key(key, character))
        elif any(self.controllers.pressed(meant) for meant in self._keymap.meant(key)):
            pass
        elif self.controllers.pages.covers(key):
            self.say(f"{key_name(key, character)} does nothing here · Esc closes")
        elif (action := self._keymap.action(key)) is not None:
            await self.action_perform(action)
        else:
            self.say(f"{key_name(key, character)} does nothing here; ? tells what the keys do")

    async def action_perform(self, action: str) -> None:
        """Does an action as the key table writes it: one of the app, or one that a controller answers."""
        namespace, name, arguments = parse(action)
        if namespace:
            await self.run_action(action)
        else:
            self.controllers.actions[name](*arguments)

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

    # --- the window that controllers see

    @property
    def width(self) -> int:
        """Columns of the window."""
        return self.size.width

    def ask(self, request: TextRequest) -> None:
        """Opens the line at the foot."""
        self.query_one(Prompt).ask(request)

    def open_file(self, path_or_name: str) -> None:
        """Opens another scenario or recording in place of this lesson."""
        self.post_message(self.Chosen(of_file(path_or_name, self._session)))

    def copy(self, text: str) -> None:
        """Sends the text to the terminal, which may put it into its clipboard (OSC 52)."""
        self.app.copy_to_clipboard(text)

    def run_in_slices(self, job: Job, slices: Generator[object, None, None], delay: float = 0.0) -> None:
        """Runs a generator as a worker, which lets waiting keys in after each item."""

        async def run() -> None:
            with closing(slices):
                await asyncio.sleep(delay)
                for _ in slices:
                    await asyncio.sleep(0)

        work: WorkType[None] = run  # no coroutine yet, which would be left over where the worker never starts
        self.run_worker(work, group=job, exclusive=True)

    def stop_slices(self, job: Job) -> None:
        """Cancels the worker."""
        self.workers.cancel_group(self, job)

    every = Screen.set_interval
    after = Screen.set_timer

    def paint_soon(self) -> None:
        """Paints once: all keys that are waiting are taken in before."""
        if not self.paint_is_due:
            self.paint_is_due = True
            self.call_later(self._paint_due)

    def _paint_due(self) -> None:
        """Paints, unless that was done since it was asked for, as at the start."""
        if self.paint_is_due:
            self._paint()

    def _paint(self) -> None:
        self.paint_is_due = False
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
