"""The same screens with 2 to 17 digits: every number whole, as wide as it is, and the highlighted number visible."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.network.side_by_side import network_block
from nntui.draw.screen import page, screen
from nntui.explain.equations.cells import value_of
from nntui.explain.equations.cursor import DIRECTIONS, lit_cell, neighbour
from nntui.explain.notation.numerals import ALL_DIGITS, FOUR, Numerals, full
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.draw.reading import check_numbers, numbers_of
from tests.explain.test_cursor import laid_out
from tests.scenes import scene, view, wide
from tests.strategies import examples, scenarios, wild_numbers

ALL = [2, 3, 4, 5, 8, 12, 16, 17]
SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.mark.parametrize(
    ("digits", "value", "text"),
    [
        (2, 0.05, "0.05"),
        (2, 0.0099, "9.9e-03"),
        (2, -12.3456, "−12.35"),
        (3, 0.001, "0.001"),
        (3, 0.00099, "9.9e-04"),
        (8, 0.37750000000000006, "0.37750000"),
        (8, 1.2345e-7, "0.00000012"),
        (8, 1.2345e-8, "1.23450e-08"),
        (8, 12345.678, "1.23457e+04"),
        (16, -0.1, "−0.1000000000000000"),
        (17, -0.1, "−0.1"),
        (17, 0.37750000000000006, "0.37750000000000006"),
        (17, -2.2250738585072014e-308, "−2.2250738585072014e-308"),
        (17, 1e-5, "1e-05"),
    ],
)
def test_how_a_number_is_written(digits, value, text):
    assert Numerals(digits).write(value) == text


@pytest.mark.parametrize("digits", ALL)
def test_zero_and_what_is_no_number_at_any_digits(digits):
    numerals = Numerals(digits)
    assert [numerals.write(value) for value in (0.0, -0.0, nan, inf, -inf)] == ["0", "0", "nan", "inf", "−inf"]


@pytest.mark.parametrize("digits", [1, 0, 18])
def test_other_digits_are_an_error(digits):
    with pytest.raises(ValueError, match="expected 2 to 17"):
        Numerals(digits)


def test_more_and_fewer_digits_end_at_the_ends():
    assert FOUR.changed(1) == Numerals(5)
    assert FOUR.changed(-9) == Numerals(2)
    assert FOUR.changed(99) == ALL_DIGITS


@given(st.integers(2, 17), st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_becomes_zero_and_17_digits_are_those_of_the_trace(digits, value):
    text = Numerals(digits).write(value).replace("−", "-", 1)
    assert (float(text) == 0.0) == (value == 0.0)
    if digits == 17 and value:
        assert text == full(value)
    assert len(Numerals(digits).within(value, 7)) <= 7
    assert digits < 17 or len(text) < Numerals(17).cell


def check(here, cells, height, digits):
    block = screen(here, cells, height, [])
    assert {width(line) for line in block} == {cells}
    check_numbers(block, here.frame)
    panels = network_block(here, cells, height - 10)
    lit = [span for line in panels for span in line if span.role == "lit"]
    assert lit or here.frame.moment.kind == "cost" or not here.lit, "the highlighted number is visible"
    if digits == 17:
        for cell, text in numbers_of(block):
            value = value_of(here.frame, cell)
            allowed = {"·", here.numerals.write(value), here.numerals.brief(value)}
            assert text.strip("()") in allowed, (str(here.frame.address), cell, text)


@pytest.mark.sweep
@pytest.mark.parametrize("digits", ALL)
@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize("name", ["two-by-two", "tanh-relu", "wide"])
def test_at_every_size(name, cells, height, digits):
    timeline = Timeline(wide() if name == "wide" else load(name))
    course = timeline.course
    groups = [group.last for group in course.groups]
    for m in groups:
        step = course.length + m
        check(view(timeline, step, numerals=Numerals(digits)), cells, height, digits)
        check_numbers(page(view(timeline, step, numerals=Numerals(digits)), cells), timeline.frame(step))


@examples(40)
@given(scenarios(most_points=2, most_epochs=2), st.sampled_from(ALL), st.sampled_from(SIZES), st.data())
def test_of_random_networks(scenario, digits, size, data):
    timeline = Timeline(scenario)
    step = data.draw(st.integers(0, timeline.course.last))
    check(view(timeline, step, numerals=Numerals(digits)), *size, digits)


@examples(40)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=2), st.sampled_from(ALL), st.sampled_from(SIZES), st.data())
def test_of_wild_ones(scenario, digits, size, data):
    timeline = Timeline(scenario)
    step = data.draw(st.integers(0, timeline.course.last))
    check(view(timeline, step, numerals=Numerals(digits)), *size, digits)


@pytest.mark.parametrize("digits", [4, 17])
@pytest.mark.parametrize(("cells", "height"), SIZES)
def test_the_equation_shows_the_value_of_the_step(cells, height, digits):
    for name in ("two-by-two", "tanh-relu", "iris"):
        timeline = Timeline(load(name))
        for group in timeline.course.groups:
            here = view(timeline, timeline.course.length + group.last, numerals=Numerals(digits))
            made = here.equation.made[-1]
            text = plain(screen(here, cells, height, []))
            assert made.write(here.numerals) in text, (name, str(here.frame.address))


@pytest.mark.sweep
@pytest.mark.parametrize("digits", [4, 8, 17])
@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize("name", ["two-by-two", "tanh-relu", "wide"])
def test_a_cursor_is_visible_at_every_number(name, cells, height, digits):
    timeline = Timeline(wide(12, 9, 5) if name == "wide" else load(name))
    for m in (0, timeline.course.length // 2, timeline.course.length - 1):
        frame = timeline.frame(timeline.course.length + m)
        for cell in sorted(laid_out(frame), key=str)[:: 1 if name == "two-by-two" else 7]:
            if cell.kind == "cost":
                continue
            here = view(timeline, frame.step, numerals=Numerals(digits), cursor=cell)
            shown = {span.target for line in network_block(here, cells, height - 12) for span in line if span.role == "cursor"}
            assert shown == {cell}, (str(frame.address), cell)


def test_inspected_numbers_stay_visible():
    timeline = Timeline(load("xor"))
    frame = timeline.frame(timeline.course.parse("2:1:delta:1:1"))
    cell = lit_cell(frame)
    assert cell == Cell("delta", 1, 1)
    for direction in DIRECTIONS * 4:
        cell = neighbour(frame, cell, direction)
        here = view(timeline, frame.step, cursor=cell)
        assert any(span.role == "cursor" for line in network_block(here, 80, 12) for span in line) or cell.kind == "cost"


LONG_INPUTS = (-6.0264889412654884e-142, 0.00390625, 0.0004467, 5.909765992, -0.1)


@pytest.mark.parametrize("inputs", [1, 2, 3, 4])
@pytest.mark.parametrize(("cells", "height"), SIZES)
def test_a_long_input_is_whole_over_short_weights(cells, height, inputs):
    """Wherever the numbers of the input are: in a panel, beside the heads of the weights or under them, in bands."""
    for value in LONG_INPUTS:
        weights = [[nan, *[0.0] * inputs]]
        timeline = Timeline(scene([(1, "step", False)], [weights], [*[0.0] * (inputs - 1), value], [0.0]))
        here = view(timeline, 0, numerals=ALL_DIGITS)
        check(here, cells, height, 17)
        texts = {text for cell, text in numbers_of(screen(here, cells, height, [])) if cell == Cell("input", 0, inputs)}
        assert texts == {here.numerals.write(value)}
        check_numbers(page(here, cells), here.frame)
