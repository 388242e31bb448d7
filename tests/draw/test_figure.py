"""The one door to plotext, which is a private class: should it change, these tests say so loudly."""

import plotext
import pytest
from plotext._figure import _figure_class

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.charts.curves import Curve
from nntui.draw.charts.plotext_figure import _ROLES, figure

USED = ("plot_size", "frame", "canvas_color", "axes_color", "ticks_color", "xlim", "ylim", "xticks", "yticks", "plot", "scatter")


def drawn(*curves, size=(40, 8)):
    return figure(curves, size, (0.0, 10.0), (0.0, 1.0), [(0.0, " 0 "), (1.0, " 1 ")])


def test_plotext_is_the_version_this_is_written_for():
    assert plotext.__version__.startswith("5.3.")


def test_the_private_class_has_what_is_called():
    made = _figure_class()
    assert callable(made._limit_size)
    assert callable(made.build)
    assert all(callable(getattr(made, name)) for name in USED)


def test_a_figure_of_our_own_leaves_the_one_of_the_module_alone():
    plotext.clear_figure()
    before = plotext.build()
    drawn(Curve([0, 10], [0, 1], "past"))
    assert plotext.build() == before


@pytest.mark.parametrize("size", [(20, 3), (40, 8), (300, 90)])
def test_it_is_as_large_as_asked_and_not_as_the_terminal_is(size):
    block = drawn(Curve([0, 5, 10], [0, 1, 0], "past"), size=size)
    assert len(block) == size[1]
    assert {width(line) for line in block} == {size[0]}


@pytest.mark.parametrize("role", _ROLES)
def test_a_colour_comes_back_as_its_role(role):
    lines = drawn(Curve([0, 5, 10], [0, 1, 0], role))
    spans = [span for line in lines for span in line if span.role != "dim" and span.text.strip()]
    if role == "dim":
        assert not spans
    else:
        assert {span.role for span in spans} == {role}


def test_no_escape_byte_gets_through():
    point = Curve([3], [0.5], "present", joined=False, marker="●")
    assert "\x1b" not in plain(drawn(Curve([0, 5, 10], [0, 1, 0], "past"), point))


def test_nothing_to_draw_is_an_empty_picture():
    assert "⠉" not in plain(drawn())
    assert plain(drawn()).split() == ["1", "0"]
