"""kill -9, a full disk, a read-only folder: nothing that was written is lost, and what is not kept is told."""

import os
import subprocess
import sys
from contextlib import suppress
from errno import EDQUOT, EIO, ENOSPC, EROFS
from pathlib import Path
from threading import Thread

import pytest

from nntui.files.io.errors import InputError
from nntui.files.recording import line_file, writer
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import verdict
from nntui.lesson.events import Reload, Remark, Stop
from tests.recording.making import a_lesson, recorder, small
from tests.tui.driven_app import a_session

ROOT = Path(__file__).parents[2]


def appender(*arguments):
    command = [sys.executable, "-m", "tests.recording.appender", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=True).stdout.splitlines()


def test_kill_9_at_random_moments_loses_at_most_the_line_in_flight(tmp_path, request):
    """Every file is killed twice: the second time it is continued, torn as it may be."""
    files = request.config.getoption("--kills")
    told = [int(line) for line in appender(tmp_path, 1, 2 * files)]
    assert len(told) == 2 * files
    for number in range(files):
        moves = told[number] + told[number + files]
        if not moves:  # killed before the first line was there, perhaps
            with suppress(InputError):
                assert read_recording(tmp_path / str(number)).moves <= 2
            continue
        recording = read_recording(tmp_path / str(number))
        assert recording.fault is None
        assert moves <= recording.moves <= moves + 2
        assert verdict(recording).difference is None


def test_a_file_that_may_not_grow(tmp_path):
    kept, farewell = appender(tmp_path, 1, 1, 3000)
    kept, lost = map(int, kept.split())
    assert kept + lost == 200
    assert 0 < lost < 200
    assert "not recording (file too large); what was written before is kept." in farewell
    assert farewell.endswith(f"{lost} of 200 moves of this session were not kept.")
    assert read_recording(tmp_path / "limited").moves == kept
    assert (tmp_path / "limited").read_bytes().endswith(b"\n")


@pytest.fixture
def disk(monkeypatch):
    """A disk on which the n-th write from now on is short, or fails."""

    class Disk:
        writes = 0

        def fail(self, at, error=None, cut_back=True):
            real = os.write

            def write(handle, data):
                self.writes += 1
                if self.writes < at:
                    return real(handle, data)
                written = real(handle, data[: len(data) // 2])
                if error is not None:
                    raise OSError(error, os.strerror(error))
                return written

            def no_cut(handle, size):
                raise OSError(EIO, os.strerror(EIO))

            monkeypatch.setattr(line_file.os, "write", write)
            if not cut_back:
                monkeypatch.setattr(line_file.os, "ftruncate", no_cut)

    return Disk()


@pytest.mark.parametrize("error", [None, ENOSPC, EIO, EROFS, EDQUOT])
@pytest.mark.parametrize("cut_back", [True, False])
def test_a_write_that_fails_half_way(tmp_path, disk, error, cut_back):
    one = recorder(tmp_path / "r")
    disk.fail(3, error, cut_back)
    assert [one.record(Stop(float(n), n)) for n in range(5)] == [True, True, False, False, False]
    reason = os.strerror(error or ENOSPC).lower()
    assert one.trouble == f"{tmp_path / 'r'}: not recording ({reason}); what was written before is kept."
    one.close()
    assert one.farewell().endswith("3 of 5 moves of this session were not kept.")
    recording = read_recording(tmp_path / "r")
    assert (recording.moves, recording.fault, bool(recording.torn)) == (2, None, not cut_back)


def test_after_trouble_the_recording_can_be_gone_on_with(tmp_path, disk, monkeypatch):
    one = recorder(tmp_path / "r")
    disk.fail(2, ENOSPC, cut_back=False)
    assert [one.record(Stop(float(n), n)) for n in range(3)] == [True, False, False]
    monkeypatch.undo()
    again = recorder(tmp_path / "r")
    assert "the last line is torn" in again.torn
    assert again.record(Stop(1.0, 9))
    again.close()
    assert [read_recording(tmp_path / "r").lesson.event(n).step for n in range(2)] == [0, 9]


def test_no_room_for_the_first_line(tmp_path, disk):
    disk.fail(1, ENOSPC)
    one = recorder(tmp_path / "r")
    assert "not recording (no space left on device)" in one.trouble
    assert not one.record(Stop(0.0, 0))
    assert (one.lost, list(tmp_path.iterdir())) == (1, [])


def test_a_first_line_that_was_torn_is_written_again(tmp_path):
    recorder(tmp_path / "r").close()
    whole = (tmp_path / "r").read_bytes()
    for size in (5, 50, len(whole) - 1):
        (tmp_path / "r").write_bytes(whole[:size])
        recorder(tmp_path / "r").close()
        assert (tmp_path / "r").read_bytes() == whole


def test_an_empty_file_is_refused_as_any_other(tmp_path):
    (tmp_path / "r").touch()
    with pytest.raises(InputError, match="r: is there already and empty; expected a new file"):
        recorder(tmp_path / "r")
    assert (tmp_path / "r").read_bytes() == b""


def removed(path):
    path.unlink()


def replaced(path):
    path.rename(path.with_name("aside"))
    path.write_bytes(path.with_name("aside").read_bytes())


def emptied(path):
    path.write_bytes(b"")


def cut_after_two_moves(path):
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))


