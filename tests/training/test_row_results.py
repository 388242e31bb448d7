"""What every row had at its last turn, against the iterations of the run, to the last bit; and the order of the rows."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine.arithmetic import NAN, canonical
from nntui.files.library import load
from nntui.training.classes import classes_of
from nntui.training.containers.sorting import run_slices, sort_rows
from nntui.training.edits.edit import Edit
from nntui.training.row_order import NO_TURN
from nntui.training.rows import row_results as several
from nntui.training.rows import sorted_rows as rolls
from nntui.training.rows.row_results import RowResults
from nntui.training.rows.sorted_rows import SortedRows
from nntui.training.timeline import Timeline
from tests.strategies import examples, scenarios, wild_numbers

IRIS, XOR, DIGITS, LINE = (load(name) for name in ("iris", "xor", "digits", "linear-regression"))


def complete(results):
    for _ in results.fill():
        pass


def bits(value):
    return np.float64(value).tobytes()


def replace_nan(made):
    """A pass over many data points may have any nan; `Timeline.iteration` has the one."""
    cost = made.cost if made.cost == made.cost else NAN
    return replace(made, a=canonical(made.a), delta=canonical(made.delta), cost=cost)


def check(results, timeline, number):
    """Every number is that of the row's last turn; what is not known is not there."""
    scenario, classes = timeline.scenario, classes_of(timeline.scenario)
    turns = timeline.orders.last_turns(number) if number >= 0 else np.full(scenario.points, NO_TURN)
    assert results.turns.tolist() == turns.tolist()
    output = scenario.network.blocks[-1]
    first = max(number - 2 * scenario.points, 0)
    run = [replace_nan(made) for made in timeline.iterations(first, number + 1)] if number >= 0 else []
    for row, turn in enumerate(turns.tolist()):
        if not results.known[row]:
            assert np.isnan(results.deltas[row])
            if results.costs[row] == results.costs[row]:
                assert bits(results.costs[row]) == bits(run[turn - first].cost)
            continue
        made = run[turn - first]
        assert timeline.row(turn) == row
        delta, a = made.delta[output.neurons], made.a[output.outputs]
        largest = int(np.argmax(np.abs(delta)))
        assert bits(results.costs[row]) == bits(made.cost)
        assert (bits(results.deltas[row]), results.neurons[row]) == (bits(delta[largest]), largest + 1)
        if classes is None:
            assert results.outputs[row].tobytes() == a[:3].tobytes()
            continue
        said, meant = (int(classes.predicted(numbers[None])[0]) for numbers in (a, made.y))
        assert (results.predicted[row], results.wrong[row]) == (said, said != meant)
        assert results.outputs[row, 0] == (a[0] if len(a) == 1 else a.max()) or np.isnan(a).any()


@given(scenarios(numbers=wild_numbers, most_points=6, most_epochs=4, held=False), st.data())
@examples(50)
def test_wherever_one_goes_the_numbers_are_those_of_the_last_turns(scenario, data):
    timeline = Timeline(scenario)
    results = RowResults(timeline)
    for number in data.draw(st.lists(st.integers(NO_TURN, len(timeline) - 1), min_size=1, max_size=6)):
        if number >= 0:
            timeline.iteration(number)
        results.move_to(number)
        check(results, timeline, number)
        if data.draw(st.booleans()):
            complete(results)
            assert results.left == 0
            check(results, timeline, number)


@pytest.mark.parametrize("scenario", [IRIS, DIGITS], ids=["shuffled", "given"])
def test_going_on_changes_one_row_at_once_and_computes_nothing_twice(scenario, monkeypatch):
    timeline = Timeline(scenario)
    results = RowResults(timeline)
    start = scenario.points + 40
    timeline.iteration(start)
    results.move_to(start)
    complete(results)
    for number in range(start + 1, start + 6):
        timeline.iteration(number)
        monkeypatch.setattr(Timeline, "folded", None)
        results.move_to(number)
        assert results.left == 0
        assert results.turns[timeline.row(number)] == number
        monkeypatch.undo()
    check(results, timeline, start + 5)


def test_after_a_jump_every_cost_is_there_at_once_and_the_rest_in_slices():
    timeline = Timeline(DIGITS)
    results = RowResults(timeline)
    timeline.iteration(2000)
    results.move_to(2000)
    assert not np.isnan(results.costs).any()
    assert results.left == DIGITS.points
    slices = results.fill([700, 3])
    next(slices)
    assert results.known[700], "what is on show comes first"
    left = [results.left]
    for _ in slices:
        left.append(results.left)
        assert left[-2] - left[-1] <= timeline.stride
    assert left[-1] == 0
    check(results, timeline, 2000)


@pytest.mark.usefixtures("numpy_alone")
def test_what_was_begun_is_taken_up_where_it_was_left(monkeypatch):
    timeline = Timeline(DIGITS)
    results = RowResults(timeline)
    timeline.iteration(3000)
    results.move_to(3000)
    slices = results.fill()
    for _ in range(20):
        next(slices)
    left = results.left
    timeline.iteration(3001)
    results.move_to(3001)
    assert results.left in (left, left - 1)
    looked = []
    folded = Timeline.folded
    monkeypatch.setattr(Timeline, "folded", lambda self, a, b, wanted: looked.append(b - a) or folded(self, a, b, wanted))
    complete(results)
    assert sum(looked) <= left + timeline.stride
    monkeypatch.undo()
    check(results, timeline, 3001)


