"""Where the student stands, as a value: keys are functions from one stand to the next."""

from dataclasses import dataclass, replace

from nntui.training.steps import Course, Grain

SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)  # stops a second


@dataclass(frozen=True, slots=True)
class Stand:
    """The step one is at, how one moves, and the last iteration ever visited."""

    step: int = 0
    grain: Grain = "neuron"
    farthest: int = 0
    playing: bool = False
    speed: float = 2.0


def moved(stand: Stand, course: Course, step: int) -> Stand:
    """At another step, kept inside the run; play ends with the run."""
    step = min(max(step, 0), course.last)
    playing = stand.playing and step < course.last
    return replace(stand, step=step, farthest=max(stand.farthest, course.iteration(step)), playing=playing)


def forward(stand: Stand, course: Course) -> Stand:
    """At the next stop of the grain."""
    return moved(stand, course, course.forward(stand.step, stand.grain))


def back(stand: Stand, course: Course) -> Stand:
    """At the stop before."""
    return moved(stand, course, course.back(stand.step, stand.grain))


def other_point(stand: Stand, course: Course, points: int) -> Stand:
    """At the same step so many data points on; at the ends of the run one stays."""
    step = stand.step + points * course.length
    return moved(stand, course, step) if 0 <= step <= course.last else stand


def other_speed(stand: Stand, change: int) -> Stand:
    """Play faster or slower by so many notches."""
    notch = min(max(SPEEDS.index(stand.speed) + change, 0), len(SPEEDS) - 1)
    return replace(stand, speed=SPEEDS[notch])
