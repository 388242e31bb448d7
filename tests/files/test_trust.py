"""What is kept of an account is its own: no link, no folder of others, nothing that others may read or put there.

Root gives files to another user, where somebody else only seems to be another user than the one who owns them: what is
tested is the same, for everybody who runs these tests.
"""

import os
import stat
from datetime import UTC, datetime

import pytest

from nntui.cli import main
from nntui.files.history import SessionHistory
from nntui.files.io.errors import InputError
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.lesson.events import Stop
from nntui.session.opening import of_session
from tests.recording.making import recorder
from tests.session.fake_window import FakeLesson
from tests.tui.driven_app import a_session

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOBODY = 65534
OTHERS = "is a folder of another user; expected a folder of your own, which nobody else may write to"
EVERYBODY = "is a folder that everybody may write to; expected a folder of your own, which nobody else may write to"


@pytest.fixture
def base(tmp_path):
    """The state folder of an account."""
    (tmp_path / "state").mkdir(0o755)
    return tmp_path / "state"


@pytest.fixture
def history(base):
    return SessionHistory(base / "nntui" / "sessions")


@pytest.fixture
def give_away(monkeypatch):
    """Makes a file or folder another user's."""

    def given(path):
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        else:
            other = os.getuid() + 1
            monkeypatch.setattr(os, "geteuid", lambda: other)

    return given


def kept(history, number=1, step=3):
    """A session that has ended."""
    path, _ = history.place(NOON, number)
    one = recorder(path, private=True)
    one.record(Stop(0.0, step))
    one.close()
    return path


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


def is_refused(history, words):
    """Nothing is made, nothing is read, and a sentence says why."""
    for refused in (history.check, lambda: history.place(NOON, 1)):
        with pytest.raises(InputError) as told:
            refused()
        assert str(told.value).endswith(words)
    assert (history.sessions(), history.to_resume(), history.files()) == ([], [], [])
    history.make_room()
    history.remember("x")


# --- folders


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o757])
def test_a_folder_that_everybody_may_write_to_is_refused(base, history, mode):
    base.chmod(mode)
    is_refused(history, f"{base}: {EVERYBODY}")
    assert list(base.iterdir()) == []


def test_a_folder_that_the_group_may_write_to_is_common_and_not_touched(base, history):
    base.chmod(0o775)
    kept(history)
    assert rights(base) == 0o775


def test_folders_that_are_made_are_private_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        kept(SessionHistory(tmp_path / "a" / "b" / "nntui" / "sessions"))
    finally:
        os.umask(before)
    assert [rights(tmp_path / place) for place in ("a", "a/b", "a/b/nntui", "a/b/nntui/sessions")] == [0o700] * 4


def test_root_does_not_go_into_the_state_folder_of_a_user(base, history, give_away):
    give_away(base)
    is_refused(history, f"{base}: {OTHERS}")
    assert list(base.iterdir()) == []
    deeper = SessionHistory(base / "not" / "there" / "nntui" / "sessions")
    is_refused(deeper, f"{base}: {OTHERS}")


@pytest.mark.parametrize("name", ["nntui", "nntui/sessions"])
def test_another_users_folder_in_the_place_of_ours_is_refused(base, history, give_away, name):
    path = kept(history)
    before = path.read_bytes()
    give_away(base / name)
    is_refused(history, OTHERS)
    assert ([path.name for path in history.folder.iterdir()], path.read_bytes()) == ([path.name], before)


@pytest.mark.parametrize("name", ["nntui", "nntui/sessions"])
def test_a_link_in_the_place_of_our_folder_is_refused(base, tmp_path, history, name):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "sessions").mkdir(parents=True)
    (base / name).parent.mkdir(exist_ok=True)
    (base / name).symlink_to(elsewhere)
    is_refused(history, f"{base / name}: is a link; expected a folder of your own, which nobody else may write to")
    assert [path.name for path in elsewhere.rglob("*")] == ["sessions"]


