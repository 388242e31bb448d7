"""The plot as an instrument in the window: keys, clicks, what is remembered, and what a key costs down the wire."""

from dataclasses import replace

import pytest

from nntui.draw.plot.panel import ChoicePlace, ColumnPlace
from nntui.files.library import load
from nntui.session.tools.plotter import Plotter
from tests.scenes import long_run
from tests.tui.driven_app import run_story, spelled
from tests.tui.lessons import click, place_of

XOR, TWO = (replace(load(name), notes=(), questions=()) for name in ("xor", "two-by-two"))
SIZES = [(60, 20), (80, 24), (120, 40)]
FAR = XOR.course.parse("100:1")


def plot_view(w):
    """What is looked at."""
    return w.lesson.workspace.tool.plot_view


def where(w):
    """The address under the cursor, as it is read off."""
    line = next(line for line in w.text().splitlines() if line.startswith("│ ◆ "))
    return line.split()[2]


async def whole(w):
    """Until nothing is computed in the background any more."""
    await w.until(lambda: not any(worker.group == "tool" and worker.is_running for worker in w.lesson.workers._workers))
    await w.settled()


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
def test_it_opens_on_the_present_and_closes_without_a_trace(size):
    async def story(w):
        before = w.text()
        for key in ("x", "escape"):
            await w.press("x")
            assert isinstance(w.lesson.workspace.tool, Plotter)
            assert where(w) == "100:1"
            assert w.text() == w.expected()
            assert "cursor" in w.text().splitlines()[-1]
            await w.press(key)
            assert w.text() == before
            assert w.address == "100:1:input"

    run_story(story, XOR, size, step=FAR)


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
def test_arrows_move_by_a_column_and_enter_goes_there_and_back(size):
    async def story(w):
        await w.press("x", "left", "left", "left")
        each = w.lesson.workspace.tool.present_chart(w.lesson.navigator).shown.each
        n = 396 - 3 * each
        assert where(w) == f"{n // 4 + 1}:{n % 4 + 1}"
        assert w.address == "100:1:input", "nothing has moved but the cursor"
        await w.press("enter")
        assert w.address == f"{n // 4 + 1}:{n % 4 + 1}:cost"
        assert isinstance(w.lesson.workspace.tool, Plotter)
        assert w.text() == w.expected()
        await w.press("backspace")
        assert w.address == "100:1:input"
        await w.press("home")
        assert where(w) == "1:1"
        await w.press("left")
        assert where(w) == "1:1"
        await w.press("end")
        assert where(w) == "99:4", "the present one has no cost yet"
        await w.press("pageup", "pagedown")
        assert w.text() == w.expected()

    run_story(story, XOR, size, step=FAR)


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
def test_zooming_in_comes_to_single_data_points_and_out_again_to_all(size):
    async def story(w):
        await w.press("x", "home", *["right"] * 9)
        here = where(w)
        for _ in range(12):
            await w.press("up")
            assert where(w) == here
            assert w.text() == w.expected()
        n = plot_view(w).at
        for change in (1, 1, -1, 1):
            await w.press("right" if change > 0 else "left")
            n += change
            assert where(w) == f"{n // 4 + 1}:{n % 4 + 1}"
        await w.press("pagedown")
        assert plot_view(w).at > n + 1
        for _ in range(12):
            await w.press("down")
        shown = w.lesson.workspace.tool.present_chart(w.lesson.navigator).shown
        assert shown.first == 0
        assert shown.stop >= 8000, "the whole run"
        assert " not computed " in w.text()

    run_story(story, XOR, size, step=FAR)


