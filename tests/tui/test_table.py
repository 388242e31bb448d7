"""The table of the data: opened, sorted, marked, gone from to the next turn of a row; rows that are watched."""

from dataclasses import replace

import numpy as np
import pytest

from nntui.draw.charts.axes import IterationPlace
from nntui.draw.table.panel import RowPlace, SortPlace
from nntui.files.io.errors import InputError
from nntui.files.library import load
from nntui.session.tools.inspector import Inspector
from nntui.session.tools.table import RowTable
from nntui.training.row_order import NO_TURN
from nntui.training.rows.learned_turns import LearnedTurns
from nntui.training.timeline import Timeline
from tests.scenes import neuron
from tests.session.keyed_lesson import tell
from tests.tracing import traced_at
from tests.tui.driven_app import run_story, spelled
from tests.tui.lessons import click, place_of, steps
from tests.tui.lessons import record as recorded

XOR, IRIS, DIGITS, LINE = (replace(load(name), notes=(), questions=()) for name in ("xor", "iris", "digits", "linear-regression"))
SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]


def at(scenario, address):
    return scenario.course.parse(address)


def table(w):
    """What lies open."""
    tool = w.lesson.workspace.tool
    assert tool is None or isinstance(tool, RowTable)
    return tool


def marked(w):
    """The row under the mark, as it is on the screen."""
    line = next(line for line in w.text().splitlines() if line.startswith("│›"))
    return int(line[4:].split()[0])


def rows(w):
    """The rows on the screen, from top to bottom."""
    lines = w.lesson.picture(*w.lesson.size)
    return [
        target.row for line in lines for target in [line[1].target if len(line) > 1 else None] if isinstance(target, RowPlace)
    ]


def below(text):
    """What is under the panels."""
    lines = text.splitlines()
    return lines[next((y for y, line in enumerate(lines) if line.startswith("╭─ data")), 0) :]


async def filled(w):
    """Until all last turns are computed and shown."""
    await w.until(lambda: not any(worker.group == "tool" for worker in w.lesson.workers), 60)
    await w.settled()
    assert table(w).reader.sorted_rows(w.timeline).results.left == 0
    assert w.text() == w.expected()


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
def test_d_opens_it_and_d_or_escape_closes_it(size):
    async def story(w):
        before = w.text()
        for close in ("d", "escape"):
            await w.press("d")
            await filled(w)
            assert "╭─ data" in w.text()
            assert "next turn" in w.text().splitlines()[-1]
            assert w.text() != before
            await w.press(close)
            assert w.text() == before

    run_story(story, IRIS, size, step=at(IRIS, "2:3:cost"))


def test_keys_of_the_lesson_still_step_while_the_table_is_open():
    async def story(w):
        await w.press("d")
        await filled(w)
        for key, address in [("right", "2:3:delta:2:1"), ("left", "2:3:cost"), ("4", "2:3:cost"), ("right", "2:3:update:1:5")]:
            await w.press(key)
            assert w.address == address
            assert isinstance(table(w), RowTable)
            assert w.text() == w.expected()
        for _ in range(5):
            await w.press("right")
            row = w.timeline.frame(w.position.step).row
            assert marked(w) == row, "it follows"
            assert table(w).reader.sorted_rows(w.timeline).results.left == 0, "without anything to be filled in"

    run_story(story, IRIS, (80, 24), step=at(IRIS, "2:3:cost"))


def test_the_table_shows_the_numbers_of_the_trace():
    async def story(w):
        await w.press("d")
        await filled(w)
        line = next(line for line in w.text().splitlines() if line.startswith("│›"))
        assert line.split()[:2] == ["│›▸", "2"]
        timeline = Timeline(XOR)
        turn = "3:2" if "3:2  4:2" in line else "2:2"
        assert (turn == "3:2") == (w.address == "3:2:delta:1:1"), "what this turn has not reached yet is of the last"
        cost, delta = (traced_at(timeline, at(XOR, f"{turn}:{kind}"))["value"] for kind in ("cost", "delta:2:1"))
        assert f" {cost:.4f} {delta:.4f} ".replace("-", "−") in line

    run_story(story, XOR, (80, 24), step=at(XOR, "3:2"))
    run_story(story, XOR, (80, 24), step=at(XOR, "3:2:delta:1:1"))


