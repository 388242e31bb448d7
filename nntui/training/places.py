"""What one point of a plot is: a data point, an epoch, or a turn of one data row; and which iterations those are."""

from dataclasses import dataclass
from typing import Literal

from nntui.training.frame import Frame
from nntui.training.timeline import Timeline
from nntui.training.turns import turn_of

Unit = Literal["point", "epoch", "turn"]


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a run, counted from 0. row: the data row (from 0) whose turns they are."""

    unit: Unit = "point"
    row: int = 0

    def total(self, timeline: Timeline) -> int:
        """How many there are in the whole run."""
        return len(timeline) if self.unit == "point" else timeline.course.epochs

    def place(self, timeline: Timeline, n: int) -> int:
        """The place of iteration n, or the one of its epoch."""
        return n if self.unit == "point" else n // timeline.course.points

    def iteration(self, timeline: Timeline, place: int) -> int:
        """The iteration of a place; of an epoch its last one."""
        points = timeline.course.points
        match self.unit:
            case "point":
                return place
            case "epoch":
                return (place + 1) * points - 1
            case "turn":
                return turn_of(timeline.scenario, self.row, place)

    def known(self, timeline: Timeline, iterations: int) -> int:
        """How many places are whole among the first so many iterations."""
        whole = iterations if self.unit == "point" else iterations // timeline.course.points
        if self.unit == "turn" and whole < timeline.course.epochs:
            whole += turn_of(timeline.scenario, self.row, whole) < iterations
        return whole

    @property
    def points(self) -> bool:
        """Whether each is one data point."""
        return self.unit == "point"


POINTS = Places()


def behind(frame: Frame) -> int:
    """How many data points lie behind a step: the present one from its `cost` step on."""
    return frame.number + (1 if frame.knows("cost", len(frame.course.units)) else 0)


def told(frame: Frame, computed: int) -> int:
    """Of how many data points the numbers may be told: of all that are computed, of the present one from its `cost` on."""
    return behind(frame) if frame.number == computed - 1 else computed
