"""What was noted at the steps of a run: typed in this session, recorded, or written in the scenario's tour."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from nntui.lesson.tour import tour
from nntui.session.position import Position
from nntui.session.recordings.recorders import Recorders
from nntui.training.scenario import Scenario
from nntui.training.segments.lineage import owner
from nntui.training.timeline import Timeline

if TYPE_CHECKING:
    from nntui.session.recordings.replay import Replay

OF_ORIGINAL = "Original run: "


class Notes:
    """Notes by step. A note before a fork is the original run's, and is shown in both.

    A note of the scenario is about the numbers of its own run; at a step that a fork makes, it says so.
    """

    def __init__(
        self, recorders: Recorders, replay: "Replay | None", typed: Mapping[tuple[Timeline, int], str] | None = None
    ) -> None:
        """typed: (run that makes the step, step) → what was noted there before."""
        self._recorders, self._replay = recorders, replay
        self._typed = dict(typed or {})
        self.tour: dict[int, str] = {}
        """Step → note of the scenario that is shown."""

    def enter(self, scenario: Scenario) -> None:
        """Another scenario is shown."""
        self.tour = tour(scenario)

    def add(self, timeline: Timeline, step: int, text: str) -> None:
        """Notes something at a step; it is recorded, too."""
        self._recorders.remark(step, text)
        self._typed[_made(timeline, step)] = text

    def at(self, timeline: Timeline, position: Position) -> str:
        """The note of a position; empty where there is none."""
        recorded = self._replay.remark(position) if self._replay is not None else ""
        return self._typed.get(_made(timeline, position.step), "") or recorded or self._told(timeline, position.step)

    def _told(self, timeline: Timeline, step: int) -> str:
        """What the scenario notes at a step, and of which run, where the step is made by a fork."""
        text = self.tour.get(step, "")
        return f"{OF_ORIGINAL}{text}" if text and _made(timeline, step)[0] is not timeline.root else text

    @property
    def lead_anywhere(self) -> bool:
        """Whether there are notes to go to."""
        return bool(self.tour or (self._replay is not None and self._replay.lesson.marks))

    def forget(self) -> None:
        """Forgets what was typed: its runs are gone."""
        self._typed.clear()


def _made(timeline: Timeline, step: int) -> tuple[Timeline, int]:
    """Which run makes a step, and the step."""
    return owner(timeline, timeline.course.iteration(step)), step
