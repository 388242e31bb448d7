"""The loss surface over two weights, under the panels; it stays open while the viewer steps."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

from nntui.draw.base.boxes import fit
from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.learned.surface_panel import surface_panel
from nntui.draw.panels.around import equation_above
from nntui.explain.learned.function import WeightsAtStep, weights_at_step
from nntui.explain.learned.surface import LossSurface, SurfaceWeights, places, rows_of_surface, surface
from nntui.explain.notation.symbols import Notation
from nntui.lesson.display_state import OpenSurface
from nntui.session.navigator import Navigator
from nntui.session.tools.tool import STEP, Outcome, Tool, ToolKey
from nntui.training.scenario import Scenario


class SurfaceKeeper:
    """The last whole surface, and the one that is being made."""

    def __init__(self) -> None:
        self.found: LossSurface | None = None
        self.of: tuple[WeightsAtStep, SurfaceWeights] | None = None
        self._making: Iterator[LossSurface | None] | None = None
        self._wanted: tuple[WeightsAtStep, SurfaceWeights] | None = None

    def slices(self, navigator: Navigator, weights: SurfaceWeights) -> Iterator[object] | None:
        """What is to be done for the weights of the step; None where it is known."""
        frame = navigator.frame
        wanted = (weights_at_step(frame), weights)
        if wanted == self.of:
            return None
        if self._making is None or wanted != self._wanted:
            self._wanted, self._making = wanted, surface(navigator.timeline, frame.number, *wanted)
        return self._make(self._making)

    def _make(self, making: Iterator[LossSurface | None]) -> Iterator[object]:
        for made in making:
            if made is not None:
                self.found, self.of, self._making = made, self._wanted, None
            yield made


@dataclass(frozen=True, slots=True)
class SurfaceTool(Tool):
    """across, up: which of the weights that training may change, counted round."""

    NAME: ClassVar[str] = "the loss surface"

    across: int = 0
    up: int = 1
    keeper: SurfaceKeeper = field(default_factory=SurfaceKeeper, compare=False)

    @property
    def state(self) -> OpenSurface:
        """Which two weights are moved."""
        return OpenSurface(self.across, self.up)

    def pressed(self, key: str, navigator: Navigator) -> Outcome | None:
        """l and Escape close it, ↑ ↓ and Tab choose the weights; all else means what it always does."""
        match key:
            case "l" | "escape":
                return Outcome(None)
            case "up" | "down":
                return Outcome(self._with(navigator, 0, 1 if key == "down" else -1))
            case "tab" | "shift+tab":
                return Outcome(self._with(navigator, 1 if key == "tab" else -1, 0))
            case _:
                return None

    def _with(self, navigator: Navigator, across: int, up: int) -> "SurfaceTool":
        """The next weight along, or up; never the same for both where there are two."""
        count = len(places(navigator.timeline.scenario))
        along, high = self.across + across, self.up + up
        if along % count == high % count:
            along, high = along + across, high + up
        return replace(self, across=along % count, up=high % count)

    def panel(self, view: View, navigator: Navigator, cells: int, height: int) -> Block:
        """The picture, under the equation where there is room."""
        above = tuple(fit(line, cells) for line in equation_above(view, cells, height))
        scenario = view.frame.scenario
        shown = self.keeper.found if self.keeper.of is not None and self.keeper.of[1] == self._weights(scenario) else None
        rows = len(rows_of_surface(scenario))
        words = "○ start  ● now" + (f"  {rows} of {scenario.points:,} rows" if rows < scenario.points else "")
        if shown is not None and self.keeper.of is not None and self.keeper.of[0] != weights_at_step(view.frame):
            words = "being computed …"
        names = self._names(scenario, view.notation)
        below = height - len(above)
        return (*above, *surface_panel(shown, names, words, view.numerals, cells, below, colours=view.colours))

    def _weights(self, scenario: Scenario) -> SurfaceWeights:
        found = places(scenario)
        return SurfaceWeights(found[self.across % len(found)][3], found[self.up % len(found)][3])

    def _names(self, scenario: Scenario, notation: Notation) -> tuple[str, str]:
        found = places(scenario)
        across, up = (notation.weight(*found[place % len(found)][:3]) for place in (self.across, self.up))
        return across, up

    def own_keys(self) -> tuple[ToolKey, ...]:
        """The keys that matter here."""
        return (
            STEP,
            ToolKey("", "1-5", "how far a step goes", "grain", "next_grain"),
            ToolKey("", "space", "play, pause", "play", "play"),
            ToolKey("tab,shift+tab", "Tab", "another weight along", "weight →", "tab"),
            ToolKey("up,down", "↑↓", "another weight up", "weight ↑", "down"),
            ToolKey("l,escape", "l", "close the loss surface", "closes", "l"),
        )

    def scrolled(self, key: str, navigator: Navigator) -> Outcome | None:
        """The wheel of the mouse steps through the run."""
        return None

    def work(self, navigator: Navigator) -> Iterator[object] | None:
        """The surface with the weights of the step."""
        return self.keeper.slices(navigator, self._weights(navigator.frame.scenario))
