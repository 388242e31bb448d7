"""Display options change, and nothing moves."""

from nntui.draw.graph.edges import path
from nntui.files.library import load
from nntui.session.display_options import SINCE
from nntui.training.cell import Cell
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
