"""Stepping through a run: every key, at every size of window."""

from dataclasses import replace

import pytest

from nntui.draw.base.plain_text import plain
from nntui.draw.charts.axes import IterationPlace
from nntui.draw.layout.foot import KeyHint
from nntui.draw.panels.equation import equation_block
from nntui.files.library import load
from nntui.session.position import SPEEDS
from nntui.training.address import Address
from nntui.training.steps import GRAINS
from nntui.tui.screens.help import Help
from nntui.tui.widgets.canvas import Canvas
from nntui.tui.widgets.keys import KEYS
from nntui.tui.widgets.prompt import Prompt
from tests.scenes import long_run
from tests.tui.driven_app import run_story
from tests.tui.lessons import place_of

XOR, TWO = load("xor"), load("two-by-two")
SIZES = [(80, 24), (120, 40), (200, 60), (60, 20), (50, 15)]


@pytest.mark.sweep
@pytest.mark.parametrize(("size", "grain"), [((80, 24), grain) for grain in GRAINS] + [(size, "neuron") for size in SIZES[1:]])
def test_forward_and_back_show_the_same_screens(size, grain):
    async def story(w):
        await w.press(str(GRAINS.index(grain) + 1))
        await w.press(*["right"] * 8, *["left"] * 7)  # so that all of it has been visited
        there, places = [], []
        for _ in range(6):
            there.append(w.text())
            places.append(w.position.step)
            await w.press("right")
        for text, step in zip(reversed(there), reversed(places), strict=True):
            await w.press("left")
            assert (w.position.step, w.text()) == (step, text)
        assert places == sorted(set(places))

    run_story(story, XOR, size)


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
def test_the_screen_is_the_picture_of_the_step(size):
    async def story(w):
        for key in ["right"] * 3 + ["2", "right", "right", "pagedown", "3", "left", "5", "right", "home"]:
            await w.press(key)
            assert w.text() == w.expected()
            assert len(w.text().splitlines()) <= size[1]

    run_story(story, TWO, size)


def test_it_opens_at_the_start_with_nothing_over_the_panels():
    async def story(w):
        assert (w.address, w.position.grain) == ("1:1:input", "neuron")
        assert "Two by two" in w.text()

    run_story(story, TWO)


def test_it_opens_at_an_address():
    async def story(w):
        assert w.address == "3:1:delta:1:2"

    run_story(story, TWO, step=TWO.course.parse("3:1:delta:1:2"))


def test_home_end_and_the_ends_of_the_run():
    async def story(w):
        await w.press("left")
        assert w.address == "1:1:input"
        await w.press("end")
        assert w.address == "3:4:update:1:2"
        await w.press("right", "pagedown")
        assert w.address == "3:4:update:1:2"
        await w.press("home")
        assert w.address == "1:1:input"
        await w.press("pageup")
        assert w.address == "1:1:input"
        await w.press("right", "right", "pagedown")
        assert w.address == "1:2:z:1:2", "the same step of the next data point"

    run_story(story, replace(XOR, epochs=3, notes=()))


def test_go_to_an_address():
    async def story(w):
        await w.press("g", *"3:2:delta:1:2", "enter")
        assert w.address == "3:2:delta:1:2"
        assert not w.lesson.query_one(Prompt).has_class("open")
        await w.press("g", *"end", "enter")
        assert w.position.step == w.timeline.course.last
        await w.press("g", *"40", "enter")
        assert w.address == "40:1:input"

    run_story(story, replace(XOR, epochs=40, notes=()))


def test_a_bad_address_is_refused_with_words_and_moves_nothing():
    async def story(w):
        await w.press("g", *"3:9:delta", "enter")
        await w.until(lambda: "point 9 of '3:9:delta' is not in this run; expected 1 to 4" in w.text())
        assert w.address == "1:1:input"
        await w.press("escape")
        await w.until(lambda: w.text() == w.expected())
        await w.press("right")
        assert w.address == "1:1:z:1:1", "keys mean steps again"
        await w.press("g", *"[b]$x", "enter")
        await w.until(lambda: "[b]$x" in w.text())

    run_story(story, XOR, (120, 40))


