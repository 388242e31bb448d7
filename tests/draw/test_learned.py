"""The pictures of what the network has learned, read as text: a student without colours sees all of it."""

import re
from dataclasses import replace
from functools import cache, lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.base.plain_text import plain, plain_with_marks
from nntui.draw.base.spans import width
from nntui.draw.learned.curve import TICKS
from nntui.draw.learned.map import WRONG, learned_map
from nntui.draw.learned.map_ground import AREAS, SHADES, CellSize
from nntui.draw.learned.panel import learned_block
from nntui.draw.learned.pixels import LEVELS, MIDDLE, class_pair, class_role, pixel_pair
from nntui.draw.network.side_by_side import network_block
from nntui.engine.network import Layer, Network, from_matrices
from nntui.explain.learned.confusion import class_marks
from nntui.explain.learned.function import choices, classes, drawn, extents, field, scale, weights_at_step, wrong
from nntui.explain.learned.survey import Survey, SurveyResult
from nntui.files import library
from nntui.training.draws.random_draws import initial_weights
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline
from tests import goldens
from tests.draw.reading import is_rounding, numbers_of
from tests.draw.reading import known as is_known
from tests.scenes import neuron, scene, view
from tests.strategies import examples, scenarios, wild_numbers

BRAILLE = range(0x2801, 0x2900)
SHOWN = [
    ("xor", "1500:2:update:1:1", 0),
    ("spiral", "150:5:cost", 0),
    ("softmax", "50:2:cost", 0),
    ("softmax", "50:2:z:1:1", 1),
    ("two-by-two", "1:1:cost", 0),
    ("sine", "300:5:cost", 0),
    ("logistic-regression", "300:4:cost", 0),
    ("iris", "10:5:cost", 0),
    ("digits", "1:900:cost", 0),
    ("learning-rates", "end", 0),
]


load = cache(library.load)


timeline_of = lru_cache(maxsize=12)(Timeline)


@lru_cache(maxsize=12)
def opened(scenario, step):
    """The view of a step, and the weights there; computed once for all sizes in which it is drawn."""
    timeline = timeline_of(scenario)
    here = view(timeline, timeline.course.parse(step) if isinstance(step, str) else step)
    return here, weights_at_step(here.frame)


@lru_cache(maxsize=12)
def counted(scenario, step):
    """What is found where all rows are counted with those weights."""
    here, now = opened(scenario, step)
    survey = Survey()
    for _ in survey.slices(now, here.frame.step) or ():
        pass
    return survey.found(now)


def drawn_block(scenario, step, cells, height, chosen=0):
    here, now = opened(scenario, step)
    which = choices(scenario)
    return learned_block(here, now, which[chosen % len(which)], counted(scenario, step), cells, height)


@pytest.mark.parametrize(("cells", "height"), [(80, 11), (120, 20)])
@pytest.mark.parametrize(("name", "address", "chosen"), SHOWN)
def test_golden_of_what_is_learned(name, address, chosen, cells, height):
    text = plain_with_marks(drawn_block(load(name), address, cells, height, chosen))
    goldens.check(f"learned/{name}{f'-{chosen}' if chosen else ''}-{cells}.txt", text)


# --- the map


@pytest.mark.parametrize("cells", [60, 80, 120])
def test_how_many_held_out_rows_are_right_is_not_cut(cells):
    scenario = library.load("overfit")
    foot = plain(drawn_block(scenario, scenario.course.parse("2:1:z:1:1"), cells, 11)).splitlines()[-1]
    assert re.search(r"held out: \d+ of 20( right)? ─╯", foot)


def inside(block):
    """The characters inside a frame."""
    return ["".join(span.text for span in line)[1:-1] for line in block[1:-1]]


def the_map(scenario, step, output=0, cells=60, height=20):
    here, now = opened(scenario, step)
    return here.frame, now, learned_map(here.frame, now, output, SurveyResult(), cells, height)


@pytest.mark.parametrize(("name", "step"), [("xor", "1500:1"), ("spiral", "150:5"), ("circles", "40:1"), ("perceptron", "9:1")])
def test_the_filling_is_the_output_and_the_line_lies_between(name, step):
    scenario = load(name)
    _, now, block = the_map(scenario, step)
    values = field(now, 58, 18)[:, :, 0]
    levels = scale(scenario, 1).levels(values, len(SHADES))
    shaded = lines = 0
    for y, line in enumerate(inside(block)):
        for x, character in enumerate(line):
            if ord(character) in BRAILLE:
                lines += 1
                near = values[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]
                assert near.min() < 0.5 <= near.max(), "the output crosses the middle here"
            elif character in SHADES:
                shaded += 1
                assert character == SHADES[levels[y, x]]
    assert lines >= 10
    assert shaded > 700


