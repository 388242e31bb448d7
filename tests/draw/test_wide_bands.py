"""Networks that are wider or higher than four neurons: the layer of the step is all numbers, and what gives way is said."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.bands.bands import bands_block
from nntui.draw.bands.plan import _planner, plan
from nntui.draw.base.plain_text import plain, plain_with_marks
from nntui.draw.base.spans import width
from nntui.draw.screen import screen
from nntui.engine.network import Layer, Network, from_matrices
from nntui.explain.notation.numerals import MINUS
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from tests import goldens
from tests.draw.reading import check_numbers, numbers_of
from tests.draw.test_bands import HINTS, SHOWN, needed, numbers_on
from tests.explain.test_cursor import laid_out
from tests.scenes import view
from tests.strategies import examples

ROOM = 80, 15  # cells of the bands at 80x24, and their lines at most
MOST_UNITS = ((4, 11), (8, 6), (13, 4), (22, 2))  # inputs, and neurons that fit there whatever their numbers are


def network_of(sizes, matrices, *, last="sigmoid", named=False):
    """A network with weights; y has a one for each output in turn."""
    layers = (*(Layer(units, "tanh") for units in sizes[1:-1]), Layer(sizes[-1], last))
    network = Network(sizes[0], layers, cost="cross_entropy" if last == "softmax" else "half_squared_error", eta=0.1)
    x = np.round(np.random.default_rng(3).uniform(-1, 1, (2, sizes[0])), 2)
    names = [tuple(f"neuron {k} of {layer}" for k in range(1, size + 1)) for layer, size in enumerate(sizes)]
    called = {"input_names": names[0], "neuron_names": tuple(names[1:])} if named else {}
    return Scenario("wide", network, from_matrices(network, matrices), x, np.eye(sizes[-1])[[0, -1]], 3, **called)


def drawn(*sizes, **options):
    """A network with weights of two decimals, drawn at random."""
    draw = np.random.default_rng(7)
    return network_of(sizes, [np.round(draw.uniform(-1, 1, (here, below + 1)), 2) for below, here in pairwise(sizes)], **options)


@st.composite
def wide_sheets(draw):
    """Networks that fit at 80x24, with names or none, and weights up to ±99, or small."""
    sizes = [draw(st.integers(1, 22))]
    for _ in range(draw(st.integers(1, 3))):
        most = next(units for inputs, units in MOST_UNITS if sizes[-1] <= inputs)
        sizes.append(draw(st.integers(1, most)))
    most, seed = draw(st.sampled_from([0.01, 1.0, 12.4, 99.0])), draw(st.integers(0, 2**16))
    numbers = np.random.default_rng(seed)
    matrices = [np.round(numbers.uniform(-most, most, (here, below + 1)), 2) for below, here in pairwise(sizes)]
    return network_of(sizes, matrices, last=draw(st.sampled_from(["sigmoid", "softmax", "identity"])), named=draw(st.booleans()))


def decimals(text):
    return len(text.partition(".")[2])


@examples(150)
@given(wide_sheets(), st.data())
def test_the_layer_of_the_step_is_all_numbers_with_two_decimals_at_least(scenario, data):
    timeline = Timeline(scenario)
    here = view(timeline, data.draw(st.integers(0, timeline.course.last)))
    block = screen(here, 80, 24, HINTS)
    assert len(block) == 24
    assert {width(line) for line in block} == {80}
    check_numbers(block, here.frame)
    shown = numbers_on(block)
    assert {cell for cell in needed(here.frame) | here.lit if cell.kind in SHOWN and cell.kind != "y"} <= set(shown)
    found = plan(here, *ROOM)
    if found is not None:
        for cell, text in numbers_of(bands_block(here, found, 80, found.height)):
            value = shown.get(cell, 0.0) if cell.kind != "y" else 0.0
            if 0.01 <= abs(value) < 10 and "e" not in text:
                assert decimals(text.replace(MINUS, "")) >= 2, (cell, text)


@pytest.mark.parametrize(
    "sizes", [(8, 4, 2), (4, 6, 3), (6, 5, 4), (13, 4, 1), (5, 8, 3), (2, 8, 1), (10, 6, 3), (8, 6, 4), (3, 4, 4, 3, 2)]
)
def test_nothing_moves_between_two_steps_of_a_layer_and_the_height_is_always_the_same(sizes):
    timeline = Timeline(drawn(*sizes))
    plans = {}
    for step in range(timeline.course.length):
        here = view(timeline, step)
        plans.setdefault(max(here.frame.moment.layer, 1), set()).add(plan(here, *ROOM))
    assert all(len(found) == 1 for found in plans.values())
    assert len({one.height for found in plans.values() for one in found}) == 1


@pytest.mark.parametrize("sizes", [(8, 6, 4), (12, 4, 2), (3, 20, 2), (2, 3, 3, 3, 3, 2)])
@pytest.mark.parametrize("height", [10, 15])
def test_the_cursor_and_what_is_lit_are_visible_at_once(sizes, height):
    timeline = Timeline(drawn(*sizes))
    for step in range(0, timeline.course.length, 11):
        cells = sorted((cell for cell in laid_out(timeline.frame(step)) if cell.kind != "cost"), key=str)
        for cell in cells[step % 17 :: 17]:
            here = view(timeline, step, cursor=cell)
            found = plan(here, 80, height)
            if found is None:
                continue
            block = bands_block(here, found, 80, found.height)
            spans = [span for line in block for span in line]
            assert {span.target for span in spans if span.role == "cursor"} == {cell}, (str(here.frame.address), cell)
            numbers = {(one.layer, one.neuron) for one in here.lit if one.kind not in ("cost", "input")}
            elsewhere = numbers - {(cell.layer, cell.neuron)}  # of one neuron a line has either its weights or its gradient
            assert any(span.role == "lit" for span in spans) or not elsewhere, (str(here.frame.address), cell)


def test_a_band_has_columns_of_its_own_where_shared_ones_would_lose_a_digit():
    timeline = Timeline(drawn(5, 3, 2))
    here = view(timeline, timeline.course.parse("1:1:cost"))
    found = plan(here, *ROOM)
    assert [band.layout.numerals.digits for band in found.bands] == [2, 4]
    texts = dict(numbers_of(bands_block(here, found, 80, found.height)))
    assert decimals(texts[Cell("weight", 1, 1, 1)]) == 2
    assert decimals(texts[Cell("weight", 2, 1, 1)]) == 4


@pytest.mark.parametrize(
    ("sizes", "address", "words"),
    [
        ((8, 4, 2), "1:1:z:1:1", ["layer 2 sigmoid  in short, 8 weights as bars"]),
        ((8, 4, 2), "1:1:z:2:1", ["layer 1 tanh  in short, 32 weights as bars"]),
        ((8, 6, 4), "1:1:z:1:1", ["layer 2 sigmoid  … 24 weights  δ²"]),
        ((3, 20, 1), "1:1:z:1:1", ["layer 1 tanh  neurons 1–11 of 20", "layer 1 of 2"]),
        ((3, 20, 1), "1:1:z:1:20", ["layer 1 tanh  neurons 10–20 of 20", "layer 1 of 2"]),
        ((2,) * 14, "1:1:z:13:1", ["… 4 weights", "layers 4–13 of 13"]),
    ],
)
def test_what_gives_way_is_said(sizes, address, words):
    timeline = Timeline(drawn(*sizes))
    text = plain(screen(view(timeline, timeline.course.parse(address)), 80, 24, HINTS))
    for part in words:
        assert part in text


@pytest.mark.parametrize("sizes", [(8, 4, 2), (4, 6, 3), (6, 5, 4), (13, 4, 1), (2, 8, 1)])
def test_what_feeds_delta_of_a_hidden_neuron_is_a_number_though_its_layer_is_in_short(sizes):
    timeline = Timeline(drawn(*sizes))
    for k in range(1, sizes[1] + 1):
        here = view(timeline, timeline.course.parse(f"1:1:delta:1:{k}"))
        assert {cell for cell in here.sources if cell.kind in SHOWN} <= set(numbers_on(screen(here, 80, 24, HINTS)))


def test_a_line_to_spare_has_every_delta_of_the_layer_above():
    timeline = Timeline(drawn(2, 8, 8, 1))
    here = view(timeline, timeline.course.parse("1:1:delta:1:7"))
    block = screen(here, 80, 24, HINTS)
    check_numbers(block, here.frame)
    assert {Cell("delta", 2, k) for k in range(1, 9)} <= set(numbers_on(block))
    lines = plain(block).split("\n")
    lower = next(place for place, line in enumerate(lines) if line.startswith("╰"))
    assert lines[lower - 1].strip("│ "), "an empty line above the lower border"


@pytest.mark.parametrize("sizes", [(5, 8, 3), (13, 4, 1), (4, 4, 4, 4), (2,) * 11])
def test_in_a_high_window_gradients_and_far_layers_give_way_to_the_plot(sizes):
    timeline = Timeline(drawn(*sizes))
    heights = set()
    for step in range(0, timeline.course.length, 5):
        here = view(timeline, step)
        lines = plain(screen(here, 120, 40, HINTS)).split("\n")
        assert any(line.startswith("╭─ cost") for line in lines), str(here.frame.address)
        found = plan(here, 120, 31)
        present = max(here.frame.moment.layer, 1)
        near = [band for band in found.bands if abs(band.layer - present) < 2]
        assert not any(band.short for band in near), str(here.frame.address)
        heights.add(found.height)
    assert len(heights) == 1


def test_far_layers_are_not_shortened_for_a_plot_that_has_no_room_even_so():
    timeline = Timeline(drawn(4, 4, 4, 4))
    here = view(timeline, timeline.course.parse("1:1:z:1:1"))
    text = plain(screen(here, 100, 30, HINTS))
    assert "layer 3 sigmoid  in short, 16 weights as bars" in text


@pytest.mark.parametrize(
    ("sizes", "address", "end"),
    [((6, 5, 4), "1:1:update:1:3", "it was −0.9333."), ((8, 4, 2), "1:1:update:2:1", "it was −0.0959.")],
)
def test_a_list_loses_numbers_before_the_sentence_loses_words(sizes, address, end):
    timeline = Timeline(drawn(*sizes, named=sizes[0] == 8))
    text = " ".join(plain(screen(view(timeline, timeline.course.parse(address)), 80, 24, HINTS)).split())
    assert end in text
    assert "more …" in text


def test_the_steps_of_a_data_point_share_one_plan_where_changes_are_shown_too():
    timeline = Timeline(drawn(8, 4, 2))
    length = timeline.course.length
    _planner.cache_clear()
    for m in range(length):
        assert plan(replace(view(timeline, length + m), then=timeline.frame(m)), *ROOM)
    assert _planner.cache_info().misses == 1


def test_the_weights_of_an_image_stay_bars_beside_it_however_large_the_window():
    timeline = Timeline(load("digits"))
    here = view(timeline, timeline.course.parse("1:1:z:1:1"))
    assert plan(here, 300, 100) is None
    assert "▄+ ▀−" in (shown := plain(screen(here, 200, 60, HINTS)))
    assert "cost" in shown


def test_neurons_that_panels_would_scroll_stand_in_bands():
    timeline = Timeline(drawn(3, 8))
    here = view(timeline, timeline.course.parse("1:1:delta:1:8"))
    assert needed(here.frame) <= set(numbers_on(screen(here, 80, 24, HINTS)))


@pytest.mark.parametrize(
    ("sizes", "address"), [((8, 4, 2), "1:1:delta:1:3"), ((8, 4, 2), "1:1:gradient:2:1"), ((10, 6, 3), "1:1:update:1:2")]
)
def test_golden_of_a_wide_network(sizes, address):
    timeline = Timeline(drawn(*sizes, named=sizes[0] == 8))
    block = screen(view(timeline, timeline.course.parse(address)), 80, 24, HINTS)
    goldens.check(f"screen/{'-'.join(map(str, sizes))}-80x24-{address.replace(':', '-')}.txt", plain_with_marks(block))
