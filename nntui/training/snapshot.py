"""A scenario that starts with the weights that a run has at a step."""

from dataclasses import replace

from nntui.engine.arithmetic import Array, frozen
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline


def weights_at(timeline: Timeline, step: int) -> tuple[Array, int]:
    """Theta at a step, and the iteration it belongs before: the step's own, or the next one if it is the last of its point."""
    n, m = divmod(step, timeline.course.length)
    made = timeline.iteration(n)
    state, n = (made.after, n + 1) if m == timeline.course.length - 1 else (made.before, n)
    return state[: timeline.scenario.network.parameters], n


def scenario_at(timeline: Timeline, step: int, title: str) -> Scenario:
    """The scenario in force at a step, with the weights of that step as initial weights, and without notes and questions.

    Its first epoch begins with the first data row, or with the first shuffle, whichever row the step belongs to; G and v
    begin at 0.
    """
    scenario = timeline.frame(step).scenario
    theta = frozen(weights_at(timeline, step)[0].copy())
    return replace(scenario, title=title, theta=theta, next="", notes=(), questions=())