def test_the_rights_of_our_folders_and_files_are_set_right_and_of_none_above(base, history):
    path = kept(history)
    history.remember(str(path))
    for place, mode in ((base, 0o755), (base / "nntui", 0o777), (history.folder, 0o755), (path, 0o644)):
        place.chmod(mode)
    assert [session.path for session in history.sessions()] == [path]
    kept(history, 2)
    assert [rights(place) for place in (base, base / "nntui", history.folder, path)] == [0o755, 0o700, 0o700, 0o600]
    assert {rights(file) for file in history.folder.iterdir()} == {0o600}


# --- files


def test_names_cannot_be_guessed(history):
    paths = {history.place(NOON, 7)[0] for _ in range(50)}
    assert len(paths) == 50
    assert {len(path.name) for path in paths} == {len("20261123T120000-0123456789abcdef-7.nnrec")}
    assert all(path.name.endswith("-7.nnrec") for path in paths)


def test_a_link_to_a_recording_is_no_session_and_is_never_written_through(history, tmp_path):
    target = tmp_path / "mine.nnrec"
    one = recorder(target)
    one.record(Stop(0.0, 3))
    one.close()
    before = target.read_bytes()
    kept(history).unlink()
    link = history.folder / "20261123T120000-1.nnrec"
    link.symlink_to(target)
    assert history.sessions() == []
    for refused in (lambda: read_recording(link, own=True), lambda: recorder(link, private=True)):
        with pytest.raises(InputError):
            refused()
    assert target.read_bytes() == before
    assert read_recording(link).lesson.stops == 1, "what a user names may be a link"


def test_a_dangling_link_in_the_place_of_a_new_file_makes_nothing(history, tmp_path):
    kept(history).unlink()
    link = history.folder / "20261123T120000-1.nnrec"
    link.symlink_to(tmp_path / "made")
    with pytest.raises(InputError):
        recorder(link, private=True)
    assert not (tmp_path / "made").exists()


def test_another_users_file_is_no_session_and_is_never_written(history, give_away):
    path = kept(history)
    (session,) = history.sessions()
    before = path.read_bytes()
    give_away(path)
    assert history.sessions() == []
    for refused in (lambda: of_session(session, a_session()), lambda: recorder(path, private=True)):
        with pytest.raises(InputError, match="another user's; expected a file of your own"):
            refused()
    assert path.read_bytes() == before


def test_the_list_of_files_is_read_through_no_link_and_replaced_as_a_whole(history, tmp_path):
    (tmp_path / "x").touch()
    kept(history)
    target = tmp_path / "theirs"
    target.write_text(f'["{tmp_path / "x"}"]')
    (history.folder / "files.json").symlink_to(target)
    assert history.files() == []
    for number in (1, 2):
        (history.folder / f"files.{number}").symlink_to(target)
        history.remember(str(tmp_path / "x"))
    assert history.files() == [str(tmp_path / "x")]
    assert not (history.folder / "files.json").is_symlink()
    assert target.read_text().startswith("[")
    assert rights(history.folder / "files.json") == 0o600


# --- the session


def test_a_session_goes_on_unkept_with_a_sentence(base, history):
    base.chmod(0o777)
    lesson = FakeLesson(load("xor"), session=(session := a_session(history=history)))
    assert lesson.words == f"This session is not kept for --resume: {base}: {EVERYBODY} (--no-history keeps none)."
    lesson.do("forward")
    assert (lesson.position.step, list(base.iterdir()), session.recorders.close()) == (1, [], [])


def test_resume_never_writes_into_another_users_session(base, history, give_away, capsys, monkeypatch):
    path = kept(history)
    before = path.read_bytes(), path.stat()
    for place in (path, history.folder, base / "nntui"):
        give_away(place)
    monkeypatch.setenv("XDG_STATE_HOME", str(base))
    assert main(["--resume"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"nntui: {base}")
    assert told.endswith(f": {OTHERS}\n")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before[0], before[1].st_mtime_ns)
    assert [place.name for place in history.folder.iterdir()] == [path.name]
