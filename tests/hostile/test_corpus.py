# ruff: noqa: E501  (a row of the corpus is one line)
"""Files that mean harm, or might as well: one line each, at once, in little memory.

A row is a name, the bytes, and the whole message without the file's name. The bytes of most are a sound scenario with
one thing put in. `test_all_of_them_in_little_memory` reads the corpus in a process of its own.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nntui.files.io.errors import InputError
from nntui.files.open import all_faults, read_scenario

SOUND = b"""format = 1
title = "t"
[[network.layer]]
units = 1
activation = "sigmoid"
[training]
eta = 1
epochs = 1
[data]
x = [[0]]
y = [[1]]
"""
MORE = b"#" * ((1 << 20) - len(SOUND))  # up to 1 MiB


def with_title(title):
    return SOUND.replace(b'"t"', title)


def with_eta(eta):
    return SOUND.replace(b"eta = 1", b"eta = " + eta)


def with_data(data):
    return SOUND.replace(b"x = [[0]]\ny = [[1]]\n", data)


A_VALUE = "expected a number, a text in quotes, a list, true or false"
ETA = "expected a finite number greater than 0"

CORPUS = [
    # nothing, and no text
    ("nothing", b"", ": `format` is missing; expected format = 1 at the top of the file"),
    ("only a BOM", b"\xef\xbb\xbf", ": `format` is missing; expected format = 1 at the top of the file"),
    ("NUL bytes", b"\0" * 1000, ":1: control character U+0000; expected plain text"),
    ("a NUL in a text", with_title(b'"a\0b"'), ":2: control character U+0000; expected plain text"),
    ("an ELF header", b"\x7fELF\x02\x01\x01", ":1: control character U+007F; expected plain text"),
    ("gzip", b"\x1f\x8b\x08\x00", ":1: byte 0x8b is not UTF-8; expected a text file in UTF-8"),
    ("Latin-1", with_title(b'"\xe9"'), ":2: byte 0xe9 is not UTF-8; expected a text file in UTF-8"),
    ("an overlong slash", with_title(b'"\xc0\xaf"'), ":2: byte 0xc0 is not UTF-8; expected a text file in UTF-8"),
    ("a surrogate in UTF-8", with_title(b'"\xed\xa0\x80"'), ":2: byte 0xed is not UTF-8; expected a text file in UTF-8"),
    ("two BOMs", b"\xef\xbb\xbf" * 2 + SOUND, ":1: '�format = 1' is no key; expected KEY = VALUE or [TABLE]"),
    ("old Macintosh lines", SOUND.replace(b"\n", b"\r"), ":1: control character U+000D; expected plain text"),
    ("more than 1 MiB", SOUND + MORE + b"#", ": has 1048577 bytes; expected at most 1 MiB"),
    # depth, length and number
    (
        "a dotted key of 20,000 parts",
        b"a" + b".a" * 20_000 + b" = 1",
        ":1: a key of more than 8 parts; expected one such as training.eta",
    ),
    (
        "a header of 20,000 parts",
        b"[a" + b".a" * 20_000 + b"]",
        ":1: a key of more than 8 parts; expected one such as training.eta",
    ),
    ("lists in lists", b"x = " + b"[" * 500_000, ":1: lists or tables 7 deep in one another; expected at most 6"),
    ("tables in tables", b"x = " + b"{a = " * 150_000, ":1: lists or tables 7 deep in one another; expected at most 6"),
    (
        "a key of a megabyte",
        b"a" * 1_000_000 + b" = 1",
        f":1: the key '{'a' * 39}…' has 1000000 characters; expected at most 200",
    ),
    (
        "a quoted key of a megabyte",
        b'"' + b"a" * 1_000_000 + b'" = 1',
        f":1: the key '\"{'a' * 38}…' has 1000002 characters; expected at most 200",
    ),
    (
        "a text of a megabyte",
        with_title(b'"' + b"a" * 1_000_000 + b'"'),
        ":2: a text of 1000002 characters; expected at most 65536",
    ),
    ("a million digits", with_eta(b"1" * 1_000_000), ":7: a number of more than 400 characters; expected a shorter one"),
    (
        "a million hex digits",
        with_eta(b"0x" + b"f" * 1_000_000),
        ":7: a number of more than 400 characters; expected a shorter one",
    ),
    (
        "a million digits in a list",
        with_data(b"x = [[" + b"1" * 1_000_000 + b"]]"),
        ":10: a number of more than 400 characters; expected a shorter one",
    ),
    ("100,000 keys", b"".join(b"a%d = 1\n" % n for n in range(80_000)), ":20001: more than 20000 keys; expected a scenario"),
    ("a million empty tables", b"x = [" + b"{}," * 340_000 + b"]", ":1: more than 100000 values; expected a scenario"),
    (
        "a third of a million empty lists",
        with_data(b"x = [" + b"[]," * 340_000 + b"]"),
        ":10: more than 100000 values; expected a scenario",
    ),
    ("20,000 notes", SOUND + b"[[note]]\n" * 19_000, ":12: `at` is missing in note 1; expected a text that is not empty"),
    (
        "20,000 questions",
        SOUND + b"[[question]]\n" * 19_000,
        ":12: `at` is missing in question 1; expected a text that is not empty",
    ),
    (
        "ten thousand unknown tables",
        b"format = 1\n" + b"".join(b"[a%d]\n" % n for n in range(10_000)),
        ":2: unknown key 'a0' at the top of the file; expected one of format, title, about, next, network, training, data, note, question, fork, sheet",
    ),
    (
        "quotes without end",
        with_title(b'"""' + b'\\"' * 400_000),
        ":2: a text that opens here is not closed: '" + '"""' + '\\"' * 18 + "…'; expected a closing quote",
    ),
    (
        "backslashes without end",
        with_title(b'"' + b"\\" * 900_001),
        ":2: a text that opens here is not closed: '\"" + "\\" * 38 + "…'; expected a closing quote",
    ),
    # numbers
    ("1e400", with_eta(b"1e400"), f":7: `eta` in [training] is inf; {ETA}"),
    ("1e-400 is 0", with_eta(b"1e-400"), f":7: `eta` in [training] is 0.0; {ETA}"),
    ("nan", with_eta(b"nan"), f":7: `eta` in [training] is nan; {ETA}"),
    ("-inf", with_eta(b"-inf"), f":7: `eta` in [training] is -inf; {ETA}"),
    ("an integer beyond float64", with_eta(b"9" * 400), f":7: `eta` in [training] is {'9' * 20}…; {ETA}"),
    ("a hex integer beyond float64", with_eta(b"0x" + b"f" * 398), ":7: `eta` in [training] is 17368131436364861179…; " + ETA),
    (
        "full-width digits",
        with_eta("１".encode()),
        ":7: '１' is no value; expected a number, true or false, or a text in quotes: \"１\"",
    ),
    (
        "a seed of 300 digits",
        SOUND.replace(b"[training]", b"[training]\nseed = " + b"9" * 300),
        f":7: `seed` in [training] is {'9' * 20}…; expected a whole number from 0 to 9007199254740991",
    ),
    (
        "10^18 epochs",
        SOUND.replace(b"epochs = 1", b"epochs = 1000000000000000000"),
        ":8: `epochs` in [training] is 1000000000000000000; expected a whole number from 1 to 10000000",
    ),
    (
        "10^9 points",
        with_data(b'generate = "xor"\npoints = 1000000000\n'),
        ":11: `points` in [data] is 1000000000; expected a whole number from 1 to 1000000",
    ),
    (
        "10^9 units",
        SOUND.replace(b"units = 1", b"units = 1000000000"),
        ":4: `units` in layer 1 is 1000000000; expected a whole number from 1 to 4096",
    ),
    (
        "weights beyond memory",
        SOUND.replace(
            b"[[network.layer]]", b'[[network.layer]]\nunits = 4096\nactivation = "tanh"\n' * 60 + b"[[network.layer]]"
        ),
        ":3: 989863936 weights; expected at most 20000000",
    ),
    # the wrong thing in the right place
    ("network is a number", b"format = 1\ntitle = 't'\nnetwork = 3\n", ":3: `network` is 3; expected one table [network]"),
    (
        "network is a list of tables",
        SOUND.replace(b"[[network.layer]]", b"[[network]]"),
        ":3: `network` is a list of 1 table; expected one table [network] with single brackets",
    ),
    (
        "layer is one table",
        SOUND.replace(b"[[network.layer]]", b"[network.layer]"),
        ":3: `layer` is a table; expected [[network.layer]] with double brackets",
    ),
    (
        "layer is a list of numbers",
        SOUND.replace(b'[[network.layer]]\nunits = 1\nactivation = "sigmoid"', b"[network]\nlayer = [1]"),
        ":4: layer 1 is 1; expected a table [[network.layer]]",
    ),
    (
        "no layers",
        SOUND.replace(b'[[network.layer]]\nunits = 1\nactivation = "sigmoid"', b"[network]\nlayer = []"),
        ":4: 0 layers in [[network.layer]]; expected 1 to 64",
    ),
    (
        "a table opened as list and as table",
        SOUND + b"[[data]]\n",
        ":12: 'data' is there already as something else (line 9); expected only [[…]]",
    ),
    (
        "a note that is a text",
        SOUND.replace(b"[[network", b'note = ["x"]\n[[network'),
        ":3: note 1 is the text 'x'; expected a table [[note]]",
    ),
    (
        "a question that is a number",
        SOUND.replace(b"[[network", b"question = [7]\n[[network"),
        ":3: question 1 is 7; expected a table [[question]]",
    ),
    (
        "a date for a seed",
        SOUND.replace(b"[training]", b"[training]\nseed = 2020-01-01"),
        ":7: `seed` in [training] is a date or time; expected a whole number from 0 to 9007199254740991",
    ),
    ("a time for a title", with_title(b"07:32:00"), ":2: `title` is a date or time; expected a text that is not empty"),
    (
        "a day that is none",
        with_title(b"2020-02-31"),
        ":2: 'Invalid date or datetime' says TOML; expected KEY = VALUE lines and [TABLE] headers",
    ),
    (
        "true for a number in a list",
        with_data(b"x = [[true]]\ny = [[1]]"),
        ":10: row 1, number 1 of `x` in [data] is true; expected a finite number",
    ),
    (
        "a ragged x",
        with_data(b"x = [[1], [1, 2]]\ny = [[1], [0]]"),
        ":10: row 2 of `x` has 2 numbers, but row 1 has 1; expected the same in each row",
    ),
    (
        "x is empty",
        with_data(b"x = []\ny = []"),
        ":10: `x` in [data] is a list of 0; expected a list of rows of numbers, such as [[0, 1], [1, 0]]",
    ),
    (
        "rows of x are empty",
        with_data(b"x = [[]]\ny = [[1]]"),
        ":10: row 1 of `x` in [data] is a list of 0; expected a list of numbers",
    ),
    (
        "a key twice",
        SOUND.replace(b"eta = 1", b"eta = 1\neta = 2"),
        ":8: the key 'eta' is there already (line 7); expected each key once",
    ),
    ("a table twice", SOUND + b"[training]\n", ":12: '[training]' is there already (line 6); expected each table once"),
    # characters that would do something
    ("an escape in a text", with_title(b'"\x1b]0;owned\x07"'), ":2: control character U+001B; expected plain text"),
    ("an escape in a comment", b"# \x1b[2J\n" + SOUND, ":1: control character U+001B; expected plain text"),
    (
        "an escaped escape in a key",
        b'"\\u001b[2J" = 1\n' + SOUND,
        ":1: unknown key '�[2J' at the top of the file; expected one of format, title, about, next, network, training, data, note, question, fork, sheet",
    ),
    (
        "bidi in a key",
        '"\u202eate" = 1\n'.encode() + SOUND,
        ":1: unknown key '�ate' at the top of the file; expected one of format, title, about, next, network, training, data, note, question, fork, sheet",
    ),
    (
        "an escaped escape in a choice",
        SOUND.replace(b'"sigmoid"', b'"\\u009b2J"'),
        ":5: `activation` in layer 1 is the text '�2J'; expected 'step', 'sign', 'sigmoid', 'tanh', 'relu', 'leaky_relu', 'identity' or 'softmax'",
    ),
    (
        "an escaped escape in an address",
        SOUND + b'[[note]]\nat = "1:\\u001b[2J"\ntext = ""\n',
        ":13: note 1: '�[2J' is no point in '1:�[2J'; expected EPOCH:POINT[:KIND[:LAYER[:NEURON]]], start or end",
    ),
    (
        "an escaped escape in a question",
        SOUND + b'[[question]]\nat = "1:1:cost"\nkind = "\\u001b[2J"\n',
        ":14: `kind` in question 1 is the text '�[2J'; expected 'value', 'sign', 'larger' or 'cost'",
    ),
    (
        "a surrogate by escape",
        with_title(b'"\\ud800"'),
        ":2: 'Escaped character is not a Unicode scalar value' says TOML; expected KEY = VALUE lines and [TABLE] headers",
    ),
    (
        "an address of 60,000 parts",
        SOUND + b'[[note]]\nat = "' + b"1:" * 30_000 + b'"\ntext = ""\n',
        f":13: note 1: '{'1:' * 19}1…' has 30001 parts; expected at most five, EPOCH:POINT:KIND:LAYER:NEURON",
    ),
    # files elsewhere
    (
        "the passwords",
        with_data(b'file = "/etc/passwd"\ninputs = ["a"]\ntarget = "b"'),
        ":10: '/etc/passwd' lies outside the scenario's folder; expected a file in it or below it",
    ),
    (
        "the folder above",
        with_data(b'file = "../x.csv"\ninputs = ["a"]\ntarget = "b"'),
        ":10: '../x.csv' lies outside the scenario's folder; expected a file in it or below it",
    ),
    (
        "a device",
        with_data(b'file = "/dev/zero"\ninputs = ["a"]\ntarget = "b"'),
        ":10: '/dev/zero' lies outside the scenario's folder; expected a file in it or below it",
    ),
    (
        "itself",
        with_data(b'file = "hostile.toml"\ninputs = ["a"]\ntarget = "b"'),
        ":11: 'hostile.toml' has no column 'a'; expected one of 'format = 1'",
    ),
    (
        "the folder itself",
        with_data(b'file = "."\ninputs = ["a"]\ntarget = "b"'),
        ":10: '.' is a directory; expected a regular file",
    ),
    (
        "an empty file name",
        with_data(b'file = ""\ninputs = ["a"]\ntarget = "b"'),
        ":10: `file` in [data] is the text ''; expected a text that is not empty",
    ),
    (
        "a NUL in a file name",
        with_data(b'file = "a\\u0000b"\ninputs = ["a"]\ntarget = "b"'),
        ":10: 'a�b' is no path that a file can have; expected a file beside the scenario",
    ),
]
IDS = [name for name, _, _ in CORPUS]


