"""u and U: run until something holds, forward and back; what is found, what is not, and what ends a search."""

import asyncio
from dataclasses import replace

import pytest

from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.session.opening import of_recording
from nntui.training.edits.edit import read_edits
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.widgets.prompt import Prompt
from tests.scenes import long_run
from tests.tui.driven_app import run_story
from tests.tui.lessons import record, steps

XOR = replace(load("xor"), notes=(), questions=())


def foot(w):
    """The last line of the screen."""
    return w.text().splitlines()[-1].strip("▍ ")


async def searched(w):
    """Until the search has ended, and all that follows is on the screen."""
    await w.until(lambda: not w.lesson.controllers.search.is_running)
    await w.settled()
    await w.until(lambda: w.lesson.query_one(Prompt).is_open or "· Esc closes" not in foot(w))  # the line is laid out again


async def until(w, condition, key="u"):
    """Types a condition and waits for the end of the search."""
    await w.press(key)
    await w.press(*condition, "enter")
    await searched(w)


def cost(w):
    """C at the present step."""
    return w.timeline.frame(w.position.step).iteration.cost


def test_it_goes_to_the_first_step_where_the_condition_holds_and_backspace_leads_back():
    async def story(w):
        await w.press("right", "right")
        await until(w, "C < 0.01")
        assert w.address == "853:1:cost"
        assert foot(w) == "C = 0.0100 at 853:1:cost"
        await w.press("0")
        assert cost(w) == 0.009992860362036397
        assert w.text() == w.expected()
        await w.press("backspace")
        assert w.address == "1:1:z:1:2"

    run_story(story, XOR)


def test_the_same_again_and_back():
    async def story(w):
        await until(w, "C < 0.01")
        first = w.position.step
        assert not w.lesson.query_one(Prompt).is_open
        await w.press("u", "enter")
        await searched(w)
        second = w.position.step
        assert second > first
        await w.press("U", "enter")
        await searched(w)
        assert w.position.step == first
        assert foot(w) == "C = 0.0100 at 853:1:cost"
        await w.press("U", "enter")
        await searched(w)
        assert w.position.step == first
        assert foot(w) == "nowhere before this step: C < 0.01"

    run_story(story, XOR)


def test_what_is_proposed_is_replaced_by_what_is_typed_or_gone_on_with():
    async def story(w):
        await until(w, "row 2")
        await w.press("u")
        assert w.lesson.query_one(Prompt).value == "row 2"
        await w.press(*"row 3", "enter")
        await searched(w)
        assert w.address == "1:3:input"
        await w.press("u", "backspace", "4", "enter")
        await searched(w)
        assert w.address == "1:4:input"
        await w.press("u", "right", "0", "enter")
        await w.until(lambda: "row 40 is not in this run; expected 1 to 4" in w.text())

    run_story(story, XOR)


def test_symbols_are_those_of_the_screen():
    async def story(w):
        await until(w, "|d1.2| < 1")
        assert foot(w) == f"δ₂¹ = {w.lesson.workspace.display.numerals.write(w.timeline.frame(10).delta(1, 2))} at 1:1:delta:1:2"
        await until(w, "w1.2.1 > 0")
        assert foot(w).startswith("w⁰₂₁ = 0.3000 at 1:1:update:1:2")
        await w.press("o")
        await until(w, "b1.2 > -1", "U")
        assert foot(w).startswith("b¹₂ = 0.1000 at 1:1:input")
        await until(w, "misclassified")
        assert foot(w) == "data row 1 is misclassified at 1:1:a:2:1"
        await until(w, "end")
        assert foot(w) == "arrived at 2000:4:update:1:2"

    run_story(story, XOR)


def test_a_condition_that_cannot_be_read_is_told_with_the_character():
    async def story(w):
        await w.press("u", *"C = 1", "enter")
        await w.until(lambda: "character 3: '='; expected one of < <= > >=" in w.text())
        await w.press("backspace", "backspace", "backspace", *"< 1", "enter")
        await searched(w)
        assert w.address == "1:1:cost"

    run_story(story, XOR)


def test_all_conditions_are_listed():
    async def story(w):
        await w.press("u", "?")
        await w.until(lambda: "cost rose for 3 epochs" in w.text())
        await w.press("escape")
        await w.until(lambda: "cost rose" not in w.text())
        assert w.address == "1:1:input"

    run_story(story, XOR, size=(80, 40))


def test_nothing_is_found_and_one_stays():
    async def story(w):
        await w.press("right")
        await until(w, "C < 0")
        assert foot(w) == "nowhere after this step: C < 0"
        assert w.address == "1:1:z:1:1"
        assert w.timeline.computed == 8000
        await w.press("backspace")
        assert "there is nowhere to go back to" in w.text()

    run_story(story, XOR)


async def far(w, condition="C < 0"):
    """Begins a search that takes long, until it is on its way and says so."""
    await w.press("u")
    w.send(*condition, "enter")
    await w.until(lambda: w.lesson.controllers.search.is_running and w.timeline.computed > 500)
    w.lesson.window.paint_soon()
    await w.until(lambda: "Esc stops" in w.text())
    ahead = len(w.timeline) - w.timeline.course.iteration(w.position.step + 1)
    assert foot(w).startswith(f"until {condition}: ")
    assert f" of {ahead:,} data points " in foot(w), "those after the present step"


