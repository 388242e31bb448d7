"""[[fork]] in a scenario file: read strictly, written back, and what is wrong with it told in one sentence each."""

from dataclasses import replace

import pytest

from nntui.files.io.errors import InputError
from nntui.files.open import all_faults
from nntui.files.scenario.embedded import alike, document_of, recorded_document_of, scenario_of
from nntui.files.scenario.read import scenario_from_text
from nntui.files.scenario.save import toml_of
from nntui.training.edits.edit import read_edits
from nntui.training.scenario import ScenarioFork
from nntui.training.snapshot import scenario_at
from nntui.training.timeline import Timeline

TEXT = """\
format = 1
title = "XOR"
[network]
seed = 4
[[network.layer]]
units = 2
activation = "sigmoid"
[[network.layer]]
units = 1
activation = "sigmoid"
[training]
eta = 0.5
epochs = 100
order = "shuffled"
[data]
x = [[0, 0], [0, 1], [1, 0], [1, 1]]
y = [[0], [1], [1], [0]]
"""
AT = TEXT.count("\n") + 1  # the line of the first header


def fork(at="1:1", edits="eta=5", name="fast"):
    return f'[[fork]]\nat = "{at}"\nedits = "{edits}"\nname = "{name}"\n'


def read(*forks, text=TEXT, changes=()):
    return scenario_from_text(text + "".join(forks), "x.toml", changes=changes)


def faults(tmp_path, *forks):
    path = tmp_path / "x.toml"
    path.write_text(TEXT + "".join(forks), encoding="utf-8")
    return [(fault.line, fault.message) for fault in all_faults(path)]


def test_what_a_fork_says():
    scenario = read(fork(name=" η = 5\\t"), '[[fork]]\nat = "3:2:delta"\nedits = "w⁰₁₂=0,5"')
    assert scenario.forks == (ScenarioFork("1:1", "eta=5.0", "η = 5"), ScenarioFork("3:2:delta", "w1.1.2=0.5", ""))
    assert read().forks == ()


def test_a_fork_is_the_run_that_the_same_edits_would_make():
    scenario = read(fork(edits="init=he momentum=0.9 batch=epoch average=true"), fork("3:2", "x1=0.25 w=0 w1.2.1=3", "other"))
    timeline = Timeline(scenario)
    whole, other = timeline.brought
    assert (whole.scenario.network.momentum, whole.scenario.network.batch, whole.scenario.network.average) == (0.9, 4, True)
    assert other.origin.start == 4 * 2 + 1
    for run in (whole, other):
        again = timeline.fork(run.origin.start, run.origin.edits)
        assert run.theta(300).tobytes() == again.theta(300).tobytes()
        assert len(run.brought) == 0
        assert run.scenario.forks == ()
    assert other.scenario.x[timeline.row(9), 0] == 0.25
    assert [weights[:, 1:].tolist() for weights in other.weights(9)] == [[[0.0, 0.0], [3.0, 0.0]], [[0.0, 0.0]]]
    assert other.theta(8).tobytes() == timeline.theta(8).tobytes()


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        (fork("0:1"), 1, "fork 1: "),
        (fork("101:1"), 1, "fork 1: epoch 101 of '101:1' is not in this run; expected 1 to 100"),
        (fork(""), 1, "`at` in fork 1 is the text ''; expected a text that is not empty"),
        (fork(edits=""), 2, "`edits` in fork 1 is the text ''; expected a text that is not empty"),
        (fork(edits="w9.1.1=2"), 2, "`edits` of fork 1: w9.1.1 names layer 9, of 2; expected 1 to 2"),
        (fork(edits="w1.3.1=2"), 2, "`edits` of fork 1: w1.3.1 names neuron 3, of 2; expected 1 to 2"),
        (fork(edits="w1.1.3=2"), 2, "`edits` of fork 1: w1.1.3 comes from 3; expected 0 (the bias) to 2"),
        (fork(edits="eta=0"), 2, "`edits` of fork 1: η = 0.0; expected a number above 0"),
        (fork(edits="eta=1 eta=2"), 2, "`edits` of fork 1: eta is set twice; expected once"),
        (fork(edits="momentum=1"), 2, "`edits` of fork 1: momentum = 1.0; expected 0 or more, and less than 1"),
        (fork(edits="batch=5"), 2, "`edits` of fork 1: batch = 5; expected 1 to 4, the data points of an epoch"),
        (fork("2:1", "init=he"), 2, "`edits` of fork 1: init holds for a whole run; expected it at 1:1 only"),
        (fork("1:2", "batch=epoch"), 2, "`edits` of fork 1: batch holds for a whole run; expected it at 1:1 only"),
        (fork("1:2", "average=true"), 2, "`edits` of fork 1: average holds for a whole run; expected it at 1:1 only"),
        (fork("end", "momentum=0.9"), 2, "`edits` of fork 1: momentum holds for a whole run; expected it at 1:1 only"),
        (fork(edits="cost=cross_entropy activation2=tanh"), 2, "`edits` of fork 1: cross_entropy with tanh outputs; expected"),
        (fork() + "nam = 3\n", 4, "unknown key 'nam' in fork 1; did you mean 'name'?"),
        ('[[fork]]\nedits = "eta=5"\n', 0, "`at` is missing in fork 1; expected"),
        ('[[fork]]\nat = "1:1"\n', 0, "`edits` is missing in fork 1; expected"),
        ('[[fork]]\nat = 1\nedits = "eta=5"\n', 1, "`at` in fork 1 is 1; expected a text"),
        ('[fork]\nat = "1:1"\nedits = "eta=5"\n', 0, "`fork` is a table; expected [[fork]] with double brackets"),
        (fork() + fork(edits="eta=6"), 7, "fork 2 is called 'fast', as fork 1 is; expected a name of its own"),
        (fork(name="Original"), 3, "fork 1 is called 'Original', as the scenario's own run is; expected a name of its own"),
        ("".join(fork(name=f"{n}") for n in range(21)), 0, "21 forks in [[fork]]; expected 0 to 20"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, table, line, message):
    found = faults(tmp_path, table)
    assert len(found) == 1
    assert found[0][0] == AT + line
    assert found[0][1].startswith(message)


