"""The gradient check of one weight as a panel: exactly as large as it must be, its numbers those of the check."""

import pytest

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.colours.palettes import PALETTES
from nntui.draw.functions.nudge import NudgeColumn, ShownNudge, nudge_panel
from nntui.explain.gradient_check.nudge import EXPONENTS, NudgedBatch, nudged_weight
from nntui.explain.gradient_check.nudge_words import nudge_words
from nntui.files.library import load
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.scenes import neuron, view

CASES = [
    (load("two-by-two"), Cell("weight", 1, 2, 1)),
    (neuron("relu", [0.0, 0.05]), Cell("weight", 1, 1, 1)),
    (neuron("identity", [0.0, 1e200], [1e200]), Cell("weight", 1, 1, 1)),
    (neuron(x=[0.0]), Cell("weight", 1, 1, 1)),
]


def panel(scenario, cell, cells=80, height=12, exponent=4, of_batch=None, below=0):
    timeline = Timeline(scenario)
    shown = view(timeline, timeline.course.length - 1)
    found = nudged_weight(shown.frame, cell)
    words = nudge_words(shown.frame, found)
    return nudge_panel(shown, ShownNudge(found, exponent, words, "all weights: 2 agree.", of_batch), cells, height, below)


@pytest.mark.parametrize(("scenario", "cell"), CASES)
@pytest.mark.parametrize(("cells", "height"), [(60, 6), (80, 11), (80, 12), (120, 24), (200, 40)])
@pytest.mark.parametrize("exponent", [1, 12])
def test_it_fits(scenario, cell, cells, height, exponent):
    block = panel(scenario, cell, cells, height, exponent)
    assert [width(line) for line in block] == [cells] * height


def test_at_80x24_all_of_it_is_there():
    text = plain(panel(*CASES[0], height=11))
    for words in (
        "w = w⁰₂₁ = 0.25  h = 1e-4",
        "w+h = 0.2501           C = 0.298371158531",
        "w−h = 0.2499           C = 0.298371058988",
        "(C(w+h) − C(w−h)) / 2h   = 0.000497712735",
        "∂C/∂w⁰₂₁, by (15)        = 0.000497712735",
        "Nearest at h = 1e-4",
        "all weights: 2 agree.",
        "complex step",
    ):
        assert words in text


@pytest.mark.parametrize("w", [-0.123456789012, -9.876543210987, -12.345678901234])
def test_a_weight_with_all_its_decimals_does_not_touch_what_follows(w):
    text = plain(panel(neuron(weights=[0.1, w]), Cell("weight", 1, 1, 1), exponent=12))
    assert text.count(" C = ") == 2


def test_digits_in_common_are_told_apart():
    """At the smallest h nearly all digits of C are the same: these are dim."""
    block = panel(*CASES[0], exponent=12)
    dim = [span.text for line in block[1:3] for span in line if span.role == "dim" and span.text.startswith("0.2983711")]
    assert len(set(dim)) == 1
    assert len(dim) == 2


def test_a_bar_is_where_the_difference_is_and_a_click_on_it_chooses_its_h():
    block = panel(*CASES[0])
    lowest = [span for span in block[4] if isinstance(span.target, NudgeColumn)]
    assert [span.target.exponent for span in lowest] == [*EXPONENTS]
    assert lowest[3].text < lowest[0].text, "the smallest difference has the smallest bar"
    assert "×" in plain(panel(*CASES[1]))


def test_a_wide_window_has_a_line_for_each_h_and_a_batch_its_own():
    text = plain(panel(*CASES[0], cells=120, height=20, of_batch=NudgedBatch(4, 0.5, 0.25)))
    assert all(f" 1e-{n} " in text for n in EXPONENTS)
    assert "▸ 1e-4" in text
    widest = plain(panel(*CASES[0], cells=200, height=40))
    assert max(line.index("1e-4", 40) for line in widest.split("\n") if "▸ 1e-4" in line) < 100, "the table is near the words"
    assert "C of the batch of 4 added up: the same quotient is 0.5; G is 0.25." in text


def test_it_is_only_as_high_as_it_must_be_where_that_leaves_the_lines_that_are_wanted_below():
    assert [len(panel(*CASES[0], cells=120, height=height, below=6)) for height in (20, 21, 27)] == [20, 15, 15]
    assert [len(panel(*CASES[0], cells=80, height=height, below=6)) for height in (18, 19)] == [18, 13]
    assert len(panel(*CASES[0], cells=120, height=27)) == 27, "nothing is wanted below"


@pytest.mark.parametrize("theme", list(PALETTES))
@pytest.mark.parametrize(("cells", "height"), [(80, 12), (120, 24)])
def test_the_chosen_bar_has_no_ground_which_would_be_a_bar_of_its_own(theme, cells, height):
    bars = [span for line in panel(*CASES[0], cells, height)[1:] for span in line if set(span.text) & set("━▁▂▃▄▅▆▇█")]
    chosen = [span for span in bars if span.role == "accent"]
    assert chosen
    assert not any(" on " in PALETTES[theme][span.role] or "reverse" in PALETTES[theme][span.role] for span in bars)
