"""Last and next turns of data rows, against a scan of the whole run; and sorting in slices, against sorting."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.training import row_order as turns
from nntui.training import sorting as ranking
from nntui.training.draws.random_draws import epoch_keys, epoch_order
from nntui.training.row_order import NO_TURN, is_shuffled, last_turns, next_turns, order, row_of, rows_of, shuffle, turn_of
from nntui.training.sorting import ROWS_PER_SLICE, run_slices, sort_rows
from tests.scenes import neuron
from tests.strategies import examples, scenarios


def used(scenario):
    """The row of every iteration of a run, from its definition."""
    orders = [
        epoch_order(scenario.order, scenario.shuffle_seed, epoch + 1, scenario.points).tolist()
        for epoch in range(scenario.epochs)
    ]
    return [row for order in orders for row in order]


@given(scenarios(most_points=6, most_epochs=5), st.data())
@examples(60)
def test_turns_are_what_a_scan_finds(scenario, data):
    rows = used(scenario)
    n = data.draw(st.integers(0, len(rows) - 1))
    last = [max((i for i in range(n + 1) if rows[i] == row), default=NO_TURN) for row in range(scenario.points)]
    coming = [min((i for i in range(n + 1, len(rows)) if rows[i] == row), default=NO_TURN) for row in range(scenario.points)]
    assert last_turns(scenario, n).tolist() == last
    assert next_turns(scenario, n).tolist() == coming
    some = np.array(data.draw(st.lists(st.integers(0, scenario.points - 1))), np.intp)
    assert last_turns(scenario, n, some).tolist() == [last[row] for row in some]
    assert next_turns(scenario, n, some).tolist() == [coming[row] for row in some]


@given(scenarios(most_points=6, most_epochs=5), st.data())
@examples(30)
def test_the_rows_of_any_stretch(scenario, data):
    rows = used(scenario)
    first = data.draw(st.integers(0, len(rows)))
    stop = data.draw(st.integers(first, len(rows)))
    assert rows_of(scenario, first, stop).tolist() == rows[first:stop]


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
    assert not is_shuffled(scenario, 2)
    slices = shuffle(scenario, 2)
    assert next(slices) is None, "it is not done at once"
    made = run_slices(slices)
    assert is_shuffled(scenario, 2)
    assert (made.rows == epoch_order("shuffled", points, 2, points)).all()
    assert (made.places[made.rows] == np.arange(points)).all()
    assert order(scenario, 2) is made
    for epoch in (3, 1):
        order(scenario, epoch)
    assert is_shuffled(scenario, 2), "the neighbours of an epoch stay"
    assert not is_shuffled(replace(scenario, shuffle_seed=1), 2)


@given(scenarios(most_points=6, most_epochs=5))
@examples(60)
def test_the_row_of_an_iteration_and_the_turn_of_a_row(scenario):
    rows = used(scenario)
    assert [row_of(scenario, n) for n in range(len(rows))] == rows
    for n, row in enumerate(rows):
        assert turn_of(scenario, row, n // scenario.points) == n


def test_two_runs_in_different_epochs_keep_both_their_orders(monkeypatch):
    """As a run that goes on being computed far from where one stands, with the table of the data open."""
    scenario = replace(neuron(epochs=50), order="shuffled", shuffle_seed=2**40 + 7)
    made = []
    monkeypatch.setattr(turns, "epoch_keys", lambda *a: made.append(a) or epoch_keys(*a))
    for _ in range(5):
        for epoch in (9, 10, 11, 40):
            row_of(scenario, (epoch - 1) * scenario.points)
    assert len(made) == 4
