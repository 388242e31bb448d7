"""Where the viewer is, as a value: keys are functions from one position to the next."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from nntui.training.steps import GRAINS, Course, Grain
from nntui.values import dataclass

if TYPE_CHECKING:
    from nntui.lesson.log import Lesson

LessonGrain = Grain | Literal["stop"]
"""How far a key goes: a grain of the run, or from stop to stop of the recorded lesson."""

LESSON_GRAINS: tuple[LessonGrain, ...] = (*GRAINS, "stop")
SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)  # stops a second
RATES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)  # seconds of a lesson a second


@dataclass(frozen=True, slots=True)
class Position:
    """The step that the viewer is at, how they move, and the last iteration ever visited.

    chapter: the run. stop: where in a recorded lesson the viewer is, or left it. speed: stops a second; rate: seconds of a
    lesson a second.
    """

    step: int = 0
    grain: LessonGrain = "neuron"
    farthest: int = 0
    playing: bool = False
    speed: float = 2.0
    rate: float = 1.0
    chapter: int = 0
    stop: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """The run and the step."""
        return self.chapter, self.step


def moved(position: Position, course: Course, step: int) -> Position:
    """At another step, kept inside the run; play ends with the run."""
    step = min(max(step, 0), course.last)
    playing = position.playing and step < course.last
    return replace(position, step=step, farthest=max(position.farthest, course.iteration(step)), playing=playing)


def at_stop(position: Position, lesson: "Lesson", stop: int) -> Position:
    """At a stop of a recorded lesson, kept inside it, with all visited that was visited then."""
    stop = min(max(stop, 0), max(lesson.stops - 1, 0))
    place = lesson.place(stop)
    farthest = lesson.scenarios[place.chapter].course.iteration(lesson.farthest(stop))
    return replace(position, step=place.step, farthest=farthest, chapter=place.chapter, stop=stop, grain="stop")


def forward(position: Position, course: Course, lesson: "Lesson | None" = None) -> Position:
    """At the next stop of the grain."""
    if position.grain == "stop":
        return at_stop(position, lesson, position.stop + 1) if lesson is not None else position
    return moved(position, course, course.forward(position.step, position.grain))


def back(position: Position, course: Course, lesson: "Lesson | None" = None) -> Position:
    """At the stop before; off the lesson, the stop where the viewer left it."""
    if position.grain == "stop":
        return at_stop(position, lesson, position.stop - (not is_away(position, lesson))) if lesson is not None else position
    return moved(position, course, course.back(position.step, position.grain))


def is_away(position: Position, lesson: "Lesson") -> bool:
    """Whether the viewer has left the lesson."""
    place = lesson.place(position.stop)
    return (place.chapter, place.step) != (position.chapter, position.step)


def other_point(position: Position, course: Course, points: int) -> Position:
    """At the same step, a number of data points on; the position itself where that is outside the run."""
    step = position.step + points * course.length
    return moved(position, course, step) if 0 <= step <= course.last else position


def with_grain(position: Position, grain: LessonGrain) -> Position:
    """Another grain; play goes on, but not from the lesson into the run or back."""
    return replace(position, grain=grain, playing=position.playing and (grain == "stop") == (position.grain == "stop"))


def other_speed(position: Position, change: int) -> Position:
    """Play faster (change 1) or slower (−1)."""
    if position.grain == "stop":
        return replace(position, rate=_notch(RATES, position.rate, change))
    return replace(position, speed=_notch(SPEEDS, position.speed, change))


def _notch(notches: tuple[float, ...], present: float, change: int) -> float:
    return notches[min(max(notches.index(present) + change, 0), len(notches) - 1)]
