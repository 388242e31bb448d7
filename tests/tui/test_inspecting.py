"""Inspecting: every number says where it comes from, and keys lead from each to the data and the weights."""

import re
from dataclasses import replace

import numpy as np
import pytest

from nntui.engine.network import Layer
from nntui.explain.equations.cells import known, symbol_of
from nntui.explain.equations.cursor import DIRECTIONS, lit_cell
from nntui.explain.equations.inspect import terms
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.session.opening import of_recording
from nntui.session.position import at_stop
from nntui.training.cell import Cell
from nntui.training.timeline import Timeline
from tests.explain.test_inspect import all_cells
from tests.scenes import long_run, neuron, scene, wide
from tests.session.keyed_lesson import tell
from tests.tui.driven_app import run_story
from tests.tui.lessons import click, frame_of, place_of, record
from tests.windowless import WindowlessLesson

TWO, XOR, SOFTMAX, DIGITS = (replace(load(name), notes=()) for name in ("two-by-two", "xor", "softmax", "digits"))
DEEP = replace(
    scene(
        [(2, "tanh", True), (3, "relu", False), (2, "sigmoid", True)],
        [
            [[0.1, 0.4, -0.3], [0.0, 0.7, 0.2]],
            [[0.0, 0.5, -0.2], [0.0, -0.9, 0.4], [0.0, 0.3, 0.8]],
            [[-0.1, 0.6, 0.2, -0.4], [0.2, -0.5, 0.3, 0.1]],
        ],
        [0.6, -0.2],
        [1.0, 0.0],
        epochs=3,
        eta=0.5,
    ),
    neuron_names=(("left", "right"), ("p", "q", "r"), ("yes", "no")),
    input_names=("sun", "wind"),
)
SIZES = [(60, 20), (80, 24), (120, 40)]


def cell(w):
    """The number under the cursor."""
    return w.lesson.workspace.inspector.cell


def term(w):
    """The chosen term."""
    inspector, frame = w.lesson.workspace.inspector, frame_of(w)
    return terms(inspector.of(frame, w.lesson.workspace.display.notation))[inspector.term]


def at(scenario, address):
    return scenario.course.parse(address)


def assert_told(text, frame, there, notation):
    """A screen that inspects a number names it, and says so where it is not known yet."""
    symbol = symbol_of(there, notation)
    assert symbol in text, f"{there} is not told at {frame.address}"
    if not known(frame, there):
        assert f"{symbol} ·  not reached yet" in text


def inspect_everywhere(lesson):
    """Moves by arrows to every number that can be reached, and looks at the picture of each; cell → arrows from the first."""
    begun = lesson.cell
    ways, waiting = {begun: ()}, [begun]
    while waiting:
        here = waiting.pop(0)
        for direction in DIRECTIONS:
            lesson.inspect(here)
            lesson.press(direction)
            there = lesson.cell
            if there not in ways:
                ways[there] = (*ways[here], direction)
                waiting.append(there)
                assert_told(lesson.text(), lesson.frame(), there, lesson.workspace.display.notation)
    return ways


async def look_everywhere(w):
    """The same in the app: the screen is the picture at every number, whichever arrow leads there."""
    begun = cell(w)
    ways, waiting, pictures = {begun: ()}, [begun], {}
    while waiting:
        here = waiting.pop(0)
        for direction in DIRECTIONS:
            w.lesson.workspace.inspector = replace(w.lesson.workspace.inspector, cell=here, path=())
            await w.press(direction)
            there = cell(w)
            if there not in pictures:
                pictures[there] = w.expected()
                assert_told(pictures[there], frame_of(w), there, w.lesson.workspace.display.notation)
            assert w.text() == pictures[there]
            if there not in ways:
                ways[there] = (*ways[here], direction)
                waiting.append(there)
    return ways


def numbers_with_arrows(frame):
    """Every number that arrows are to reach: all but new weights before their update, and σ′ where it is a matrix."""
    wanted = {one for one in all_cells(frame) if one.kind != "update" or frame.knows("update", one.layer, one.neuron)}
    if frame.scenario.network.softmax:
        wanted = {one for one in wanted if one.kind != "slope" or one.layer < len(frame.course.units)}
    return wanted


STEP_NEURON = neuron(activation="step", biases=False, weights=(0.0, 1.0))


@pytest.mark.sweep
@pytest.mark.parametrize(
    "scenario", [DEEP, SOFTMAX, XOR, neuron(), STEP_NEURON], ids=["deep", "softmax", "xor", "neuron", "step-neuron"]
)
@pytest.mark.parametrize("place", ["first", "last"])
def test_arrows_lead_to_every_number_and_back(scenario, place):
    lesson = WindowlessLesson(scenario, step=0 if place == "first" else scenario.course.length - 1)
    lesson.inspect()
    ways = inspect_everywhere(lesson)
    assert set(ways) >= numbers_with_arrows(lesson.frame())
    for there, way in ways.items():
        lesson.inspect()
        for direction in way:
            lesson.press(direction)
        assert lesson.cell == there


