"""Which path of the graph is lit."""

from typing import TYPE_CHECKING

from nntui.session.display_options import DisplayOptions
from nntui.training.frame import Frame

if TYPE_CHECKING:  # of a graph alone, when Tab is pressed
    from nntui.explain.paths import LitPath


class GraphPath:
    """The path of the graph that is lit: one after the other, then their sum, then none; until the next step.

    shown: which path, from 1; one more than there are: their sum; 0: none.
    """

    def __init__(self) -> None:
        self.shown = 0
        self._place: tuple[int, int] | None = None

    def show(self, place: tuple[int, int], shown: int) -> None:
        """place: the run and the step, which ends it as soon as it is another one."""
        self.shown, self._place = shown, place

    def moved(self, place: tuple[int, int]) -> None:
        """The viewer is at a run and a step."""
        if place != self._place:
            self.shown = 0

    def end(self) -> bool:
        """None is lit any more; False where none was."""
        was, self.shown = self.shown, 0
        return was > 0

    def turn(self, place: tuple[int, int], frame: Frame, display: DisplayOptions, change: int) -> bool:
        """The next path (1) or the one before (−1); False where the number of the step has none."""
        from nntui.explain.paths import paths_of

        count = len(paths_of(frame, display.notation, display.numerals))
        self.show(place, (self.shown + change) % (count + 1))
        return count > 0

    def of(self, frame: Frame, display: DisplayOptions) -> "LitPath | None":
        """What is lit at the step."""
        if not self.shown:
            return None
        from nntui.explain.paths import paths_of

        paths = paths_of(frame, display.notation, display.numerals)
        return paths[self.shown - 1] if self.shown <= len(paths) else None