def test_while_an_address_is_typed_letters_go_there():
    async def story(w):
        await w.press("g", *"q15n")
        assert w.address == "1:1:input"
        assert w.position.grain == "neuron"
        await w.until(lambda: "q15n" in w.text())

    run_story(story, XOR)


def test_play_moves_on_by_itself_and_a_step_key_pauses_it():
    async def story(w):
        await w.press(*["+"] * 9, "space")
        assert w.position.playing
        await w.until(lambda: f"{SPEEDS[-1]:g}/s" in w.text())
        await w.until(lambda: w.position.step >= 3)
        await w.press("right")
        assert not w.position.playing
        assert w.lesson.controllers.movement.player.timer is None
        await w.until(lambda: "/s" not in w.text())
        await w.press(*["-"] * 9)
        assert w.position.speed == SPEEDS[0]

    run_story(story, XOR)


def test_play_ends_with_the_run():
    async def story(w):
        await w.press(*["+"] * 9, "space")
        await w.until(lambda: not w.position.playing)
        assert w.position.step == w.timeline.course.last
        assert w.lesson.controllers.movement.player.timer is None
        await w.press("space")
        assert not w.position.playing

    run_story(story, replace(TWO, epochs=1, notes=()), step=14)


def test_a_click_means_what_the_key_would():
    async def story(w):
        await w.click(*place_of(w, lambda target: isinstance(target, Address) and target.moment.kind == "cost"))
        assert w.address == "1:1:cost"
        await w.click(*place_of(w, lambda target: isinstance(target, KeyHint) and target.action == "forward"))
        assert w.address == "1:1:delta:2:1"
        await w.click(*place_of(w, lambda target: isinstance(target, KeyHint) and target.action == "next_grain"))
        assert w.position.grain == "layer"
        await w.click(*place_of(w, lambda target: isinstance(target, KeyHint) and target.words == "help"))
        await w.until(lambda: isinstance(w.app.screen, Help))
        await w.press("escape")
        x, y = place_of(w, lambda target: isinstance(target, IterationPlace) and target.first == 0.0)
        along = w.lesson.query_one(Canvas)._block[y]
        target = next(span.target for span in along if isinstance(span.target, IterationPlace))
        offset = int(5 / target.each)
        await w.click(x + offset, y)
        assert w.address == "2:2:cost", "the plot: the sixth data point's cost"

    run_story(story, XOR, (120, 40))


@pytest.mark.parametrize("size", [pytest.param(size, marks=pytest.mark.sweep(usual=size[0] <= 80)) for size in SIZES])
@pytest.mark.parametrize("key", ["escape", "?", "q", "enter", "space"])
def test_help_opens_and_closes(size, key):
    async def story(w):
        before = w.text()
        await w.press("?")
        assert isinstance(w.app.screen, Help)
        assert "by neuron, layer, phase" in w.text()
        await w.press(key)
        assert w.text() == before

    run_story(story, XOR, size)


HERE = ("→", "←", "space", "Enter")  # keys that the first rows tell in words of their own


def test_help_names_every_key():
    async def story(w):
        await w.press("?")
        rows = [line.split() for line in w.text().replace("│", "").splitlines()]
        told = {word for row in rows for word in row}
        assert told >= {key.shown for key in KEYS}
        for key in KEYS:
            if key.shown not in HERE:
                assert key.brief in w.text()

    run_story(story, XOR, (120, 80))


def test_the_palette_lists_every_action():
    async def story(w):
        offered = {command.title for command in w.app.get_system_commands(w.app.screen)}
        assert offered >= {key.words for key in KEYS if key.action != "app.command_palette"}
        assert offered >= {"Dark colours", "Light colours"}
        await next(command.callback for command in w.app.get_system_commands(w.app.screen) if command.title == "Help")()
        await w.until(lambda: isinstance(w.app.screen, Help))
        await w.press("escape")
        await w.press("ctrl+p")
        await w.until(lambda: "Dark colours" in w.text() or "Step forward" in w.text())
        await w.press("escape")
        await w.until(lambda: w.app.screen is w.app.screen_stack[0])

    run_story(story, XOR, (120, 60))