def test_the_screen_is_the_picture_where_arrows_lead_to_a_number_of_each_kind_and_layer():
    step = at(DEEP, "1:1:gradient:3:1")  # some numbers are known, others not yet
    lesson = WindowlessLesson(DEEP, step)
    lesson.inspect()
    ways = inspect_everywhere(lesson)
    ends = {(one.kind, one.layer): one for one in ways}  # the last of them, so there is a way to it

    async def story(w):
        assert len(ends) > 12
        for there in ends.values():
            await w.press("escape", "i", *ways[there])
            assert cell(w) == there
            text = w.text()
            assert text == w.expected()
            assert_told(text, frame_of(w), there, w.lesson.workspace.display.notation)

    run_story(story, DEEP, (120, 40), step=step)


@pytest.mark.sweep(usual=False)
def test_the_screen_is_the_picture_at_every_number_that_arrows_lead_to():
    async def story(w):
        await w.press("i")
        assert cell(w) == lit_cell(frame_of(w))
        ways = await look_everywhere(w)
        assert set(ways) >= numbers_with_arrows(frame_of(w))
        for way in list(ways.values())[:: max(len(ways) // 12, 1)]:
            await w.press("escape", "i", *way)
            assert ways[cell(w)] == way

    run_story(story, DEEP, (120, 40), step=at(DEEP, "1:1:gradient:3:1"))


@pytest.mark.parametrize("size", [pytest.param(size, marks=pytest.mark.sweep(usual=size == (80, 24))) for size in SIZES])
@pytest.mark.parametrize("scenario", [DEEP, SOFTMAX, TWO, XOR], ids=lambda scenario: scenario.title)
def test_a_whole_data_point_is_inspected_step_by_step(scenario, size):
    async def story(w):
        await w.press("i")
        assert w.lesson.workspace.inspector is not None
        for step in range(scenario.course.length):
            w.lesson.workspace.inspector = None
            w.lesson.navigator.aim(w.lesson.navigator.to(step))
            await w.press("i")
            frame = frame_of(w)
            assert cell(w) == lit_cell(frame)
            inspection = w.lesson.workspace.inspector.of(frame, w.lesson.workspace.display.notation)
            assert inspection.known
            text = w.text()
            lines = text.splitlines()
            assert len(lines) <= size[1]
            assert text == w.expected()
            assert any(line.startswith(f"╭─ {inspection.symbol} ") for line in lines)
            assert inspection.equation.label in text

    run_story(story, scenario, size)


@pytest.mark.sweep
@pytest.mark.parametrize("size", [*SIZES, (50, 15), (30, 5)])
def test_every_size_shows_the_same_inspection_or_says_what_it_needs(size):
    async def story(w):
        await w.press("i", "up", "tab", "tab", "enter", "tab")
        assert w.text() == w.expected()
        assert all(len(line) <= size[0] for line in w.text().splitlines())

    run_story(story, TWO, size, step=at(TWO, "1:1:delta:1:2"))


def test_tab_goes_round_the_terms_in_both_directions():
    async def story(w):
        await w.press("i", "tab")
        count = len(terms(w.lesson.workspace.inspector.of(frame_of(w), w.lesson.workspace.display.notation)))
        seen = [term(w)]
        for _ in range(count - 1):
            await w.press("tab")
            seen.append(term(w))
        assert len(set(seen)) == count
        await w.press("tab")
        assert term(w) == seen[0]
        await w.press("shift+tab")
        assert term(w) == seen[-1]
        await w.press("escape", "i", "shift+tab")
        assert term(w) == seen[-1]

    tell(story, TWO, step=at(TWO, "1:1:delta:1:2"))


async def go_to_term(w, wanted):
    """Tab until such a term is chosen, then Enter."""
    for _ in range(60):
        await w.press("tab")
        if wanted(term(w)):
            await w.press("enter")
            return
    raise AssertionError("no such term")


def test_terms_lead_from_a_gradient_to_the_data_and_backspace_back():
    async def story(w):
        await w.press("i")
        begun = cell(w)
        way = [begun]
        for kind in ("delta", "delta", "slope", "a", "z", "a", "z", "input"):
            layer = cell(w).layer
            await go_to_term(w, lambda one, kind=kind, layer=layer: one.kind == kind and (kind != "delta" or one.layer >= layer))
            way.append(cell(w))
        assert way[-1].kind == "input"
        assert "row 1 of the data" in w.text()
        while way:
            assert cell(w) == way.pop()
            if way:
                await w.press("backspace")
        assert w.position.step == at(XOR, "1:1:update:1:2")

    tell(story, XOR, step=at(XOR, "1:1:update:1:2"))


def test_enter_goes_to_where_a_number_was_made_and_backspace_back():
    here = at(XOR, "2:1:delta:1:2")

    async def story(w):
        await w.press("i", "left", "left")
        left = cell(w)
        assert left == Cell("a", 1, 2)
        await w.press("enter")
        assert (w.address, cell(w)) == ("2:1:a:1:2", left)
        await w.press("enter")
        assert w.address == "2:1:a:1:2", "it is made here: Enter leads nowhere else"
        await go_to_term(w, lambda one: one.kind == "z")
        await w.press("enter")
        assert (w.address, cell(w)) == ("2:1:z:1:2", Cell("z", 1, 2))
        for address, kind in [("2:1:a:1:2", "z"), ("2:1:a:1:2", "a"), ("2:1:delta:1:2", "a")]:
            await w.press("backspace")
            assert (w.address, cell(w).kind) == (address, kind)
        assert cell(w) == left

    tell(story, XOR, step=here)


def test_enter_on_a_weight_goes_to_its_update_one_data_point_before():
    async def story(w):
        await w.press("i", "down")
        weight = cell(w)
        assert weight == Cell("weight", 2, 1, 1)
        await w.press("enter")
        assert (w.address, cell(w)) == ("1:4:update:2:1", replace(weight, kind="update"))
        await go_to_term(w, lambda one: one == weight)
        await w.press("enter")
        assert (w.address, cell(w).kind) == ("1:3:update:2:1", "update")
        for address, kind in [("1:4:update:2:1", "weight"), ("1:4:update:2:1", "update"), ("2:1:z:2:1", "weight")]:
            await w.press("backspace")
            assert (w.address, cell(w)) == (address, replace(weight, kind=kind))
        await w.press("escape", "home", "i", "right", "down", "down", "enter")
        assert "an initial weight" in w.text()
        assert w.address == "1:1:input", "an initial weight was made nowhere"

    tell(story, XOR, step=at(XOR, "2:1:z:2:1"))


def test_data_points_pass_by_under_an_inspected_number():
    async def story(w):
        await w.press("i", "pagedown")
        assert (w.address, cell(w)) == ("1:2:z:1:2", Cell("z", 1, 2))
        assert "made at 1:2:z:1:2" in w.text()
        await w.press("pageup", "pageup", "end")
        assert cell(w) == Cell("z", 1, 2)
        assert w.text() == w.expected()
        await w.press("home")
        assert "not reached yet" in w.text()

    run_story(story, replace(XOR, epochs=3), step=at(XOR, "1:1:z:1:2"))


def test_reading_another_file_closes_it_even_in_one_burst():
    single = replace(load("single-neuron"), notes=(), questions=())

    async def story(w):
        await w.press("i", "down", "down")
        await w.press("r", "right", "tab", "enter")
        assert w.timeline.scenario is single
        assert w.text() == w.expected()
        await w.press("escape", "r")
        assert w.lesson.workspace.inspector is None
        assert "grain" in w.text().splitlines()[-1] or "read again" in w.text()

    run_story(story, TWO, step=12, reload=lambda: single)


def test_another_chapter_of_a_replay_closes_it(tmp_path):
    single = replace(load("single-neuron"), notes=(), questions=())
    path = tmp_path / "two.nnrec"

    async def lived(w):
        await w.press(*["right"] * 15, "r", "right")

    record(path, lived, TWO, reload=lambda: single)
    recording = read_recording(path)

    async def story(w):
        w.lesson.controllers.movement.become(at_stop(w.position, recording.lesson, 12))
        await w.press("i")
        assert w.lesson.workspace.inspector is not None
        w.lesson.controllers.movement.become(at_stop(w.position, recording.lesson, recording.lesson.stops - 1))
        await w.press("down", "tab", "enter", "up")
        assert len(w.timeline.scenario.network.layers) == 1
        assert w.text() == w.expected()

    run_story(story, opening=of_recording(recording))


@pytest.mark.parametrize("key", ["escape", "i"])
def test_it_is_closed_by_escape_and_by_i(key):
    async def story(w):
        before = w.text()
        await w.press("i")
        assert w.text() != before
        assert "Esc closes" in w.text()
        await w.press(key)
        assert w.text() == before
        await w.press("right")
        assert w.address == "1:1:z:1:1"

    run_story(story, TWO)


def test_enter_inspects_what_is_lit():
    async def story(w):
        await w.press("enter")
        assert cell(w) == Cell("delta", 1, 2)
        await w.press("enter")
        assert w.address == "1:1:delta:1:2"
        await w.press("backspace")
        assert "nowhere to go back" in w.text()
        assert cell(w) == Cell("delta", 1, 2)

    tell(story, TWO, step=at(TWO, "1:1:delta:1:2"))


@pytest.mark.parametrize("size", SIZES)
def test_a_click_on_a_number_inspects_it_and_one_on_a_term_goes_there(size):
    async def story(w):
        await click(w, *place_of(w, lambda target: target == Cell("z", 1, 2)))
        assert cell(w) == Cell("z", 1, 2)
        await click(w, *place_of(w, lambda target: target == Cell("weight", 1, 2, 1)))
        assert cell(w) == Cell("weight", 1, 2, 1)
        await w.press("backspace")
        assert cell(w) == Cell("z", 1, 2)

    run_story(story, TWO, size, step=at(TWO, "1:1:delta:1:2"))


def test_the_keys_at_the_foot_can_be_clicked():
    def hint(words):
        return lambda target: getattr(target, "words", "") == words

    async def story(w):
        await w.press("i")
        begun = cell(w)
        await click(w, *place_of(w, hint("numbers")))
        assert cell(w) == begun
        await click(w, *place_of(w, hint("terms")))
        chosen = term(w)
        await click(w, *place_of(w, hint("to the term")))
        assert cell(w) == chosen
        await click(w, *place_of(w, hint("back")))
        assert cell(w) == begun
        await click(w, *place_of(w, hint("closes")))
        assert w.lesson.workspace.inspector is None

    run_story(story, TWO, step=at(TWO, "1:1:delta:1:2"))


def test_while_it_plays_the_number_stays_and_its_steps_go_on():
    async def story(w):
        await w.press("i", *["+"] * 9, "space")
        await w.until(lambda: w.position.step > 6)
        assert cell(w) == Cell("input", 0, 1)
        await w.press("right", "up", "tab")
        await w.press("space")
        assert not w.position.playing
        assert w.text() == w.expected()

    run_story(story, XOR)


@pytest.mark.usefixtures("numpy_alone")
def test_escape_stops_a_far_jump_before_it_closes_anything():
    async def story(w):
        await w.press("i")
        w.send("end")
        await w.until(lambda: "Esc stops" in w.text())
        await w.press("escape")
        assert w.lesson.navigator.goal is None
        assert w.lesson.workspace.inspector is not None
        await w.press("escape")
        assert w.lesson.workspace.inspector is None

    run_story(story, long_run())


def test_a_number_that_is_no_longer_finite_is_told_as_it_is():
    scenario = replace(load("learning-rates"), notes=())
    timeline = Timeline(scenario)
    timeline.frame(scenario.course.last)
    assert timeline.diverged is not None

    lesson = WindowlessLesson(scenario, step=timeline.diverged)
    for _ in range(4):
        lesson.inspect()
        inspect_everywhere(lesson)
        lesson.workspace.tool = None
        lesson.go_to(lesson.frame().step + scenario.course.length)
    assert "nan" in lesson.text() or "inf" in lesson.text()

    async def story(w):
        await w.press("i")
        assert w.text() == w.expected()
        await w.press("escape", "pagedown")
        assert "nan" in w.text() or "inf" in w.text()

    run_story(story, scenario, step=timeline.diverged)


@pytest.mark.sweep
@pytest.mark.parametrize("scenario", [DIGITS, wide(64, 4096, 10), wide(4096, 8, 3)], ids=["digits", "4096 units", "4096 inputs"])
@pytest.mark.parametrize("size", SIZES[1:2])
def test_wide_networks_show_the_largest_terms_and_count_the_rest(scenario, size):
    async def story(w):
        await w.press("i")
        if size != SIZES[0]:  # there one scrolls to it
            assert re.search(r"(?:and|… )\D*[\d,]+ (?:more|others?)", w.text())
        for _ in range(3):
            await w.press("tab", "enter", "down", "left", "down", "right")
            assert f"╭─ {symbol_of(cell(w), w.lesson.workspace.display.notation)} " in w.text()
        await w.press(*["backspace"] * 4)

    tell(story, scenario, size, step=at(scenario, "1:1:z:2:3"))


def test_the_same_is_told_at_the_very_last_step():
    async def story(w):
        await w.press("end", "i", "enter", "right", "enter", "tab", "enter")
        assert w.text() == w.expected()
        await w.press(*["backspace"] * 5)
        assert np.isfinite(frame_of(w).iteration.cost)

    run_story(story, replace(XOR, epochs=2))


def test_layers_are_as_declared():
    assert DEEP.network.layers[1] == Layer(3, "relu", biases=False)
