"""Files are written whole or not at all, also where a signal ends the process in the middle of it."""

import os
import threading

import pytest

from nntui.files.io import write
from nntui.files.io.errors import InputError


@pytest.fixture
def stuck(monkeypatch):
    """fsync that waits; what it waits for, and what says that it does. Afterwards files may be written again."""
    reached, goes_on = threading.Event(), threading.Event()

    def fsync(handle):
        reached.set()
        assert goes_on.wait(30)

    monkeypatch.setattr(os, "fsync", fsync)
    yield reached, goes_on
    write._ENDING.clear()


@pytest.mark.parametrize("whole", [0, 1], ids=["in the first file", "in the second"])
def test_a_signal_in_the_middle_leaves_neither_a_temporary_file_nor_a_part(tmp_path, stuck, monkeypatch, whole):
    reached, goes_on = stuck
    files, faults = {tmp_path / "fork.toml": b"a", tmp_path / "fork.csv": b"b"}, []
    if whole:
        real, calls = os.fsync, []
        monkeypatch.setattr(os, "fsync", lambda handle: calls.append(handle) if not calls else real(handle))

    def save():
        try:
            write.write_new(files)
        except InputError as fault:
            faults.append(str(fault))

    saving = threading.Thread(target=save)
    saving.start()
    assert reached.wait(30)
    assert len(list(tmp_path.glob(".nntui-*.tmp"))) == 1
    assert (tmp_path / "fork.toml").exists() == bool(whole)
    write.remove_unfinished()
    assert list(tmp_path.iterdir()) == [], "the process may end here"
    goes_on.set()
    saving.join(30)
    assert (list(tmp_path.iterdir()), len(faults)) == ([], 1)
    with pytest.raises(InputError):
        write.write_new({tmp_path / "other": b""})
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_whole_is_not_removed(tmp_path, stuck):
    stuck[1].set()
    write.write_new({tmp_path / "x": b"1", tmp_path / "y": b"2"})
    write.replace_file(tmp_path / "z", b"3")
    write.remove_unfinished()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x", "y", "z"]
