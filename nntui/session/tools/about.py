"""The words that a scenario says about itself: at which step they are shown, and whether they were shown whole."""

from nntui.draw.base.spans import Block
from nntui.draw.panels.about import about_panel


class About:
    """Shown above the plot, or in its place, until the next step. whole: whether there was room for all of it."""

    def __init__(self) -> None:
        self.is_shown = False
        self.whole = True
        self.offers_tour = False
        """Whether its foot names the key of the tour: at the first start of an account."""
        self._place: tuple[int, int] | None = None

    def show(self, place: tuple[int, int]) -> None:
        """place: the run and the step, which ends it as soon as it is another one."""
        self.is_shown, self._place = True, place

    def hide(self) -> bool:
        """Whether it was shown."""
        was, self.is_shown = self.is_shown, False
        return was

    def moved(self, place: tuple[int, int]) -> None:
        """The viewer is at a run and a step."""
        if place != self._place:
            self.is_shown = False

    def panel(self, text: str, cells: int, height: int) -> Block:
        """The panel, at most cells × height."""
        block, self.whole = about_panel(text, cells, height, offers_tour=self.offers_tour)
        return block
