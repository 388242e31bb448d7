"""Curves that are drawn without plotext are plotext's own, dot for dot and role for role."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.charts.curves import Curve, curves_block
from nntui.draw.charts.plotext_figure import figure
from nntui.draw.costs import cost_panel
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests.scenes import view
from tests.strategies import examples

ROLES = ("past", "tangent", "present")
NUMBERS = st.floats(-6.0, 6.0)


def cells(block):
    """Each cell that shows something, with its role."""
    return [[(character, span.role if character != " " else "") for span in line for character in span.text] for line in block]


@st.composite
def curves(draw):
    made = []
    for role in draw(st.lists(st.sampled_from(ROLES), max_size=3)):
        x = draw(st.lists(NUMBERS, min_size=1, max_size=12))
        y = [draw(NUMBERS) for _ in x]
        joined = draw(st.booleans())
        marker = "braille" if joined else draw(st.sampled_from(["●", "braille"]))
        made.append(Curve(x, y, role, joined, marker))
    return made


@given(curves(), st.integers(12, 60), st.integers(2, 20), st.floats(0.5, 7.0), st.floats(0.5, 7.0))
@examples(200)
def test_the_picture_is_plotexts(drawn, wide, high, x_reach, y_reach):
    arguments = drawn, (wide, high), (-x_reach, x_reach), (-y_reach, y_reach), [(-y_reach, " −7 "), (y_reach, "  7 ")]
    block = curves_block(*arguments)
    assert len(block) == high
    assert {width(line) for line in block} == {wide}
    assert cells(block) == cells(figure(*arguments))


@pytest.mark.parametrize("marker", ["●", "braille"])
def test_a_later_curve_covers_an_earlier_one(marker):
    curves = [Curve([0, 10], [0, 10], "past"), Curve([5], [5], "present", joined=False, marker=marker)]
    block = curves_block(curves, (20, 5), (0.0, 10.0), (0.0, 10.0), [])
    assert {span.role for line in block for span in line if span.text.strip()} == {"past", "present"}
    assert ("●" in plain(block)) == (marker == "●")


def test_the_costs_that_are_drawn_in_a_hurry_are_the_same():
    timeline = Timeline(load("two-by-two"))
    for address in ("1:1:z:1:1", "40:1:cost", "300:1:update:1"):
        shown = view(timeline, timeline.course.parse(address))
        one, other = (cost_panel._panel(replace(shown, hurried=hurried), 78, 9) for hurried in (False, True))
        assert cells(one) == cells(other)
