"""Other ways to look: digits, notation, graph, changes, warnings, the gradient check, a sheet."""

import re
from dataclasses import replace

import pytest

from nntui.draw.base.view import View
from nntui.files.library import load
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.screens.help import Help
from nntui.tui.widgets.keys import KEYS
from nntui.tui.widgets.prompt import Prompt
from tests.scenes import neuron, wide
from tests.session.keyed_lesson import tell
from tests.tui.driven_app import run_story
from tests.tui.lessons import click, place_of
from tests.tui.test_inspecting import DEEP

TWO, XOR, SOFTMAX = (replace(load(name), notes=(), questions=()) for name in ("two-by-two", "xor", "softmax"))
SIZES = [(60, 20), (80, 24), (120, 40)]
KINDS = ["input", "z:1:1", "a:1:2", "cost", "delta:2:1", "delta:1:1", "gradient:1:2", "update:1:1"]


async def told(w, words):
    """A new layout takes a moment."""
    await w.until(lambda: words in w.text(), 3)


# --- digits


def test_digits_go_from_two_to_all_and_back():
    async def story(w):
        seen = []
        for _ in range(3):
            await w.press(",")
        seen.append(w.lesson.workspace.display.numerals.digits)
        for _ in range(20):
            await w.press(".")
            seen.append(w.lesson.workspace.display.numerals.digits)
            assert w.text() == w.expected()
            digits = seen[-1]
            if digits < 17:
                assert f"{0.5932699921071872:.{digits}f}" in w.text()
        assert seen[0] == 2
        assert seen[-1] == 17
        assert sorted(set(seen)) == list(range(2, 18))
        assert "0.5932699921071872" in w.text()

    run_story(story, TWO, (120, 40), step=TWO.course.parse("1:1:a:1:1"))


def test_all_digits_are_one_key_away():
    async def story(w):
        before = w.text()
        await w.press("0")
        assert "0.5932699921071872" in w.text()
        await w.press("0")
        assert w.text() == before
        await w.press(".", "0", "0")
        assert w.lesson.workspace.display.numerals.digits == 5

    tell(story, TWO, (80, 24), step=TWO.course.parse("1:1:a:1:1"))


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", [[","] * 2, ["."] * 6, ["0"]], ids=["2", "10", "all"])
def test_any_digits_fit_any_window_also_while_inspecting(size, keys):
    async def story(w):
        await w.press(*keys)
        for key in ("i", "tab", "pagedown", "v", "c"):
            await w.press(key)
            assert w.text() == w.expected()
            assert all(len(line) <= size[0] for line in w.text().splitlines())

    run_story(story, SOFTMAX, size, step=SOFTMAX.course.parse("1:1:delta:1:2"))


# --- notation


def test_the_other_notation_is_everywhere_at_once():
    async def story(w):
        assert "w⁰" in w.text()
        await w.press("o")
        for keys in ([], ["i"], ["tab"], ["escape"], ["v"], ["v"], ["home"]):
            await w.press(*keys)
            assert not re.search(r"w[⁰¹]", w.text()), keys
        await w.press("g", *"1:1:gradient:1:2", "enter", "i")
        assert "W¹₂₁" in w.text()
        await w.press("escape", "k", "k")
        await told(w, "b¹₁")
        assert "w⁰" not in w.text()
        await w.press("escape", "escape", "?")
        await w.until(lambda: isinstance(w.app.screen, Help))
        for _ in range(20):  # the letters are before the equations, somewhere down the page
            if "Wˡₖⱼ" in w.text():
                break
            w.app.screen.query_one("VerticalScroll").scroll_relative(y=5, animate=False)
            await w.settled()
        await told(w, "Wˡₖⱼ")
        assert "wˡ⁻¹" not in w.text()
        await w.press("escape", "o")
        assert "w⁰" in w.text()
        await w.press("p")
        await told(w, "w¹₁₁ = ?" if "w¹₁₁ = ?" in w.text() else "= ?")

    run_story(story, TWO, (120, 40), step=TWO.course.parse("1:1:gradient:1:2"))


