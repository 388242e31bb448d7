"""The app without a terminal: keys go in, the text of the screen comes out, and nothing waits for a clock."""

import asyncio
import unicodedata
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from unittest.mock import patch

from textual import events
from textual._compositor import Compositor, visible_screen_stack
from textual.geometry import Size
from textual.keys import _character_to_key

from nntui.session.opening import of_scenario
from nntui.session.session import begun
from nntui.tui.app import NntuiApp
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.widgets.canvas import Canvas
from tests.strategies import PROFILE

PATIENCE = 60  # seconds until a condition that never comes is a failure
PAINTS_ALL = PROFILE != "nntui"  # every update; else what a story looks at, and what is there at its end


class Turn:
    """Tells when the messages that were there before it are done."""

    _param_count = 0  # Textual need not look at the signature of each

    def __init__(self):
        self.came = False

    def __call__(self):
        self.came = True


class DrivenApp:
    """One app that a test presses the keys of."""

    def __init__(self, app):
        self.app = app

    @property
    def lesson(self) -> LessonScreen:
        """The lesson on show."""
        assert isinstance(self.app.screen, LessonScreen)
        return self.app.screen

    @property
    def position(self):
        """Where the viewer is."""
        return self.lesson.navigator.position

    @property
    def timeline(self):
        """The run that the viewer is in."""
        return self.lesson.navigator.timeline

    @property
    def address(self):
        """The address of the step."""
        return str(self.timeline.course.address(self.position.step))

    def text(self):
        """The text of the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    def send(self, *keys):
        """Types keys, all at once."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
            self.app._driver.send_message(events.Key(name, key if len(key) == 1 else None))

    async def press(self, *keys):
        """Types keys and waits until all that follows from them is on the screen."""
        self.send(*keys)
        await self.settled()

    async def click(self, x, y):
        """Presses the left button there, lets it go, and waits for all that follows."""
        for event in (events.MouseDown, events.MouseUp):
            self.app._driver.send_message(event(None, x, y, 0, 0, 1, False, False, False, x, y))
            await self.settled()

    async def resize(self, columns, lines):
        """Gives the window another size, and waits until it is laid out: Textual waits a moment for further ones."""
        size = self.app._driver._size = Size(columns, lines)
        await self.settled()
        self.app.post_message(events.Resize(size, size))
        await self.until(lambda: self.app._size == self.app.screen.size == size and self.app._resize_event is None)
        await self.settled()

    async def settled(self):
        """Until no message is waiting and no far step is being computed."""
        while True:
            for _ in range(3):
                screen = self.app.screen
                canvas = [child for child in screen.children if isinstance(child, Canvas)]
                for place in (self.app, screen, *([screen.focused] if screen.focused else []), *canvas):
                    turn = Turn()
                    place.post_message(events.Callback(callback=turn))
                    await self.until(lambda turn=turn, place=place: turn.came or not place.is_attached)
            if not self._lays_out() and not (
                isinstance(self.app.screen, LessonScreen)
                and (self.app.screen.window.paint_is_due or self.app.screen.navigator.goal)
            ):
                return
            await asyncio.sleep(0)

    def _lays_out(self):
        """Whether something is still to be laid out; what waits for the screen's timer of a sixtieth of a second is, now."""
        screen = self.app.screen
        if screen._layout_required or screen._scroll_required:
            screen._on_timer_update()
            return True
        return any(widget._layout_required or not widget._message_queue.empty() for widget in screen.walk_children())

    async def until(self, condition, patience=PATIENCE):
        """Lets the app run until something holds; while it waits for a timer itself, the processor rests."""
        loop = asyncio.get_running_loop()
        end = loop.time() + patience
        while not condition():
            assert loop.time() < end, f"never came; the screen:\n{self.text()}"
            await asyncio.sleep(0 if loop._ready else 0.001)

    def expected(self):
        """The screen as the pure picture of where the viewer is, hanging bars as the terminal gets them."""
        lines = self.lesson.picture(*self.lesson.size)
        return "\n".join("".join(span.text for span in line).rstrip() for line in lines)


class Clock:
    """Time that passes when a story says so."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


NOW = datetime(2026, 11, 23, 22, 33, 31, tzinfo=UTC)


def a_session(clock=None, history=None, number=1):
    """A session with a clock that stands still, and no history unless one is given."""
    return begun(clock or Clock(), lambda: NOW, history, number)


def unseen(compositor, full=False, screen_stack=None, simplify=False):
    """In place of `Compositor.render_update`: nothing is rendered that nobody sees.

    Of an app without a terminal Textual renders every update and drops it. `DrivenApp.text` renders what is on the
    screen, once for all the updates before it.
    """
    visible_screen_stack.set(screen_stack or [])
    compositor._dirty_regions.clear()


@asynccontextmanager
async def driven(app, size=(80, 24)):
    """An app that has started; what is on its screen at the end can be painted.

    Every run but the usual one paints each update, and so does --in-the-app.
    """
    with nullcontext() if PAINTS_ALL else patch.object(Compositor, "render_update", unseen):
        async with app.run_test(size=size):
            w = DrivenApp(app)
            await w.settled()
            yield w
            if app.is_running:
                w.text()


def run_story(story, scenario=None, size=(80, 24), step=0, reload=None, opening=None, session=None, to_resume=None):
    """Tells a story to a fresh app."""

    async def told():
        begins = opening or (of_scenario(scenario, step, reload) if scenario else None)
        app = NntuiApp(session or a_session(), begins, to_resume)
        async with driven(app, size) as w:
            await story(w)

    asyncio.run(told())


def spelled(text):
    """The keys that type a text."""
    return [unicodedata.normalize("NFC", character) for character in text]
