"""A tour: the notes of a scenario by step, and its questions by step."""

from collections.abc import Collection
from operator import itemgetter

from nntui.training.scenario import Question, Scenario


def tour(scenario: Scenario) -> dict[int, str]:
    """Step → text, in the order of steps; notes at the same step are joined by a blank."""
    course = scenario.course
    notes: dict[int, str] = {}
    for step, text in sorted(((course.parse(note.at), note.text) for note in scenario.notes), key=itemgetter(0)):
        notes[step] = f"{notes[step]} {text}" if step in notes else text
    return notes


def questions(scenario: Scenario) -> dict[int, Question]:
    """Step → question, in the order of steps; a scenario has at most one at a step."""
    course = scenario.course
    return dict(sorted(((course.parse(question.at), question) for question in scenario.questions), key=itemgetter(0)))


def neighbour(notes: Collection[int], step: int, change: int) -> int | None:
    """The step of the next note or question (change 1) or of the previous one (−1); None if there is none."""
    if change > 0:
        return min((at for at in notes if at > step), default=None)
    return max((at for at in notes if at < step), default=None)
