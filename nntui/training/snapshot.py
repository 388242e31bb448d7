"""A run as a scenario of its own: begun anew with the weights that it has at a step."""

from dataclasses import replace

from nntui.engine.arithmetic import Array, frozen
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline


def weights_at(timeline: Timeline, step: int) -> tuple[Array, int]:
    """Theta at a step, and before which iteration that is: before the step's data point, behind it at its last step."""
    n, m = divmod(step, timeline.course.length)
    made = timeline.iteration(n)
    return (made.after, n + 1) if m == timeline.course.length - 1 else (made.before, n)


def scenario_at(timeline: Timeline, step: int, title: str) -> Scenario:
    """What holds at a step, with the weights of then as its first ones; notes and questions speak of another run.

    Its first epoch begins with the first data row, or with the first shuffle, whatever row it was the turn of.
    """
    scenario = timeline.frame(step).scenario
    theta = frozen(weights_at(timeline, step)[0].copy())
    return replace(scenario, title=title, theta=theta, notes=(), questions=())
