"""A tour: the notes of a scenario, by the step at which each stands."""

from operator import itemgetter

from nntui.training.scenario import Scenario


def tour(scenario: Scenario) -> dict[int, str]:
    """Step → text, in the order of time; notes at one step stand one after the other."""
    course = scenario.course
    notes: dict[int, str] = {}
    for step, text in sorted(((course.parse(note.at), note.text) for note in scenario.notes), key=itemgetter(0)):
        notes[step] = f"{notes[step]} {text}" if step in notes else text
    return notes


def neighbour(notes: dict[int, str], step: int, change: int) -> int | None:
    """The step of the next note (change 1) or of the one before (−1); None where there is none."""
    if change > 0:
        return min((at for at in notes if at > step), default=None)
    return max((at for at in notes if at < step), default=None)
