"""Where the student stands, as a value: keys are functions from one stand to the next."""

from dataclasses import dataclass, replace
from typing import Literal

from nntui.lesson.log import Lesson
from nntui.training.steps import GRAINS, Course, Grain

LessonGrain = Grain | Literal["stop"]
"""How far a key goes: a grain of the run, or from stop to stop of the recorded lesson."""

PACES: tuple[LessonGrain, ...] = (*GRAINS, "stop")
SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)  # stops a second
RATES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)  # seconds of a lesson a second


@dataclass(frozen=True, slots=True)
class Position:
    """The step one is at, how one moves, and the last iteration ever visited.

    chapter, stop: where in a recorded lesson one is, or was when one went off on one's own.
    """

    step: int = 0
    grain: LessonGrain = "neuron"
    farthest: int = 0
    playing: bool = False
    speed: float = 2.0
    rate: float = 1.0
    chapter: int = 0
    stop: int = 0


def moved(stand: Position, course: Course, step: int) -> Position:
    """At another step, kept inside the run; play ends with the run."""
    step = min(max(step, 0), course.last)
    playing = stand.playing and step < course.last
    return replace(stand, step=step, farthest=max(stand.farthest, course.iteration(step)), playing=playing)


def at_stop(stand: Position, lesson: Lesson, stop: int) -> Position:
    """At a stop of a recorded lesson, kept inside it, with all visited that was visited then."""
    stop = min(max(stop, 0), max(lesson.stops - 1, 0))
    place = lesson.place(stop)
    farthest = lesson.scenarios[place.chapter].course.iteration(lesson.farthest(stop))
    return replace(stand, step=place.step, farthest=farthest, chapter=place.chapter, stop=stop, grain="stop")


def forward(stand: Position, course: Course, lesson: Lesson | None = None) -> Position:
    """At the next stop of the grain."""
    if stand.grain == "stop":
        return at_stop(stand, lesson, stand.stop + 1) if lesson is not None else stand
    return moved(stand, course, course.forward(stand.step, stand.grain))


def back(stand: Position, course: Course, lesson: Lesson | None = None) -> Position:
    """At the stop before; off the lesson, where one left it."""
    if stand.grain == "stop":
        return at_stop(stand, lesson, stand.stop - (not is_away(stand, lesson))) if lesson is not None else stand
    return moved(stand, course, course.back(stand.step, stand.grain))


def is_away(stand: Position, lesson: Lesson) -> bool:
    """Whether one has left the lesson and looks round on one's own."""
    place = lesson.place(stand.stop)
    return (place.chapter, place.step) != (stand.chapter, stand.step)


def other_point(stand: Position, course: Course, points: int) -> Position:
    """At the same step so many data points on; at the ends of the run one stays."""
    step = stand.step + points * course.length
    return moved(stand, course, step) if 0 <= step <= course.last else stand


def paced(stand: Position, grain: LessonGrain) -> Position:
    """Another grain; play goes on, but not from the lesson into the run or back."""
    return replace(stand, grain=grain, playing=stand.playing and (grain == "stop") == (stand.grain == "stop"))


def other_speed(stand: Position, change: int) -> Position:
    """Play faster or slower by so many notches."""
    if stand.grain == "stop":
        return replace(stand, rate=_notch(RATES, stand.rate, change))
    return replace(stand, speed=_notch(SPEEDS, stand.speed, change))


def _notch(notches: tuple[float, ...], present: float, change: int) -> float:
    return notches[min(max(notches.index(present) + change, 0), len(notches) - 1)]
