"""Display options change, and nothing moves."""

import pytest

from nntui.draw.graph.edges import path
from nntui.explain.paths import paths_of
from nntui.files.library import load
from nntui.session.display_options import SINCE
from nntui.training.cell import Cell
from nntui.tui.lesson.footer import hints
from nntui.tui.widgets.keymap import Keymap
from tests.session.fake_window import FakeLesson

MAZUR = load("two-by-two")


def shown(*actions):
    lesson = FakeLesson(load("xor"), step=3)
    for action in actions:
        lesson.do(*action)
    assert lesson.position.step == 3
    return lesson.workspace.display


def test_each_key_changes_one_option_and_back():
    plain = shown()
    assert shown(("view",)).graph
    assert shown(("view",), ("view",)) == plain
    assert shown(("exact",)).exact
    assert shown(("exact",), ("exact",)) == plain
    assert shown(("notation",)).notation != plain.notation
    assert shown(("notation",), ("notation",)) == plain


def test_digits_become_more_and_fewer():
    assert shown(("digits", 1)).numerals != shown().numerals
    assert shown(("digits", 1), ("digits", -1)) == shown()


def test_changes_go_round_and_a_row_without_an_earlier_turn_is_told():
    lesson = FakeLesson(load("xor"), step=3)
    seen = []
    for _ in SINCE:
        lesson.do("since")
        seen.append((lesson.workspace.display.since, lesson.words))
    assert seen == [
        ("step", "changes since the last step; c goes on"),
        ("visit", "this row had no turn before, so its numbers are shown as they are"),
        ("start", "changes since the start: no weight has moved yet; c goes on"),
        ("", "numbers as they are"),
    ]


def test_in_the_graph_tab_lights_one_path_after_the_other_until_the_next_step():
    lesson = FakeLesson(MAZUR, MAZUR.course.parse("1:1:delta:1:2"))
    lesson.do("path", 1)
    assert "v draws the network as a graph" in lesson.words
    lesson.do("view")
    for words in ("▍path 1 of 2: w¹₁₂ δ₁²", "▍path 2 of 2: w¹₂₂ δ₂²", "▍both paths, times σ′(z₂¹)"):
        lesson.do("path", 1)
        assert any(words in line for line in lesson.paint())
    lesson.do("path", 1)
    assert lesson.workspace.path.shown == 0
    lesson.do("path", -1)
    assert lesson.workspace.path.shown == 3, "backwards the sum comes first"
    lesson.do("forward")
    assert lesson.workspace.path.shown == 0
    lesson.do("go_to")
    lesson.window.answer("1:1:cost")
    lesson.do("path", 1)
    assert "no paths lead here" in lesson.words


def test_only_the_path_that_is_lit_has_its_numbers_marked():
    lesson = FakeLesson(MAZUR, MAZUR.course.parse("1:1:delta:1:2"))
    lesson.do("view")
    whole = path(lesson.workspace.view(lesson.navigator), 2)
    lesson.do("path", 1)
    one = lesson.workspace.view(lesson.navigator)
    assert path(one, 2) == {(1, 2)}
    assert set(whole) == {(1, 2), (2, 2)}
    assert one.role(Cell("delta", 2, 1)) == "source"
    assert one.role(Cell("delta", 2, 2)) == "number"


def test_escape_puts_out_the_path_that_is_lit():
    lesson = FakeLesson(MAZUR, MAZUR.course.parse("1:1:delta:1:2"))
    lesson.do("view")
    lesson.do("path", 1)
    lesson.press("escape")
    assert lesson.workspace.path.shown == 0
    assert not lesson.controllers.pressed("escape"), "nothing is lit"


@pytest.mark.parametrize(
    ("address", "there"),
    [("1:1", False), ("1:1:z:1:1", True), ("1:1:a:1:1", False), ("1:1:delta:2:1", False), ("1:1:delta:1:2", True),
     ("1:1:gradient:1:1", True), ("1:1:update:1:1", False)],
)  # fmt: skip
def test_the_foot_says_tab_where_paths_are_drawn(address, there):
    lesson = FakeLesson(MAZUR, MAZUR.course.parse(address))

    def at_foot():
        return [hint.words for hint in hints(lesson.navigator, lesson.workspace, Keymap()) if hint.key == "Tab"]

    assert at_foot() == []
    lesson.do("view")
    assert at_foot() == ["paths"] * there
    view = lesson.workspace.view(lesson.navigator)
    assert bool(paths_of(view.frame, view.notation, view.numerals)) == there
