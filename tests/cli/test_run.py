"""`nntui run`: where a condition first holds, the exit code, and the recording of it."""

import json
import os
import signal
import subprocess
import sys

import pytest

from nntui.cli import main
from nntui.explain.sentences.conditions import GRAMMAR
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.training.timeline import Timeline
from tests.cli.test_usage import refused
from tests.tui.lessons import fill_disk


def ran(capsys, *arguments, code=0):
    """The one line that is printed."""
    assert main(["run", *map(str, arguments)]) == code
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.count("\n") == 1
    return told.out.rstrip("\n")


ALL_RIGHT = "all 4 data rows are classified right by these weights for the first time; lost again at 551:2; for good from 598:4"


@pytest.mark.parametrize(
    ("name", "condition", "words"),
    [
        ("xor", "start", "1:1:input: arrived"),
        ("xor", "3:2:delta:1:2", "3:2:delta:1:2: arrived"),
        ("xor", "epoch 40", "40:1:input: arrived"),
        ("xor", "row 3", "1:3:input: data row 3"),
        ("xor", "w1.2.1 > 0", "1:1:input: w1.2.1 = 0.3"),
        ("two-by-two", "b2.1 < 0.7", "1:1:input: w2.1.0 = 0.6"),
        ("xor", "misclassified", "1:1:a:2:1: data row 1 is misclassified"),
        ("xor", "all classified", f"551:1:update:1:2: {ALL_RIGHT}"),
        ("learning-rates", "nan", "325:1:cost: C = inf"),
        ("learning-rates", "cost rose for 2 epochs", "3:1:cost: mean C rose for 2 epochs, to 40.5"),
        ("learning-rates", "C rose", "2:1:cost: mean C rose for 1 epoch, to 4.5"),
    ],
)
def test_where_a_condition_holds(capsys, name, condition, words):
    assert words in ran(capsys, name, "--until", condition)


def test_the_number_has_all_its_digits_and_is_the_one_of_the_trace(capsys):
    line = ran(capsys, "xor", "--until", "C < 0.01")
    address, _, words = line.rpartition(": ")
    assert main(["trace", "xor", "--from", address, "--to", address, "--format", "jsonl"]) == 0
    assert words == f"C = {json.loads(capsys.readouterr().out)['value']!r}"
    costs = Timeline(load("xor")).costs(0, 8000)
    first = next(n for n, cost in enumerate(costs.tolist()) if cost < 0.01)
    assert address == f"{first // 4 + 1}:{first % 4 + 1}:cost"


def test_a_mean_is_the_one_of_the_epoch(capsys):
    address, words = ran(capsys, "spiral", "--until", "mean C < 0.6").split(": ")
    epoch = int(address.split(":")[0])
    assert address == f"{epoch}:60:cost"
    timeline = Timeline(load("spiral"))
    assert words == f"mean C = {timeline.mean(epoch - 1)!r}"
    assert timeline.mean(epoch - 2) >= 0.6


def test_the_run_that_ends_first(capsys):
    line = ran(capsys, "xor", "--until", "|C| < 0", "--set", "training.epochs=3", code=1)
    assert line == "3:4:update:1:2: the run ended first; never was: |C| < 0"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["xor", "--until", "C = 1"], "--until: character 3: '='; expected one of < <= > >="),
        (["xor", "--until", ""], "--until: character 1: nothing is typed"),
        (["xor", "--until", "w1.9.1 > 0"], "character 4: neuron 9 is not in this network; expected 1 to 2"),
        (["xor", "--until", "C" * 5000], "character 201: the condition goes on"),
        (["xor", "--until", "\x1b]0;title\x07"], "expected such as"),
        (["linear-regression", "--until", "misclassified"], "the targets of this run are no classes"),
        (["xor"], "the following arguments are required: --until"),
        (["no-such-name", "--until", "nan"], "there is no such file"),
        (["xor", "--until", "nan", "--record", "/dev/null"], "is no regular file"),
    ],
)
def test_bad_usage_is_one_line(capsys, arguments, words):
    line = refused(capsys, "run", *arguments)
    assert words in line
    assert "\x1b" not in line


