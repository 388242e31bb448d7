"""config.toml: what is right is taken, what is wrong is one line with its place, and nothing is written over."""

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.files.io.errors import InputError
from nntui.files.settings import PRESETS, Settings, is_key, keep, read_settings, with_values
from tests.strategies import examples

ACTIONS = ("forward", "back", "up", "down", "check", "learned", "next_point", "help")
WHOLE = """\
# mine
theme = "light"   # the projector
digits = 6
notation = 'common'
history = false

[keys]
preset = "vim"
forward = "f"
next_point = ["ctrl+n", "F"]
"""


def settings_of(tmp_path, text, actions=ACTIONS):
    path = tmp_path / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return read_settings(path, actions)


def said(tmp_path, text):
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in settings_of(tmp_path, text).faults]


def test_every_setting_is_read(tmp_path):
    found = settings_of(tmp_path, WHOLE)
    assert found.faults == ()
    assert (found.theme, found.digits, found.notation, found.history) == ("light", 6, "common", False)
    assert dict(found.keys) == {
        "back": ("h",), "down": ("j",), "up": ("k",), "forward": ("f",), "check": ("K",), "learned": ("L",),
        "next_point": ("ctrl+n", "F"),
    }  # fmt: skip


def test_without_a_file_or_a_home_everything_is_as_it_is(tmp_path):
    assert read_settings(None, ACTIONS) == Settings()
    missing = tmp_path / "no" / "config.toml"
    assert read_settings(missing, ACTIONS) == Settings(path=missing)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('theme = "drak"', "config.toml:1: `theme` is the text 'drak'; expected"),
        ("\ndigits = 18", "config.toml:2: `digits` is 18; expected a whole number from 2 to 17"),
        ("digits = true", "config.toml:1: `digits` is true; expected"),
        ('history = "no"', "config.toml:1: `history` is the text 'no'; expected true or false"),
        ("notaton = 1", "config.toml:1: unknown key 'notaton'; did you mean 'notation'?"),
        ("zzz = 1", "config.toml:1: unknown key 'zzz'; expected one of theme, digits, notation, history, keys"),
        ("keys = 3", "config.toml:1: `keys` is 3; expected a table [keys]"),
        ('[keys]\nforwrad = "f"', "config.toml:2: unknown action 'forwrad' in [keys]; did you mean 'forward'?"),
        ("[keys]\nforward = 3", "config.toml:2: the key of `forward` is 3; expected one character"),
        ('[keys]\nforward = "ff"', "config.toml:2: the key of `forward` is the text 'ff'; expected one character"),
        ('[keys]\nforward = "ctrl+c"', "config.toml:2: the key of `forward` is 'ctrl+c', which ends nntui; expected another key"),
        (
            '[keys]\nforward = "f"\nback = "f"',
            "config.toml:3: the key 'f' of `back` is the key of `forward` too; expected one of",
        ),
        ("[keys]\nforward = []", "config.toml:2: 0 keys for `forward`; expected 1 to 4"),
        ('[keys]\npreset = "emacs"', "config.toml:2: `preset` is the text 'emacs'; expected 'vim'"),
        ("theme dark", "config.toml:1: "),
    ],
)
def test_a_mistake_is_one_line_with_its_place(tmp_path, text, words):
    [line] = said(tmp_path, text)
    assert line.startswith(words)


def test_a_mistake_stops_nothing_else(tmp_path):
    found = settings_of(tmp_path, 'theme = 3\ndigits = 5\n[keys]\nforward = "f"\nback = 1\n')
    assert (found.theme, found.digits, dict(found.keys)) == ("auto", 5, {"forward": ("f",)})
    assert [fault.line for fault in found.faults] == [1, 5]


def test_a_key_that_is_given_away_is_not_the_presets(tmp_path):
    found = settings_of(tmp_path, '[keys]\nhelp = "h"\npreset = "vim"')
    assert found.keys["help"] == ("h",)
    assert "back" not in found.keys


def test_presets_name_keys_that_are_keys_once_each():
    for preset in PRESETS.values():
        keys = [key for given in preset.values() for key in given]
        assert all(map(is_key, keys))
        assert len(set(keys)) == len(keys)


def test_a_directory_or_a_pipe_in_its_place_is_said(tmp_path):
    assert "is a directory" in str(read_settings(tmp_path, ACTIONS).faults[0])
    os.mkfifo(tmp_path / "config.toml")
    assert "is a pipe" in str(read_settings(tmp_path / "config.toml", ACTIONS).faults[0])


PIECES = st.sampled_from(
    ["theme", "digits", "keys", "[keys]", "preset", "forward", " = ", '"vim"', '"dark"', "3", "[", "]", "{", "}", "\n", '"', "'",
     "#", "\x00", "\x1b]11;?\x07", "\u202e", "é", "\ud800", "1e999", "nan", '"""', "[[keys]]", "{a=1}", "."]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
@examples(300)
def test_whatever_stands_in_it_settings_and_printable_lines_come_out(tmp_path_factory, text):
    found = settings_of(tmp_path_factory.mktemp("settings"), text)
    assert isinstance(found.theme, str)
    for fault in found.faults:
        assert not {unicodedata.category(c) for c in str(fault)} & {"Cc", "Cf", "Cs"}
        assert "; " in fault.message


# --- writing


def test_what_is_kept_is_read_again_and_other_lines_are_untouched(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(WHOLE)
    keep(path, {"theme": "contrast", "digits": 4, "notation": "common"})
    assert path.read_text() == WHOLE.replace('"light"', '"contrast"').replace("digits = 6", "digits = 4")
    found = read_settings(path, ACTIONS)
    assert (found.theme, found.digits, found.notation, found.faults) == ("contrast", 4, "common", ())


@given(st.sampled_from(["", "# a\n", "digits = 3\n", "[keys]\nforward = 'f'\n", "\ufeffhistory = true\r\n", "theme='ansi'#x"]))
@examples(20)
def test_keeping_twice_is_keeping_once(text):
    once = with_values(text, "c", {"theme": "dark"})
    assert with_values(once, "c", {"theme": "dark"}) == once
    assert with_values(once, "c", {"theme": "light"}).replace("light", "dark") == once
    kept = [line for line in text.removeprefix("\ufeff").split("\n") if not line.startswith("theme")]
    assert [line for line in once.removeprefix("\ufeff").split("\n") if line in kept] == kept


def test_a_new_file_is_made_in_a_new_folder(tmp_path):
    path = tmp_path / "config" / "nntui" / "config.toml"
    keep(path, {"theme": "light"})
    assert path.read_text() == 'theme = "light"\n'
    assert [p.name for p in path.parent.iterdir()] == ["config.toml"]


def test_a_link_stays_a_link_and_rights_stay(tmp_path):
    real = tmp_path / "dotfiles.toml"
    real.write_text("digits = 3\n")
    real.chmod(0o640)
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    keep(link, {"digits": 5})
    assert link.is_symlink()
    assert real.read_text() == "digits = 5\n"
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("text", ["theme = ", 'theme = """\nx"""\n', "theme = [\n1,\n2]\n"])
def test_a_file_that_cannot_be_changed_stays_as_it_is(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(InputError):
        keep(path, {"theme": "dark"})
    assert path.read_text() == text


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="expected a file that can be written"):
        keep(tmp_path / "file" / "config.toml", {"theme": "dark"})
