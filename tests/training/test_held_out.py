"""Rows that are held out: never trained on, and otherwise as every other row."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.plot.choices import choices
from nntui.draw.table.page import listing
from nntui.engine.arithmetic import frozen
from nntui.engine.iteration import iterate, outputs
from nntui.explain.learned.function import weights_at_step
from nntui.explain.learned.survey import Survey
from nntui.files.io.errors import InputError
from nntui.files.library import load
from nntui.files.scenario.embedded import document_of, scenario_of
from nntui.files.scenario.read import scenario_from_text
from nntui.training.classes import classes_of
from nntui.training.draws.random_draws import epoch_keys
from nntui.training.held_out import trained_rows
from nntui.training.row_order import NO_TURN, RowOrders
from nntui.training.rows.costs_of_rows import held_out
from nntui.training.rows.learned_turns import LearnedTurns
from nntui.training.rows.measured import Measured
from nntui.training.rows.measures import ACCURACY, COST, HELD_ACCURACY, HELD_COST
from nntui.training.rows.row_results import RowResults
from nntui.training.rows.sorted_rows import SortedRows
from nntui.training.timeline import Timeline
from nntui.training.until.condition import AllClassified
from nntui.training.until.parser import read_condition
from nntui.training.until.search import Search
from nntui.training.until.typed_condition import ConditionError
from tests.engines import only_numpy
from tests.scenes import view
from tests.strategies import examples


def scenario(**changes):
    """20 rows of which 6 are held out."""
    circles = load("circles")
    rows = 20
    trained = trained_rows(0.3, circles.shuffle_seed, rows)
    made = replace(
        circles, x=circles.x[:rows], y=circles.y[:rows], epochs=6, trained=trained, held_share=0.3, notes=(), questions=()
    )
    return replace(made, **changes)


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 2**53 - 1), st.integers(1, 200))
def test_the_last_of_the_order_of_epoch_0_are_held_out(share, seed, rows):
    trained = trained_rows(share, seed, rows)
    order = np.argsort(epoch_keys(seed, 0, rows), kind="stable").tolist()
    held = order[rows - int(share * rows) :]
    assert sorted(held) == sorted(set(range(rows)) - set(range(rows) if trained is None else trained.tolist()))


@examples(40)
@given(st.sampled_from(["given", "shuffled"]), st.integers(1, 14), st.booleans(), st.sampled_from([0.0, 0.9]), st.booleans())
def test_the_run_is_that_of_the_other_rows_alone(order, batch, average, momentum, pure):
    with only_numpy(pure):
        one = scenario(order=order)
        one = replace(one, network=replace(one.network, batch=batch, average=average, momentum=momentum))
        rows = one.trained
        alone = replace(one, x=frozen(one.x[rows]), y=frozen(one.y[rows]), trained=None, held_share=0.0)
        with_held, without = Timeline(one), Timeline(alone)
        assert len(with_held) == len(without) == 6 * 14
        assert with_held.state(84).tobytes() == without.state(84).tobytes()
        assert with_held.costs(0, 84).tobytes() == without.costs(0, 84).tobytes()
        assert [with_held.row(n) for n in range(84)] == [int(rows[without.row(n)]) for n in range(84)]
        seen, other = Measured(with_held), Measured(without)
        for _ in (*seen.fill(84), *other.fill(84)):
            pass
        assert [seen.mean(ACCURACY, epoch) for epoch in range(6)] == [other.mean(ACCURACY, epoch) for epoch in range(6)]


@pytest.mark.parametrize("order", ["given", "shuffled"])
def test_a_row_that_is_held_out_has_no_turn(order):
    one = scenario(order=order)
    orders = RowOrders(one)
    for row in range(20):
        turns = [orders.turn_of(row, epoch) for epoch in range(6)]
        if one.is_held(row):
            assert turns == [NO_TURN] * 6
        else:
            assert [orders.row_of(turn) for turn in turns] == [row] * 6
    held = one.held_rows
    assert (orders.last_turns(83)[held] == NO_TURN).all()
    assert (orders.next_turns(3)[held] == NO_TURN).all()
    assert sorted(orders.rows_of(0, 14).tolist()) == one.trained.tolist()


def test_the_cost_after_an_epoch_is_that_of_each_row():
    one = scenario()
    timeline, measured = Timeline(one), Measured(Timeline(one))
    for _ in measured.fill(84):
        pass
    for epoch in (0, 5):
        theta = timeline.theta(14 * (epoch + 1))
        costs = [iterate(one.network, theta, one.x[row], one.y[row]).cost for row in one.held_rows]
        total = 0.0
        for cost in costs:
            total += cost
        assert measured.mean(HELD_COST, epoch) == total / 6 == held_out(one, theta)[0]


def judged(one, theta, rows):
    """The share of some rows that are classified right, one by one."""
    known_classes, last = classes_of(one), one.network.blocks[-1].outputs
    network = replace(one.network, batch=1)
    made = [iterate(network, theta, one.x[row], one.y[row]).a[None, last] for row in rows]
    right = [known_classes.right(a, np.array([row]))[0] for a, row in zip(made, rows, strict=True)]
    return sum(right) / len(right)


@examples(30)
@given(st.sampled_from(["given", "shuffled"]), st.floats(0, 0.9), st.integers(1, 5), st.booleans())
def test_the_accuracies_after_an_epoch_are_counted_row_by_row(order, share, batch, pure):
    with only_numpy(pure):
        one = scenario(order=order, held_share=share)
        one = replace(one, trained=trained_rows(share, one.shuffle_seed, 20), network=replace(one.network, batch=batch, eta=2.0))
        timeline, measured = Timeline(one), Measured(Timeline(one))
        for _ in measured.fill(len(timeline)):
            pass
        for epoch in range(6):
            theta = timeline.theta(one.points * (epoch + 1))
            assert measured.mean(ACCURACY, epoch) == judged(one, theta, one.trained_rows)
            held = judged(one, theta, one.held_rows) if one.trained is not None else None
            assert measured.mean(HELD_ACCURACY, epoch) == held


def test_a_fork_is_judged_by_its_own_weights():
    one = scenario()
    fork = Timeline(one).fork(28, "eta=5")
    measured = Measured(fork)
    for _ in measured.fill(84):
        pass
    for epoch in range(6):
        theta = fork.theta(14 * (epoch + 1))
        assert measured.mean(HELD_ACCURACY, epoch) == judged(one, theta, one.held_rows)


def test_the_plot_offers_both_accuracies_as_one_choice():
    here = view(Timeline(scenario()), 0)
    measured = Measured(Timeline(scenario()))
    (both,) = [choice for choice in choices(measured, here.notation) if choice.name == "accuracy"]
    assert both.measures == (HELD_ACCURACY, ACCURACY)
    (costs,) = [choice for choice in choices(measured, here.notation) if choice.name == "held out"]
    assert costs.measures == (HELD_COST, COST)


def test_the_table_has_them_with_the_weights_of_now():
    one = scenario()
    timeline = Timeline(one)
    frame = timeline.frame(20 * one.course.length - 1)
    rows = SortedRows(timeline)
    rows.move_to(frame, "file", frozenset())
    page = listing(rows, "file", frozenset(), frame.row, 1, 20)
    assert [entry.row for entry in page.entries if entry.held] == [row + 1 for row in one.held_rows.tolist()]
    assert RowResults(timeline).turns.shape == (20,)
    for entry in page.entries:
        if entry.held:
            made = iterate(one.network, timeline.theta(20), one.x[entry.row - 1], one.y[entry.row - 1])
            assert (entry.cost, entry.turn, entry.next) == (made.cost, NO_TURN, NO_TURN)
            assert entry.outputs == (made.a[-1],)


def test_right_rows_are_counted_apart():
    one = scenario()
    found = Survey().found(weights_at_step(Timeline(one).frame(0)))
    assert (found.verdict.rows, found.held.rows) == (14, 6)
    assert Survey().found(weights_at_step(Timeline(load("xor")).frame(0))).held is None


def test_no_search_goes_to_a_row_without_a_turn():
    one = scenario()
    held, trained = int(one.held_rows[0]) + 1, int(one.trained[0]) + 1
    assert str(read_condition(f"row {trained}", one)) == f"row {trained}"
    with pytest.raises(ConditionError, match=f"row {held} is held out"):
        read_condition(f"row {held}", one)


# --- files

TEXT = """\
format = 1
title = "One"
[[network.layer]]
units = 1
activation = "sigmoid"
[training]
eta = 0.5
epochs = 3
seed = 7
batch = "epoch"
[data]
x = [[1], [2], [3], [4], [5]]
y = [[0], [1], [0], [1], [0]]
held_out = 0.4
"""


def test_a_file_says_the_share():
    one = scenario_from_text(TEXT, "F")
    assert (one.rows, one.points, one.network.batch) == (5, 3, 3)
    assert one.trained.tolist() == trained_rows(0.4, 7, 5).tolist()
    again = scenario_of(document_of(one), "F", 1)
    assert (again.trained.tolist(), again.held_share, again.points) == (one.trained.tolist(), 0.4, 3)
    assert scenario_from_text(TEXT.replace("0.4", "0.1"), "F").trained is None


@pytest.mark.parametrize("share", ["1", "-0.1", "1.5"])
def test_a_share_outside_is_told(share):
    with pytest.raises(InputError, match="a number from 0 up to, but not including, 1"):
        scenario_from_text(TEXT.replace("0.4", share), "F")


def test_more_in_a_batch_than_are_trained_on_is_told():
    with pytest.raises(InputError, match="expected 1 to 3, the data points of an epoch"):
        scenario_from_text(TEXT.replace('"epoch"', "4"), "F")


def test_scales_come_from_the_rows_that_are_trained_on(tmp_path):
    (tmp_path / "d.csv").write_text("a,b\n1,0\n2,1\n3,0\n10,1\n5,0\n")
    data = '[data]\nfile = "d.csv"\ntarget = "b"\nscale = "minmax"\nheld_out = 0.4\n'
    (tmp_path / "s.toml").write_text(TEXT[: TEXT.index("[data]")] + data)
    one = load(str(tmp_path / "s.toml"))
    column = np.array([1.0, 2.0, 3.0, 10.0, 5.0])
    low, high = column[one.trained].min(), column[one.trained].max()
    assert one.x[:, 0].tolist() == ((column - low) / (high - low)).tolist()


def test_all_rows_are_those_that_are_trained_on():
    timeline = Timeline(load("overfit"))
    stop = 40 * timeline.course.points
    for _ in timeline.reach(stop):
        pass
    learned = LearnedTurns(timeline)
    list(learned.fill(stop))
    assert len(learned.of_trained) == timeline.course.points
    assert (learned.of_trained != NO_TURN).any()
    assert (learned.since[timeline.scenario.held_rows] == NO_TURN).all()


def test_right_for_good_looks_at_the_rows_that_are_trained_on():
    scenario = replace(load("overfit"), epochs=390)
    timeline = Timeline(scenario)
    search = Search(timeline, AllClassified(), -1)
    for _ in search:
        pass
    assert search.found is not None
    classes, rows = classes_of(scenario), scenario.trained_rows
    made = [outputs(scenario.network, timeline.theta(n + 1), scenario.x[rows]) for n in range(len(timeline))]
    states = [bool(classes.right(outputs_, rows).all()) for outputs_ in made]
    ends = [(n + 1) * timeline.course.length - 1 for n in range(len(states))]
    after = search.found.step // timeline.course.length + 1
    assert search.span is not None
    assert search.span.first == (not any(states[: after - 1]))
    assert search.span.lost == next((ends[n] for n in range(after, len(states)) if not states[n]), None)