def added_to(path):
    with path.open("ab") as file:
        file.write(b"mine\n")


def written_over(path):
    """By a longer recording of another lesson, as `cp` does it."""
    a_lesson(path.with_name("longer"))
    path.write_bytes(path.with_name("longer").read_bytes().replace(b"One", b"Six"))


def written_over_in_part(path):
    """From its third line on, and no byte longer."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], *(b"00000000" + line[8:] for line in lines[2:])]))


def emptied_and_filled(path):
    size = path.stat().st_size
    os.truncate(path, 0)
    os.truncate(path, size)


def cut_and_added_to(path):
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2]) + b"mine\n")


@pytest.mark.parametrize(
    ("harm", "words", "kept"),
    [
        (removed, "is gone", 0),
        (replaced, "was replaced by another file", 0),
        (emptied, "was cut short by another program", 0),
        (cut_after_two_moves, "was cut short by another program", 2),
        (cut_and_added_to, "was cut short by another program", 1),
        (added_to, "was changed by another program", 3),
        (written_over, "was changed by another program", 0),
        (written_over_in_part, "was changed by another program", 1),
        (emptied_and_filled, "was changed by another program", 0),
    ],
)
def test_what_others_do_to_the_file_is_noticed_at_the_next_step_and_counted_truly(tmp_path, harm, words, kept):
    path = tmp_path / "r.nnrec"
    one = recorder(path)
    for step in range(3):
        assert one.record(Stop(float(step), step))
    harm(path)
    left = path.read_bytes() if path.exists() else None
    assert not one.record(Stop(3.0, 3))
    assert one.trouble == f"not recording: {path} {words}."
    assert one.in_short() == f"not recording: r.nnrec {words}; R begins another."
    assert not one.record(Stop(4.0, 4))
    one.close()
    assert one.farewell() == f"not recording: {path} {words}. {5 - kept} of 5 moves of this session were not kept."
    assert (path.read_bytes() if path.exists() else None) == left, "what is there now is left alone"


def test_a_file_of_an_earlier_session_that_is_gone_on_with_is_looked_at_alike(tmp_path):
    a_lesson(tmp_path / "r")
    one = recorder(tmp_path / "r", small("Two", "0.25"))
    assert one.record(Stop(0.0, 7)) and one.record(Stop(1.0, 8))
    written_over_in_part(tmp_path / "r")
    assert not one.record(Stop(2.0, 9))
    assert one.farewell().endswith("was changed by another program. 3 of 3 moves of this session were not kept.")


@pytest.mark.parametrize("harm", [removed, emptied])
def test_what_was_done_after_the_last_step_is_noticed_on_leaving(tmp_path, harm):
    one = recorder(tmp_path / "r")
    one.record(Stop(0.0, 0))
    harm(tmp_path / "r")
    one.close()
    assert one.farewell().endswith("1 of 1 moves of this session were not kept.")


@pytest.mark.parametrize("error", [EROFS, ENOSPC, EIO])
def test_a_folder_that_cannot_be_written_to(tmp_path, monkeypatch, error):
    def refused(*_):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "open", refused)
    one = recorder(tmp_path / "r")
    monkeypatch.undo()
    assert one.trouble.startswith(f"{tmp_path / 'r'}: not recording ({os.strerror(error).lower()})")
    assert not one.record(Stop(0.0, 0))
    one.close()
    assert one.farewell().endswith("1 of 1 moves of this session were not kept.")


@pytest.fixture
def nobody():
    """Root may write everywhere, so what may not be written is tried as somebody else."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_a_real_read_only_folder(tmp_path, nobody):
    if os.geteuid() != 65534:
        tmp_path.chmod(0o500)
    assert "not recording (permission denied)" in recorder(tmp_path / "r").trouble
    if os.geteuid() != 65534:
        tmp_path.chmod(0o700)


