"""The time bar of a recorded lesson: what it says, where a click on it leads, and its picture under the whole screen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.base.timeline_bar import Bar
from nntui.draw.layout.foot import KeyHint
from nntui.draw.panels.timebar import Instant, clock, timebar
from nntui.draw.screen import screen
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests import goldens
from tests.scenes import view

HINTS = [KeyHint("←→", "step", "forward"), KeyHint("?", "help", "help"), KeyHint("q", "quit", "quit")]
BAR = Bar(83.0, 245.0, (20.0, 83.0, 200.0), 41, 118, False, 1.0, False)
BARS = {
    "paused": BAR,
    "away": replace(BAR, away=True),
    "playing": replace(BAR, playing=True, rate=4.0),
    "live": replace(BAR, seconds=245.0, stop=117, playing=True, state="live", live=True),
    "left": replace(BAR, seconds=245.0, stop=117, away=True, state="the writer has left"),
    "damaged": replace(BAR, seconds=4000.0, duration=4000.0, away=True, state="damaged from line 1042 on"),
}


@pytest.mark.parametrize(("cells", "height"), [(60, 20), (80, 24), (120, 40)])
def test_golden_of_the_screen_with_a_time_bar(cells, height):
    timeline = Timeline(load("two-by-two"))
    shown = screen(view(timeline, timeline.course.parse("2:1:delta:1:2"), bar=BAR), cells, height, HINTS)
    goldens.check(f"screen/timebar-{cells}x{height}.txt", plain(shown))


def test_golden_of_all_that_a_time_bar_says():
    goldens.check("screen/timebars.txt", plain(timebar(bar, cells) for cells in (60, 80, 120) for bar in BARS.values()))


@pytest.mark.parametrize(("cells", "height"), [(60, 20), (80, 24), (120, 40)])
def test_the_bar_takes_one_line_and_nothing_else_is_lost(cells, height):
    timeline = Timeline(load("two-by-two"))
    step = timeline.course.parse("2:1:delta:1:2")
    without, with_bar = (screen(view(timeline, step, bar=bar), cells, height, HINTS) for bar in (None, BAR))
    assert len(without) == len(with_bar) == height
    words = "δ₂¹ = (Σₘ δₘ² w¹ₘ₂) σ′(z₂¹)"
    assert (words in plain(without), words in plain(with_bar)) == (True, True)
    assert ("C 0.2910  of each data point" if height == 20 else "cost  ━ each data point") in plain(with_bar)


bars = st.builds(
    Bar,
    st.floats(0, 1e6),
    st.floats(0, 1e6),
    st.lists(st.floats(0, 1e6), max_size=5).map(tuple),
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.booleans(),
    st.sampled_from([0.25, 1.0, 16.0]),
    st.booleans(),
    st.sampled_from(["", "live", "the writer has left", "damaged from line 999999 on"]),
    st.booleans(),
)


@given(bars, st.integers(60, 300))
def test_it_fits_whatever_the_lesson(bar, cells):
    duration = max(bar.duration, bar.seconds, *bar.marks, 0.0)
    line = timebar(replace(bar, duration=duration), cells)
    assert width(line) <= cells
    spans = [span for span in line if isinstance(span.target, Instant)]
    times = [span.target.seconds(cell) for span in spans for cell in range(span.width)]
    assert times == sorted(times)
    assert all(0 <= time <= max(duration, 1e-9) for time in times)


@given(st.floats(0, 245))
def test_a_click_on_the_present_is_the_present_within_a_cell(seconds):
    line = timebar(replace(BAR, seconds=seconds, marks=()), 120)
    (here,) = [span for span in line if span.text == "●"]
    assert abs(here.target.seconds(0) - seconds) <= here.target.each


def test_what_is_said_comes_before_the_picture_of_it():
    text = plain([timebar(BARS["damaged"], 60)])
    assert not any(mark in text for mark in "●◆━─")
    assert "Backspace returns" in text


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3600, "1:00:00"), (1e9, "277777:46:40")]
)
def test_time_is_minutes_and_hours(seconds, shown):
    assert clock(seconds) == shown
