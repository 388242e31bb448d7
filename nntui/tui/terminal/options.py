"""Lists of options whose page keys wait until the list has lines on the screen."""

from typing import Literal

from textual.geometry import Size
from textual.widgets import OptionList


def has_pages(options: OptionList) -> bool:
    """Whether the marked option has a line.

    It has none before the list is laid out, nor where the window leaves the list no room; Textual's page
    keys raise KeyError then.
    """
    return (options.highlighted or 0) in options._index_to_line  # noqa: SLF001


class Options(OptionList):
    """Textual's list of options, whose page keys never take the mark away.

    Where the list has no lines the mark stays; where only a heading is left to go to, it goes to the first or last option.
    """

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """As Textual, which would count the lines while it paints them, and then lay out and paint all of it again."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        self._update_lines()
        return changed

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        if not has_pages(self):
            return
        super()._move_page(direction)
        if self.highlighted is None:
            (self.action_first if direction < 0 else self.action_last)()
