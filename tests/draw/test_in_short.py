"""A wide network in short: one neuron with the largest of what goes into it, and the weights to the neurons above it."""

from dataclasses import replace

import numpy as np
import pytest

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import INK_ROLES, MAP_ROLES, width
from nntui.draw.charts.images import image_block, image_size, zoom_within
from nntui.draw.graph.graph import graph_block
from nntui.draw.graph.in_short import is_wide, short_block
from nntui.draw.graph.sides import row_of
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.draw.reading import check_numbers, numbers_of
from tests.scenes import view, wide

SIZES = [(60, 10), (80, 15), (120, 31), (200, 50)]


@pytest.fixture(scope="module")
def digits():
    return Timeline(load("digits"))


@pytest.mark.parametrize("name", ["xor", "two-by-two", "iris", "encoder", "quadrants"])
def test_small_networks_are_drawn_whole(name):
    assert not is_wide(view(Timeline(load(name)), 0))


@pytest.mark.parametrize("of", ["digits", "wide"])
@pytest.mark.parametrize(("cells", "height"), SIZES)
def test_numbers_are_the_frames_at_every_kind_of_step(of, cells, height, digits):
    timeline = digits if of == "digits" else Timeline(wide())
    for group in timeline.course.groups:
        here = view(timeline, timeline.course.length + group.last)
        assert is_wide(here)
        block = graph_block(here, cells, height)
        assert (len(block), {width(line) for line in block}) == (height, {cells})
        check_numbers(block, here.frame)
        moment = here.frame.moment
        if moment.neuron and moment.kind in ("z", "a", "delta"):
            assert Cell(moment.kind, moment.layer, moment.neuron) in {cell for cell, _ in numbers_of(block)}


def test_the_list_has_the_largest_products_first_and_counts_the_others():
    timeline = Timeline(wide())
    here = view(timeline, timeline.course.parse("1:1:z:1:3"))
    block = short_block(here, 120, 15)
    listed = [cell.sender for cell, _ in numbers_of(block) if cell.kind == "weight" and cell.layer == 1 and cell.sender]
    products = np.abs(here.frame.layer_a(0) * here.frame.weights_before(1)[2, 1:])
    assert listed == (np.argsort(-products, kind="stable")[: len(listed)] + 1).tolist()
    assert f"… {64 - len(listed)} smaller" in plain(block)


def test_inputs_that_are_an_image_are_drawn_as_one_with_the_weights_beside_it(digits):
    here = view(digits, digits.course.parse("1:9:delta:1:14"), colours=True)
    block = short_block(here, 120, 31)
    grounds = {span.ground for line in block for span in line} | {span.role for line in block for span in line}
    assert grounds & set(INK_ROLES)
    assert grounds & set(MAP_ROLES)
    assert "input" in plain(block)
    without = short_block(view(digits, here.frame.step), 120, 31)
    assert "▓" in plain(without)
    plain_list = short_block(view(Timeline(replace(digits.scenario, image=None)), here.frame.step, colours=True), 120, 31)
    assert not {span.ground for line in plain_list for span in line} & set(INK_ROLES)


def test_the_image_is_of_the_weights_that_hold_at_the_step(digits):
    for kind, expected in (("delta", "weights_before"), ("gradient", "gradient_row"), ("update", "weights_after")):
        here = view(digits, digits.course.parse(f"1:2:{kind}:1:3"))
        of, values = row_of(here, 3)
        frame = here.frame
        wanted = frame.gradient_row(1, 3) if expected == "gradient_row" else getattr(frame, expected)(1)[2]
        assert of == ("gradient" if kind == "gradient" else "weight")
        assert values.tolist() == wanted[1:].tolist()


@pytest.mark.parametrize("colours", [True, False])
@pytest.mark.parametrize("zoom", [1, 2, 3])
@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 5), (8, 8), (28, 28)])
def test_an_image_has_its_size(rows, columns, zoom, colours):
    values = np.linspace(-1.0, 1.0, rows * columns).reshape(rows, columns)
    for signed in (True, False):
        block = image_block(values, -1.0, 1.0, zoom, signed=signed, colours=colours)
        cells, lines = image_size(rows, columns, zoom, colours=colours)
        assert (len(block), {width(line) for line in block}) == (lines, {cells})
    assert zoom_within(rows, columns, cells, lines, colours=colours) >= zoom


def test_signs_are_seen_without_colour():
    shown = plain(image_block(np.array([[-1.0, -0.4, 0.0, 0.4, 1.0, np.nan]]), -1.0, 1.0, 1, signed=True, colours=False))
    assert shown == "##==  ▒▒██??"


def test_pixels_have_the_colour_of_their_level():
    (line,) = image_block(np.array([[-1.0, 0.0], [1.0, 0.0]]), -1.0, 1.0, 1, signed=True, colours=True)
    assert [(span.role, span.ground) for span in line] == [(MAP_ROLES[0], MAP_ROLES[-1]), ("plain", MAP_ROLES[5])]


@pytest.mark.parametrize("cells", [60, 80, 120])
@pytest.mark.parametrize(("address", "present"), [("1:1:z:2:3", "2"), ("1:1:z:1:3", "part 3 …"), ("1:1:z:1:32", "part 32…")])
def test_below_all_neurons_of_the_layer_have_their_names(cells, address, present):
    named = replace(wide(), neuron_names=(tuple(f"part {k} of them" for k in range(1, 33)), tuple("0123456789")))
    timeline = Timeline(named)
    here = view(timeline, timeline.course.parse(address))
    block = short_block(here, cells, 18)
    rule = next(y for y, line in enumerate(block) if f" layer {here.frame.moment.layer} " in plain((line,)))
    spans = [span for line in block[rule + 1 :] for span in line]
    assert [span.text for span in spans if span.role == "present"] == [present]
    numbers = [cell.neuron for cell, _ in numbers_of(block[rule + 1 :])]
    assert here.frame.moment.neuron in numbers
    assert len(numbers) == sum(span.text[0].isalnum() for span in spans if span.text.strip())