def test_several_faults_are_told_together(tmp_path):
    found = faults(
        tmp_path,
        fork("200:1"),
        fork(edits="w1.9.1=1"),
        fork(edits="nothing", name="x"),
        fork(name="x"),
        fork("2", "init=he", "y"),
    )
    assert [line - AT for line, _ in found] == [1, 6, 7, 10, 15, 18]
    assert len(set(found)) == 6


def test_of_a_file_that_is_wrong_elsewhere_the_forks_are_read_too(tmp_path):
    found = faults(tmp_path, '[[note]]\nat = "200:1"\ntext = "x"\n', fork(edits="eta"))
    assert len(found) == 2


def test_texts_of_forks_are_made_safe():
    scenario = read(fork(name="a\\u001b[31mb" + "x" * 100))
    assert "\x1b" not in scenario.forks[0].name
    assert len(scenario.forks[0].name) <= 60


def test_forks_that_copy_the_data_are_bounded(monkeypatch, tmp_path):
    monkeypatch.setattr("nntui.files.scenario.bounds.MOST_NUMBERS", 20)
    assert len(read(fork(edits="x1=1"), fork(edits="x1=2", name="b")).forks) == 2
    found = faults(tmp_path, fork(edits="x1=1"), fork(edits="x1=2", name="b"), fork(edits="y1=1 x1=3", name="c"))
    assert found == [(AT + 10, "fork 3: with edits of x or y the forks up to here copy 28 numbers; expected at most 20")]


def test_a_fork_at_a_step_that_an_option_removes_is_left_out():
    scenario = read(fork("50:1"), fork(name="b"), changes=["training.epochs=10"])
    assert [one.name for one in scenario.forks] == ["b"]
    with pytest.raises(InputError, match=r"^--set training.eta=-1"):
        read(fork(), changes=["training.eta=-1"])
    assert read(fork(), changes=["fork.1.edits=eta=7"]).forks[0].edits == "eta=7.0"


def test_written_as_a_file_and_as_a_line_it_reads_back():
    scenario = read(fork(), fork("3:2:z:1:2", "y1=0.5 b1=-0", ""), fork(edits="init=he batch=epoch", name="c"))
    again = scenario_from_text(toml_of(document_of(scenario)), "y.toml")
    assert again.forks == scenario.forks
    assert scenario_of(recorded_document_of(scenario), "r", 1).forks == scenario.forks
    assert alike(scenario, again)
    assert not alike(scenario, replace(again, forks=again.forks[:1]))
    for one, other in zip(Timeline(scenario).brought, Timeline(again).brought, strict=True):
        assert one.theta(400).tobytes() == other.theta(400).tobytes()


def test_a_run_that_is_saved_keeps_the_forks_of_the_scenario_and_a_fork_has_none():
    timeline = Timeline(read(fork()))
    assert scenario_at(timeline, 100, "saved").forks == timeline.scenario.forks
    assert scenario_at(timeline.brought[0], 100, "saved").forks == ()


def test_edits_made_by_init_give_way_to_those_set_beside_it():
    (run,) = Timeline(read(fork(edits="w1.1.1=9 init=zeros w2=4 b1.2=7"))).brought
    assert run.weights(0)[0].tolist() == [[0.0, 9.0, 0.0], [7.0, 0.0, 0.0]]
    assert run.weights(0)[1][0, 1:].tolist() == [4.0, 4.0]
    assert read_edits(read(fork(edits="init=zeros")).forks[0].edits)[0].value == "zeros"
