"""The picture of one number laid open: exactly as large as it is told, nothing cut, nothing ahead of its step."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain, plain_with_marks
from nntui.draw.base.spans import width
from nntui.draw.panels.inspect import inspect_panel
from nntui.draw.screen import screen
from nntui.explain.equations.cells import known, value_of
from nntui.explain.equations.inspect import inspect, terms
from nntui.explain.notation.numerals import FOUR, Numerals
from nntui.explain.notation.symbols import COMMON
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests import goldens
from tests.draw.reading import is_rounding
from tests.explain.test_inspect import all_cells
from tests.scenes import view, wide
from tests.strategies import examples, scenarios, wild_numbers

SHOWN = [
    ("two-by-two", "1:1:delta:1:2", Cell("delta", 1, 2), 0),
    ("two-by-two", "1:1:delta:1:2", Cell("gradient", 1, 2, 1), None),
    ("two-by-two", "1:1:gradient:1:2", Cell("gradient", 1, 2, 1), 1),
    ("xor", "2:1:update:2:1", Cell("update", 2, 1, 0), 1),
    ("xor", "2:1:z:2:1", Cell("weight", 2, 1, 1), 0),
    ("iris", "1:1:delta:2:1", Cell("delta", 2, 1), 2),
    ("wide", "1:2:delta:1:32", Cell("z", 1, 5), 3),
    ("wide", "1:2:delta:1:32", Cell("delta", 1, 3), 9),
]


def opened(name, address, cell, notation=None, **options):
    timeline = Timeline(wide() if name == "wide" else load(name))
    here = view(timeline, timeline.course.parse(address), **({"notation": notation} if notation else {}), **options)
    return here, inspect(here.frame, cell, here.notation)


def file(kind, name, cell, cells):
    place = "-".join(str(part) for part in (cell.kind, cell.layer, cell.neuron, cell.sender) if part)
    return f"{kind}/{name}-{place}-{cells}.txt"


@pytest.mark.parametrize(("cells", "height"), [(80, 11), (120, 20)])
@pytest.mark.parametrize(("name", "address", "cell", "cursor"), SHOWN)
def test_golden_of_an_inspection(name, address, cell, cursor, cells, height):
    here, inspection = opened(name, address, cell)
    text = plain_with_marks(inspect_panel(here, inspection, cells, height, cursor))
    known_as = f"{name}-ahead" if cursor is None else name
    goldens.check(file("inspect", known_as, cell, cells), text)


@pytest.mark.parametrize(("cells", "height"), [(80, 24), (120, 40)])
def test_golden_of_the_screen_with_an_inspection(cells, height):
    here, inspection = opened("two-by-two", "1:1:delta:1:2", Cell("delta", 1, 2), cursor=Cell("delta", 1, 2))
    block = screen(here, cells, height, [], under=lambda cells, height: inspect_panel(here, inspection, cells, height, 3))
    assert {width(line) for line in block} == {cells}
    assert len(block) == height
    goldens.check(f"inspect/screen-{cells}x{height}.txt", plain(block))


def test_golden_of_an_inspection_in_the_common_notation():
    here, inspection = opened("two-by-two", "1:1:update:1:2", Cell("gradient", 1, 2, 0), COMMON)
    goldens.check("inspect/two-by-two-common-80.txt", plain_with_marks(inspect_panel(here, inspection, 80, 11, 0)))


def all_lines(here, inspection, cells, cursor=None):
    return inspect_panel(here, inspection, cells, 400, cursor)


@pytest.mark.sweep
@pytest.mark.parametrize("cells", [60, 80, 120])
@pytest.mark.parametrize("digits", [2, 4, 8, 17])
@pytest.mark.parametrize(("name", "address", "cell", "cursor"), SHOWN)
def test_every_term_is_there_whole_and_marked_by_the_cursor(name, address, cell, cursor, digits, cells):
    here, inspection = opened(name, address, cell, numerals=Numerals(digits))
    reachable = terms(inspection)
    block = all_lines(here, inspection, cells)
    check(here, inspection, block, cells)
    assert {span.target for line in block for span in line if isinstance(span.target, Cell)} - {cell} == set(reachable)
    for index, term in enumerate(reachable):
        small = inspect_panel(here, inspection, cells, 8, index)
        assert len(small) == 8
        assert {span.target for line in small for span in line if span.role == "cursor"} == {term}, "it scrolls to the cursor"


def check(here, inspection, block, cells):
    assert {width(line) for line in block} == {cells}
    assert not plain([block[-2]]).strip("│ "), "it is all there"
    assert "…" not in re.sub(r"… \d+ more", "", plain(block[1:])), "nothing is cut"
    for line in block:
        for span in line:
            if isinstance(span.target, Cell) and span.role in ("source", "strong", "cursor"):
                value = value_of(here.frame, span.target)
                if known(here.frame, span.target):
                    assert is_rounding(span.text, value), (span, value)
                else:
                    assert span.text == "·"


@examples(40)
@given(
    scenarios(most_points=2, most_epochs=2), st.integers(60, 160), st.integers(4, 30), st.sampled_from([2, 4, 9, 17]), st.data()
)
def test_of_random_networks(scenario, cells, height, digits, data):
    every_size(scenario, cells, height, digits, data)


@examples(30)
@given(
    scenarios(numbers=wild_numbers, most_points=2, most_epochs=2),
    st.integers(60, 160),
    st.integers(4, 30),
    st.sampled_from([2, 4, 9, 17]),
    st.data(),
)
def test_of_wild_ones(scenario, cells, height, digits, data):
    every_size(scenario, cells, height, digits, data)


def every_size(scenario, cells, height, digits, data):
    timeline = Timeline(scenario)
    here = view(timeline, data.draw(st.integers(0, timeline.course.last)), numerals=Numerals(digits))
    cell = data.draw(st.sampled_from(all_cells(here.frame)))
    inspection = inspect(here.frame, cell, most=data.draw(st.integers(1, 12)))
    block = all_lines(here, inspection, cells)
    check(here, inspection, block, cells)
    term = data.draw(st.integers(0, len(terms(inspection))))
    assert len(inspect_panel(here, inspection, cells, height, term)) == height


def test_no_number_is_shown_before_its_step():
    """By the bare text, over all cells and steps of a data point."""
    timeline = Timeline(load("xor"))
    course = timeline.course
    last = timeline.frame(2 * course.length - 1)
    cells = all_cells(last)
    for m in range(course.length):
        here = view(timeline, course.length + m)
        ahead = {FOUR.write(value_of(last, cell)) for cell in cells if not known(here.frame, cell)}
        ahead -= {FOUR.write(value_of(last, cell)) for cell in cells if known(here.frame, cell)} | {"0", "1.0000"}
        for cell in cells:
            if not known(here.frame, cell):
                words = set(re.findall("[0-9.e+−-]+", plain(all_lines(here, inspect(here.frame, cell), 120))))
                assert not words & ahead, (str(here.frame.address), cell)


def test_a_low_panel_shows_the_lines_around_the_term():
    here, inspection = opened("wide", "1:2:delta:1:32", Cell("z", 1, 5))
    whole = plain([line[1:-1] for line in all_lines(here, inspection, 80)[1:-1]]).rstrip().split("\n")
    begins = set()
    for term in range(len(terms(inspection))):
        lines = inspect_panel(here, inspection, 80, 6, term)[1:-1]
        first = next(at for at in range(len(whole) - 3) if [plain([line[1:-1]]) for line in lines] == whole[at : at + 4])
        assert any(span.role == "cursor" for line in lines for span in line)
        begins.add(first)
    assert {0, len(whole) - 4} <= begins


@pytest.mark.parametrize(("cells", "height", "stays"), [(80, 24, False), (120, 40, False), (150, 45, True), (200, 60, True)])
def test_in_a_wide_window_it_is_beside_plot_and_curve(cells, height, stays):
    here, inspection = opened("two-by-two", "1:1:delta:1:2", Cell("delta", 1, 2), cursor=Cell("delta", 1, 2))
    sizes = []

    def panel(wide, high):
        sizes.append((wide, high))
        return inspect_panel(here, inspection, wide, high)

    text = plain(screen(here, cells, height, [], under=panel, beside_plot=80))
    assert ("─ cost" in text) == ("σ sigmoid" in text) == ("─ data" in text) == stays
    ((wide, high),) = sizes
    assert wide == (cells if not stays else max(80, 9 * cells // 20))
    assert high <= height
    assert {width(line) for line in screen(here, cells, height, [], under=panel, beside_plot=80)} == {cells}
