"""A lesson that takes keys and has a text, without Textual's windows: for a story about what keys do to a run.

What a key means comes from the product's own key table and line at the foot, as `KeyInput` takes them. Stories
about screens, clicks, sizes and what is painted are told to the app (`run_story`), in each file some of its keys, too. With
--in-the-app all stories are.
"""

import asyncio
from types import SimpleNamespace

from textual.geometry import Size
from textual.keys import _character_to_key

from nntui.draw.base.plain_text import plain
from nntui.session.controllers.lesson_controllers import LessonControllers
from nntui.session.opening import of_scenario
from nntui.tui.lesson.footer import hints
from nntui.tui.lesson.key_input import KeyInput
from nntui.tui.widgets.keymap import Keymap
from nntui.tui.widgets.prompt import Prompt
from tests.session.fake_window import FakeWindow
from tests.tui.driven_app import PATIENCE, a_session


class Line(Prompt):
    """The line at the foot, whose texts are kept instead of painted."""

    def __init__(self, columns):
        super().__init__()
        self.texts = {}
        self._window = SimpleNamespace(size=Size(columns, 1))

    @property
    def app(self):
        return self._window

    def add_class(self, *_, **__):
        return self

    remove_class = set_class = add_class

    def query_one(self, selector, *_):
        def update(content):
            self.texts[selector] = content.plain

        return SimpleNamespace(update=update)

    def ask(self, question):
        self.texts = {}
        super().ask(question)

    @property
    def text(self):
        """All that stands there, while it is open."""
        return "\n".join(self.texts.values()) if self.is_open else ""


class Window(FakeWindow):
    """A window of some columns that opens the line."""

    def __init__(self, columns):
        super().__init__()
        self.width, self.line = columns, Line(columns)

    def ask(self, request):
        super().ask(request)
        self.line.ask(request)


async def of_the_app(action):
    """An action that only the app can do."""
    raise AssertionError(f"{action} is the app's: its story is told to the app")


class KeyedLesson:
    """What a story needs of a `DrivenApp`: `press`, `until`, `text`, and where the viewer is."""

    def __init__(self, opening, session, size):
        self.size = size
        self.window = Window(size[0])
        self._keymap = Keymap(session.settings.keys)
        self.controllers = LessonControllers(opening, session, self.window, None, "")
        self._key_input = KeyInput(self.controllers, self._keymap, lambda: self.window.line, of_the_app)
        self.controllers.begin()
        self._paint()

    @property
    def lesson(self):
        """Itself, and the line as a screen has it."""
        return SimpleNamespace(
            controllers=self.controllers,
            navigator=self.controllers.navigator,
            workspace=self.controllers.workspace,
            query_one=lambda _: self.window.line,
        )

    @property
    def position(self):
        return self.controllers.navigator.position

    @property
    def timeline(self):
        return self.controllers.navigator.timeline

    @property
    def address(self):
        return str(self.timeline.course.address(self.position.step))

    def text(self):
        """The picture with its foot, and the line where it is open."""
        words = self.controllers.movement.status.words
        workspace, navigator = self.controllers.workspace, self.controllers.navigator
        keys = hints(navigator, workspace, self._keymap)
        return f"{plain(workspace.picture(navigator, *self.size, keys, words))}\n{self.window.line.text}"

    async def press(self, *keys):
        """Types keys, one after the other, and computes what they ask for."""
        for key in keys:
            await self._key_input.take(
                _character_to_key(key) if len(key) == 1 and not key.isalnum() else key, key if len(key) == 1 else None
            )
        while self.controllers.navigator.goal and self._slice():
            pass
        self._paint()

    async def until(self, condition, patience=PATIENCE):
        """Computes until something holds."""
        while not condition():
            assert self._slice(), f"never came; the screen:\n{self.text()}"
            self._paint()

    def _slice(self):
        """One slice of everything that is computed; whether there was any."""
        for job in list(self.window.jobs):
            self.window.slice(job)
            return True
        return False

    def _paint(self):
        if self.controllers.tour is not None:
            self.controllers.tour.look()
        self.controllers.movement.view.record()
        self.controllers.movement.status.painted()


def tell(story, scenario=None, size=(80, 24), step=0, reload=None, opening=None, session=None):
    """Tells a story to a lesson without Textual; what `run_story` takes."""
    begins = opening or of_scenario(scenario, step, reload)
    lesson = KeyedLesson(begins, session or a_session(), size)
    asyncio.run(story(lesson))
    lesson.controllers.end()
