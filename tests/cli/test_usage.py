"""The command line: exit codes, the one line of an error, and quiet ends."""

import argparse
import json
import os
import subprocess
import sys
from contextlib import suppress

import pytest

import nntui
from nntui.cli import COMMANDS, main
from nntui.commands import common
from nntui.commands import open as open_command
from nntui.engine.compiled.choice import usable
from tests.scenes import TWO_POINTS


def refused(capsys, *arguments):
    """The one line on stderr of a command line that must fail."""
    assert main([str(argument) for argument in arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("nntui: ")
    assert told.err.endswith("\n")
    assert told.err.count("\n") == 1
    assert len(told.err) <= 301
    return told.err


@pytest.mark.parametrize("command", ["show", "trace"])
@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("no-such-name", "there is no such file and no bundled scenario of that name"),
        ("xro", "did you mean 'xor'?"),
        ("./no/such.toml", "./no/such.toml"),
        ("/", "is a directory; expected a regular file"),
        ("/dev/null", "/dev/null"),
        ("x" * 5000, "x"),
        ("a\x1b]0;title\x07.toml", "a"),
    ],
)
def test_a_file_that_cannot_be_read(capsys, command, file, words):
    line = refused(capsys, command, file)
    assert words in line
    assert "\x1b" not in line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "xor", "--at", "1:9"], "--at: point 9 of '1:9' is not in this run; expected 1 to 4"),
        (["show", "xor", "--at", "1:1:beta"], "--at: 'beta' is no kind of step"),
        (["show", "xor", "--width", "59"], "'59' is no width; expected 60 to 500"),
        (["show", "xor", "--width", "9" * 5000], "is no width"),
        (["show", "xor", "--width", "000000060123"], "'000000060123' is no width; expected 60 to 500"),
        (["trace", "xor", "--from", "0"], "--from: epoch 0 of '0' is not in this run"),
        (["trace", "xor", "--to", ""], "--to: '' is no epoch in ''"),
        (["trace", "xor", "--from", "2:1", "--to", "1:4"], "--from 2:1:input comes after --to 1:4:update:1:2"),
        (["trace", "xor", "--format", "xml"], "invalid choice: 'xml'"),
        (["trace"], "the following arguments are required: FILE|NAME"),
        (["trace", "xor", "--colour"], "unrecognized arguments: --colour"),
        (["list", "extra"], "unrecognized arguments: extra"),
        (["--colour"], "unrecognized arguments: --colour"),
        (["--version", "extra"], "--version takes nothing after it but --verbose"),
        (["show", ""], "'': there is no such file"),
        (["--at", "1"], "--at needs a scenario"),
        (["xor", "--at", "1:1:1"], "--at: '1' is no kind of step"),
    ],
)
def test_bad_usage_is_one_line(capsys, arguments, words):
    assert words in refused(capsys, *arguments)


