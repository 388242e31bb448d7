"""How numbers are displayed: digits, notation, panels or graph, and what they are compared with."""

from dataclasses import replace
from typing import Literal

from nntui.explain.notation.numerals import FOUR, MOST, Numerals
from nntui.explain.notation.symbols import LECTURE, NOTATIONS, Notation
from nntui.files.settings import Settings
from nntui.values import dataclass

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
    return DisplayOptions(chosen, notation=NOTATIONS[settings.notation], big=big)
