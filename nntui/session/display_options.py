"""How numbers are displayed: digits, notation, panels or graph, what they are compared with, which path is lit."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from nntui.explain.notation.numerals import FOUR, MOST, Numerals
from nntui.explain.notation.symbols import COMMON, LECTURE, Notation
from nntui.files.settings import Settings
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.explain.paths import LitPath
    from nntui.training.frame import Frame

Since = Literal["", "step", "visit", "start"]
SINCE: tuple[Since, ...] = ("", "step", "visit", "start")
SINCE_WORDS: dict[Since, str] = {
    "": "",
    "step": "since the last step",
    "visit": "since this row's last turn",
    "start": "since the start",
}


@dataclass(frozen=True, slots=True)
class DisplayOptions:
    """exact: all digits, whatever is chosen. since: numbers as differences to the step before, to the row's last turn, or to the
    start: there weights are compared with the first ones, all else with the row's first turn.

    big: less is shown, and larger, for a projector.
    """

    chosen: Numerals = FOUR
    exact: bool = False
    notation: Notation = LECTURE
    graph: bool = False
    since: Since = ""
    big: bool = False

    @property
    def numerals(self) -> Numerals:
        """How numbers are written."""
        return Numerals(MOST) if self.exact else self.chosen

    def digits(self, change: int) -> "DisplayOptions":
        """With more digits or fewer."""
        return replace(self, chosen=self.numerals.changed(change), exact=False)

    @property
    def next_since(self) -> Since:
        """What numbers are compared with next."""
        return SINCE[(SINCE.index(self.since) + 1) % len(SINCE)]


def of_settings(settings: Settings, *, big: bool = False) -> DisplayOptions:
    """How a first lesson is looked at."""
    chosen = FOUR if settings.digits is None else Numerals(settings.digits)
    return DisplayOptions(chosen, notation=COMMON if settings.notation == "common" else LECTURE, big=big)


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

    def turn(self, place: tuple[int, int], frame: "Frame", display: DisplayOptions, change: int) -> bool:
        """The next path (1) or the one before (−1); False where the number of the step has none."""
        from nntui.explain.paths import paths_of

        count = len(paths_of(frame, display.notation, display.numerals))
        self.show(place, (self.shown + change) % (count + 1))
        return count > 0

    def of(self, frame: "Frame", display: DisplayOptions) -> "LitPath | None":
        """What is lit at the step."""
        if not self.shown:
            return None
        from nntui.explain.paths import paths_of

        paths = paths_of(frame, display.notation, display.numerals)
        return paths[self.shown - 1] if self.shown <= len(paths) else None
