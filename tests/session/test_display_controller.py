"""Display options change, and nothing moves."""

from nntui.files.library import load
from nntui.session.display_options import SINCE
from tests.session.fake_window import FakeLesson


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