def test_a_faulty_file_is_named_with_its_line(capsys, tmp_path):
    path = tmp_path / "faulty.toml"
    path.write_text(TWO_POINTS.replace("eta = 0.5", "eta = -1"), encoding="utf-8")
    line = refused(capsys, "trace", path)
    number = TWO_POINTS.splitlines().index("eta = 0.5") + 1
    assert line.startswith(f"nntui: {path}:{number}: ")


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "nntui", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("arguments", [pytest.param([], marks=pytest.mark.sweep(usual=False)), ["xor"]])
def test_the_app_without_a_terminal_says_so(arguments):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"nntui: standard input is no terminal; expected one")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["latin-1", pytest.param("ascii", marks=pytest.mark.sweep(usual=False))])
def test_output_that_has_no_delta(encoding):
    done = run("show", "xor", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"expected UTF-8" in done.stderr
    assert done.stderr.count(b"\n") == 1
    jsonl = run("trace", "xor", "--format", "jsonl", PYTHONIOENCODING=encoding)
    assert jsonl.returncode == 0, "JSON Lines and CSV are ASCII"
    assert len(jsonl.stdout.splitlines()) == 17


def test_a_closed_pipe_ends_quietly():
    done = subprocess.run(
        f"{sys.executable} -m nntui trace xor --to 50 | head -1; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    first, code = done.stdout.splitlines()
    assert first.startswith("1:1:input")
    assert code == "0"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "first", "last"),
    [
        ([], "1:1:input", "1:1:update:1:2"),
        (["--from", "2:3"], "2:3:input", "2:3:update:1:2"),
        (["--from", "1:2:cost"], "1:2:cost", "1:2:update:1:2"),
        (["--to", "2"], "1:1:input", "2:1:update:1:2"),
        (["--to", "1:2:z"], "1:1:input", "1:2:z:1:1"),
        (["--from", "1:2", "--to", "1:3"], "1:2:input", "1:3:update:1:2"),
        (["--from", "end"], "2000:4:update:1:2", "2000:4:update:1:2"),
        (["--from", "start", "--to", "start"], "1:1:input", "1:1:input"),
        (["--from", "1:1:delta:1:2", "--to", "1:1:delta:1:2"], "1:1:delta:1:2", "1:1:delta:1:2"),
    ],
)
def test_both_ends_of_a_trace_are_included(capsys, arguments, first, last):
    assert main(["trace", "xor", *arguments]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[0] == first
    assert lines[-1].split()[0] == last


def test_list_names_every_bundled_scenario(capsys):
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "xor" in {line.split()[0] for line in lines}
    assert all(nntui.load(line.split()[0]).title in line for line in lines)


def test_schema_is_json(capsys):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "object"


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    for name, about in COMMANDS.items():
        assert f"{name} {about}" in " ".join(told.split())
        with pytest.raises(SystemExit) as left:
            main([name, "--help"])
        assert left.value.code == 0
        assert name in capsys.readouterr().out


def test_help_that_nobody_reads_to_its_end_is_quiet():
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-m", "nntui", "run", "--help"], stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_of_any_help_is_broken_by_the_terminal(capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    for arguments in (["--help"], ["equations"], *([name, "--help"] for name in COMMANDS)):
        with suppress(SystemExit):
            main(arguments)
        assert [line for line in capsys.readouterr().out.splitlines() if len(line) >= columns] == []


def test_a_line_of_the_help_goes_on_below_its_words(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert "\n    --set KEY=VALUE  changes a key for this run: training.eta=0.1 (repeatable;\n" in told
    assert "\n                     wherever a FILE is taken)\n" in told


def test_help_names_every_option_of_the_app_and_is_the_same_beside_a_name(capsys):
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    parser = argparse.ArgumentParser(add_help=False)
    open_command.arguments(parser)
    for option in (option for action in parser._actions for option in action.option_strings):
        assert f" {option} " in told
    with pytest.raises(SystemExit) as left:
        main(["xor", "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out == told


def test_an_error_of_another_file_is_not_blamed_on_standard_output(capsys, monkeypatch):
    def denied(path_or_name):
        raise PermissionError(13, "Permission denied", "/root/.local")

    monkeypatch.setattr(common, "meant", denied)
    assert (
        refused(capsys, "show", "xor") == "nntui: '/root/.local' cannot be used (permission denied); expected one that may be\n"
    )


def test_an_os_error_without_a_file_is_a_fault_of_nntui(capsys, monkeypatch):
    def broken(path_or_name):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(common, "meant", broken)
    assert main(["show", "xor"]) == 70
    assert capsys.readouterr().err == "nntui: a fault of nntui itself, please report it: OSError: [Errno 5] Input/output error\n"


def test_a_standard_output_that_cannot_be_written_is_said(tmp_path):
    path = tmp_path / "read-only"
    path.touch()
    with path.open("rb") as output:
        done = subprocess.run([sys.executable, "-m", "nntui", "list"], stdout=output, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "nntui: standard output cannot be written (Bad file descriptor); expected room for what was asked\n"
    )


def test_version_loads_neither_numpy_nor_textual():
    code = "import sys; from nntui.cli import main; main(['--version']); print(*{'numpy', 'textual', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"nntui {nntui.__version__}\n\n"


def test_python_m_nntui():
    done = run("--version")
    assert (done.returncode, done.stdout.decode()) == (0, f"nntui {nntui.__version__}\n")


def test_version_verbose_says_which_engine_is_in_use():
    lines = run("--version", "--verbose").stdout.decode().splitlines()
    expected = "engine: compiled (fold.c)" if usable() is not None else "engine: NumPy ("
    assert lines[0] == f"nntui {nntui.__version__}"
    assert lines[1].startswith(expected)
    pure = run("--version", "--verbose", NNTUI_PURE="1").stdout.decode().splitlines()
    assert pure[1:] == ["engine: NumPy (NNTUI_PURE is set)"]