def test_where_two_neighbours_lie_on_two_sides_a_line_runs():
    """Along every line of cells, the line is met as often as the side changes."""
    _, now, block = the_map(load("spiral"), "150:5")
    above = field(now, 58, 18)[:, :, 0] >= 0.5
    text = inside(block)
    for y, x in np.argwhere(above[:, 1:] != above[:, :-1]).tolist():
        assert any(ord(c) in BRAILLE or c in f"○●{WRONG}" for c in text[y][x : x + 2])


def test_the_class_that_is_said_fills_the_map():
    scenario = load("softmax")
    _, now, block = the_map(scenario, "50:2")
    said = classes(scenario).predicted(field(now, 58, 18).reshape(-1, 3)).reshape(18, 58)
    seen = set()
    for y, line in enumerate(inside(block)):
        for x, character in enumerate(line):
            if character in AREAS:
                assert character == AREAS[said[y, x]]
                seen.add(character)
    assert len(seen) == 3
    assert "·· E  ░░ N  ▒▒ SW" in plain(block)


def many_classes(count):
    """As many classes as directions of two inputs."""
    angles = np.arange(count) * 2 * np.pi / count
    x = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    network = Network(2, (Layer(count, "softmax"),), cost="cross_entropy")
    theta = from_matrices(network, [np.concatenate([np.zeros((count, 1)), 3 * x], axis=1)])
    return Scenario("Directions", network, theta, x, np.eye(count), 3)


@pytest.mark.parametrize("count", [2, 4, 5, 9, 40, 70])
def test_many_classes_are_told_by_letters(count):
    scenario = many_classes(count)
    _, _, block = the_map(scenario, 0, cells=100, height=30)
    text = "".join(inside(block))
    assert any(ord(c) in BRAILLE for c in text)
    if len(AREAS) < count < 62:
        letters = set(text) - {" "} - {chr(code) for code in BRAILLE}
        assert len(letters) >= min(count, 9), "every class has a place"


@pytest.mark.parametrize(("name", "step"), [("xor", "1:1"), ("spiral", "20:7"), ("moons", "3:9"), ("tanh-relu", "1:2")])
def test_every_row_has_its_mark_and_the_present_one_is_highlighted(name, step):
    scenario = load(name)
    frame, now, block = the_map(scenario, step, cells=170, height=50)
    across, up = extents(scenario)
    marks = {}
    for y, line in enumerate(block[1:-1]):
        x = -1
        for span in line:
            for character in span.text:
                if 0 <= x < 168:
                    marks[x, y] = (character, span.role)
                x += 1
    told = classes(scenario)
    for row in range(scenario.points):
        x = min(int(across.share(scenario.x[row, 0]) * 168), 167)
        y = min(int((1 - up.share(scenario.x[row, 1])) * 48), 47)
        character, role = marks[x, y]
        if row == frame.row - 1:
            assert role == "lit"
        elif row in wrong(now):
            assert character in (WRONG, marks[x, y][0] if role == "lit" else WRONG)
        else:
            assert character in ("●" if told is None else "○●"[told.labels[row]], WRONG) or role == "lit"
    assert [role for _, role in marks.values()].count("lit") == 1


def test_where_rows_fall_on_one_cell_the_present_one_is_seen():
    scenario = replace(load("xor"), x=np.full((4, 2), 0.5))
    for row in range(1, 5):
        _, _, block = the_map(scenario, f"1:{row}")
        lit = [span.text for line in block for span in line if span.role == "lit"]
        assert lit == ["○●"[int(scenario.y[row - 1, 0])]]


# --- the curve


def test_the_curve_goes_through_the_outputs_and_points_lie_at_targets():
    scenario = load("sine")
    here, now = opened(scenario, "300:5:cost")
    block = learned_block(here, now, 0, Survey().found(now), 120, 15)
    lines = [line[1 + TICKS : 78] for line in plain(block).splitlines()[1:-2]]
    text = "".join(lines)
    assert text.count("○") + text.count("●") >= 20
    assert [span.text for line in block for span in line if span.role == "lit"] == ["●"]
    columns = [[y for y, line in enumerate(lines) if x < len(line) and line[x] != " "] for x in range(66)]
    assert all(columns), "a curve without gaps"
    tops = [min(column) for column in columns]
    assert tops.index(min(tops)) > tops.index(max(tops)), "down first, then up: a sine"


def test_a_curve_far_beyond_its_targets_is_cut_and_that_is_said():
    steep = neuron("identity", (0.0, 1e6), (1.0,), (1.0,))
    assert re.search(r" the output goes from \d+ to 1\.99e\+06 ", plain(drawn_block(steep, 0, 120, 11)))
    assert re.search(r" from 2\.17e\+04 to 1\.98e\+06 ", plain(drawn_block(steep, 0, 60, 11)))


