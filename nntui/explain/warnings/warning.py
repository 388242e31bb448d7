"""A warning as a value, and the history of a run that the rules read."""

from nntui.explain.notation.names import given_name, in_quotes, neuron_name
from nntui.training.cell import Cell
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from nntui.values import dataclass

LOOK_BACK = 20  # epochs whose means are read
_LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class LearningWarning:
    """One warning: what it is called (24 cells at most), the reason with the number behind it, and what it is about.

    layer: the layer it is about; 0 where it is about the run or its data. cell: the number it is about, if it is one.
    weight: heavier warnings come before lighter ones.
    """

    name: str
    sentence: str
    weight: int
    layer: int = 0
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class RunHistory:
    """What is known of a run at a step, beside the frame.

    means: the mean costs of the epochs that end before the step's, the last LOOK_BACK of them, in order of time.
    diverged: the address of the first inf or nan, where that is at the step or before it.
    facts: what is true of the scenario at every step (`of_scenario.scenario_facts`), made once.
    """

    means: tuple[float, ...] = ()
    diverged: str | None = None
    facts: tuple[LearningWarning, ...] = ()


def history_of(timeline: Timeline, step: int, facts: tuple[LearningWarning, ...] = ()) -> RunHistory:
    """The history at a step that has been computed. Reads at most LOOK_BACK means and computes nothing.

    Beyond a million epochs the means of single epochs are not kept, and none are given.
    """
    epoch = step // timeline.course.length // timeline.course.points + 1
    means = timeline.epoch_means.exact(max(epoch - 1 - LOOK_BACK, 0), epoch - 1)
    at = timeline.diverged
    diverged = str(timeline.course.address(at)) if at is not None and at <= step else None
    return RunHistory(() if means is None else tuple(means.tolist()), diverged, facts)


def called(scenario: Scenario, layer: int, neuron: int) -> str:
    """A neuron in the sentence of a warning: a name that the file gives is cut, ours are short."""
    given = given_name(scenario, layer, neuron)
    return in_quotes(given[: _LONGEST_NAME - 1] + "…") if len(given) > _LONGEST_NAME else neuron_name(scenario, layer, neuron)


def opening(words: str) -> str:
    """Our own words at the beginning of a sentence, with a capital; a name stays as it was given."""
    ours = words.startswith(("the output", "output ", "neuron "))
    return words[:1].upper() + words[1:] if ours else words
