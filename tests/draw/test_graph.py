"""The network as a graph: the numbers of the panels, a dashed line for w < 0, thicker for a larger |w|, the step's path lit."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.braille import Raster
from nntui.draw.base.spans import plain, plain_with_marks, width
from nntui.draw.network import graph
from nntui.draw.network.graph import graph_block
from nntui.draw.screen import screen
from nntui.explain.equations.cursor import lit_cell
from nntui.explain.equations.equation import Cell
from nntui.files.library import load
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


class Drawn:
    """What is drawn in the raster, line by line: (start, end, role, thick, dashed)."""

    def __init__(self, monkeypatch):
        self.lines = []
        original = Raster.line

        def line(raster, start, end, role, thick=1, dashed=False):
            self.lines.append((start, end, role, thick, dashed))
            original(raster, start, end, role, thick, dashed)

        monkeypatch.setattr(Raster, "line", line)

    def of(self, here, cells=120, height=30):
        """(layer, neuron, sender) → (role, thick, dashed)."""
        self.lines.clear()
        graph_block(here, cells, height)
        columns = graph._columns(here, cells - 2, height - 2)
        found = {}
        for lower, upper in pairwise(columns):
            senders = {y + 0.5: j for j, y in zip(lower.neurons, lower.rows, strict=True)}
            receivers = {y + 0.5: k for k, y in zip(upper.neurons, upper.rows, strict=True) if k}
            for start, end, *looks in self.lines:
                if start[0] == lower.x + lower.size + 1:
                    found[upper.layer, receivers[end[1]], senders[start[1]]] = tuple(looks)
        return found


@pytest.fixture
def drawn(monkeypatch):
    return Drawn(monkeypatch)


@pytest.mark.parametrize("name", NAMES)
def test_every_neuron_of_the_graph_has_the_number_of_the_panels(name):
    timeline = timeline_of(name)
    for step in some_steps(timeline):
        here = view(timeline, step)
        for cells, height in ((60, 8), (80, 12), (120, 30)):
            block = graph_block(here, cells, height)
            check_numbers(block, here.frame)
            shown = {(cell.layer, cell.neuron) for cell, _ in numbers_of(block) if cell.kind in ("input", "z", "a", "delta")}
            columns = graph._columns(here, cells - 2, height - 2)
            assert shown == {(column.layer, k) for column in columns for k in column.neurons if k}


@pytest.mark.parametrize("name", ["two-by-two", "xor", "iris", "tanh-relu", "zero-start"])
def test_dashed_is_below_zero_and_thicker_is_larger(name, drawn):
    timeline = timeline_of(name)
    here = view(timeline, timeline.course.length * timeline.course.points)
    lines = drawn.of(here)
    for layer in range(1, len(here.frame.course.units) + 1):
        matrix = here.frame.weights_before(layer)
        of_layer = {(k, j): looks for (at, k, j), looks in lines.items() if at == layer}
        by_size = sorted((abs(matrix[k - 1, j]), thick) for (k, j), (_, thick, _) in of_layer.items())
        assert [thick for _, thick in by_size] == sorted(thick for _, thick in by_size)
        assert all(1 <= thick <= graph.THICKEST for _, thick in by_size)
        assert by_size[-1][1] == (graph.THICKEST if by_size[-1][0] else 1)
        for (k, j), (_, _, dashed) in of_layer.items():
            assert dashed == (matrix[k - 1, j] < 0.0)


def test_dashes_and_whole_lines_differ_without_colour():
    texts = []
    for dashed in (False, True):
        raster = Raster(20, 1)
        raster.line((0, 0.5), (20, 0.5), "past", 2, dashed)
        texts.append(plain([raster.spans(0, 0, 20)]))
    assert " " not in texts[0].strip()
    assert texts[1].count(" ") > 2


@pytest.mark.parametrize("name", ["two-by-two", "xor", "iris", "digits"])
def test_the_path_of_the_step_is_lit(name, drawn):
    timeline = timeline_of(name)
    for step in some_steps(timeline):
        here = view(timeline, step)
        lines = drawn.of(here)
        lit = {(c.layer, c.neuron, c.sender) for c in here.lit if c.kind in graph.WEIGHTS}
        used = {(c.layer, c.neuron, c.sender) for c in here.sources if c.kind in graph.WEIGHTS} - lit
        assert {place for place, (role, *_) in lines.items() if role == "present"} <= lit
        assert {place for place, (role, *_) in lines.items() if role == "tangent"} <= used
        if name != "digits":
            assert {place for place, (role, *_) in lines.items() if role in ("present", "tangent")} == lit | used


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


@pytest.mark.parametrize("name", ["two-by-two", "iris", "wide"])
def test_a_cursor_is_visible(name):
    timeline = timeline_of(name)
    frame = timeline.frame(timeline.course.length - 1)
    wanted = ("input", "z", "a", "delta", "weight", "gradient", "update")
    cells = [cell for cell in sorted(laid_out(frame), key=str) if cell.kind in wanted]
    for cell in cells[:: 1 if name == "two-by-two" else 43]:
        block = graph_block(view(timeline, frame.step, cursor=cell), 120, 26)
        assert {span.target for line in block for span in line if span.role == "cursor"} == {cell}


def test_the_biases_are_named():
    here = view(timeline_of("two-by-two"), 3)
    assert plain(graph_block(here, 80, 12)).count("bias 1") == 2
    assert "bias" not in plain(graph_block(view(timeline_of("no-bias"), 3), 80, 12))


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
    here = view(timeline_of("two-by-two"), 5, graph=True)
    assert "σ sigmoid" in plain(screen(here, 80, 24, []))
    assert "─ data ─" not in plain(screen(here, 80, 24, []))
    assert "─ data ─" in plain(screen(here, 120, 40, []))


@pytest.mark.parametrize(("cells", "height"), [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    ("name", "address"), [("two-by-two", "1:1:delta:1:2"), ("two-by-two", "1:1:cost"), ("digits", "1:1:z:2:3")]
)
def test_golden_of_the_graph(name, address, cells, height):
    timeline = timeline_of(name)
    here = view(timeline, timeline.course.parse(address), graph=True)
    text = plain_with_marks(screen(here, cells, height, []))
    goldens.check(f"screen/{name}-{cells}x{height}-{address.replace(':', '-')}-graph.txt", text)
