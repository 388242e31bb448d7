"""The activation panel: for every σ, with its point and its tangent once they are known."""

import numpy as np
import pytest

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.functions.activation import curve_panel
from nntui.training.timeline import Timeline
from tests.draw.reading import check_numbers
from tests.scenes import neuron, scene, view
from tests.strategies import HIDDEN


def panel(activation, z, address="1:1:a"):
    timeline = Timeline(neuron(activation, [z, 1.0], [0.0]))
    return curve_panel(view(timeline, timeline.course.parse(address)), 36, 14)


@pytest.mark.sweep
@pytest.mark.parametrize("activation", HIDDEN)
@pytest.mark.parametrize("z", [0.0, 0.5, -7.0, 36.8, -1e5, 1e6, 1e300, -1.7e308, 5e-324, np.inf, np.nan])
def test_every_activation_at_every_z(activation, z):
    block = panel(activation, z)
    assert [width(line) for line in block] == [36] * 14
    assert f"σ {activation}" in plain(block)


@pytest.mark.parametrize("activation", HIDDEN)
def test_the_point_is_there_once_a_is_known(activation):
    assert "●" not in plain(panel(activation, 0.5, "1:1:z"))
    assert "●" in plain(panel(activation, 0.5))


@pytest.mark.parametrize("activation", HIDDEN)
def test_the_slope_is_there_once_delta_is_known(activation):
    assert "σ′" not in plain(panel(activation, 0.5, "1:1:a"))
    assert "σ′" in plain(panel(activation, 0.5, "1:1:gradient"))


def test_the_slope_is_written_under_the_tangent():
    block = panel("sigmoid", 0.0, "1:1:gradient")
    assert "σ′ 0.2500" in plain(block)
    assert any(span.role == "tangent" and span.text.strip() for line in block[1:-2] for span in line)


def softmax(outputs=2):
    rows = [[0.0, 1.0], *[[0.0, 0.0]] * (outputs - 1)]
    return Timeline(scene([(outputs, "softmax")], [rows], [1.0], [1.0, *[0.0] * (outputs - 1)], cost="cross_entropy"))


def test_a_softmax_has_shares_and_no_curve_of_one_z():
    timeline = softmax()
    z = curve_panel(view(timeline, timeline.course.parse("1:1:z:1:1")), 36, 14)
    assert "█" not in plain(z)
    block = curve_panel(view(timeline, timeline.course.parse("1:1:a:1:2")), 36, 14)
    assert [width(line) for line in block] == [36] * 14
    text = plain(block)
    assert "shares a¹" in text
    assert "0.7311 ◂y" in text
    assert "0.2689" in text


@pytest.mark.sweep
@pytest.mark.parametrize("outputs", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("size", [(20, 6), (27, 8), (36, 5), (36, 14), (60, 30)])
def test_shares_at_every_size(outputs, size):
    timeline = softmax(outputs)
    for m in range(timeline.course.length):
        here = view(timeline, m)
        block = curve_panel(here, *size)
        if block is not None:
            assert [width(line) for line in block] == [size[0]] * size[1]
            check_numbers(block, here.frame)


def test_with_too_little_room_there_are_no_shares():
    assert curve_panel(view(softmax(), 2), 20, 14) is None
