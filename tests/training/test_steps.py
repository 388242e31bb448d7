"""Positions in a run: the table of steps in docs/scenario-format.md, addresses, grains."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.training.address import AddressError, Moment
from nntui.training.kinds import KINDS
from nntui.training.steps import GRAINS, Course
from tests.strategies import examples

courses = st.builds(Course, st.lists(st.integers(1, 6), min_size=1, max_size=5).map(tuple), st.integers(1, 7), st.integers(1, 50))


@st.composite
def places(draw):
    """(course, a step of it)."""
    course = draw(courses)
    return course, draw(st.integers(0, course.last))


def table(units):
    """The table of docs/scenario-format.md, written out: (kind, layer, neuron) of each step of a data point."""
    n = len(units)
    rows = [("input", 0, 0)]
    for layer in range(1, n + 1):
        rows += [("z", layer, k) for k in range(1, units[layer - 1] + 1)]
        rows += [("a", layer, k) for k in range(1, units[layer - 1] + 1)]
    rows += [("cost", n, 0)]
    for layer in range(n, 0, -1):
        rows += [("delta", layer, k) for k in range(1, units[layer - 1] + 1)]
    for layer in range(n, 0, -1):
        rows += [("gradient", layer, k) for k in range(1, units[layer - 1] + 1)]
        rows += [("update", layer, k) for k in range(1, units[layer - 1] + 1)]
    return rows


@given(courses)
def test_the_order_is_the_one_of_the_table(course):
    moments = [course.moment(m) for m in range(course.length)]
    assert [(m.kind, m.layer, m.neuron) for m in moments] == table(course.units)
    assert course.length == 2 + 5 * sum(course.units)
    assert [course.offset(moment) for moment in moments] == list(range(course.length))
    assert course.last + 1 == course.length * course.points * course.epochs == course.length * course.iterations


def test_two_by_two_written_by_hand():
    course = Course((2, 1), 4, 500)
    assert [str(course.address(step)) for step in range(course.length)] == [
        "1:1:input", "1:1:z:1:1", "1:1:z:1:2", "1:1:a:1:1", "1:1:a:1:2", "1:1:z:2:1", "1:1:a:2:1", "1:1:cost",
        "1:1:delta:2:1", "1:1:delta:1:1", "1:1:delta:1:2",
        "1:1:gradient:2:1", "1:1:update:2:1", "1:1:gradient:1:1", "1:1:gradient:1:2", "1:1:update:1:1", "1:1:update:1:2",
    ]  # fmt: skip


@examples(300)
@given(places())
def test_step_and_address_are_a_bijection(place):
    course, step = place
    address = course.address(step)
    assert course.step(address) == step
    assert course.parse(str(address)) == step
    assert course.span(str(address)) == (step, step)
    assert 1 <= address.epoch <= course.epochs
    assert 1 <= address.point <= course.points
    assert course.iteration(step) == (address.epoch - 1) * course.points + address.point - 1


@given(courses)
def test_no_two_steps_share_an_address(course):
    few = range(min(course.last + 1, 3 * course.length * course.points))
    assert len({str(course.address(step)) for step in few}) == len(few)


COURSE = Course((2, 3, 2), 4, 10)  # M = 37


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("3", "3:1:input"),
        ("3:2", "3:2:input"),
        ("3:2:input", "3:2:input"),
        ("3:2:input:0", "3:2:input"),
        ("3:2:z", "3:2:z:1:1"),
        ("3:2:a:2", "3:2:a:2:1"),
        ("3:2:cost", "3:2:cost"),
        ("3:2:cost:3", "3:2:cost"),
        ("3:2:delta", "3:2:delta:3:1"),
        ("3:2:delta:1:2", "3:2:delta:1:2"),
        ("3:2:gradient", "3:2:gradient:3:1"),
        ("3:2:update", "3:2:update:3:1"),
        ("start", "1:1:input"),
        ("end", "10:4:update:1:2"),
        (" 3:2 ", "3:2:input"),
        ("003:02", "3:2:input"),
    ],
)
def test_what_is_left_out_means_the_first_in_time(short, full):
    assert str(COURSE.address(COURSE.parse(short))) == full


def test_span_of_a_data_point_is_all_its_steps():
    first = (2 * 4 + 1) * COURSE.length
    assert COURSE.span("3:2") == (first, first + COURSE.length - 1)
    assert COURSE.span("3") == COURSE.span("3:1")
    assert COURSE.span("3:2:delta") == (COURSE.parse("3:2:delta"),) * 2
    assert COURSE.span("start") == (0, 0)
    assert COURSE.span("end") == (COURSE.last, COURSE.last)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "'' is no epoch in ''; expected EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end"),
        ("x", "'x' is no epoch in 'x'; expected EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end"),
        ("0", "epoch 0 of '0' is not in this run; expected 1 to 10"),
        ("11", "epoch 11 of '11' is not in this run; expected 1 to 10"),
        ("1:5", "point 5 of '1:5' is not in this run; expected 1 to 4"),
        ("1:-1", "'-1' is no point in '1:-1'; expected EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end"),
        (
            "1:1:weights",
            "'weights' is no kind of step in '1:1:weights'; expected one of input, z, a, cost, delta, gradient, update",
        ),
        ("1:1:Z", "'Z' is no kind of step in '1:1:Z'; expected one of input, z, a, cost, delta, gradient, update"),
        ("1:1:z:4", "layer 4 of '1:1:z:4' is not in this run; expected 1 to 3"),
        ("1:1:z:0", "layer 0 of '1:1:z:0' is not in this run; expected 1 to 3"),
        ("1:1:z:1:3", "neuron 3 of '1:1:z:1:3' is not in this run; expected 1 to 2"),
        ("1:1:cost:1", "'1:1:cost:1' names layer 1; expected 3, where cost is"),
        ("1:1:input:1", "'1:1:input:1' names layer 1; expected 0, where input is"),
        ("1:1:input:0:1", "'1:1:input:0:1' names a neuron; expected none, input is one step for all"),
        ("1:1:z:1:1:1", "'1:1:z:1:1:1' has 6 parts; expected at most five, EPOCH:POINT:KIND:LAYER:NEURON"),
        ("1:1:z:", "'' is no layer in '1:1:z:'; expected EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end"),
        ("１", "'１' is no epoch in '１'; expected EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end"),
        ("1_0", "'1_0' is no epoch in '1_0'; expected EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end"),
    ],
)
def test_a_wrong_address_is_told_in_one_sentence(text, says):
    with pytest.raises(AddressError) as raised:
        COURSE.parse(text)
    assert str(raised.value) == says


@given(st.text(max_size=400) | st.from_regex(r"[0-9:a-z\x1b]{0,400}", fullmatch=True))
def test_no_text_breaks_the_reading_of_addresses(text):
    try:
        step = COURSE.parse(text)
    except AddressError as error:
        said = str(error)
        assert len(said) <= 300
        assert not {unicodedata.category(c) for c in said} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    else:
        assert 0 <= step <= COURSE.last


def test_steps_outside_the_run():
    for step in (-1, COURSE.last + 1):
        with pytest.raises(IndexError):
            COURSE.address(step)


# --- grains


def group(course, step, grain):
    """What the steps of one group of a grain have in common."""
    address = course.address(step)
    moment = address.moment
    phase = "forward" if moment.kind in "za" else "update" if moment.kind in ("gradient", "update") else moment.kind
    return {
        "neuron": step,
        "layer": (address.epoch, address.point, moment.kind, moment.layer),
        "phase": (address.epoch, address.point, phase),
        "point": (address.epoch, address.point),
        "epoch": address.epoch,
    }[grain]


@pytest.mark.parametrize("grain", GRAINS)
def test_stops_are_the_last_steps_of_their_groups(grain):
    """The whole of a small run, against a plain scan."""
    course = Course((2, 1), 3, 2)
    steps = range(course.last + 1)
    groups = [group(course, step, grain) for step in steps]
    stops = [step for step in steps if step == course.last or groups[step] != groups[step + 1]]
    for step in steps:
        assert course.forward(step, grain) == min((s for s in stops if s > step), default=course.last)
        assert course.back(step, grain) == max((s for s in stops if s < step), default=0)
    assert course.back(0, grain) == 0
    assert course.forward(course.last, grain) == course.last


@examples(300)
@given(places(), st.sampled_from(GRAINS))
def test_forward_then_back_returns_to_a_stop(place, grain):
    course, step = place
    stop = course.forward(step, grain)
    assert step < stop or stop == course.last
    if stop < course.last:
        following = course.forward(stop, grain)
        assert course.back(following, grain) == stop
    before = course.back(step, grain)
    assert before < step or step == 0


@given(places())
def test_coarser_grains_stop_at_stops_of_finer_ones(place):
    course, step = place
    nexts = [course.forward(step, grain) for grain in GRAINS]
    assert nexts == sorted(nexts)
    backs = [course.back(step, grain) for grain in GRAINS]
    assert backs == sorted(backs, reverse=True)


def test_kinds_are_those_of_the_contract():
    assert KINDS == ("input", "z", "a", "cost", "delta", "gradient", "update")
    assert Moment("input", 0).neuron == 0


def test_a_huge_run_costs_nothing_to_address():
    course = Course((4096,) * 64, 10**6, 10**7)
    for step in (0, course.last, course.last // 3):
        assert course.parse(str(course.address(step))) == step
    assert course.forward(course.last - 1, "epoch") == course.last
