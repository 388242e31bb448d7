"""What lies open under the panels: a value that takes keys first, draws itself, and says what a key makes of it.

One lies open at a time: a number that is inspected, the cursor in the plot, the table of the data, the forks. A tool
moves nothing itself: it answers with an outcome, and the lesson does what that says.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import ClassVar

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.lesson.display_state import ToolState
from nntui.session.navigator import Navigator
from nntui.session.position import Position
from nntui.session.text_request import TextRequest
from nntui.training.cell import Cell
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class ToolKey:
    """Keys of a tool. keys: Textual's names of them, with commas; empty where they are the lesson's, and are only shown.

    shown: as they are written. words: what they do, in the help. foot: the same at the foot; empty: not there.
    click: Textual's name of the key that a click at the foot presses, of the lesson's keys their action; empty: nothing.
    """

    keys: str
    shown: str
    words: str
    foot: str = ""
    click: str = ""


STEP = ToolKey("", "←→", "step by the grain", "step", "forward")


class Tool(ABC):
    """What a tool that says nothing else does.

    NAME: what the help calls it. BESIDE_PLOT: the width with which it has room; in a window wide enough for both it is
    beside plot and data, at 0 always in their place.
    """

    NAME: ClassVar[str]
    BESIDE_PLOT: ClassVar[int] = 0

    @property
    @abstractmethod
    def state(self) -> ToolState:
        """What is recorded of it. A run has its number in this session."""

    @property
    def cursor(self) -> Cell | None:
        """The number of the panels that has the cursor."""
        return None

    def pressed(self, key: str, navigator: Navigator) -> "Outcome | None":
        """What a key does, by Textual's name of it; None where it means what it means everywhere."""
        raise NotImplementedError

    def clicked(self, target: object, offset: int, navigator: Navigator) -> "Outcome | None":
        """What a click on a span does, `offset` cells into it; None where it means what it means everywhere."""
        return None

    def panel(self, view: View, navigator: Navigator, cells: int, height: int) -> Block:
        """The block under the panels, exactly cells × height."""
        raise NotImplementedError

    def own_keys(self) -> tuple[ToolKey, ...]:
        """All keys that the tool takes, and at the foot and in the help those of the lesson that matter beside it."""
        raise NotImplementedError

    def scrolled(self, key: str, navigator: Navigator) -> "Outcome | None":
        """What the wheel over the panel does: up or down. None where it steps."""
        return self.pressed(key, navigator)

    def work(self, navigator: Navigator) -> Iterator[object] | None:
        """What is to be computed for the panel to be whole, in slices of a few milliseconds; None where it is."""
        return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a key.

    tool: what is open from now on; None closes it. to: where the viewer goes; jump: Backspace leads back from there.
    say: words at the foot. ask: what is asked for in the line at the foot. then: done last, at the new position.
    """

    tool: Tool | None
    to: Position | None = None
    jump: bool = True
    say: str = ""
    ask: TextRequest | None = None
    then: Callable[[], None] | None = None