def test_arrows_pages_and_ends_move_the_mark_and_not_the_student():
    async def story(w):
        await w.press("d")
        await filled(w)
        page = len(rows(w))
        assert page >= 8
        first = rows(w)[0]
        assert (marked(w), rows(w)) == (76, list(range(first, first + page)))
        for key, row in [
            ("down", 77),
            ("up", 76),
            ("pagedown", 76 + page),
            ("pageup", 76),
            ("home", 1),
            ("up", 1),
            ("end", 150),
            ("down", 150),
        ]:
            await w.press(key)
            assert marked(w) == row, key
            assert row in rows(w)
            assert len(rows(w)) == page
        assert w.address == "2:3:cost"
        await w.press("pageup", "pageup")
        assert marked(w) == 150 - 2 * page

    run_story(story, IRIS, (80, 24), step=at(IRIS, "2:3:cost"))


def test_tab_goes_through_the_orders_and_the_first_row_of_each_is_marked():
    async def story(w):
        await w.press("d")
        await filled(w)
        results = table(w).reader.sorted_rows(w.timeline).results
        learned = LearnedTurns(w.timeline)
        list(learned.fill(w.lesson.navigator.course.iteration(w.lesson.navigator.position.step) + 1))
        since = learned.since
        first = {
            "cost": int(np.nanargmax(results.costs)) + 1,
            "learned": int(np.argmax(since == NO_TURN) if (since == NO_TURN).any() else np.argmax(since)) + 1,
            "delta": int(np.nanargmax(np.abs(results.deltas))) + 1,
            "class": int(np.argmax(np.where(results.classes.labels == 0, results.costs, -1))) + 1,
            "watched": 1,
            "file": 76,
        }
        for by in ("cost", "learned", "delta", "class", "watched", "file"):
            await w.press("tab")
            assert table(w).by == by
            await filled(w)
            assert marked(w) == first[by]
            assert w.text() == w.expected()
        await w.press("shift+tab")
        assert table(w).by == "watched"

    run_story(story, IRIS, (80, 24), step=at(IRIS, "2:3:update:1:1"))


def test_there_is_no_class_to_sort_by_in_a_regression():
    async def story(w):
        await w.press("d", "tab", "tab", "tab")
        assert table(w).by == "watched"

    tell(story, LINE, (80, 24))


def test_a_mark_that_was_set_by_hand_stays_on_its_row():
    async def story(w):
        await w.press("d", "home", "down")
        for key in ("tab", "tab", "4", "right", "right", "tab", "tab", "tab"):
            await w.press(key)
            await filled(w)
            assert marked(w) == 2

    run_story(story, IRIS, (80, 24), step=at(IRIS, "2:3:cost"))


@pytest.mark.parametrize("scenario", [IRIS, XOR], ids=["shuffled", "given"])
def test_enter_goes_to_the_next_turn_and_backspace_back(scenario):
    async def story(w):
        timeline = Timeline(scenario)
        await w.press("d", "home", "down")
        begun = w.position.step
        n = timeline.course.iteration(begun)
        for _ in range(3):
            await w.press("enter")
            n = next(i for i in range(n + 1, len(timeline)) if timeline.row(i) == 1)
            assert w.position.step == n * timeline.course.length
            assert marked(w) == 2
            assert isinstance(table(w), RowTable)
        for _ in range(3):
            await w.press("backspace")
        assert w.position.step == begun

    tell(story, scenario, (80, 24), step=at(scenario, "2:2:cost"))


def test_where_a_row_has_no_turn_any_more_a_sentence_says_so():
    async def story(w):
        await w.press("d", "home", "enter")
        assert "row 1 has no turn after this one: the run ends with epoch 2000" in w.text()
        assert w.address == "2000:2:input"

    tell(story, XOR, (80, 24), step=at(XOR, "2000:2"))


def test_the_costliest_row_is_three_keys_away():
    async def story(w):
        await w.press("d")
        await filled(w)
        row = int(np.argmax(table(w).reader.sorted_rows(w.timeline).results.costs)) + 1
        await w.press("tab", "enter")
        assert w.timeline.frame(w.position.step).row == row

    run_story(story, IRIS, (80, 24), step=at(IRIS, "5:1"))


# --- watching


