"""Last and next turns of data rows, against a scan of the whole run; and sorting in slices, against sorting."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.training.containers import sorting as ranking
from nntui.training.containers.sorting import ROWS_PER_SLICE, run_slices, sort_rows
from nntui.training.draws.epoch_orders import keys_of_epochs, orders_of_epochs
from nntui.training.draws.random_draws import epoch_keys, epoch_order
from nntui.training.row_order import NO_TURN, RowOrders
from tests.scenes import neuron
from tests.strategies import examples, scenarios


def used(scenario):
    """The row of every iteration of a run, from its definition."""
    orders = [
        epoch_order(scenario.order, scenario.shuffle_seed, epoch + 1, scenario.points).tolist()
        for epoch in range(scenario.epochs)
    ]
    return [int(scenario.trained_rows[place]) for order in orders for place in order]


@given(scenarios(most_points=6, most_epochs=5), st.data())
@examples(60)
def test_turns_are_what_a_scan_finds(scenario, data):
    rows, orders = used(scenario), RowOrders(scenario)
    n = data.draw(st.integers(0, len(rows) - 1))
    last = [max((i for i in range(n + 1) if rows[i] == row), default=NO_TURN) for row in range(scenario.rows)]
    coming = [min((i for i in range(n + 1, len(rows)) if rows[i] == row), default=NO_TURN) for row in range(scenario.rows)]
    assert orders.last_turns(n).tolist() == last
    assert orders.next_turns(n).tolist() == coming
    some = np.array(data.draw(st.lists(st.integers(0, scenario.rows - 1))), np.intp)
    assert orders.last_turns(n, some).tolist() == [last[row] for row in some]
    assert orders.next_turns(n, some).tolist() == [coming[row] for row in some]


@given(scenarios(most_points=6, most_epochs=5), st.data())
@examples(30)
def test_the_rows_of_any_stretch(scenario, data):
    rows = used(scenario)
    first = data.draw(st.integers(0, len(rows)))
    stop = data.draw(st.integers(first, len(rows)))
    assert RowOrders(scenario).rows_of(first, stop).tolist() == rows[first:stop]


keys = st.lists(st.sampled_from([0.0, -0.0, 1.0, 2.5, np.nan, np.inf, -np.inf, 1e-300]), max_size=60)


@given(keys, st.data())
@examples(60)
def test_sorting_is_stable_by_one_key_after_the_other_and_nan_is_last(first, data):
    second = data.draw(st.lists(st.integers(0, 3), min_size=len(first), max_size=len(first)))

    def place(row):
        return first[row] != first[row], 0.0 if first[row] != first[row] else first[row]

    found = run_slices(sort_rows(len(first), [np.array(second, np.uint16), np.array(first)]))
    assert found.tolist() == sorted(range(len(first)), key=lambda row: (second[row], place(row), row))


@pytest.mark.parametrize("kind", ["different", "equal", "nan", "sorted", "few"])
def test_many_rows_are_sorted_in_slices_to_the_same_order(kind):
    count = 3 * ROWS_PER_SLICE + 17
    values = np.random.default_rng(1).random(count)
    values = {
        "different": values,
        "equal": np.ones(count),
        "nan": np.where(values < 0.9, np.nan, values),
        "sorted": np.sort(values)[::-1].copy(),
        "few": np.floor(values * 3),
    }[kind]
    slices = sort_rows(count, [values])
    assert next(slices) is None, "it is not done at once"
    assert (run_slices(slices) == np.argsort(values, kind="stable")).all()


def test_few_rows_are_sorted_at_once(monkeypatch):
    monkeypatch.setattr(ranking, "_in_parts", None)
    with pytest.raises(StopIteration):
        next(sort_rows(ROWS_PER_SLICE, [np.zeros(ROWS_PER_SLICE)]))


def test_a_long_epoch_is_shuffled_in_slices_to_its_order():
    points = 2 * ROWS_PER_SLICE + 5
    scenario = replace(neuron(epochs=3), x=np.zeros((points, 1)), y=np.zeros((points, 1)), order="shuffled", shuffle_seed=points)
    orders = RowOrders(scenario)
    assert not orders.is_shuffled(2)
    slices = orders.shuffle(2)
    assert next(slices) is None, "it is not done at once"
    made = run_slices(slices)
    assert orders.is_shuffled(2)
    assert (made.rows == epoch_order("shuffled", points, 2, points)).all()
    assert (made.places[made.rows] == np.arange(points)).all()
    assert orders.order(2) is made
    for epoch in (3, 1):
        orders.order(epoch)
    assert orders.is_shuffled(2), "the neighbours of an epoch stay"


@given(scenarios(most_points=6, most_epochs=5))
@examples(60)
def test_the_row_of_an_iteration_and_the_turn_of_a_row(scenario):
    rows, orders = used(scenario), RowOrders(scenario)
    assert [orders.row_of(n) for n in range(len(rows))] == rows
    for n, row in enumerate(rows):
        assert orders.turn_of(row, n // scenario.points) == n


def test_two_runs_in_different_epochs_keep_both_their_orders(monkeypatch):
    """A run that is computed on, far from the position, with the table of the data open."""
    scenario = replace(neuron(epochs=10**6), order="shuffled", shuffle_seed=2**40 + 7)
    made, orders = [], RowOrders(scenario)
    monkeypatch.setattr("nntui.training.row_order.orders_of_epochs", lambda *a: made.append(a) or orders_of_epochs(*a))
    for _ in range(5):
        for epoch in (9, 10_000, 20_000, 900_000):
            orders.row_of((epoch - 1) * scenario.points)
    assert len(made) == 4


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1, 2**32, 2**40 + 7, 2**53 - 1])
@pytest.mark.parametrize("first", [1, 4000, 9_999_990])
def test_many_epochs_at_once_have_the_raw_numbers_of_each(seed, first):
    """Against NumPy's own generators, whose raw stream is promised never to change."""
    keys = keys_of_epochs(seed, first, 9, 5)
    assert keys.tolist() == [epoch_keys(seed, first + i, 5).tolist() for i in range(9)]
    rows = orders_of_epochs(seed, first, 9, 5)
    assert rows.tolist() == [epoch_order("shuffled", seed, first + i, 5).tolist() for i in range(9)]


def test_a_run_far_into_its_epochs_has_their_rows():
    """Across the stretches that are made together, short epochs and long."""
    for points in (3, 700, 5000, 9000):
        data = np.zeros((points, 1))
        scenario = replace(neuron(epochs=10**4), x=data, y=data, order="shuffled", shuffle_seed=3)
        first = max(8192 // points, 1) * points * 3 - points - 1
        epochs = range(first // points, first // points + 3)
        rows = np.concatenate([epoch_order("shuffled", 3, epoch + 1, points) for epoch in epochs])
        begin = first - epochs[0] * points
        found = RowOrders(scenario).rows_of(first, first + points + 2)
        assert found.tolist() == rows[begin : begin + points + 2].tolist()
