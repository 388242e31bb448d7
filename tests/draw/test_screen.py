"""The screen is exactly as large as the window, whatever is in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain
from nntui.draw.base.spans import width
from nntui.draw.layout.foot import KeyHint
from nntui.draw.panels import page as page_module
from nntui.draw.panels.about import about_panel
from nntui.draw.screen import page, screen
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests.scenes import TWO_POINTS, view, wide
from tests.strategies import examples, scenarios

HINTS = [KeyHint("←→", "step", "forward"), KeyHint("q", "quit", "quit")]
XOR = Timeline(load("xor"))
SIZES = [(60, 20), (61, 23), (80, 24), (99, 29), (109, 30), (110, 31), (120, 40), (160, 45), (200, 60)]


def is_whole(block, cells, height):
    assert len(block) == height
    assert {width(line) for line in block} == {cells}


@pytest.mark.sweep
@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize("name", ["single-neuron", "xor", "two-by-two", "tanh-relu", "perceptron", "wide"])
def test_every_size(name, cells, height):
    timeline = Timeline(wide() if name == "wide" else load(name))
    for step in {0, 1, timeline.course.length // 2, timeline.course.length - 1}:
        is_whole(screen(view(timeline, step), cells, height, HINTS), cells, height)


@examples(60)
@given(scenarios(most_points=3, most_epochs=3, most_layers=8), st.integers(1, 220), st.integers(1, 70), st.data())
def test_every_size_and_network(scene, cells, height, data):
    timeline = Timeline(scene)
    step = data.draw(st.integers(0, timeline.course.last))
    is_whole(screen(view(timeline, step), cells, height, HINTS), cells, height)


@pytest.mark.parametrize(("cells", "height"), [(59, 24), (80, 19), (40, 10)])
def test_where_there_is_too_little_room_it_says_how_much_is_needed(cells, height):
    text = plain(screen(view(XOR, 3), cells, height, HINTS))
    assert "nntui needs 60x20 cells" in text
    assert f"here are {cells}x{height}." in text
    assert "1:1:a:1:1" in text, "and where one is, for the keys still work"


@given(st.integers(1, 59), st.integers(1, 19))
def test_however_little(cells, height):
    is_whole(screen(view(XOR, 3), cells, height, HINTS), cells, height)


NAMES = ["界" * 30, "n" * 60, "naïve 🙂 δ", "[b]x[/b]", " ", "▸◂│"]


@pytest.mark.sweep
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("cells", "height"), [(60, 20), (80, 24), (120, 40), (200, 60)])
def test_no_name_breaks_a_frame(name, cells, height):
    scenario = replace(XOR.scenario, title=name, input_names=(name, "b"), neuron_names=((name, name), (name,)))
    timeline = Timeline(scenario)
    for step in range(timeline.course.length):
        here = view(timeline, step)
        is_whole(screen(here, cells, height, HINTS), cells, height)
        panels = [line for line in plain(page(here, cells)).splitlines() if line.startswith(("│", "╭", "╰"))]
        assert all(line.endswith(("│", "╮", "╯")) for line in panels)


def test_the_shown_row_of_the_data_is_the_one_of_the_point(tmp_path):
    path = tmp_path / "two.toml"
    path.write_text(TWO_POINTS, encoding="utf-8")
    timeline = Timeline(load(path))
    step = timeline.course.parse("3:2:delta:1:2")
    rows = [line for line in plain(screen(view(timeline, step), 80, 24, HINTS)).splitlines() if "▸" in line]
    assert rows[-1].endswith("│ ▸ 2  0.9 0.3 0.99 0.01 │")


def test_a_tour_speaks_in_the_place_of_the_sentence():
    note = "Both paths from the output meet here."
    text = plain(page(view(XOR, 5, note=note), 80))
    assert note in text
    assert view(XOR, 5).equation.sentence not in text


@pytest.mark.parametrize(("cells", "height"), SIZES)
def test_the_words_about_a_scenario_leave_plot_and_data_what_they_do_not_need(cells, height):
    here = view(XOR, 0)
    text = here.frame.scenario.about
    block = screen(here, cells, height, HINTS, about=lambda wide, high: about_panel(text, wide, high)[0])
    is_whole(block, cells, height)
    lines = plain(block).splitlines()
    first = next(y for y, line in enumerate(lines) if line.startswith("╭─ about"))
    last = next(y for y, line in enumerate(lines) if y > first and line.startswith("╰"))
    assert ("╭─ cost" in lines[last + 1]) == (height - 1 > last + 1), "nothing is left, or the plot has it"
    if height >= 40:
        assert "╭─ cost" in lines[last + 1]
        assert "epoch 1." in lines[last - 1]


@pytest.mark.parametrize(
    "text", ["x" * 20_000, "\u6f22" * 20_000, "x" * 5_000 + "\u0301" * 15_000, "ab " * 6_666, "\u0301" * 20_000]
)
@pytest.mark.parametrize("cells", [1, 20, 80])
def test_rows_of_a_long_line_look_at_each_character_a_few_times(monkeypatch, text, cells):
    looked, chop = [], page_module.chop_cells
    monkeypatch.setattr(page_module, "chop_cells", lambda piece, wide: looked.append(len(piece)) or chop(piece, wide))
    rows = page_module.page_rows(text, 100, cells, 24)
    assert sum(looked) <= 8 * len(text)
    assert "".join(rows.rows).replace(" ", "") == text.replace(" ", "")
    assert all(text.startswith(row, at) for row, at in zip(rows.rows, rows.offsets, strict=True))


@pytest.mark.parametrize("text", ["\u200d\u6f22\u200db\ufe0f\U0001f469  \U0001f469", "\u200d" * 9, "a\ufe0f" * 9])
def test_characters_that_join_others_end_no_page(text):
    rows = page_module.page_rows(text, 100, 6, 24)
    assert "".join(rows.rows).replace(" ", "") == text.replace(" ", "")