def test_the_glossary_of_the_lecture():
    async def story(w):
        await w.press("?")
        w.app.screen.query_one("VerticalScroll").scroll_end(animate=False)
        await told(w, "wˡ⁻¹ₖⱼ")
        page = str(w.app.screen.query_one("VerticalScroll Static").render())
        assert "l = 1 … N  a layer with neurons" in page

    run_story(story, TWO, (120, 40))


# --- graph and changes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [pytest.param(size, marks=pytest.mark.sweep(usual=size == (80, 24))) for size in SIZES])
def test_every_kind_of_step_as_graph_and_as_changes(kind, size):
    async def story(w):
        before = w.text()
        await w.press("v")
        assert w.text() == w.expected() != before
        await w.press("c")
        assert "since the last step; c goes on" in w.text()
        await w.press("c")
        assert "since this row's last turn; c goes on" in w.text()
        await w.press("v")
        assert w.text() == w.expected()
        await w.press("c")
        assert "changes since the start" in w.text()
        await w.press("c")
        assert "numbers as they are" in w.text()
        await w.press("right", "left")
        assert w.text() == before

    run_story(story, XOR, size, step=XOR.course.parse(f"2:2:{kind}"))


@pytest.mark.sweep
@pytest.mark.parametrize("scenario", [DEEP, SOFTMAX, neuron(), wide()], ids=["deep", "softmax", "neuron", "wide"])
def test_changes_at_the_very_first_and_the_last_step(scenario):
    async def story(w):
        for _ in range(2):
            await w.press("c")
            for key in ("home", "right", "end", "left", "v", "i", "tab", "escape", "v"):
                await w.press(key)
                assert len(w.text().splitlines()) == 40

    tell(story, replace(scenario, epochs=2), (120, 40))


def test_a_look_goes_along_into_the_next_lesson():
    async def story(w):
        await w.press("o", ".", "v", "s")
        assert w.app._redisplay is not None
        assert (w.app._redisplay.graph, w.app._redisplay.numerals.digits) == (True, 5)

    run_story(story, TWO)


# --- the gradient check


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
def test_the_gradient_check_of_this_data_point(size):
    async def story(w):
        before = w.text()
        await w.press("k", "k")
        await told(w, "∂C/∂w at data point 1:2")
        assert all(len(line) <= size[0] for line in w.text().splitlines())
        if size[0] >= 80:
            await w.until(lambda: w.text().count("✓") == 9)
            await told(w, "9 agree, 0 disagree, 0 not checkable: the gradient agrees.")
        else:
            assert "The largest error is" not in w.text()
            await w.press("end")
            await told(w, "The largest error is")
        await w.press("escape", "escape")
        assert w.text() == before

    tell(story, XOR, size, step=XOR.course.parse("1:2:a:1:1"))


@pytest.mark.parametrize("key", ["escape", "enter", "space", "k"])
def test_a_page_is_closed_by_many_keys(key):
    async def story(w):
        await w.press("k", "k")
        await told(w, "∂C/∂w at data point 1:1")
        await w.press("right")
        await told(w, "does nothing here · Esc closes")
        await w.press(key)
        assert w.lesson.workspace.page is None
        assert w.address == "1:1:input"

    run_story(story, XOR)


def test_corners_are_left_out_of_it():
    async def story(w):
        await w.press("k", "k")
        await told(w, "not checkable")

    tell(story, neuron("relu", weights=(0.0, 0.0)), (120, 40))


# --- a sheet


async def hand_in(w, path):
    await w.press("w", *str(path), "enter")


def a_sheet(tmp_path, **changed):
    """The numbers of data point 1:1 of the run, rounded; some replaced."""
    frame_of = {"1:1:z:1:1": 0.3775, "1:1:z:1:2": 0.3925, "1:1:a:1:1": 0.5933, "1:1:a:1:2": 0.5969, "1:1:z:2:1": 1.1059}
    numbers = frame_of | changed
    path = tmp_path / "sheet.csv"
    rows = [f"{address.replace(':', ',')},,{value}" for address, value in numbers.items()]
    path.write_text("\n".join(["epoch,point,kind,layer,neuron,from,value", *rows]) + "\n")
    return path


