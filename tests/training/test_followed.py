"""One number followed through a run, and when rows were learned, against the frames of the run: to the last bit."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.classes import classes_of
from nntui.training.row_order import NO_TURN
from nntui.training.rows.learned_turns import LearnedTurns
from nntui.training.rows.measured import Measured
from nntui.training.rows.measures import COST
from nntui.training.rows.sorted_rows import SortedRows
from nntui.training.timeline import Timeline
from tests.strategies import examples, scenarios, wild_numbers


def same(a, b):
    return a == b or (math.isnan(a) and math.isnan(b))


@st.composite
def numbers_of(draw, scenario):
    """Some number of the scenario's network that has a history."""
    network = scenario.network
    kind = draw(st.sampled_from(["input", "z", "a", "cost", "delta", "gradient", "update"]))
    layer = draw(st.integers(1, len(network.layers)))
    neuron = draw(st.integers(1, network.sizes[layer]))
    if kind == "input":
        return Cell("input", 0, draw(st.integers(1, network.inputs)))
    if kind == "cost":
        return Cell("cost", len(network.layers))
    if kind in ("gradient", "update"):
        lowest = 0 if network.layers[layer - 1].biases else 1
        return Cell(kind, layer, neuron, draw(st.integers(lowest, network.sizes[layer - 1])))
    return Cell(kind, layer, neuron)


@examples(60)
@given(scenarios(numbers=wild_numbers, most_epochs=4, rules=True), st.data())
def test_a_followed_number_is_that_of_the_frames(scenario, data):
    timeline, number = Timeline(scenario), data.draw(numbers_of(scenario))
    made = Measured(timeline, number)
    list(timeline.reach(len(timeline)))
    list(made.fill(len(timeline)))
    last = timeline.course.length - 1
    frames = [timeline.frame(n * timeline.course.length + last) for n in range(len(timeline))]
    values = [frame.value(number.kind, number.layer, number.neuron, number.sender) for frame in frames]
    measure = made.names[1]
    assert made.names == (COST, measure)
    assert all(map(same, values, made.points.series[measure].exact(0, len(timeline)).tolist()))
    row = data.draw(st.sampled_from(scenario.trained_rows.tolist()))
    turns = made.turns(row)
    list(turns.fill(len(timeline)))
    for epoch in range(timeline.course.epochs):
        assert same(turns.table.exact(measure, epoch), values[timeline.orders.turn_of(row, epoch)])


def learned_slowly(timeline, stop):
    """By the definition."""
    classes, since = classes_of(timeline.scenario), [NO_TURN] * timeline.course.points
    for n in range(stop):
        row = timeline.row(n)
        outputs = np.array([[timeline.frame(n * timeline.course.length).a(len(timeline.course.units), 1)]])
        if not classes.right(outputs, np.array([row]))[0]:
            since[row] = NO_TURN
        elif since[row] == NO_TURN:
            since[row] = n
    return since


def test_a_row_is_learned_at_the_turn_from_which_it_stays_right():
    timeline = Timeline(load("xor"))
    for stop in (0, 1, 30, 31, 2600):
        learned = LearnedTurns(timeline)
        list(learned.fill(stop // 2))
        list(learned.fill(stop))
        assert learned.known == stop
        assert learned.since.tolist() == learned_slowly(timeline, stop)


def test_rows_are_sorted_by_when_they_were_learned_the_last_first():
    timeline = Timeline(load("xor"))
    timeline.run_to(2600)
    rows = SortedRows(timeline)
    rows.move_to(timeline.frame(2500 * timeline.course.length), "learned", frozenset())
    list(rows.work([1, 2, 3, 4]))
    assert rows.work([1]) is None
    since = learned_slowly(timeline, 2600)
    order = [rows.at(rank) for rank in range(4)]
    assert order == sorted(range(1, 5), key=lambda row: (since[row - 1] != NO_TURN, -since[row - 1]))
    assert timeline.course.address(timeline.course.first(since[order[0] - 1])).data_point == "599:4"
