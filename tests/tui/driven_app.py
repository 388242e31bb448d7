"""The app without a terminal: keys go in, the text of the screen comes out, and nothing waits for a clock."""

import asyncio
import unicodedata
from datetime import UTC, datetime

from textual import events
from textual.keys import _character_to_key

from nntui.draw.base.spans import plain
from nntui.session.opening import of_scenario
from nntui.session.session import begun
from nntui.tui.app import NntuiApp
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.widgets.canvas import Canvas

PATIENCE = 60  # seconds until a condition that never comes is a failure


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

    async def settled(self):
        """Until no message is waiting and no far step is being computed."""
        while True:
            for _ in range(3):
                screen = self.app.screen
                for place in (self.app, screen, *([screen.focused] if screen.focused else []), *screen.query(Canvas)):
                    turn = Turn()
                    place.post_message(events.Callback(callback=turn))
                    await self.until(lambda turn=turn, place=place: turn.came or not place.is_attached)
            if not isinstance(self.app.screen, LessonScreen) or not (
                self.app.screen.window.paint_is_due or self.app.screen.navigator.goal
            ):
                return
            await asyncio.sleep(0)

    async def until(self, condition, patience=PATIENCE):
        """Lets the app run until something holds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + patience
        while not condition():
            assert loop.time() < end, f"never came; the screen:\n{self.text()}"
            await asyncio.sleep(0)

    def expected(self):
        """The screen as the pure picture of where the viewer is."""
        lesson = self.lesson
        cells, height = lesson.size
        return plain(lesson.picture(cells, height))


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


def run_story(story, scenario=None, size=(80, 24), step=0, reload=None, opening=None, session=None, to_resume=None):
    """Tells a story to a fresh app."""

    async def told():
        begins = opening or (of_scenario(scenario, step, reload) if scenario else None)
        app = NntuiApp(session or a_session(), begins, to_resume)
        async with app.run_test(size=size) as pilot:
            driven = DrivenApp(app)
            driven.pilot = pilot
            await driven.settled()
            await story(driven)

    asyncio.run(told())


def spelled(text):
    """The keys that type a text."""
    return [unicodedata.normalize("NFC", character) for character in text]
