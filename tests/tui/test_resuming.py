"""A student goes on the next day where they ended: `--resume`, and what the picker offers."""

import os
from dataclasses import replace

import pytest

from nntui.files.history import SessionHistory
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.session.opening import of_scenario, of_session
from nntui.tui.lesson.screen import LessonScreen
from nntui.tui.screens.picker import Picker
from tests.recording.making import small
from tests.tui.driven_app import NOW, a_session, run_story
from tests.tui.lessons import here, record, steps

TWO = replace(load("two-by-two"), notes=())
SIZE = (120, 40)


@pytest.fixture
def folder(tmp_path):
    """A state folder that is there already: nothing is to be said of it."""
    (tmp_path / "sessions").mkdir()
    return tmp_path / "sessions"


def session_of(folder, number=1):
    return a_session(history=SessionHistory(folder), number=number)


def lived(folder, *keys, number=1, minutes=(-60, -50), **options):
    """A session of some keys that ended some minutes ago; what it showed last."""
    shown = []

    async def story(w):
        for key in keys:
            await w.press(key)
        shown.append((here(w), w.position.farthest))

    session = session_of(folder, number)
    reload = options.pop("reload", None)
    run_story(story, opening=of_scenario(options.pop("scenario", TWO), reload=reload), session=session)
    session.recorders.close()
    begun, ended = (NOW.timestamp() + 60 * minute for minute in minutes)
    path = next(path for path in folder.iterdir() if path.name.endswith(f"-{number}.nnrec"))
    stamp = NOW.fromtimestamp(begun, NOW.tzinfo)
    path = path.rename(folder / f"{stamp:%Y%m%dT%H%M%S}-{number}.nnrec")
    os.utime(path, (ended, ended))
    return path, *shown[0]


def resumed(folder, story, number=2, **options):
    session = session_of(folder, number)
    (kept,) = session.history.to_resume()
    run_story(story, opening=of_session(kept, session), session=session, size=SIZE, **options)
    session.recorders.close()


@pytest.mark.sweep
@pytest.mark.parametrize("keys", [["right"] * 5, ["end", "home", "right"], ["5", "right", "right", "left"], ["right", "end"]])
def test_a_resumed_session_is_at_its_last_position_with_all_visited(folder, keys):
    path, shown, farthest = lived(folder, *keys)

    async def story(w):
        assert (here(w), w.position.farthest) == (shown, farthest)
        assert w.position.grain == ("epoch" if "5" in keys else "neuron")
        await w.press("left", "right")

    before = steps(path)
    resumed(folder, story)
    (path,) = folder.glob("*.nnrec")
    assert path.name.endswith("-2.nnrec"), "it goes on in the same recording, under a new name"
    assert steps(path)[: len(before)] == before
    assert len(steps(path)) == len(before) + 3
    assert read_recording(path).fault is None


def test_the_scenario_is_the_one_in_force_at_the_end(folder):
    _, shown, _ = lived(folder, "right", "r", "right", "right", reload=small)

    async def story(w):
        assert here(w) == shown
        assert w.timeline.scenario.title == "One"
        await w.press("right")

    resumed(folder, story)
    (path,) = folder.glob("*.nnrec")
    lesson = read_recording(path).lesson
    assert [scenario.title for scenario in lesson.scenarios] == ["Two by two", "One"], "no reload is written for nothing"


def test_it_can_be_gone_on_with_again_and_again(folder):
    lived(folder, "right")
    for number in range(2, 5):

        async def story(w):
            assert w.position.step == number - 1  # noqa: B023
            await w.press("right")

        resumed(folder, story, number)
    (path,) = folder.glob("*.nnrec")
    assert read_recording(path).lesson.stops == 5


def test_a_damaged_session_continues_before_the_damage_and_its_file_stays(folder):
    path, *_ = lived(folder, "right", "right", "end")
    lines = path.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b"stop", b"step")
    path.write_bytes(b"".join(lines))

    async def story(w):
        assert "That session is damaged from line 5 on; what comes before it is continued." in w.text()
        assert w.position.step == 1
        await w.press("right")

    resumed(folder, story)
    assert path.read_bytes() == b"".join(lines)
    (own,) = set(folder.glob("*.nnrec")) - {path}
    assert steps(own) == [1, 2], "what is done now is kept in a new file"


def test_a_torn_session_is_mended_and_gone_on_with(folder):
    path, *_ = lived(folder, "right", "right")
    path.write_bytes(path.read_bytes()[:-4])

    async def story(w):
        assert w.position.step == 1
        await w.press("right")

    resumed(folder, story)
    (path,) = folder.glob("*.nnrec")
    assert steps(path) == [0, 1, 1, 2]
    assert not read_recording(path).torn


