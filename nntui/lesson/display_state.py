"""What a window shows besides the step: the open tool and its cursor, and how numbers are displayed. Plain data.

A recording holds it as the line `view`; docs/recording-format.md says what each part means. Nothing here knows the
network: whether a number or a run exists is tested where the state is shown.
"""

from typing import TYPE_CHECKING, Literal

from nntui.training.cell import Cell
from nntui.values import dataclass

if TYPE_CHECKING:  # settings name a notation, for which nothing of NumPy is loaded
    from nntui.training.rows.axis import Unit
    from nntui.training.rows.sorted_rows import Sort

NotationName = Literal["lecture", "common"]
Compared = Literal["", "step", "visit", "start"]


@dataclass(frozen=True, slots=True)
class InspectedNumber:
    """A number is inspected; term: which of its terms is chosen, from 0."""

    cell: Cell
    term: int | None = None


@dataclass(frozen=True, slots=True)
class OpenPlot:
    """The cursor is in the plot, whose state is `DisplayState.plot`."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The table of the data. row: that is marked, from 1; None: none was marked by hand.

    now: with the weights of now, not as each row was at its last turn.
    """

    row: int | None
    by: "Sort"
    now: bool = False


@dataclass(frozen=True, slots=True)
class OpenLearned:
    """What the network has learned; output: which of the outputs, counted round."""

    output: int


@dataclass(frozen=True, slots=True)
class OpenSurface:
    """The loss surface; across, up: its two weights, of those that training may change, counted round from 0."""

    across: int
    up: int


@dataclass(frozen=True, slots=True)
class OpenForks:
    """The list of forks. chapter: of the run that is compared, None if the recording has none of it.

    offset: numbers of the comparison that are scrolled away.
    """

    chapter: int | None
    offset: int = 0


SMALLEST_H = 12
"""The exponent of the smallest h of a gradient check; that of the largest is 1."""


@dataclass(frozen=True, slots=True)
class OpenNudge:
    """The gradient check of one weight, which is moved by h = 10^−exponent."""

    cell: Cell
    exponent: int


ToolState = InspectedNumber | OpenPlot | OpenTable | OpenLearned | OpenSurface | OpenForks | OpenNudge


@dataclass(frozen=True, slots=True)
class PlotState:
    """The plot: the iteration under its cursor, the number of the series, the unit of its places, the part that is shown.

    row: the data row (from 0) if its turns are the places. part: the first place and how many; None: all that is known.
    followed: the number that is the last of the series.
    """

    at: int = 0
    series: int = 0
    unit: "Unit" = "point"
    row: int = 0
    part: tuple[int, int] | None = None
    log: bool = False
    followed: Cell | None = None


PageName = Literal["check", "about", "sheet"]


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page of text that lies over the lesson. at: the character of its text that begins its first visible row, from 0.

    values: what else belongs to its state, by name. text: of a page whose text only its writer has; None: that of the
    display state before.
    """

    name: PageName
    at: int = 0
    values: tuple[tuple[str, float | str], ...] = ()
    text: str | None = ""

    def number(self, name: str) -> int:
        """A whole number of the state; 0 where it has none of that name."""
        value = dict(self.values).get(name, 0)
        return value if isinstance(value, int) else 0


@dataclass(frozen=True, slots=True)
class DisplayState:
    """All of it. exact: all digits, whatever `digits` says. since: numbers are differences to a step before.

    about: the words of the scenario are shown, until the next stop. watched: data rows, from 1.
    plot: as it is, or as it was left; None if it was never open. page: what lies over all of it. path: of the graph, from 1,
    which is lit until the next stop; one more than there are: their sum; 0: none.
    """

    digits: int = 4
    exact: bool = False
    notation: NotationName = "lecture"
    graph: bool = False
    since: Compared = ""
    about: bool = False
    watched: frozenset[int] = frozenset()
    tool: ToolState | None = None
    plot: PlotState | None = None
    page: OpenPage | None = None
    path: int = 0
