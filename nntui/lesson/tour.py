"""A tour: the notes of a scenario, by the step at which each stands, and its questions likewise."""

from collections.abc import Collection
from operator import itemgetter

from nntui.training.scenario import Question, Scenario


def tour(scenario: Scenario) -> dict[int, str]:
    """Step → text, in the order of time; notes at one step stand one after the other."""
    course = scenario.course
    notes: dict[int, str] = {}
    for step, text in sorted(((course.parse(note.at), note.text) for note in scenario.notes), key=itemgetter(0)):
        notes[step] = f"{notes[step]} {text}" if step in notes else text
    return notes


def questions(scenario: Scenario) -> dict[int, Question]:
    """Step → question, in the order of time; no two are at one step."""
    course = scenario.course
    return dict(sorted(((course.parse(question.at), question) for question in scenario.questions), key=itemgetter(0)))


def neighbour(notes: Collection[int], step: int, change: int) -> int | None:
    """The step of the next note or question (change 1) or of the one before (−1); None where there is none."""
    if change > 0:
        return min((at for at in notes if at > step), default=None)
    return max((at for at in notes if at < step), default=None)
