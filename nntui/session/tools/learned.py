"""What the network has learned, under the panels; it stays open while the viewer steps."""

from collections.abc import Iterator
from dataclasses import field, replace
from typing import ClassVar

from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.learned.panel import learned_block
from nntui.explain.learned.function import choices, weights_at_step
from nntui.explain.learned.surface import places
from nntui.explain.learned.survey import Survey
from nntui.lesson.display_state import OpenLearned
from nntui.session.navigator import Navigator
from nntui.session.tools.surface import SurfaceTool
from nntui.session.tools.tool import STEP, Outcome, Tool, ToolKey
from nntui.training.scenario import Scenario
from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class Learned(Tool):
    """chosen: which of the `outputs` choices that the scenario gives. survey: what takes long to be made."""

    NAME: ClassVar[str] = "what has been learned"

    chosen: int = 0
    survey: Survey = field(default_factory=Survey, compare=False)
    outputs: int = 1

    @property
    def state(self) -> OpenLearned:
        """Which output is shown."""
        return OpenLearned(self.chosen)

    def pressed(self, key: str, navigator: Navigator) -> Outcome | None:
        """l goes on to the loss surface, Escape closes it, ↑ ↓ choose an output; all else means what it always does."""
        match key:
            case "l":
                return Outcome(SurfaceTool() if len(places(navigator.timeline.scenario)) > 1 else None)
            case "escape":
                return Outcome(None)
            case "up" | "down":
                return Outcome(replace(self, chosen=(self.chosen + (1 if key == "down" else -1)) % self.outputs))
            case _:
                return None

    def panel(self, view: View, navigator: Navigator, cells: int, height: int) -> Block:
        """The picture of what the network computes now, and how right it is."""
        now = weights_at_step(view.frame)
        return learned_block(view, now, self._output(view.frame.scenario), self.survey.found(now), cells, height)

    def own_keys(self) -> tuple[ToolKey, ...]:
        """The keys that matter here."""
        return (
            STEP,
            ToolKey("", "1-5", "how far a step goes", "grain", "next_grain"),
            ToolKey("", "space", "play, pause", "play", "play"),
            ToolKey("up,down", "↑↓", "another output", "which output" if self.outputs > 1 else "", "down"),
            ToolKey("l", "l", "the loss surface", "surface", "l"),
            ToolKey("escape", "Esc", "close what is learned", "closes", "escape"),
        )

    def scrolled(self, key: str, navigator: Navigator) -> Outcome | None:
        """The wheel of the mouse steps through the run."""
        return None

    def work(self, navigator: Navigator) -> Iterator[object] | None:
        """The count of all data rows where those are many."""
        frame = navigator.frame
        return self.survey.slices(weights_at_step(frame), frame.step)

    def _output(self, scenario: Scenario) -> int:
        which = choices(scenario)
        return which[self.chosen % len(which)]


def of_scenario(scenario: Scenario) -> Learned:
    """The tool as it is opened for a scenario."""
    return Learned(outputs=len(choices(scenario)))
