"""How the numbers of the panels have changed since another step, and that every one of them is the true difference."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.numbers import changed
from nntui.draw.base.plain_text import plain, plain_with_marks
from nntui.draw.base.spans import width
from nntui.draw.network.side_by_side import network_block
from nntui.draw.panels.header import ribbon
from nntui.draw.screen import screen
from nntui.explain.equations.cells import value_of
from nntui.explain.equations.differences import last_visit
from nntui.explain.notation.numerals import Numerals
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests import goldens
from tests.draw.reading import is_rounding, known, numbers_of
from tests.scenes import view, wide
from tests.strategies import examples, scenarios, wild_numbers

TURN, STEP = "since this row's last turn", "since the last step"
SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]


def since(timeline, address, words=TURN, **options):
    step = timeline.course.parse(address)
    then = timeline.frame(step - 1 if words == STEP else last_visit(timeline.frame(step), timeline.orders))
    return view(timeline, step, then=then, since=words, **options)


def check(here, block):
    for cell, text in numbers_of(block):
        if text == "·":
            assert not known(here.frame, cell)
            continue
        now, before = value_of(here.frame, cell), here.before(cell)
        change = None if before is None else changed(before, now)
        if change is None:
            assert is_rounding(text, now), (cell, text, now)
        elif change == 0.0:
            assert text == "=", (cell, text, plain(block))
        else:
            assert text.startswith("+" if change > 0.0 else "−"), (cell, text, change)
            assert is_rounding(text.removeprefix("+"), change), (cell, text, change)


@pytest.mark.sweep
@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize("words", [TURN, STEP])
@pytest.mark.parametrize("name", ["two-by-two", "xor", "tanh-relu", "wide"])
def test_every_number_is_the_true_difference(name, words, cells, height):
    timeline = Timeline(wide() if name == "wide" else load(name))
    course = timeline.course
    for group in course.groups:
        here = since(timeline, str(course.address(course.points * course.length + group.last)), words)
        block = screen(here, cells, height, [])
        assert {width(line) for line in block} == {cells}
        check(here, network_block(here, cells, max(height - 12, 6)))
        assert "±" in plain([ribbon(here, cells)])


@examples(60)
@given(
    scenarios(numbers=wild_numbers, most_points=2, most_epochs=3),
    st.sampled_from(SIZES),
    st.sampled_from([2, 4, 8, 17]),
    st.data(),
)
def test_between_any_two_steps_of_any_run(scenario, size, digits, data):
    timeline = Timeline(scenario)
    now, then = (data.draw(st.integers(0, timeline.course.last)) for _ in range(2))
    here = view(timeline, now, then=timeline.frame(then), numerals=Numerals(digits))
    assert {width(line) for line in screen(here, *size, [])} == {size[0]}
    check(here, network_block(here, size[0], size[1] - 12))


def test_what_was_not_known_is_the_number_itself_and_new():
    here = since(Timeline(load("two-by-two")), "1:1:delta:2:1", STEP)
    spans = {span.target: span for line in network_block(here, 120, 20) for span in line if span.text.strip()}
    assert spans[Cell("delta", 2, 1)].role == "lit"
    assert spans[Cell("delta", 2, 1)].text.strip() == "0.1385"
    assert spans[Cell("slope", 2, 1)].role == "source"
    assert spans[Cell("z", 1, 1)].text.strip() == "="
    assert spans[Cell("z", 1, 1)].role == "dim"
    earlier = view(Timeline(load("two-by-two")), 8, then=Timeline(load("two-by-two")).frame(0))
    spans = {span.target: span for line in network_block(earlier, 120, 20) for span in line if span.text.strip()}
    assert spans[Cell("z", 1, 1)].role == "new"


def test_a_weight_is_held_against_the_one_that_stood_there():
    timeline = Timeline(load("two-by-two"))
    course = timeline.course
    last = course.length - 1
    weight, new = Cell("weight", 2, 1, 1), Cell("update", 2, 1, 1)
    after = view(timeline, last, then=timeline.frame(0))
    assert after.before(new) == value_of(after.frame, weight), "within a data point: what the update does"
    over = view(timeline, course.length, then=timeline.frame(last))
    assert changed(over.before(weight), value_of(over.frame, weight)) == 0.0, "going on to the next data point changes nothing"
    turn = since(timeline, str(course.address(course.length + last)))
    assert turn.before(weight) == value_of(turn.then, weight), "the old one against the old one"
    assert turn.before(new) == value_of(turn.then, new), "the new one against the new one"


@pytest.mark.parametrize(
    ("before", "now", "difference"),
    [
        (1.0, 1.5, 0.5),
        (0.0, -0.0, 0.0),
        (nan, nan, 0.0),
        (inf, inf, 0.0),
        (1.0, nan, None),
        (1.0, inf, None),
        (-1e308, 1e308, None),
    ],
)
def test_what_a_change_is(before, now, difference):
    assert changed(before, now) == difference


@pytest.mark.parametrize("cells", [80, 120])
@pytest.mark.parametrize(
    ("name", "address", "words"),
    [
        ("two-by-two", "2:1:delta:1:2", TURN),
        ("xor", "5:3:update:2:1", TURN),
        ("xor", "5:3:update:1:2", STEP),
        ("wide", "2:1:gradient:1:3", TURN),
    ],
)
def test_golden_of_changes(name, address, words, cells):
    here = since(Timeline(wide() if name == "wide" else load(name)), address, words)
    height = 24 if cells == 80 else 40
    goldens.check(
        f"screen/{name}-{cells}x{height}-{address.replace(':', '-')}-{'turn' if words == TURN else 'step'}.txt",
        plain_with_marks(screen(here, cells, height, [])),
    )