def test_a_right_sheet(tmp_path):
    path = a_sheet(tmp_path)

    async def story(w):
        await hand_in(w, path)
        await told(w, "5 right")
        await w.press("escape")
        assert w.address == "1:1:input"

    tell(story, TWO, (160, 40))


def test_a_planted_slip_is_found(tmp_path):
    path = a_sheet(tmp_path, **{"1:1:z:1:1": 0.0275})

    async def story(w):
        await hand_in(w, path)
        await told(w, "without the bias")
        await told(w, "1 wrong")

    tell(story, TWO, (160, 40))


@pytest.mark.parametrize("name", ["missing.csv", "folder", "odd.csv", "/dev/null"])
def test_a_sheet_that_cannot_be_read_is_told_and_may_be_named_again(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "odd.csv").write_bytes(b"\xff\xfe\x00[b]")

    async def story(w):
        await hand_in(w, tmp_path / name)
        await w.until(lambda: w.lesson.query_one(Prompt).has_class("refused"), 3)
        assert w.lesson.query_one(Prompt).is_open
        await w.press("escape", "right")
        assert w.address == "1:1:z:1:1"

    run_story(story, TWO, (160, 40))


# --- what is everywhere


def test_the_palette_has_all_of_it():
    async def story(w):
        offered = {command.title for command in w.app.get_system_commands(w.app.screen)}
        for action in (
            "inspect",
            "predict",
            "predict_every",
            "check",
            "sheet",
            "view",
            "since",
            "digits(1)",
            "exact",
            "notation",
        ):
            assert next(key.words for key in KEYS if key.action == action) in offered

    run_story(story, TWO)


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", [TWO, load("two-by-two"), load("xor")], ids=["plain", "asking", "tour"])
def test_the_footer_fits_and_keeps_help_and_quit(size, scenario):
    async def story(w):
        for keys in (["right"], ["space", "space"], ["5"]):
            await w.press(*keys)
            foot = w.text().splitlines()[-1]
            assert len(foot) <= size[0]
            assert foot.endswith("? help  q quit")
        await w.press("i")
        foot = w.text().splitlines()[-1]
        assert len(foot) <= size[0]
        assert "Esc closes" in foot
        await w.press("tab")
        assert "to the term" in w.text().splitlines()[-1] or size[0] == 60

    tell(story, scenario, size)


@pytest.mark.parametrize("size", SIZES)
def test_a_warning_is_told_where_it_is_earned(size):
    async def story(w):
        await w.press("right", "right")
        assert "dead ReLU" in w.text()
        view = w.lesson.workspace.view(w.lesson.navigator)
        assert isinstance(view, View)
        assert view.warnings[0].name == "dead ReLU"

    tell(story, neuron("relu", weights=(-1.0, -1.0)), size)


def test_the_ribbon_is_clicked_while_a_number_is_inspected():
    async def story(w):
        await w.press("i")
        await click(w, *place_of(w, lambda target: "cost" in str(target) and "Address" in type(target).__name__))
        assert w.address == "1:1:cost"
        assert w.text() == w.expected()

    run_story(story, TWO)


def test_a_folder_of_sheets_is_gone_through_sheet_by_sheet_and_slip_by_slip(tmp_path):
    slipped = {"1:1:z:1:1": 0.0275}
    for name, changed in (("a", {}), ("b", slipped | {"1:1:z:1:2": 0.0425, "1:1:a:2:1": 9.5}), ("c", slipped)):
        a_sheet(tmp_path, **changed).rename(tmp_path / f"{name}.csv")
    (tmp_path / "d.csv").write_text("no sheet\n")

    async def story(w):
        await hand_in(w, tmp_path)
        await told(w, "sheet 1 of 4")
        await told(w, "a.csv: 5 answers, 5 right")
        await w.press("n")
        await told(w, "sheet 2 of 4")
        await told(w, "slip 1 of 2")
        await told(w, "without the bias")
        await w.press("right")
        await told(w, "slip 2 of 2")
        await w.press("right")
        await told(w, "sheet 3 of 4")
        await w.press("n")
        await told(w, "d.csv:1: there is no column")
        await w.press("n", "N", "N")
        await told(w, "sheet 3 of 4")
        await w.press("escape")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))

    run_story(story, TWO, (120, 40))
