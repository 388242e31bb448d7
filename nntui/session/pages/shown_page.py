"""The page that lies over the lesson, as it was drawn last: its text is made once, and its rows say how far it scrolls."""

from dataclasses import replace
from typing import TYPE_CHECKING

from nntui.draw.base.spans import Block
from nntui.session.pages.manners import FOOT
from nntui.training.timeline import Timeline

if TYPE_CHECKING:
    from nntui.draw.panels.page import PageRows
    from nntui.lesson.display_state import OpenPage
    from nntui.session.pages.page_card import PageSource, PageText, Sheets


class ShownPage:
    """Draws the open page, and knows how it was drawn."""

    def __init__(self) -> None:
        self.sheets: Sheets = ()
        """The sheets that were marked last."""
        self._made: tuple[OpenPage, Timeline, str, PageText] | None = None
        self._rows: PageRows | None = None

    def block(self, page: "OpenPage", source: "PageSource", cells: int, height: int, said: str) -> Block:
        """The page in exactly cells × height. said: a message in place of the keys."""
        from nntui.draw.panels.page import page_panel, page_rows

        made = self._text(page, source)
        self._rows = page_rows(made.text, made.width, cells, height)
        return page_panel(made.title, self._rows, page.at, said or FOOT, cells, height)

    def scrolled(self, page: "OpenPage", key: str) -> "OpenPage | None":
        """The page after a key that scrolls; None for any other key."""
        rows = self._rows
        if rows is None or key not in ("up", "down", "pageup", "pagedown", "home", "end"):
            return None
        first = rows.first(page.at)
        by = {"up": -1, "down": 1, "pageup": -rows.room, "pagedown": rows.room, "home": -first, "end": len(rows.rows)}[key]
        return replace(page, at=rows.offset(first + by))

    def _text(self, page: "OpenPage", source: "PageSource") -> "PageText":
        from nntui.session.pages.page_table import PAGES

        state, timeline, notation = replace(page, at=0), source.navigator.timeline, source.notation.name
        made = self._made
        if made is None or made[0] != state or made[1] is not timeline or made[2] != notation:
            made = self._made = (state, timeline, notation, PAGES[page.name].text(page, source))
        return made[3]
