"""What if: changing something from the present data point on, and the runs that come of it."""

from dataclasses import replace
from functools import partial

from nntui.explain.equations.cells import symbol_of, value_of
from nntui.explain.equations.equation import Cell
from nntui.explain.notation.numerals import full
from nntui.files.io.errors import InputError
from nntui.files.library import typed
from nntui.files.scenario.save import save_scenario
from nntui.session.position import Position
from nntui.session.runs import Run
from nntui.session.text_request import TextRequest
from nntui.session.tools.forks import Forks, run_name
from nntui.training.edits import LONGEST, Edit, EditError, EditKind, read_edits
from nntui.training.snapshot import scenario_at, weights_at
from nntui.tui.lesson.inspecting import Reading

_EDITABLE: dict[str, EditKind] = {"weight": "weight", "update": "weight", "input": "x", "y": "y"}


class Forking(Reading):
    """A walk that can leave its run for another one, which begins where something is changed."""

    def action_edit(self) -> None:
        """e: where one stands or, while that is still computed, where one is going; play stops for it."""
        here = self.navigator.base
        self._adjust(lambda position: replace(position, playing=False))
        cell = self.workspace.inspector.cell if self.workspace.inspector is not None else None
        if cell is not None and cell.kind in _EDITABLE and self.navigator.goal is None:
            self._edit_number(cell, here)
        else:
            hint = "eta=0.1  w1.2.1=0.5  b1.2=0  x1=1  y1=0  activation1=tanh  cost=…"
            self._ask(TextRequest(f"from {self._point(here)} on", hint, partial(self._forked, here), LONGEST))

    def action_forks(self) -> None:
        """f."""
        family = self.navigator.runs.family(self.position.chapter)
        others = [run.number for run in family if run.number != self.position.chapter]
        line = self.timeline.lineage[1:]
        before = [run.number for run in family if run.timeline in line]
        self._open(Forks((before or others or [self.position.chapter])[-1], self._saved))

    def _point(self, here: Position) -> str:
        """The data point of a stand."""
        return self.navigator.course.address(here.step).data_point

    def _edit_number(self, cell: Cell, here: Position) -> None:
        """Asks for another value of the number that is inspected; of a weight the one before this data point."""
        if cell.kind == "update":
            cell = Cell("weight", cell.layer, cell.neuron, cell.sender)
        frame, kind = self.timeline.frame(self.position.step), _EDITABLE[cell.kind]
        target = Edit(kind, 0.0, cell.layer if kind == "weight" else 0, cell.neuron, cell.sender).target

        def accept(text: str) -> str:
            return self._forked(here, text if "=" in text else f"{target}={text}")

        label = f"{symbol_of(cell, self.workspace.display.notation)} from {self._point(here)} on ="
        now = full(value_of(frame, cell))
        self._ask(TextRequest(label, "a number · Esc closes", accept, LONGEST, now, replaced=True))

    def _forked(self, here: Position, text: str) -> str:
        """Makes the fork and goes there; why it cannot be made, or nothing."""
        try:
            there = self.navigator.forked(here, read_edits(text))
        except EditError as fault:
            return str(fault)
        self._jump(there)
        name = run_name(self.navigator.runs.run(there.chapter), self.workspace.display.notation)
        self._say(f"a fork: {name} from {self._point(here)} on. Backspace goes back to the run before; f lists them all")
        return ""

    def _saved(self, run: Run, text: str) -> str:
        """Saves a run at this step as a scenario; why it cannot be saved, or nothing."""
        step, course = self.position.step, self.timeline.course
        words = run_name(run, self.workspace.display.notation)
        title = f"{run.timeline.scenario.title}, {words}" if run.is_fork else run.timeline.scenario.title
        try:
            files = save_scenario(typed(text), scenario_at(run.timeline, step, title))
        except InputError as fault:
            return str(fault)
        before = weights_at(run.timeline, step)[1]
        point = f"before {course.address(course.first(before)).data_point}" if before < course.iterations else "at the end"
        self._say(f"saved with the weights {point}: {' and '.join(map(str, files))}")
        return ""
