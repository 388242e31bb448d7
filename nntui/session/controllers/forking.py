"""What if: changing something from the present data point on, and the runs that come of it."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from nntui.explain.notation.numerals import full
from nntui.session.controllers.tools import ToolController
from nntui.session.movement.movement import Movement
from nntui.session.position import Position
from nntui.training.cell import Cell
from nntui.training.segments.lineage import lineage

if TYPE_CHECKING:
    from nntui.training.edits.edit import EditKind

_EDITABLE: "dict[str, EditKind]" = {"weight": "weight", "update": "weight", "input": "x", "y": "y"}


_ANYWHERE = "eta=0.1  w1.2.1=0.5  w=0  b1.2=0  activation1=tanh · ? all"
_AT_START = "eta=0.1  w1.2.1=0.5  init=he  batch=4  momentum=0.9 · ? all"


class ForkController:
    """Leaves a run for another one, which begins where something is changed; lists the forks and saves them."""

    def __init__(self, movement: Movement, tools: ToolController) -> None:
        self._movement, self._tools = movement, tools
        self._navigator, self._workspace = movement.navigator, movement.workspace

    def edit(self) -> None:
        """Asks what is to be changed: here or, while that is still computed, where the viewer is going. Play stops for it."""
        from nntui.explain.sentences.edits import EDITS_HELP
        from nntui.session.text_request import TextRequest
        from nntui.training.edits.edit import LONGEST

        here = self._navigator.base
        self._movement.adjust(lambda position: replace(position, playing=False))
        cell = self._workspace.inspector.cell if self._workspace.inspector is not None else None
        if cell is not None and cell.kind in _EDITABLE and self._navigator.goal is None:
            self._ask_number(cell, here)
        else:
            hint = _AT_START if self._navigator.base_course.iteration(here.step) == 0 else _ANYWHERE
            asked = TextRequest(f"from {self._point(here)} on", hint, partial(self._fork, here), LONGEST, help=EDITS_HELP)
            self._movement.status.ask(asked)

    def list(self) -> None:
        """Opens the list of forks, with a mark on the run that the present run comes from, else on another run."""
        from nntui.session.tools.forks import Forks, RunKeeper

        here = self._navigator.position.chapter
        family = self._navigator.runs.family(here)
        others = [run.number for run in family if run.number != here]
        ancestors = lineage(self._navigator.timeline)[1:]
        before = [run.number for run in family if run.timeline in ancestors]
        keeper = RunKeeper(self._navigator, self._workspace, self._movement.status.say)
        self._tools.open(Forks((before or others or [here])[-1], keeper))

    def _point(self, here: Position) -> str:
        """The data point of a position."""
        return self._navigator.course.address(here.step).data_point

    def _ask_number(self, cell: Cell, here: Position) -> None:
        """Asks for another value of the number that is inspected; of a weight, of the one before this data point."""
        from nntui.explain.equations.cells import symbol_of, value_of
        from nntui.explain.sentences.edits import EDITS_HELP
        from nntui.session.text_request import TextRequest
        from nntui.training.edits.edit import LONGEST, Edit

        if cell.kind == "update":
            cell = Cell("weight", cell.layer, cell.neuron, cell.sender)
        frame, kind = self._navigator.frame, _EDITABLE[cell.kind]
        target = Edit(kind, 0.0, cell.layer if kind == "weight" else 0, cell.neuron, cell.sender).target

        def accept(text: str) -> str:
            return self._fork(here, text if "=" in text else f"{target}={text}")

        label = f"{symbol_of(cell, self._workspace.display.notation)} from {self._point(here)} on ="
        now = full(value_of(frame, cell))
        self._movement.status.ask(
            TextRequest(label, "a number · ? help · Esc closes", accept, LONGEST, now, replaced=True, help=EDITS_HELP)
        )

    def _fork(self, here: Position, text: str) -> str:
        """Makes the fork and goes there; why it cannot be made, or nothing."""
        from nntui.explain.notation.pasted import as_typed
        from nntui.training.edits.edit import EditError, read_edits

        try:
            there = self._navigator.forked(here, read_edits(as_typed(text)))
        except EditError as fault:
            return str(fault)
        self._movement.jump(there)
        name = self._navigator.runs.run(there.chapter).called(self._workspace.display.notation)
        self._movement.status.say(
            f"a fork: {name} from {self._point(here)} on. Backspace goes back to the run before; f lists them all"
        )
        return ""
