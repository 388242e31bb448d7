"""`nntui check`: what it says, where it says it, and with which exit code."""

import subprocess
import sys
import time

import pytest

from nntui.cli import main
from nntui.engine import iteration as engine
from nntui.explain.gradient_check import report as check_report
from nntui.explain.gradient_check.report import sampled
from nntui.files.library import bundled, load
from tests.files.conftest import SOUND

BRIEF = SOUND.replace("epochs = 2000", "epochs = 20")  # of the whole run, three epochs are checked all the same


@pytest.fixture
def check(capsys):
    def run(*arguments):
        code = main(["check", *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def file(tmp_path):
    def write(text, name="f.toml"):
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write


def test_a_sound_file(check, file):
    path = file(SOUND)
    code, out, err = check(path)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == f"{path}: sound; 2–2–1, 3 data points, 2000 epochs"
    assert "central differences (z moved by 7.6e-06; bound 1e-7" in lines[1]
    assert "complex step (h = 1e-20; bound 1e-12" in lines[2]
    assert lines[3] == "  at the first 3 data points of epochs 1, 1000 and 2000"
    assert lines[4].startswith("  81 of 81 gradients agree; nearest to its bound: error ")
    assert ":gradient:" in lines[4]
    assert ", w" in lines[4]


def test_the_faults_of_an_unsound_file_are_a_line_each_on_stderr(check, file):
    path = file(SOUND.replace("eta = 0.5", "eat = 0.5").replace("seed = 3", "seed = -3"))
    code, out, err = check(path)
    assert (code, out) == (2, "")
    first, second = err.splitlines()
    assert first == f"nntui: {path}:5: `seed` in [network] is -3; expected a whole number from 0 to 9007199254740991"
    assert second.startswith(f"nntui: {path}:17: ")
    assert second.endswith("did you mean 'eta'?")


def test_twenty_faults_are_told_and_the_rest_is_counted(check, file):
    notes = "".join(f'[[note]]\nat = "{n}"\ntext = 1\n' for n in range(1, 26))
    path = file(SOUND + notes)
    lines = check(path)[2].splitlines()
    assert len(lines) == 21
    assert lines[-1] == f"nntui: {path}: 5 more faults (--all tells them)"
    assert len(check("--all", path)[2].splitlines()) == 25


@pytest.mark.parametrize("text", [BRIEF, pytest.param(SOUND, marks=pytest.mark.sweep(usual=False))], ids=["brief", "whole"])
def test_all_of_a_sound_file_is_as_ever(check, file, text):
    assert check("--all", file(text))[0] == 0


@pytest.mark.parametrize("name", ["none.toml", "nosuchname", ".", ""])
def test_no_file_at_all(check, name):
    for flags in ([], ["--all"]):
        code, out, err = check(*flags, name)
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1
        assert err.startswith("nntui: ")


def test_several_files_are_told_in_order(check, file):
    code, out, _ = check(file(BRIEF, "a.toml"), "two-by-two", file(BRIEF, "b.toml"))
    assert code == 0
    heads = [line.split(": sound")[0].rsplit("/", 1)[-1] for line in out.splitlines() if not line.startswith(" ")]
    assert heads == ["a.toml", "two-by-two", "b.toml"]


def test_one_unsound_file_of_several_and_nothing_is_on_stdout(check, file):
    bad = BRIEF.replace("eta = 0.5", "eta = 0")
    code, out, err = check(file(BRIEF, "a.toml"), file(bad, "b.toml"), file(BRIEF, "c.toml"), file(bad, "d.toml"))
    assert (code, out) == (2, "")
    assert [line.split(": ")[1].rsplit("/", 1)[-1] for line in err.splitlines()] == ["b.toml:17", "d.toml:17"]


@pytest.mark.parametrize("text", [BRIEF, pytest.param(SOUND, marks=pytest.mark.sweep(usual=False))], ids=["brief", "whole"])
def test_a_wrong_gradient_is_exit_1_and_named(check, file, monkeypatch, text):
    backward = engine.backward

    def off(*args):
        delta = backward(*args)
        delta[1] *= 1 + 1e-6
        return delta

    monkeypatch.setattr(engine, "backward", off)
    code, out, err = check(file(text))
    assert (code, err) == (1, "")
    assert "  15 of 81 gradients DISAGREE" in out.splitlines()
    told = [line for line in out.splitlines() if line.startswith("    ")]
    assert len(told) == 5
    assert told[0].startswith("    1:1:gradient:1:2, w⁰₂₀: backpropagation ")
    assert "complex step" in told[0]


def test_a_wrong_file_and_a_wrong_gradient_are_exit_2(check, file, monkeypatch):
    backward = engine.backward
    monkeypatch.setattr(engine, "backward", lambda *args: 2.0 * backward(*args))
    assert check(file(BRIEF, "a.toml"))[0] == 1
    assert check(file(BRIEF, "a.toml"), file("x", "b.toml"))[:2] == (2, "")


def test_what_is_not_checkable_is_said_and_no_failure(check):
    code, out, _ = check("perceptron")
    assert code == 0
    assert "no gradient could be judged" in out
    assert "agree" not in out
    assert "declared departure" in out
    code, out, _ = check("step-never-learns")
    assert code == 0
    assert "not checkable: " in out and "agree" not in out


def test_a_run_that_overflows_is_no_failure(check):
    code, out, _ = check("learning-rates")
    assert code == 0
    assert "data points, first 350:1: a number that is not finite at 350:1:" in out


def test_how_much_of_a_long_run_is_checked(check, file):
    path = file(SOUND.replace("epochs = 2000", "epochs = 10_000_000"))
    scenario = load(path)
    sample = sampled(scenario)
    assert sample.epochs[0] == 1
    assert sample.epochs[-1] == sample.reached < 10_000
    assert f"(not further than epoch {sample.reached} of 10000000, to be quick)" in check(path)[1]


@pytest.mark.parametrize(("epochs", "looked"), [(1, "epoch 1"), (2, "epochs 1 and 2"), (3, "epochs 1, 2 and 3")])
def test_short_runs(check, file, epochs, looked):
    assert f"  at the first 3 data points of {looked}\n" in check(file(SOUND.replace("epochs = 2000", f"epochs = {epochs}")))[1]


def test_of_a_large_network_it_says_how_many_weights(check, file):
    big = SOUND.replace("units = 2", "units = 300").replace("weights = [[0.15, 0.20], [0.25, 0.30]]\nbiases = [0.35, 0.35]\n", "")
    path = file(big.replace('names = ["h1", "h2"]\n', ""))
    assert " of the 1201 weights at each" in check(path)[1]


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_every_bundled_scenario_passes(check, name, monkeypatch):
    """With a tenth of the epochs that a user waits for."""
    monkeypatch.setattr(check_report, "_RUN", 0.1 * check_report._RUN)
    code, out, err = check(name)
    assert (code, err) == (0, "")
    assert out.startswith(f"{name}: sound; ")
    assert "DISAGREE" not in out


def test_a_long_run_is_checked_within_seconds(check):
    start = time.process_time()
    assert check("digits")[0] == 0
    assert time.process_time() - start < 6  # about 2 on a quiet machine


def test_it_needs_no_terminal_and_loads_no_screen():
    code = (
        "import sys; from nntui.cli import main; c = main(['check', 'two-by-two']); sys.exit(c + 9 * ('textual' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_usage(check, capsys):
    code, out, err = check()
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    with pytest.raises(SystemExit) as left:
        main(["check", "--help"])
    assert left.value.code == 0
    assert "Exit code 0" in capsys.readouterr().out
