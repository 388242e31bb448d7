"""What changed since another step, when a data row had its last turn, and the answers to questions about both."""

from dataclasses import replace
from math import isnan

import pytest
from hypothesis import given

from nntui.explain.equations.differences import cells, changed, differences, last_visit, value
from nntui.explain.predicting.question import answer
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.scenes import frame, neuron, scene, wide
from tests.strategies import examples, scenarios, wild_numbers

XOR = load("xor")
RUN = Timeline(XOR)


def at(address, timeline=RUN):
    return timeline.frame(timeline.course.parse(address))


def test_within_a_data_point_only_an_update_changes_anything():
    course = RUN.course
    for m in range(1, course.length):
        moment = course.moment(m)
        found = set(changed(RUN.frame(course.length * 43 + m), RUN.frame(course.length * 43 + m - 1)))
        row = {Cell("weight", moment.layer, moment.neuron, j) for j in range(3)}
        assert found == (row if moment.kind == "update" else set())


def test_an_update_has_the_old_weight_and_the_new():
    now, then = at("3:2:update:2:1"), at("3:2:gradient:2:1")
    before, after = now.weights_before(2)[0].tolist(), now.weights_after(2)[0].tolist()
    assert changed(now, then) == {Cell("weight", 2, 1, j): (before[j], after[j]) for j in range(3)}
    assert Cell("update", 2, 1, 0) not in differences(now, then)


def test_what_is_not_known_at_one_of_the_steps_is_left_out():
    now, then = at("2:1:a:1:1"), at("1:1:a:1:1")
    kinds = {(cell.kind, cell.layer) for cell in differences(now, then)}
    assert kinds == {("input", 0), ("z", 1), ("a", 1), ("slope", 1), ("y", 2), ("weight", 1), ("weight", 2)}
    assert differences(now, then)[Cell("a", 1, 1)] == (then.a(1, 1), now.a(1, 1))
    assert Cell("a", 1, 2) not in differences(now, then)
    assert len(differences(at("2:1:update:1:2"), at("1:1:update:1:2"))) == len(list(cells(now)))


def test_what_did_not_change_is_no_change():
    now, then = at("2:3:update:1:2"), at("1:3:update:1:2")
    both = differences(now, then)
    assert both[Cell("input", 0, 1)] == (1.0, 1.0)
    assert Cell("input", 0, 1) not in changed(now, then)
    assert Cell("cost", 2) in changed(now, then)
    assert changed(now, now) == {}


def test_a_nan_stays_a_nan():
    run = Timeline(replace(neuron("identity", [0, 1e308], [10.0]), epochs=4))
    now, then = run.frame(run.course.last), run.frame(run.course.last - run.course.length)
    assert isnan(now.z(1, 1))
    assert Cell("z", 1, 1) in differences(now, then)
    assert Cell("z", 1, 1) not in changed(now, then)


def test_only_the_cells_that_are_asked_for():
    run = Timeline(wide())
    now, then = (run.frame(n * run.course.length - 1) for n in (6, 3))
    of = [Cell("weight", 1, 7, 3), Cell("update", 2, 1, 0), Cell("slope", 2, 1)]
    assert set(differences(now, then, of)) == set(of[:2]), "softmax has no slope of one neuron"
    assert {cell.layer for cell in cells(now, (2,))} == {2}


def test_networks_of_other_sizes_are_not_compared():
    with pytest.raises(ValueError, match=r"sizes \(2, 2, 1\) and \(1, 1\)"):
        differences(at("1:1"), frame(neuron(), "1:1"))


def test_a_layer_without_biases_has_no_cell_for_one():
    one = frame(neuron(biases=False), "end")
    assert value(one, Cell("weight", 1, 1, 0)) is None
    assert Cell("weight", 1, 1, 0) not in set(cells(one))


def test_in_the_order_given_the_last_turn_is_an_epoch_of_steps_ago():
    assert last_visit(at("1:4:cost"), RUN.orders) is None
    assert last_visit(at("7:3:delta:1:2"), RUN.orders) == RUN.course.parse("6:3:delta:1:2")


def test_in_a_shuffled_run_it_is_where_the_row_was_then():
    run = Timeline(replace(XOR, order="shuffled", shuffle_seed=5))
    elsewhere = 0
    for number in range(4, 80):
        now = run.frame(number * run.course.length + 9)
        then = run.frame(last_visit(now, run.orders))
        assert (then.row, then.moment) == (now.row, now.moment)
        assert then.number // 4 == now.number // 4 - 1
        elsewhere += then.number != now.number - 4
    assert elsewhere > 20


@examples(30)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=2, rules=True))
def test_every_cell_of_every_step_is_a_number_or_not_known(run):
    timeline = Timeline(run)
    for step in range(timeline.course.last + 1):
        here = timeline.frame(step)
        for cell in cells(here):
            assert isinstance(value(here, cell), float | None)
    assert all(value(here, cell) is not None for cell in cells(here) if cell.kind != "slope")


# --- the answers to questions

TWO = scene([(1, "identity")], [[[0.0, 2.0]]], [3.0], [7.0], epochs=2, eta=0.01)


@pytest.mark.parametrize(
    ("kind", "address", "right"),
    [
        ("value", "1:1:z", (6.0,)),
        ("value", "1:1:gradient", (-1.0, -3.0)),
        ("sign", "1:1:delta", (-1.0,)),
        ("sign", "1:1:z", (1.0,)),
        ("sign", "1:1:gradient", (-1.0, -1.0)),
        ("larger", "1:1:update", (1.0, 1.0)),
        ("larger", "2:1:z", (1.0,)),
        ("larger", "2:1:cost", (-1.0,)),
    ],
)
def test_answers(kind, address, right):
    run = Timeline(TWO)
    now = at(address, run)
    back = last_visit(now, run.orders)
    assert answer(kind, now, None if back is None else run.frame(back)) == right


def test_the_sign_of_zero_and_what_stays_the_same_is_zero():
    run = Timeline(replace(neuron("identity", y=[1.0], biases=False), epochs=2))
    assert answer("sign", at("1:1:delta", run)) == (0.0,)
    assert answer("larger", at("1:1:update", run)) == (0.0,)
    assert answer("larger", at("2:1:z", run), at("1:1:z", run)) == (0.0,)


def test_where_there_is_no_answer_it_is_nan():
    assert all(map(isnan, answer("larger", frame(neuron(), "1:1:z"))))
    assert isnan(answer("sign", frame(neuron("identity", [0, 1e308, 1e308], [10, -10]), "1:1:z"))[0])
    infinite = frame(neuron("identity", [0, 1e308], [10.0]), "1:1:z")
    assert answer("larger", infinite, infinite) == (0.0,)
