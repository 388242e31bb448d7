"""`nntui [FILE|NAME]` with --record, --follow, --resume: what is refused, what is opened, and what is written where."""

import asyncio
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from nntui.cli import main
from nntui.commands import open as command
from nntui.files.recording.reader import read_recording
from nntui.tui.app import NntuiApp
from nntui.tui.screens.picker import Picker
from tests.recording.making import TEXT, a_lesson
from tests.tui.driven_app import DrivenApp
from tests.tui.lessons import fill_disk, steps
from tests.tui.test_following import Writer


@pytest.fixture(autouse=True)
def terminal(monkeypatch, tmp_path):
    """A terminal in which a story is told instead of waiting for keys: `story`, or none."""

    @contextmanager
    def no_signals():
        yield []

    one = SimpleNamespace(story=None)

    def run(app, **_):
        async def told():
            async with app.run_test(size=(120, 40)):
                navigator = DrivenApp(app)
                await navigator.settled()
                if one.story is not None:
                    await one.story(navigator)

        asyncio.run(told())

    monkeypatch.setattr(command, "check_terminal", lambda: None)
    monkeypatch.setattr(command, "ending_signals", no_signals)
    monkeypatch.setattr(NntuiApp, "run", run)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here" / "one.toml").write_text(TEXT)
    return one


