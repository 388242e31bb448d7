"""The runs of a lesson's chapters: those of a scenario by itself, a fork from the run that it leaves."""

from nntui.training.lesson import Lesson
from nntui.training.timeline import Timeline


def timeline_of(lesson: Lesson, chapter: int, known: dict[int, Timeline]) -> Timeline:
    """The run of a chapter. `known`: those that are made already; what is made on the way is put there too."""
    if chapter not in known:
        parting = lesson.forks.get(chapter)
        if parting is None:
            known[chapter] = Timeline(lesson.scenarios[chapter])
        else:
            known[chapter] = timeline_of(lesson, parting.chapter, known).fork(parting.start, parting.edits)
    return known[chapter]


def family(lesson: Lesson, chapter: int) -> list[int]:
    """The chapters that come from the same scenario as one does, itself included, in the order in which they came to be."""
    root = lesson.root(chapter)
    return [number for number in range(len(lesson.scenarios)) if lesson.root(number) == root]
