"""The screen for a projector: less, and the number of the step in large digits."""

import pytest

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.projector.large_digits import LARGEST, big_number, big_size, size_within
from nntui.draw.screen import screen
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.draw.reading import check_numbers, numbers_of
from tests.scenes import view, wide

SIZES = [(40, 12), (60, 20), (80, 24), (120, 40), (200, 60)]


def is_large(span, cell):
    """Whether a span is a line of large digits of a number."""
    return span.target == cell and bool(span.text.strip()) and set(span.text) <= set(" █▀▄")


@pytest.mark.sweep
@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize("name", ["xor", "iris", "wide"])
def test_every_step_has_its_layer_and_its_equation(name, cells, height):
    timeline = Timeline(wide() if name == "wide" else load(name))
    for group in timeline.course.groups:
        here = view(timeline, timeline.course.length + group.last, big=True)
        block = screen(here, cells, height, [])
        assert (len(block), {width(line) for line in block}) == (height, {cells})
        text = plain(block)
        assert here.equation.formula.split(" = ")[0] in text
        assert f"layer {max(here.frame.moment.layer, 1)}" in text
        assert "─ cost" not in text
        assert "─ data" not in text


def test_the_number_is_in_large_digits_where_there_is_room():
    timeline = Timeline(load("xor"))
    here = view(timeline, timeline.course.parse("1:1:z:1:1"), big=True)
    lit = Cell("z", 1, 1)
    for (cells, height), lines in zip(SIZES[1:], (5, 5, 10, 10), strict=True):
        block = screen(here, cells, height, [])
        large = [line for line in block if any(is_large(span, lit) for span in line)]
        assert len(large) == lines, (cells, height)


def test_a_row_of_weights_is_side_by_side():
    timeline = Timeline(load("xor"))
    here = view(timeline, timeline.course.parse("1:1:update:2:1"), big=True)
    (line, *_) = [line for line in screen(here, 120, 40, []) if plain([line]).count("new w¹") == 3]
    assert [span.target for span in line if span.target] == [Cell("update", 2, 1, j) for j in (1, 2, 0)]


def test_a_tool_takes_the_usual_place():
    timeline = Timeline(load("xor"))
    here = view(timeline, 5, big=True)
    panel = lambda cells, height: ((),) * height
    assert screen(here, 80, 24, [], under=panel) == screen(view(timeline, 5), 80, 24, [], under=panel)


@pytest.mark.parametrize("text", ["0", "−0.0189", "12345.6789", "3.2e-06", "−1e-300", "nan", "inf", "−inf", "+0.5"])
def test_a_large_number_has_its_size(text):
    for size in range(1, LARGEST + 1):
        block = big_number(text, size)
        assert ({width(line) for line in block}, len(block)) == ({big_size(text, size)[0]}, big_size(text, size)[1])
        assert size_within(text, *big_size(text, size)) == size
    assert size_within(text, 1, 1) == 0


def test_all_digits_differ():
    assert len({plain(big_number(digit, 1)) for digit in "0123456789"}) == 10


def test_numbers_of_the_panel_are_the_frames():
    timeline = Timeline(load("xor"))
    here = view(timeline, timeline.course.parse("1:1:cost"), big=True)
    block = screen(here, 80, 24, [])[:10]
    check_numbers(block, here.frame)
    assert Cell("a", 2, 1) in {cell for cell, _ in numbers_of(block)}
