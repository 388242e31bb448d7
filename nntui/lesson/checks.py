"""Whether an event can happen in a lesson, by kind: LessonError if one whose time is right cannot be the next."""

from typing import TYPE_CHECKING

from nntui.lesson.events import Discard, Fork, LessonError, Look, Play, Reload, Remark, Rename, Score, Stop, Switch
from nntui.training.steps import GRAINS

if TYPE_CHECKING:
    from nntui.lesson.chapter_table import ChapterTable

SLOWEST, FASTEST = 0.001, 1000.0  # stops a second of a playback
MOST_SECONDS = 1e9
MOST_FORKS = 500


def wrong_time(seconds: float, last: float) -> LessonError:
    """What is wrong with an event at a time that is before `last`, when the event before it happened, or after all times."""
    return LessonError(f"a time of {seconds:g} s; expected one from {last:g} on")


def check_step(event: Stop | Remark | Score, chapters: "ChapterTable") -> None:
    if not 0 <= event.step <= chapters.last:
        raise _no_step(chapters.last)


def _check_step_of(step: int, last: int) -> None:
    if not 0 <= step <= last:
        raise _no_step(last)


def _no_step(last: int) -> LessonError:
    return LessonError(f"a step that is not in this run; expected 0 to {last}")


def check_play(play: Play, chapters: "ChapterTable") -> None:
    if not (0 <= play.first <= chapters.last and 0 <= play.last <= chapters.last):
        raise _no_step(chapters.last)
    if play.last < play.first:
        raise LessonError(f"a play from step {play.first} back to {play.last}; expected one forward")
    if not SLOWEST <= play.speed <= FASTEST:
        raise LessonError(f"a speed of {play.speed:g}; expected {SLOWEST:g} to {FASTEST:g} stops a second")
    if play.grain not in GRAINS:
        raise LessonError(f"an unknown grain; expected one of {', '.join(GRAINS)}")


def check_fork(fork: Fork, chapters: "ChapterTable") -> None:
    _check_step_of(fork.step, chapters.last)
    if fork.start >= chapters.course.iterations:
        raise LessonError(f"a fork at iteration {fork.start}; expected 0 to {chapters.course.iterations - 1}")
    if chapters.forked >= MOST_FORKS:
        raise LessonError(f"more than {MOST_FORKS} forks; expected no more than that in one recording")


def check_switch(switch: Switch, chapters: "ChapterTable") -> None:
    _check_step_of(switch.step, chapters.last_of(switch.chapter))


def check_rename(rename: Rename, chapters: "ChapterTable") -> None:
    chapters.check(rename.chapter)


def check_discard(discard: Discard, chapters: "ChapterTable") -> None:
    chapters.check(discard.chapter)
    if discard.chapter not in chapters.forks or discard.chapter == chapters.current:
        raise LessonError("a run that is in force, or no fork, was deleted; expected a fork that is not in force")


def check_reload(reload: Reload, chapters: "ChapterTable") -> None:
    _check_step_of(reload.step, reload.scenario.course.last)


def check_nothing(look: Look, chapters: "ChapterTable") -> None:
    """A display state can always be seen."""
