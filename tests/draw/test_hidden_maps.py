"""The maps of the hidden neurons beside what was learned: their numbers are those of the forward pass."""

import numpy as np
import pytest

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import MAP_ROLES, width
from nntui.draw.learned.hidden_maps import hidden_maps, maps_height
from nntui.draw.learned.panel import learned_block
from nntui.explain.learned.function import extents, weights_at_step
from nntui.explain.learned.hidden import has_hidden_maps, hidden_field, outgoing
from nntui.explain.learned.survey import Survey
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests.scenes import view


def opened(name, step=0, **options):
    here = view(Timeline(load(name)), step, **options)
    return here, weights_at_step(here.frame)


@pytest.mark.parametrize("name", ["xor", "quadrants", "spiral"])
def test_a_hidden_neuron_says_what_the_forward_pass_says(name):
    here, now = opened(name, colours=True)
    scenario = here.frame.scenario
    ranges = extents(scenario)
    place = [int(span.share(here.frame.iteration.x[j]) * 200) for j, span in enumerate(ranges)]
    made = hidden_field(now, 200, 200)[199 - place[1], place[0]]
    layer = len(scenario.network.layers) - 1
    assert np.allclose(made, here.frame.layer_a(layer), atol=0.05)
    assert outgoing(now, 1).tolist() == here.frame.weights_before(layer + 1)[0, 1:].tolist()


@pytest.mark.parametrize("name", ["single-neuron", "iris", "sine"])
def test_where_there_are_none(name):
    assert not has_hidden_maps(opened(name)[1])


@pytest.mark.parametrize("cells", [36, 40, 66])
@pytest.mark.parametrize("name", ["xor", "spiral"])
def test_the_panel_has_its_size_and_says_how_many_are_left_out(name, cells):
    here, now = opened(name, colours=True)
    high = maps_height(now, cells, 20)
    block = hidden_maps(here, now, 1, cells, high)
    assert (len(block), {width(line) for line in block}) == (high, {cells})
    units = here.frame.course.units[-2]
    shown = sum(here.numerals.within(weight, 7) in plain(block) for weight in outgoing(now, 1).tolist())
    assert shown == units or "more" in plain(block)


def test_it_is_beside_the_map_in_colours_where_there_is_room():
    here, now = opened("xor", colours=True)
    found = Survey().found(now)
    large = learned_block(here, now, 1, found, 120, 26)
    assert "each map, and its weight" in plain(large)
    assert {width(line) for line in large} == {120}
    assert "each map, and its weight" not in plain(learned_block(here, now, 1, found, 80, 11))
    without, _ = opened("xor")
    assert "each map, and its weight" not in plain(learned_block(without, now, 1, found, 120, 26))
    assert {span.ground for line in large for span in line} & set(MAP_ROLES)
