"""The runs of a family in a list, and two of them number by number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain, plain_with_marks
from nntui.draw.base.spans import width
from nntui.draw.base.view import OtherRun
from nntui.draw.panels.forks import ListedRun, ShownForks, forks_panel
from nntui.explain.equations.cells import known, value_of
from nntui.explain.equations.comparison import MOST, pairs
from nntui.explain.equations.differences import cells, value
from nntui.explain.notation.numerals import Numerals
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.edits.edit import read_edits
from nntui.training.timeline import Timeline
from tests import goldens
from tests.scenes import view, wide
from tests.strategies import examples, scenarios


def two(name="xor", at="40:3", edits="eta=2", step="42:1:delta:1:2"):
    """A run, its fork, and a step of both."""
    timeline = Timeline(wide() if name == "wide" else load(name))
    fork = timeline.fork(timeline.course.iteration(timeline.course.parse(at)), read_edits(edits))
    return timeline, fork, timeline.course.parse(step)


def panel(timeline, fork, step, cells, height, offset=0, **options):
    here, there = fork.frame(step), timeline.frame(step)
    listed = [ListedRun(0, "original", 0, "", 0.1234, 0.25, False), ListedRun(1, "η = 2", 1, "40:3", None, None, True)]
    other = OtherRun("original", timeline.costs_seen, timeline.epoch_means, fork.origin.start, here.number - fork.origin.start)
    shown = ShownForks(listed, 0, pairs(here, there), offset)
    return forks_panel(view(fork, step, others=(other,), **options), shown, cells, height)


@pytest.mark.parametrize(("cells", "height"), [(80, 11), (120, 25)])
@pytest.mark.parametrize(("name", "at", "step"), [("xor", "40:3", "42:1:delta:1:2"), ("wide", "1:2", "2:1:gradient:2:3")])
def test_golden_of_the_forks(name, at, step, cells, height):
    made = plain_with_marks(panel(*two(name, at, step=step), cells, height))
    goldens.check(f"screen/forks-{name}-{cells}x{height}.txt", made)


@pytest.mark.sweep
@pytest.mark.parametrize("cells", [60, 80, 120, 200])
@pytest.mark.parametrize("height", [9, 11, 17, 40])
@pytest.mark.parametrize("digits", [2, 4, 9, 17])
@pytest.mark.parametrize("step", ["42:1:delta:1:2", "42:1:gradient:1:1", "42:1:input"])
def test_it_has_its_size_and_cuts_no_number(cells, height, digits, step):
    timeline, fork, at = two(step=step)
    block = panel(timeline, fork, at, cells, height, numerals=Numerals(digits))
    assert len(block) == height
    assert {width(line) for line in block} <= {cells} | {width(line) for line in block[:5]}
    rows = [line for line in plain(block).splitlines() if "w⁰₁₁" in line or "w¹₁₁" in line]
    assert not any("…" in line.split("││")[-1] for line in rows)


@examples(60)
@given(scenarios(most_epochs=3, most_layers=2, most_units=3), st.data())
def test_numbers_beside_each_other_are_those_of_both_frames(scenario, data):
    timeline = Timeline(scenario)
    n = data.draw(st.integers(0, len(timeline) - 1))
    fork = timeline.fork(n, read_edits("eta=0.25"))
    step = data.draw(st.integers(n * timeline.course.length, timeline.course.last))
    here, there = fork.frame(step), timeline.frame(step)
    shown = pairs(here, there)
    assert len({pair.cell for pair in shown}) == len(shown)
    for pair in shown:
        assert repr(pair.here) == repr(value(here, pair.cell))
        assert repr(pair.there) == repr(value(there, pair.cell))
    wanted = {cell for cell in cells(here) if cell.kind in ("a", "z", "delta", "weight", "cost") and known(here, cell)}
    assert wanted <= {pair.cell for pair in shown}


def test_of_a_wide_network_only_what_is_near_the_step_is_compared():
    timeline, fork, step = two("wide", "1:2", step="2:1:gradient:2:3")
    shown = pairs(fork.frame(step), timeline.frame(step))
    assert shown[0].cell == Cell("gradient", 2, 3, 1)
    assert {pair.cell.layer for pair in shown} == {2}
    assert len(shown) < MOST


def test_a_weight_is_that_of_its_row_and_column():
    timeline, fork, _ = two()
    step = timeline.course.parse("42:1:update:1:2")
    pair = next(pair for pair in pairs(fork.frame(step), timeline.frame(step)) if pair.cell == Cell("weight", 1, 1, 1))
    assert pair.here == value_of(fork.frame(step), Cell("update", 1, 1, 1))
    assert pair.difference == pair.here - pair.there
