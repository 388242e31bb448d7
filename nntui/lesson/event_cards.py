"""The kinds of events, each a card: whether an event can happen, how many stops it adds, and what changes with it."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from nntui.lesson import checks
from nntui.lesson.chapter_table import ChapterTable
from nntui.lesson.events import Discard, Event, Fork, Look, Play, Reload, Remark, Rename, Score, Stop, Switch

if TYPE_CHECKING:
    from nntui.lesson.log import Lesson


class EventCard(NamedTuple):
    """A kind of event.

    check: LessonError if an event whose time is right cannot be the next one. stops: how many it adds to a lesson
    that has some; none if the student is there already. reached: the step after one that adds a stop; None: that before it.
    change: of the chapters; LessonError where the edits of a fork do not fit. keep: called once its
    entry is made, with the number of stops before it; keeps what an entry does not hold.
    """

    check: Callable[[Any, ChapterTable], None]
    stops: Callable[[Any, "Lesson"], int]
    reached: Callable[[Any], int] | None
    change: Callable[[ChapterTable, Any], None] | None = None
    keep: Callable[[Any, "Lesson", int], None] | None = None


def _elsewhere(event: Stop | Remark, lesson: "Lesson") -> int:
    return 1 if event.step != lesson.here else 0


def _elsewhere_or_in_another_run(switch: Switch, lesson: "Lesson") -> int:
    return 1 if switch.step != lesson.here or switch.chapter != lesson.chapter else 0


def _looked_at_otherwise(look: Look, lesson: "Lesson") -> int:
    if look.seconds == lesson.seconds:
        return 0
    seen = lesson.looks.now(lesson.stops - 1)
    return 0 if look.state is seen or look.state == seen else 1


def _played(play: Play, lesson: "Lesson") -> int:
    return lesson.stride(lesson.chapter, play.grain).count(play.first, play.last)


def _one(event: Event, lesson: "Lesson") -> int:
    return 1


def _none(event: Event, lesson: "Lesson") -> int:
    return 0


def _keep_grain(event: Stop | Play, lesson: "Lesson", before: int) -> None:
    if event.grain is not None:
        lesson.grain = event.grain


def _keep_mark(remark: Remark, lesson: "Lesson", before: int) -> None:
    lesson.marks.append(lesson.begins, lesson.stops - 1, remark.text)


def _keep_score(score: Score, lesson: "Lesson", before: int) -> None:
    lesson.scores.append((lesson.chapter, score))


def _keep_look(look: Look, lesson: "Lesson", before: int) -> None:
    lesson.looks.append(lesson.stops - 1, look.state, before - 1)


def _begin(chapters: ChapterTable, reload: Reload) -> None:
    chapters.begin(reload.scenario)


def _fork(chapters: ChapterTable, fork: Fork) -> None:
    chapters.fork(fork.start, fork.edits)


def _switch(chapters: ChapterTable, switch: Switch) -> None:
    chapters.switch(switch.chapter)


def _rename(chapters: ChapterTable, rename: Rename) -> None:
    chapters.names[rename.chapter] = rename.name


def _discard(chapters: ChapterTable, discard: Discard) -> None:
    chapters.discarded.add(discard.chapter)


_STEP, _LAST = attrgetter("step"), attrgetter("last")

EVENT_CARDS: Mapping[type[Event], EventCard] = {
    Stop: EventCard(checks.check_step, _elsewhere, _STEP, None, _keep_grain),
    Play: EventCard(checks.check_play, _played, _LAST, None, _keep_grain),
    Remark: EventCard(checks.check_step, _elsewhere, _STEP, None, _keep_mark),
    Score: EventCard(checks.check_step, _none, _STEP, None, _keep_score),
    Reload: EventCard(checks.check_reload, _one, _STEP, _begin),
    Fork: EventCard(checks.check_fork, _one, _STEP, _fork),
    Switch: EventCard(checks.check_switch, _elsewhere_or_in_another_run, _STEP, _switch),
    Rename: EventCard(checks.check_rename, _none, None, _rename),
    Discard: EventCard(checks.check_discard, _none, None, _discard),
    Look: EventCard(checks.check_nothing, _looked_at_otherwise, None, None, _keep_look),
}
