"""What is kept of the sessions of an account."""

import json
import os
import re
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nntui.files.history import KEPT, SessionHistory
from nntui.lesson.events import Stop
from tests.recording.making import recorder

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def history(tmp_path):
    return SessionHistory(tmp_path / "nntui" / "sessions")


def kept(history, begun, ended, number=1):
    """A session that was kept from one minute after noon to another."""
    path, _ = history.place(NOON + timedelta(minutes=begun), number)
    one = recorder(path, private=True)
    one.record(Stop(0.0, number))
    one.close()
    seconds = (NOON + timedelta(minutes=ended)).timestamp()
    os.utime(path, (seconds, seconds))
    return path


def names(sessions):
    return [session.path for session in sessions]


def test_a_session_is_named_after_hour_and_process_and_is_private(history):
    path, first = history.place(NOON.astimezone(), 4711)
    assert re.fullmatch(r"20261123T120000-[0-9a-f]{16}-4711\.nnrec", path.name)
    assert (path.parent, first) == (history.folder, True)
    assert stat.S_IMODE(history.folder.stat().st_mode) == 0o700
    assert not SessionHistory(history.folder).place(NOON, 1)[1]


def test_a_remembered_file_does_not_hide_that_it_is_the_first_session(history, tmp_path):
    (tmp_path / "x.toml").write_text("")
    history.remember(str(tmp_path / "x.toml"))
    assert history.place(NOON, 1)[1]


def test_sessions_are_those_whose_last_line_is_newest_first(history):
    paths = [kept(history, 0, 50, 1), kept(history, 10, 20, 2), kept(history, 30, 40, 3)]
    assert names(history.sessions()) == [paths[0], paths[2], paths[1]]
    assert [session.going_on for session in history.sessions()] == [False] * 3


def test_what_others_put_into_the_folder_is_no_session(history, tmp_path):
    path = kept(history, 0, 1)
    (history.folder / "20261123T120000-5.nnrec").write_text("not a recording at all")
    (history.folder / "20261123T120000-6.nnrec").write_text("")
    (history.folder / "20269999T120000-7.nnrec").write_bytes(path.read_bytes())
    (history.folder / "x20261123T120000-8.nnrec").write_bytes(path.read_bytes())
    (history.folder / "20261123T120000-9.nnrec").mkdir()
    (history.folder / "20261123T120000-10.nnrec").symlink_to("/dev/zero")
    (history.folder / "20261123T120000-11.nnrec").symlink_to("no such file")
    os.mkfifo(history.folder / "20261123T120000-12.nnrec")
    assert names(history.sessions()) == [path]
    assert names(history.to_resume()) == [path]


def test_a_folder_that_is_not_there_or_may_not_be_read_holds_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "none", tmp_path / "file", Path("/proc/nonsense")):
        history = SessionHistory(folder)
        assert (history.sessions(), history.to_resume(), history.files()) == ([], [], [])
        history.make_room()


def test_room_is_made_for_ten_and_the_oldest_go(history):
    paths = [kept(history, number, number + 1, number) for number in range(15)]
    history.make_room()
    assert sorted(names(history.sessions())) == sorted(paths[-(KEPT - 1) :])


def test_a_session_that_is_going_on_is_never_removed(history):
    path, _ = history.place(NOON - timedelta(days=9), 99)
    going_on = recorder(path, private=True)
    going_on.record(Stop(0.0, 1))
    os.utime(path, (0, 0))
    others = [kept(history, number, number + 1, number) for number in range(15)]
    history.make_room()
    assert sorted(names(history.sessions())) == sorted([path, *others[-(KEPT - 1) :]])
    assert names(history.to_resume()) == [others[-1]], "nor is it continued"
    going_on.close()
    history.make_room()
    assert not path.exists()


def test_the_session_that_ended_last_is_meant(history):
    kept(history, 0, 10, 1)
    last = kept(history, 10, 20, 2)
    assert names(history.to_resume()) == [last]


