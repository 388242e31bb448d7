"""--set wherever a FILE is taken."""

import pytest

from nntui.cli import main


@pytest.fixture
def run(capsys):
    def run(*arguments):
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_show(run):
    assert "η 0.1 " in run("show", "two-by-two", "--set", "training.eta=0.1")[1]


def test_trace(run):
    _, out, _ = run("trace", "two-by-two", "--set", "data.x=[[0, 1]]", "--to", "1:1:input")
    assert "(0.0, 1.0)" in out or "0.0, 1.0" in out


def test_check(run):
    code, out, _ = run("check", "two-by-two", "xor", "--set", "training.epochs=2007", "--set", "training.order=shuffled")
    assert code == 0
    assert out.count(", 2007 epochs") == 2


MESSAGE = "nntui: --set training.eta=-1: `eta` in [training] is -1; expected a finite number greater than 0\n"


@pytest.mark.parametrize("command", [["show"], ["trace"], ["check"], []])
def test_a_fault_is_the_same_everywhere(run, command):
    assert run(*command, "two-by-two", "--set", "training.eta=-1") == (2, "", MESSAGE)
    assert run(*command, "two-by-two", "--set=training.eta=-1") == (2, "", MESSAGE)


def test_a_fault_of_an_option_is_told_once_for_several_files(run):
    assert run("check", "two-by-two", "xor", "--set", "training.eta=-1") == (2, "", MESSAGE)
    assert run("check", "--all", "two-by-two", "xor", "--set", "training.eta=-1") == (2, "", MESSAGE)


def test_the_picker_has_nothing_to_change(run):
    code, out, err = run("--set", "training.eta=1")
    assert (code, out) == (2, "")
    assert err.startswith("nntui: --set needs a scenario; expected `nntui FILE|NAME --set KEY=VALUE`")


def test_the_app_opens_with_it_and_reloads_with_it(monkeypatch):
    from nntui.commands import open as command
    from nntui.tui import app

    opened = []

    class App:
        def __init__(self, session, opening, to_resume, *, big):
            opened.extend((opening.timeline.scenario, opening.reload()))
            self.fault = None

        def run(self, mouse):
            pass

    monkeypatch.setattr(app, "NntuiApp", App)
    monkeypatch.setattr(command, "check_terminal", lambda: None)
    assert main(["two-by-two", "--no-history", "--set", "training.eta=0.25"]) == 0
    assert [scenario.network.eta for scenario in opened] == [0.25, 0.25]