def test_the_window_pans_under_the_cursor_when_one_is_near():
    async def story(w):
        await w.press("x", "home", *["up"] * 12)
        first = plot_view(w).zoom
        await w.press("pagedown", "pagedown")
        assert plot_view(w).at > 0
        assert plot_view(w).zoom.first > first.first
        await w.press("pageup", "pageup", "pageup")
        assert plot_view(w).at == 0
        assert plot_view(w).zoom.first == 0

    run_story(story, XOR, step=FAR)


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
def test_tab_goes_round_the_list_and_each_series_becomes_whole(size):
    async def story(w):
        await w.press("x")
        seen = []
        for _ in range(5):
            seen.append(w.text())
            await w.press("tab")
            await whole(w)
            assert w.text() == w.expected()
            assert "being computed" not in w.text()
        assert w.text() == seen[0]
        await w.press("shift+tab", "left")
        await whole(w)
        assert "accuracy after each epoch" in w.text()
        assert "of 4 rows" in w.text()

    run_story(story, XOR, size, step=FAR)


def test_the_scale_stays_for_the_small_plot_and_the_rest_for_the_next_time():
    async def story(w):
        await w.press("x", "L", "tab", "t", "up")
        await whole(w)
        left = w.text()
        assert ", log" in left
        assert "mean of each epoch" in left
        await w.press("x")
        assert "cost, log  ━ mean" in w.text()
        assert w.text() == w.expected()
        await w.press("x")
        assert w.text() == left
        await w.press("escape", "pageup", "x")
        assert plot_view(w).at // 4 == w.position.step // w.timeline.course.length // 4, "one has moved: on the present"
        await w.press("L", "x")
        assert ", log" not in w.text()

    run_story(story, XOR, step=FAR)


def test_one_point_is_a_data_point_an_epoch_or_a_turn_of_the_row_under_the_cursor():
    async def story(w):
        await w.press("x", "up", "up", "up", "up", "left")
        row = w.timeline.row(plot_view(w).at)
        await w.press("t")
        assert "mean cost" in w.text() or "mean of each epoch" in w.text()
        await w.press("t")
        await whole(w)
        assert f"at each turn of row {row + 1}" in w.text()
        await w.press("left", "enter")
        assert w.timeline.row(w.lesson.navigator.course.iteration(w.position.step)) == row
        assert w.address.endswith(":cost")
        await w.press("t", "x")
        await w.press("x", "t", "left", "enter")
        assert w.address.split(":")[1] == "4", "an epoch: its last data point"

    run_story(story, XOR, step=FAR)


def test_enter_on_what_is_not_computed_computes_it():
    async def story(w):
        await w.press("x", *["down"] * 8)
        w.lesson.workspace.tool = replace(w.lesson.workspace.tool, plot_view=replace(plot_view(w), at=7000))
        await w.press("L", "L")
        assert "not computed yet" in w.text()
        await w.press("enter")
        await w.until(lambda: w.address == "1751:1:cost")
        await w.settled()
        assert "not computed yet" not in w.text()
        assert w.text() == w.expected()

    run_story(story, XOR)


def test_clicks_put_the_cursor_and_choose_a_series():
    async def story(w):
        await w.press("x")
        x, y = place_of(w, lambda target: isinstance(target, ColumnPlace))
        await click(w, x + 8, y)
        shown = w.lesson.workspace.tool.present_chart(w.lesson.navigator).shown
        assert plot_view(w).at == shown.place(8)
        assert w.address == "100:1:input"
        await click(w, *place_of(w, lambda target: target == ChoicePlace(2)))
        await whole(w)
        assert "|δ¹|" in w.text()
        for words, check in (("log", lambda: plot_view(w).log), ("go there", lambda: w.address.endswith(":cost"))):
            await click(w, *place_of(w, lambda target, words=words: getattr(target, "words", "") == words))
            assert check()
        await click(w, *place_of(w, lambda target: getattr(target, "words", "") == "closes"))
        assert w.lesson.workspace.tool is None

    run_story(story, XOR, (120, 40), step=FAR)


def test_it_stays_while_one_plays_and_steps_of_other_keys_go_on():
    async def story(w):
        await w.press("x", "left", *["+"] * 9, "4", "space")
        at = plot_view(w).at
        await w.until(lambda: w.position.step > FAR + 100)
        await w.press("space")
        assert plot_view(w).at == at
        assert w.text() == w.expected()
        await w.press("1", "pagedown")
        assert isinstance(w.lesson.workspace.tool, Plotter)

    run_story(story, XOR, step=FAR)