@pytest.mark.parametrize(
    "left", [lambda data: data[:100], lambda data: data[:30] + bytes(len(data) - 30), lambda data: data[:1] + b"x" + data[2:]]
)
def test_a_session_that_a_power_cut_left_without_a_first_line_hides_none_before_it(history, left):
    kept(history, 0, 10, 1)
    one, met = kept(history, 20, 40, 2), kept(history, 30, 35, 3)
    broken = [kept(history, 33, 50, 4), kept(history, 36, 37, 5), kept(history, 60, 70, 6)]
    for path in broken:
        status = path.stat()
        path.write_bytes(left(path.read_bytes()))
        os.utime(path, (status.st_atime, status.st_mtime))
    assert names(history.to_resume()) == [one, met]
    assert history.passed_over == 2
    for path in (one, met):
        path.unlink()
    assert len(history.to_resume()) == 1
    assert history.passed_over == 3


def test_where_no_session_can_be_read_there_is_none_to_resume(history):
    kept(history, 0, 10, 1).write_bytes(b'00000000 {"a": \n')
    assert (history.to_resume(), history.passed_over) == ([], 1)
    SessionHistory(history.folder).make_room()


def test_sessions_that_met_are_several_peoples_perhaps(history):
    kept(history, 0, 10, 1)
    one, two, three = kept(history, 20, 40, 2), kept(history, 30, 50, 3), kept(history, 15, 31, 4)
    kept(history, 12, 14, 5)
    assert names(history.to_resume()) == [two, one, three]


def test_a_session_that_begins_as_another_ends_did_not_meet_it(history):
    first = kept(history, 0, 10 + 0.3 / 60, 1)
    second, _ = kept(history, 10, 20, 2), os.utime(first, (NOON.timestamp() + 600.3,) * 2)
    assert names(history.to_resume()) == [second]


def test_a_continued_session_gets_a_new_name(history):
    kept(history, 0, 30, 1)
    kept(history, 10, 40, 2)
    session = history.to_resume()[0]
    path = history.moved_on(session, NOON + timedelta(minutes=60), 3)
    assert re.fullmatch(r"20261123T130000-[0-9a-f]{16}-3\.nnrec", path.name)
    assert path.exists()
    assert not session.path.exists()
    os.utime(path, ((NOON + timedelta(minutes=90)).timestamp(),) * 2)
    assert names(history.to_resume()) == [path], "now it is known which one was meant"


def test_one_that_went_away_meanwhile_is_not_moved(history):
    session = history.sessions()[0] if kept(history, 0, 1) else None
    session.path.unlink()
    assert history.moved_on(session, NOON, 3) == session.path


# --- files


def test_files_are_those_opened_last_that_are_still_there(history, tmp_path):
    paths = [tmp_path / f"{number}.toml" for number in range(12)]
    for path in paths:
        path.write_text("")
        history.remember(str(path))
    history.remember(str(paths[4]))
    paths[10].unlink()
    expected = [paths[4], paths[11], *(paths[number] for number in (9, 8, 7, 6, 5, 3, 2))]
    assert history.files() == [str(path) for path in expected]
    (file_,) = [path for path in history.folder.iterdir() if path.is_file()]
    assert stat.S_IMODE(file_.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "null",
        '{"a": 1}',
        "[1, null, {}, [], true]",
        '["/no/such/file", "", "\\u0000", "\\ud800", "/dev/null", "/", "."]',
        json.dumps(["x" * 100_000]),
        json.dumps(["/" + "x" * 5000]),
        '"' + "x" * (80 << 10) + '"',
        "\udcff",
    ],
)
def test_a_hostile_list_of_files_is_an_empty_one_and_can_be_written_again(history, tmp_path, text):
    history.folder.mkdir(parents=True)
    (history.folder / "files.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert history.files() == []
    (tmp_path / "x").write_text("")
    history.remember(str(tmp_path / "x"))
    assert history.files() == [str(tmp_path / "x")]


def test_a_list_that_is_no_file_is_not_read(history):
    history.folder.mkdir(parents=True)
    os.mkfifo(history.folder / "files.json")
    assert history.files() == []


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path):
    (tmp_path / "file").write_text("")
    history = SessionHistory(tmp_path / "file" / "sessions")
    history.remember("x")
    assert history.files() == []
