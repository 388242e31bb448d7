"""What the present weights make of every row: to the bits of the engine, in slices where there are many, and counted apart."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from nntui.engine.iteration import iterate
from nntui.explain.learned.function import weights_now
from nntui.files.library import load
from nntui.training.rows.rows_now import RowsNow
from nntui.training.rows.sorted_rows import SortedRows
from nntui.training.timeline import Timeline
from tests.strategies import examples, scenarios


def worked_out(scenario, theta):
    found = RowsNow(Timeline(scenario))
    found.use(scenario, theta)
    for _ in found.fill():
        pass
    return found


@examples(40)
@given(scenarios(most_points=6, most_epochs=2))
def test_every_row_has_the_numbers_of_a_data_point_with_these_weights(scenario):
    found = worked_out(scenario, scenario.theta)
    top = scenario.network.blocks[-1]
    for row in range(scenario.rows):
        made = iterate(scenario.network, scenario.theta, scenario.x[row], scenario.y[row])
        delta = made.delta[top.neurons]
        assert found.costs[row] == made.cost
        assert found.deltas[row] == delta[int(np.abs(delta).argmax())]
        a = made.a[top.outputs]
        expected = a[: found.outputs.shape[1]] if found.classes is None else [a.max() if len(a) > 1 else a[0]]
        assert found.outputs[row].tolist() == list(expected)
    assert found.known.all()


def test_many_rows_are_worked_out_in_slices_those_of_the_page_first():
    digits = load("digits")
    found = RowsNow(Timeline(digits))
    found.use(digits, digits.theta)
    assert not found.known.any(), "more than are worked out at once"
    slices = found.fill([1700, 5])
    next(slices)
    assert np.flatnonzero(found.known).tolist() == [5, 1700]
    assert sum(1 for _ in slices) > 10
    assert found.known.all()
    version = found.version
    found.use(digits, digits.theta.copy())
    assert found.version == version, "the same weights"


def test_answers_at_their_turn_and_answers_of_now_are_two_counts():
    iris = load("iris")
    timeline = Timeline(iris)
    frame = timeline.frame(timeline.course.last)
    table = SortedRows(timeline)
    table.move_to(frame, "file", frozenset())
    for _ in table.work([1]) or ():
        pass
    assert table.right == (147, 150)
    table.show_now(frame.scenario, weights_now(frame))
    table.move_to(frame, "cost", frozenset())
    assert table.right == (148, 150)
    assert [table.at(0), table.at(1)] == [84, 134]
    table.show_now(frame.scenario, None)
    table.move_to(frame, "file", frozenset())
    assert table.right == (147, 150)


@pytest.mark.parametrize("name", ["iris", "xor"])
def test_the_table_of_a_scenario_with_rows_held_out_has_both(name):
    """Of several outputs and of one."""
    rows = load(name).rows
    trained = np.arange(0, rows, 2)
    scenario = replace(load(name), held_share=0.5, trained=trained)
    timeline = Timeline(scenario)
    table = SortedRows(timeline)
    frame = timeline.frame(timeline.course.length - 1)
    table.move_to(frame, "file", frozenset())
    held = table.results.of_held_row(1)
    table.show_now(frame.scenario, weights_now(frame))
    table.move_to(frame, "file", frozenset())
    assert table.now.costs[1] == held.cost
    assert table.now.outputs[1].tolist() == list(held.outputs)
    assert table.right[1] == len(trained)