def test_the_footer_is_drawn_from_the_table():
    async def story(w):
        foot = w.text().splitlines()[-1]
        assert "1-5 grain: neuron" in foot
        for key in KEYS:
            if key.footer:
                assert key.footer in foot

    run_story(story, XOR, (120, 40))


def test_another_theme_repaints_everything():
    async def story(w):
        def grounds():
            strips = w.app.screen._compositor.render_strips()
            return {segment.style.bgcolor.name for strip in strips for segment in strip if segment.style.bgcolor}

        text, dark = w.text(), grounds()
        w.app.theme = "nntui-light"
        await w.until(lambda: not grounds() & dark - {"#ffc857"})
        assert w.text() == text
        w.app.theme = "nntui-dark"
        await w.until(lambda: grounds() == dark)

    run_story(story, XOR, step=7)


def test_a_lesson_is_drawn_once_as_it_opens(monkeypatch):
    paints = []
    monkeypatch.setattr(Canvas, "show", lambda self, block, show=Canvas.show: (paints.append(1), show(self, block))[1])

    async def story(w):
        assert len(paints) == 1

    run_story(story, XOR, (120, 40))


def test_a_burst_of_step_keys_ends_where_it_should_and_paints_little(monkeypatch):
    paints = []
    monkeypatch.setattr(Canvas, "show", lambda self, block, show=Canvas.show: (paints.append(1), show(self, block))[1])

    async def story(w):
        paints.clear()
        await w.press(*["right"] * 100)
        assert w.position.step == 100
        assert w.text() == w.expected()
        assert len(paints) <= 40, f"{len(paints)} paints for 100 keys"

    run_story(story, XOR, (120, 40))


@pytest.mark.usefixtures("numpy_alone")
def test_end_of_a_long_run_shows_progress_and_can_be_cancelled():
    async def story(w):
        w.send("end")
        await w.until(lambda: "Esc stops" in w.text())
        computed = w.timeline.computed
        assert 0 < computed < 100_000, "told within the first slices"
        assert w.address == "1:1:input"
        await w.press("escape")
        await w.until(lambda: "Esc stops" not in w.text())
        kept = w.timeline.computed
        assert computed <= kept < 1_000_000
        assert w.address == "1:1:input"
        await w.press("right")
        assert w.address == "1:1:z:1:1"
        assert w.timeline.computed == kept

    run_story(story, long_run(), (120, 40))


@pytest.mark.usefixtures("numpy_alone")
def test_the_keyboard_is_heard_while_a_far_step_is_computed():
    async def story(w):
        w.send("end")
        await w.until(lambda: "Esc stops" in w.text())
        w.send("home")
        await w.until(lambda: "Esc stops" not in w.text())
        assert w.address == "1:1:input"

    run_story(story, long_run())


def test_the_equation_on_screen_is_that_of_show():
    async def story(w):
        shown = plain(equation_block(w.lesson.workspace.view(w.lesson.navigator), 120, None)).splitlines()
        assert all(line in w.text().splitlines() for line in shown)

    run_story(story, TWO, (120, 40), step=TWO.course.parse("1:1:delta:1:2"))


def test_a_tour_goes_from_note_to_note():
    async def story(w):
        await w.press("n")
        first = w.address
        assert w.position.step in w.lesson.navigator.notes.tour
        await w.press("n", "N")
        assert w.address == first
        await w.press("N")
        assert "no note before this step" in w.text()

    run_story(story, replace(TWO, questions=()))


def test_a_file_can_be_read_again_after_an_edit():
    changed = replace(TWO, title="Edited", epochs=1, notes=())

    async def story(w):
        await w.press("r")
        assert "Edited" in w.text()
        assert w.address == "1:1:input"
        assert "is no more" in w.text()

    run_story(story, TWO, step=TWO.course.parse("3:1:cost"), reload=lambda: changed)
