"""The horizontal axis of a plot: its places are data points, epochs, or the turns of one data row."""

from collections.abc import Sequence
from typing import Literal, get_args

from nntui.training.frame import Frame
from nntui.training.kinds import Kind, made_by
from nntui.training.rows.measures import COST, Measure
from nntui.training.timeline import Timeline
from nntui.values import dataclass

Unit = Literal["point", "epoch", "turn"]
UNITS: tuple[Unit, ...] = get_args(Unit)


@dataclass(frozen=True, slots=True)
class RunAxis:
    """The places of a run, counted from 0. row: the data row (from 0) if the places are its turns."""

    unit: Unit = "point"
    row: int = 0

    def total(self, timeline: Timeline) -> int:
        """How many places the whole run has."""
        return len(timeline) if self.unit == "point" else timeline.course.epochs

    def place(self, timeline: Timeline, n: int) -> int:
        """The place of iteration n, or of its epoch."""
        return n if self.unit == "point" else n // timeline.course.points

    def iteration(self, timeline: Timeline, place: int) -> int:
        """The iteration of a place; the last one of an epoch."""
        points = timeline.course.points
        match self.unit:
            case "point":
                return place
            case "epoch":
                return (place + 1) * points - 1
            case "turn":
                return timeline.orders.turn_of(self.row, place)

    def known(self, timeline: Timeline, iterations: int) -> int:
        """How many places are complete once the first `iterations` are computed."""
        whole = iterations if self.unit == "point" else iterations // timeline.course.points
        if self.unit == "turn" and timeline.scenario.is_held(self.row):
            return 0
        if self.unit == "turn" and whole < timeline.course.epochs:
            whole += timeline.orders.turn_of(self.row, whole) < iterations
        return whole

    @property
    def points(self) -> bool:
        """Whether each place is one data point."""
        return self.unit == "point"


POINTS = RunAxis()


def points_with_cost(frame: Frame) -> int:
    """How many data points have their cost at a step: all before, and the present one from its `cost` step on."""
    return frame.number + (1 if frame.knows("cost", len(frame.course.units)) else 0)


def shown_points(frame: Frame, computed: int, measures: Sequence[Measure] = (COST,)) -> int:
    """Of how many data points some measures may be shown: of all computed ones; of the present one once its step has them."""
    return computed - 1 if frame.number == computed - 1 and not reaches(frame, measures) else computed


def reaches(frame: Frame, measures: Sequence[Measure]) -> bool:
    """Whether a step has reached some measures of its data point: δ and the new weights up to the last of their layer."""
    return all(frame.knows(*_completing_moment(frame, measure)) for measure in measures)


def _completing_moment(frame: Frame, measure: Measure) -> tuple[Kind, int, int]:
    """The moment that completes a measure; accuracy is that of the weights after the last update of the data point."""
    units = frame.course.units
    if measure.number is not None:
        number = measure.number
        return made_by(number.kind), number.layer, number.neuron
    match measure.kind:
        case "cost" | "output":
            return "cost", len(units), 0
        case "delta":
            return "delta", measure.place, units[measure.place - 1]
        case "weight":
            return "update", measure.place, units[measure.place - 1]
        case "accuracy" | "held_accuracy" | "held_cost" | "number":
            return "update", 1, units[0]