def test_sessions_that_met_are_listed_to_choose_from(folder):
    lived(folder, "right", number=1, minutes=(-60, -20))
    _, shown, _ = lived(folder, "right", "right", number=2, minutes=(-50, -30), scenario=small())
    lived(folder, "right", number=3, minutes=(-90, -80))
    session = session_of(folder, 7)

    async def story(w):
        assert isinstance(w.app.screen, Picker)
        assert "which of these sessions do you mean?" in w.text()
        assert [entry.label for entry in w.app.screen._entries] == ["Two by two, 20 min ago", "One, 30 min ago"]
        assert "A session that ended 20 min ago." in w.text()
        await w.press("down")
        await w.until(lambda: "ended at 1:1:a:1:1" in w.text())
        await w.press("enter")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))
        await w.settled()
        assert here(w) == shown
        await w.press("right")

    run_story(story, session=session, to_resume=session.history.to_resume(), size=SIZE)
    session.recorders.close()
    (path,) = folder.glob("*-7.nnrec")
    assert steps(path) == [0, 1, 2, 2, 3]
    assert len(list(folder.glob("*.nnrec"))) == 3


# --- the picker


def test_the_picker_offers_what_can_be_gone_on_with_and_the_files_of_late(folder, tmp_path):
    for number in range(5):
        lived(folder, "right", number=number + 1, minutes=(-100 * number - 90, -100 * number - 3))
    (folder / "20261123T120000-66.nnrec").write_text("rubbish")
    record(tmp_path / "les[b]son\x1b.nnrec", lambda w: w.press("right", "m", *"see", "enter"), TWO)
    (tmp_path / "broken.toml").write_text("format = 7")
    session = session_of(folder, 9)
    for name in ("broken.toml", "les[b]son\x1b.nnrec"):
        session.history.remember(str(tmp_path / name))

    async def story(w):
        entries = w.app.screen._entries
        assert [entry.label for entry in entries if entry.group == "Go on"] == [
            "Two by two, 3 min ago",
            "Two by two, 1 h ago",
            "Two by two, 3 h ago",
        ]
        assert [entry.label for entry in entries if entry.group == "Files"] == [
            "les[b]son\N{REPLACEMENT CHARACTER}.nnrec",
            "broken.toml",
        ]
        assert "A session that ended 3 min ago." in w.text()
        await w.press("down", "down", "down")
        await w.until(lambda: "A recording:" in w.text() and "see" in w.text())
        await w.press("down")
        await w.until(lambda: "This file cannot be opened." in w.text())
        await w.press("enter", "up", "enter")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))
        await w.settled()
        assert w.lesson.navigator.replay is not None

    run_story(story, session=session, size=SIZE)
    session.recorders.close()


def test_a_session_of_the_picker_that_went_away_is_told(folder):
    path, *_ = lived(folder, "right")

    async def story(w):
        path.unlink()
        await w.press("enter")
        await w.until(lambda: "This file cannot be opened." in w.text() and "there is no such file" in w.text())
        assert isinstance(w.app.screen, Picker)

    run_story(story, session=session_of(folder, 2), size=SIZE)


def test_a_session_of_the_picker_is_gone_on_with_in_the_recording_that_was_begun(folder):
    path, *_ = lived(folder, "right", "right")
    session = session_of(folder, 2)

    async def story(w):
        await w.press("right", "s")
        await w.until(lambda: isinstance(w.app.screen, Picker))
        await w.settled()
        assert w.app.screen.marked.group == "Go on"
        await w.press("enter")
        await w.until(lambda: isinstance(w.app.screen, LessonScreen))
        await w.settled()
        assert w.position.step == 2
        await w.press("right")

    run_story(story, opening=of_scenario(small()), session=session)
    session.recorders.close()
    (own,) = set(folder.glob("*.nnrec")) - {path}
    assert steps(own) == [0, 1, 2, 3]
    assert [scenario.title for scenario in read_recording(own).lesson.scenarios] == ["One", "Two by two"]


def test_it_is_said_once_on_leaving_that_a_session_is_kept(tmp_path):
    async def story(w):
        assert "--resume" not in w.text(), "the keys stand there"
        await w.press("right")
        assert "--resume" not in w.text()

    words = f"this session is kept for nntui --resume (--no-history keeps nothing), in {tmp_path / 's'}"
    for number, told in enumerate(([words], [])):
        session = session_of(tmp_path / "s", number)
        run_story(story, opening=of_scenario(TWO), session=session, size=(200, 40))
        assert session.recorders.close() == told
