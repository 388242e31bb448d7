"""Whether an event can happen in a lesson."""

from typing import assert_never

from nntui.lesson.chapter_table import ChapterTable
from nntui.lesson.events import Discard, Event, Fork, LessonError, Look, Play, Reload, Remark, Rename, Score, Stop, Switch
from nntui.training.steps import GRAINS

SLOWEST, FASTEST = 0.001, 1000.0  # stops a second of a playback
MOST_SECONDS = 1e9
MOST_FORKS = 500


def check_event(event: Event, chapters: ChapterTable, last: float) -> None:
    """LessonError if the event cannot be the next one. last: seconds at which the event before it happened."""
    if not last <= event.seconds <= MOST_SECONDS:
        raise LessonError(f"a time of {event.seconds:g} s; expected one from {last:g} on")
    match event:
        case Play():
            _check_play(event, chapters.last)
        case Stop() | Remark() | Score():
            _check_step(event.step, chapters.last)
        case Look():
            pass
        case Fork(_, step, start):
            _check_step(step, chapters.last)
            _check_fork(start, chapters)
        case Switch(_, chapter, step):
            _check_step(step, chapters.last_of(chapter))
        case Rename(_, chapter):
            chapters.course_of(chapter)
        case Discard(_, chapter):
            chapters.course_of(chapter)
            if chapter not in chapters.forks or chapter == chapters.current:
                raise LessonError("a run that is in force, or no fork, was deleted; expected a fork that is not in force")
        case Reload(_, scenario, step):
            _check_step(step, scenario.course.last)
        case _:
            assert_never(event)


def _check_step(step: int, last: int) -> None:
    if not 0 <= step <= last:
        raise _no_step(last)


def _no_step(last: int) -> LessonError:
    return LessonError(f"a step that is not in this run; expected 0 to {last}")


def _check_fork(start: int, chapters: ChapterTable) -> None:
    if start >= chapters.course.iterations:
        raise LessonError(f"a fork at iteration {start}; expected 0 to {chapters.course.iterations - 1}")
    if chapters.forked >= MOST_FORKS:
        raise LessonError(f"more than {MOST_FORKS} forks; expected no more than that in one recording")


def _check_play(play: Play, last: int) -> None:
    if not (0 <= play.first <= last and 0 <= play.last <= last):
        raise _no_step(last)
    if play.last < play.first:
        raise LessonError(f"a play from step {play.first} back to {play.last}; expected one forward")
    if not SLOWEST <= play.speed <= FASTEST:
        raise LessonError(f"a speed of {play.speed:g}; expected {SLOWEST:g} to {FASTEST:g} stops a second")
    if play.grain not in GRAINS:
        raise LessonError(f"an unknown grain; expected one of {', '.join(GRAINS)}")
