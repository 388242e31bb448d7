"""A session whose files are in one folder, and a choice from one folder."""

from datetime import UTC, datetime

import pytest

from nntui.cli import main
from nntui.files.io.errors import InputError
from nntui.files.library import folder, load, typed
from nntui.session.session import begun
from nntui.tui.screens.picker_entries import picker_entries
from tests.recording.making import a_lesson
from tests.session.fake_window import FakeLesson


def a_session(**options):
    return begun(lambda: 0.0, lambda: datetime(2026, 1, 1, tzinfo=UTC), **options)


@pytest.fixture
def lesson(tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "outside.nnrec").write_text("mine", encoding="utf-8")
    (tmp_path / "work" / "link").symlink_to(tmp_path / "outside.nnrec")
    return FakeLesson(load("two-by-two"), session=a_session(work_folder=tmp_path / "work"))


OUTSIDE = ["../outside.nnrec", "/tmp/x", "~/x", "a/b", ".", "..", "", "link", "a\0b", "./x"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_is_outside_is_refused(lesson, tmp_path, name):
    with pytest.raises(InputError, match="is no plain name"):
        typed(name, tmp_path / "work")
    lesson.do("record")
    assert "is no plain name" in lesson.window.answer(name)
    lesson.do("sheet")
    assert "is no plain name" in lesson.window.answer(name)
    lesson.do("forks")
    lesson.controllers.tools.pressed("S")
    assert "is no plain name" in lesson.window.answer(name)
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["link"]
    assert (tmp_path / "outside.nnrec").read_text(encoding="utf-8") == "mine"


LIMIT = 255  # bytes of a name, of all file systems that are in use
NO_FILES = {
    "too long": ("x" * (LIMIT + 1), "name too long"),
    "too long in bytes": ("ö" * (LIMIT // 2 + 1), "name too long"),
    "far too long": ("x" * 100_000, "name too long"),
    "with a NUL": ("a\0b", "is no plain name"),
    "half a character": ("\ud800", "expected"),
    "a link to itself": ("loop", "is no plain name"),
    "a link of a ring": ("ring", "is no plain name"),
    "a link to nowhere": ("nowhere", "is no plain name"),
}


@pytest.mark.parametrize("name", NO_FILES)
@pytest.mark.parametrize("asks", [["record"], ["sheet"], ["forks", "S"]])
def test_a_name_that_no_file_can_have_is_refused_with_a_sentence(lesson, tmp_path, name, asks):
    work = tmp_path / "work"
    for one, other in (("loop", "loop"), ("ring", "gnir"), ("gnir", "ring"), ("nowhere", tmp_path / "nothing")):
        (work / one).symlink_to(other)
    before = sorted(tmp_path.rglob("*"))
    action, *keys = asks
    lesson.do(action)
    for key in keys:
        assert lesson.controllers.tools.pressed(key)
    typed_name, words = NO_FILES[name]
    said = lesson.window.answer(typed_name)
    assert words in said.lower()
    assert len(said) < 1000
    assert sorted(tmp_path.rglob("*")) == before


def test_a_plain_name_is_a_file_in_it(lesson, tmp_path):
    lesson.do("record")
    assert lesson.window.answer("mine.nnrec") == ""
    lesson.do("forks")
    lesson.controllers.tools.pressed("S")
    assert lesson.window.answer("saved.toml") == ""
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == ["link", "mine.nnrec", "saved.toml"]


def test_the_picker_offers_what_is_in_the_folder_alone(tmp_path):
    a_lesson(tmp_path / "b.nnrec")
    (tmp_path / "a.toml").write_text((folder() / "xor.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no scenario", encoding="utf-8")
    session = a_session(offered=tmp_path)
    entries = picker_entries(session)
    assert [entry.label for entry in entries] == ["a.toml", "b.nnrec"]
    assert entries[0].open().timeline.scenario.title == load("xor").title
    assert entries[1].open().replay is not None
    assert picker_entries(a_session(offered=tmp_path / "gone")) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["xor", "--offer", "."], "--offer is for a session that begins with a choice"),
        (["--resume", "--offer", "."], "--offer is for a session that begins with a choice"),
        (["--offer", "no-such-folder"], "--offer: 'no-such-folder' is no folder"),
        (["xor", "--files-in", "README.md"], "--files-in: 'README.md' is no folder"),
        (["xor", "--files-in", "a\0b"], "is no folder"),
        (["xor", "--files-in", ".", "--record", "x"], "expected no --record"),
    ],
)
def test_what_does_not_fit_is_said(capsys, arguments, words):
    assert main(arguments) == 2
    assert words in capsys.readouterr().err
