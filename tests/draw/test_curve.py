"""The activation panel: for every σ, with its point and its tangent once they are known."""

import numpy as np
import pytest

from nntui.draw.curve import curve_panel
from nntui.draw.spans import plain, width
from nntui.training.timeline import Timeline
from tests.scenes import neuron, scene, view
from tests.strategies import HIDDEN


def panel(activation, z, address="1:1:a"):
    timeline = Timeline(neuron(activation, [z, 1.0], [0.0]))
    return curve_panel(view(timeline, timeline.course.parse(address)), 36, 14)


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
    assert "σ′" not in plain(panel(activation, 0.5, "1:1:cost"))
    assert "σ′" in plain(panel(activation, 0.5, "1:1:delta"))


def test_the_slope_is_written_under_the_tangent():
    block = panel("sigmoid", 0.0, "1:1:delta")
    assert "σ′ 0.2500" in plain(block)
    assert any(span.role == "tangent" and span.text.strip() for line in block[1:-2] for span in line)


def test_softmax_is_no_function_of_one_z():
    softmax = scene([(2, "softmax")], [[[0.0, 1.0], [0.0, 0.0]]], [1.0], [1.0, 0.0], cost="cross_entropy")
    assert curve_panel(view(Timeline(softmax), 2), 36, 14) is None
