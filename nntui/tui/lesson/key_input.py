"""What the keys of a lesson do, in the order in which they came: into the line while it is open, else as the key table says."""

from collections.abc import Awaitable, Callable, Sequence
from itertools import takewhile

from textual.actions import parse
from textual.events import Key

from nntui.session.controllers.lesson_controllers import LessonControllers
from nntui.tui.widgets.keymap import Keymap
from nntui.tui.widgets.keys import key_name
from nntui.tui.widgets.prompt import Prompt


class KeyInput:
    """The keys of a lesson. Textual's bindings alone would run a step that was typed before g after the address behind it."""

    def __init__(self, controllers: LessonControllers, keymap: Keymap, line: Callable[[], Prompt], run: "RunAction") -> None:
        """line: the line at the foot. run: does an action of the app."""
        self._controllers, self._keymap, self._line, self._run = controllers, keymap, line, run

    async def take(self, key: str, character: str | None) -> None:
        """Takes one key; of a key that means nothing it is said."""
        line = self._line()
        if line.is_open:
            line.take(Key(key, character))
        elif any(self._controllers.pressed(meant) for meant in self._keymap.meant(key)):
            pass
        elif self._controllers.pages.covers(key):
            self.say(f"{key_name(key, character)} does nothing here · Esc closes")
        elif (action := self._keymap.action(key)) is not None:
            await self.perform(action)
        else:
            self.say(f"{key_name(key, character)} does nothing here; ? tells what the keys do")

    async def take_all(self, keys: Sequence[tuple[str, str | None]], is_active: Callable[[], bool]) -> int:
        """Takes many keys, those that are text into an open line as one; how many, fewer where one of them opens a page."""
        line, at = self._line(), 0
        while at < len(keys) and is_active():
            text = "".join(takewhile(str.isprintable, (key[1] or "\0" for key in keys[at:]))) if line.is_open else ""
            if text and not line.acts_on(text[0]):
                line.put(text)
            else:
                await self.take(*keys[at])
                text = ""
            at += max(len(text), 1)
        return at

    async def perform(self, action: str) -> None:
        """Does an action as the key table writes it: one of the app, or one that a controller answers."""
        namespace, name, arguments = parse(action)
        if namespace:
            await self._run(action)
        else:
            self._controllers.actions[name](*arguments)

    def say(self, words: str) -> None:
        """Says something at the foot."""
        self._controllers.movement.status.say(words)


RunAction = Callable[[str], Awaitable[object]]
"""Does an action of the app, as the key table writes it."""
