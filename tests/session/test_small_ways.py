"""y and Y copy with all digits; the wheel moves in a tool; symbols may be pasted; `e w=0` sets many; keys behind a page."""

from types import SimpleNamespace

import numpy as np
import pytest

from nntui.commands.open import check_system
from nntui.explain.notation.numerals import full
from nntui.files.library import load
from nntui.session.tools.inspector import Inspector
from nntui.text.usage_error import UsageError
from nntui.training.cell import Cell
from nntui.training.edits.edit import EditError, read_edits
from nntui.tui.terminal.reader import Typed
from nntui.tui.widgets.closing import hand_on
from tests.session.fake_window import FakeLesson


def at(address, name="two-by-two"):
    scenario = load(name)
    return FakeLesson(scenario, step=scenario.course.parse(address))


def test_y_copies_the_lit_number_with_all_its_digits():
    lesson = at("1:1:delta:1:2")
    lesson.do("copy", "number")
    frame = lesson.navigator.timeline.frame(lesson.position.step)
    assert lesson.window.copies == [full(frame.delta(1, 2))]
    assert lesson.words.startswith("copied: ")


def test_y_copies_a_row_with_commas_between():
    lesson = at("1:1:update:2:1", "xor")
    lesson.do("copy", "number")
    row = lesson.navigator.timeline.frame(lesson.position.step).weights_after(2)[0]
    assert sorted(map(float, lesson.window.copies[0].split(", "))) == sorted(row.tolist())


def test_y_copies_what_is_inspected_or_says_that_it_is_not_known():
    lesson = at("1:1:z:1:1")
    lesson.workspace.tool = Inspector(Cell("weight", 1, 2, 1))
    lesson.do("copy", "number")
    assert lesson.window.copies == ["0.25"]
    lesson.workspace.tool = Inspector(Cell("delta", 1, 2))
    lesson.do("copy", "number")
    assert len(lesson.window.copies) == 1
    assert "not computed yet" in lesson.words


def test_shift_y_copies_the_equation():
    lesson = at("1:1:z:1:1")
    lesson.do("copy", "equation")
    (text,) = lesson.window.copies
    assert text.startswith("(4) with (2) z₁¹ = ")
    assert "0.15" in text


def test_the_wheel_chooses_a_term_of_an_inspection_and_without_a_tool_it_steps():
    lesson = at("1:1:z:1:1")
    assert not lesson.controllers.tools.scrolled("down")
    lesson.do("inspect")
    assert lesson.controllers.tools.scrolled("down")
    assert lesson.workspace.tool.term == 0
    assert lesson.controllers.tools.scrolled("down")
    assert lesson.workspace.tool.term == 1
    assert lesson.controllers.tools.scrolled("up")
    assert lesson.workspace.tool.term == 0


@pytest.mark.parametrize(
    ("typed", "address"),
    [("δ₁²", "1:1:delta:2:1"), ("w⁰₁₂", "1:1:update:1:1"), ("a2.1", "1:1:a:2:1"), ("1:1:δ:1:2", "1:1:delta:1:2")],
)
def test_a_pasted_symbol_is_a_place_of_this_data_point(typed, address):
    lesson = at("1:1:input")
    lesson.do("go_to")
    assert lesson.window.answer(typed) == ""
    assert lesson.address == address


@pytest.mark.parametrize(
    ("typed", "changed"),
    [("w=0", {1: [0, 0, 0, 0], 2: [0, 0, 0, 0]}), ("w1=0", {1: [0, 0, 0, 0]}), ("w⁰₁₂=0", {1: [0.15, 0, 0.25, 0.3]})],
)
def test_many_weights_are_set_at_once_and_one_by_its_pasted_symbol(typed, changed):
    lesson = at("1:1:input")
    before = lesson.navigator.timeline.frame(0)
    lesson.do("edit")
    assert lesson.window.answer(typed) == ""
    frame = lesson.navigator.timeline.frame(lesson.position.step)
    for layer in (1, 2):
        expected = changed.get(layer, before.weights_before(layer)[:, 1:].ravel().tolist())
        assert frame.weights_before(layer)[:, 1:].ravel().tolist() == expected
        assert np.array_equal(frame.weights_before(layer)[:, 0], before.weights_before(layer)[:, 0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("eta=", "expected a number above 0"),
        ("eta", "expected a number above 0"),
        ("cost=", "half_squared_error"),
        ("σ1=", "leaky_relu"),
        ("cost=mse", "expected one of half_squared_error"),
    ],
)
def test_a_wrong_value_of_a_known_key_says_what_it_may_be(text, said):
    with pytest.raises(EditError, match=said):
        read_edits(text)


def test_windows_is_told_what_to_use_instead():
    with pytest.raises(UsageError, match="WSL"):
        check_system("win32")
    check_system("linux")


def test_a_key_that_comes_while_a_page_is_closing_is_for_the_screen_below():
    posted, done = [], []
    event = SimpleNamespace(key="g", character="g", stop=lambda: done.append("stop"), prevent_default=lambda: done.append("own"))
    page = SimpleNamespace(is_current=False, app=SimpleNamespace(post_message=posted.append))
    assert hand_on(page, event)
    assert [message.keys for message in posted if isinstance(message, Typed)] == [(("g", "g"),)]
    assert done == ["stop", "own"]
    page.is_current = True
    assert not hand_on(page, event)