@pytest.mark.sweep
@pytest.mark.parametrize("size", [*SIZES, (50, 15), (200, 60)])
def test_resizing_keeps_the_cursor(size):
    async def story(w):
        await w.press("x", "left", "up", "left")
        at = plot_view(w).at
        await w.resize(*size)
        assert w.text() == w.expected()
        assert plot_view(w).at == at
        await w.press("right", "down", "left")
        assert w.text() == w.expected()

    run_story(story, XOR, step=FAR)


def test_a_burst_of_keys_is_painted_once_and_none_is_lost():
    async def story(w):
        await w.press("x")
        each = w.lesson.workspace.tool.present_chart(w.lesson.navigator).shown.each
        await w.press(*["left"] * 20)
        assert plot_view(w).at == 396 - 20 * each

    run_story(story, XOR, step=FAR)


@pytest.mark.usefixtures("numpy_alone")
def test_escape_stops_a_far_jump_before_it_closes_the_plot():
    async def story(w):
        await w.press("x", *["down"] * 14)
        w.lesson.workspace.tool = replace(w.lesson.workspace.tool, plot_view=replace(plot_view(w), at=900_000))
        w.send("enter")
        await w.until(lambda: "Esc stops" in w.text())
        await w.press("escape")
        assert w.lesson.navigator.goal is None
        assert isinstance(w.lesson.workspace.tool, Plotter)
        assert "not computed" in w.text()
        await w.press("escape")
        assert w.lesson.workspace.tool is None

    run_story(story, long_run())


def test_another_run_forgets_the_cursor_and_the_window():
    async def story(w):
        await w.press("x", "tab", "L", "r")
        assert w.lesson.workspace.tool is None
        await w.press("x")
        assert plot_view(w).chosen == 0
        assert w.text() == w.expected()

    run_story(story, XOR, step=FAR, reload=lambda: TWO)


@pytest.mark.sweep
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_cursor_key_costs_a_few_hundred_bytes(server, size):
    with server.terminal("spiral", "--at", "60:1", "--no-history", size=size) as terminal:
        terminal.shows("epoch 60/200")
        terminal.until(lambda: terminal.read(0.5) == 0)  # all is painted once more when the size has settled
        terminal.press("x")
        terminal.shows("◆ 60:1")
        terminal.until(lambda: terminal.read(0.1) == 0)
        costs = []
        for _ in range(8):
            before, told = len(terminal.sent), terminal.text()
            terminal.press("left")
            terminal.until(lambda told=told: terminal.text() != told)
            terminal.until(lambda: terminal.read(0.1) == 0)
            costs.append(len(terminal.sent) - before)
        assert max(costs) < 900, costs
        assert sorted(costs)[4] < 600, costs
        terminal.press("enter")
        terminal.shows("step 36/87")
        terminal.press("x")
        terminal.shows("quit")
        terminal.press("q")
        assert terminal.ended() == 0


def test_a_fork_is_plotted_beside_what_it_left_and_stays_so_when_one_goes_there():
    async def story(w):
        await w.press("x", "tab", "tab")
        await whole(w)
        await w.press("x", "e", *spelled("eta=5"), "enter")
        assert w.timeline.origin is not None
        await w.press("pagedown", *["pagedown"] * 40, "x", "shift+tab", "shift+tab", "left")
        assert " a " in w.text()
        await w.press("x")
        await w.until(lambda: w.text() == w.expected())  # the other run is computed meanwhile
        await w.press("x", "pageup", "t")
        await w.until(lambda: w.text() == w.expected())
        await w.press("tab", "tab")
        await whole(w)
        assert w.text() == w.expected()
        assert "being computed" not in w.text()

    run_story(story, XOR, (120, 40), step=FAR)
