"""What lies open under the panels: a value that takes keys first, draws itself, and says what a key makes of it.

One lies open at a time: a number that is inspected, the cursor in the plot, the table of the data, the forks. A tool
moves nothing itself: it answers with an outcome, and the lesson does what that says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.explain.equations.equation import Cell
from nntui.session.navigator import Navigator
from nntui.session.position import Position
from nntui.session.text_request import TextRequest

Hint = tuple[str, str, str]
"""A key as it is shown, what it does, and Textual's name of it: what a click on the hint presses (empty: nothing)."""


class Tool:
    """What a tool that says nothing else does."""

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

    def hints(self) -> tuple[Hint, ...]:
        """The keys at the foot; where there are none, those of the lesson."""
        return ()

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
