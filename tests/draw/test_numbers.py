"""Every number in a picture is the frame's, whole and rightly rounded; what a step has not reached is a dot."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain
from nntui.draw.network.side_by_side import network_block
from nntui.draw.screen import page, screen
from nntui.explain.notation.numerals import FOUR
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests.draw.reading import check_numbers, known, numbers_of
from tests.scenes import view, wide
from tests.strategies import examples, scenarios, wild_numbers

WORD = re.compile("[0-9.e+−-]+")


@examples(60)
@given(scenarios(most_points=2, most_epochs=2), st.integers(60, 200), st.data())
def test_numbers_in_panels_and_equation(scene, cells, data):
    check(scene, cells, data)


@examples(60)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=2), st.integers(60, 200), st.data())
def test_of_runs_that_overflow_too(scene, cells, data):
    check(scene, cells, data)


def check(scene, cells, data):
    timeline = Timeline(scene)
    for step in data.draw(st.lists(st.integers(0, timeline.course.last), min_size=4, max_size=4)):
        here = view(timeline, step)
        check_numbers(page(here, cells), here.frame)
        check_numbers(screen(here, cells, data.draw(st.integers(20, 60)), []), here.frame)


@pytest.mark.parametrize("cells", [60, 80, 120, 200])
def test_a_wide_network_too(cells):
    timeline = Timeline(wide())
    for address in ("1:1:z:1:30", "1:2:a:2:7", "1:1:delta:1:17", "1:1:gradient:2:4", "1:3:update:1:32"):
        here = view(timeline, timeline.course.parse(address))
        check_numbers(page(here, cells), here.frame)


def test_every_step_of_a_point_reveals_its_own_number_and_no_other():
    """By the bare text: no number of a later step stands anywhere on the screen, unless it is one that is known too."""
    timeline = Timeline(load("xor"))
    course = timeline.course
    moments = [course.moment(m) for m in range(course.length)]
    here = [view(timeline, 5 * course.length + m) for m in range(course.length)]
    whole = numbers_of(network_block(here[-1], 120, 24))
    for m, shown in enumerate(here):
        frame = shown.frame
        words = set(WORD.findall(plain(screen(shown, 120, 40, []))))
        told = {FOUR.write(v) for moment in moments[: m + 1] for v in frame.numbers(moment)}
        told |= {FOUR.write(v) for layer in (1, 2) for v in frame.weights_before(layer).ravel().tolist()}
        told |= {FOUR.write(v) for row in timeline.scenario.x.tolist() for v in row} | {"0", "1"}
        early = {FOUR.write(v) for moment in moments[m + 1 :] for v in frame.numbers(moment)} - told
        assert not words & early, frame.address
        if moments[m].kind != "input":
            assert words & {FOUR.write(v) for v in frame.numbers(moments[m])}
        dots = {cell for cell, text in numbers_of(network_block(shown, 120, 24)) if text == "·"}
        assert dots == {cell for cell, _ in numbers_of(network_block(shown, 120, 24)) if not known(frame, cell)}
    assert not [cell for cell, text in whole if text == "·"], "the last step of a data point leaves nothing hidden"


def test_the_lit_number_is_the_one_of_the_step():
    timeline = Timeline(load("two-by-two"))
    for step in range(1, timeline.course.length):
        here = view(timeline, step)
        lit = "".join(span.text for line in network_block(here, 120, 20) for span in line if span.role == "lit").split()
        values = [] if here.frame.moment.kind == "cost" else [number.write(FOUR) for number in here.equation.made]
        assert lit == values, here.frame.address