def test_a_watched_row_has_a_star_in_the_table_in_the_panel_and_in_the_title():
    async def story(w):
        assert "★" not in w.text()
        await w.press("d", "down", "*")
        assert "row 3 is watched" in w.text()
        assert "│› ★ 3" in w.text()
        await w.press("escape")
        assert "│  ★3" in w.text()
        assert "★" not in w.text().splitlines()[0]
        await w.press("pagedown")
        assert "│ ▸★3" in w.text()
        assert "point 3/4 ★" in w.text().splitlines()[0]
        await w.press("*")
        assert "row 3 is watched no more" in w.text()
        assert "★" not in w.text()
        await w.press("*")
        assert "│ ▸★3" in w.text()

    tell(story, XOR, (80, 24), step=at(XOR, "2:2:cost"))


def test_W_goes_to_the_next_turn_of_any_watched_row():  # noqa: N802
    async def story(w):
        await w.press("W")
        assert "no row is watched" in w.text()
        await w.press("d", "home", "*", "down", "down", "*", "escape")
        seen = []
        for _ in range(3):
            await w.press("W")
            seen.append(w.address)
        assert seen == ["2:3:input", "3:1:input", "3:3:input"]
        await w.press("backspace", "backspace")
        assert w.address == "2:3:input"
        await w.press("d", "W")
        assert w.address == "3:1:input"
        await w.press("escape", "end")
        await w.press("W")
        assert "the watched rows have no turn after this one" in w.text()

    tell(story, XOR, (80, 24), step=at(XOR, "2:2:cost"))


def test_watched_rows_are_kept_when_the_file_is_read_again_as_far_as_there_are_such():
    fewer = replace(XOR, x=XOR.x[:3], y=XOR.y[:3])

    async def story(w):
        await w.press("d", "home", "*", "end", "*")
        assert w.lesson.workspace.watched.rows == {1, 4}
        await w.press("r")
        assert w.lesson.workspace.tool is None
        assert w.lesson.workspace.watched.rows == {1}
        await w.press("d", "end", "tab", "tab")
        await filled(w)
        assert rows(w)[-1] in (1, 2, 3)
        assert sorted(rows(w)) == [1, 2, 3]

    run_story(story, XOR, (80, 24), step=at(XOR, "2:3:cost"), reload=lambda: fewer)


def test_a_file_that_cannot_be_read_again_leaves_the_table_open():
    def broken():
        raise InputError("xor.toml", 3, "this is wrong; expected right")

    async def story(w):
        await w.press("d", "r")
        assert "this is wrong" in w.text()
        assert isinstance(table(w), RowTable)

    run_story(story, XOR, (80, 24), reload=broken)


# --- clicks, other keys, windows, play


def test_a_click_on_a_head_sorts_on_a_row_marks_and_on_the_marked_one_goes():
    async def story(w):
        await w.press("d")
        await filled(w)
        await click(w, *place_of(w, lambda target: target == SortPlace("delta")))
        assert table(w).by == "delta"
        await click(w, *place_of(w, lambda target: target == SortPlace("file")))
        await click(w, *place_of(w, lambda target: target == RowPlace(1)))
        assert marked(w) == 1
        assert w.address == "2:2:cost"
        await click(w, *place_of(w, lambda target: target == RowPlace(1)))
        assert w.address == "3:1:input"
        await click(w, *place_of(w, lambda target: getattr(target, "action", "") == "tool('tab')"))
        assert table(w).by == "cost"

    run_story(story, XOR, (80, 24), step=at(XOR, "2:2:cost"))


def test_the_plot_under_a_short_table_is_the_plot():
    async def story(w):
        await w.press("d")
        await filled(w)
        assert "cost  ━ mean" in w.text()
        await click(w, *place_of(w, lambda target: isinstance(target, IterationPlace)))
        assert w.address.endswith(":cost")
        assert isinstance(table(w), RowTable)

    run_story(story, XOR, (120, 40), step=at(XOR, "20:2:cost"))


def test_other_tools_and_looks_beside_it():
    async def story(w):
        await w.press("d")
        await filled(w)
        for key in ("0", ".", "v", "c", "o", "0"):
            await w.press(key)
            assert w.text() == w.expected()
            assert isinstance(table(w), RowTable)
        await w.press("i")
        assert isinstance(w.lesson.workspace.tool, Inspector)
        await w.press("d")
        assert isinstance(table(w), RowTable)
        await w.press("p", "escape")
        assert isinstance(table(w), RowTable)

    run_story(story, XOR, (120, 40), step=at(XOR, "2:2:cost"))


