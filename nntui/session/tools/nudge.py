"""The gradient check of one weight: which weight is moved, and by how much. A value and its keys."""

from collections.abc import Iterator
from dataclasses import field, replace
from typing import TYPE_CHECKING, ClassVar

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.costs.cost_panel import costs_panel
from nntui.draw.functions.nudge import NudgeColumn, ShownNudge, nudge_panel
from nntui.draw.panels.around import LEAST_PLOT
from nntui.engine.iteration import Iteration
from nntui.explain.equations.cells import OF_WEIGHT, exists
from nntui.explain.gradient_check.batch_check import batch_frames
from nntui.explain.gradient_check.check import gradient_check
from nntui.explain.gradient_check.chosen_weight import named_weight, weight_beside
from nntui.explain.gradient_check.nudge import EXPONENTS, NudgedBatch, NudgedWeight, nudged_batch, nudged_weight
from nntui.explain.gradient_check.nudge_words import nudge_words
from nntui.explain.gradient_check.page import verdict_line
from nntui.lesson.display_state import OpenNudge
from nntui.session.navigator import Navigator
from nntui.session.text_request import TextRequest
from nntui.session.tools.tool import Outcome, Tool, ToolKey
from nntui.training.cell import Cell
from nntui.training.frame import Frame
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.session.tools.workspace import Workspace

FIRST_H = 4  # h = 1e-4


class NudgeKeeper:
    """What was computed of one data point: the nudges of its weights, G of its batch, the verdict over all weights."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self._iteration: Iteration | None = None
        self._nudged: dict[Cell, NudgedWeight] = {}
        self._batches: dict[tuple[Cell, int], NudgedBatch | None] = {}
        self._verdict = ""

    def nudged(self, frame: Frame, cell: Cell) -> NudgedWeight:
        """The nudges of a weight."""
        self._enter(frame)
        if cell not in self._nudged:
            self._nudged[cell] = nudged_weight(frame, cell)
        return self._nudged[cell]

    def batch(self, navigator: Navigator, frame: Frame, cell: Cell, exponent: int) -> NudgedBatch | None:
        """The quotient of the batch's cost beside G, where the data point completes a batch."""
        self._enter(frame)
        if (cell, exponent) not in self._batches:
            frames = batch_frames(navigator.timeline, frame) if frame.scenario.network.batched else ()
            self._batches[cell, exponent] = nudged_batch(frames, cell, exponent) if frames else None
        return self._batches[cell, exponent]

    def verdict(self, frame: Frame) -> str:
        """The verdict over all weights, where it is known."""
        self._enter(frame)
        return self._verdict or "all weights: being checked …"

    def judge(self, frame: Frame) -> Iterator[object] | None:
        """Checks all weights of the data point; None where that is done."""
        self._enter(frame)
        return None if self._verdict else self._judge(frame)

    def _judge(self, frame: Frame) -> Iterator[object]:
        self._enter(frame)
        self._verdict = f"all weights: {verdict_line(gradient_check(frame))}"
        yield None

    def _enter(self, frame: Frame) -> None:
        """Forgets what belongs to another data point."""
        if self._iteration is not frame.iteration:
            self._iteration, self._verdict = frame.iteration, ""
            self._nudged.clear()
            self._batches.clear()


@dataclass(frozen=True, slots=True)
class Nudger(Tool):
    """cell: the weight that is moved. exponent: h = 10^−exponent."""

    NAME: ClassVar[str] = "gradient check"

    cell: Cell
    keeper: NudgeKeeper = field(compare=False)
    exponent: int = FIRST_H

    @property
    def state(self) -> OpenNudge:
        """The weight and h."""
        return OpenNudge(self.cell, self.exponent)

    @property
    def cursor(self) -> Cell:
        """The weight, the old one."""
        return self.cell

    def pressed(self, key: str, navigator: Navigator) -> Outcome | None:
        """Arrows go from weight to weight, Tab changes h, Enter asks for a weight by its name."""
        frame = navigator.frame
        match key:
            case "escape":
                return Outcome(None)
            case "left" | "right" | "up" | "down":
                return Outcome(replace(self, cell=weight_beside(frame, self.cell, key)))
            case "tab" | "shift+tab":
                return Outcome(self._with_h(self.exponent + (1 if key == "tab" else -1)))
            case "enter":
                return Outcome(self, ask=self._asked(frame))
            case _:
                return None

    def clicked(self, target: object, offset: int, navigator: Navigator) -> Outcome | None:
        """On a weight, or what is of one: that weight. On a bar: its h."""
        match target:
            case NudgeColumn(exponent=exponent):
                return Outcome(replace(self, exponent=exponent))
            case Cell(kind=kind) if kind in OF_WEIGHT:
                return Outcome(replace(self, cell=replace(target, kind="weight")))
            case _:
                return None

    def scrolled(self, key: str, navigator: Navigator) -> Outcome | None:
        """The wheel changes h."""
        return self.pressed("tab" if key == "down" else "shift+tab", navigator)

    def _with_h(self, exponent: int) -> "Nudger":
        return replace(self, exponent=(exponent - EXPONENTS[0]) % len(EXPONENTS) + EXPONENTS[0])

    def _asked(self, frame: Frame) -> TextRequest:
        """The line in which a weight is typed."""

        def accept(text: str) -> str:
            cell = named_weight(text)
            if cell is None:
                return "expected a weight, such as w1.2.1 (layer, neuron, from) or b1.2"
            if not exists(frame, cell):
                return "this network has no such weight"
            self.keeper.workspace.tool = replace(self, cell=cell)
            return ""

        return TextRequest("weight", "w1.2.1: layer, neuron, from; b1.2, w⁰₂₁ · Esc closes", accept)

    def panel(self, view: View, navigator: Navigator, cells: int, height: int) -> Block:
        """The numbers of this h and what all h show, above the cost plot if there is room for both."""
        found = self.keeper.nudged(view.frame, self.cell)
        of_batch = self.keeper.batch(navigator, view.frame, self.cell, self.exponent)
        words = nudge_words(view.frame, found)
        shown = ShownNudge(found, self.exponent, words, self.keeper.verdict(view.frame), of_batch)
        block = nudge_panel(view, shown, cells, height, below=LEAST_PLOT)
        return (*block, *costs_panel(view, cells, height - len(block))) if len(block) < height else block

    def work(self, navigator: Navigator) -> Iterator[object] | None:
        """The verdict over all weights."""
        return self.keeper.judge(navigator.frame)

    def own_keys(self) -> tuple[ToolKey, ...]:
        """The keys of the check."""
        return (
            ToolKey("left,right,up,down", "←→↑↓", "go from weight to weight", "weights"),
            ToolKey("tab,shift+tab", "Tab", "a smaller h, a larger one", "h", "tab"),
            ToolKey("enter", "Enter", "a weight by its name", "by name", "enter"),
            ToolKey("", "k", "all weights, as a page", "all weights", "check"),
            ToolKey("", "PgDn", "the next data point", "next point", "point(1)"),
            ToolKey("escape", "Esc", "close the gradient check", "closes", "escape"),
        )
