"""What became of a number, held against the weights of the run one by one."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.equations.cells import value_of
from nntui.explain.history.moved import most_moved
from nntui.explain.history.of_number import LOOKED, past_of
from nntui.explain.history.verdict import LearnedRuns, lower_words, right_words, verdict
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.strategies import examples, scenarios

NEAR = 1 << 20


def same(one, other):
    """Equal, or both not a number, as in a run that has diverged."""
    return np.array_equal(one, other, equal_nan=True)


@st.composite
def weights_at(draw, scenario):
    """A step of a run, and a weight known there."""
    network = scenario.network
    layer = draw(st.integers(1, len(network.layers)))
    lowest = 0 if network.layers[layer - 1].biases else 1
    sender = draw(st.integers(lowest, network.sizes[layer - 1]))
    cell = Cell(draw(st.sampled_from(["weight", "update"])), layer, draw(st.integers(1, network.sizes[layer])), sender)
    n = draw(st.integers(0, scenario.course.iterations - 1))
    return (n + 1) * scenario.course.length - 1, cell


@examples(60)
@given(scenarios(most_epochs=40, rules=True), st.data())
def test_the_past_of_a_weight_is_what_the_run_did_to_it(scenario, data):
    timeline = Timeline(scenario)
    step, cell = data.draw(weights_at(scenario))
    frame = timeline.frame(step)
    past = past_of(timeline, frame, cell, NEAR)
    stop = frame.number + (cell.kind == "update")
    weights = [float(timeline.weights(n)[cell.layer - 1][cell.neuron - 1, cell.sender]) for n in range(stop + 1)]
    assert same(past.start, weights[0])
    assert same(past.now, weights[-1])
    assert same(past.now, value_of(frame, cell))
    moves = [n for n in range(max(stop - LOOKED, 0), stop) if weights[n + 1] != weights[n]]
    may = scenario.network.update_weights if cell.sender else scenario.network.update_biases
    assert past.fixed == (not may)
    if not moves:
        assert past.at is None
        return
    address = timeline.course.address(timeline.course.first(moves[-1]))
    assert str(past.at) == f"{address.data_point}:update:{cell.layer}:{cell.neuron}"
    assert same(past.by, weights[moves[-1] + 1] - weights[moves[-1]])


@examples(60)
@given(scenarios(most_epochs=10, rules=True), st.data())
def test_the_weights_that_moved_most_come_first(scenario, data):
    timeline = Timeline(scenario)
    frame = timeline.frame(data.draw(st.integers(0, len(timeline) * timeline.course.length - 1)))
    found = most_moved(timeline.frame(0), frame, 1000)
    sizes = [abs(moved.change) for moved in found]
    assert sizes == sorted(sizes, reverse=True)
    for moved in found:
        cell, knows = moved.cell, frame.knows("update", moved.cell.layer, moved.cell.neuron)
        assert moved.now == value_of(frame, replace(cell, kind="update" if knows else "weight"))
        assert moved.start == float(timeline.weights(0)[cell.layer - 1][cell.neuron - 1, cell.sender])
        assert moved.change != 0.0
    if frame.m == timeline.course.length - 1:
        pairs = zip(timeline.weights(0), timeline.weights(frame.number + 1), strict=True)
        assert len(found) == sum(int(np.count_nonzero(~np.isnan(a) & (a != b))) for a, b in pairs)


def test_the_verdict_says_which_run_is_lower_and_from_where():
    here = Timeline(load("xor"))
    there = here.fork(0, "eta=5")
    for line in (here, there):
        line.run_to(4 * 200)
    assert verdict(here, there, 0) is None
    found = verdict(here, there, 199)
    mine, other = ([line.mean(epoch) for epoch in range(199)] for line in (here, there))
    assert (found.here, found.there) == (mine[-1], other[-1])
    lower = [b < a for a, b in zip(mine, other, strict=True)]
    assert lower[-1]
    assert found.since == max(epoch for epoch in range(199) if not lower[epoch]) + 1
    words = list(lower_words(found, ["'original'", "'η = 5'"], lambda value: f"{value:.4f}"))
    assert words == ["Mean C of epoch 199: 0.1299 here, 0.0948 there. 'η = 5' is lower, in every epoch from 90 on."]
    assert verdict(here, here, 199).since is None


def test_from_when_each_run_is_right():
    here, kept = Timeline(load("xor")), LearnedRuns()
    here.run_to(8000)
    learned = kept.of(here)
    assert list(right_words(here.course, ["a"], [learned], 8000)) == ["a: being looked through …"]
    list(learned.fill(8000))
    assert kept.of(here) is learned
    assert list(right_words(here.course, ["a"], [learned], 8000)) == ["a: every row is right at its turn from 599:4 on."]
    early = kept.of(Timeline(load("xor")))
    for stop, words in ((800, "at their last turn 2 rows were"), (1600, "at its last turn 1 row was")):
        list(early.fill(stop))
        assert list(right_words(here.course, ["a"], [early], stop)) == [f"a: {words} not right."]