def test_the_window_may_change_while_it_is_open():
    async def story(w):
        await w.press("d", "tab")
        for size in [(60, 20), (200, 60), (40, 10), (120, 40), (80, 24)]:
            await w.resize(*size)
            await filled(w)
            await w.press("pagedown")
            assert w.text() == w.expected()

    run_story(story, IRIS, (80, 24), step=at(IRIS, "2:3:cost"))


def test_play_goes_on_with_it_open():
    async def story(w):
        await w.press("d", "4", "+", "+", "+", "+", "space")
        await w.until(lambda: w.timeline.course.iteration(w.position.step) >= 6, 30)
        await w.press("space")
        await filled(w)
        assert isinstance(table(w), RowTable)
        assert marked(w) == w.timeline.frame(w.position.step).row

    run_story(story, XOR, (80, 24))


def test_after_a_far_jump_it_is_filled_in_while_one_looks():
    async def story(w):
        await w.press("d", "g", *"3:900", "enter")
        await w.until(lambda: w.address == "3:900:input", 60)
        await w.press("down", "up", "right", "right")
        await filled(w)
        assert marked(w) == 900

    run_story(story, DIGITS, (80, 24))


def test_going_to_a_turn_is_recorded_as_a_stop(tmp_path):
    async def story(w):
        await w.press("d", "home", "enter")

    recorded(tmp_path / "one.nnrec", story, XOR, step=at(XOR, "2:2:cost"))
    assert steps(tmp_path / "one.nnrec")[-1] == at(XOR, "3:1:input")


def test_it_stays_open_when_a_fork_is_made_and_shows_that():
    async def story(w):
        await w.press("d", "down")
        await filled(w)
        before = below(w.text())
        await w.press("e", *spelled("eta=5"), "enter")
        await w.press("4", "right", "right", "right", "right", "right")
        await filled(w)
        assert w.timeline.origin is not None
        sorted_rows = table(w).reader.sorted_rows(w.timeline)
        assert sorted_rows.results.timeline is w.timeline
        made = [w.timeline.iteration(int(turn)).cost for turn in sorted_rows.results.turns]
        assert sorted_rows.results.costs.tolist() == made
        assert below(w.text()) != before

    run_story(story, XOR, (80, 24), step=at(XOR, "3:2:cost"))


def test_a_million_rows():
    x = np.random.default_rng(1).random((1_000_000, 1))
    many = replace(neuron(epochs=2), x=x, y=(x > 0.5).astype(float))

    async def story(w):
        await w.press("d", "tab")
        assert "of 1000000" in w.text()
        await w.until(lambda: not any(worker.group == "tool" for worker in w.lesson.workers), 60)
        await w.press("4", "right", "right", "right")
        await w.until(lambda: not any(worker.group == "tool" for worker in w.lesson.workers), 60)
        await w.settled()
        results = table(w).reader.sorted_rows(w.timeline).results
        costs = w.timeline.costs(0, 104)
        assert marked(w) == int(np.argmax(costs)) + 1
        assert np.count_nonzero(results.known) == 104
        await w.press("d", "d", "down", "enter")
        assert w.address == "1:105:input"
        await w.press("tab", "tab")
        assert w.text() == w.expected()

    run_story(story, many, (80, 24), step=100 * many.course.length + many.course.length - 1)


# --- in a terminal


def test_in_a_terminal_it_opens_sorts_goes_and_comes_back_and_a_key_costs_little(server):
    with server.terminal("iris", "--no-history", "--at", "2:3:cost", size=(120, 40)) as terminal:
        terminal.shows("epoch 2/50")
        terminal.press("d")
        terminal.shows("next turn")
        terminal.press("\t")
        terminal.shows("largest C first")
        terminal.press("d", "d")
        terminal.shows("as in the file")
        terminal.until(lambda: terminal.read(0.3) == 0)
        before = len(terminal.sent)
        terminal.press("\x1b[B")
        terminal.shows("│›   77")
        terminal.until(lambda: terminal.read(0.1) == 0)
        assert len(terminal.sent) - before < 1200
        assert terminal.step("right", 19) < 1500
        terminal.press("enter")
        terminal.shows("(row 77)")
        terminal.press("*")
        terminal.shows("(row 77 ★)")
        terminal.press("\x7f")
        terminal.shows("(row 76)")
        terminal.press("q")
        terminal.shows("q quit")
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()
