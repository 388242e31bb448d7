"""What is followed through a run, against the frames of it: every number to the last bit, in any pieces, forks too."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.files.library import load
from nntui.training.classes import classes_of
from nntui.training.edits.edit import read_edits
from nntui.training.rows import measured as module
from nntui.training.rows.axis import RunAxis, points_with_cost, shown_points
from nntui.training.rows.measured import Measured
from nntui.training.rows.measures import ACCURACY, COST, MOST_OUTPUTS, Measure, measures
from nntui.training.timeline import Timeline
from tests.scenes import neuron, wide
from tests.strategies import examples, scenarios, wild_numbers


def of_frame(timeline, measure, n):
    """The number as a trace would give it: from the frame of the data point."""
    course = timeline.course
    frame = timeline.frame((n + 1) * course.length - 1)
    layers = range(1, len(course.units) + 1)
    match measure.kind:
        case "cost":
            return frame.iteration.cost
        case "output":
            return frame.a(len(layers), measure.place)
        case "delta":
            return largest([frame.delta(measure.place, k) for k in range(1, course.units[measure.place - 1] + 1)])
        case "weight":
            rows = frame.weights_after(measure.place)
            biases = frame.scenario.network.layers[measure.place - 1].biases
            return largest(rows[:, 0 if biases else 1 :].ravel().tolist())


def largest(values):
    return math.nan if any(math.isnan(value) for value in values) else max(abs(value) for value in values)


def mean(values):
    total = 0.0
    for value in values:
        total += value
    return total / len(values)


def same(a, b):
    return a == b or (math.isnan(a) and math.isnan(b))


def filled(timeline, stop=None):
    made = Measured(timeline)
    list(timeline.reach(len(timeline) if stop is None else stop))
    list(made.fill(timeline.computed))
    return made


@examples(40)
@given(scenarios(numbers=wild_numbers, most_epochs=6), st.data())
def test_every_measure_is_that_of_the_frames(scenario, data):
    timeline = Timeline(scenario)
    made = filled(timeline)
    points = timeline.course.points
    row = data.draw(st.sampled_from(scenario.trained_rows.tolist()))
    turns = made.turns(row)
    assert list(turns.fill(len(timeline))) == list(range(1, timeline.course.epochs + 1))
    for measure in measures(scenario.network):
        values = [of_frame(timeline, measure, n) for n in range(len(timeline))]
        kept = made.points.series[measure].exact(0, len(timeline))
        assert all(map(same, values, kept.tolist()))
        with np.errstate(all="ignore"):
            means = [mean(values[e * points : (e + 1) * points]) for e in range(timeline.course.epochs)]
        assert all(map(same, means, made.means.series[measure].exact(0, len(means)).tolist()))
        for epoch in range(timeline.course.epochs):
            n = timeline.orders.turn_of(row, epoch)
            assert timeline.row(n) == row
            assert same(turns.table.exact(measure, epoch), values[n])
            assert same(made.at(measure, n), values[n])
            assert same(made.mean(measure, epoch), means[epoch])


@pytest.mark.parametrize("name", ["xor", "spiral", "softmax", "iris"])
def test_accuracy_is_the_share_of_rows_right_after_each_epoch(name):
    timeline = Timeline(replace(load(name), epochs=3))
    made = filled(timeline)
    scenario = timeline.scenario
    found = classes_of(scenario)
    for epoch in range(3):
        after = Timeline(replace(scenario, theta=timeline.theta((epoch + 1) * scenario.points), order="given"))
        outputs = np.array([after_outputs(after, row) for row in range(scenario.points)])
        assert made.mean(ACCURACY, epoch) == found.right(outputs).sum() / scenario.points
    assert made.mean(ACCURACY, 3) is None


def after_outputs(timeline, row):
    """The outputs of a row with the first weights of a run."""
    alone = replace(timeline.scenario, x=timeline.scenario.x[row : row + 1], y=timeline.scenario.y[row : row + 1])
    frame = Timeline(alone).frame(0)
    return frame.layer_a(len(timeline.course.units))


def test_where_there_are_no_classes_there_is_no_accuracy():
    made = filled(Timeline(neuron(epochs=3)))
    assert made.by_epoch == {}
    assert made.mean(ACCURACY, 0) is None


@examples(30)
@given(st.lists(st.integers(1, 90), max_size=6), st.integers(0, 5))
def test_it_may_be_dropped_at_any_slice_and_goes_on(stops, slices):
    timeline = Timeline(load("xor"))
    made, whole = Measured(timeline), filled(Timeline(load("xor")), sum(stops))
    for end in np.cumsum(stops).tolist():
        list(timeline.reach(end))
        for count, _ in enumerate(made.fill(end)):
            if count == slices:
                break
    list(made.fill(timeline.computed))
    assert made.known == whole.known == timeline.computed
    for measure in made.names:
        for table, other in ((made.points, whole.points), (made.means, whole.means)):
            assert table.series[measure].exact(0, table.length).tolist() == other.series[measure].exact(0, other.length).tolist()
    assert made.by_epoch[ACCURACY].exact(0, 99).tolist() == whole.by_epoch[ACCURACY].exact(0, 99).tolist()


def test_in_a_fork_what_lies_before_is_measured_by_what_held_there():
    origin = Timeline(load("xor"))
    fork = origin.fork(30, read_edits("activation2=tanh x1=0.7"))
    made = filled(fork, 60)
    for measure in made.names:
        for n in (0, 29, 30, 31, 59):
            assert made.at(measure, n) == of_frame(fork, measure, n)
    before = filled(origin, 60)
    assert made.mean(ACCURACY, 6) == before.mean(ACCURACY, 6)


def test_little_memory_and_the_same_numbers_where_only_extremes_are_kept(monkeypatch):
    monkeypatch.setattr(module.MeasureTable, "__init__", small_table)
    timeline = Timeline(load("xor"))
    made = filled(timeline, 400)
    assert made.points.series[COST].width >= 16
    for measure in made.names:
        assert made.points.exact(measure, 100) is None
        assert made.at(measure, 100) == of_frame(timeline, measure, 100)
        assert made.mean(measure, 50) == mean([of_frame(timeline, measure, n) for n in range(200, 204)])
    detail = made.detail(120, 131)
    assert not detail.whole
    assert list(detail.fill())
    assert detail.whole
    assert made.detail(120, 131) is detail
    for measure in made.names:
        assert [detail.table.exact(measure, n) for n in range(120, 131)] == [
            of_frame(timeline, measure, n) for n in range(120, 131)
        ]


def small_table(table, names, first=0):
    table.first = first
    table.series = {name: module.Series(16) for name in names}


def test_no_more_outputs_are_followed_than_anyone_can_look_at():
    network = wide(4, 3, 200).network
    assert sum(measure.kind == "output" for measure in measures(network)) == MOST_OUTPUTS
    timeline = Timeline(wide(4, 3, 200))
    made = filled(timeline, 2)
    assert made.at(Measure("output", 64), 1) == timeline.iteration(1).a[-200 + 63]


@examples(60)
@given(st.integers(1, 7), st.integers(1, 5), st.sampled_from(["given", "shuffled"]), st.data())
def test_places_are_whole_as_soon_as_their_last_iteration_is_there(points, epochs, order, data):
    rows = np.arange(points, dtype=float)[:, None]
    scenario = replace(neuron(), x=rows, y=rows * 0, epochs=epochs, order=order, shuffle_seed=3)
    timeline = Timeline(scenario)
    row, known = data.draw(st.integers(0, points - 1)), data.draw(st.integers(0, points * epochs))
    for places in (RunAxis(), RunAxis("epoch"), RunAxis("turn", row)):
        iterations = [places.iteration(timeline, place) for place in range(places.total(timeline))]
        assert iterations == sorted(iterations)
        assert places.known(timeline, known) == sum(n < known for n in iterations)
        assert [places.place(timeline, n) for n in iterations] == list(range(len(iterations)))


def test_of_the_present_data_point_nothing_is_told_before_its_cost():
    timeline = Timeline(load("xor"))
    course = timeline.course
    for address, count in (("2:1:a:2:1", 4), ("2:1:cost", 5), ("2:1:delta:2:1", 5)):
        frame = timeline.frame(course.parse(address))
        assert points_with_cost(frame) == count
        assert shown_points(frame, timeline.computed) == count
    assert shown_points(timeline.frame(0), timeline.computed) == 5
