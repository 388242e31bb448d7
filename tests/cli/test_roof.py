"""The whole of it in a real terminal: keys in, bytes out, and the terminal left as it was found."""

import json
import re
import signal
import statistics

import pytest

from nntui.cli import main
from nntui.explain.notation.numerals import FOUR
from nntui.files.library import load
from nntui.training.timeline import Timeline
from tests.scenes import TWO_POINTS
from tests.terminal import ATOMIC, WHOLE, Terminal


@pytest.fixture
def nntui(capsys):
    """What a command prints that ends well."""

    def printed(*arguments):
        assert main([str(argument) for argument in arguments]) == 0
        return capsys.readouterr().out

    return printed


def test_the_numbers_on_screen_are_those_of_the_trace(server, nntui):
    entries = [json.loads(line) for line in nntui("trace", "xor", "--format", "jsonl").splitlines()]
    with server.terminal("xor") as terminal:
        terminal.shows("step 1/17")
        for entry in entries[1:]:
            terminal.press("right")
            terminal.shows(f"step {entry['step'] + 1}/17")
            values = [entry["value"]] if "value" in entry else [*entry["weights"], entry["bias"]]
            terminal.until(lambda values=values: all(FOUR.write(value) in terminal.text() for value in values))
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()


def test_one_address_shows_one_number_in_the_app_in_show_and_in_trace(server, tmp_path, nntui):
    path = tmp_path / "two.toml"
    path.write_text(TWO_POINTS, encoding="utf-8")
    address = "3:2:delta:1:2"
    entry = json.loads(nntui("trace", path, "--from", address, "--to", address, "--format", "jsonl"))
    timeline = Timeline(load(path))
    step = timeline.course.parse(address)
    assert entry["value"] == timeline.frame(step).delta(1, 2)
    number = FOUR.write(entry["value"])
    assert f"▸{number}" in nntui("show", path, "--at", address)
    with server.terminal(path, "--at", address) as terminal:
        terminal.shows("step 14/22")
        terminal.until(lambda: number in "".join(lit(terminal)))


def lit(terminal):
    """Text on the one ground that is lit."""
    cells = [terminal.screen.buffer[y][x] for y in range(terminal.screen.lines) for x in range(terminal.screen.columns)]
    grounds = [cell.bg for cell in cells]
    usual = max(set(grounds), key=grounds.count)
    return [cell.data if cell.bg != usual else " " for cell in cells]


def test_go_to_typed_in_one_burst(server):
    with server.terminal("xor") as terminal:
        terminal.shows("step 1/17")
        terminal.press("g", "40:3:cost", "enter")
        terminal.shows("step 8/17")
        assert re.search(r"epoch 40/2000 +point 3/4", terminal.text())


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), pytest.param(signal.SIGHUP, 129, marks=pytest.mark.sweep(usual=False))]
)
def test_a_signal_leaves_a_clean_terminal(number, code):
    with Terminal("xor", size=(80, 24)) as terminal:
        terminal.shows("step 1/17")
        assert terminal.modes, "it has changed the terminal"
        assert terminal.end(number) == code
        assert terminal.is_clean()


@pytest.mark.parametrize(("size", "most"), [((120, 40), 1500), ((80, 24), 1200)])
def test_a_step_is_few_bytes_and_idling_none(server, size, most):
    with server.terminal("two-by-two", size=size) as terminal:
        terminal.press(ATOMIC)
        terminal.shows("step 1/22")
        while terminal.read(0.3):
            pass
        sizes = [painted_for(terminal, "right", shown) for shown in range(2, 23)]
        sizes += [painted_for(terminal, "left", shown) for shown in range(21, 10, -1)]
        assert statistics.median(sizes) <= most, sizes
        assert max(sizes) <= 4 * most, sizes
        terminal.until(lambda: terminal.read(0.3) == 0)
        assert terminal.read(1.0) == 0, "idle sends nothing"


def painted_for(terminal, key, shown):
    """The bytes since the step before until a picture of a step is whole; what is painted later counts for the next."""
    before = len(terminal.sent)
    terminal.press(key)
    terminal.until(lambda: WHOLE in terminal.sent[before:] and f"step {shown}/" in terminal.text())
    return len(terminal.sent) - before


def test_stepping_while_the_window_is_dragged(server):
    with server.terminal("xor", size=(120, 40)) as terminal:
        terminal.shows("step 1/17")
        for size in ((80, 24), (60, 20), (30, 8), (1, 1), (200, 60), (100, 30)):
            terminal.resize(*size)
            terminal.press("right", "right")
        terminal.shows("step 13/17")
        terminal.shows("quit")
        assert terminal.process.poll() is None


@pytest.mark.parametrize("environment", [{"TERM": "linux"}, {"COLORTERM": "truecolor"}, {"COLUMNS": "65535"}])
def test_other_terminals(server, environment):
    with started(server, environment)("xor", size=(80, 24), **environment) as terminal:
        terminal.shows("step 1/17")
        terminal.press("right")
        terminal.shows("step 2/17")
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_clean()


def started(server, environment):
    """What starts the app: a Python of its own where a variable is looked at by what is imported, or by Python itself."""
    return Terminal if environment.keys() & {"COLORTERM", "PYTHONIOENCODING"} else server.terminal


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"TERM": "dumb"}, "TERM is 'dumb'"),
        ({"PYTHONIOENCODING": "latin-1"}, "encoding"),
        pytest.param({"PYTHONIOENCODING": "ascii"}, "encoding", marks=pytest.mark.sweep(usual=False)),
    ],
)
def test_a_terminal_that_will_not_do_is_told_in_one_line(server, environment, words):
    with started(server, environment)("xor", **environment) as terminal:
        assert terminal.ended() == 2
        lines = terminal.text().split()
        assert words in " ".join(lines)
        assert b"\x1b" not in terminal.sent
        assert terminal.sent.count(b"\n") == 1
