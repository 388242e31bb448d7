"""What a name on the command line means."""

from pathlib import Path

import pytest

import nntui
from nntui.files import library
from nntui.files.io.errors import InputError


@pytest.fixture
def picker_entries(tmp_path, monkeypatch, sound):
    """A library of three in place of the bundled one, and an empty folder to work in."""
    (tmp_path / "scenarios").mkdir()
    for name in ("xor", "two-by-two", "iris"):
        (tmp_path / "scenarios" / f"{name}.toml").write_text(sound)
    (tmp_path / "scenarios" / "iris.csv").write_text("a\n")
    (tmp_path / "scenarios" / "no name.toml").write_text("")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(library, "folder", lambda: tmp_path / "scenarios")
    return tmp_path / "scenarios"


def test_the_bundled_scenarios_by_name(picker_entries):
    assert [name for name, _ in library.bundled()] == ["iris", "two-by-two", "xor"]


def test_a_bare_word_is_a_name(picker_entries):
    assert library.resolve("xor") == picker_entries / "xor.toml"
    assert nntui.load("two-by-two").title == "Two by two"


def test_an_existing_path_wins(picker_entries, tmp_path, sound):
    (tmp_path / "work" / "xor").write_text(sound.replace("Two by two", "mine"))
    assert nntui.load("xor").title == "mine"
    assert nntui.load(tmp_path / "work" / "xor").title == "mine"


def test_a_name_that_is_none(picker_entries):
    with pytest.raises(InputError) as caught:
        library.resolve("xro")
    assert str(caught.value) == "xro: there is no such file and no bundled scenario of that name; did you mean 'xor'?"
    with pytest.raises(InputError) as caught:
        library.resolve("zzzzzz")
    assert str(caught.value).endswith("of that name; expected a file or a name from `nntui list`")


@pytest.mark.parametrize("path", ["none.toml", "./xor", "no name", "a/b", "", "x\0", "../xor"])
def test_everything_else_is_a_path(picker_entries, path):
    with pytest.raises(InputError, match=r"no such file|no path that a file can have"):
        nntui.load(path)


@pytest.mark.parametrize(("name", "path"), library.bundled())
def test_every_bundled_scenario_is_sound(name, path):
    assert nntui.load(path).title


def test_a_folder_does_not_hide_a_bundled_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "xor").mkdir()
    assert library.resolve("xor") == library.folder() / "xor.toml"
    (tmp_path / "mine").mkdir()
    assert library.resolve("mine") == Path("mine"), "whoever opens it says that it is a folder"


@pytest.mark.parametrize(("other", "name"), library.ALIASES.items())
def test_another_name_opens_what_it_stands_for(other, name):
    names = [known for known, _ in library.bundled()]
    assert name in names
    assert other not in names
    assert library.resolve(other) == library.resolve(other.upper()) == library.resolve(name)


def test_a_file_of_another_name_wins(tmp_path, monkeypatch, sound):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "or").write_text(sound.replace("Two by two", "mine"))
    assert nntui.load("or").title == "mine"
    assert nntui.load("nand").title == "Perceptron: OR and NAND"