# --- a row of many inputs


def test_outputs_are_told_once_they_are_known_and_follow_the_weights():
    scenario = load("iris")
    timeline = Timeline(scenario)
    course = timeline.course
    for m in range(course.length):
        here = view(timeline, 40 * course.length + m)
        now = weights_at_step(here.frame)
        text = plain(learned_block(here, now, 0, Survey().found(now), 100, 5))
        assert ("with updated weights" in text) == here.frame.knows("update", 2, 1)
        told = re.findall(r"^│ (?:seto|vers|virg) \S+ +(\S+) +[01]", text, re.MULTILINE)
        assert len(told) == 3
        if here.frame.knows("a", 2, 3):
            outputs = now.outputs(scenario.x[here.frame.row - 1][None])[0]
            assert all(is_rounding(number, value) for number, value in zip(told, outputs.tolist(), strict=True))
        else:
            assert told == ["·"] * 3


# --- what the panels show


@pytest.mark.parametrize("name", ["two-by-two", "xor", "softmax", "linear-regression"])
def test_at_every_step_the_weights_are_those_of_the_panels(name):
    scenario = load(name)
    timeline = Timeline(scenario)
    course = timeline.course
    changed = 0
    for m in range(course.length):
        here = view(timeline, course.length + m)
        theta = weights_at_step(here.frame).theta
        for cell, text in numbers_of(network_block(here, 160, 40)):
            updated = here.frame.knows("update", cell.layer, cell.neuron) if cell.kind in ("weight", "update") else False
            if cell.kind == ("update" if updated else "weight") and is_known(here.frame, cell):
                value = scenario.network.blocks[cell.layer - 1].matrix(theta)[cell.sender, cell.neuron - 1]
                assert is_rounding(text, float(value)), (cell, text)
                changed += updated
    assert changed


# --- any run, any size


@examples(80)
@given(scenarios(most_points=6, most_epochs=3), st.integers(60, 200), st.integers(7, 40), st.data())
def test_of_random_runs(scenario, cells, height, data):
    every_size(scenario, cells, height, data)


@examples(80)
@given(scenarios(numbers=wild_numbers, most_points=6, most_epochs=3), st.integers(60, 200), st.integers(7, 40), st.data())
def test_of_wild_ones(scenario, cells, height, data):
    every_size(scenario, cells, height, data)


def every_size(scenario, cells, height, data):
    step = data.draw(st.integers(0, scenario.course.last))
    for chosen in range(len(choices(scenario))):
        block = drawn_block(scenario, step, cells, height, chosen)
        assert len(block) == height
        assert {width(line) for line in block} == {cells}


def test_thousands_of_classes_are_drawn_without_a_table():
    scenario = many_classes(2000)
    text = plain(drawn_block(scenario, 0, 120, 11))
    assert "right of each class" in text
    assert any(ord(c) in BRAILLE for c in text)


@pytest.mark.sweep
@pytest.mark.parametrize("height", [9, 11, 15, 24, 40])
@pytest.mark.parametrize("cells", [60, 80, 120, 200])
@pytest.mark.parametrize("name", ["xor", "softmax", "sine", "iris", "digits", "encoder", "two-by-two", "learning-rates"])
def test_no_number_is_cut(name, cells, height):
    text = plain(drawn_block(load(name), 30, cells, height))
    assert not re.search(r"\d…(?!\d| ?[−\d])", re.sub(r"\d, …| … \d+ more …", "", text)), text


def test_a_diverged_run_says_so():
    nan = float("nan")
    two = scene([(1, "sigmoid")], [[[nan, 1.0, 1.0]]], [0.5, 0.5], [1.0])
    two = replace(two, x=np.array([[0.0, 0.0], [1.0, 1.0]]), y=np.array([[0.0], [1.0]]))
    text = plain(drawn_block(two, "1:1:cost", 80, 11))
    assert "? nan" in text
    assert "none" in text
    assert "0 of 2 right now (0 %)" in text
    assert "row 1 is 0, said none ✗" in text
    assert "not finite" in plain(drawn_block(load("learning-rates"), "end", 80, 11))


def test_of_a_million_rows_some_are_drawn_and_that_is_said():
    spiral = load("spiral")
    many = replace(spiral, x=np.tile(spiral.x, (20_000, 1)), y=np.tile(spiral.y, (20_000, 1)))
    here, now = opened(many, "1:1:cost")
    text = plain(learned_block(here, now, 0, Survey().found(now), 120, 11))
    assert "600 of 1,200,000 rows drawn" in text
    assert "counting all data rows …" in text
    assert len(drawn(many)) == 600


