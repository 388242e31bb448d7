"""Paths: what is opened, what is not, and that nobody waits."""

import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest

from nntui.files.io.errors import InputError
from nntui.files.io.read import read_bytes
from nntui.files.library import load
from nntui.files.open import all_faults, read_scenario


def fault(path):
    with pytest.raises(InputError) as caught:
        read_scenario(path)
    assert [str(f) for f in all_faults(path)] == [str(caught.value)]
    return caught.value


def test_a_directory(tmp_path):
    assert fault(tmp_path).message == "is a directory; expected a regular file"


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert fault(tmp_path / "pipe").message == "is a pipe; expected a regular file"


def test_a_socket(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        assert fault("s").message == "is a socket; expected a regular file"


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/tty"])
def test_devices(device):
    assert fault(device).message == "is a device; expected a regular file"


def test_no_such_file(tmp_path):
    assert fault(tmp_path / "none.toml").message == "there is no such file; expected a file that can be read"
    assert fault("").message == "there is no such file; expected a file that can be read"


def test_a_file_in_a_file(tmp_path):
    (tmp_path / "f").write_text("")
    assert fault(tmp_path / "f" / "g").message == "cannot be read (not a directory); expected a file that can be read"


@pytest.fixture
def nobody():
    """Root may read everything, so a test of what may not be read is run as somebody else."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_unreadable(nobody):
    folder = Path(tempfile.mkdtemp())
    path = folder / "f"
    path.write_text("")
    path.chmod(0)
    assert fault(path).message == "may not be read (permission denied); expected a file that can be read"
    shutil.rmtree(folder)


def test_links_in_a_circle(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert "cannot be read (too many levels of symbolic links)" in fault(tmp_path / "a").message


@pytest.mark.parametrize("path", ["a\0b", "\ud800"])
def test_paths_that_no_file_can_have(path):
    assert str(fault(path)).isprintable()
    assert fault(path).message == "is no path that a file can have; expected a file that can be read"


def test_a_path_is_shown_harmless_and_short():
    message = str(fault("\x1b]0;title\x07" + "x" * 5000 + "/the_end.toml"))
    assert message.isprintable()
    assert len(message) <= 290
    assert "xxx/the_end.toml: cannot be read (file name too long)" in message
    assert str(fault("\x1b[2J\u202e")).startswith("\ufffd[2J\ufffd: ")


def test_the_size_is_checked_before_reading(tmp_path):
    with (tmp_path / "f").open("wb") as file:
        file.truncate(1 << 40)  # a hole: it takes no room
    assert fault(tmp_path / "f").message == "has 1099511627776 bytes; expected at most 1 MiB"


def test_exactly_the_limit_is_read(tmp_path):
    (tmp_path / "f").write_bytes(b"#" * (1 << 20))
    assert len(read_bytes(tmp_path / "f", 1 << 20)) == 1 << 20
    assert fault(tmp_path / "f").message.startswith("`format` is missing")


def test_a_file_that_says_it_is_empty_and_is_not():
    # of /proc nothing is known before it is read
    assert fault("/proc/self/status").line == 1


def test_bytes_that_are_no_utf_8_are_named_with_their_line(tmp_path):
    (tmp_path / "f").write_bytes(b"\xef\xbb\xbfformat = 1\r\ntitle = '\xe9'\r\n")
    assert str(fault(tmp_path / "f")).endswith("f:2: byte 0xe9 is not UTF-8; expected a text file in UTF-8")


def test_utf_16(tmp_path):
    (tmp_path / "f").write_bytes("format = 1\n".encode("utf-16"))
    assert str(fault(tmp_path / "f")).endswith("f:1: byte 0xff is not UTF-8; expected a text file in UTF-8")


def test_the_path_is_named_as_the_user_gave_it(tmp_path, monkeypatch):
    (tmp_path / "s.toml").write_text("format = 2\n")
    monkeypatch.chdir(tmp_path)
    assert str(fault("./s.toml")).startswith("./s.toml:1: ")
    with pytest.raises(InputError, match=r"^\./s\.toml:1: "):
        load("./s.toml")
