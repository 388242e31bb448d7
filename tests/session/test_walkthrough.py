"""The tour by doing: it waits for what is on the screen, goes on when that is there, and is left by Esc."""

import pytest
from textual.widgets import OptionList

from nntui.files.history import SessionHistory
from nntui.files.library import load
from nntui.session.opening import of_scenario, of_tour
from nntui.session.walkthrough import LAST, STOPS
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.screens.picker_entries import picker_entries
from nntui.tui.widgets.keys import KEYS
from tests.session.fake_window import FakeLesson
from tests.tui.driven_app import a_session, run_story

SHOWN = {key.action: key.shown for key in KEYS}


@pytest.fixture
def lesson():
    return FakeLesson(opening=of_tour())


def go_on(lesson, action):
    """Does what a stop asks for."""
    match action:
        case "app.quit":
            assert lesson.controllers.pressed("q")
        case "edit":
            lesson.do("edit")
            assert not lesson.window.answer("eta=5")
        case "end":
            lesson.do("end")
            if "far" in lesson.window.jobs:
                lesson.window.finish("far")
        case "app.help":
            lesson.workspace.help_was_shown = True
        case _:
            lesson.do(action)


def test_seven_keys_lead_through_it(lesson):
    tour = lesson.controllers.tour
    assert len(STOPS) == 7
    for number, stop in enumerate(STOPS, start=1):
        tour.look()
        words = tour.words(SHOWN)
        assert f"tour, {number} of 7" in words
        assert f" {SHOWN[stop.action]}: " in words
        go_on(lesson, stop.action)
    tour.look()
    assert tour.words(SHOWN) == LAST


def test_other_keys_do_what_they_always_do_and_the_tour_waits(lesson):
    tour = lesson.controllers.tour
    lesson.do("view")
    tour.look()
    assert lesson.workspace.display.graph
    assert "tour, 1 of 7" in tour.words(SHOWN)


def test_what_was_done_before_it_was_asked_for_does_not_count(lesson):
    lesson.workspace.help_was_shown = True
    for stop in STOPS[:-1]:
        lesson.controllers.tour.look()
        go_on(lesson, stop.action)
    lesson.controllers.tour.look()
    assert "tour, 7 of 7" in lesson.controllers.tour.words(SHOWN)
    assert not lesson.workspace.help_was_shown


def test_escape_leaves_it_for_good_and_then_means_what_it_always_means(lesson):
    tour = lesson.controllers.tour
    assert lesson.controllers.pressed("escape")
    assert (tour.is_over, tour.words(SHOWN)) == (True, "")
    assert not lesson.controllers.pressed("escape")


def test_escape_closes_what_is_on_top_first(lesson):
    lesson.do("inspect")
    assert lesson.controllers.pressed("escape")
    assert lesson.workspace.tool is None
    assert not lesson.controllers.tour.is_over


def test_it_is_first_at_the_first_start_and_last_ever_after(tmp_path):
    def places(history):
        entries = picker_entries(a_session(history=history))
        return [place for place, entry in enumerate(entries) if entry.group in ("New here?", "Once more")], len(entries)

    history = SessionHistory(tmp_path / "state" / "sessions")
    assert places(history)[0] == [0]
    history.remember("xor.toml")
    found, count = places(SessionHistory(tmp_path / "state" / "sessions"))
    assert found == [count - 1]
    found, count = places(None)
    assert found == [count - 1]
    assert [path.name for path in tmp_path.iterdir()] == ["state"]


def test_a_first_lesson_names_its_key_and_a_later_one_does_not(tmp_path):
    history = SessionHistory(tmp_path / "sessions")
    first = FakeLesson(opening=of_scenario(load("xor")), session=a_session(history=history))
    assert first.workspace.about.offers_tour
    (tmp_path / "sessions").mkdir(exist_ok=True)
    later = FakeLesson(opening=of_scenario(load("xor")), session=a_session(history=SessionHistory(tmp_path / "sessions")))
    assert not later.workspace.about.offers_tour


def test_it_begins_in_the_picker_and_its_words_are_on_the_screen(tmp_path):
    async def story(w):
        assert w.app.screen.query_one(OptionList).highlighted == 1
        await w.press("enter")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))
        await w.settled()
        assert "Press →: one step" in w.text()
        await w.press("right")
        assert "tour, 2 of 7" in w.text()
        await w.press("i", "q", "T")
        await w.until(lambda: w.position.step == 0)
        await w.settled()
        assert "tour, 1 of 7" in w.text()
        await w.press("escape")
        assert "tour" not in w.text()

    run_story(story, session=a_session(history=SessionHistory(tmp_path / "sessions")))