def test_a_removed_file_is_noticed(tmp_path):
    one = recorder(tmp_path / "r")
    (tmp_path / "r").unlink()
    one.sync()
    assert one.trouble == f"not recording: {one.path} is gone."


def test_what_is_larger_than_a_recording_may_be(tmp_path, monkeypatch):
    monkeypatch.setattr(line_file, "FILE_LIMIT", 1000)
    one = recorder(tmp_path / "r")
    kept = [one.record(Stop(float(n), n)) for n in range(20)]
    assert kept.index(False) == sum(kept)
    assert "larger than a recording may be" in one.trouble
    monkeypatch.setattr(line_file, "FILE_LIMIT", 10)
    assert "larger than a recording may be" in recorder(tmp_path / "other").trouble


def test_more_notes_than_can_be_read_again_are_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "MOST_NOTED", 400)
    one = recorder(tmp_path / "r")
    assert [one.record(Remark(1.0, 0, "x" * 50)) for _ in range(3)] == [True, True, False]
    one.close()
    two = recorder(tmp_path / "r")
    assert not two.record(Remark(1.0, 0, "x" * 50))
    assert "larger than a recording may be" in two.trouble


def test_times_never_go_back(tmp_path):
    one = recorder(tmp_path / "r")
    for seconds in (5.0, 3.0, -1.0, 1e300):
        one.record(Stop(seconds, int(abs(seconds)) % 7))
    one.record(Reload(0.0, small("Two"), 0))
    one.close()
    recording = read_recording(tmp_path / "r")
    assert recording.fault is None
    assert [recording.lesson.event(n).seconds for n in range(5)] == [5.0, 5.0, 5.0, 1e9, 1e9]


def test_a_signal_in_the_middle_of_a_line_takes_nobody_for_its_writer(tmp_path, monkeypatch):
    """The thread that a signal wakes has all put on the disk, whatever the app is at."""
    recorders = a_session().recorders
    one = recorders.begin(tmp_path / "r", small())
    assert one.record(Stop(0.0, 0))
    real = os.write

    def write(handle, data):
        written = real(handle, data)
        signalled = Thread(target=recorders.sync)
        signalled.start()
        signalled.join()  # it does not find a line that nobody knows of yet
        return written

    monkeypatch.setattr(line_file.os, "write", write)
    assert one.record(Stop(1.0, 1))
    monkeypatch.undo()
    assert recorders.close() == []
    assert read_recording(tmp_path / "r").moves == 2
