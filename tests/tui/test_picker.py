"""The picker: what there is, what it is for, and opening it."""

from textual.widgets import OptionList

from nntui.files.history import SessionHistory
from nntui.files.library import bundled, load
from nntui.session.session import begun
from nntui.tui.lesson.screen import LessonScreen
from tests.recording.making import a_lesson
from tests.tui.driven_app import NOW, Clock, a_session, run_story


def test_it_lists_the_bundled_scenarios_with_what_they_are_for():
    async def story(w):
        options = w.app.screen.query_one(OptionList)
        assert sorted(entry.name for entry in w.app.screen._entries if entry.name) == sorted(name for name, _ in bundled())
        assert options.option_count > len(bundled())
        marked = w.app.screen.marked.name
        assert load(marked).about.split()[0] in w.text()
        await w.press("down")
        assert w.app.screen.marked.name != marked

    run_story(story, size=(120, 40))


def test_enter_opens_what_is_marked_and_s_comes_back():
    async def story(w):
        marked = w.app.screen.marked.name
        await w.press("enter")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))
        await w.settled()
        assert w.timeline.scenario.title == load(marked).title
        await w.press("s")
        await w.until(lambda: not isinstance(w.app.screen, LessonScreen))

    run_story(story)


def test_typing_searches_and_enter_opens():
    async def story(w):
        await w.press(*"mazur")
        options = w.app.screen.query_one(OptionList)
        await w.until(lambda: options.highlighted is not None)
        await w.until(lambda: w.app.screen.marked.name == "two-by-two")
        await w.until(lambda: "1 data point, 2,000 epochs" in w.text())
        await w.press("enter")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))
        assert w.timeline.scenario.title == "Two by two"

    run_story(story)


def test_an_earlier_name_finds_a_scenario_which_opens_with_its_forks():
    async def story(w):
        await w.press(*"overflow")
        await w.until(lambda: w.app.screen.marked is not None and w.app.screen.marked.name == "learning-rates")
        await w.press("enter")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))
        await w.press("right", "f")
        assert all(name in w.text() for name in ("original", "η = 1", "η = 0.2", "η = 0.001"))
        await w.press("up", "enter")
        assert w.timeline.scenario.network.eta == 0.2

    run_story(story)


def test_a_search_without_a_match_says_so_and_escape_ends_it():
    async def story(w):
        options = w.app.screen.query_one(OptionList)
        await w.press(*"zzzq")
        await w.until(lambda: "Nothing matches." in w.text())
        await w.press("enter")
        assert not isinstance(w.app.screen, LessonScreen)
        await w.press("escape")
        await w.until(lambda: options.option_count > len(bundled()))

    run_story(story)


def test_a_folder_with_nothing_to_open_says_so(tmp_path):
    async def story(w):
        await w.until(lambda: "There is no scenario and no recording" in w.text())

    run_story(story, session=begun(Clock(), lambda: NOW, offered=tmp_path))


def test_the_picker_fits_a_small_window():
    async def story(w):
        assert "nntui" in w.text()
        await w.press("x")
        await w.until(lambda: w.app.screen.query_one("Input").region.height == 1)
        assert w.app.screen.query_one("#about").region.right == 50, "a search takes lines and no columns"
        await w.press("escape", "enter")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))

    run_story(story, size=(50, 15))


def test_a_long_recording_is_not_read_as_the_mark_passes_over_it(tmp_path):
    a_lesson(tmp_path / "long.nnrec")
    with (tmp_path / "long.nnrec").open("ab") as file:
        file.write(b" " * (3 << 20))
    history = SessionHistory(tmp_path / "state" / "sessions")
    history.remember(str(tmp_path / "long.nnrec"))

    async def story(w):
        assert w.app.screen.marked.label == "long.nnrec"
        await w.until(lambda: "3 MiB: opening it takes a while." in w.text())
        assert "stops in" not in w.text()

    run_story(story, session=a_session(history=history))
