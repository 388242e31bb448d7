"""What the network has learned, under the panels: it stays open while the viewer steps, and shows what is known at each step."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from nntui.explain.learned.confusion import verdict
from nntui.explain.learned.function import weights_at_step
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.session.opening import of_recording
from nntui.session.tools.learned import Learned
from nntui.session.tools.surface import SurfaceTool
from nntui.training.address import Moment
from nntui.tui.widgets.canvas import Canvas
from tests.session.fake_window import FakeLesson
from tests.session.keyed_lesson import tell
from tests.tui.driven_app import run_story
from tests.tui.lessons import click, frame_of, place_of, record

XOR, SPIRAL, SOFTMAX, SINE, IRIS, DIGITS, TWO = (
    replace(load(name), notes=(), questions=()) for name in ("xor", "spiral", "softmax", "sine", "iris", "digits", "two-by-two")
)
SCREENS = [(60, 20), (80, 24), (120, 40), (200, 60)]
SIZES = [pytest.param(size, marks=pytest.mark.sweep(usual=size in ((80, 24), (60, 20)))) for size in SCREENS]


def under(text):
    """The lines under the panels, at least."""
    return text.splitlines()[-9:]


def tool(w):
    return w.lesson.workspace.tool


def counted(w):
    """How many rows are right, by the weights of the step, row by row."""
    return right_of(weights_at_step(frame_of(w)))


@lru_cache(maxsize=64)
def right_of(weights):
    """How many rows are right by some weights; the same for the same bits."""
    made = np.concatenate([weights.outputs(row[None]) for row in weights.scenario.x])
    found = verdict(weights.scenario, made)
    return f"{found.right:,} of {found.rows:,} right"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", [XOR, SPIRAL, SOFTMAX, SINE, IRIS, TWO], ids=lambda scenario: scenario.title)
def test_it_stays_open_while_one_steps(scenario, size):
    async def story(w):
        await w.press("l")
        assert isinstance(tool(w), Learned)
        for keys in (("right",), ("right", "right"), ("left",), ("pagedown",), ("3", "right"), ("5", "right"), ("home",)):
            await w.press(*keys)
            assert isinstance(tool(w), Learned)
            text = w.text()
            lines = text.splitlines()
            assert text == w.expected()
            assert len(lines) == size[1]
            assert max(map(len, lines)) <= size[0]
            if scenario not in (SINE, TWO):
                assert counted(w) in text
        await w.press("l")
        assert isinstance(tool(w), SurfaceTool)
        await w.press("l")
        assert tool(w) is None
        await w.press("l", "escape")
        assert tool(w) is None
        assert w.text() == w.expected()

    run_story(story, scenario, size)


def test_at_every_step_it_counts_with_the_weights_of_that_step():
    course = SPIRAL.course
    begin = 30 * course.points * course.length

    lesson, seen = FakeLesson(SPIRAL, begin), set()
    lesson.do("learned")
    for _ in range(course.length):
        text = "\n".join(lesson.paint())
        assert counted(lesson) in text
        seen.add(text.split("╭─ arm")[1].split("\n", 1)[1])
        lesson.do("forward")
    assert len(seen) > 8, "the map follows the updates"


def test_arrows_choose_an_output_where_there_are_several():
    async def story(w):
        await w.press("l")
        titles = []
        for _ in range(4):
            titles.append(w.text().split("╭─ ")[-2].split("  ")[0])
            await w.press("down")
        assert titles == ["class said", "E", "N", "SW"]
        await w.press("up")
        assert "╭─ SW  0" in w.text()
        assert "which output" in w.text()
        here = w.address
        await w.press("right")
        assert w.address != here

    tell(story, SOFTMAX)


def test_a_network_of_one_output_has_nothing_to_choose():
    async def story(w):
        await w.press("l")
        assert "which output" not in w.text()
        before = w.text()
        await w.press("down", "down", "up")
        assert w.text() == before

    tell(story, XOR)


def test_a_number_is_inspected_in_its_place_and_it_comes_back():
    async def story(w):
        await w.press("l", "i")
        assert w.lesson.workspace.inspector is not None
        await w.press("l")
        assert isinstance(tool(w), Learned)
        x, y = place_of(w, lambda target: target.__class__.__name__ == "Cell")
        await click(w, x, y)
        assert w.lesson.workspace.inspector is not None
        await w.press("escape")
        assert tool(w) is None

    run_story(story, XOR)


def test_the_keys_at_the_foot_can_be_clicked():
    async def story(w):
        await w.press("l")
        await click(w, *place_of(w, lambda target: getattr(target, "key", "") == "↑↓"))
        assert "╭─ E  0" in w.text()
        await click(w, *place_of(w, lambda target: getattr(target, "key", "") == "l"))
        assert isinstance(tool(w), SurfaceTool)
        await click(w, *place_of(w, lambda target: getattr(target, "key", "") == "l"))
        assert tool(w) is None

    run_story(story, SOFTMAX)


def test_every_size_shows_it_or_says_what_it_needs():
    async def story(w):
        await w.press("l")
        for size in ((60, 20), (50, 15), (120, 40), (200, 60), (80, 24)):
            await w.resize(*size)
            await w.until(lambda size=size: ("of 60 right" in w.text()) == (size != (50, 15)))
            await w.until(lambda: w.text() == w.expected())  # the map is made in slices

    run_story(story, SPIRAL)


def test_it_looks_the_same_in_a_replay(tmp_path):
    path = tmp_path / "r.nnrec"
    texts = {}

    def picture(w):
        return w.text().split("╭─ xor")[1].splitlines()[1:9]

    async def lived(w):
        await w.press("l")
        for _ in range(8):
            await w.press("right")
            texts[w.address] = picture(w)

    record(path, lived, XOR, step=XOR.course.parse("900:2:gradient:2:1"))

    async def again(w):
        await w.press("home", "l")
        seen = {}
        for _ in range(12):
            seen[w.address] = picture(w)
            await w.press("right")
        assert seen.items() >= texts.items()
        assert len(set(map(str, texts.values()))) >= 3

    run_story(again, opening=of_recording(read_recording(path)), size=(80, 25))  # the time bar takes a line


def test_what_a_fork_learned_is_of_its_own_weights_and_data():
    async def story(w):
        await w.press("l", "5", "right", "4")
        before = under(w.text())
        await w.press("e", *"w2.1.1=-9", "enter", "right")
        assert isinstance(tool(w), Learned)
        assert counted(w) in w.text()
        assert under(w.text())[1:-3] != before[1:-3]
        await w.press("e", *"y1=0.5", "enter")
        assert "how far off" in w.text(), "these targets tell no two classes apart"
        assert w.text() == w.expected()

    run_story(story, XOR)


def test_many_rows_are_counted_later_and_the_present_one_at_once():
    async def story(w):
        await w.press("l")
        assert "row 1: 0" in w.text()
        told = counted(w)
        await w.until(lambda: told in w.text())
        await w.press("pagedown")
        assert "row 2: 1" in w.text()
        before = counted(w)
        await w.until(lambda: before in w.text() and "counting" not in w.text())
        await w.press("right", "right", "right")
        assert "counting" not in w.text(), "no weight has changed"
        assert before in w.text()

    run_story(story, DIGITS)


def test_keys_that_are_held_are_not_waited_for():
    async def story(w):
        await w.press("l", "4")
        await w.press(*["right"] * 40)
        assert w.address.startswith("1:40:")
        assert "row 40: " in w.text()
        told = counted(w)
        await w.until(lambda: told in w.text())

    run_story(story, DIGITS)


def test_closing_it_stops_the_count():
    async def story(w):
        await w.press("l", "escape")
        await w.until(lambda: not any(worker.group == "tool" and worker.is_running for worker in w.lesson.workers))
        assert tool(w) is None
        assert w.text() == w.expected()

    run_story(story, DIGITS)


def test_only_what_changes_is_painted():
    """Of the block that is handed to the canvas: a step that changes no weight leaves the map as it is."""

    async def story(w):
        await w.press("l", "right")
        canvas = w.lesson.query_one(Canvas)
        before = canvas._block[-11:-1]
        await w.press("right")
        after = canvas._block[-11:-1]
        assert [a == b for a, b in zip(before, after, strict=True)] == [True] * 10

    run_story(story, SPIRAL, step=SPIRAL.course.parse("50:2:input"))


@pytest.mark.parametrize(
    ("name", "scenario"),
    [("xor", XOR), pytest.param("spiral", SPIRAL, marks=pytest.mark.sweep(usual=False))],
    ids=["xor", "spiral"],
)
def test_in_a_terminal_a_step_costs_few_bytes(server, name, scenario):
    course = scenario.course
    with server.terminal(name, "--no-history", "--at", "1:2:input", size=(80, 24)) as terminal:
        terminal.shows("epoch")
        terminal.press("l")
        terminal.shows(f"of {course.points} right")
        costs = [terminal.step("right", step) for step in range(2, course.length + 1)]
        first = course.offset(Moment("update", len(course.units), 1))
        assert sum(costs[:first]) / first < 1000, "nothing is painted but what a step makes"
        assert sum(costs) / len(costs) < 2500
        terminal.press("l")
        terminal.shows("mean C over")
        terminal.press("l")
        terminal.until(lambda: "mean C over" not in terminal.text())
        terminal.shows("space play")
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()