def test_a_slice_that_comes_late_writes_no_number_of_another_turn():
    timeline = Timeline(IRIS)
    results = RowResults(timeline)
    timeline.iteration(600)
    results.move_to(600)
    late = results.fill()
    next(late)
    results.move_to(250)
    for _ in late:
        pass
    check(results, timeline, 250)


def test_a_run_too_long_for_every_cost_can_be_plotted(monkeypatch):
    timeline = Timeline(IRIS)
    timeline.costs_seen.capacity = 256
    results = RowResults(timeline)
    timeline.iteration(900)
    assert timeline.costs_seen.exact(0, 1) is None
    results.move_to(900)
    assert np.isnan(results.costs).all()
    complete(results)
    check(results, timeline, 900)


def test_a_fork_has_the_numbers_of_both_runs():
    origin = Timeline(IRIS)
    origin.iteration(400)
    fork = origin.fork(380, [Edit("eta", 0.5)])
    fork.iteration(420)
    results = RowResults(fork)
    results.move_to(420)
    complete(results)
    check(results, fork, 420)
    assert {bool(turn >= 380) for turn in results.turns} == {True, False}


def test_nothing_is_kept_but_a_few_bytes_a_row():
    scenario = replace(DIGITS, x=np.zeros((10_000, 64)), y=np.eye(10)[np.zeros(10_000, int)])
    results = RowResults(Timeline(scenario))
    arrays = [value for value in vars(results).values() if isinstance(value, np.ndarray)]
    assert sum(array.nbytes for array in arrays) <= 40 * 10_000


# --- the sorted rows


def stood(scenario, address, by, watched=frozenset()):
    timeline = Timeline(scenario)
    sorted_rows = SortedRows(timeline)
    sorted_rows.move_to(timeline.frame(timeline.course.parse(address)), by, watched)
    for _ in sorted_rows.work([1]) or ():
        pass
    sorted_rows.move_to(timeline.frame(timeline.course.parse(address)), by, watched)
    return sorted_rows


def order(sorted_rows):
    return [sorted_rows.at(rank) for rank in range(sorted_rows.points)]


def largest_first(values):
    return sorted(range(len(values)), key=lambda row: (values[row] != values[row], -values[row], row))


@pytest.mark.parametrize("address", ["3:70:cost", "3:70:delta:2:3", "1:5:input", "50:150:update"])
def test_the_orders(address):
    watched = frozenset({3, 149})
    sorted_rows = stood(IRIS, address, "file", watched)
    timeline = sorted_rows.results.timeline
    for by in ("file", "cost", "delta", "class", "watched"):
        sorted_rows.move_to(timeline.frame(timeline.course.parse(address)), by, watched)
        results, found = sorted_rows.results, [row - 1 for row in order(sorted_rows)]
        deltas = np.abs(results.deltas)
        if sorted_rows.hidden is not None:
            deltas[sorted_rows.hidden - 1] = np.nan
        costs = largest_first(results.costs.tolist())
        labels = results.classes.labels
        assert (
            found
            == {
                "file": list(range(150)),
                "cost": costs,
                "delta": largest_first(deltas.tolist()),
                "class": sorted(costs, key=lambda row: labels[row]),
                "watched": [2, 148, *(row for row in range(150) if row not in (2, 148))],
            }[by]
        )
        assert [sorted_rows.rank(row + 1) for row in found] == list(range(150))


def test_a_turn_counts_from_its_cost_step_on():
    timeline = Timeline(XOR)
    sorted_rows = SortedRows(timeline)
    course = timeline.course
    for kind, turn, hidden in [
        ("input", 1, None), ("a:2:1", 1, None), ("cost", 5, 2), ("delta:2:1", 5, None), ("update:1:2", 5, None),
    ]:  # fmt: skip
        sorted_rows.move_to(timeline.frame(course.parse(f"2:2:{kind}")), "file", frozenset())
        assert (sorted_rows.results.turns[1], sorted_rows.hidden) == (turn, hidden), kind


def test_there_are_no_classes_to_sort_by_where_there_are_none():
    assert "class" not in SortedRows(Timeline(LINE)).sorts()
    assert "class" in SortedRows(Timeline(XOR)).sorts()


def test_pages_are_full_and_hold_the_row():
    sorted_rows = stood(IRIS, "2:1", "cost")
    for room in (1, 7, 8, 149, 150, 151):
        for row in (1, 77, 150):
            first, rows = sorted_rows.page(row, room)
            assert row in rows
            assert len(rows) == min(room, 150)
            assert rows == order(sorted_rows)[first : first + room]


def test_a_long_table_is_sorted_in_the_background(monkeypatch):
    monkeypatch.setattr(rolls, "ROWS_PER_SLICE", 100)
    timeline = Timeline(IRIS)
    sorted_rows = SortedRows(timeline)
    frame = timeline.frame(timeline.course.parse("2:90:cost"))
    sorted_rows.move_to(frame, "cost", frozenset())
    assert order(sorted_rows) == list(range(1, 151)), "as before, until it is sorted"
    for _ in sorted_rows.work([1]):
        pass
    costs = largest_first(sorted_rows.results.costs.tolist())
    assert [row - 1 for row in order(sorted_rows)] == costs
    assert sorted_rows.work([1]) is None
    assert (run_slices(sort_rows(150, [-sorted_rows.results.costs])) == costs).all()


def test_the_largest_cost_is_a_finite_one():
    sorted_rows = stood(load("learning-rates"), "end", "cost")
    assert np.isfinite(sorted_rows.largest_cost())
    assert sorted_rows.share() == 1.0
    assert several.MOST_OUTPUTS_KEPT == 3
