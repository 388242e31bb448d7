"""The keys of the page that lies over the lesson: no key means anything else, as the lesson under it cannot be seen."""

from typing import TYPE_CHECKING

from nntui.session.movement.movement import Movement
from nntui.session.pages.manners import CLOSING

if TYPE_CHECKING:
    from nntui.lesson.display_state import OpenPage

_OWN = frozenset({"escape", "q", "up", "down", "pageup", "pagedown"})
"""Keys that go to a page that a followed lesson shows, which is the viewer's own from then on."""


class PageKeys:
    """Opens, scrolls and closes pages."""

    def __init__(self, movement: Movement) -> None:
        self._movement, self._workspace = movement, movement.workspace

    def open(self, page: "OpenPage | None") -> None:
        """Another page lies over the lesson, or none."""
        self._workspace.page = page
        self._movement.status.clear()
        self._movement.window.paint_soon()

    def covers(self, key: str) -> bool:
        """Whether a key, by Textual's name of it, means nothing but what it does on the open page."""
        if self._workspace.page is None or key.startswith("ctrl+"):
            return False
        return key in _OWN or not self._workspace.tool_is_led(self._movement.navigator)

    def pressed(self, key: str) -> bool:
        """A key; False where no page is open of which it is one."""
        from nntui.session.pages.page_table import PAGES

        page = self._workspace.page
        if page is None or not self.covers(key):
            return False
        other = PAGES[page.name].pressed(key, page, self._workspace.page_source(self._movement.navigator))
        if isinstance(other, str):
            self._movement.status.say(other)
            return True
        other = other or self._workspace.shown_page.scrolled(page, key)
        taken = other is not None or key in CLOSING
        if taken:
            self.open(other)
        return taken

    def scrolled(self, key: str) -> bool:
        """The wheel, as up or down, over a page of the viewer's own; False where it steps."""
        if self._workspace.tool_is_led(self._movement.navigator) or not self.covers(key):
            return False
        self.pressed(key)
        return True
