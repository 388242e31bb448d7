"""The network as a graph: the numbers of the panels, a dashed line for w < 0, brighter for a larger |w|, the step's path lit."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain, plain_with_marks
from nntui.draw.base.spans import width
from nntui.draw.charts.braille import Raster, dots_of
from nntui.draw.graph.edges import FAINT, STRONGEST, edge_role, place_numbers, strip
from nntui.draw.graph.graph import graph_block
from nntui.draw.graph.places import columns_of
from nntui.draw.screen import screen
from nntui.explain.equations.cells import OF_WEIGHT
from nntui.explain.equations.cursor import lit_cell
from nntui.explain.paths import paths_of
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests import goldens
from tests.draw.reading import check_numbers, numbers_of
from tests.explain.test_cursor import laid_out
from tests.scenes import view, wide
from tests.strategies import examples, scenarios, wild_numbers

SIZES = [(60, 20), (61, 23), (80, 24), (99, 29), (110, 31), (120, 40), (160, 45), (200, 60)]
NAMES = ["single-neuron", "two-by-two", "xor", "iris", "digits", "spiral", "wide"]


def timeline_of(name):
    return Timeline(wide() if name == "wide" else load(name))


def some_steps(timeline):
    """The first step of a data point, and the last of each of its groups."""
    course = timeline.course
    start = course.length if course.iterations > 1 else 0
    return [start, *(start + group.last for group in course.groups)]


def strips_of(here, cells=120, height=30):
    """The strips between the columns of a graph."""
    return [strip(here, lower, upper) for lower, upper in pairwise(columns_of(here, cells - 2, height - 2))]


def edges_of(here, cells=120, height=30):
    """(layer, neuron, sender) → edge."""
    return {(s.upper.layer, edge.neuron, edge.sender): edge for s in strips_of(here, cells, height) for edge in s.edges}


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("digits", "wide")])
def test_every_neuron_of_the_graph_has_the_number_of_the_panels(name):
    timeline = timeline_of(name)
    for step in some_steps(timeline):
        here = view(timeline, step)
        for cells, height in ((60, 8), (80, 12), (120, 30)):
            block = graph_block(here, cells, height)
            check_numbers(block, here.frame)
            shown = {(cell.layer, cell.neuron) for cell, _ in numbers_of(block) if cell.kind in ("input", "z", "a", "delta")}
            columns = columns_of(here, cells - 2, height - 2)
            assert shown == {(column.layer, k) for column in columns for k in column.neurons}


@pytest.mark.parametrize("name", ["two-by-two", "xor", "iris", "tanh-relu", "zero-start"])
def test_dashed_is_below_zero_and_brighter_is_larger(name):
    timeline = timeline_of(name)
    here = view(timeline, timeline.course.length * timeline.course.points)
    tiers = ["edge_1", "edge_2", "edge_3"]
    for drawn in strips_of(here):
        matrix = here.frame.weights_before(drawn.upper.layer)
        by_size = sorted(((abs(matrix[e.neuron - 1, e.sender]), e) for e in drawn.edges), key=lambda pair: -pair[0])
        places = [tiers.index(edge_role(edge, beside_path=False).replace("minus_", "")) for _, edge in by_size if not edge.rank]
        assert places == sorted(places)
        for size, edge in by_size:
            assert abs(edge.weight) == size
            assert ("minus" in edge_role(edge, beside_path=False)) == (edge.weight < 0.0 and not edge.rank)


def test_an_edge_is_a_dot_wide(monkeypatch):
    drawn = []
    original = Raster.line
    monkeypatch.setattr(Raster, "line", lambda raster, *line: (drawn.append(line), original(raster, *line)))
    here = view(timeline_of("iris"), 24)
    graph_block(here, 120, 30)
    assert drawn
    for _start, _end, _role, thick, _dashed in drawn:
        assert thick == 1
    assert sorted(dashed for *_, dashed in drawn) == sorted(edge.weight < 0.0 for edge in edges_of(here).values())


@pytest.mark.sweep
@pytest.mark.parametrize("name", ["two-by-two", "xor", "iris", "tanh-relu", "encoder"])
@pytest.mark.parametrize(("cells", "height"), [(80, 12), (120, 30), (200, 50)])
def test_numbers_cover_no_edge_that_is_drawn_before_them(name, cells, height):
    """And edges that are weaker leave a blank round them."""
    timeline = timeline_of(name)
    for step in some_steps(timeline)[::3]:
        here = view(timeline, step)
        for drawn in strips_of(here, cells, height):
            labels = {}
            place_numbers(here, drawn, height - 2, labels)
            numbers = {text[0].target: (x, y, text[0].width) for y, found in labels.items() for x, text in found}
            taken = list(numbers.values())
            for one in range(len(taken)):
                for x, y, size in taken[one + 1 :]:
                    assert y != taken[one][1] or x + size < taken[one][0] or x > taken[one][0] + taken[one][2]
            order = [(edge.neuron, edge.sender) for edge in drawn.edges]
            for cell, (x, y, size) in numbers.items():
                place = order.index((cell.neuron, cell.sender))
                for edge in drawn.edges[: place + 1]:
                    across, down = dots_of(edge.start, edge.end)
                    assert not ((down // 4 == y) & (across // 2 >= x - 1) & (across // 2 <= x + size)).any()


def test_small_networks_have_all_their_weights_as_numbers():
    for name, cells, height in [("xor", 120, 20), ("two-by-two", 120, 20), ("xor", 80, 14)]:
        here = view(timeline_of(name), 3)
        cells_shown = {cell for cell, _ in numbers_of(graph_block(here, cells, height)) if cell.kind == "weight"}
        units, inputs = here.frame.course.units, here.frame.scenario.network.sizes
        wanted = {
            Cell("weight", layer, k, j)
            for layer in range(1, len(units) + 1)
            for k in range(1, units[layer - 1] + 1)
            for j in range(inputs[layer - 1] + 1)
        }
        assert wanted <= cells_shown, wanted - cells_shown


def test_of_many_weights_the_strongest_are_drawn_and_the_foot_counts_them():
    here = view(timeline_of("iris"), 24)
    drawn = strips_of(here)
    for one in drawn:
        quiet = [edge.share for edge in one.edges if not edge.rank]
        assert len(quiet) <= STRONGEST
        assert min(quiet) >= FAINT
    count, total = sum(len(one.edges) for one in drawn), sum(one.total for one in drawn)
    assert (total, count < total) == (35, True)
    assert f"{count} of 35" in plain(graph_block(here, 120, 30))


def test_dashes_and_whole_lines_differ_without_colour():
    texts = []
    for dashed in (False, True):
        raster = Raster(20, 1)
        raster.line((0, 0.5), (20, 0.5), "past", 2, dashed)
        texts.append(plain([raster.spans(0, 0, 20)]))
    assert " " not in texts[0].strip()
    assert texts[1].count(" ") > 2


@pytest.mark.parametrize("name", ["two-by-two", "xor", "iris"])
def test_the_path_of_the_step_is_lit(name):
    timeline = timeline_of(name)
    for step in some_steps(timeline):
        here = view(timeline, step)
        lines = {place: edge_role(edge, beside_path=True) for place, edge in edges_of(here).items()}
        lit = {(c.layer, c.neuron, c.sender) for c in here.lit | here.sources if c.kind in OF_WEIGHT and c.sender}
        assert {place for place, role in lines.items() if role == "edge_path"} == lit


def test_the_lit_lines_have_their_numbers():
    timeline = timeline_of("two-by-two")
    for address, cells in [
        ("1:1:z:1:2", [Cell("weight", 1, 2, 1), Cell("weight", 1, 2, 2)]),
        ("1:1:delta:1:2", [Cell("weight", 2, 1, 2), Cell("weight", 2, 2, 2)]),
        ("1:1:gradient:2:1", [Cell("gradient", 2, 1, 1), Cell("gradient", 2, 1, 2)]),
        ("1:1:update:2:1", [Cell("update", 2, 1, 1), Cell("update", 2, 1, 2)]),
    ]:
        block = graph_block(view(timeline, timeline.course.parse(address)), 120, 20)
        assert set(cells) <= {cell for cell, _ in numbers_of(block)}, address


@pytest.mark.parametrize("name", ["two-by-two", "iris"])
def test_a_cursor_is_visible(name):
    timeline = timeline_of(name)
    frame = timeline.frame(timeline.course.length - 1)
    wanted = ("input", "z", "a", "delta", "weight", "gradient", "update")
    cells = [cell for cell in sorted(laid_out(frame), key=str) if cell.kind in wanted]
    for cell in cells[:: 1 if name == "two-by-two" else 43]:
        block = graph_block(view(timeline, frame.step, cursor=cell), 120, 26)
        assert {span.target for line in block for span in line if span.role == "cursor"} == {cell}


def test_a_long_name_is_whole_where_there_is_room_and_covers_no_number():
    timeline = Timeline(replace(load("two-by-two"), neuron_names=(("temperature", "sunglasses"), ("o1", "o2"))))
    step = timeline.course.parse("1:1:delta:1:1")
    wide, narrow = (plain(graph_block(view(timeline, step), cells, 30)) for cells in (200, 120))
    assert "─ temperature ─" in wide and "─ sunglasses ─" in wide
    assert all(weight in wide for weight in ("0.4000", "0.4500", "0.5000", "0.5500"))
    assert "─ tempera… ─" in narrow and "─ sunglas… ─" in narrow


def test_the_biases_have_their_place_in_the_cards():
    here = view(timeline_of("two-by-two"), 3)
    shown = [cell for cell, _ in numbers_of(graph_block(here, 80, 14)) if cell.kind == "weight" and cell.sender == 0]
    assert len(shown) == 4
    without = numbers_of(graph_block(view(timeline_of("no-bias"), 3), 80, 14))
    assert not [cell for cell, _ in without if cell.kind == "weight" and cell.sender == 0]


@pytest.mark.sweep
@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_every_size_is_filled(name, cells, height):
    timeline = timeline_of(name)
    for step in some_steps(timeline)[:: 1 if name == "two-by-two" else 4]:
        for cursor in (None, lit_cell(timeline.frame(step))):
            here = view(timeline, step, graph=True, cursor=cursor)
            block = screen(here, cells, height, [])
            assert len(block) == height
            assert {width(line) for line in block} == {cells}
            assert "the network" in plain(block)
            check_numbers(block, here.frame)


@examples(60)
@given(scenarios(most_points=2, most_epochs=3, most_layers=8), st.sampled_from(SIZES), st.data())
def test_of_any_network(scenario, size, data):
    whole(scenario, size, data)


@examples(60)
@given(scenarios(numbers=wild_numbers, most_points=2, most_epochs=3), st.sampled_from(SIZES), st.data())
def test_of_any_wild_one(scenario, size, data):
    whole(scenario, size, data)


def whole(scenario, size, data):
    timeline = Timeline(scenario)
    step, then = (data.draw(st.integers(0, timeline.course.last)) for _ in range(2))
    here = view(timeline, step, graph=True)
    block = screen(here, *size, [])
    assert len(block) == size[1]
    assert {width(line) for line in block} == {size[0]}
    check_numbers(block, here.frame)
    changes = screen(view(timeline, step, graph=True, then=timeline.frame(then)), *size, [])
    assert {width(line) for line in changes} == {size[0]}


def test_under_it_one_looks_at_functions():
    here = view(timeline_of("xor"), 5, graph=True)
    assert "σ sigmoid" in plain(screen(here, 80, 24, []))
    assert "─ data ─" not in plain(screen(here, 80, 24, []))
    assert "─ data ─" in plain(screen(here, 120, 40, []))


def test_numbers_of_all_neurons_come_before_the_plot():
    here = view(timeline_of("two-by-two"), 5, graph=True)
    shown = {cell for cell, _ in numbers_of(screen(here, 80, 24, [])) if cell.kind in ("z", "a", "delta", "y")}
    assert len(shown) == 2 * 3 + 2 * 4


@pytest.mark.parametrize(("cells", "height"), [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    ("name", "address"), [("two-by-two", "1:1:delta:1:2"), ("two-by-two", "1:1:cost"), ("digits", "1:1:z:2:3")]
)
def test_golden_of_the_graph(name, address, cells, height):
    timeline = timeline_of(name)
    here = view(timeline, timeline.course.parse(address), graph=True)
    text = plain_with_marks(screen(here, cells, height, []))
    goldens.check(f"screen/{name}-{cells}x{height}-{address.replace(':', '-')}-graph.txt", text)


def number_places(here):
    """(x, y, cell) of the numbers between the columns."""
    places = []
    for drawn in strips_of(here):
        labels = {}
        place_numbers(here, drawn, 28, labels)
        places += [(x, y, span.target) for y, found in labels.items() for x, (span,) in found]
    return places


@pytest.mark.parametrize(("name", "address"), [("xor", "1:2:z:1:1"), ("xor", "1:2:delta:1:2"), ("iris", "1:2:z:1:3")])
def test_lines_and_numbers_stay_where_they_are_while_one_path_after_the_other_is_lit(name, address):
    timeline = timeline_of(name)
    step = view(timeline, timeline.course.parse(address))
    assert number_places(step)
    for lit in paths_of(step.frame, step.notation, step.numerals):
        one = replace(step, path=lit)
        assert list(edges_of(one)) == list(edges_of(step))
        assert number_places(one) == number_places(step)


def test_of_a_wide_fan_the_line_that_is_lit_alone_is_drawn():
    timeline = timeline_of("digits")
    step = view(timeline, timeline.course.parse("1:1:z:1:1"))
    *paths, whole = paths_of(step.frame, step.notation, step.numerals)
    drawn = set(edges_of(step))
    for lit in paths:
        edges = edges_of(replace(step, path=lit))
        weights = {(cell.layer, cell.neuron, cell.sender) for cell in lit.cells if cell.kind in OF_WEIGHT and cell.sender}
        assert {place for place, edge in edges.items() if edge.lit} == weights & set(edges)
        assert set(edges) - drawn <= weights
    assert set(edges_of(replace(step, path=whole))) == drawn