async def nothing_computes(w):
    """Whether it is quiet: nothing goes on in the background."""
    await w.settled()
    computed = w.timeline.computed
    for _ in range(50):
        await asyncio.sleep(0)
    return not w.lesson.controllers.search.is_running and w.timeline.computed == computed


@pytest.mark.usefixtures("numpy_alone")
def test_escape_stops_it_and_one_stays():
    async def story(w):
        await w.press("right")
        await far(w)
        await w.press("escape")
        assert foot(w) == "stopped looking for C < 0"
        assert w.address == "1:1:z:1:1"
        assert await nothing_computes(w)
        assert w.text() == w.expected()

    run_story(story, long_run())


@pytest.mark.usefixtures("numpy_alone")
def test_a_key_that_moves_ends_it_and_one_that_looks_does_not():
    async def story(w):
        await far(w)
        w.send("v", "full_stop", "i")
        await w.until(lambda: w.lesson.workspace.inspector is not None)
        assert w.lesson.controllers.search.is_running
        await w.press("escape")
        assert not w.lesson.controllers.search.is_running
        assert w.lesson.workspace.inspector is not None, "Escape stops the search first"
        await w.press("escape")
        await far(w)
        await w.press("pagedown")
        assert w.address == "1:2:input"
        assert "Esc stops" not in w.text()
        assert await nothing_computes(w)

    run_story(story, long_run())


@pytest.mark.usefixtures("numpy_alone")
def test_a_second_search_a_question_and_play_end_it():
    async def story(w):
        await far(w)
        await w.press("u")
        assert await nothing_computes(w)
        await w.press(*"row 2", "enter")
        await searched(w)
        assert w.address == "1:2:input"
        await far(w)
        await w.press("g")
        assert await nothing_computes(w)
        await w.press("escape")
        await far(w)
        await w.press("space")
        assert w.position.playing
        await w.press("space")
        assert await nothing_computes(w)

    run_story(story, long_run())


@pytest.mark.usefixtures("numpy_alone")
def test_it_stops_play_and_gives_up_a_far_jump():
    async def story(w):
        await w.press("space")
        assert w.position.playing
        await until(w, "row 3")
        assert not w.position.playing
        assert w.address == "1:3:input"
        w.send("end")
        await w.until(lambda: w.lesson.navigator.goal is not None)
        w.send("u", *"row 4", "enter")
        await w.until(lambda: w.lesson.navigator.goal is None)
        await searched(w)
        assert w.address == "1:4:input"
        assert await nothing_computes(w)

    run_story(story, long_run())


def test_a_condition_goes_along_to_the_next_lesson():
    async def story(w):
        await until(w, "row 2")
        await w.press("s")
        w.app.on_picker_chosen(type("Chosen", (), {"opening": w.app._opening})())
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))
        await w.settled()
        await w.press("u")
        assert w.lesson.query_one(Prompt).value == "row 2"

    run_story(story, XOR)


def test_what_is_found_is_recorded_and_in_a_replay_backspace_leads_back(tmp_path):
    path = tmp_path / "r.nnrec"

    async def made(w):
        await until(w, "mean C < 0.12")
        await w.press("right")

    record(path, made, XOR)
    course = XOR.course
    assert len(steps(path)) == 3
    there = str(course.address(steps(path)[1]))
    assert there.endswith(":4:cost")

    async def story(w):
        await w.press("right")
        assert w.address == there
        await until(w, "misclassified")
        assert "is misclassified at " in foot(w)
        assert w.position.step > steps(path)[1]
        await w.press("backspace")
        assert w.address == there
        await until(w, "start", "U")
        assert w.address == "1:1:input"
        await w.press("6", "left")
        assert w.address == there

    run_story(story, opening=of_recording(read_recording(path)))


def test_in_a_fork_the_fork_is_searched():
    async def story(w):
        await w.press("pagedown", "pagedown")
        w.lesson.controllers.movement.become(w.lesson.navigator.forked(w.position, read_edits("w1.2.1=40")))
        await w.settled()
        await w.press("home")
        await until(w, "w1.2.1 > 39")
        assert w.address == "1:3:input"
        assert foot(w) == "w⁰₂₁ = 40.0000 at 1:3:input"

    run_story(story, XOR)


def test_over_a_real_line(server):
    with server.terminal("spiral", "--no-history", size=(80, 24)) as terminal:
        terminal.shows("step 1/87")
        terminal.press("u", "mean C < 0.6", "enter")
        terminal.shows("mean C = 0.5")
        terminal.shows(":60:cost")
        terminal.press("u", "enter", "right")
        terminal.press("u", "C < 0", "enter", "u", "w9.1.1 > 0", "enter")
        terminal.shows("character 2: layer 9 is not in this network; expected 1 to 3")
        terminal.press("esc")
        terminal.hides("character 2")
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()
