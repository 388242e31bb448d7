"""`nntui new`: a file that opens as it is, and never one in place of another."""

import os
import re
from pathlib import Path

import pytest

from nntui.cli import main
from nntui.files.io import write
from nntui.files.library import bundled, load
from nntui.files.scenario.read import scenario_from_text
from nntui.files.schema.keys import TABLES, TableType
from nntui.files.templates import starting_text
from nntui.training.timeline import Timeline


@pytest.fixture
def new(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = main(["new", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_opens_passes_check_and_learns_xor(new, capsys):
    assert new("mine.toml") == (
        0,
        "wrote mine.toml\nopen it with `nntui mine.toml`; after a change `nntui check mine.toml` tells what is wrong\n",
        "",
    )
    assert main(["check", "mine.toml"]) == 0
    assert "108 of 108 gradients agree" in capsys.readouterr().out
    scenario = load("mine.toml")
    timeline = Timeline(scenario)
    timeline.weights(len(timeline))
    assert [round(timeline.iteration(len(timeline) - 4 + n).a[-1]) for n in range(4)] == [0, 1, 1, 0]


def test_every_key_of_the_language_is_explained_in_it():
    lines = starting_text().splitlines()
    text = " ".join(line.removeprefix("#").strip() for line in lines)
    for keys in TABLES.values():
        for key in keys:
            if not isinstance(key.kind, TableType):
                assert any(line.removeprefix("# ").startswith(f"{key.name} = ") for line in lines), key.name
                assert key.about in text
    assert max(map(len, lines)) <= 100


def test_every_key_in_a_comment_may_be_taken_out_of_it():
    """Up to [data]: the keys of other data sources go only without x and y."""
    head, mark, data = starting_text().partition("[data]\n")
    text, keys = re.subn(r"^# ([a-z_]+ = )", r"\1", head, flags=re.MULTILINE)
    assert keys == 14
    assert scenario_from_text(text + mark + data, "F").network.sizes == (2, 2, 1)


def test_a_file_that_is_there_stays_as_it_is(new, tmp_path):
    (tmp_path / "mine.toml").write_text("mine")
    message = "nntui: mine.toml: is there already and stays as it is; expected the name of a new file\n"
    assert new("mine.toml") == (2, "", message)
    assert new("mine.toml", "--from", "xor") == (2, "", message)
    assert (tmp_path / "mine.toml").read_text() == "mine"
    (tmp_path / "link.toml").symlink_to("nowhere")
    assert new("link.toml")[0] == 2
    assert names(tmp_path) == ["link.toml", "mine.toml"]


@pytest.mark.parametrize("path", ["none/x.toml", "mine.toml/x", "x\0.toml", "x" * 300, ".", ""])
def test_a_place_that_cannot_be_written(new, tmp_path, path):
    (tmp_path / "mine.toml").write_text("mine")
    code, out, err = new(path)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("nntui: ")
    assert names(tmp_path) == ["mine.toml"]


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_a_copy_of_a_bundled_scenario_is_the_same_and_opens(new, name):
    code, _, err = new("copy.toml", "--from", name)
    assert (code, err) == (0, "")
    assert Path("copy.toml").read_bytes() == dict(bundled())[name].read_bytes()
    assert load("copy.toml").title == load(name).title


def test_a_data_file_comes_with_it(new, tmp_path):
    code, out, _ = new("mine.toml", "--from", "iris")
    assert code == 0
    assert out.splitlines()[:2] == ["wrote iris.csv", "wrote mine.toml"]
    assert names(tmp_path) == ["iris.csv", "mine.toml"]
    assert new("second.toml", "--from", "iris")[0] == 0  # the same data file will do


def test_another_data_file_of_that_name_is_not_touched(new, tmp_path):
    (tmp_path / "iris.csv").write_text("mine")
    code, out, err = new("mine.toml", "--from", "iris")
    assert (code, out) == (2, "")
    assert err.startswith("nntui: iris.csv: is there already")
    assert names(tmp_path) == ["iris.csv"]
    assert (tmp_path / "iris.csv").read_text() == "mine"


def test_a_name_that_is_none(new):
    assert new("gates.toml", "--from", "or")[0] == 0
    assert new("x.toml", "--from", "irsi") == (2, "", "nntui: irsi: is no bundled scenario; did you mean 'iris'?\n")
    assert "expected a name from `nntui list`" in new("x.toml", "--from", "../../etc/passwd")[2]


def test_a_disk_that_is_full_leaves_nothing_behind(new, tmp_path, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write.os, "fsync", full)
    code, out, err = new("mine.toml", "--from", "iris")
    assert (code, out) == (2, "")
    assert "cannot be written (no space left on device)" in err
    assert names(tmp_path) == []


def test_what_fails_half_way_leaves_nothing_behind(tmp_path):
    (tmp_path / "b").write_text("mine")
    with pytest.raises(write.InputError):
        write.write_new({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert names(tmp_path) == ["b"]


def test_a_file_system_without_links(new, tmp_path, monkeypatch):
    def no_link(self, target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(write.Path, "hardlink_to", no_link)
    assert new("mine.toml")[0] == 0
    assert names(tmp_path) == ["mine.toml"]


def test_the_umask_decides_who_may_read_it(new, tmp_path):
    before = os.umask(0o027)
    try:
        new("mine.toml")
    finally:
        os.umask(before)
    assert (tmp_path / "mine.toml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(("path", "typed"), [("check", "./check"), ("a b.toml", "'a b.toml'"), ("x.toml", "x.toml")])
def test_the_hint_can_be_typed(new, path, typed):
    assert f"`nntui {typed}`;" in new(path)[1]
