"""The runs of a lesson's chapters: those of a scenario by itself, a fork from the run that it leaves."""

from nntui.lesson.log import Lesson
from nntui.training.timeline import Timeline


def timeline_of(lesson: Lesson, chapter: int, known: dict[int, Timeline]) -> Timeline:
    """The run of a chapter. `known`: those that are made already; what is made on the way is put there too."""
    line = [chapter]
    while line[-1] not in known and (parting := lesson.forks.get(line[-1])) is not None:
        line.append(parting.chapter)
    for number in reversed(line):
        if number not in known:
            parting = lesson.forks.get(number)
            known[number] = (
                Timeline(lesson.scenarios[number])
                if parting is None
                else known[parting.chapter].fork(parting.start, parting.edits)
            )
    return known[chapter]


def family(lesson: Lesson, chapter: int) -> list[int]:
    """The chapters that come from the same scenario as one does, itself included, in the order in which they came to be."""
    root = lesson.root(chapter)
    return [number for number in range(len(lesson.scenarios)) if lesson.root(number) == root]