@pytest.mark.sweep
@pytest.mark.parametrize(("name", "data", "message"), CORPUS, ids=IDS)
def test_one_line_at_once(tmp_path, monkeypatch, name, data, message):
    monkeypatch.chdir(tmp_path)
    Path("hostile.toml").write_bytes(data)
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        read_scenario("hostile.toml")
    assert str(caught.value) == "hostile.toml" + message
    assert len(str(caught.value)) <= 290
    assert str(caught.value).isprintable()
    assert str(all_faults("hostile.toml")[0]) == str(caught.value)
    assert time.process_time() - start < 4.0


def test_the_sound_one_is_sound(tmp_path):
    (tmp_path / "s.toml").write_bytes(SOUND + MORE)
    assert read_scenario(tmp_path / "s.toml").title == "t"


def test_pipes_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "p")
    (tmp_path / "s.toml").write_bytes(with_data(b'file = "p"\ninputs = ["a"]\ntarget = "b"'))
    assert [f.message for f in all_faults(tmp_path / "p")] == ["is a pipe; expected a regular file"]
    assert [f.message for f in all_faults(tmp_path / "s.toml")] == ["'p' is a pipe; expected a regular file"]


@pytest.mark.parametrize(("every", "rows"), [(8, 30_000), pytest.param(1, 300_000, marks=pytest.mark.sweep(usual=False))])
def test_all_of_them_in_little_memory(tmp_path, every, rows):
    for number, (_, data, _) in enumerate(CORPUS[::every]):
        (tmp_path / f"{number}.toml").write_bytes(data)
    csv = ("a,b\n" + "1,k\n" * rows + "1," + "😀" * 200_000 + "\n").encode()
    (tmp_path / "d.csv").write_bytes(csv)
    (tmp_path / "csv.toml").write_bytes(with_data(b'file = "d.csv"\ninputs = ["a"]\ntarget = "b"'))
    done = subprocess.run([sys.executable, __file__, str(tmp_path)], check=False, timeout=300, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 300 * 1024


def _read_them_all(folder):
    for path in sorted(Path(folder).glob("*.toml")):
        all_faults(path)
    print(_peak())


def _peak():
    """The most memory this process ever held, in KiB. On Linux ru_maxrss is inherited from whoever started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    _read_them_all(sys.argv[1])