def test_what_is_counted_for_weights_of_before_says_so():
    digits = load("digits")
    timeline = Timeline(digits)
    survey = Survey()
    for _ in survey.slices(weights_at_step(timeline.frame(7)), 7):
        pass
    here = view(timeline, timeline.course.length + 3)
    now = weights_at_step(here.frame)
    text = plain(learned_block(here, now, 0, survey.found(now), 80, 11))
    assert "of 1:1:z:1:7, counting …" in text


def test_the_ground_has_the_size_it_is_asked_for():
    for cells, lines in ((2, 1), (3, 2), (77, 1)):
        _, _, block = the_map(load("spiral"), "1:1", cells=cells + 8, height=lines + 2)
        assert [len(line) for line in inside(block)] == [cells + 6] * lines
    assert CellSize(3, 2).cells == 3


def test_with_colours_a_cell_is_two_pixels_of_the_output():
    """The colours are those of the levels, the line lies on the middle one, and no point is lost."""
    here, now = opened(load("spiral"), "150:5")
    block = learned_map(here.frame, now, 0, SurveyResult(), 60, 20, colours=True)
    levels = scale(load("spiral"), 1).levels(field(now, 58, 36)[:, :, 0], LEVELS)
    pixels = 0
    for y, line in enumerate(block[1:-1]):
        cells = [(character, span) for span in line for character in span.text][1:-1]
        for x, (character, span) in enumerate(cells):
            if ord(character) in BRAILLE:
                assert span.ground == "map_5"
            elif character in " ▀":
                pixels += 1
                assert (character, span.role, False, span.ground) == pixel_pair(*levels[2 * y : 2 * y + 2, x].tolist())
    assert pixels > 700
    shaded = learned_map(here.frame, now, 0, SurveyResult(), 60, 20)
    for mark in f"○●{WRONG}":
        assert plain(block[1:-1]).count(mark) == plain(shaded[1:-1]).count(mark)


@cache
def classes_round_a_circle(outputs):
    """Four rows of each class, side by side on a circle."""
    angles = 2 * np.pi * np.arange(4 * outputs) / (4 * outputs)
    network = Network(2, (Layer(4, "tanh"), Layer(outputs, "softmax")), cost="cross_entropy", eta=0.3)
    drawn_weights = [initial_weights("uniform", 3, n, block.inputs, block.units) for n, block in enumerate(network.blocks, 1)]
    return Scenario(
        "classes",
        network,
        from_matrices(network, [np.concatenate([np.zeros((len(rows), 1)), rows], axis=1) for rows in drawn_weights]),
        np.round(np.column_stack([np.sin(angles), np.cos(angles)]), 2),
        np.eye(outputs)[np.arange(4 * outputs) // 4],
        60,
        neuron_names=((), tuple(f"class {letter}" for letter in "abcdefgh"[:outputs])),
    )


@pytest.mark.parametrize("outputs", [3, 8])
def test_with_colours_a_cell_is_two_pixels_of_the_predicted_class(outputs):
    """Grounds are those of the classes, the line lies on the middle, every class has its name, and no point is lost."""
    scenario = classes_round_a_circle(outputs)
    here, now = opened(scenario, "60:5")
    block = learned_map(here.frame, now, 0, SurveyResult(), 80, 30, colours=True)
    picture = field(now, 78, 56)
    said = classes(scenario).predicted(picture.reshape(-1, outputs)).reshape(56, 78)
    pixels = letters = 0
    for y, line in enumerate(block[1:-1]):
        cells = [(character, span) for span in line for character in span.text][1:-1]
        assert len(cells) == 78
        for x, (character, span) in enumerate(cells):
            above, below = said[2 * y : 2 * y + 2, x].tolist()
            if ord(character) in BRAILLE:
                assert span.ground == MIDDLE
            elif character in " ▀" and span.role != "strong":
                pixels += 1
                assert (character, span.role, False, span.ground) == class_pair(above, below)
            elif span.role == "strong":
                letters += 1
                assert span.ground in (class_role(above), class_role(below), MIDDLE)
    assert pixels > 1500
    text = plain(block[1:-1])
    for k in np.unique(said).tolist():
        assert f"class {'abcdefgh'[k]}" in text or class_marks(scenario)[k] in text
    assert letters > len(scenario.x)


def test_a_map_of_many_rows_in_little_room_still_has_its_size():
    scenario = classes_round_a_circle(8)
    here, now = opened(scenario, "1:1")
    for cells, height in ((12, 4), (20, 5), (33, 9)):
        block = learned_map(here.frame, now, 0, SurveyResult(), cells, height, colours=True)
        assert {width(line) for line in block} == {cells}
        assert len(block) == height