def test_the_recording_replays_and_verifies(capsys, tmp_path):
    path = tmp_path / "until.nnrec"
    line = ran(capsys, "xor", "--until", "mean C < 0.1", "--record", path)
    recording = read_recording(path)
    course = recording.scenario.course
    places = [recording.lesson.place(stop) for stop in range(recording.lesson.stops)]
    assert [str(course.address(place.step)) for place in places] == ["1:1:input", line.split(": ")[0]]
    assert main(["verify", str(path)]) == 0
    assert f"ends at {line.split(': ')[0]}" in capsys.readouterr().out
    assert ran(capsys, path, "--until", "mean C < 0.1") == line, "a recording is its scenario"


def test_a_recording_is_continued(capsys, tmp_path):
    path = tmp_path / "until.nnrec"
    ran(capsys, "xor", "--until", "40", "--record", path)
    ran(capsys, "xor", "--until", "C < 0", "--set", "training.epochs=2000", "--record", path, code=1)
    recording = read_recording(path)
    assert recording.lesson.stops == 4
    assert recording.lesson.end.step == recording.scenario.course.last
    assert main(["verify", str(path)]) == 0
    capsys.readouterr()
    before = path.read_bytes()
    assert "another scenario" in refused(capsys, "run", "spiral", "--until", "nan", "--record", path)
    assert path.read_bytes() == before


def test_a_condition_that_is_refused_makes_no_recording(capsys, tmp_path):
    refused(capsys, "run", "xor", "--until", "C", "--record", tmp_path / "r.nnrec")
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_recorded_is_told(capsys, tmp_path):
    line = refused(capsys, "run", "xor", "--until", "2", "--record", tmp_path / "no" / "r.nnrec")
    assert "cannot be written" in line


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_disk_that_fills_up_is_told(capsys, tmp_path, monkeypatch, after):
    path = tmp_path / "r.nnrec"
    fill_disk(monkeypatch, after)
    line = refused(capsys, "run", "xor", "--until", "2", "--record", path)
    assert "not recording (no space left on device)" in line
    monkeypatch.undo()
    assert not path.exists() or read_recording(path).fault is None


def test_a_torn_last_line_is_cut_off_and_told(capsys, tmp_path):
    path = tmp_path / "r.nnrec"
    ran(capsys, "xor", "--until", "2", "--record", path)
    path.write_bytes(path.read_bytes() + b"12345678 {")
    assert main(["run", "xor", "--until", "3", "--record", str(path)]) == 0
    told = capsys.readouterr()
    assert told.out == "3:1:input: arrived\n"
    assert told.err.count("\n") == 1
    assert main(["verify", str(path)]) == 0


def test_the_help_has_the_whole_grammar(capsys):
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    assert GRAMMAR in capsys.readouterr().out


def test_an_interrupt_ends_quietly_and_keeps_the_start(tmp_path):
    path = tmp_path / "r.nnrec"
    options = ["--until", "C < 0", "--set", "training.epochs=9000000", "--record", str(path)]
    command = [sys.executable, "-m", "nntui", "run", "xor", *options]
    code = (
        f"import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler); os.execv({sys.executable!r}, {command!r})"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not (path.exists() and b'"stop"' in path.read_bytes()):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=300)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert read_recording(path).lesson.stops == 1


def test_an_interrupt_ends_with_the_same_code_wherever_it_comes(tmp_path):
    """Out of a text that is executed, too, as makes the first instance of a class."""
    (tmp_path / "interrupted.py").write_text(
        "import sys, nntui.commands.list as command\n"
        "from nntui.cli import main\n"
        "command.run = lambda options: exec('raise KeyboardInterrupt')\n"
        "sys.exit(main(['list']))\n",
        "utf-8",
    )
    path = os.pathsep.join([str(tmp_path), *sys.path])
    ended = subprocess.run(
        [sys.executable, "-m", "interrupted"], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": path}
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")