def files(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def kept(tmp_path):
    """The recordings of the account's sessions."""
    return sorted((tmp_path / "state").rglob("*.nnrec"))


def refused(capsys, tmp_path, *arguments):
    """The one line on stderr of what must fail, and that leaves no file behind."""
    before = {path: path.stat().st_size for path in tmp_path.rglob("*")}
    assert main([*map(str, arguments)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert (told.err[:7], told.err.count("\n")) == ("nntui: ", 1)
    assert len(told.err) <= 301
    after = {path: path.stat().st_size for path in tmp_path.rglob("*") if "state" not in path.parts}
    assert after == {path: size for path, size in before.items() if "state" not in path.parts}
    assert not kept(tmp_path)
    return told.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--resume", "xor"], "--resume goes on where the last session ended and takes no file; expected `nntui --resume`"),
        (["--resume", "--follow"], "takes no --follow"),
        (["--resume", "--at", "1"], "takes no --at"),
        (["--resume", "--set", "training.eta=1"], "takes no --set"),
        (["--resume", "--no-history"], "--resume goes on with what --no-history would not keep"),
        (["--resume"], "there is no earlier session to go on with"),
        (["--at", "1"], "--at needs a scenario; expected `nntui FILE|NAME --at ADDRESS`"),
        (["--set", "training.eta=1"], "--set needs a scenario; expected `nntui FILE|NAME --set KEY=VALUE`"),
        (["--record", "r"], "--record needs a scenario; expected `nntui FILE|NAME --record FILE`"),
        (["--follow"], "--follow needs a scenario; expected `nntui FILE|NAME --follow`"),
        (["r.nnrec", "--follow", "--at", "1"], "--follow goes where the writer of the recording goes"),
        (["r.nnrec", "--follow", "--set", "training.eta=1"], "--follow goes where the writer of the recording goes"),
        (["xor", "--follow"], "is no recording; expected one made with `nntui --record`"),
        (["one.toml", "--follow"], "one.toml:1: is no recording"),
        (["none.nnrec", "--follow"], "none.nnrec"),
        (["one.toml", "--record", "one.toml"], "one.toml: is there already and no recording"),
        (["xor", "--record", "one.toml"], "one.toml: is there already and no recording"),
        (["xor", "--record", "no/such/folder/r"], "no/such/folder/r: cannot be written (no such file or directory)"),
        (["xor", "--record", "."], ".: is no regular file"),
        (["xor", "--record", "/dev/null"], "/dev/null: is no regular file"),
        (["xor", "--record", ""], "cannot be written"),
        (["xor", "--at", "9:9", "--record", "r"], "--at: point 9 of '9:9' is not in this run"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_and_no_file(capsys, tmp_path, arguments, words):
    assert words in refused(capsys, tmp_path, *arguments)


@pytest.mark.parametrize("data", [b"", b"0123"])
@pytest.mark.parametrize("command", [[], ["show"], ["check"], ["verify"], ["export", "--format", "cast"]])
def test_a_recording_of_no_line_is_called_one(capsys, tmp_path, data, command):
    (tmp_path / "here" / "r.nnrec").write_bytes(data)
    words = "r.nnrec: has no whole line; expected a recording made with `nntui --record`"
    assert words in refused(capsys, tmp_path, *command[:1], "r.nnrec", *command[1:])


def test_a_recording_of_another_scenario_is_refused(capsys, tmp_path):
    a_lesson(tmp_path / "here" / "r.nnrec")
    assert "r.nnrec: is a recording of another scenario, 'Two'" in refused(capsys, tmp_path, "xor", "--record", "r.nnrec")


def test_a_followed_recording_is_not_recorded_into(capsys, tmp_path):
    a_lesson(tmp_path / "here" / "r.nnrec")
    words = refused(capsys, tmp_path, "r.nnrec", "--follow", "--record", "./r.nnrec")
    assert "--record names the recording that is followed" in words


def test_a_damaged_recording_is_not_gone_on_with(capsys, tmp_path):
    path = tmp_path / "here" / "r.nnrec"
    a_lesson(path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], lines[4]]))
    assert "r.nnrec:4: the line is damaged" in refused(capsys, tmp_path, "r.nnrec", "--record", "r.nnrec")


def test_a_recording_that_another_writes_is_refused(capsys, tmp_path):
    writer = Writer(tmp_path / "here" / "r.nnrec")
    assert "is being recorded by another session" in refused(capsys, tmp_path, "r.nnrec", "--record", "r.nnrec")
    writer.leave()


# --- what is written


def test_record_writes_what_is_done_and_goes_on_with_it_next_time(terminal, tmp_path):
    path = tmp_path / "here" / "r.nnrec"

    async def first(w):
        await w.press("right", "right")

    async def second(w):
        assert w.position.step == 2
        await w.press("right")
        (tmp_path / "here" / "one.toml").write_text(TEXT.replace("One", "Edited"))
        await w.press("r")
        assert "Edited" in w.text()

    for terminal.story in (first, second):
        assert main(["one.toml", "--record", "r.nnrec"]) == 0
    assert steps(path) == [0, 1, 2, 2, 3, 3]
    assert [scenario.title for scenario in read_recording(path).lesson.scenarios] == ["One", "Edited"]


def test_record_begins_at_an_address(terminal, tmp_path):
    assert main(["one.toml", "--record", "r.nnrec", "--at", "3:1"]) == 0
    assert main(["one.toml", "--record", "r.nnrec", "--at", "2:1"]) == 0
    assert steps(tmp_path / "here" / "r.nnrec") == [28, 14]


def test_a_recording_is_gone_on_with_by_its_own_name_in_its_last_scenario(terminal, tmp_path):
    path = tmp_path / "here" / "r.nnrec"
    a_lesson(path)
    before = steps(path)

    async def story(w):
        assert (w.timeline.scenario.title, w.position.step, w.lesson.navigator.replay) == ("Two", 5, None)
        await w.press("right")

    terminal.story = story
    assert main(["r.nnrec", "--record", "r.nnrec"]) == 0
    assert steps(path) == [*before, 5, 6]
    assert len(read_recording(path).lesson.scenarios) == 2


@pytest.mark.parametrize("times", [1, 2])
def test_a_replay_can_be_recorded_elsewhere_and_stays_a_replay(terminal, tmp_path, times):
    a_lesson(tmp_path / "here" / "r.nnrec")

    async def story(w):
        assert (w.lesson.navigator.replay is not None, w.position.stop) == (True, 0)
        await w.press("right")

    terminal.story = story
    for _ in range(times):
        assert main(["r.nnrec", "--record", "again.nnrec"]) == 0
    assert steps(tmp_path / "here" / "again.nnrec") == [0, 1] * times


def test_who_follows_can_record_what_they_do_in_the_scenario_they_see(terminal, tmp_path):
    a_lesson(tmp_path / "here" / "r.nnrec")

    async def story(w):
        assert w.lesson.navigator.replay.follower is not None
        assert (w.timeline.scenario.title, w.position.step) == ("Two", 5)
        await w.press("1", "right")

    terminal.story = story
    for _ in range(2):
        assert main(["r.nnrec", "--follow", "--record", "mine.nnrec"]) == 0
    lesson = read_recording(tmp_path / "here" / "mine.nnrec").lesson
    assert [scenario.title for scenario in lesson.scenarios] == ["Two"]
    assert steps(tmp_path / "here" / "mine.nnrec") == [5, 6, 5, 6]


def test_what_was_not_kept_is_told_on_leaving(terminal, capsys, tmp_path):
    async def story(w):
        await w.press("right")
        (tmp_path / "here" / "r.nnrec").unlink()

    terminal.story = story
    assert main(["xor", "--record", "r.nnrec"]) == 0
    assert capsys.readouterr().err.startswith("nntui: not recording: r.nnrec is gone.")


def test_a_full_disk_does_not_end_the_session(terminal, capsys, tmp_path, monkeypatch):
    async def story(w):
        assert "r.nnrec: not recording (no space left on device)" in w.text()
        await w.press("right")

    terminal.story = story
    fill_disk(monkeypatch)
    assert main(["xor", "--record", "r.nnrec", "--no-history"]) == 0
    assert "2 of 2 moves of this session were not kept" in capsys.readouterr().err
    assert files(tmp_path / "here") == [Path("one.toml")]


# --- the session's own


def test_every_session_is_kept_and_resume_goes_on(terminal, tmp_path):
    async def first(w):
        await w.press("right", "right")

    async def second(w):
        assert w.position.step == 2
        await w.press("right")

    terminal.story = first
    assert main(["one.toml"]) == 0
    terminal.story = second
    assert main(["--resume"]) == 0
    (path,) = kept(tmp_path)
    assert path.parent == tmp_path / "state" / "nntui" / "sessions"
    assert steps(path) == [0, 1, 2, 2, 3]


def test_resume_says_that_a_later_session_cannot_be_read(terminal, capsys, tmp_path):
    assert main(["one.toml", "--at", "2:1"]) == 0
    (one,) = kept(tmp_path)
    (one.parent / "29990101T000000-7.nnrec").write_bytes(one.read_bytes()[:200])

    async def story(w):
        assert w.position.step == 14
        assert "The session that ended last cannot be read (its first line is damaged); an earlier one is shown." in w.text()

    terminal.story = story
    assert main(["--resume"]) == 0
    for path in kept(tmp_path):
        path.write_bytes(path.read_bytes()[:200])
    assert main(["--resume"]) == 2
    assert "there is no earlier session that can be read; expected one" in capsys.readouterr().err


def test_resume_can_be_recorded(terminal, tmp_path):
    assert main(["one.toml", "--at", "2:1"]) == 0
    assert main(["--resume", "--record", "r.nnrec"]) == 0
    assert steps(tmp_path / "here" / "r.nnrec") == [14]


def test_with_several_sessions_that_met_one_chooses_first_and_records_then(terminal, capsys, tmp_path):
    assert main(["one.toml"]) == 0
    (one,) = kept(tmp_path)
    for number in (2, 3):
        path = one.with_name(f"20010101T000000-{number}.nnrec")
        path.write_bytes(one.read_bytes())
    one.unlink()

    async def story(w):
        assert isinstance(w.app.screen, Picker)

    terminal.story = story
    assert main(["--resume"]) == 0
    assert main(["--resume", "--record", "r.nnrec"]) == 2
    assert "--record: several sessions could be meant" in capsys.readouterr().err
    assert files(tmp_path / "here") == [Path("one.toml")]


def test_no_history_writes_nothing_at_all(terminal, tmp_path):
    async def story(w):
        assert "kept" not in w.text().splitlines()[-1]
        await w.press("right", "end")

    terminal.story = story
    assert main(["one.toml", "--no-history"]) == 0
    assert not (tmp_path / "state").exists()
    assert files(tmp_path / "here") == [Path("one.toml")]


def test_files_are_remembered_and_names_are_not(terminal, tmp_path):
    assert main(["one.toml"]) == 0
    assert main(["xor"]) == 0

    async def story(w):
        assert [entry.label for entry in w.app.screen._entries if entry.group == "Files"] == ["one.toml"]

    terminal.story = story
    assert main([]) == 0


def test_a_recording_opens_as_a_replay_and_with_set_as_its_scenario(terminal, tmp_path):
    a_lesson(tmp_path / "here" / "r.nnrec")

    async def replay(w):
        assert w.lesson.navigator.replay is not None

    async def changed(w):
        assert w.lesson.navigator.replay is None
        assert w.timeline.scenario.network.eta == 0.25

    terminal.story = replay
    assert main(["r.nnrec"]) == 0
    terminal.story = changed
    assert main(["r.nnrec", "--set", "training.eta=0.25"]) == 0


# --- settings


def test_settings_are_read_and_their_mistakes_told_on_leaving(terminal, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "nntui").mkdir(parents=True)
    (tmp_path / "config" / "nntui" / "config.toml").write_text(
        'theme = "light"\ndigits = 99\nhistory = false\n[keys]\nforward = "F"\nbakc = "B"\n'
    )

    async def story(w):
        assert w.app.theme == "nntui-light"
        await w.press("F", "F")
        assert w.position.step == 2

    terminal.story = story
    assert main(["one.toml"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.split("config.toml:")[1].split(":")[0] for line in lines] == ["2", "6"]
    assert kept(tmp_path) == []
