"""The timelines of a lesson's chapters: a chapter is a scenario's run, or a fork of another chapter's."""

from nntui.lesson.log import Lesson
from nntui.training.timeline import Timeline


def timeline_of(lesson: Lesson, chapter: int, known: dict[int, Timeline]) -> Timeline:
    """The timeline of a chapter. known: timelines by chapter that exist already; the ones made here are added."""
    line = [chapter]
    while line[-1] not in known and (parting := lesson.forks.get(line[-1])) is not None:
        line.append(parting.chapter)
    for number in reversed(line):
        if number not in known:
            known[number] = _made(lesson, number, known)
    return known[chapter]


def _made(lesson: Lesson, chapter: int, known: dict[int, Timeline]) -> Timeline:
    """The timeline of a chapter; that of the chapter it leaves is known."""
    parting = lesson.forks.get(chapter)
    if parting is None:
        return Timeline(lesson.scenarios[chapter])
    left = known[parting.chapter]
    place = chapter - parting.chapter - 1  # among the forks that a scenario brings along
    return left.brought[place] if place < len(left.brought) else left.fork(parting.start, parting.edits)


def family(lesson: Lesson, chapter: int) -> list[int]:
    """The chapters that come from the same scenario as `chapter`, itself included, in the order of their creation."""
    root = lesson.root(chapter)
    return [number for number in range(len(lesson.scenarios)) if lesson.root(number) == root]
