"""Claims of the scenario with rows that are held out."""

import numpy as np

from nntui.explain.learned.confusion import verdict
from nntui.explain.learned.function import weights_at_step
from nntui.training.rows.measured import Measured
from nntui.training.rows.measures import COST, HELD_COST
from tests.scenarios.claims import Run, claim, shown


def right(run, step):
    """How many rows are right of those that are trained on, and of those that are held out."""
    scenario = run.scenario
    now = weights_at_step(run.timeline.frame(step))
    parts = (scenario.trained_rows, scenario.held_rows)
    return [verdict(scenario, now.outputs(scenario.x[rows]), rows).right for rows in parts]


@claim(
    "overfit",
    "Of 50 points 20 are held out",
    "The mean C of the rows held out is lowest after epoch 28; from there it rises to 0.99, "
    "while that of the rows trained on goes on to 0.05",
    "The final weights name all 30 rows trained on right, but only 15 of the 20 held out; those after epoch 28 named 18",
    "With these weights 27 of 30 rows trained on are right, and 18 of the 20 held out",
    "With the final weights all 30 rows are learned by heart",
    "only 15 of the 20 held out are right",
)
def test_the_rows_held_out_get_worse_again(run: Run) -> None:
    scenario, measured = run.scenario, Measured(run.timeline)
    assert (scenario.rows, scenario.points, len(scenario.held_rows)) == (50, 30, 20)
    for _ in measured.fill(len(run.timeline)):
        pass
    held, trained = (np.array([measured.mean(measure, epoch) for epoch in range(600)]) for measure in (HELD_COST, COST))
    assert held.argmin() + 1 == 28
    assert (np.diff(held[:28]) < 0).all()
    assert (np.diff(held[27:]) > 0).mean() > 0.99
    assert shown(held[-1], "0.99")
    assert shown(trained[-1], "0.05")
    course = scenario.course
    assert right(run, course.parse("28:30:update:1:8")) == [27, 18]
    assert right(run, course.last) == [30, 15]


@claim("overfit", "After row 4 comes row 7: rows 5 and 6 are held out")
def test_rows_that_are_passed_over(run: Run) -> None:
    assert [run.frame(f"1:{point}").row for point in (4, 5)] == [4, 7]
    assert run.scenario.held_rows[:2].tolist() == [4, 5]
