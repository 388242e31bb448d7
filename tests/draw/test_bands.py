"""Numbers win: where panels side by side would show a weight as a bar, bands show it, and all of its step, as numbers."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from nntui.draw.bands.plan import plan
from nntui.draw.base.plain_text import plain_with_marks
from nntui.draw.base.shorten import shortened
from nntui.draw.base.spans import width
from nntui.draw.layout.foot import KeyHint
from nntui.draw.screen import screen
from nntui.engine.network import Layer, Network, from_matrices
from nntui.training.cell import Cell
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from tests import goldens
from tests.scenes import view
from tests.strategies import examples

SHOWN = ("input", "weight", "update", "gradient", "z", "a", "slope", "delta", "y")
HINTS = [KeyHint("←→", "step", "forward"), KeyHint("?", "help", "help"), KeyHint("q", "quit", "quit")]


def umbrella():
    """3-2-2 with ordinary names: too wide for two panels at 80 cells."""
    network = Network(3, (Layer(2, "tanh"), Layer(2, "sigmoid")), eta=0.1)
    matrices = [np.array([[0.1, 0.5, -0.3, 0.1], [0, 0.2, 0.4, -0.6]]), np.array([[0, 1.0, -1], [0.2, 0.5, 0.5]])]
    return Scenario(
        "Umbrella or not",
        network,
        from_matrices(network, matrices),
        np.array([[0.8, -0.2, 0.1], [0.1, 0.5, 0.9]]),
        np.array([[1.0, 0.0], [0.0, 1.0]]),
        50,
        input_names=("humidity", "pressure", "temperature"),
        neuron_names=(("wet", "warm"), ("umbrella", "sunglasses")),
    )


def numbers_on(block):
    """The cells of the network whose numbers stand on a screen as numbers."""
    found = {}
    for line in block[2:]:
        for span in line:
            text = span.text.strip().replace("−", "-")
            if isinstance(span.target, Cell) and text and span.text.strip(" ") not in ("·", ""):
                try:
                    found.setdefault(span.target, float(text.removeprefix("+")))
                except ValueError:
                    continue
    return found


def needed(frame):
    """What a step must show: the weights it is about, z, a, σ′, δ of its layer as far as they are known, and all targets."""
    layer, course = max(frame.moment.layer, 1), frame.course
    top, network = len(course.units), frame.scenario.network
    cells = {Cell("y", top, k) for k in range(1, course.units[-1] + 1)}
    for k in range(1, course.units[layer - 1] + 1):
        for kind, known in (("z", "z"), ("a", "a"), ("delta", "delta"), ("slope", "delta")):
            if frame.knows(known, layer, k) and not (kind == "slope" and network.layers[layer - 1].activation == "softmax"):
                cells.add(Cell(kind, layer, k))
        for j in range(0 if network.layers[layer - 1].biases else 1, network.blocks[layer - 1].inputs + 1):
            here = frame.moment.layer == layer and frame.moment.neuron == k
            if here and frame.moment.kind in ("gradient", "update"):
                cells.add(Cell("gradient" if frame.moment.kind == "gradient" else "update", layer, k, j))
            else:
                cells.add(Cell("update" if frame.knows("update", layer, k) else "weight", layer, k, j))
    return cells


@st.composite
def sheets(draw):
    """Networks up to 4-4-3 with names of any length or none, and weights up to ±99, or small."""
    sizes = [draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 3))]
    most = draw(st.sampled_from([1, 12.4, 99]))
    weights = st.floats(-most, most).map(lambda value: round(value, 2))
    last = draw(st.sampled_from(["sigmoid", "softmax", "identity"]))
    cost = "cross_entropy" if last == "softmax" else "half_squared_error"
    network = Network(
        sizes[0], (Layer(sizes[1], draw(st.sampled_from(["tanh", "relu", "sigmoid"]))), Layer(sizes[2], last)), cost=cost, eta=0.1
    )
    matrices = [
        np.array([[draw(weights) for _ in range(1 + below)] for _ in range(here)], dtype=float) for below, here in pairwise(sizes)
    ]
    longest = draw(st.sampled_from([0, 3, 8, 30]))
    alphabet = st.one_of(st.characters(whitelist_categories=("Ll", "Lu", "Nd")), st.sampled_from("äöüß湿度気圧"))
    names = st.text(alphabet, min_size=1, max_size=longest)
    called = tuple(tuple(draw(names) for _ in range(size)) for size in sizes) if longest else ((), *[()] * (len(sizes) - 1))
    x = np.array([[draw(st.floats(-9, 9).map(lambda value: round(value, 2))) for _ in range(sizes[0])]])
    y = np.eye(sizes[2])[:1]
    return Scenario("sheet", network, from_matrices(network, matrices), x, y, 3, input_names=called[0], neuron_names=called[1:])


@examples(240)
@given(sheets(), st.data())
def test_a_sheet_up_to_4_4_3_shows_all_numbers_of_its_step_at_80x24(scenario, data):
    timeline = Timeline(scenario)
    step = data.draw(st.integers(0, timeline.course.last))
    here = view(timeline, step)
    block = screen(here, 80, 24, HINTS)
    assert len(block) == 24
    assert {width(line) for line in block} == {80}
    feeding = {cell for cell in here.sources if cell.kind in SHOWN}
    assert needed(here.frame) | feeding <= set(numbers_on(block))


def test_every_step_of_the_umbrella_shows_every_weight_and_target():
    timeline = Timeline(umbrella())
    for step in range(timeline.course.length):
        here = view(timeline, step)
        shown = numbers_on(screen(here, 80, 24, HINTS))
        assert needed(here.frame) <= set(shown)
        for cell, value in shown.items():
            if cell.kind == "y":
                assert value == here.frame.y(cell.neuron)


@pytest.mark.parametrize("address", ["start", "1:1:delta:1:1", "1:1:gradient:2:2", "1:1:update:2:1", "1:2:z:1:2"])
def test_golden_of_bands(address):
    timeline = Timeline(umbrella())
    block = screen(view(timeline, timeline.course.parse(address)), 80, 24, HINTS)
    goldens.check(f"screen/umbrella-80x24-{address.replace(':', '-')}.txt", plain_with_marks(block))


def test_nothing_moves_within_a_data_point():
    timeline = Timeline(umbrella())
    plans = {plan(view(timeline, step), 80, 15) for step in range(timeline.course.length)}
    assert len(plans) == 1


def test_fewer_digits_never_show_fewer_numbers():
    timeline = Timeline(umbrella())
    step = timeline.course.parse("1:1:delta:1:1")
    shown = [
        set(numbers_on(screen(view(timeline, step, numerals=replace(view(timeline, 0).numerals, digits=digits)), 80, 24, HINTS)))
        for digits in (4, 3, 2)
    ]
    assert shown[0] == shown[1] == shown[2]


@pytest.mark.parametrize(
    ("names", "cells", "short"),
    [
        (["humidity", "pressure"], 8, ["humidity", "pressure"]),
        (["temperature", "pressure"], 8, ["tempera…", "pressure"]),
        (
            ["sepal length in cm", "sepal width in cm", "petal length in cm", "petal width in cm"],
            7,
            ["sep len", "sep wid", "pet len", "pet wid"],
        ),
        (["measurement1", "measurement2"], 7, ["mea…nt1", "mea…nt2"]),
        (["one and the same", "one and the same"], 7, ["one an…", "one an…"]),
    ],
)
def test_names_are_cut_so_that_they_stay_apart(names, cells, short):
    assert shortened(names, cells) == short


def test_long_names_have_the_room_that_wider_columns_leave():
    network = Network(2, (Layer(2, "sigmoid"), Layer(2, "sigmoid")), eta=0.5)
    scenario = Scenario("names", network, np.full(12, 0.25), np.ones((1, 2)), np.array([[0.01, 0.99]]), 3)
    hidden = ("the_first_hidden_neuron_", "the_second_hidden_neuron")
    outputs = ("probability_of_a_failure", "probability_of_no_fault_")
    inputs = ("temperature_of_the_water", "Umdrehungen_der_Maschine")
    timeline = Timeline(replace(scenario, input_names=inputs, neuron_names=(hidden, outputs)))
    lines = plain_with_marks(screen(view(timeline, timeline.course.parse("1:1:cost")), 120, 40, HINTS))
    assert "probability_of_a_…" in lines
    assert "the_first_hidden_…" in lines


@examples(100)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8, unique=True), st.integers(4, 12))
def test_names_that_differ_never_read_the_same(names, cells):
    short = shortened(names, cells)
    assert all(cell_len(text) <= cells for text in short)


@pytest.mark.parametrize(
    ("sizes", "theta", "address"),
    [
        ((2, 1, 1), [0, 0, -10, 0, 0], "start"),  # a weight that is wider than a column of panels
        ((4, 1, 3), [20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "3:1:delta:2:2"),  # saturated: δ and gradients have powers of ten
    ],
)
def test_wide_numbers_of_a_small_network_stay_numbers(sizes, theta, address):
    network = Network(sizes[0], (Layer(sizes[1], "relu"), Layer(sizes[2], "sigmoid")), eta=0.1)
    scenario = Scenario("wide", network, np.array(theta, dtype=float), np.zeros((1, sizes[0])), np.eye(sizes[2])[:1], 3)
    scenario = replace(scenario, neuron_names=(("h",), ("low", "mid", "top")[: sizes[2]]))
    timeline = Timeline(scenario)
    here = view(timeline, timeline.course.parse(address))
    assert needed(here.frame) <= set(numbers_on(screen(here, 80, 24, HINTS)))
