"""The cost plot: a function of the position and of what has been visited, at any length and for any costs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.charts.axes import IterationPlace
from nntui.draw.costs.cost_panel import costs_panel
from nntui.files.library import load
from nntui.training.containers.series import Series
from nntui.training.timeline import Timeline
from tests.scenes import view
from tests.strategies import examples

XOR = load("xor")


def series(values):
    made = Series()
    made.extend(np.array(values, float))
    return made


@examples(25)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_the_same_picture_whichever_way_the_viewer_came(stops):
    """Forward and back: only the last place and the farthest one count."""
    last, farthest = stops[-1], max(stops)
    visited, fresh = Timeline(XOR), Timeline(XOR)
    length = visited.course.length
    shown = [costs_panel(view(visited, n * length + 5, farthest=max(stops[: i + 1])), 60, 9) for i, n in enumerate(stops)]
    list(fresh.reach(farthest + 1))
    there = view(fresh, last * length + 5, farthest=farthest, computed=visited.computed)
    assert plain(shown[-1]) == plain(costs_panel(there, 60, 9))
    assert shown[-1] == costs_panel(there, 60, 9)


def test_the_present_point_is_drawn_from_its_cost_on():
    timeline = Timeline(XOR)
    timeline.costs(0, 12)
    course = timeline.course

    def picture(address):
        step = course.parse(address)
        return [line[7:] for line in plain(costs_panel(view(timeline, step, farthest=2), 60, 9)).splitlines()[1:-2]]

    assert picture("1:3:input") == picture("1:3:a:2:1")
    assert picture("1:3:a:2:1") != picture("1:3:cost")
    assert picture("1:3:cost") == picture("1:3:update:1:2")


@pytest.mark.parametrize(
    "costs",
    [
        [],
        [0.0] * 40,
        [np.inf, np.nan, 1e308, 1.7976931348623157e308, 1e-320, 5e-324, 0.0],
        [1e308, -np.inf, 0.3] * 9,
        [np.nan] * 30,
        [5e-324, 1e-320],
        [1e-300, 1e300],
    ],
)
@pytest.mark.parametrize("cells", [40, 60, 140])
def test_any_cost_can_be_drawn(costs, cells):
    timeline = Timeline(XOR)
    here = view(timeline, 0, costs=series(costs), means=series(costs[::4]), farthest=max(len(costs) - 1, 0))
    block = costs_panel(here, cells, 9)
    assert len(block) == 9
    assert {width(line) for line in block} == {cells}


@examples(60)
@given(st.lists(st.floats(min_value=0.0), max_size=60), st.integers(34, 150), st.integers(6, 30))
def test_of_any_run(costs, cells, height):
    here = view(Timeline(XOR), 0, costs=series(costs), means=series(costs[::4]), farthest=max(len(costs) - 1, 0))
    block = costs_panel(here, cells, height)
    assert [width(line) for line in block] == [cells] * height


def test_a_million_costs_are_drawn_as_a_thousand_are():
    """The smallest and the largest of each column are there, however long the run."""
    many = np.tile([0.1, 0.5], 500_000)
    timeline = Timeline(XOR)
    here = view(timeline, 0, costs=series(many), farthest=len(many) - 1, computed=len(many))
    assert "0.5" in plain(costs_panel(here, 80, 12))


def test_a_click_goes_to_the_iteration_under_it():
    timeline = Timeline(XOR)
    timeline.costs(0, 12)
    axis = costs_panel(view(timeline, 0, farthest=11), 60, 9)[-1]
    aimed = [span for span in axis if isinstance(span.target, IterationPlace)]
    first, last = aimed[0].target, aimed[-1].target
    assert first.first == 0.0
    assert last.first + aimed[-1].width * last.each == pytest.approx(20.0), "whole epochs, a round number of them"


def test_where_a_run_overflowed_is_marked():
    scenario = load("learning-rates")
    timeline = Timeline(scenario)
    list(timeline.reach(len(timeline)))
    assert timeline.diverged is not None
    here = view(timeline, timeline.course.last, farthest=len(timeline) - 1)
    assert "✗" in plain(costs_panel(here, 80, 9))


def epochs(count, points=4):
    """A run of a cost that falls from 0.5 to 0.0001; the points of an epoch are spread round their mean."""
    means = np.geomspace(0.5, 1e-4, count)
    return series((means[:, None] * np.linspace(0.4, 1.6, points)).ravel()), series(means)


def test_in_three_rows_a_small_and_a_large_cost_are_both_read_off():
    """The scale is logarithmic by itself, the line falls from the first line to the last, and the mean of the present is told."""
    costs, means = epochs(100)
    timeline = Timeline(XOR)
    here = view(timeline, 400 * timeline.course.length - 1, costs=costs, means=means, farthest=399)
    block = plain(costs_panel(here, 80, 5)).splitlines()
    assert ", log" in block[0]
    assert "1e-4 in epoch 100" in block[0] or "1.0e-04 in epoch 100" in block[0]
    assert [line[1:6].strip() for line in block[1:4]] == ["1", "0.01", "1e-4"]
    assert "▲" in block[-1]
    rows = [[x for x, mark in enumerate(line) if 0x2800 < ord(mark) < 0x2900] for line in block[1:4]]
    assert min(rows[0]) < min(rows[1]) < min(rows[2])


@pytest.mark.parametrize("colours", [False, True])
def test_the_spread_lies_as_a_band_under_the_line(colours):
    """Of its cells none hides the line; where the spread is thin there is none."""
    costs, means = epochs(100)
    timeline = Timeline(XOR)
    step = 200 * timeline.course.length - 1
    here = view(timeline, step, costs=costs, means=means, farthest=399, colours=colours)
    block = costs_panel(here, 80, 16)
    spans = [span for line in block[1:-1] for span in line]
    under = [span for span in spans if "band" in (span.role, span.ground)]
    after = [span for span in spans if "band_future" in (span.role, span.ground)]
    assert under
    assert after
    flat = view(
        timeline, step, costs=series(np.repeat(np.geomspace(0.5, 1e-4, 100), 4)), means=means, farthest=399, colours=colours
    )
    without = costs_panel(flat, 80, 16)
    assert not any(span.role.startswith("band") or span.ground != "plain" for line in without[1:-1] for span in line)
    dots = [
        {x for line in plain(one).splitlines() for x, mark in enumerate(line) if 0x2800 < ord(mark) < 0x2900}
        for one in (block, without)
    ]
    assert dots[0] == dots[1], "the line is whole"
    assert any(span.ground == "band" and span.role == "mean" for span in under) == colours
